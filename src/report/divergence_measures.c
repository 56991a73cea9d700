/*-------------------------------------------------------------------------
 *
 * divergence_measures.c
 *	  divergence_measures(): what is true of every measure, from the table.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "math/measure.h"
#include "math/rows/rows.h"

#define COLUMNS 10

static const char *
kind_name(MeasureKind kind)
{
	return kind == DIVERGENCE ? "divergence" : kind == CROSS_ENTROPY ? "cross-entropy" : "entropy";
}

/* The arguments of the SQL functions over arrays and histograms */
static const char *
argument_names(unsigned takes)
{
	StringInfoData names;

	initStringInfo(&names);
	appendStringInfoString(&names, takes & TAKES_REFERENCE ? "p, q" : "p");
	for (int number = 0; number < PARAMETER_COUNT; number++)
		if (takes & TAKES(number))
			appendStringInfo(&names, ", %s", parameter_table[number].name);
	return names.data;
}

static HeapTuple
row_of_measure(TupleDesc description, const Measure *measure)
{
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	int			next = 0;

	values[next++] = CStringGetTextDatum(measure->name);
	values[next++] = CStringGetTextDatum(kind_name(measure->kind));
	values[next++] = CStringGetTextDatum(argument_names(measure->takes));
	values[next++] = BoolGetDatum(measure->symmetric == YES);
	values[next++] = BoolGetDatum(measure->metric == YES);
	values[next++] = BoolGetDatum(measure->additive == YES);
	values[next++] = CStringGetTextDatum(measure->unit);
	values[next++] = CStringGetTextDatum(measure->range);
	values[next++] = CStringGetTextDatum(measure->rows->fixed_size == YES ? "sums" : "kept");
	values[next++] = CStringGetTextDatum(measure->description);
	Assert(next == COLUMNS && description->natts == COLUMNS);
	return heap_form_tuple(description, values, nulls);
}

/*
 * divergence_measures(): a row for each measure, whose name is that of its
 * functions over arrays, histograms and rows, and of the argument measure.
 */
SQL_FUNCTION(kldiv_divergence_measures)
{
	FuncCallContext *context;
	const Measure *measure;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;

		context = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(context->multi_call_memory_ctx);
		context->tuple_desc = result_row_type(fcinfo);
		MemoryContextSwitchTo(caller);
	}
	context = SRF_PERCALL_SETUP();
	measure = measure_at(context->call_cntr);
	if (measure == NULL)
		SRF_RETURN_DONE(context);
	SRF_RETURN_NEXT(context, HeapTupleGetDatum(row_of_measure(context->tuple_desc, measure)));
}
