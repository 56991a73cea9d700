/*-------------------------------------------------------------------------
 *
 * binned_histogram_agg.c
 *	  binned_histogram_agg(value, edges): histogram_agg(bin_label(value, edges)),
 *	  without a text for each value.
 *
 * The bins between the edges of the first row are counted by their numbers.
 * Rows with other edges, and with more than are worth an array for each group,
 * are counted by label.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "libpq/pqformat.h"

#include "compatibility.h"
#include "histogram/aggregates.h"
#include "histogram/bin_edges.h"
#include "histogram/columns.h"
#include "histogram/value_counts.h"

/* What is known of a call: edges of the first row, and of the last one that had others */
typedef struct BinnedCall
{
	ArgumentEdges first;
	Edges	   *others;
} BinnedCall;

static pg_noinline BinnedCall *
begin_binned_call(FunctionCallInfo fcinfo)
{
	BinnedCall *call = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(BinnedCall));

	begin_argument_edges(&call->first, fcinfo, 2);
	call->others = new_edges(fcinfo->flinfo->fn_mcxt);
	fcinfo->flinfo->fn_extra = call;
	return call;
}

static inline BinnedCall *
binned_call(FunctionCallInfo fcinfo)
{
	BinnedCall *call = fcinfo->flinfo->fn_extra;

	return likely(call != NULL) ? call : begin_binned_call(fcinfo);
}

/* The edges of a row, and whether they are those of the first one */
static pg_noinline Edges *
edges_of_row(BinnedCall *call, FunctionCallInfo fcinfo)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(2);

	if (call->first.edges->array == NULL)
		keep_edges(call->first.edges, array);
	if (are_edges(call->first.edges, array))
	{
		call->first.place = PG_GETARG_DATUM(2);
		return call->first.edges;
	}
	if (!are_edges(call->others, array))
		keep_edges(call->others, array);
	return call->others;
}

static ValueCounts *
new_counts(MemoryContext context, bool removable)
{
	ValueCounts *counts = MemoryContextAlloc(context, sizeof(ValueCounts));

	begin_value_counts(counts, context, no_limits, removable);
	return counts;
}

static pg_attribute_always_inline Datum
add_binned_value(FunctionCallInfo fcinfo, BinOf bin_of, bool removable)
{
	BinnedCall *call = binned_call(fcinfo);
	ValueCounts *counts = PG_ARGISNULL(0) ? NULL : (ValueCounts *) PG_GETARG_POINTER(0);
	Edges	   *edges;
	int			bin;

	if (unlikely(counts == NULL))
	{
		MemoryContext context = aggregate_context(fcinfo);

		if (PG_ARGISNULL(2) && !removable)
			PG_RETURN_NULL();
		counts = new_counts(context, removable);
	}
	if (PG_ARGISNULL(2))
		PG_RETURN_POINTER(counts);
	edges = call->first.constant && call->first.place == PG_GETARG_DATUM(2) ? call->first.edges : edges_of_row(call, fcinfo);
	bin = PG_ARGISNULL(1) ? null_bin(edges) : bin_of(edges, PG_GETARG_DATUM(1));
	if (unlikely(counts->edges == NULL) && edges == call->first.edges && edges->count <= MOST_EDGES)
		begin_bins_of_edges(counts, edges);
	if (likely(counts->edges == edges))
		counts->bins[bin]++;
	else
		count_in_table(&counts->table, label_of_counted_bin(edges, bin));
	counts->table.rows++;
	PG_RETURN_POINTER(counts);
}

/* Adds a row of a float8: NULL is a bin; NULL edges are none, and nothing is added */
SQL_FUNCTION(kldiv_binned_add)
{
	return add_binned_value(fcinfo, bin_of_float8, false);
}

/* The same of a float4 */
SQL_FUNCTION(kldiv_binned_add_real)
{
	return add_binned_value(fcinfo, bin_of_float4, false);
}

/* The same in a moving frame, where rows will leave again */
SQL_FUNCTION(kldiv_binned_move_in)
{
	return add_binned_value(fcinfo, bin_of_float8, true);
}

SQL_FUNCTION(kldiv_binned_move_in_real)
{
	return add_binned_value(fcinfo, bin_of_float4, true);
}

/* Takes a row out of a moving frame; NULL makes the executor begin the frame anew */
static Datum
move_binned_value_out(FunctionCallInfo fcinfo, BinOf bin_of)
{
	BinnedCall *call = binned_call(fcinfo);
	ValueCounts *counts;
	ArrayType  *array;
	Edges	   *edges;
	int			bin;

	(void) aggregate_context(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	counts = (ValueCounts *) PG_GETARG_POINTER(0);
	if (PG_ARGISNULL(2))
		PG_RETURN_POINTER(counts);
	if (!table_is_worth_removing_from(&counts->table))
		PG_RETURN_NULL();
	array = PG_GETARG_ARRAYTYPE_P(2);
	edges = counts->edges != NULL && are_edges(counts->edges, array) ? counts->edges : edges_of_row(call, fcinfo);
	bin = PG_ARGISNULL(1) ? null_bin(edges) : bin_of(edges, PG_GETARG_DATUM(1));
	if (edges == counts->edges)
		counts->bins[bin]--;
	else
		remove_from_table(&counts->table, label_of_counted_bin(edges, bin), 1.0);
	counts->table.rows--;
	PG_RETURN_POINTER(counts);
}

SQL_FUNCTION(kldiv_binned_move_out)
{
	return move_binned_value_out(fcinfo, bin_of_float8);
}

SQL_FUNCTION(kldiv_binned_move_out_real)
{
	return move_binned_value_out(fcinfo, bin_of_float4);
}

SQL_FUNCTION(kldiv_binned_combine)
{
	MemoryContext context = aggregate_context(fcinfo);
	ValueCounts *counts;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	counts = PG_ARGISNULL(0) ? new_counts(context, false) : (ValueCounts *) PG_GETARG_POINTER(0);
	add_value_counts(counts, (ValueCounts *) PG_GETARG_POINTER(1));
	PG_RETURN_POINTER(counts);
}

/* The bytes are those of a state of histogram_agg */
SQL_FUNCTION(kldiv_binned_serialize)
{
	(void) aggregate_context(fcinfo);
	PG_RETURN_BYTEA_P(bytes_of_table(table_of_counts((ValueCounts *) PG_GETARG_POINTER(0))));
}

SQL_FUNCTION(kldiv_binned_deserialize)
{
	bytea	   *bytes;
	ValueCounts *counts;

	(void) aggregate_context(fcinfo);
	bytes = PG_GETARG_BYTEA_PP(0);
	counts = new_counts(CurrentMemoryContext, false);
	add_bytes_to_table(&counts->table, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	counts->table.rows = 1;		/* states without rows do not travel */
	PG_RETURN_POINTER(counts);
}

/* STRICT: NULL if there was no row with edges */
SQL_FUNCTION(kldiv_binned_final)
{
	ValueCounts *counts;

	(void) aggregate_context(fcinfo);
	counts = (ValueCounts *) PG_GETARG_POINTER(0);
	if (counts->table.rows == 0)
		PG_RETURN_NULL();
	PG_RETURN_HISTOGRAM(histogram_of_counts(counts));
}
