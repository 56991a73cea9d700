/*-------------------------------------------------------------------------
 *
 * contributions.c
 *	  divergence_contributions: which bins a divergence comes from.
 *
 * Of two histograms, where a row is a label, or of two arrays, where it is a
 * position.  A row has the shares of both sides, what the bin contributes to
 * the divergence, and the share of the whole that this is: NULL if the whole is
 * 0 or infinite.  Contributions are never negative and add up to the
 * divergence; those to KL are p ln(p/q) - p + q, which is never negative and
 * where the last two add up to 0.  The largest comes first.  There are no rows
 * where the divergence is NULL.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "miscadmin.h"

#include "input/findings.h"
#include "input/parameters.h"
#include "math/pair/distribution.h"
#include "math/pair/value.h"
#include "parallel/threads.h"
#include "report/bin_rows.h"

/* What has contributions to show */
static bool
is_additive(const Measure *measure)
{
	return measure->additive == YES;
}

/* Columns behind the label or the position */
enum
{
	P_SHARE,
	Q_SHARE,
	CONTRIBUTION,
	SHARE_OF_WHOLE,
	COLUMNS
};

/* Weights divided by their total, which is known to be valid, into a column */
static void
fill_shares(const Weights *weights, double pseudocount, double *values, int column)
{
	double	   *shares = new_bin_values(weights->count, 1);
	Finding		finding;
	double		total = judge_weights(weights, pseudocount, run_slabs_interruptibly, &finding);

	normalise(weights, pseudocount, total, run_slabs_interruptibly, shares);
	for (size_t bin = 0; bin < weights->count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		values[bin * COLUMNS + column] = shares[bin];
	}
	pfree(shares);
}

static BinRows *
find_contributions(FunctionCallInfo fcinfo, const Weights *p, const Weights *q)
{
	const Measure *measure = measure_argument(fcinfo, 2, &jsd_measure, is_additive, "is not a sum over bins", "");
	Parameters	parameters = option_arguments(fcinfo, 3, PARAMETER_BASE, measure);
	double	   *contributions = new_bin_values(p->count, 1);
	double	   *values;
	BinRows    *rows;
	Finding		finding;
	double		total = evaluate_contributions(measure, p, q, &parameters, run_slabs_interruptibly, &finding, contributions);

	report_finding(&finding, "p", "q");
	if (finding.judgement == NOTHING_OBSERVED)
		return NULL;
	values = new_bin_values(p->count, COLUMNS);
	fill_shares(p, parameters.pseudocount, values, P_SHARE);
	fill_shares(q, parameters.pseudocount, values, Q_SHARE);
	for (size_t bin = 0; bin < p->count; bin++)
	{
		double	   *row = values + bin * COLUMNS;

		CHECK_FOR_INTERRUPTS();
		row[CONTRIBUTION] = contributions[bin];
		row[SHARE_OF_WHOLE] = total > 0.0 && !isinf(total) ? contributions[bin] / total : NAN;
	}
	pfree(contributions);
	rows = palloc0(sizeof(BinRows));
	*rows = (BinRows) {
		.columns = COLUMNS, .values = values, .count = p->count,
		.order = order_of_bins(values, p->count, COLUMNS, CONTRIBUTION, false)
	};
	return rows;
}

SQL_FUNCTION(kldiv_contributions_histograms)
{
	return bin_rows_of_histograms(fcinfo, find_contributions);
}

SQL_FUNCTION(kldiv_contributions_arrays)
{
	return bin_rows_of_arrays(fcinfo, find_contributions);
}
