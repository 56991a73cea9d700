/*-------------------------------------------------------------------------
 *
 * column_scans.c
 *	  What queries of ours find in the rows of a caller's query.
 *
 *-------------------------------------------------------------------------
 */
#include "columns/column_scans.h"

#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "columns/columns_memory.h"
#include "histogram/aggregates.h"
#include "histogram/bin_table.h"

/* An aggregate takes one argument less than a function, which takes 100 */
#define MOST_ARGUMENTS (FUNC_MAX_ARGS - 1)

static int
arguments_of(const Column *column)
{
	return column->kind == KIND_NUMBERS ? 2 : 1;
}

/* Appends a call of an aggregate over columns from first to before end */
static void
append_call(StringInfo sql, const ColumnsQuery *query, const char *aggregate, int first, int end)
{
	appendStringInfo(sql, ", %s.%s(", query->schema, aggregate);
	for (int i = first; i < end; i++)
	{
		CHECK_FOR_INTERRUPTS();
		appendStringInfoString(sql, i > first ? ", " : "");
		append_column(sql, &query->columns[i]);
	}
	appendStringInfoChar(sql, ')');
}

/* Appends calls of histograms_agg, each with as many columns as it takes, and of the aggregate that knows more of them */
static void
append_histograms(StringInfo sql, const ColumnsQuery *query)
{
	int			first = 0;
	int			arguments = 0;

	for (int i = 0; i <= query->count; i++)
	{
		if (i > first && (i == query->count || arguments + arguments_of(&query->columns[i]) > MOST_ARGUMENTS))
		{
			append_call(sql, query, "histograms_agg", first, i);
			append_call(sql, query, "kldiv_column_facts", first, i);
			first = i;
			arguments = 0;
		}
		if (i < query->count)
			arguments += arguments_of(&query->columns[i]);
	}
}

static void
append_cohorts(StringInfo sql, const ColumnsQuery *query)
{
	appendStringInfoString(sql, " FROM ");
	append_source(sql, query);
	if (query->cohort != NULL)
		appendStringInfoString(sql, " WHERE r.cohort IS NOT NULL GROUP BY r.cohort");
}

/* The elements of an array */
typedef struct Elements
{
	Datum	   *values;
	bool	   *nulls;
	int			count;
} Elements;

static Elements
elements_of_array(Datum datum, int length, bool by_value)
{
	ArrayType  *array = DatumGetArrayTypeP(datum);
	Elements	elements;

	deconstruct_array(array, ARR_ELEMTYPE(array), length, by_value, TYPALIGN_DOUBLE, &elements.values, &elements.nulls, &elements.count);
	return elements;
}

static double
fact_or_nan(const Elements *facts, int place)
{
	return facts->nulls[place] ? get_float8_nan() : DatumGetFloat8(facts->values[place]);
}

/* Fills in columns from first on with what one call of histograms_agg and the facts beside it say; returns how many */
static int
take_counts(const Cohort *cohort, int first, Datum histogram_array, Datum fact_array)
{
	Elements	histograms = elements_of_array(histogram_array, -1, false);
	Elements	facts = elements_of_array(fact_array, sizeof(float8), FLOAT8PASSBYVAL);

	for (int i = 0; i < histograms.count; i++)
	{
		ColumnCounts *counts = &cohort->columns[first + i];

		counts->histogram = histograms.nulls[i] ? NULL : datum_histogram(histograms.values[i]);
		counts->nulls = cohort->rows - (int64) (histograms.nulls[i] ? fact_or_nan(&facts, 3 * i) : counts->histogram->total);
		counts->least = fact_or_nan(&facts, 3 * i + 1);
		counts->greatest = fact_or_nan(&facts, 3 * i + 2);
	}
	return histograms.count;
}

static Cohort
cohort_of_row(ColumnsQuery *query, uint64 row)
{
	bool		is_null;
	Cohort		cohort = {.name = result_text(row, 1), .columns = palloc0(Max(query->count, 1) * sizeof(ColumnCounts))};
	int			next = 0;

	cohort.rows = DatumGetInt64(result_value(row, 2, &is_null));
	cohort.effective = (double) cohort.rows;
	/* without rows there is nothing to take */
	for (int i = 3; cohort.rows > 0 && i < SPI_tuptable->tupdesc->natts; i += 2)
		next += take_counts(&cohort, next, result_value(row, i, &is_null), result_value(row, i + 1, &is_null));
	Assert(cohort.rows == 0 || next == query->count);
	return cohort;
}

/* What was counted of all cohorts, and which columns turned out to have too many values */
static void
settle_kinds(ColumnsQuery *query, const Cohorts *cohorts)
{
	for (int i = 0; i < query->count; i++)
		for (int c = 0; c < cohorts->count; c++)
			if (cohorts->items[c].rows > 0 && cohorts->items[c].columns[i].histogram == NULL)
				query->columns[i].kind = KIND_TOO_MANY_VALUES;
}

static int
compare_cohorts(const void *left, const void *right)
{
	CHECK_FOR_INTERRUPTS();
	return strcmp(((const Cohort *) left)->name, ((const Cohort *) right)->name);
}

static Cohort *
find_cohort(const Cohorts *cohorts, char *name)
{
	Cohort		key = {.name = name};

	return name == NULL ? cohorts->items : bsearch(&key, cohorts->items, cohorts->count, sizeof(Cohort), compare_cohorts);
}

/* A histogram and some rows more, of a label of its own */
static Histogram *
with_label(const Histogram *histogram, Label label, int64 rows)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "kldiv labels", ALLOCSET_DEFAULT_SIZES);
	BinTable   *table = new_bin_table(context, false);
	Histogram  *result;

	if (histogram != NULL)
		add_histogram_to_table(table, histogram);
	if (rows > 0)
		add_to_table(table, label, (double) rows);
	result = histogram_of_table(table);
	MemoryContextDelete(context);
	return result;
}

/* Rows without a value are a bin of every column */
static void
count_nulls(const Column *column, const Cohort *cohort, ColumnCounts *counts)
{
	if (column->kind == KIND_TOO_MANY_VALUES)
	{
		Histogram  *others = with_label(NULL, (Label) {"(other)", 7}, cohort->rows - counts->nulls);

		counts->histogram = with_label(others, NULL_LABEL, counts->nulls);
		return;
	}
	if (column->kind == KIND_NUMBERS && counts->histogram != NULL)
		counts->nulls = (int64) weight_of_label(counts->histogram, NULL_LABEL);
	else if (counts->nulls > 0 || counts->histogram == NULL)
		counts->histogram = with_label(counts->histogram, NULL_LABEL, counts->nulls);
}

Cohorts
count_columns(ColumnsQuery *query)
{
	StringInfoData sql;
	Cohorts		cohorts;
	Size		bytes = 0;

	initStringInfo(&sql);
	appendStringInfo(&sql, "SELECT %s, pg_catalog.count(*)", query->cohort != NULL ? "r.cohort::pg_catalog.text" : "NULL::pg_catalog.text");
	append_histograms(&sql, query);
	append_cohorts(&sql, query);
	/* one cohort more than there may be is enough to know */
	appendStringInfo(&sql, " LIMIT " INT64_FORMAT, most_histograms() / Max(query->count, 1) + 1);
	run_query(query, sql.data);
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		CHECK_FOR_INTERRUPTS();
		bytes += SPI_tuptable->vals[row]->t_len;
	}
	check_memory_for_histograms((int64) SPI_processed, query->count, bytes);
	cohorts.count = (int) SPI_processed;
	cohorts.items = MemoryContextAllocHuge(CurrentMemoryContext, Max(SPI_processed, 1) * sizeof(Cohort));
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		CHECK_FOR_INTERRUPTS();
		cohorts.items[row] = cohort_of_row(query, row);
	}
	if (query->cohort != NULL)
		qsort(cohorts.items, cohorts.count, sizeof(Cohort), compare_cohorts);
	settle_kinds(query, &cohorts);
	for (int c = 0; c < cohorts.count; c++)
		for (int i = 0; i < query->count; i++)
		{
			CHECK_FOR_INTERRUPTS();
			count_nulls(&query->columns[i], &cohorts.items[c], &cohorts.items[c].columns[i]);
		}
	return cohorts;
}

/*
 * The effective number of units: L. Kish, Survey Sampling (1965), 8.2, with the
 * rows of a unit as its weight.  Rows of which the unit is NULL are of one.
 */
void
count_units(ColumnsQuery *query, Cohorts *cohorts)
{
	StringInfoData sql;

	initStringInfo(&sql);
	appendStringInfoString(&sql,
						   "SELECT u.cohort::pg_catalog.text, (pg_catalog.sum(u.m) OPERATOR(pg_catalog.*) pg_catalog.sum(u.m)) "
						   "OPERATOR(pg_catalog./) pg_catalog.sum(u.m OPERATOR(pg_catalog.*) u.m) "
						   "FROM (SELECT r.cohort, pg_catalog.count(*)::pg_catalog.float8 AS m FROM ");
	append_source(&sql, query);
	appendStringInfoString(&sql, " WHERE r.cohort IS NOT NULL GROUP BY r.cohort, r.unit) AS u GROUP BY u.cohort");
	run_query(query, sql.data);
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		bool		is_null;
		Datum		effective = result_value(row, 2, &is_null);
		Cohort	   *cohort = find_cohort(cohorts, result_text(row, 1));

		CHECK_FOR_INTERRUPTS();
		if (cohort != NULL && !is_null)
			cohort->effective = DatumGetFloat8(effective);
	}
	SPI_freetuptable(SPI_tuptable);
}
