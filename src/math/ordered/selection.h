/*-------------------------------------------------------------------------
 *
 * selection.h
 *	  Finds numbers by their rank, without sorting all of them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ORDERED_SELECTION_H
#define KLDIV_ORDERED_SELECTION_H

#include <stddef.h>

#include "math/weights.h"

/*
 * The numbers that would have these ranks, which count from 0 and ascend, if
 * all were sorted.  They are neither NaN nor -0; what is in values and scratch,
 * which has room for as many, is lost.
 */
extern void select_numbers(double *values, size_t count, const size_t *ranks, size_t rank_count,
						   double *selected, double *scratch, SlabRunner run);

/*
 * The quantiles that divide numbers into so many parts: of n, the one of rank
 * ceil(k n / parts), counted from 1, for k from 1 to parts - 1.  Equal ones are
 * kept twice at most, as edges of bins of which one is a point.  Returns how
 * many there are; room for ranks is given, and for parts - 1 quantiles.
 */
extern size_t quantile_edges(double *values, size_t count, size_t parts, size_t *ranks, double *edges, double *scratch,
							 SlabRunner run);

#endif							/* KLDIV_ORDERED_SELECTION_H */
