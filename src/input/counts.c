/*-------------------------------------------------------------------------
 *
 * counts.c
 *	  The door between weights and numbers of observations.
 *
 *-------------------------------------------------------------------------
 */
#include "input/counts.h"

#include "miscadmin.h"
#include "utils/float.h"

#include "input/arrays.h"
#include "input/findings.h"
#include "math/pair/distribution.h"
#include "math/statistics/count_tests.h"
#include "parallel/threads.h"

/* Up to here every whole number is a double */
#define MOST_OBSERVATIONS 9007199254740992.0
/* Bins between two looks for interrupts: microseconds */
#define PIECE 8192

Counts
all_weights(Weights weights, const char *name)
{
	Finding		finding;
	double		total = judge_weights(&weights, 0.0, run_slabs_interruptibly, &finding);

	report_finding_with_advice(&finding, name, name, NULL);
	weights = all_present(weights);
	return (Counts) {weights.values, weights.count, finding.judgement == NOTHING_OBSERVED ? 0.0 : total};
}

static const char *
advice_text(CountsAdvice advice)
{
	switch (advice)
	{
		case OR_SHARES_OF_N_P:
			return _("Tests need numbers of observations, not shares; give n_p if these are shares of so many.");
		case OR_SHARES_OF_N:
			return _("Tests need numbers of observations, not shares; give n_p and n_q if these are shares of so many.");
		case ONLY_COUNTS:
			break;
	}
	return _("Tests and estimates need numbers of observations, not shares.");
}

void
check_total_of_counts(double total, const char *name)
{
	if (total > MOST_OBSERVATIONS)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("total of the counts is out of range"),
				 errdetail("The counts of argument \"%s\" add up to %s, more than 2^53.",
						   name, float8out_internal(total))));
}

Counts
counts_of_weights(Weights weights, const char *name, CountsAdvice advice)
{
	Counts		counts = all_weights(weights, name);

	for (size_t first = 0; first < counts.bins; first += PIECE)
	{
		size_t		bins = Min(PIECE, counts.bins - first);
		size_t		fraction = find_fraction(counts.values + first, bins);

		CHECK_FOR_INTERRUPTS();
		if (fraction < bins)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("weight is not a count"),
					 errdetail("Argument \"%s\" has %s at position %zu.",
							   name, float8out_internal(counts.values[first + fraction]), first + fraction + 1),
					 errhint("%s", advice_text(advice))));
	}
	check_total_of_counts(counts.total, name);
	return counts;
}
