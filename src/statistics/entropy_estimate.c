/*-------------------------------------------------------------------------
 *
 * entropy_estimate.c
 *	  entropy_estimate(p, estimator, base) over arrays and histograms.
 *
 * For both: p are counts, else it is an error; a NULL element counts 0; the
 * result is in nats, or what base says; NULL if nothing was observed or p is
 * NULL.  It is at least 0, and may be more than the logarithm of the number of
 * bins, since there may be others that were not seen.  The estimator, which says
 * whose formula it is, and the base may be NULL: not given.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "miscadmin.h"
#include "utils/array.h"

#include "histogram/histogram.h"
#include "input/arrays.h"
#include "input/counts.h"
#include "input/parameters.h"
#include "math/statistics/entropy_estimate.h"

/* Bins between two looks for interrupts: some milliseconds */
#define PIECE 8192

#define MOST_ESTIMATORS 8

static const EntropyEstimator *
chosen_estimator(FunctionCallInfo fcinfo)
{
	const char *names[MOST_ESTIMATORS + 1] = {NULL};

	for (int i = 0; i < MOST_ESTIMATORS && entropy_estimator_at(i) != NULL; i++)
		names[i] = entropy_estimator_name(entropy_estimator_at(i));
	return entropy_estimator_at(choice_argument(fcinfo, 1, "estimator", names));
}

static double
entropy_of_counts(const EntropyEstimator *estimator, Counts counts)
{
	CountSummary summary = {.bins = 0.0};
	EntropySum	sum = {0.0, 0.0};

	for (size_t first = 0; first < counts.bins; first += PIECE)
	{
		CHECK_FOR_INTERRUPTS();
		summarise_counts(&summary, counts.values + first, Min(PIECE, counts.bins - first));
	}
	for (size_t first = 0; first < counts.bins; first += PIECE)
	{
		CHECK_FOR_INTERRUPTS();
		add_entropy_terms(estimator, &summary, counts.values + first, Min(PIECE, counts.bins - first), &sum);
	}
	return estimated_entropy(estimator, &summary, sum);
}

static Datum
estimate_of_weights(FunctionCallInfo fcinfo, const EntropyEstimator *estimator, double base, Weights weights)
{
	Counts		counts = counts_of_weights(weights, "p", ONLY_COUNTS);

	if (counts.total == 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value_of_nats(&entropy_measure, entropy_of_counts(estimator, counts), base));
}

static double
base_argument(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(2) ? EULER : check_parameter(PARAMETER_BASE, PG_GETARG_FLOAT8(2));
}

SQL_FUNCTION(kldiv_entropy_estimate_array)
{
	const EntropyEstimator *estimator = chosen_estimator(fcinfo);
	double		base = base_argument(fcinfo);

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	return estimate_of_weights(fcinfo, estimator, base, array_weights(PG_GETARG_ARRAYTYPE_P(0)));
}

SQL_FUNCTION(kldiv_entropy_estimate_histogram)
{
	const EntropyEstimator *estimator = chosen_estimator(fcinfo);
	double		base = base_argument(fcinfo);

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	return estimate_of_weights(fcinfo, estimator, base, histogram_weights(PG_GETARG_HISTOGRAM(0)));
}
