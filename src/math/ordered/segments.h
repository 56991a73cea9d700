/*-------------------------------------------------------------------------
 *
 * segments.h
 *	  Adds up what segments between positions contribute to an ordered measure.
 *
 * With A and B the weights of p and q at or below a position, and P and Q their
 * totals, F - G = (A Q - B P)/(P Q).  The numerator is computed in double-double
 * and rounded when the difference has been taken, so that a single unit among
 * 10^15 counts is seen, and counts that are proportional give 0.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ORDERED_SEGMENTS_H
#define KLDIV_ORDERED_SEGMENTS_H

#include <stdbool.h>

#include "math/arithmetic.h"
#include "math/ordered/measure.h"
#include "math/weights.h"

/*
 * Totals are scaled to here, so that weights that are 10^300 times smaller have
 * products with room for their rounding errors below them.
 */
#define TOTAL_EXPONENT 400

/* A side's total, and the power of two that scales it */
typedef struct SideTotal
{
	DoubleDouble total;			/* scaled */
	double		scale;
} SideTotal;

typedef struct Segments
{
	const OrderedMeasure *measure;
	SideTotal	p;
	SideTotal	q;
	double		position_scale; /* a power of two */
	int			position_exponent;
	double		difference_scale;	/* the same, */
	int			difference_exponent;	/* of which so much is not due to the totals */
	DoubleDouble sum;			/* of the terms */
	double		largest;		/* |F - G| */
	bool		is_infinite;
} Segments;

/* A weight below a position that is reached; scaled, exactly */
static inline DoubleDouble
scaled_weight(DoubleDouble weight, const SideTotal *side)
{
	return (DoubleDouble) {weight.hi * side->scale, weight.lo * side->scale};
}

/* Whether both sides have something, and no more than doubles can hold */
extern Finding finding_of_totals(DoubleDouble p_total, DoubleDouble q_total);

/* Begins with totals that are positive and finite, and the finite positions that are farthest from each other */
extern Segments begin_segments(const OrderedMeasure *measure, DoubleDouble p_total, DoubleDouble q_total,
							   double first, double last);

/* Begins again with larger differences, if they are too small for what is computed of them; false if all is well */
extern bool begin_segments_again(Segments *segments);

/* (A Q - B P) of weights that are not scaled, in the unit that terms are computed in */
extern double difference_of_weights(const Segments *segments, DoubleDouble a, DoubleDouble b);

extern double value_of_segments(const Segments *segments);

/* Adds a segment between two positions; the differences are those at its ends */
ALWAYS_INLINE void
add_segment(Segments *segments, double from, double to, double before, double behind)
{
	double		width = to * segments->position_scale - from * segments->position_scale;
	double		largest = fabs(before) > fabs(behind) ? fabs(before) : fabs(behind);

	segments->largest = segments->largest > largest ? segments->largest : largest;
	if (segments->measure->is_largest || largest == 0.0)
		return;
	/* only between positions one of which is infinite */
	if (!(width <= DBL_MAX))
		segments->is_infinite = true;
	else
		segments->sum = dd_add_positive(segments->sum, segments->measure->term(width, before, behind));
}

/* The same where the difference is one number all along, without a call, for which sums would have to leave registers */
ALWAYS_INLINE void
add_flat_segment(Segments *segments, double from, double to, double difference)
{
	double		width = to * segments->position_scale - from * segments->position_scale;
	double		height = fabs(difference);

	segments->largest = segments->largest > height ? segments->largest : height;
	if (segments->measure->is_largest || height == 0.0)
		return;
	if (!(width <= DBL_MAX))
		segments->is_infinite = true;
	else
		segments->sum = dd_add_positive(segments->sum, width * (segments->measure->is_squared ? height * height : height));
}

#endif							/* KLDIV_ORDERED_SEGMENTS_H */
