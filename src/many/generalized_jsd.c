/*-------------------------------------------------------------------------
 *
 * generalized_jsd.c
 *	  generalized_jsd: Jensen and Shannon's divergence of many distributions.
 *
 *-------------------------------------------------------------------------
 */
#include "many/generalized_jsd.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/array.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "input/arrays.h"
#include "input/findings.h"
#include "input/parameters.h"
#include "many/histogram_distributions.h"
#include "math/many/generalized_jsd.h"
#include "parallel/threads.h"

/* What a weight takes */
#define NANOSECONDS 40.0

static void *
new_elements(size_t count, size_t size)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(count, 1) * size);
}

/* A number for each distribution, from the argument that may say what part each is; NULL if it is not given */
static Weights *
weights_argument(FunctionCallInfo fcinfo, size_t count)
{
	ArrayType  *array;
	Weights    *weights = palloc(sizeof(Weights));

	if (PG_ARGISNULL(1))
		return NULL;
	array = PG_GETARG_ARRAYTYPE_P(1);
	*weights = array_weights(array);
	if (weights->count != count || ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("there must be a weight for each distribution"),
				 errdetail("Argument \"distributions\" has %zu of them, argument \"weights\" is an array of shape %s.",
						   count, shape_of_array(array))));
	*weights = all_present(*weights);
	return weights;
}

/* Bins with the distributions that have them, of distributions with their bins */
static BinColumns
columns_of_lists(const BinLists *lists, size_t count, size_t bins)
{
	size_t		listed = lists->starts[count];
	size_t	   *starts = new_elements(bins + 1, sizeof(size_t));
	uint32	   *distributions = new_elements(listed, sizeof(uint32));
	double	   *weights = new_elements(listed, sizeof(double));

	turn_lists(lists, count, bins, starts, distributions, weights, run_slabs_interruptibly);
	return (BinColumns) {starts, distributions, weights};
}

/* Errors name the distribution that they are about */
static void
judge_components(Mixture *mixture, const bool *unknown)
{
	for (size_t index = 0; index < mixture->count; index++)
	{
		Finding		finding;

		CHECK_FOR_INTERRUPTS();
		judge_component(mixture, index, run_slabs_interruptibly, &finding);
		Assert(unknown == NULL || !unknown[index] || finding.judgement == NOTHING_OBSERVED);
		if (finding.judgement != WEIGHTS_VALID && finding.judgement != NOTHING_OBSERVED)
			report_finding(&finding, psprintf("distributions[%zu]", index + 1), NULL);
	}
}

double
value_of_many(Distributions distributions, const Weights *weights)
{
	Mixture		mixture = {.count = distributions.count, .bins = distributions.bins, .rows = distributions.weights,
	.lists = distributions.lists};
	size_t		cells = mixture.lists != NULL ? mixture.lists->starts[mixture.count] : mixture.count * mixture.bins;
	Finding		finding;

	if (mixture.lists != NULL)
		mixture.columns = columns_of_lists(mixture.lists, mixture.count, mixture.bins);
	mixture.components = new_elements(mixture.count, component_size);
	judge_components(&mixture, distributions.unknown);
	weigh_components(&mixture, weights, run_slabs_interruptibly, &finding);
	report_finding_with_advice(&finding, "weights", NULL, NULL);
	if (finding.judgement == NOTHING_OBSERVED)
		return get_float8_nan();
	return generalized_jsd(&mixture, runner_for(NANOSECONDS * (double) cells));
}

static Datum
value_of_mixture(FunctionCallInfo fcinfo, Distributions distributions)
{
	double		base = PG_ARGISNULL(2) ? EULER : check_parameter(PARAMETER_BASE, PG_GETARG_FLOAT8(2));
	double		value = value_of_many(distributions, weights_argument(fcinfo, distributions.count));

	if (isnan(value))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value_of_nats(&jsd_measure, value, base));
}

/*
 * generalized_jsd(distributions, weights, base): sum w_k D(p_k||sum w_l p_l) of the
 * rows of an array of two or more dimensions (2202E), from 0, which it is exactly
 * if all are proportional, to the entropy of the weights, at most ln k, which it is
 * exactly if none have a bin in common.  The weights are numbers for the
 * distributions, as many as there are (2202E), of which only the proportions
 * matter; all are equal if weights is NULL, and a NULL among them is 0.  base, if
 * it is not NULL, is that of the logarithm.  NULL if distributions is NULL or
 * empty, or if a distribution whose weight is positive has nothing.  J. Lin, IEEE
 * Transactions on Information Theory 37 (1991).
 */
SQL_FUNCTION(kldiv_generalized_jsd_array)
{
	Distributions distributions;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	distributions = distributions_of_array(PG_GETARG_ARRAYTYPE_P(0), "distributions", &jsd_measure);
	return value_of_mixture(fcinfo, distributions);
}

/* The same of histograms, matched by label; a NULL among them has nothing */
SQL_FUNCTION(kldiv_generalized_jsd_histograms)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	return value_of_mixture(fcinfo, lists_of_histogram_array(PG_GETARG_ARRAYTYPE_P(0), "distributions"));
}
