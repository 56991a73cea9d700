/*-------------------------------------------------------------------------
 *
 * given_kinds.c
 *	  What the argument "edges" says of columns.
 *
 * It is an object with a member for each column, by its name: an object with a
 * kind, edges or both, as a row of column_edges has them.  Members for columns
 * that the query does not have are none of our business, so that what was
 * frozen for all columns of a table can be handed on with some of them.
 *
 *-------------------------------------------------------------------------
 */
#include "columns/column_kinds.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/fmgrprotos.h"

#include "compatibility.h"

#define MOST_EDGES 1000

pg_noreturn static void
refuse_given(const Column *column, int code, const char *detail)
{
	ereport(ERROR,
			(errcode(code),
			 errmsg("column \"%s\" cannot be read as argument \"edges\" says", column->name),
			 errdetail("%s.", detail),
			 errhint("A member is {\"kind\": ..., \"edges\": ...}, as a row of column_edges(query) has them.")));
	pg_unreachable();
}

static ColumnKind
kind_of_name(const Column *column, const JsonbValue *name)
{
	char	   *text;

	if (name->type != jbvString)
		refuse_given(column, ERRCODE_INVALID_PARAMETER_VALUE, "Its kind is no string");
	text = pnstrdup(name->val.string.val, name->val.string.len);
	for (int kind = KIND_VALUES; kind_names[kind] != NULL; kind++)
		if (strcmp(kind_names[kind], text) == 0)
			return (ColumnKind) kind;
	refuse_given(column, ERRCODE_INVALID_PARAMETER_VALUE,
				 psprintf("There is no kind \"%s\", but values, numbers, months, too many values", text));
}

/* A number; the infinite ones are strings in JSON */
static double
edge_of_json(const Column *column, const JsonbValue *value, int position)
{
	double		edge = get_float8_nan();

	if (value->type == jbvNumeric)
	{
		edge = DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow, NumericGetDatum(value->val.numeric)));
		if (isinf(edge))
			refuse_given(column, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, psprintf("Edge %d is beyond double precision", position + 1));
	}
	else if (value->type == jbvString)
	{
		char	   *text = pnstrdup(value->val.string.val, value->val.string.len);

		edge = strcmp(text, "Infinity") == 0 ? get_float8_infinity() :
			strcmp(text, "-Infinity") == 0 ? -get_float8_infinity() : edge;
	}
	if (isnan(edge))
		refuse_given(column, ERRCODE_INVALID_PARAMETER_VALUE, psprintf("Edge %d is no number", position + 1));
	return edge + 0.0;
}

static void
take_edges(Column *column, JsonbContainer *list)
{
	int			count = JsonContainerSize(list);

	if (count < 1 || count > MOST_EDGES)
		refuse_given(column, ERRCODE_INVALID_PARAMETER_VALUE,
					 psprintf("It has %d edges, which have to be from 1 to %d", count, MOST_EDGES));
	column->edges = palloc(count * sizeof(double));
	for (int i = 0; i < count; i++)
	{
		column->edges[i] = edge_of_json(column, getIthJsonbValueFromContainer(list, i), i);
		if (i > 0 && column->edges[i] < column->edges[i - 1])
			refuse_given(column, ERRCODE_INVALID_PARAMETER_VALUE,
						 psprintf("Edge %d is %s, behind %s: they have to ascend", i + 1,
								  float8out_internal(column->edges[i]), float8out_internal(column->edges[i - 1])));
	}
	column->edge_count = count;
}

static JsonbValue *
member_of(JsonbContainer *object, const char *name)
{
	return getKeyJsonValueFromContainer(object, name, (int) strlen(name), NULL);
}

static bool
is_container(const JsonbValue *value, bool is_object)
{
	return value->type == jbvBinary &&
		(is_object ? JsonContainerIsObject(value->val.binary.data) :
		 JsonContainerIsArray(value->val.binary.data) && !JsonContainerIsScalar(value->val.binary.data));
}

/* An empty array or object is a container as well */
static void
take_given_kind(Column *column, JsonbValue *given)
{
	JsonbValue *kind;
	JsonbValue *edges;

	if (!is_container(given, true))
		refuse_given(column, ERRCODE_INVALID_PARAMETER_VALUE, "Its member is no object");
	kind = member_of(given->val.binary.data, "kind");
	edges = member_of(given->val.binary.data, "edges");
	if (JsonContainerSize(given->val.binary.data) != (kind != NULL) + (edges != NULL))
		refuse_given(column, ERRCODE_INVALID_PARAMETER_VALUE, "Its member has more than kind and edges");
	if (kind != NULL)
		column->kind = kind_of_name(column, kind);
	else if (edges != NULL)
		column->kind = KIND_NUMBERS;
	/* these are what was found, and are read as values were */
	if (column->kind == KIND_CONSTANT || column->kind == KIND_NO_DATA)
		column->kind = KIND_VALUES;
	if (column->kind == KIND_NUMBERS && column->nature != NATURE_FRACTION && column->nature != NATURE_NUMBER)
		refuse_given(column, ERRCODE_DATATYPE_MISMATCH, psprintf("It is of type %s, not numbers", format_type_be(column->type)));
	if (column->kind == KIND_MONTHS && column->nature != NATURE_DATE)
		refuse_given(column, ERRCODE_DATATYPE_MISMATCH, psprintf("It is of type %s, not dates", format_type_be(column->type)));
	if (column->kind != KIND_NUMBERS || edges == NULL || edges->type == jbvNull)
		return;
	if (!is_container(edges, false))
		refuse_given(column, ERRCODE_INVALID_PARAMETER_VALUE, "Its edges are no array");
	take_edges(column, edges->val.binary.data);
}

void
take_given_kinds(ColumnsQuery *query, Jsonb *given)
{
	if (!JB_ROOT_IS_OBJECT(given))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("edges must be a JSON object"),
				 errhint("Make it with jsonb_object_agg(column_name, jsonb_build_object('kind', kind, 'edges', edges)) of column_edges(query).")));
	for (int i = 0; i < query->count; i++)
	{
		JsonbValue *member = member_of(&given->root, query->columns[i].name);

		CHECK_FOR_INTERRUPTS();
		if (member != NULL)
			take_given_kind(&query->columns[i], member);
	}
}
