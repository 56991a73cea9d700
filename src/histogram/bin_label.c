/*-------------------------------------------------------------------------
 *
 * bin_label.c
 *	  bin_label: the bin of a number as text that can be read and sorted.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "compatibility.h"
#include "histogram/bin_edges.h"
#include "histogram/histogram.h"

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
	if (!are_edges(edges, array))
		keep_edges(edges, array);
	return edges;
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
		PG_RETURN_TEXT_P(label_text(NULL_LABEL));
	if (isnan(PG_GETARG_FLOAT8(0)))
		PG_RETURN_TEXT_P(label_text(NAN_LABEL));
	return return_label(edges, bin_of(edges, PG_GETARG_FLOAT8(0)));
}

/* bin_label(value, edges) of a float4 */
SQL_FUNCTION(kldiv_bin_label_real)
{
	Edges	   *edges;

	if (PG_ARGISNULL(1))
		PG_RETURN_NULL();
	edges = edges_of_argument(fcinfo, 1);
	if (PG_ARGISNULL(0))
		PG_RETURN_TEXT_P(label_text(NULL_LABEL));
	if (isnan(PG_GETARG_FLOAT4(0)))
		PG_RETURN_TEXT_P(label_text(NAN_LABEL));
	return return_label(edges, bin_of_real(edges, PG_GETARG_FLOAT4(0)));
}
