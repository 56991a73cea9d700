/*-------------------------------------------------------------------------
 *
 * histogram_functions.c
 *	  Ordered measures over histograms whose labels are numbers or intervals.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "histogram/merge.h"
#include "input/findings.h"
#include "ordered/intervals.h"
#include "ordered/points.h"
#include "parallel/threads.h"

/* Larger histograms are not kept */
#define MOST_KEPT_BYTES (64 * 1024)

/* Where the labels of a histogram are, which a call site keeps, since the next one has the same labels, as a rule */
typedef struct KeptPlaces
{
	Histogram  *histogram;		/* a copy; NULL if nothing is kept */
	Stretch    *places;
	uint32	   *order;
} KeptPlaces;

static void
find_places(KeptPlaces *kept, const Histogram *histogram, const char *name)
{
	kept->places = places_of_labels(histogram, name);
	kept->order = order_of_places(kept->places, histogram->count);
}

static void
forget_places(KeptPlaces *kept)
{
	pfree(kept->histogram);
	kept->histogram = NULL;
	pfree(kept->places);
	if (kept->order != NULL)
		pfree(kept->order);
}

static KeptPlaces *
places_of_argument(FunctionCallInfo fcinfo, int argument, const Histogram *histogram, const char *name)
{
	FmgrInfo   *function = fcinfo->flinfo;
	KeptPlaces *kept;
	MemoryContext caller;

	if (function == NULL || VARSIZE(histogram) > MOST_KEPT_BYTES)
	{
		kept = palloc0(sizeof(KeptPlaces));
		find_places(kept, histogram, name);
		return kept;
	}
	if (function->fn_extra == NULL)
		function->fn_extra = MemoryContextAllocZero(function->fn_mcxt, 2 * sizeof(KeptPlaces));
	kept = (KeptPlaces *) function->fn_extra + argument;
	if (kept->histogram != NULL && have_same_labels(kept->histogram, histogram))
		return kept;
	if (kept->histogram != NULL)
		forget_places(kept);
	caller = MemoryContextSwitchTo(function->fn_mcxt);
	find_places(kept, histogram, name);
	kept->histogram = palloc(VARSIZE(histogram));
	memcpy(kept->histogram, histogram, VARSIZE(histogram));
	MemoryContextSwitchTo(caller);
	return kept;
}

static PointList
points_of_intervals(const IntervalList *list)
{
	PointList	points = {.values = MemoryContextAllocHuge(CurrentMemoryContext, Max(list->count, 1) * sizeof(double)),
	.weights = MemoryContextAllocHuge(CurrentMemoryContext, Max(list->count, 1) * sizeof(double))};

	for (; points.count < list->count; points.count++)
	{
		CHECK_FOR_INTERRUPTS();
		points.values[points.count] = list->items[points.count].from;
		points.weights[points.count] = list->items[points.count].weight;
	}
	return points;
}

static Intervals
as_intervals(const IntervalList *list)
{
	return (Intervals) {list->items, list->count,
		MemoryContextAllocHuge(CurrentMemoryContext, Max(list->count, 1) * sizeof(uint32))};
}

static Datum
value_of_histograms(FunctionCallInfo fcinfo, const OrderedMeasure *measure)
{
	Histogram  *p_histogram = PG_GETARG_HISTOGRAM(0);
	Histogram  *q_histogram = PG_GETARG_HISTOGRAM(1);
	const KeptPlaces *p_kept = places_of_argument(fcinfo, 0, p_histogram, "p");
	const KeptPlaces *q_kept = have_same_labels(p_histogram, q_histogram) ? p_kept :
		places_of_argument(fcinfo, 1, q_histogram, "q");
	IntervalList p = intervals_of_histogram(p_histogram, p_kept->places, p_kept->order);
	IntervalList q = intervals_of_histogram(q_histogram, q_kept->places, q_kept->order);
	Intervals	p_intervals;
	Intervals	q_intervals;
	Finding		finding;
	double		value;

	/* points have the bits of other surfaces */
	if (p.are_points && q.are_points)
	{
		PointList	p_points = points_of_intervals(&p);
		PointList	q_points = points_of_intervals(&q);

		return return_value_of_points(fcinfo, measure, &p_points, &q_points, "p", "q");
	}
	p_intervals = as_intervals(&p);
	q_intervals = as_intervals(&q);
	value = value_of_intervals(measure, &p_intervals, &q_intervals, run_slabs_interruptibly, &finding);
	report_finding(&finding, "p", "q");
	if (finding.judgement == NOTHING_OBSERVED)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}

/*
 * wasserstein_distance(p, q) and so on: a bin whose label is a number stands
 * there, and one whose label is an interval is spread over it evenly, so that
 * edges need not be the same on both sides.  Open bins stand at their edge.  The
 * labels "(null)" and "(nan)" are left out, any other is an error (22023).  Unit
 * and range are those of arrays; NULL if a side is NULL or has nothing.
 */
#define DEFINE_HISTOGRAM_FUNCTION(name) \
SQL_FUNCTION(kldiv_ ## name ## _histograms) \
{ \
	return value_of_histograms(fcinfo, &name ## _measure); \
}

FOR_EACH_ORDERED_MEASURE(DEFINE_HISTOGRAM_FUNCTION)
