/*-------------------------------------------------------------------------
 *
 * intervals.c
 *	  Ordered measures of weights that are spread over intervals.
 *
 * The distribution function of a side is the weight of the points and intervals
 * that are left behind, which is added up without parts of any, and so is exact
 * for counts; and parts of those that reach over a position.  As a rule that is
 * none where both sides have the same edges, and one where they have not.
 *
 *-------------------------------------------------------------------------
 */
#include "math/ordered/intervals.h"

#include "math/assertions.h"
#include "math/ordered/polling.h"
#include "math/ordered/segments.h"
#include "math/statistics/precise.h"

/* Intervals of a side that are walked through */
typedef struct Walk
{
	const Intervals *side;
	size_t		next;			/* that is not reached yet */
	size_t		open;			/* how many reach over the position; their numbers are in the room of the side */
	double		next_end;		/* the first end of one of these */
	DoubleDouble behind;		/* what the others weigh that were reached */
} Walk;

/* What a side weighs below a position, with and without the points there */
typedef struct Reached
{
	DoubleDouble before;
	DoubleDouble at;
} Reached;

static Walk
begin_walk(const Intervals *side)
{
	return (Walk) {.side = side, .next_end = INFINITY};
}

static bool
is_at_end(const Walk *walk)
{
	return walk->open == 0 && walk->next == walk->side->count;
}

static double
next_edge(const Walk *walk)
{
	double		begin = walk->next < walk->side->count ? walk->side->items[walk->next].from : INFINITY;

	return begin < walk->next_end ? begin : walk->next_end;
}

/* The part of an interval that is below a position within; all positions are scaled */
static DoubleDouble
part_below(const Stretch *interval, double position, double scale)
{
	DoubleDouble way = dd_of_difference(position * scale, interval->from * scale);
	DoubleDouble length = dd_of_difference(interval->to * scale, interval->from * scale);
	DoubleDouble share;
	double		high = way.hi / length.hi;
	double		error;
	double		product = two_product(high, length.hi, &error);

	share.hi = fast_two_sum(high, (((way.hi - product) - error) + (way.lo - high * length.lo)) / length.hi, &share.lo);
	return dd_times_double(share, interval->weight);
}

/* Leaves the intervals behind that end at a position, and adds up the parts of the others */
static DoubleDouble
pass_ends(Walk *walk, double position, double scale, Polling *polling)
{
	DoubleDouble parts = {0.0, 0.0};
	size_t		open = 0;

	walk->next_end = INFINITY;
	for (size_t i = 0; i < walk->open; i++)
	{
		const Stretch *interval = &walk->side->items[walk->side->room[i]];

		poll_now_and_then(polling);
		if (interval->to <= position)
		{
			walk->behind = dd_add_double(walk->behind, interval->weight);
			continue;
		}
		walk->side->room[open++] = walk->side->room[i];
		walk->next_end = interval->to < walk->next_end ? interval->to : walk->next_end;
		parts = dd_add(parts, part_below(interval, position, scale));
	}
	walk->open = open;
	return parts;
}

/* Takes what begins at a position: points are left behind at once */
static void
pass_beginnings(Walk *walk, double position, Polling *polling)
{
	for (; walk->next < walk->side->count && walk->side->items[walk->next].from == position; walk->next++)
	{
		const Stretch *interval = &walk->side->items[walk->next];

		poll_now_and_then(polling);
		if (interval->to == position)
			walk->behind = dd_add_double(walk->behind, interval->weight);
		else
		{
			walk->side->room[walk->open++] = (uint32_t) walk->next;
			walk->next_end = interval->to < walk->next_end ? interval->to : walk->next_end;
		}
	}
}

static Reached
walk_to(Walk *walk, double position, double scale, Polling *polling)
{
	DoubleDouble parts = {0.0, 0.0};
	Reached		reached;

	if (walk->open > 0)
		parts = pass_ends(walk, position, scale, polling);
	reached.before = dd_add(walk->behind, parts);
	pass_beginnings(walk, position, polling);
	reached.at = dd_add(walk->behind, parts);
	return reached;
}

static DoubleDouble
total_of_intervals(const Intervals *side, SlabRunner run)
{
	Walk		walk = begin_walk(side);
	Polling		polling = begin_polling(run);

	while (!is_at_end(&walk))
	{
		poll_now_and_then(&polling);
		(void) walk_to(&walk, next_edge(&walk), 1.0, &polling);
	}
	return walk.behind;
}

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
