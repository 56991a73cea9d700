/*-------------------------------------------------------------------------
 *
 * cohorts_comparison.c
 *	  What a report says of a column in all cohorts at once.
 *
 *-------------------------------------------------------------------------
 */
#include "columns/column_comparison.h"

#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "histogram/aggregates.h"
#include "histogram/bin_table.h"
#include "many/generalized_jsd.h"
#include "many/histogram_distributions.h"
#include "math/pair/value.h"
#include "parallel/threads.h"
#include "statistics/table_tests.h"

/* As many numbers of rows as an array can have */
#define MOST_CELLS ((size_t) 134217727)

/* A column's rows by cohort and label, and the labels in their order */
typedef struct CohortTable
{
	Distributions rows;
	const Histogram *labels;
} CohortTable;

static CohortTable
table_of_column(const ColumnsQuery *query, const Cohorts *cohorts, int column)
{
	Datum	   *histograms = MemoryContextAllocHuge(CurrentMemoryContext, Max(cohorts->count, 1) * sizeof(Datum));
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "kldiv labels", ALLOCSET_DEFAULT_SIZES);
	BinTable   *labels = new_bin_table(context, false);
	CohortTable table;

	for (int c = 0; c < cohorts->count; c++)
	{
		CHECK_FOR_INTERRUPTS();
		histograms[c] = PointerGetDatum(cohorts->items[c].columns[column].histogram);
		add_histogram_to_table(labels, cohorts->items[c].columns[column].histogram);
	}
	table.rows = rows_of_histogram_array(construct_array(histograms, cohorts->count, query->histogram_type, -1, false, TYPALIGN_DOUBLE),
										 query->columns[column].name, MOST_CELLS);
	table.labels = histogram_of_table(labels);
	MemoryContextDelete(context);
	Assert(table.rows.bins == table.labels->count);
	return table;
}

static double *
new_numbers(size_t count)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(count, 1) * sizeof(double));
}

/* Tests whether all cohorts are samples of one distribution, each of as many observations as are independent */
static void
test_cohorts(ColumnComparison *comparison, const Cohorts *cohorts, const Distributions *rows)
{
	TestOptions options = default_test_options();
	double	   *counts = new_numbers(rows->count * rows->bins);
	Table		table = {.counts = counts, .samples = rows->count, .bins = rows->bins,
		.sample_totals = new_numbers(rows->count), .bin_totals = new_numbers(rows->bins)};
	size_t		merged;
	CountTest	test;

	for (size_t c = 0; c < rows->count; c++)
	{
		const Cohort *cohort = &cohorts->items[c];

		for (size_t bin = 0; bin < rows->bins; bin++)
		{
			CHECK_FOR_INTERRUPTS();
			counts[c * rows->bins + bin] = cohort->effective == (double) cohort->rows ? rows->weights[c * rows->bins + bin] :
				rows->weights[c * rows->bins + bin] / (double) cohort->rows * cohort->effective;
		}
	}
	total_table(&table, run_slabs_interruptibly);
	options.min_expected = LEAST_EXPECTED;
	if (!test_of_table(&table, &options, &test, &merged))
		return;
	comparison->p_value = test.p_value;
	comparison->effect_size = test.effect_size;
}

/* The mean of the cohorts' shares */
static double *
mean_of_shares(const Cohorts *cohorts, const Distributions *rows)
{
	double	   *mean = new_numbers(rows->bins);

	memset(mean, 0, rows->bins * sizeof(double));
	for (size_t c = 0; c < rows->count; c++)
		for (size_t bin = 0; bin < rows->bins; bin++)
		{
			CHECK_FOR_INTERRUPTS();
			mean[bin] += rows->weights[c * rows->bins + bin] / (double) cohorts->items[c].rows / (double) rows->count;
		}
	return mean;
}

/*
 * The bin that contributes most to the divergence, which is the mean of that of
 * each cohort from the mean of all; and its share in the cohort in which it
 * contributes most, beside that in the mean.
 */
static void
find_top_label(ColumnComparison *comparison, const Cohorts *cohorts, const CohortTable *table)
{
	const Distributions *rows = &table->rows;
	Parameters	parameters = default_parameters(kl_divergence_measure.takes);
	double	   *mean = mean_of_shares(cohorts, rows);
	double	   *contributions = new_numbers(rows->count * rows->bins);
	Weights		q = dense_weights(mean, rows->bins);
	double		largest = 0.0;
	size_t		top = 0;

	for (size_t c = 0; c < rows->count; c++)
	{
		Weights		p = dense_weights(rows->weights + c * rows->bins, rows->bins);
		Finding		finding;

		(void) evaluate_contributions(&kl_divergence_measure, &p, &q, &parameters, run_slabs_interruptibly, &finding,
									  contributions + c * rows->bins);
		if (finding.judgement != WEIGHTS_VALID)
			return;
	}
	for (size_t bin = 0; bin < rows->bins; bin++)
	{
		double		sum = 0.0;

		for (size_t c = 0; c < rows->count; c++)
		{
			CHECK_FOR_INTERRUPTS();
			sum += contributions[c * rows->bins + bin];
		}
		if (sum > largest)
		{
			largest = sum;
			top = bin;
		}
	}
	if (largest == 0.0)
		return;
	comparison->top_label = histogram_label(table->labels, (uint32) top);
	comparison->top_share_reference = mean[top];
	largest = -1.0;
	for (size_t c = 0; c < rows->count; c++)
		if (contributions[c * rows->bins + top] > largest)
		{
			largest = contributions[c * rows->bins + top];
			comparison->top_share = rows->weights[c * rows->bins + top] / (double) cohorts->items[c].rows;
		}
}

static ColumnComparison
comparison_of_all(ColumnKind kind, const ColumnsQuery *query, const Cohorts *cohorts, int column)
{
	ColumnComparison comparison = empty_comparison();
	CohortTable table;
	int64		nulls = 0;

	if (cohorts->count < 2 || kind == KIND_NO_DATA)
		return comparison;
	for (int c = 0; c < cohorts->count; c++)
		nulls += cohorts->items[c].columns[column].nulls;
	table = table_of_column(query, cohorts, column);
	if (kind != KIND_TOO_MANY_VALUES || nulls > 0)
		test_cohorts(&comparison, cohorts, &table.rows);
	if (kind == KIND_TOO_MANY_VALUES)
		return comparison;
	comparison.value = value_of_many(table.rows, NULL);
	if (comparison.value > 0.0)
		find_top_label(&comparison, cohorts, &table);
	return comparison;
}

/* What it takes, of which tables of all cohorts and labels are most, is given back before the next one */
ColumnComparison
compare_all(ColumnKind kind, const ColumnsQuery *query, const Cohorts *cohorts, int column)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "kldiv comparison", ALLOCSET_DEFAULT_SIZES);
	MemoryContext outside = MemoryContextSwitchTo(context);
	ColumnComparison comparison = comparison_of_all(kind, query, cohorts, column);
	Label	   *label = &comparison.top_label;

	MemoryContextSwitchTo(outside);
	if (label->bytes != NULL)
		label->bytes = pnstrdup(label->bytes, label->length);
	MemoryContextDelete(context);
	return comparison;
}
