/*-------------------------------------------------------------------------
 *
 * column_edges.c
 *	  column_edges and column_histograms: columns of a query as they are kept.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "miscadmin.h"
#include "utils/builtins.h"

#include "columns/column_kinds.h"
#include "columns/column_scans.h"
#include "columns/result_rows.h"

/* What the rule has not looked at: whether there are values, and too many */
static void
look_at_values(ColumnsQuery *query)
{
	ColumnsQuery rest = *query;
	Cohorts		counts;

	rest.columns = palloc(Max(query->count, 1) * sizeof(Column));
	rest.count = 0;
	for (int i = 0; i < query->count; i++)
		if (query->columns[i].kind == KIND_VALUES)
			rest.columns[rest.count++] = query->columns[i];
	if (rest.count == 0)
		return;
	counts = count_columns(&rest);
	rest.count = 0;
	for (int i = 0; i < query->count; i++)
		if (query->columns[i].kind == KIND_VALUES)
		{
			query->columns[i].kind = rest.columns[rest.count].kind;
			if (counts.items[0].columns[rest.count].nulls == counts.items[0].rows)
				query->columns[i].kind = KIND_NO_DATA;
			rest.count++;
		}
}

/*
 * column_edges(query, bins, columns): how each column is read, by the rule of
 * column_kinds.h, and the edges of those that are numbers: for later calls to
 * read the same columns of other rows in the same way.  Edges are quantiles, of
 * which a repeated one is there twice; NULL for other kinds.  A column without
 * values is "no data".  No rows if the query is NULL.
 */
SQL_FUNCTION(kldiv_column_edges)
{
	ResultRows	rows = begin_result_rows(fcinfo);
	int			bins = bins_argument(fcinfo, 1);
	ColumnsQuery *query;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	SPI_connect();
	query = begin_columns_query(fcinfo, text_or_null(fcinfo, 0), NULL, NULL, 2);
	decide_kinds(query, ALL_ROWS, NULL, bins);
	look_at_values(query);
	for (int i = 0; i < query->count; i++)
	{
		const Column *column = &query->columns[i];
		bool		nulls[3] = {false, false, column->kind != KIND_NUMBERS};
		Datum		values[3] = {CStringGetTextDatum(column->name), CStringGetTextDatum(kind_names[column->kind])};

		CHECK_FOR_INTERRUPTS();
		if (!nulls[2])
			values[2] = PointerGetDatum(array_of_edges(column));
		tuplestore_putvalues(rows.store, rows.description, values, nulls);
	}
	SPI_finish();
	PG_RETURN_NULL();
}

static void
put_histogram(ResultRows *rows, const Cohort *cohort, const Column *column, const ColumnCounts *counts)
{
	bool		nulls[4] = {cohort->name == NULL, false, false, false};
	Datum		values[4] = {(Datum) 0, CStringGetTextDatum(column->name), CStringGetTextDatum(kind_names[column->kind]),
	PointerGetDatum(counts->histogram)};

	if (cohort->name != NULL)
		values[0] = CStringGetTextDatum(cohort->name);
	tuplestore_putvalues(rows->store, rows->description, values, nulls);
}

/*
 * column_histograms(query, cohort, edges, columns): a histogram of each column
 * of each cohort, read as edges says, or by the rule over all rows.  NULLs are
 * the label "(null)"; of a column with too many values all others are "(other)".
 * Rows whose cohort is NULL are left out.  No rows if the query is NULL.
 */
SQL_FUNCTION(kldiv_column_histograms)
{
	ResultRows	rows = begin_result_rows(fcinfo);
	ColumnsQuery *query;
	Cohorts		cohorts;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	SPI_connect();
	query = begin_columns_query(fcinfo, text_or_null(fcinfo, 0), text_or_null(fcinfo, 1), NULL, 3);
	if (!PG_ARGISNULL(2))
		take_given_kinds(query, PG_GETARG_JSONB_P(2));
	decide_kinds(query, query->cohort == NULL ? ALL_ROWS : ROWS_OF_ANY_COHORT, NULL, 10);
	cohorts = count_columns(query);
	for (int c = 0; c < cohorts.count; c++)
		for (int i = 0; i < query->count; i++)
		{
			CHECK_FOR_INTERRUPTS();
			put_histogram(&rows, &cohorts.items[c], &query->columns[i], &cohorts.items[c].columns[i]);
		}
	SPI_finish();
	PG_RETURN_NULL();
}
