/*-------------------------------------------------------------------------
 *
 * real_arrays.h
 *	  Twins of functions over float8[], which take real[] as it is.
 *
 * A call over real[] has its arrays cast by PostgreSQL, an element at a time,
 * which takes several times as long as most functions.  So the planner is told
 * to call the twin instead: see arrays/real_arrays_support.c.  A twin widens the
 * arrays, which changes no number, and calls what the function itself calls.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_REAL_ARRAYS_H
#define KLDIV_REAL_ARRAYS_H

#include "kldiv.h"

#include "utils/array.h"

/* A set of arguments that are arrays */
#define ARRAY_ARGUMENT(number) (1u << (number))

/* Calls a function with arrays of double precision in the place of those of real */
extern Datum call_with_real_arrays(PGFunction function, FunctionCallInfo fcinfo, unsigned arrays);

/* An array of double precision as one of real, NULL if that would change a number */
extern ArrayType *narrowed_array(ArrayType *array);

/* The twin of a function that SQL_FUNCTION(name) has defined */
#define REAL_TWIN(name, arrays) \
SQL_FUNCTION(name ## _real) \
{ \
	return call_with_real_arrays(name ## _body, fcinfo, arrays); \
}

#endif							/* KLDIV_REAL_ARRAYS_H */
