/*-------------------------------------------------------------------------
 *
 * columns_query.c
 *	  A caller's query, its columns, and how queries of ours read them.
 *
 * The caller's query is a subquery of its own, in which names mean what they
 * mean to the caller; all else is named by its schema.  Columns get names of
 * ours, so that theirs can be anything.
 *
 *-------------------------------------------------------------------------
 */
#include "columns/columns_query.h"

#include "access/transam.h"
#include "catalog/dependency.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "common/shortest_dec.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/plancache.h"
#include "utils/regproc.h"
#include "utils/syscache.h"

#include "columns/query_text.h"
#include "histogram/label_of_value.h"

const char *const kind_names[] = {
	[KIND_UNDECIDED] = "",
	[KIND_VALUES] = "values",
	[KIND_NUMBERS] = "numbers",
	[KIND_MONTHS] = "months",
	[KIND_TOO_MANY_VALUES] = "too many values",
	[KIND_CONSTANT] = "constant",
	[KIND_NO_DATA] = "no data",
	NULL
};

static ValueNature
nature_of(Oid type)
{
	Labeller	labeller;

	switch (type)
	{
		case FLOAT8OID:
		case FLOAT4OID:
			return NATURE_FRACTION;
		case INT2OID:
		case INT4OID:
		case INT8OID:
		case NUMERICOID:
			return NATURE_NUMBER;
		case DATEOID:
		case TIMESTAMPOID:
		case TIMESTAMPTZOID:
			return NATURE_DATE;
	}
	return begin_labeller(&labeller, type) ? NATURE_OTHER : NATURE_WITHOUT_LABEL;
}

/* The query tree of a text that was just prepared */
static Query *
prepared_query(SPIPlanPtr plan)
{
	List	   *sources = plan == NULL ? NIL : SPI_plan_get_plan_sources(plan);

	if (list_length(sources) != 1 || list_length(((CachedPlanSource *) linitial(sources))->query_list) != 1)
		elog(ERROR, "could not prepare a query over columns: %s", SPI_result_code_string(SPI_result));
	return linitial_node(Query, ((CachedPlanSource *) linitial(sources))->query_list);
}

/* What the caller's query returns */
static TupleDesc
describe_query(const char *text)
{
	SPIPlanPtr	plan = SPI_prepare(checked_query(text), 0, NULL);
	List	   *sources = plan == NULL ? NIL : SPI_plan_get_plan_sources(plan);

	if (list_length(sources) != 1 || ((CachedPlanSource *) linitial(sources))->resultDesc == NULL)
		elog(ERROR, "could not prepare the query: %s", SPI_result_code_string(SPI_result));
	return CreateTupleDescCopy(((CachedPlanSource *) linitial(sources))->resultDesc);
}

/* How many columns of the query have a name, and the number of the first, from 1 */
static int
find_column(TupleDesc description, const char *name, int *number)
{
	int			found = 0;

	for (int i = description->natts; i > 0; i--)
		if (strcmp(NameStr(TupleDescAttr(description, i - 1)->attname), name) == 0)
		{
			*number = i;
			found++;
		}
	return found;
}

static bool
is_column(TupleDesc description, const char *name)
{
	int			number;

	return name != NULL && find_column(description, name, &number) > 0;
}

/* A column that rows are about has to be the only one of its name */
static void
add_column(ColumnsQuery *query, int number)
{
	Form_pg_attribute attribute = TupleDescAttr(query->description, number - 1);
	char	   *name = NameStr(attribute->attname);
	Column	   *column = &query->columns[query->count++];
	int			first;

	if (find_column(query->description, name, &first) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_COLUMN),
				 errmsg("query has more than one column \"%s\"", name),
				 errhint("Name each column differently, or list the others in the argument \"columns\".")));
	*column = (Column) {.name = pstrdup(name), .number = number, .type = getBaseType(attribute->atttypid)};
	column->nature = nature_of(column->type);
}

static void
add_named_columns(ColumnsQuery *query, ArrayType *names)
{
	Datum	   *values;
	bool	   *nulls;
	int			count;

	deconstruct_array(names, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, &count);
	query->columns = palloc0(Max(count, 1) * sizeof(Column));
	for (int i = 0; i < count; i++)
	{
		char	   *name = nulls[i] ? NULL : TextDatumGetCString(values[i]);
		int			number = 0;

		CHECK_FOR_INTERRUPTS();
		if (name == NULL)
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("name of a column must not be NULL"),
					 errdetail("Argument \"columns\" has NULL at position %d.", i + 1)));
		if (find_column(query->description, name, &number) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_COLUMN),
					 errmsg("query has no column \"%s\"", name),
					 errdetail("Argument \"columns\" has it at position %d.", i + 1)));
		for (int before = 0; before < query->count; before++)
			if (query->columns[before].number == number)
				ereport(ERROR,
						(errcode(ERRCODE_DUPLICATE_COLUMN),
						 errmsg("column \"%s\" is named twice", name),
						 errdetail("Argument \"columns\" has it at position %d again.", i + 1)));
		add_column(query, number);
	}
}

static void
add_all_columns(ColumnsQuery *query)
{
	query->columns = palloc0(Max(query->description->natts, 1) * sizeof(Column));
	for (int number = 1; number <= query->description->natts; number++)
	{
		const char *name = NameStr(TupleDescAttr(query->description, number - 1)->attname);

		CHECK_FOR_INTERRUPTS();
		if ((query->cohort == NULL || strcmp(query->cohort, name) != 0) && (query->unit == NULL || strcmp(query->unit, name) != 0))
			add_column(query, number);
	}
}

/*
 * Whether values of a column are equal if, and only if, their texts are.  Such a
 * column is grouped by as it is: by an expression every row would be copied first.
 */
static bool
is_known_by_text(Form_pg_attribute attribute)
{
	switch (attribute->atttypid)
	{
		case TEXTOID:
		case VARCHAROID:
			/* of several collations in one expression none may have come out */
			return OidIsValid(attribute->attcollation) && get_collation_isdeterministic(attribute->attcollation);
		case BOOLOID:
		case INT2OID:
		case INT4OID:
		case INT8OID:
		case DATEOID:
			return true;
	}
	return false;
}

/* A column of the query, or an expression over them */
static void
append_expression(StringInfo sql, const ColumnsQuery *query, const char *text, const char *argument)
{
	if (is_column(query->description, text))
		appendStringInfo(sql, "q.%s", quote_identifier(text));
	else
		appendStringInfo(sql, "(\n%s\n)", checked_expression(text, argument));
}

/*
 * Has errors in an expression found before it is in the midst of our queries.  A
 * set would count rows more than once, and an aggregate is of no row.
 */
static void
check_expression(const ColumnsQuery *query, const char *text, const char *argument)
{
	StringInfoData sql;
	const Query *prepared;

	if (text == NULL)
		return;
	initStringInfo(&sql);
	appendStringInfoString(&sql, "SELECT ");
	append_expression(&sql, query, text, argument);
	appendStringInfo(&sql, " FROM (\n%s\n) AS q", checked_query(query->text));
	prepared = prepared_query(SPI_prepare(sql.data, 0, NULL));
	if (prepared->hasAggs || prepared->hasTargetSRFs)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must have one value in each row", argument),
				 errdetail("Argument \"%s\" %s.", argument, prepared->hasAggs ? "has an aggregate function" : "returns a set"),
				 errhint("Make it a column of the query.")));
}

ColumnsQuery *
begin_columns_query(FunctionCallInfo fcinfo, const char *text, const char *cohort, const char *unit, int names)
{
	ColumnsQuery *query = palloc0(sizeof(ColumnsQuery));
	Oid			schema = get_func_namespace(fcinfo->flinfo->fn_oid);

	query->schema = quote_identifier(get_namespace_name(schema));
	query->histogram_type = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum("histogram"), ObjectIdGetDatum(schema));
	query->extension = getExtensionOfObject(ProcedureRelationId, fcinfo->flinfo->fn_oid);
	query->function = get_func_name(fcinfo->flinfo->fn_oid);
	query->text = text;
	query->cohort = cohort;
	query->unit = unit;
	query->description = describe_query(text);
	if (query->description->natts == 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("query has no columns")));
	check_expression(query, cohort, "cohort");
	check_expression(query, unit, "unit");
	if (!PG_ARGISNULL(names))
		add_named_columns(query, PG_GETARG_ARRAYTYPE_P(names));
	else
		add_all_columns(query);
	return query;
}

void
append_source(StringInfo sql, const ColumnsQuery *query)
{
	int			cohort;

	appendStringInfoString(sql, "(SELECT ");
	if (query->cohort != NULL)
	{
		append_expression(sql, query, query->cohort, "cohort");
		if (find_column(query->description, query->cohort, &cohort) != 1 || !is_known_by_text(TupleDescAttr(query->description, cohort - 1)))
			appendStringInfoString(sql, "::pg_catalog.text COLLATE pg_catalog.\"C\"");
		appendStringInfoString(sql, ", ");
	}
	if (query->unit != NULL)
	{
		append_expression(sql, query, query->unit, "unit");
		appendStringInfoString(sql, ", ");
	}
	appendStringInfo(sql, "q.* FROM (\n%s\n) AS q) AS r (", checked_query(query->text));
	if (query->cohort != NULL)
		appendStringInfoString(sql, "cohort, ");
	if (query->unit != NULL)
		appendStringInfoString(sql, "unit, ");
	for (int number = 1; number <= query->description->natts; number++)
		appendStringInfo(sql, "%sc%d", number > 1 ? ", " : "", number);
	appendStringInfoChar(sql, ')');
}

static void
append_date(StringInfo sql, const Column *column)
{
	if (column->type == DATEOID)
		appendStringInfo(sql, "r.c%d", column->number);
	else if (column->type == TIMESTAMPOID)
		appendStringInfo(sql, "r.c%d::pg_catalog.date", column->number);
	else
		appendStringInfo(sql, "(r.c%d AT TIME ZONE 'UTC')::pg_catalog.date", column->number);
}

static void
append_edges(StringInfo sql, const Column *column)
{
	appendStringInfoString(sql, "'{");
	for (int i = 0; i < column->edge_count; i++)
	{
		char		edge[DOUBLE_SHORTEST_DECIMAL_LEN];

		double_to_shortest_decimal_buf(column->edges[i], edge);
		appendStringInfo(sql, "%s%s", i > 0 ? "," : "", edge);
	}
	appendStringInfoString(sql, "}'::pg_catalog.float8[]");
}

void
append_column(StringInfo sql, const Column *column)
{
	if (column->kind == KIND_NUMBERS)
	{
		appendStringInfo(sql, "r.c%d, ", column->number);
		append_edges(sql, column);
	}
	else if (column->kind == KIND_MONTHS)
	{
		/* a date may be later than any timestamp, and is then its own month */
		appendStringInfoString(sql, "CASE WHEN ");
		append_date(sql, column);
		appendStringInfoString(sql, " OPERATOR(pg_catalog.<) '294277-01-01'::pg_catalog.date THEN pg_catalog.date_trunc('month', (");
		append_date(sql, column);
		appendStringInfoString(sql, ")::pg_catalog.timestamp)::pg_catalog.date ELSE ");
		append_date(sql, column);
		appendStringInfoString(sql, " END");
	}
	else if (column->nature == NATURE_DATE)
		append_date(sql, column);
	else
		appendStringInfo(sql, "r.c%d%s", column->number, column->nature == NATURE_WITHOUT_LABEL ? "::pg_catalog.text" : "");
}

/*
 * Aggregates that we call have to be PostgreSQL's or ours.  In a schema where
 * others may create functions, one of the same name with the very types of the
 * columns would be taken instead of ours, and would run with the caller's rights.
 */
static void
check_aggregates(const ColumnsQuery *query, const Query *prepared)
{
	ListCell   *cell;

	foreach(cell, prepared->targetList)
	{
		Node	   *expression = (Node *) lfirst_node(TargetEntry, cell)->expr;
		Oid			function = IsA(expression, Aggref) ? ((Aggref *) expression)->aggfnoid :
			IsA(expression, FuncExpr) ? ((FuncExpr *) expression)->funcid : InvalidOid;

		if (function >= FirstNormalObjectId && getExtensionOfObject(ProcedureRelationId, function) != query->extension)
			ereport(ERROR,
					(errcode(ERRCODE_AMBIGUOUS_FUNCTION),
					 errmsg("function %s is in the way of one of kldiv", format_procedure(function)),
					 errhint("Drop it, or move it out of the schema of the extension.")));
	}
}

void
expect_passes(ColumnsQuery *query, int passes)
{
	begin_progress(&query->progress, query->function, "passes over the query", passes);
}

/*
 * A plan that may be parallel.  As one that only reads it sees what the calling
 * query sees, so that several of ours see the same; and a query that writes, or
 * locks rows, is refused.
 */
void
run_query(ColumnsQuery *query, const char *sql)
{
	SPIPlanPtr	plan = SPI_prepare_cursor(sql, 0, NULL, CURSOR_OPT_PARALLEL_OK);
	int			result;

	check_aggregates(query, prepared_query(plan));
	result = SPI_execute_plan(plan, NULL, NULL, true, 0);
	if (result != SPI_OK_SELECT)
		elog(ERROR, "could not run a query over columns: %s", SPI_result_code_string(result));
	SPI_freeplan(plan);
	advance_progress(&query->progress, ++query->passes);
}

Datum
result_value(uint64 row, int column, bool *is_null)
{
	return SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, column, is_null);
}

char *
result_text(uint64 row, int column)
{
	bool		is_null;
	Datum		value = result_value(row, column, &is_null);

	return is_null ? NULL : TextDatumGetCString(value);
}
