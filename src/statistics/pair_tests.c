/*-------------------------------------------------------------------------
 *
 * pair_tests.c
 *	  homogeneity_test and goodness_of_fit_test of two arrays, histograms or
 *	  columns of rows: is this difference real?
 *
 * Weights of a sample are counts, else it is an error; or, where n_p or n_q
 * says of how many independent observations, they are shares of so many.  The
 * result is a row: statistic, from 0 to Infinity; df, the degrees of freedom;
 * p_value, the probability that chance alone makes the statistic as large;
 * effect_size and null_effect_size, the one that chance alone gives (of two
 * samples from 0 to 1); min_expected, the smallest expected count; n, all
 * observations; method, the statistic and how many bins were merged.
 *
 * A bin that no side has is as if it were not there, and a NULL element or row
 * counts 0.  A single bin has statistic 0 and p_value 1.  NULL if a side is NULL,
 * has nothing, or stands for 0 observations.
 *
 *-------------------------------------------------------------------------
 */
#include "statistics/pair_tests.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/array.h"
#include "utils/float.h"

#include "histogram/histogram.h"
#include "histogram/merge.h"
#include "input/arrays.h"
#include "input/counts.h"
#include "parallel/threads.h"
#include "rows/kept_row_aggregates.h"

/* That a bin takes a fast CPU */
#define NANOSECONDS 3.0

/* Two samples, or a sample and what is known */
typedef enum Question
{
	HOMOGENEITY,
	GOODNESS_OF_FIT
} Question;

static const TestArguments arguments_of[] = {
	[HOMOGENEITY] = {.statistic = 2, .replicates = 3, .n_p = 5, .n_q = 6, .min_expected = 7},
	[GOODNESS_OF_FIT] = {.statistic = 2, .replicates = 3, .n_p = 5, .n_q = 0, .min_expected = 6}
};

/* Leaves out bins that no side has, and merges rare ones; returns how many have become one */
static size_t
merge_rare_bins(SamplePair *pair, const BinSummary *summary, double min_expected, SlabRunner run)
{
	double	   *pooled = allocate_elements(pair->bins, sizeof(double));
	uint8	   *fates = allocate_elements(pair->bins, sizeof(uint8));
	double	   *p = allocate_elements(pair->bins, sizeof(double));
	double	   *q = allocate_elements(pair->bins, sizeof(double));
	MergePlan	plan;

	pool_bins(pair, pooled, run);
	plan = plan_merge(pooled, pair->bins, &summary->expectation, min_expected, fates, run);
	merge_bins(&plan, pair->p.weights, p, run);
	merge_bins(&plan, pair->q.weights, q, run);
	pair->p.weights = p;
	pair->q.weights = q;
	pair->bins = bins_after(&plan);
	pfree(pooled);
	pfree(fates);
	return plan.merged;
}

CountTest
test_of_pair(SamplePair pair, const TestOptions *options, size_t *merged)
{
	SlabRunner	run = runner_for((double) pair.bins * NANOSECONDS);
	BinSummary	summary = summarise_bins(&pair, run);

	*merged = 0;
	if (summary.bins < pair.bins || smallest_expected(summary.least, &summary.expectation) < options->min_expected)
	{
		*merged = merge_rare_bins(&pair, &summary, options->min_expected, run);
		summary = summarise_bins(&pair, run);
	}
	return test_pair(&pair, &summary, options->statistic, run);
}

Datum
return_test_of_pair(FunctionCallInfo fcinfo, SamplePair pair, const TestOptions *options)
{
	size_t		merged;
	CountTest	test = test_of_pair(pair, options, &merged);

	return return_test(fcinfo, &test, options->statistic, merged);
}

/* The counts of a side, or shares of a number of observations that is given */
static Sample
sample_of_weights(Weights weights, const char *name, double n, CountsAdvice advice)
{
	Counts		counts = isnan(n) ? counts_of_weights(weights, name, advice) : all_weights(weights, name);

	return (Sample) {counts.values, counts.total, isnan(n) ? counts.total : n};
}

static Datum
test_weights(FunctionCallInfo fcinfo, Question question, Weights p, Weights q, const TestOptions *options,
			 CountsAdvice advice)
{
	SamplePair	pair = {.bins = p.count};

	pair.p = sample_of_weights(p, "p", options->n_p, advice);
	pair.q = sample_of_weights(q, "q", question == GOODNESS_OF_FIT ? get_float8_infinity() : options->n_q, advice);
	if (pair.p.total == 0.0 || pair.q.total == 0.0 || pair.p.n == 0.0 || pair.q.n == 0.0)
		PG_RETURN_NULL();
	return return_test_of_pair(fcinfo, pair, options);
}

static Datum
test_arrays(FunctionCallInfo fcinfo, Question question)
{
	TestOptions options = test_options(fcinfo, &arguments_of[question]);
	Weights		p;
	Weights		q;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	match_shapes(PG_GETARG_ARRAYTYPE_P(0), PG_GETARG_ARRAYTYPE_P(1), &p, &q);
	return test_weights(fcinfo, question, p, q, &options, question == HOMOGENEITY ? OR_SHARES_OF_N : OR_SHARES_OF_N_P);
}

static Datum
test_histograms(FunctionCallInfo fcinfo, Question question)
{
	TestOptions options = test_options(fcinfo, &arguments_of[question]);
	Weights		p;
	Weights		q;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	align_histograms(PG_GETARG_HISTOGRAM(0), PG_GETARG_HISTOGRAM(1), &p, &q);
	return test_weights(fcinfo, question, p, q, &options, question == HOMOGENEITY ? OR_SHARES_OF_N : OR_SHARES_OF_N_P);
}

static Datum
test_rows(FunctionCallInfo fcinfo, Question question)
{
	TestOptions options = default_test_options();
	Weights		p;
	Weights		q;

	if (!kept_rows(fcinfo, &p, &q))
		PG_RETURN_NULL();
	return test_weights(fcinfo, question, p, q, &options, ONLY_COUNTS);
}

/*
 * homogeneity_test(p, q, statistic, replicates, seed, n_p, n_q, min_expected):
 * are two samples of one distribution?  By Pearson's chi-square (1900, 1911),
 * without Yates's correction, or by the likelihood ratio's G (Wilks 1938);
 * the effect size is Cramer's V, which for two samples is Cohen's w.
 */
SQL_FUNCTION(kldiv_homogeneity_test_arrays)
{
	return test_arrays(fcinfo, HOMOGENEITY);
}

SQL_FUNCTION(kldiv_homogeneity_test_histograms)
{
	return test_histograms(fcinfo, HOMOGENEITY);
}

SQL_FUNCTION(kldiv_homogeneity_test_final)
{
	return test_rows(fcinfo, HOMOGENEITY);
}

/*
 * goodness_of_fit_test(p, q, statistic, replicates, seed, n_p, min_expected): is
 * a sample p of the distribution q, which is known?  Its weights may be any, and
 * are divided by their total.  A bin that q does not have but that was observed
 * makes the statistic Infinity and p_value 0, whatever is merged; the effect size
 * is Cohen's w.
 */
SQL_FUNCTION(kldiv_goodness_of_fit_test_arrays)
{
	return test_arrays(fcinfo, GOODNESS_OF_FIT);
}

SQL_FUNCTION(kldiv_goodness_of_fit_test_histograms)
{
	return test_histograms(fcinfo, GOODNESS_OF_FIT);
}

SQL_FUNCTION(kldiv_goodness_of_fit_test_final)
{
	return test_rows(fcinfo, GOODNESS_OF_FIT);
}
