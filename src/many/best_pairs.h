/*-------------------------------------------------------------------------
 *
 * best_pairs.h
 *	  The closest or most different pairs of those that have been seen.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_BEST_PAIRS_H
#define KLDIV_BEST_PAIRS_H

#include "math/many/comparison.h"

typedef struct BestPairs
{
	Candidate  *pairs;			/* the worst of them first; sorted at the end */
	size_t		count;
	size_t		most;
	size_t		capacity;
	bool		farthest;		/* the most different ones */
} BestPairs;

/* In the current memory context */
extern void begin_best_pairs(BestPairs *best, size_t most, bool farthest);

/* Keeps a pair if it is among the best; one without a value never is */
extern void keep_pair(BestPairs *best, const Candidate *pair);

/* The best one first; positions decide between equal values */
extern void sort_best_pairs(BestPairs *best);

/* Whether only better ones than those that have been seen are still of interest */
static inline bool
best_pairs_are_full(const BestPairs *best)
{
	return best->count == best->most;
}

/* Whether it is worth while to ask keep_pair(), which is nearly always answered here; not of NaN if they are full */
static inline bool
may_be_kept(const BestPairs *best, double value)
{
	if (!best_pairs_are_full(best))
		return true;
	return best->farthest ? value >= best->pairs[0].value : value <= best->pairs[0].value;
}

#endif							/* KLDIV_BEST_PAIRS_H */
