/*-------------------------------------------------------------------------
 *
 * arrays.c
 *	  The door between float8[] and weights.
 *
 *-------------------------------------------------------------------------
 */
#include "input/arrays.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"

/* The weights in a detoasted array, set one by one: a copy of what has just been written would wait for it */
static inline void
set_weights(ArrayType *array, Weights *weights)
{
	if (unlikely(ARR_ELEMTYPE(array) != FLOAT8OID))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("weights must be an array of double precision")));
	weights->values = (const double *) ARR_DATA_PTR(array);
	weights->present = ARR_NULLBITMAP(array);
	weights->count = ARR_NDIM(array) == 1 && ARR_DIMS(array)[0] > 0 ? (size_t) ARR_DIMS(array)[0] :
		(size_t) ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	weights->stride = 0;
}

Weights
array_weights(ArrayType *array)
{
	Weights		weights;

	set_weights(array, &weights);
	return weights;
}

ArrayType *
new_weight_array(int dimensions, const int *lengths, const int *lower_bounds)
{
	Size		count = (Size) ArrayGetNItems(dimensions, lengths);
	Size		size = ARR_OVERHEAD_NONULLS(dimensions) + count * sizeof(float8);
	ArrayType  *array = (ArrayType *) palloc(size);

	SET_VARSIZE(array, size);
	array->ndim = dimensions;
	array->dataoffset = 0;
	array->elemtype = FLOAT8OID;
	memcpy(ARR_DIMS(array), lengths, dimensions * sizeof(int));
	memcpy(ARR_LBOUND(array), lower_bounds, dimensions * sizeof(int));
	return array;
}

Weights
all_present(Weights weights)
{
	double	   *values;
	size_t		next = 0;

	if (is_dense(&weights))
		return weights;
	values = MemoryContextAllocHuge(CurrentMemoryContext, Max(weights.count, 1) * sizeof(double));
	for (size_t bin = 0; bin < weights.count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		values[bin] = is_present(&weights, bin) ? weights.values[next++] : 0.0;
	}
	return dense_weights(values, weights.count);
}

Weights
table_weights(ArrayType *array, const char *name, const char *advice)
{
	Weights		weights = array_weights(array);

	if (weights.count > 0 && ARR_NDIM(array) != 2)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s must be an array of two dimensions", name),
				 errdetail("Argument \"%s\" has %d.", name, ARR_NDIM(array)),
				 errhint("%s", advice)));
	return all_present(weights);
}

char *
shape_of_array(ArrayType *array)
{
	StringInfoData text;

	initStringInfo(&text);
	if (ARR_NDIM(array) == 0)
		appendStringInfoString(&text, "[0]");
	for (int i = 0; i < ARR_NDIM(array); i++)
		appendStringInfo(&text, "[%d]", ARR_DIMS(array)[i]);
	return text.data;
}

void
match_named_shapes(ArrayType *p_array, ArrayType *q_array, const char *q_name, Weights *p, Weights *q)
{
	set_weights(p_array, p);
	set_weights(q_array, q);
	if (p->count == 0)
		*p = (Weights) {.count = q->count};
	else if (q->count == 0)
		*q = (Weights) {.count = p->count};
	else if (ARR_NDIM(p_array) == 1 && ARR_NDIM(q_array) == 1 && p->count == q->count)
		return;
	else if (ARR_NDIM(p_array) != ARR_NDIM(q_array) ||
			 memcmp(ARR_DIMS(p_array), ARR_DIMS(q_array), ARR_NDIM(p_array) * sizeof(int)) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("arrays must have the same shape"),
				 errdetail("Argument \"p\" is an array of shape %s, argument \"%s\" of shape %s.",
						   shape_of_array(p_array), q_name, shape_of_array(q_array))));
}
