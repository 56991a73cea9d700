/*-------------------------------------------------------------------------
 *
 * points.h
 *	  Ordered measures of weights that stand at points.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ORDERED_POINTS_H
#define KLDIV_ORDERED_POINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "math/ordered/measure.h"
#include "math/weights.h"

/* A side: numbers that are neither NaN nor -0, and what each weighs, in the order of sort_numbers() */
typedef struct Points
{
	const double *values;
	const double *weights;		/* NULL if all are 1 */
	size_t		count;
} Points;

/*
 * The value of an ordered measure; the finding says that a side has nothing, or
 * more than doubles can hold, and then there is none.
 *
 * Whole numbers at a position are added up before all else: so it makes no
 * difference whether some of them have been added up earlier.
 */
extern double value_of_points(const OrderedMeasure *measure, const Points *p, const Points *q, SlabRunner run,
							  Finding *finding);

/* Adds up whole numbers at the same position, as far as doubles hold the sums; how many points are left */
extern size_t merge_whole_numbers(double *values, double *weights, size_t count, SlabRunner run);

static inline bool
is_whole(double weight)
{
	return weight >= 0x1p53 || (double) (int64_t) weight == weight;
}

/*
 * Whether more than half of some numbers are certainly different: of hashed
 * numbers so many bits are set in room, which is 0 before, for 2^bits.
 */
extern bool are_mostly_different(const double *values, size_t count, uint64_t *room, int bits, SlabRunner run);

#endif							/* KLDIV_ORDERED_POINTS_H */
