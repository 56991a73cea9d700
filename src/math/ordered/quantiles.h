/*-------------------------------------------------------------------------
 *
 * quantiles.h
 *	  Where a share of weights on a line is reached, and parts of intervals.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ORDERED_QUANTILES_H
#define KLDIV_ORDERED_QUANTILES_H

#include "math/ordered/intervals.h"

/*
 * The smallest positions at which the distribution function reaches fractions,
 * which are from 0 to 1 and ascending; at 0, where it begins.  The finding says
 * that there is no weight, or more than doubles can hold, and then there are none.
 */
extern void quantiles_of_intervals(const Intervals *side, const double *fractions, size_t count, double *quantiles,
								   SlabRunner run, Finding *finding);

/* What an interval that is no point weighs between two positions */
extern double part_between(const Stretch *stretch, double from, double to);

#endif							/* KLDIV_ORDERED_QUANTILES_H */
