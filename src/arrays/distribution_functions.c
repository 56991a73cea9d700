/*-------------------------------------------------------------------------
 *
 * distribution_functions.c
 *	  Making and checking distributions: is_distribution, to_distribution,
 *	  softmax.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "utils/array.h"

#include "input/arrays.h"
#include "input/findings.h"
#include "input/parameters.h"
#include "input/real_arrays.h"
#include "math/pair/distribution.h"
#include "parallel/threads.h"

/* A new array of weights with the dimensions and lower bounds of another one */
static ArrayType *
array_of_same_shape(ArrayType *array)
{
	return new_weight_array(ARR_NDIM(array), ARR_DIMS(array), ARR_LBOUND(array));
}

/*
 * is_distribution(p, tolerance): whether all elements are finite, not negative
 * and not NULL, and add up to 1 within the tolerance.  False for empty arrays,
 * since NULL would pass a CHECK.
 */
SQL_FUNCTION(kldiv_is_distribution)
{
	double		tolerance = check_tolerance(PG_GETARG_FLOAT8(1));
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	Weights		weights = array_weights(array);
	bool		complete = !array_contains_nulls(array);
	Finding		finding;
	double		total = judge_weights(&weights, 0.0, run_slabs_interruptibly, &finding);

	PG_FREE_IF_COPY(array, 0);
	PG_RETURN_BOOL(complete && finding.judgement == WEIGHTS_VALID &&
				   fabs(total - 1.0) <= tolerance);
}

REAL_TWIN(kldiv_is_distribution, ARRAY_ARGUMENT(0))

/*
 * to_distribution(weights, pseudocount): the weights divided by their total,
 * after adding the pseudocount to each.  An array of the same shape, where
 * NULL elements have become bins of weight 0; NULL if nothing was observed.
 */
SQL_FUNCTION(kldiv_to_distribution)
{
	double		pseudocount = check_parameter(PARAMETER_PSEUDOCOUNT, PG_GETARG_FLOAT8(1));
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	Weights		weights = array_weights(array);
	Finding		finding;
	double		total = judge_weights(&weights, pseudocount, run_slabs_interruptibly, &finding);
	ArrayType  *result;

	report_finding(&finding, "weights", NULL);
	if (finding.judgement == NOTHING_OBSERVED)
		PG_RETURN_NULL();
	result = array_of_same_shape(array);
	normalise(&weights, pseudocount, total, run_slabs_interruptibly,
			  (double *) ARR_DATA_PTR(result));
	PG_FREE_IF_COPY(array, 0);
	PG_RETURN_ARRAYTYPE_P(result);
}

REAL_TWIN(kldiv_to_distribution, ARRAY_ARGUMENT(0))

/*
 * softmax(logits, temperature): exp(logit/temperature), divided by their
 * total.  An array of the same shape; -Infinity and NULL become 0.  NULL if
 * there is nothing else; NaN and Infinity are errors.
 */
SQL_FUNCTION(kldiv_softmax)
{
	double		temperature = check_temperature(PG_GETARG_FLOAT8(1));
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	Weights		logits = array_weights(array);
	ArrayType  *result = array_of_same_shape(array);
	Finding		finding;

	softmax(&logits, temperature, run_slabs_interruptibly,
			(double *) ARR_DATA_PTR(result), &finding);
	report_logit(&finding, "logits");
	PG_FREE_IF_COPY(array, 0);
	if (finding.judgement == NOTHING_OBSERVED)
		PG_RETURN_NULL();
	PG_RETURN_ARRAYTYPE_P(result);
}

REAL_TWIN(kldiv_softmax, ARRAY_ARGUMENT(0))

/*
 * hellinger_embedding(p): the root of half of each share, an array of the same
 * shape.  NULL if nothing was observed.
 */
SQL_FUNCTION(kldiv_hellinger_embedding)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	Weights		weights = array_weights(array);
	ArrayType  *result;
	Finding		finding;
	double		total = judge_weights(&weights, 0.0, run_slabs_interruptibly, &finding);

	report_finding(&finding, "p", "p");
	if (finding.judgement == NOTHING_OBSERVED)
		PG_RETURN_NULL();
	result = array_of_same_shape(array);
	embed_roots(&weights, total, run_slabs_interruptibly, (double *) ARR_DATA_PTR(result));
	PG_FREE_IF_COPY(array, 0);
	PG_RETURN_ARRAYTYPE_P(result);
}

REAL_TWIN(kldiv_hellinger_embedding, ARRAY_ARGUMENT(0))
