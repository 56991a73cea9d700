/*-------------------------------------------------------------------------
 *
 * intervals.h
 *	  From histograms to weights on a line.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ORDERED_INTERVAL_LISTS_H
#define KLDIV_ORDERED_INTERVAL_LISTS_H

#include "kldiv.h"

#include "histogram/histogram.h"
#include "math/ordered/intervals.h"

/* Where the bins of a histogram are on a line, those that weigh something, in order */
typedef struct IntervalList
{
	Stretch   *items;
	size_t		count;
	bool		are_points;		/* all of them */
} IntervalList;

/*
 * Where the labels of a histogram are, with a weight of 1, or of 0 for those of
 * NULL and NaN, which are nowhere; a label that is no position is an error.
 */
extern Stretch *places_of_labels(const Histogram *histogram, const char *name);

/* The bins in the order of their places; NULL if they are in it */
extern uint32 *order_of_places(const Stretch *places, uint32 count);

/* The bins of a histogram whose labels are at these places, which have an order if it is known */
extern IntervalList intervals_of_histogram(const Histogram *histogram, const Stretch *places, const uint32 *order);

#endif							/* KLDIV_ORDERED_INTERVAL_LISTS_H */
