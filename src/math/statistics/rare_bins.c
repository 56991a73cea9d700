/*-------------------------------------------------------------------------
 *
 * rare_bins.c
 *	  Bins of which too little is expected, merged before a test.
 *
 *-------------------------------------------------------------------------
 */
#include "math/statistics/rare_bins.h"

#include <math.h>

#include "math/assertions.h"
#include "math/pair/slabs.h"

MergePlan
plan_merge(const double *pooled, size_t bins, const Expectation *expectation, double min_expected,
		   uint8_t *fates, SlabRunner run)
{
	MergePlan	plan = {fates, bins, 0, 0};
	double		merged = 0.0;
	size_t		least = bins;

	for (size_t bin = 0; bin < bins; bin++)
	{
		poll_at(run, bin);
		assert_that(pooled[bin] >= 0.0);
		if (pooled[bin] == 0.0)
			fates[bin] = BIN_LEFT_OUT;
		else if (smallest_expected(pooled[bin], expectation) < min_expected)
		{
			fates[bin] = BIN_MERGED;
			merged += pooled[bin];
			plan.merged++;
		}
		else
		{
			fates[bin] = BIN_KEPT;
			plan.kept++;
			if (!isinf(pooled[bin]) && (least == bins || pooled[bin] < pooled[least]))
				least = bin;
		}
	}
	/* each of the others is enough by itself, so one of them will do */
	if (plan.merged > 0 && least < bins && smallest_expected(merged, expectation) < min_expected)
	{
		fates[least] = BIN_MERGED;
		plan.kept--;
		plan.merged++;
	}
	return plan;
}

void
merge_bins(const MergePlan *plan, const double *weights, double *merged_weights, SlabRunner run)
{
	size_t		next = 0;
	double		merged = 0.0;

	for (size_t bin = 0; bin < plan->bins; bin++)
	{
		double		weight = weights[bin];

		poll_at(run, bin);
		if (plan->fates[bin] == BIN_KEPT)
			merged_weights[next++] = weight;
		else if (plan->fates[bin] == BIN_MERGED)
			merged += weight;
	}
	assert_that(next == plan->kept);
	if (plan->merged > 0)
		merged_weights[next] = merged;
}
