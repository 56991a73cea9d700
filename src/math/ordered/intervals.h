/*-------------------------------------------------------------------------
 *
 * intervals.h
 *	  Ordered measures of weights that are spread over intervals.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ORDERED_INTERVALS_H
#define KLDIV_ORDERED_INTERVALS_H

#include <stddef.h>
#include <stdint.h>

#include "math/ordered/measure.h"
#include "math/weights.h"

/* A positive weight between two finite bounds, evenly; or at a point, which may be infinite, if they are the same */
typedef struct Stretch
{
	double		from;
	double		to;
	double		weight;
} Stretch;

/* Negative, 0 or positive: by where they begin, then where they end, then weight */
static inline int
compare_places_of_intervals(const Stretch *a, const Stretch *b)
{
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->to != b->to)
		return a->to < b->to ? -1 : 1;
	return (a->weight > b->weight) - (a->weight < b->weight);
}

/* A side: intervals in that order, and room for the numbers of as many */
typedef struct Intervals
{
	const Stretch *items;
	size_t		count;
	uint32_t   *room;
} Intervals;

/*
 * The value of an ordered measure; the finding says that a side has nothing, or
 * more than doubles can hold, and then there is none.  The time is in proportion
 * to the bounds, times how many intervals of a side overlap.
 */
extern double value_of_intervals(const OrderedMeasure *measure, const Intervals *p, const Intervals *q, SlabRunner run,
								 Finding *finding);

#endif							/* KLDIV_ORDERED_INTERVALS_H */
