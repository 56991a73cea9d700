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
	Stretch    *p_places = places_of_labels(p_histogram, "p");
	Stretch    *q_places = have_same_labels(p_histogram, q_histogram) ? p_places : places_of_labels(q_histogram, "q");
	IntervalList p = intervals_of_histogram(p_histogram, p_places);
	IntervalList q = intervals_of_histogram(q_histogram, q_places);
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
