/*-------------------------------------------------------------------------
 *
 * bin_rows.c
 *	  Rows that are returned for the bins of two distributions.
 *
 *-------------------------------------------------------------------------
 */
#include "report/bin_rows.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "histogram/merge.h"
#include "input/arrays.h"

typedef struct SortedBin
{
	double		value;
	uint32		bin;
} SortedBin;

/* The largest first, then in the order of the bins; NaN last */
static int
compare_bins(const void *left, const void *right)
{
	const SortedBin *a = left;
	const SortedBin *b = right;

	CHECK_FOR_INTERRUPTS();
	if (isnan(a->value) != isnan(b->value))
		return isnan(a->value) ? 1 : -1;
	if (a->value != b->value && !isnan(a->value))
		return a->value > b->value ? -1 : 1;
	return (a->bin > b->bin) - (a->bin < b->bin);
}

double *
new_bin_values(size_t count, int columns)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(count, 1) * columns * sizeof(double));
}

uint32 *
order_of_bins(const double *values, size_t count, int columns, int column, bool by_magnitude)
{
	SortedBin  *bins = MemoryContextAllocHuge(CurrentMemoryContext, Max(count, 1) * sizeof(SortedBin));
	uint32	   *order = MemoryContextAllocHuge(CurrentMemoryContext, Max(count, 1) * sizeof(uint32));

	for (size_t bin = 0; bin < count; bin++)
	{
		double		value = values[bin * columns + column];

		CHECK_FOR_INTERRUPTS();
		bins[bin] = (SortedBin) {by_magnitude ? fabs(value) : value, (uint32) bin};
	}
	qsort(bins, count, sizeof(SortedBin), compare_bins);
	for (size_t i = 0; i < count; i++)
		order[i] = bins[i].bin;
	pfree(bins);
	return order;
}

static BinRows *
find_in_histograms(FunctionCallInfo fcinfo, FindBinRows find)
{
	/* copies, which the labels that are returned later are in */
	const Histogram *p_histogram = PG_GETARG_HISTOGRAM_COPY(0);
	const Histogram *q_histogram = PG_GETARG_HISTOGRAM_COPY(1);
	Merge		merge = begin_merge(p_histogram, q_histogram);
	MatchedBin	matched;
	BinRows    *rows;
	Label	   *labels;
	Weights		p;
	Weights		q;

	align_histograms(p_histogram, q_histogram, &p, &q);
	rows = find(fcinfo, &p, &q);
	if (rows == NULL)
		return NULL;
	labels = MemoryContextAllocHuge(CurrentMemoryContext, Max(p.count, 1) * sizeof(Label));
	for (size_t bin = 0; next_bin(&merge, &matched); bin++)
	{
		CHECK_FOR_INTERRUPTS();
		labels[bin] = matched.label;
	}
	rows->labels = labels;
	return rows;
}

static BinRows *
find_in_arrays(FunctionCallInfo fcinfo, FindBinRows find)
{
	Weights		p;
	Weights		q;

	match_shapes(PG_GETARG_ARRAYTYPE_P(0), PG_GETARG_ARRAYTYPE_P(1), &p, &q);
	p = all_present(p);
	q = all_present(q);
	return find(fcinfo, &p, &q);
}

/* The next row: the label or position of its bin, and the numbers */
static Datum
next_bin_row(FunctionCallInfo fcinfo, BinRows *(*find_in) (FunctionCallInfo, FindBinRows), FindBinRows find)
{
	FuncCallContext *context;
	const BinRows *rows;
	Datum		values[1 + MOST_BIN_COLUMNS];
	bool		nulls[1 + MOST_BIN_COLUMNS] = {false};
	uint32		bin;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;

		context = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(context->multi_call_memory_ctx);
		rows = PG_ARGISNULL(0) || PG_ARGISNULL(1) ? NULL : find_in(fcinfo, find);
		context->user_fctx = unconstify(BinRows *, rows);
		context->max_calls = rows == NULL ? 0 : rows->count;
		context->tuple_desc = result_row_type(fcinfo);
		MemoryContextSwitchTo(caller);
	}
	context = SRF_PERCALL_SETUP();
	if (context->call_cntr >= context->max_calls)
		SRF_RETURN_DONE(context);
	rows = context->user_fctx;
	Assert(rows->columns <= MOST_BIN_COLUMNS && context->tuple_desc->natts == 1 + rows->columns);
	bin = rows->order[context->call_cntr];
	values[0] = rows->labels == NULL ? Int32GetDatum((int32) bin + 1) : PointerGetDatum(label_text(rows->labels[bin]));
	for (int column = 0; column < rows->columns; column++)
	{
		double		value = rows->values[(size_t) bin * rows->columns + column];

		nulls[1 + column] = isnan(value);
		values[1 + column] = Float8GetDatum(nulls[1 + column] ? 0.0 : value);
	}
	SRF_RETURN_NEXT(context, HeapTupleGetDatum(heap_form_tuple(context->tuple_desc, values, nulls)));
}

Datum
bin_rows_of_arrays(FunctionCallInfo fcinfo, FindBinRows find)
{
	return next_bin_row(fcinfo, find_in_arrays, find);
}

Datum
bin_rows_of_histograms(FunctionCallInfo fcinfo, FindBinRows find)
{
	return next_bin_row(fcinfo, find_in_histograms, find);
}
