/*-------------------------------------------------------------------------
 *
 * numbers.h
 *	  The door between arguments and numbers that are no weights.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_INPUT_NUMBERS_H
#define KLDIV_INPUT_NUMBERS_H

#include "kldiv.h"

#include "utils/array.h"

#include "math/weights.h"

/* What a number has to be, beside no NaN */
typedef enum NumberKind
{
	A_FINITE_NUMBER,
	A_LENGTH,					/* finite and not negative */
	A_LOGARITHM,				/* finite or -Infinity, which is that of 0 */
	A_PROBABILITY				/* from 0 to 1 */
} NumberKind;

/* Numbers of an argument: an array, all of which is there */
typedef struct Numbers
{
	const char *name;			/* of the argument */
	ArrayType  *array;
	const double *values;
	size_t		count;
} Numbers;

/* Each returns what is right; errors name the argument, the position and the value */
extern double number_argument(FunctionCallInfo fcinfo, int argument, const char *name, NumberKind kind);
extern Numbers numbers_argument(FunctionCallInfo fcinfo, int argument, const char *name, NumberKind kind);
extern void refuse_number(double value, const char *name, size_t position, NumberKind kind);

/* An element, which was not looked at before */
static inline double
checked_number(double value, const char *name, size_t position, NumberKind kind)
{
	bool		right = kind == A_PROBABILITY ? value >= 0.0 && value <= 1.0 :
		kind == A_LENGTH ? value >= 0.0 && value <= DBL_MAX :
		value <= DBL_MAX && (value >= -DBL_MAX || (kind == A_LOGARITHM && value < 0.0));

	if (unlikely(!right))
		refuse_number(value, name, position, kind);
	return value;
}

/* The number that a value of a type of numbers is, infinite if it is beyond double precision; or of dates: days since 2000 */
extern double number_of_value(Oid type, Datum value);

/* Arrays of which the elements belong together; lower bounds do not matter */
extern void check_same_shape(ArrayType *a, const char *a_name, ArrayType *b, const char *b_name);

#endif							/* KLDIV_INPUT_NUMBERS_H */
