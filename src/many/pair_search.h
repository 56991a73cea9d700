/*-------------------------------------------------------------------------
 *
 * pair_search.h
 *	  A search for pairs, for all functions that return them as rows.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_PAIR_SEARCH_H
#define KLDIV_PAIR_SEARCH_H

#include "many/comparisons.h"

typedef struct PairOptions
{
	bool		has_top;
	size_t		top;			/* only so many pairs, */
	bool		farthest;		/* the most different ones instead of the closest */
	bool		limited;
	double		within;			/* only pairs up to this value */
} PairOptions;

typedef struct PairSearch PairSearch;

/* In the current memory context, which has to live as long as the search */
extern PairSearch *begin_pair_search(Comparison *comparison, const PairOptions *options);

/* The next pair that the caller wants to see; its value is NaN for NULL */
extern bool next_found_pair(PairSearch *search, Candidate *pair);

#endif							/* KLDIV_PAIR_SEARCH_H */
