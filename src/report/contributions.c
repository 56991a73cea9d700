/*-------------------------------------------------------------------------
 *
 * contributions.c
 *	  divergence_contributions: which bins a divergence comes from.
 *
 * Of two histograms, where a row is a label, or of two arrays, where it is a
 * position.  A row has the shares of both sides, what the bin contributes to
 * the divergence, and the share of the whole that this is: NULL if the whole is
 * 0 or infinite.  Contributions are never negative and add up to the
 * divergence; those to KL are p ln(p/q) - p + q, which is never negative and
 * where the last two add up to 0.  The largest comes first.  There are no rows
 * where the divergence is NULL.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "miscadmin.h"

#include "histogram/histogram.h"
#include "histogram/merge.h"
#include "input/arrays.h"
#include "input/findings.h"
#include "input/parameters.h"
#include "math/pair/distribution.h"
#include "math/pair/value.h"
#include "parallel/threads.h"

typedef struct Contribution
{
	double		value;
	uint32		bin;
} Contribution;

typedef struct Contributions
{
	Label	   *labels;			/* NULL if bins have positions only */
	double	   *p_shares;
	double	   *q_shares;
	Contribution *contributions;
	double		total;
	size_t		count;
} Contributions;

/* The largest first, then in the order of the bins */
static int
compare_contributions(const void *left, const void *right)
{
	const Contribution *a = left;
	const Contribution *b = right;

	CHECK_FOR_INTERRUPTS();
	if (a->value != b->value)
		return a->value > b->value ? -1 : 1;
	return (a->bin > b->bin) - (a->bin < b->bin);
}

/* Weights divided by their total, which is known to be valid */
static double *
shares_of(const Weights *weights, double pseudocount)
{
	double	   *shares = MemoryContextAllocHuge(CurrentMemoryContext, Max(weights->count, 1) * sizeof(double));
	Finding		finding;
	double		total = judge_weights(weights, pseudocount, run_slabs_interruptibly, &finding);

	normalise(weights, pseudocount, total, run_slabs_interruptibly, shares);
	return shares;
}

/* What has contributions to show */
static bool
is_additive(const Measure *measure)
{
	return measure->additive == YES;
}

/* NULL for no rows */
static Contributions *
find_contributions(FunctionCallInfo fcinfo, const Weights *p, const Weights *q)
{
	const Measure *measure = measure_argument(fcinfo, 2, &jsd_measure, is_additive, "is not a sum over bins", "");
	Parameters	parameters = option_arguments(fcinfo, 3, PARAMETER_BASE, measure);
	Contributions *result = palloc0(sizeof(Contributions));
	double	   *values;
	Finding		finding;

	result->count = p->count;
	values = MemoryContextAllocHuge(CurrentMemoryContext, Max(p->count, 1) * sizeof(double));
	result->total = evaluate_contributions(measure, p, q, &parameters, run_slabs_interruptibly, &finding, values);
	report_finding(&finding, "p", "q");
	if (finding.judgement == NOTHING_OBSERVED)
		return NULL;

	result->p_shares = shares_of(p, parameters.pseudocount);
	result->q_shares = shares_of(q, parameters.pseudocount);
	result->contributions = MemoryContextAllocHuge(CurrentMemoryContext, p->count * sizeof(Contribution));
	for (size_t bin = 0; bin < p->count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		result->contributions[bin] = (Contribution) {values[bin], (uint32) bin};
	}
	pfree(values);
	qsort(result->contributions, p->count, sizeof(Contribution), compare_contributions);
	return result;
}

static Contributions *
contributions_of_histograms(FunctionCallInfo fcinfo)
{
	/* copies, which the labels that are returned later are in */
	const Histogram *p_histogram = PG_GETARG_HISTOGRAM_COPY(0);
	const Histogram *q_histogram = PG_GETARG_HISTOGRAM_COPY(1);
	Merge		merge = begin_merge(p_histogram, q_histogram);
	MatchedBin		pair;
	Contributions *result;
	Weights		p;
	Weights		q;

	align_histograms(p_histogram, q_histogram, &p, &q);
	result = find_contributions(fcinfo, &p, &q);
	if (result == NULL)
		return NULL;
	result->labels = MemoryContextAllocHuge(CurrentMemoryContext, Max(p.count, 1) * sizeof(Label));
	for (size_t bin = 0; next_bin(&merge, &pair); bin++)
	{
		CHECK_FOR_INTERRUPTS();
		result->labels[bin] = pair.label;
	}
	return result;
}

static Contributions *
contributions_of_arrays(FunctionCallInfo fcinfo)
{
	Weights		p;
	Weights		q;

	match_shapes(PG_GETARG_ARRAYTYPE_P(0), PG_GETARG_ARRAYTYPE_P(1), &p, &q);
	p = all_present(p);
	q = all_present(q);
	return find_contributions(fcinfo, &p, &q);
}

static Datum
next_contribution(FunctionCallInfo fcinfo, Contributions *(*find) (FunctionCallInfo fcinfo))
{
	FuncCallContext *context;
	const Contributions *all;
	const Contribution *next;
	Datum		values[5];
	bool		nulls[5] = {false, false, false, false, false};

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;

		context = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(context->multi_call_memory_ctx);
		all = PG_ARGISNULL(0) || PG_ARGISNULL(1) ? NULL : find(fcinfo);
		context->user_fctx = unconstify(Contributions *, all);
		context->max_calls = all == NULL ? 0 : all->count;
		context->tuple_desc = result_row_type(fcinfo);
		MemoryContextSwitchTo(caller);
	}
	context = SRF_PERCALL_SETUP();
	if (context->call_cntr >= context->max_calls)
		SRF_RETURN_DONE(context);
	all = context->user_fctx;
	next = &all->contributions[context->call_cntr];
	values[0] = all->labels == NULL ? Int32GetDatum((int32) next->bin + 1) :
		PointerGetDatum(label_text(all->labels[next->bin]));
	values[1] = Float8GetDatum(all->p_shares[next->bin]);
	values[2] = Float8GetDatum(all->q_shares[next->bin]);
	values[3] = Float8GetDatum(next->value);
	nulls[4] = !(all->total > 0.0) || isinf(all->total);
	values[4] = Float8GetDatum(nulls[4] ? 0.0 : next->value / all->total);
	SRF_RETURN_NEXT(context, HeapTupleGetDatum(heap_form_tuple(context->tuple_desc, values, nulls)));
}

SQL_FUNCTION(kldiv_contributions_histograms)
{
	return next_contribution(fcinfo, contributions_of_histograms);
}

SQL_FUNCTION(kldiv_contributions_arrays)
{
	return next_contribution(fcinfo, contributions_of_arrays);
}
