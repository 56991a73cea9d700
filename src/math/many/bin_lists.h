/*-------------------------------------------------------------------------
 *
 * bin_lists.h
 *	  Distributions with few bins in common, each with a list of its own bins.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_BIN_LISTS_H
#define KLDIV_BIN_LISTS_H

#include "math/weights.h"

/*
 * The bins of distribution i are those from starts[i] to before starts[i + 1],
 * in ascending order; the others weigh 0 in it.
 */
typedef struct BinLists
{
	const size_t *starts;		/* one more than there are distributions */
	const uint32_t *bins;
	const double *weights;		/* of these bins, all of them positive */
} BinLists;

/* The weights that a bin has in the distributions that have it: the columns of what BinLists are the rows of */
typedef struct BinColumns
{
	const size_t *starts;		/* one more than there are bins */
	const uint32_t *distributions;	/* in ascending order */
	const double *weights;
} BinColumns;

/* What a distribution weighs in its own bins */
static inline Weights
listed_weights(const BinLists *lists, size_t index)
{
	return dense_weights(lists->weights + lists->starts[index], lists->starts[index + 1] - lists->starts[index]);
}

/* The most bins that any two of the distributions have together */
extern size_t most_listed_bins(const BinLists *lists, size_t count);

/* Whether p has a bin that q does not have */
extern bool list_exceeds(const BinLists *lists, size_t p, size_t q, SlabRunner run);

/*
 * What p and q weigh in each bin that either has, in ascending order of the
 * bins, whose number is returned.
 */
extern size_t merge_lists(const BinLists *lists, size_t p, size_t q, SlabRunner run,
						  double *p_weights, double *q_weights);

/* Turns lists into columns, for which there is room */
extern void turn_lists(const BinLists *lists, size_t count, size_t bins,
					   size_t *starts, uint32_t *distributions, double *weights, SlabRunner run);

#endif							/* KLDIV_BIN_LISTS_H */
