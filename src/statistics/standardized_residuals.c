/*-------------------------------------------------------------------------
 *
 * standardized_residuals.c
 *	  standardized_residuals(p, q): which bins two samples differ in.
 *
 * Of two histograms, where a row is a label, or of two arrays, where it is a
 * position.  Weights are counts, else it is an error.  A row has the counts of
 * both sides; what is expected of p if nothing differs; the residual, in
 * standard deviations, positive where p has more: S. J. Haberman, Biometrics 29
 * (1973); and p_value, the probability of one as large, with any sign, by chance.
 * The last two are NULL for a bin that is alone.  The largest residual, whatever
 * its sign, comes first.  A bin that no side has is no row, and there are none at
 * all where a side is NULL or has nothing.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "miscadmin.h"

#include "input/counts.h"
#include "math/statistics/count_tests.h"
#include "report/bin_rows.h"

enum
{
	P_COUNT,
	Q_COUNT,
	EXPECTED,
	RESIDUAL,
	P_VALUE,
	COLUMNS
};

static BinRows *
find_residuals(FunctionCallInfo fcinfo, const Weights *p, const Weights *q)
{
	Counts		p_counts = counts_of_weights(*p, "p", ONLY_COUNTS);
	Counts		q_counts = counts_of_weights(*q, "q", ONLY_COUNTS);
	double	   *values;
	uint32	   *order;
	size_t		count = 0;
	BinRows    *rows;

	if (p_counts.total == 0.0 || q_counts.total == 0.0)
		return NULL;
	values = new_bin_values(p->count, COLUMNS);
	for (size_t bin = 0; bin < p->count; bin++)
	{
		double	   *row = values + bin * COLUMNS;
		Residual	residual = standardized_residual(p->values[bin], q->values[bin], p_counts.total, q_counts.total);

		CHECK_FOR_INTERRUPTS();
		row[P_COUNT] = p->values[bin];
		row[Q_COUNT] = q->values[bin];
		row[EXPECTED] = residual.expected;
		row[RESIDUAL] = residual.residual;
		row[P_VALUE] = residual.p_value;
	}
	/* a bin that no side has is as if it were not there */
	order = order_of_bins(values, p->count, COLUMNS, RESIDUAL, true);
	for (size_t i = 0; i < p->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (p->values[order[i]] > 0.0 || q->values[order[i]] > 0.0)
			order[count++] = order[i];
	}
	rows = palloc0(sizeof(BinRows));
	*rows = (BinRows) {.columns = COLUMNS, .values = values, .order = order, .count = count};
	return rows;
}

SQL_FUNCTION(kldiv_standardized_residuals_arrays)
{
	return bin_rows_of_arrays(fcinfo, find_residuals);
}

SQL_FUNCTION(kldiv_standardized_residuals_histograms)
{
	return bin_rows_of_histograms(fcinfo, find_residuals);
}
