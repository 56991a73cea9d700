/*-------------------------------------------------------------------------
 *
 * column_kinds.c
 *	  How columns are read by the rule.
 *
 *-------------------------------------------------------------------------
 */
#include "columns/column_kinds.h"

#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "input/arrays.h"
#include "input/parameters.h"

#define MOST_BINS 1001

int
bins_argument(FunctionCallInfo fcinfo, int argument)
{
	int			bins = PG_ARGISNULL(argument) ? 10 : PG_GETARG_INT32(argument);

	return (int) check_argument(bins >= 2 && bins <= MOST_BINS, "bins", bins, "from 2 to 1001");
}

/* Whether the rule has to look at values of a column */
static bool
needs_looking_at(const Column *column)
{
	if (column->kind == KIND_NUMBERS)
		return column->edge_count == 0;
	return column->kind == KIND_UNDECIDED &&
		(column->nature == NATURE_FRACTION || column->nature == NATURE_NUMBER || column->nature == NATURE_DATE);
}

/* What kldiv_quantile_edges says of a column */
static void
take_finding(Column *column, Datum finding, bool is_null)
{
	Weights		numbers = {0};

	if (!is_null)
		numbers = array_weights(DatumGetArrayTypeP(finding));
	if (is_null)
		column->kind = KIND_NO_DATA;
	else if (numbers.count == 0)
		column->kind = KIND_VALUES;
	else if (column->nature == NATURE_DATE)
		column->kind = KIND_MONTHS;
	else
	{
		column->kind = KIND_NUMBERS;
		column->edge_count = (int) numbers.count - 2;
		column->edges = palloc(column->edge_count * sizeof(double));
		memcpy(column->edges, numbers.values + 1, column->edge_count * sizeof(double));
	}
}

static void
append_looked_at(StringInfo sql, const ColumnsQuery *query, const Column *column, int bins)
{
	appendStringInfo(sql, "%s.kldiv_quantile_edges(", query->schema);
	if (column->kind == KIND_NUMBERS)
		/* numbers even if they are few */
		appendStringInfo(sql, "r.c%d, %d)", column->number, -bins);
	else
	{
		append_column(sql, column);
		appendStringInfo(sql, ", %d)", bins);
	}
}

static void
append_rows(StringInfo sql, RuleRows rows, const char *reference)
{
	if (rows == ROWS_OF_ANY_COHORT)
		appendStringInfoString(sql, " WHERE r.cohort IS NOT NULL");
	else if (rows == ROWS_OF_REFERENCE)
		appendStringInfo(sql, " WHERE r.cohort::pg_catalog.text OPERATOR(pg_catalog.=) %s", quote_literal_cstr(reference));
}

void
decide_kinds(ColumnsQuery *query, RuleRows rows, const char *reference, int bins)
{
	StringInfoData sql;
	int			looked_at = 0;

	initStringInfo(&sql);
	appendStringInfoString(&sql, "SELECT ");
	for (int i = 0; i < query->count; i++)
	{
		Column	   *column = &query->columns[i];

		CHECK_FOR_INTERRUPTS();
		if (needs_looking_at(column))
		{
			if (looked_at++ > 0)
				appendStringInfoString(&sql, ", ");
			append_looked_at(&sql, query, column, bins);
		}
		else if (column->kind == KIND_UNDECIDED)
			column->kind = KIND_VALUES;
	}
	/* this one, one that counts, and one over the units */
	expect_passes(query, (looked_at > 0) + 1 + (query->unit != NULL));
	if (looked_at == 0)
		return;
	appendStringInfoString(&sql, " FROM ");
	append_source(&sql, query);
	append_rows(&sql, rows, reference);
	run_query(query, sql.data);
	looked_at = 0;
	for (int i = 0; i < query->count; i++)
		if (needs_looking_at(&query->columns[i]))
		{
			bool		is_null;
			Datum		finding = result_value(0, ++looked_at, &is_null);

			take_finding(&query->columns[i], finding, is_null);
		}
	SPI_freetuptable(SPI_tuptable);
}

ArrayType *
array_of_edges(const Column *column)
{
	ArrayType  *array = new_weight_array(1, &column->edge_count, (int[]) {1});

	memcpy(ARR_DATA_PTR(array), column->edges, column->edge_count * sizeof(double));
	return array;
}
