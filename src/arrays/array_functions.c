/*-------------------------------------------------------------------------
 *
 * array_functions.c
 *	  The measures over float8[]: entropy(p), kl_divergence(p, q) and so on.
 *
 * One SQL function for each entry of the table in math/measure.c, where
 * what it computes is described.  For all of them: p and q are arrays of any
 * dimensions, of the same shape; weights are normalised by their totals; a
 * NULL element weighs 0; the result is NULL if a side has no weight at all;
 * negative weights, NaN, infinities and totals out of range are errors, as are
 * different shapes and wrong parameters.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "utils/array.h"

#include "input/arrays.h"
#include "input/findings.h"
#include "input/parameters.h"
#include "input/real_arrays.h"
#include "input/stored_arrays.h"

/* Where the arrays are that a call site is given for an argument, row by row */
typedef struct RowAddresses
{
	intptr_t	last;
	ptrdiff_t	stride;
	bool		jumped;			/* from a page to another */
} RowAddresses;

/*
 * The distance in memory to the array that the next call will probably be
 * given: a scan takes the rows of a page one by one.  0 if none is to be seen.
 */
static ptrdiff_t
stride_of_rows(RowAddresses *addresses, ArrayType *array)
{
	intptr_t	distance = (intptr_t) array - addresses->last;

	addresses->last = (intptr_t) array;
	if (distance > -BLCKSZ && distance < BLCKSZ)
	{
		addresses->stride = distance;
		addresses->jumped = false;
	}
	else
	{
		addresses->stride = addresses->jumped ? 0 : addresses->stride;
		addresses->jumped = true;
	}
	return addresses->stride;
}

/* Those of both arguments, which the call site keeps; NULL if there is none, but a call from C */
static RowAddresses *
row_addresses(FmgrInfo *function)
{
	if (function != NULL && function->fn_extra == NULL)
		function->fn_extra = MemoryContextAllocZero(function->fn_mcxt, 2 * sizeof(RowAddresses));
	return function == NULL ? NULL : function->fn_extra;
}

static Datum
value_of_arrays(FunctionCallInfo fcinfo, const Measure *measure)
{
	unsigned	takes = measure->takes;
	Parameters	parameters;
	RowAddresses *addresses = row_addresses(fcinfo->flinfo);
	ShortArray	p_room;
	ShortArray	q_room;
	ArrayType  *p_array;
	ArrayType  *q_array;
	Weights		p;
	Weights		q;
	double		value_while_reading;
	Datum		value;

	read_parameters(fcinfo, takes, &parameters);
	if (takes & TAKES_REFERENCE &&
		value_of_stored_pair(measure, PG_GETARG_DATUM(0), PG_GETARG_DATUM(1), &parameters, &value_while_reading))
		PG_RETURN_FLOAT8(value_while_reading);

	p_array = array_argument(PG_GETARG_DATUM(0), &p_room);
	q_array = takes & TAKES_REFERENCE ? array_argument(PG_GETARG_DATUM(1), &q_room) : NULL;
	if (q_array != NULL)
		match_shapes(p_array, q_array, &p, &q);
	else
		q = p = array_weights(p_array);
	if (addresses != NULL)
	{
		p.stride = stride_of_rows(&addresses[0], p_array);
		q.stride = q_array != NULL ? stride_of_rows(&addresses[1], q_array) : 0;
	}
	value = value_of_weights(fcinfo, measure, &p, &q, &parameters);

	free_array_argument(p_array, PG_GETARG_DATUM(0), &p_room);
	if (q_array != NULL)
		free_array_argument(q_array, PG_GETARG_DATUM(1), &q_room);
	return value;
}

/* And its twin over real[] */
#define DEFINE_ARRAY_FUNCTION(name) \
SQL_FUNCTION(kldiv_ ## name ## _arrays) \
{ \
	return value_of_arrays(fcinfo, &name ## _measure); \
} \
REAL_TWIN(kldiv_ ## name ## _arrays, \
		  ARRAY_ARGUMENT(0) | (name ## _measure.takes & TAKES_REFERENCE ? ARRAY_ARGUMENT(1) : 0))

FOR_EACH_MEASURE(DEFINE_ARRAY_FUNCTION)
