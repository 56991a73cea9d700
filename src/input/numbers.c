/*-------------------------------------------------------------------------
 *
 * numbers.c
 *	  The door between arguments and numbers that are no weights.
 *
 *-------------------------------------------------------------------------
 */
#include "input/numbers.h"

#include "miscadmin.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/float.h"
#include "utils/fmgrprotos.h"

#include "input/arrays.h"

/* In the singular, for messages that are about one argument or one element */
static const char *const requirements[] = {
	[A_FINITE_NUMBER] = "a finite number",
	[A_LENGTH] = "a finite number of at least 0",
	[A_LOGARITHM] = "a finite number, or -Infinity",
	[A_PROBABILITY] = "a number between 0 and 1"
};

/* What to do about a number, if there is something */
static const char *const advice[] = {
	[A_PROBABILITY] = "What rounding has put above 1 is least(p, 1) of a probability p; 1 / (1 + exp(-x)) makes one of a logit x."
};

/* The error for a number; its position counts from 1, and is 0 if the argument is no array */
void
refuse_number(double value, const char *name, size_t position, NumberKind kind)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must be %s", name, requirements[kind]),
			 position == 0 ?
			 errdetail("Argument \"%s\" is %s.", name, float8out_internal(value)) :
			 errdetail("Argument \"%s\" has %s at position %zu.", name, float8out_internal(value), position),
			 kind < lengthof(advice) && advice[kind] != NULL ? errhint("%s", advice[kind]) : 0));
}

double
number_argument(FunctionCallInfo fcinfo, int argument, const char *name, NumberKind kind)
{
	return checked_number(PG_GETARG_FLOAT8(argument), name, 0, kind);
}

Numbers
numbers_argument(FunctionCallInfo fcinfo, int argument, const char *name, NumberKind kind)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argument);
	Weights		elements = array_weights(array);
	size_t		next = 0;

	for (size_t i = 0; i < elements.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!is_present(&elements, i))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("%s must not have NULL", name),
					 errdetail("Argument \"%s\" has NULL at position %zu.", name, i + 1)));
		checked_number(elements.values[next++], name, i + 1, kind);
	}
	return (Numbers) {name, array, elements.values, elements.count};
}

void
check_same_shape(ArrayType *a, const char *a_name, ArrayType *b, const char *b_name)
{
	if (ARR_NDIM(a) == ARR_NDIM(b) && memcmp(ARR_DIMS(a), ARR_DIMS(b), ARR_NDIM(a) * sizeof(int)) == 0)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
			 errmsg("arrays must have the same shape"),
			 errdetail("Argument \"%s\" is an array of shape %s, argument \"%s\" of shape %s.",
					   a_name, shape_of_array(a), b_name, shape_of_array(b))));
}

double
number_of_value(Oid type, Datum value)
{
	switch (type)
	{
		case FLOAT8OID:
			return DatumGetFloat8(value);
		case FLOAT4OID:
			return DatumGetFloat4(value);
		case INT2OID:
			return DatumGetInt16(value);
		case INT4OID:
			return DatumGetInt32(value);
		case INT8OID:
			return (double) DatumGetInt64(value);
		case DATEOID:
			return DatumGetDateADT(value);
		case NUMERICOID:
			return DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow, value));
	}
	elog(ERROR, "no number can be made of a value of type %u", type);
	return 0.0;
}
