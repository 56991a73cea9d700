/*-------------------------------------------------------------------------
 *
 * aggregates.c
 *	  Measures of dependence over rows: mutual_information(x, y) and so on.
 *
 * x and y are of any types that have labels in histogram_agg(), and so are their
 * values; a row in which one is NULL is skipped.  The states of all measures are
 * the same: see pair_counts.h.  The value is that of the table of counts, to the
 * bit, whatever the order of the rows; NULL if there was no row.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "compatibility.h"

#include "histogram/label_of_value.h"
#include "joint/joint.h"
#include "joint/pair_counts.h"
#include "math/parameters.h"

typedef struct PairLabeller
{
	Labeller	x;
	Labeller	y;
} PairLabeller;

/* What somebody may have meant who gave a type without labels */
static const char *
advice_for_type(Oid type)
{
	Oid			base = getBaseType(type);

	if (base == UNKNOWNOID)
		return _("Cast it, for instance to text. The base of a logarithm is for a table of weights: base => 2.");
	if (OidIsValid(get_element_type(base)) || is_of_extension(base, "kldiv"))
		return _("A joint distribution is one argument, a float8[] of two dimensions or a histogram of pairs; a base is named: base => 2. Values that are arrays or histograms are written as text: x::text.");
	if (type_is_rowtype(base))
		return _("Write rows as text: ROW(x, y)::text.");
	return way_out_of_type(type);
}

static void
begin_labeller_of_argument(FunctionCallInfo fcinfo, int argument, const char *name, Labeller *labeller)
{
	Oid			type = get_fn_expr_argtype(fcinfo->flinfo, argument);

	if (!OidIsValid(type))
		elog(ERROR, "could not determine the type of the values");
	if (!begin_labeller(labeller, type))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("values of type %s have no labels", format_type_be(type)),
				 errdetail("Argument \"%s\" is of that type.", name),
				 errhint("%s", advice_for_type(type))));
}

/* How to write the labels of both arguments; found once for a query */
static inline PairLabeller *
labeller_of_arguments(FunctionCallInfo fcinfo)
{
	PairLabeller *labeller = fcinfo->flinfo->fn_extra;

	if (likely(labeller != NULL))
		return labeller;
	labeller = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(PairLabeller));
	begin_labeller_of_argument(fcinfo, 1, "x", &labeller->x);
	begin_labeller_of_argument(fcinfo, 2, "y", &labeller->y);
	fcinfo->flinfo->fn_extra = labeller;
	return labeller;
}

SQL_FUNCTION(kldiv_dependence_transition)
{
	PairLabeller *labeller = labeller_of_arguments(fcinfo);
	PairCounts *counts;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	counts = PG_ARGISNULL(0) ? new_pair_counts(aggregate_context(fcinfo)) : (PairCounts *) PG_GETARG_POINTER(0);
	count_pair(counts, labeller->x.label_of(&labeller->x, PG_GETARG_DATUM(1)),
			   labeller->y.label_of(&labeller->y, PG_GETARG_DATUM(2)));
	PG_RETURN_POINTER(counts);
}

SQL_FUNCTION(kldiv_dependence_combine)
{
	MemoryContext memory = aggregate_context(fcinfo);
	PairCounts *counts;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	counts = PG_ARGISNULL(0) ? new_pair_counts(memory) : (PairCounts *) PG_GETARG_POINTER(0);
	add_pair_counts(counts, (const PairCounts *) PG_GETARG_POINTER(1));
	PG_RETURN_POINTER(counts);
}

SQL_FUNCTION(kldiv_dependence_serialize)
{
	(void) aggregate_context(fcinfo);
	PG_RETURN_BYTEA_P(bytes_of_pair_counts((const PairCounts *) PG_GETARG_POINTER(0)));
}

SQL_FUNCTION(kldiv_dependence_deserialize)
{
	bytea	   *bytes;

	(void) aggregate_context(fcinfo);
	bytes = PG_GETARG_BYTEA_PP(0);
	PG_RETURN_POINTER(pair_counts_of_bytes(CurrentMemoryContext, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes)));
}

static Datum
value_of_rows(FunctionCallInfo fcinfo, const DependenceMeasure *measure)
{
	JointCells	cells;

	(void) aggregate_context(fcinfo);
	cells = cells_of_pair_counts((const PairCounts *) PG_GETARG_POINTER(0));
	return return_dependence_of_cells(fcinfo, measure, &cells, EULER);
}

#define DEFINE_FINAL_FUNCTION(name) \
SQL_FUNCTION(kldiv_ ## name ## _final) \
{ \
	return value_of_rows(fcinfo, &name ## _measure); \
}

FOR_EACH_DEPENDENCE_MEASURE(DEFINE_FINAL_FUNCTION)
