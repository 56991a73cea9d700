/*-------------------------------------------------------------------------
 *
 * walk.h
 *	  Walking through intervals, from edge to edge.
 *
 * The distribution function of a side is the weight of the points and intervals
 * that are left behind, which is added up without parts of any, and so is exact
 * for counts; and parts of those that reach over a position.  As a rule that is
 * none where both sides have the same edges, and one where they have not.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ORDERED_WALK_H
#define KLDIV_ORDERED_WALK_H

#include "math/ordered/intervals.h"
#include "math/ordered/polling.h"
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

static inline Walk
begin_walk(const Intervals *side)
{
	return (Walk) {.side = side, .next_end = INFINITY};
}

static inline bool
is_at_end(const Walk *walk)
{
	return walk->open == 0 && walk->next == walk->side->count;
}

static inline double
next_edge(const Walk *walk)
{
	double		begin = walk->next < walk->side->count ? walk->side->items[walk->next].from : INFINITY;

	return begin < walk->next_end ? begin : walk->next_end;
}

/* The part of an interval that is below a position within; all positions are scaled */
static inline DoubleDouble
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
static inline DoubleDouble
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
static inline void
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

static inline Reached
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

static inline DoubleDouble
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

#endif							/* KLDIV_ORDERED_WALK_H */
