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
 * The bins of a histogram; a label that is no position is an error, and those of
 * NULL and NaN are left out.
 */
extern IntervalList intervals_of_histogram(const Histogram *histogram, const char *name);

#endif							/* KLDIV_ORDERED_INTERVAL_LISTS_H */
