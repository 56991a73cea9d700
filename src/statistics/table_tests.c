/*-------------------------------------------------------------------------
 *
 * table_tests.c
 *	  independence_test over a table of counts, and homogeneity_test of many
 *	  samples: one test by two names.
 *
 * All are counts, else it is an error.  The result is the row that
 * pair_tests.c describes; the effect size is Cramer's V.  Samples that have
 * nothing and bins that nobody has are as if they were not there; with one bin
 * the statistic is 0 and p_value 1.  NULL if the argument is NULL, or fewer than
 * two samples have anything.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "miscadmin.h"
#include "utils/array.h"

#include "input/arrays.h"
#include "input/counts.h"
#include "joint/joint.h"
#include "joint/pairs.h"
#include "many/histogram_distributions.h"
#include "math/statistics/table_tests.h"
#include "parallel/threads.h"
#include "statistics/pair_tests.h"
#include "statistics/table_tests.h"
#include "statistics/test_results.h"

/* As many as an array can have */
#define MOST_CELLS ((size_t) 134217727)

static const TestArguments table_arguments = {
	.statistic = 1, .replicates = 2, .n_p = 0, .n_q = 0, .min_expected = 4
};

/* All counts, which are named by their samples in errors, with their margins */
static Table
table_of_counts(const double *counts, size_t samples, size_t bins, const char *name)
{
	Table		table = {.counts = counts, .samples = samples, .bins = bins};

	for (size_t sample = 0; sample < samples; sample++)
	{
		char	   *sample_name = psprintf("%s[%zu]", name, sample + 1);

		CHECK_FOR_INTERRUPTS();
		(void) counts_of_weights(dense_weights(counts + sample * bins, bins), sample_name, ONLY_COUNTS);
		pfree(sample_name);
	}
	table.sample_totals = allocate_elements(samples, sizeof(double));
	table.bin_totals = allocate_elements(bins, sizeof(double));
	total_table(&table, run_slabs_interruptibly);
	check_total_of_counts(table.n, name);
	return table;
}

/* The only two samples that have anything, which then are tested as any two are, to the bit */
static SamplePair
pair_of_table(const Table *table)
{
	SamplePair	pair = {.bins = table->bins};
	Sample	   *side = &pair.p;

	for (size_t sample = 0; sample < table->samples; sample++)
	{
		double		total = table->sample_totals[sample];

		CHECK_FOR_INTERRUPTS();
		if (total == 0.0)
			continue;
		*side = (Sample) {table->counts + sample * table->bins, total, total};
		side = &pair.q;
	}
	return pair;
}

/* Merges rare bins, in a copy; returns how many have become one */
static size_t
merge_rare_bins(Table *table, const TableSummary *summary, double min_expected)
{
	Expectation expectation = expectation_of_table(table, summary);
	uint8	   *fates = allocate_elements(table->bins, sizeof(uint8));
	MergePlan	plan = plan_merge(table->bin_totals, table->bins, &expectation, min_expected, fates, run_slabs_interruptibly);
	double	   *counts = allocate_elements(table->samples * bins_after(&plan), sizeof(double));

	merge_bins_of_table(table, &plan, counts, run_slabs_interruptibly);
	pfree(fates);
	return plan.merged;
}

bool
test_of_table(Table *table, const TestOptions *options, CountTest *test, size_t *merged)
{
	TableSummary summary = summarise_table(table, run_slabs_interruptibly);
	Expectation expectation;

	*merged = 0;
	if (summary.samples < 2)
		return false;
	if (summary.samples == 2)
	{
		*test = test_of_pair(pair_of_table(table), options, merged);
		return true;
	}
	expectation = expectation_of_table(table, &summary);
	if (summary.bins < table->bins || smallest_expected(summary.least_bin, &expectation) < options->min_expected)
	{
		*merged = merge_rare_bins(table, &summary, options->min_expected);
		summary = summarise_table(table, run_slabs_interruptibly);
	}
	*test = test_table(table, &summary, options->statistic, run_slabs_interruptibly);
	return true;
}

static Datum
test_samples(FunctionCallInfo fcinfo, const double *counts, size_t samples, size_t bins, const char *name,
			 const TestOptions *options)
{
	Table		table = table_of_counts(counts, samples, bins, name);
	size_t		merged;
	CountTest	test;

	if (!test_of_table(&table, options, &test, &merged))
		PG_RETURN_NULL();
	return return_test(fcinfo, &test, options->statistic, merged);
}

/*
 * independence_test(joint, statistic, replicates, seed, min_expected): are the
 * rows and columns of an array of two dimensions independent, or: are its rows
 * samples of one distribution?  Pearson's chi-square or the likelihood ratio's G.
 */
SQL_FUNCTION(kldiv_independence_test_array)
{
	TestOptions options = test_options(fcinfo, &table_arguments);
	ArrayType  *array;
	Weights		weights;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	array = PG_GETARG_ARRAYTYPE_P(0);
	weights = table_weights(array, "joint", "Two arrays of one dimension are for homogeneity_test(p, q).");
	if (weights.count == 0)
		PG_RETURN_NULL();
	return test_samples(fcinfo, weights.values, (size_t) ARR_DIMS(array)[0], (size_t) ARR_DIMS(array)[1], "joint", &options);
}

/*
 * independence_test(joint, statistic, replicates, seed, min_expected): the same
 * of a histogram whose labels are pairs of values, ["a", "b"], of which the first
 * ones are rows.
 */
SQL_FUNCTION(kldiv_independence_test_histogram)
{
	TestOptions options = test_options(fcinfo, &table_arguments);
	Histogram  *histogram;
	Pairs		pairs;
	JointTable	table;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	histogram = PG_GETARG_HISTOGRAM(0);
	(void) counts_of_weights(histogram_weights(histogram), "joint", ONLY_COUNTS);
	pairs = pairs_of_histogram(histogram, "joint");
	if (pairs.cells.rows > 0 && pairs.cells.columns > MOST_CELLS / pairs.cells.rows)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many pairs of values to test"),
				 errdetail("Argument \"joint\" has %zu values of x and %zu of y.", pairs.cells.rows, pairs.cells.columns),
				 errhint("Cut values into fewer bins, for instance with bin_label().")));
	table = table_of_cells(&pairs.cells);
	return test_samples(fcinfo, table.weights, table.rows, table.columns, "joint", &options);
}

/*
 * homogeneity_test(samples, statistic, replicates, seed, min_expected): are many
 * histograms samples of one distribution?  Bins are matched by label, and one
 * that is NULL has nothing.
 */
SQL_FUNCTION(kldiv_homogeneity_test_samples)
{
	TestOptions options = test_options(fcinfo, &table_arguments);
	Distributions samples;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	samples = rows_of_histogram_array(PG_GETARG_ARRAYTYPE_P(0), "samples", MOST_CELLS);
	return test_samples(fcinfo, samples.weights, samples.count, samples.bins, "samples", &options);
}
