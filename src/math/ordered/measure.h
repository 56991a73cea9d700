/*-------------------------------------------------------------------------
 *
 * measure.h
 *	  Ordered measures: how far apart two distributions are on a line.
 *
 * With F and G the shares of p and q at or below a position, all are functions
 * of F - G.  Between two positions that are next to each other F - G is constant
 * where weights stand at points, and linear where they are spread over intervals.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ORDERED_MEASURE_H
#define KLDIV_ORDERED_MEASURE_H

#include <stdbool.h>

/* Names of the ordered measures: for each, NAME_measure is its entry of the table */
#define FOR_EACH_ORDERED_MEASURE(macro) \
	macro(wasserstein_distance) \
	macro(energy_distance) \
	macro(ks_statistic)

typedef struct OrderedMeasure
{
	const char *name;
	const char *description;
	bool		symmetric;
	bool		is_largest;		/* |F - G| that is the largest, and not a sum of terms of all segments, */
	double		(*term) (double width, double before, double behind);	/* with F - G at both ends; never negative */
	bool		is_squared;		/* where F - G is d all along: width d^2, and not width |d| */
	double		(*finish) (double terms);	/* the value, in multiples of the unit of F - G */
	int			length_power;	/* of positions in the value, in halves: 2 if it is a length */
} OrderedMeasure;

#define DECLARE_ORDERED_MEASURE(name) extern const OrderedMeasure name ## _measure;
FOR_EACH_ORDERED_MEASURE(DECLARE_ORDERED_MEASURE)

/* All of them in the order above; NULL behind the last one */
extern const OrderedMeasure *const ordered_measures[];

#endif							/* KLDIV_ORDERED_MEASURE_H */
