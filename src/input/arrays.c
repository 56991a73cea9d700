/*-------------------------------------------------------------------------
 *
 * arrays.c
 *	  The door between float8[] and weights, and between findings and errors.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/float.h"

/* The weights in a detoasted array, which is neither copied nor checked here */
Weights
array_weights(ArrayType *array)
{
	if (ARR_ELEMTYPE(array) != FLOAT8OID)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("weights must be an array of double precision")));
	return (Weights) {
		.values = (const double *) ARR_DATA_PTR(array),
		.present = ARR_NULLBITMAP(array),
		.count = (size_t) ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array))
	};
}

/* A new array without NULLs, of which the elements are to be filled in */
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

/* The same weights without absent bins: where they are, or in a copy in which those weigh 0 */
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

/* "[2][3]" for a matrix of two rows and three columns */
static char *
shape_of(ArrayType *array)
{
	StringInfoData text;

	initStringInfo(&text);
	for (int i = 0; i < ARR_NDIM(array); i++)
		appendStringInfo(&text, "[%d]", ARR_DIMS(array)[i]);
	return text.data;
}

/*
 * Two arrays as weights of the same bins.  Lower bounds do not matter.  An
 * empty array saw none of the other one's bins.
 */
void
match_shapes(ArrayType *p_array, ArrayType *q_array, Weights *p, Weights *q)
{
	*p = array_weights(p_array);
	*q = array_weights(q_array);
	if (p->count == 0)
		*p = (Weights) {.count = q->count};
	else if (q->count == 0)
		*q = (Weights) {.count = p->count};
	else if (ARR_NDIM(p_array) != ARR_NDIM(q_array) ||
			 memcmp(ARR_DIMS(p_array), ARR_DIMS(q_array), ARR_NDIM(p_array) * sizeof(int)) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("arrays must have the same shape"),
				 errdetail("Argument \"p\" is an array of shape %s, argument \"q\" of shape %s.",
						   shape_of(p_array), shape_of(q_array))));
}

/*
 * Raises the error that a finding asks for.  Returns if there is nothing to
 * complain about: nothing observed is no error.
 */
void
report_finding(const Finding *finding, const char *p_name, const char *q_name)
{
	const char *name = finding->in_reference ? q_name : p_name;
	const char *problem = NULL;

	switch (finding->judgement)
	{
		case WEIGHTS_VALID:
		case NOTHING_OBSERVED:
			return;
		case TOTAL_OVERFLOWS:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("total of the weights is out of range"),
					 errdetail("The weights of argument \"%s\" add up to more than double precision can hold.",
							   name),
					 errhint("Divide all of them by the same number; only their proportions matter.")));
			break;
		case WEIGHT_NEGATIVE:
			problem = "weight must not be negative";
			break;
		case WEIGHT_NOT_A_NUMBER:
			problem = "weight must not be NaN";
			break;
		case WEIGHT_INFINITE:
			problem = "weight must be finite";
			break;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s", problem),
			 errdetail("Argument \"%s\" has %s at position %zu.",
					   name, float8out_internal(finding->value), finding->position + 1),
			 finding->judgement == WEIGHT_NEGATIVE ?
			 errhint("Turn logits or log-probabilities into weights with softmax().") : 0));
}

/* The type of the rows that a function returns; polymorphic ones by its arguments */
TupleDesc
result_row_type(FunctionCallInfo fcinfo)
{
	TupleDesc	description;

	if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "function returning record called in context that cannot accept type record");
	return BlessTupleDesc(description);
}

/* What a function of a measure returns: NULL if nothing was observed, an error if weights are wrong */
Datum
measure_weights(FunctionCallInfo fcinfo, const Measure *measure, const Weights *p, const Weights *q,
				const Parameters *parameters)
{
	Finding		finding;
	double		value = evaluate_measure(measure, p, q, parameters, runner_for_measure(measure, p->count), &finding);

	report_finding(&finding, "p", "q");
	if (finding.judgement == NOTHING_OBSERVED)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}

/* The error for the argument of softmax(), where only NaN and Infinity are wrong */
void
report_logit(const Finding *finding)
{
	if (finding->judgement == WEIGHTS_VALID || finding->judgement == NOTHING_OBSERVED)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("logit must be a finite number or -Infinity"),
			 errdetail("Argument \"logits\" has %s at position %zu.",
					   float8out_internal(finding->value), finding->position + 1)));
}

/* The error for a wrong weight in a row */
void
refuse_weight(double weight, const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 isnan(weight) ? errmsg("weight must not be NaN") :
			 isinf(weight) ? errmsg("weight must be finite") : errmsg("weight must not be negative"),
			 errdetail("Argument \"%s\" is %s in a row.", name, float8out_internal(weight)),
			 weight < 0.0 && !isinf(weight) ?
			 errhint("Turn logits or log-probabilities into weights with softmax().") : 0));
	pg_unreachable();
}

/* Raises the error that totals of rows ask for; rows themselves were judged before */
void
report_rows(Judgement judgement)
{
	if (judgement == TOTAL_OVERFLOWS)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("total of the weights is out of range"),
				 errhint("Divide all of them by the same number; only their proportions matter.")));
}
