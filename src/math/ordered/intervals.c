/*-------------------------------------------------------------------------
 *
 * intervals.c
 *	  Ordered measures of weights that are spread over intervals.
 *
 *-------------------------------------------------------------------------
 */
#include "math/ordered/intervals.h"

#include "math/assertions.h"
#include "math/ordered/segments.h"
#include "math/ordered/walk.h"

static void
add_intervals(Segments *segments, const Intervals *p, const Intervals *q, SlabRunner run)
{
	Walk		p_walk = begin_walk(p);
	Walk		q_walk = begin_walk(q);
	Polling		polling = begin_polling(run);
	double		position = 0.0;
	double		difference = 0.0;

	while (!is_at_end(&p_walk) || !is_at_end(&q_walk))
	{
		double		from = position;
		double		before;
		Reached		p_reached;
		Reached		q_reached;

		poll_now_and_then(&polling);
		position = next_edge(&p_walk) < next_edge(&q_walk) ? next_edge(&p_walk) : next_edge(&q_walk);
		p_reached = walk_to(&p_walk, position, segments->position_scale, &polling);
		q_reached = walk_to(&q_walk, position, segments->position_scale, &polling);
		before = difference_of_weights(segments, p_reached.before, q_reached.before);
		if (difference != 0.0 || before != 0.0)
			add_segment(segments, from, position, difference, before);
		difference = before;
		if (memcmp(&p_reached.before, &p_reached.at, sizeof(DoubleDouble)) != 0 ||
			memcmp(&q_reached.before, &q_reached.at, sizeof(DoubleDouble)) != 0)
			difference = difference_of_weights(segments, p_reached.at, q_reached.at);
	}
	assert_that(difference == 0.0);
}

static void
widen_range(const Intervals *side, double *first, double *last)
{
	for (size_t i = 0; i < side->count; i++)
	{
		const Stretch *interval = &side->items[i];

		if (fabs(interval->from) > DBL_MAX)
			continue;
		*first = interval->from < *first ? interval->from : *first;
		*last = interval->to > *last ? interval->to : *last;
	}
}

double
value_of_intervals(const OrderedMeasure *measure, const Intervals *p, const Intervals *q, SlabRunner run, Finding *finding)
{
	DoubleDouble p_total = total_of_intervals(p, run);
	DoubleDouble q_total = total_of_intervals(q, run);
	double		first = DBL_MAX;
	double		last = -DBL_MAX;
	Segments	segments;

	*finding = finding_of_totals(p_total, q_total);
	if (finding->judgement != WEIGHTS_VALID)
		return NAN;
	widen_range(p, &first, &last);
	widen_range(q, &first, &last);
	segments = begin_segments(measure, p_total, q_total, first, last);
	do
		add_intervals(&segments, p, q, run);
	while (begin_segments_again(&segments));
	return value_of_segments(&segments);
}
