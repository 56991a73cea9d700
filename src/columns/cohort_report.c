/*-------------------------------------------------------------------------
 *
 * cohort_report.c
 *	  cohort_report: which columns differ between cohorts, is it real, and in
 *	  which values.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "columns/column_comparison.h"
#include "columns/column_kinds.h"
#include "columns/result_rows.h"
#include "columns/shown_kinds.h"
#include "input/parameters.h"
#include "many/comparisons.h"
#include "statistics/p_adjust.h"

/* Rows of which the adjusted p-value is larger come behind the others */
#define LEVEL 0.05

#define COLUMNS 15

typedef struct ReportRow
{
	const Column *column;
	ColumnKind	kind;
	const char *cohort;			/* NULL for all together */
	int64		n;
	int64		n_reference;	/* negative if there is no reference */
	double		null_share;
	double		null_share_reference;
	ColumnComparison comparison;
	double		adjusted_p_value;
} ReportRow;

typedef struct Report
{
	ReportRow  *rows;
	size_t		count;
} Report;

static bool
is_reportable(const Measure *measure)
{
	return compares_two(measure) && (measure->takes & TAKES_ALPHA) == 0;
}

static double
share_of(int64 part, int64 all)
{
	return all > 0 ? (double) part / (double) all : get_float8_nan();
}

static void
add_rows_of_cohort(Report *report, const ColumnsQuery *query, const ColumnKind *kinds, const Cohort *cohort,
				   const Cohort *reference, const Measure *measure)
{
	for (int i = 0; i < query->count; i++)
	{
		const ColumnCounts *p = &cohort->columns[i];
		const ColumnCounts *q = &reference->columns[i];

		CHECK_FOR_INTERRUPTS();
		report->rows[report->count++] = (ReportRow) {
			.column = &query->columns[i], .kind = kinds[i], .cohort = cohort->name,
			.n = cohort->rows, .n_reference = reference->rows,
			.null_share = share_of(p->nulls, cohort->rows), .null_share_reference = share_of(q->nulls, reference->rows),
			.comparison = compare_column(kinds[i], cohort, p, reference, q, measure)
		};
	}
}

static void
add_rows_of_all(Report *report, const ColumnsQuery *query, const ColumnKind *kinds, const Cohorts *cohorts)
{
	for (int i = 0; i < query->count; i++)
	{
		ReportRow  *row = &report->rows[report->count++];
		int64		nulls = 0;

		CHECK_FOR_INTERRUPTS();
		*row = (ReportRow) {.column = &query->columns[i], .kind = kinds[i], .n_reference = -1};
		for (int c = 0; c < cohorts->count; c++)
		{
			row->n += cohorts->items[c].rows;
			nulls += cohorts->items[c].columns[i].nulls;
		}
		row->null_share = share_of(nulls, row->n);
		row->null_share_reference = get_float8_nan();
		row->comparison = compare_all(kinds[i], query, cohorts, i);
	}
}

static void
adjust_report(Report *report)
{
	double	   *p_values = MemoryContextAllocHuge(CurrentMemoryContext, Max(report->count, 1) * sizeof(double));

	for (size_t i = 0; i < report->count; i++)
		p_values[i] = report->rows[i].comparison.p_value;
	adjust_p_values(BENJAMINI_HOCHBERG, p_values, report->count);
	for (size_t i = 0; i < report->count; i++)
		report->rows[i].adjusted_p_value = p_values[i];
	pfree(p_values);
}

/* What is real first, then the largest value; a value that is NULL is last */
static int
compare_rows(const void *left, const void *right)
{
	const ReportRow *a = left;
	const ReportRow *b = right;
	bool		a_is_real = a->adjusted_p_value <= LEVEL;
	bool		b_is_real = b->adjusted_p_value <= LEVEL;
	double		a_value = a->comparison.value;
	double		b_value = b->comparison.value;
	int			difference;

	CHECK_FOR_INTERRUPTS();
	if (a_is_real != b_is_real)
		return a_is_real ? -1 : 1;
	if (isnan(a_value) != isnan(b_value))
		return isnan(a_value) ? 1 : -1;
	if (a_value != b_value && !isnan(a_value))
		return a_value > b_value ? -1 : 1;
	difference = strcmp(a->column->name, b->column->name);
	if (difference == 0 && a->cohort != NULL && b->cohort != NULL)
		difference = strcmp(a->cohort, b->cohort);
	return difference;
}

static void
set_number(Datum *values, bool *nulls, int place, double number)
{
	nulls[place] = isnan(number);
	values[place] = Float8GetDatum(nulls[place] ? 0.0 : number);
}

static void
put_row(ResultRows *rows, const ReportRow *row)
{
	const ColumnComparison *comparison = &row->comparison;
	Datum		values[COLUMNS] = {0};
	bool		nulls[COLUMNS] = {false};

	values[0] = CStringGetTextDatum(row->column->name);
	values[1] = CStringGetTextDatum(kind_names[row->kind]);
	nulls[2] = row->cohort == NULL;
	if (!nulls[2])
		values[2] = CStringGetTextDatum(row->cohort);
	values[3] = Int64GetDatum(row->n);
	nulls[4] = row->n_reference < 0;
	values[4] = Int64GetDatum(row->n_reference);
	set_number(values, nulls, 5, row->null_share);
	set_number(values, nulls, 6, row->null_share_reference);
	set_number(values, nulls, 7, comparison->value);
	set_number(values, nulls, 8, comparison->binned_wasserstein);
	set_number(values, nulls, 9, comparison->p_value);
	set_number(values, nulls, 10, row->adjusted_p_value);
	set_number(values, nulls, 11, comparison->effect_size);
	nulls[12] = comparison->top_label.bytes == NULL;
	if (!nulls[12])
		values[12] = PointerGetDatum(label_text(comparison->top_label));
	set_number(values, nulls, 13, comparison->top_share);
	set_number(values, nulls, 14, comparison->top_share_reference);
	tuplestore_putvalues(rows->store, rows->description, values, nulls);
}

/* The cohort of a name; one without rows if there is none */
static const Cohort *
reference_cohort(const ColumnsQuery *query, const Cohorts *cohorts, const char *name)
{
	Cohort	   *none;

	for (int c = 0; c < cohorts->count; c++)
		if (strcmp(cohorts->items[c].name, name) == 0)
			return &cohorts->items[c];
	none = palloc0(sizeof(Cohort));
	none->columns = palloc0(Max(query->count, 1) * sizeof(ColumnCounts));
	return none;
}

static Report
make_report(const ColumnsQuery *query, const Cohorts *cohorts, const char *reference_name, const Measure *measure)
{
	ColumnKind *kinds = shown_kinds(query, cohorts);
	const Cohort *reference = reference_name == NULL ? NULL : reference_cohort(query, cohorts, reference_name);
	Report		report = {.count = 0};

	report.rows = MemoryContextAllocHuge(CurrentMemoryContext,
										 ((Size) Max(cohorts->count, 1)) * Max(query->count, 1) * sizeof(ReportRow));
	if (reference == NULL && cohorts->count > 0)
		add_rows_of_all(&report, query, kinds, cohorts);
	for (int c = 0; reference != NULL && c < cohorts->count; c++)
		if (&cohorts->items[c] != reference)
			add_rows_of_cohort(&report, query, kinds, &cohorts->items[c], reference, measure);
	adjust_report(&report);
	qsort(report.rows, report.count, sizeof(ReportRow), compare_rows);
	return report;
}

/* The measure of the report; of many cohorts at once there is but one */
static const Measure *
measure_of_report(FunctionCallInfo fcinfo, bool has_reference)
{
	const Measure *measure = measure_argument(fcinfo, 3, &jsd_measure, is_reportable, "is not for a report", "");

	if (!has_reference && measure != &jsd_measure)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("measure \"%s\" needs a reference", measure->name),
				 errhint("Without one all cohorts are compared at once, by the generalized Jensen-Shannon divergence. Name one: reference => 'A'.")));
	return measure;
}

/*
 * cohort_report(query, cohort, reference, measure, columns, bins, edges, unit): a
 * row for each column of each cohort that is not the reference: how the column
 * was read, rows and shares of NULL on both sides, the measure, for numbers the
 * Wasserstein distance of the bins, the p-value of homogeneity_test with rare bins
 * merged, that among all of the report (Benjamini and Hochberg), the effect size,
 * and the label that contributes most with both of its shares.  Without a
 * reference a row for each column of all cohorts together, by generalized_jsd.
 *
 * NULL is a bin of its own.  Kinds and edges are as edges says, others by the rule
 * of column_kinds.h.  With a unit, tests take each cohort for as many observations
 * as units make.  NULLs where there is nothing to say: no rows on a side, no values,
 * too many values.  No rows if the query or the cohort is NULL.
 */
SQL_FUNCTION(kldiv_cohort_report)
{
	ResultRows	rows = begin_result_rows(fcinfo);
	const char *reference = text_or_null(fcinfo, 2);
	const Measure *measure = measure_of_report(fcinfo, reference != NULL);
	int			bins = bins_argument(fcinfo, 5);
	ColumnsQuery *query;
	Cohorts		cohorts;
	Report		report;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	SPI_connect();
	query = begin_columns_query(fcinfo, text_or_null(fcinfo, 0), text_or_null(fcinfo, 1), text_or_null(fcinfo, 7), 4);
	if (!PG_ARGISNULL(6))
		take_given_kinds(query, PG_GETARG_JSONB_P(6));
	decide_kinds(query, reference == NULL ? ROWS_OF_ANY_COHORT : ROWS_OF_REFERENCE, reference, bins);
	cohorts = count_columns(query);
	if (query->unit != NULL)
		count_units(query, &cohorts);
	report = make_report(query, &cohorts, reference, measure);
	for (size_t i = 0; i < report.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		put_row(&rows, &report.rows[i]);
	}
	SPI_finish();
	PG_RETURN_NULL();
}
