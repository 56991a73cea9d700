/*-------------------------------------------------------------------------
 *
 * columns.c
 *	  The arguments of histograms_agg: columns, and edges of some of them.
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/columns.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "nodes/primnodes.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"

#include "compatibility.h"

int
bin_of_float4(const Edges *edges, Datum value)
{
	float		number = DatumGetFloat4(value);

	return isnan(number) ? nan_bin(edges) : bin_of_real(edges, number);
}

static int
bin_of_int2(const Edges *edges, Datum value)
{
	return bin_of(edges, DatumGetInt16(value));
}

static int
bin_of_int4(const Edges *edges, Datum value)
{
	return bin_of(edges, DatumGetInt32(value));
}

static int
bin_of_int8(const Edges *edges, Datum value)
{
	return bin_of(edges, (double) DatumGetInt64(value));
}

static int
bin_of_numeric(const Edges *edges, Datum value)
{
	return bin_of_float8(edges, DirectFunctionCall1(numeric_float8_no_overflow, value));
}

/* NULL if values of the type are no numbers */
static BinOf
bin_of_type(Oid type)
{
	switch (getBaseType(type))
	{
		case FLOAT8OID:
			return bin_of_float8;
		case FLOAT4OID:
			return bin_of_float4;
		case INT2OID:
			return bin_of_int2;
		case INT4OID:
			return bin_of_int4;
		case INT8OID:
			return bin_of_int8;
		case NUMERICOID:
			return bin_of_numeric;
	}
	return NULL;
}

static void
refuse_argument(int argument, Oid type, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("a histogram cannot be made of values of type %s", format_type_be(type)),
			 errdetail("It is the type of argument %d.", argument),
			 errhint("%s", hint)));
}

static void
refuse_edges(int argument, Oid type)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("edges of bins must be an array of type double precision[]"),
			 errdetail("Argument %d, behind a number, is of type %s.", argument, format_type_be(type)),
			 errhint("Write edges as '{...}'::float8[], and a column that is none as text: value::text.")));
}

/* Whether an argument is edges of the column before it, which is of a type of numbers or not */
static bool
is_edges(FunctionCallInfo fcinfo, int argument, bool behind_number)
{
	Oid			type = argument < PG_NARGS() ? get_fn_expr_argtype(fcinfo->flinfo, argument) : InvalidOid;

	if (!behind_number || !OidIsValid(type))
		return false;
	if (getBaseType(type) == FLOAT8ARRAYOID)
		return true;
	if (type == UNKNOWNOID || OidIsValid(get_base_element_type(type)))
		refuse_edges(argument, type);
	return false;
}

/* Whether the value of an argument is at one place in all rows, and another value nowhere near */
static bool
is_constant(FunctionCallInfo fcinfo, int argument)
{
	Aggref	   *aggregate = AggGetAggref(fcinfo);
	Node	   *expression = aggregate == NULL || argument > list_length(aggregate->args) ? NULL :
		(Node *) ((TargetEntry *) list_nth(aggregate->args, argument - 1))->expr;

	return expression != NULL &&
		(IsA(expression, Const) || (IsA(expression, Param) && ((Param *) expression)->paramkind == PARAM_EXTERN));
}

void
begin_argument_edges(ArgumentEdges *edges, FunctionCallInfo fcinfo, int argument)
{
	edges->edges = new_edges(fcinfo->flinfo->fn_mcxt);
	edges->constant = is_constant(fcinfo, argument);
}

static void
plan_column(FunctionCallInfo fcinfo, PlannedColumn *column, int argument)
{
	Oid			type = get_fn_expr_argtype(fcinfo->flinfo, argument);

	if (getBaseType(type) == FLOAT8ARRAYOID)
		refuse_argument(argument, type, "Edges come directly behind a column of numbers. Write a column of arrays as text: value::text.");
	if (type == UNKNOWNOID)
		refuse_argument(argument, type, "Write the type of a literal: 'value'::text.");
	if (type_is_rowtype(type))
		refuse_argument(argument, type, "Name the columns of the row one by one.");
	column->argument = argument;
	column->type = getBaseType(type);
	column->bin_of = bin_of_type(type);
	if (is_edges(fcinfo, argument + 1, column->bin_of != NULL))
	{
		begin_argument_edges(&column->given, fcinfo, argument + 1);
		column->is_float8 = column->bin_of == bin_of_float8;
	}
	else
	{
		column->labeller = new_labeller(type, fcinfo->flinfo->fn_mcxt);
		column->form = column->labeller->form;
	}
}

/* Checks the types of the arguments, and finds out what is to be done with each */
ColumnPlan *
plan_columns(FunctionCallInfo fcinfo)
{
	ColumnPlan *plan;
	int			argument = 1;

	if (get_fn_expr_variadic(fcinfo->flinfo))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("histograms_agg cannot take its columns from an array"),
				 errhint("Write the columns one by one, without VARIADIC.")));
	plan = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt,
								  offsetof(ColumnPlan, columns) + PG_NARGS() * sizeof(PlannedColumn));
	while (argument < PG_NARGS())
	{
		PlannedColumn *column = &plan->columns[plan->count++];

		plan_column(fcinfo, column, argument);
		argument += column->given.edges != NULL ? 2 : 1;
	}
	fcinfo->flinfo->fn_extra = plan;
	return plan;
}

/* Edges that are not yet known to be those of the first row */
pg_noinline void
check_edges_of_column(PlannedColumn *column, FunctionCallInfo fcinfo)
{
	int			argument = column->argument + 1;
	ArrayType  *array;

	if (PG_ARGISNULL(argument))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("edges must not be NULL"),
				 errdetail("Argument %d is NULL.", argument)));
	array = PG_GETARG_ARRAYTYPE_P(argument);
	if (column->given.edges->array == NULL)
	{
		if (ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)) > MOST_EDGES)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("a column cannot have more than %d edges", MOST_EDGES),
					 errdetail("Argument %d has %d.", argument, ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)))));
		keep_edges(column->given.edges, array);
	}
	else if (!are_edges(column->given.edges, array))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("edges must be the same in every row"),
				 errdetail("Argument %d has changed.", argument),
				 errhint("A column that is an array itself is written as text: value::text.")));
	column->given.place = PG_GETARG_DATUM(argument);
}
