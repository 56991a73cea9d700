/*-------------------------------------------------------------------------
 *
 * table_tests.c
 *	  Tests of a table of counts, of which each row is a sample.
 *
 *-------------------------------------------------------------------------
 */
#include "math/statistics/table_tests.h"

#include <math.h>

#include "math/assertions.h"
#include "math/measures/relative_entropy.h"
#include "math/pair/slabs.h"

void
total_table(Table *table, SlabRunner run)
{
	for (size_t bin = 0; bin < table->bins; bin++)
	{
		poll_at(run, bin);
		table->bin_totals[bin] = 0.0;
	}
	table->n = 0.0;
	for (size_t sample = 0; sample < table->samples; sample++)
	{
		const double *counts = table->counts + sample * table->bins;
		double		total = 0.0;

		for (size_t bin = 0; bin < table->bins; bin++)
		{
			poll_at(run, sample * table->bins + bin);
			total += counts[bin];
			table->bin_totals[bin] += counts[bin];
		}
		table->sample_totals[sample] = total;
		table->n += total;
	}
}

/* How many totals are of anything, and the least of these */
static size_t
count_observed(const double *totals, size_t count, double *least, SlabRunner run)
{
	size_t		number = 0;

	*least = INFINITY;
	for (size_t i = 0; i < count; i++)
	{
		poll_at(run, i);
		if (!(totals[i] > 0.0))
			continue;
		number++;
		*least = totals[i] < *least ? totals[i] : *least;
	}
	return number;
}

TableSummary
summarise_table(const Table *table, SlabRunner run)
{
	TableSummary summary;

	summary.samples = count_observed(table->sample_totals, table->samples, &summary.least_sample, run);
	summary.bins = count_observed(table->bin_totals, table->bins, &summary.least_bin, run);
	return summary;
}

void
merge_bins_of_table(Table *table, const MergePlan *plan, double *counts, SlabRunner run)
{
	size_t		bins = bins_after(plan);

	assert_that(plan->bins == table->bins);
	for (size_t sample = 0; sample < table->samples; sample++)
	{
		/* few bins are no reason not to look up */
		poll_at(run, 0);
		merge_bins(plan, table->counts + sample * table->bins, counts + sample * bins, run);
	}
	merge_bins(plan, table->bin_totals, table->bin_totals, run);
	table->counts = counts;
	table->bins = bins;
}

/* Adds (n - e)^2/e of a sample's bins, and phi(n, e), where e is what is expected of independent margins */
static void
add_sample(const Table *table, size_t sample, TestStatistic statistic, SlabRunner run,
		   DoubleDouble *chi_square, DoubleDouble *g)
{
	const double *counts = table->counts + sample * table->bins;
	double		r = table->sample_totals[sample];

	for (size_t bin = 0; bin < table->bins; bin++)
	{
		double		c = table->bin_totals[bin];
		double		n_error;
		double		e_error;
		double		n_product;
		double		e_product;
		double		difference;

		poll_at(run, sample * table->bins + bin);
		if (!(c > 0.0))
			continue;
		/* n N - r c, exactly but for its last rounding */
		n_product = two_product(counts[bin], table->n, &n_error);
		e_product = two_product(r, c, &e_error);
		difference = (n_product - e_product) + (n_error - e_error);
		*chi_square = dd_add_double(*chi_square, (difference / table->n) * (difference / e_product));
		if (statistic == G_STATISTIC)
		{
			Bin			pair = {
				0.0, counts[bin], e_product / table->n, difference / table->n, 0.0, 0.0, 0.0, 1.0, false
			};

			*g = dd_add_double(*g, phi_of(pair));
		}
	}
}

CountTest
test_table(const Table *table, const TableSummary *summary, TestStatistic statistic, SlabRunner run)
{
	DoubleDouble chi_square = {0.0, 0.0};
	DoubleDouble g = {0.0, 0.0};
	double		df = ((double) summary->samples - 1.0) * ((double) summary->bins - 1.0);
	double		dimensions = (double) (summary->samples < summary->bins ? summary->samples : summary->bins) - 1.0;
	double		most = table->n * dimensions;
	Expectation expectation = expectation_of_table(table, summary);

	assert_that(summary->samples > 1 && summary->bins > 0);
	for (size_t sample = 0; sample < table->samples && df > 0.0; sample++)
		if (table->sample_totals[sample] > 0.0)
			add_sample(table, sample, statistic, run, &chi_square, &g);
	/* where samples have no bin in common it is that, and may have been rounded up */
	chi_square.hi = chi_square.hi < most ? chi_square.hi : most;
	return complete_test(chi_square.hi, statistic == G_STATISTIC ? 2.0 * g.hi : chi_square.hi, df, table->n, dimensions,
						 smallest_expected(summary->least_bin, &expectation));
}
