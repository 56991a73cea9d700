/*-------------------------------------------------------------------------
 *
 * bin_label.c
 *	  bin_label: the bin of a number as text that can be read and sorted.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "utils/builtins.h"

#include "compatibility.h"
#include "histogram/bin_edges.h"

/* What is known of the edges of the last call; a query has the same ones in every row, as a rule */
static Edges *
edges_of_argument(FunctionCallInfo fcinfo, int argument)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argument);
	Edges	   *edges = fcinfo->flinfo->fn_extra;

	if (edges == NULL)
	{
		edges = new_edges(fcinfo->flinfo->fn_mcxt);
		fcinfo->flinfo->fn_extra = edges;
	}
	if (edges->array == NULL || VARSIZE(edges->array) != VARSIZE(array) ||
		memcmp(edges->array, array, VARSIZE(array)) != 0)
		keep_edges(edges, array);
	return edges;
}

static bool
is_edge(const Edges *edges, double value)
{
	int			bin = bin_of(edges, value);

	return (bin > 0 && edges->values[bin - 1] == value) || (bin < edges->count && edges->values[bin] == value);
}

/* The label of a bin in new memory, since the caller may free what it gets */
static Datum
return_label(Edges *edges, int bin)
{
	text	   *label = label_of_bin(edges, bin);
	text	   *result = palloc(VARSIZE(label));

	memcpy(result, label, VARSIZE(label));
	PG_RETURN_TEXT_P(result);
}

/*
 * bin_label(value, edges): the number of the bin between edges and its bounds;
 * "(null)" for NULL and "(nan)" for NaN, so that their shares are seen.
 */
SQL_FUNCTION(kldiv_bin_label)
{
	Edges	   *edges;

	if (PG_ARGISNULL(1))
		PG_RETURN_NULL();
	edges = edges_of_argument(fcinfo, 1);
	if (PG_ARGISNULL(0))
		PG_RETURN_TEXT_P(cstring_to_text("(null)"));
	if (isnan(PG_GETARG_FLOAT8(0)))
		PG_RETURN_TEXT_P(cstring_to_text("(nan)"));
	return return_label(edges, bin_of(edges, PG_GETARG_FLOAT8(0)));
}

/*
 * A float4 as the float8 that is meant: the one with the same shortest decimal,
 * so that 0.7 is not below an edge of 0.7; but as it is if just that is an edge,
 * since edges computed from the same column are.  Both are between the float4
 * below and the one above, so that the order of values stays.
 */
static double
meant_by(const Edges *edges, float value)
{
	char		decimal[FLOAT_SHORTEST_DECIMAL_LEN];

	/* as a rule no edge is near */
	if (isinf(value) || is_edge(edges, value) ||
		bin_of(edges, nextafterf(value, -INFINITY)) == bin_of(edges, nextafterf(value, INFINITY)))
		return value;
	float_to_shortest_decimal_buf(value, decimal);
	return strtod(decimal, NULL);
}

/* bin_label(value, edges) of a float4 */
SQL_FUNCTION(kldiv_bin_label_real)
{
	Edges	   *edges;

	if (PG_ARGISNULL(1))
		PG_RETURN_NULL();
	edges = edges_of_argument(fcinfo, 1);
	if (PG_ARGISNULL(0))
		PG_RETURN_TEXT_P(cstring_to_text("(null)"));
	if (isnan(PG_GETARG_FLOAT4(0)))
		PG_RETURN_TEXT_P(cstring_to_text("(nan)"));
	return return_label(edges, bin_of(edges, meant_by(edges, PG_GETARG_FLOAT4(0))));
}
