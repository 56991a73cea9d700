/*-------------------------------------------------------------------------
 *
 * counts.c
 *	  The door between weights and numbers of observations.
 *
 *-------------------------------------------------------------------------
 */
#include "input/counts.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "input/arrays.h"
#include "input/findings.h"
#include "math/pair/distribution.h"
#include "parallel/threads.h"

/* Up to here every whole number is a double */
#define MOST_OBSERVATIONS 9007199254740992.0

Counts
all_weights(Weights weights, const char *name)
{
	Finding		finding;
	double		total = judge_weights(&weights, 0.0, run_slabs_interruptibly, &finding);

	report_finding(&finding, name, name);
	weights = all_present(weights);
	return (Counts) {weights.values, weights.count, finding.judgement == NOTHING_OBSERVED ? 0.0 : total};
}

Counts
counts_of_weights(Weights weights, const char *name, CountsAdvice advice)
{
	Counts		counts = all_weights(weights, name);

	for (size_t bin = 0; bin < counts.bins; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		if (counts.values[bin] != floor(counts.values[bin]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("weight is not a count"),
					 errdetail("Argument \"%s\" has %s at position %zu.",
							   name, float8out_internal(counts.values[bin]), bin + 1),
					 advice == OR_SHARES_OF_N ?
					 errhint("Tests need numbers of observations, not shares; give n_p and n_q if these are shares of so many.") :
					 errhint("Tests and estimates need numbers of observations, not shares.")));
	}
	if (counts.total > MOST_OBSERVATIONS)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("total of the counts is out of range"),
				 errdetail("The counts of argument \"%s\" add up to %s, more than 2^53.",
						   name, float8out_internal(counts.total))));
	return counts;
}

Counts
counts_of_shares(Weights weights, const char *name, double n)
{
	Counts		counts = all_weights(weights, name);
	double	   *values;

	if (counts.total == 0.0 || counts.total == n)
		return counts;
	values = MemoryContextAllocHuge(CurrentMemoryContext, counts.bins * sizeof(double));
	for (size_t bin = 0; bin < counts.bins; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		values[bin] = counts.values[bin] / counts.total * n;
	}
	return (Counts) {values, counts.bins, n};
}
