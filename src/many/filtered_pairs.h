/*-------------------------------------------------------------------------
 *
 * filtered_pairs.h
 *	  A search for pairs of which most need not be compared.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_FILTERED_PAIRS_H
#define KLDIV_FILTERED_PAIRS_H

#include "math/many/filter.h"

/* What is known of the pairs that are waiting */
typedef enum CandidateStage
{
	BY_PRODUCTS,
	BY_ESTIMATES
} CandidateStage;

typedef struct FilteredPairs
{
	Filter		filter;
	FilterCosts costs;
	double		pairs_of_tile;
	Candidate  *candidates;		/* that are waiting, in the order of tiles */
	size_t		count;
	size_t		room;			/* for those of a batch, behind as many that wait */
	size_t	   *slab_counts;	/* how many each slab has found */

	/* since it was last asked whether it pays */
	double		nanoseconds;	/* of a fast CPU, with all that is still waiting left out */
	double		without;		/* what the same pairs would have taken without a filter */
} FilteredPairs;

/* NULL if there is no filter for that, or it would not pay; in the current memory context */
extern FilteredPairs *begin_filtered_pairs(const Comparison *comparison, bool farthest, double top);

/* Tiles of a batch that there is room for */
extern size_t most_filtered_tiles(const FilteredPairs *pairs);

/* Adds the candidates of some tiles to those that wait */
extern void sift_tiles(FilteredPairs *pairs, SlabRunner run, size_t first, size_t end);

/* Leaves out those of which estimates say so, if there are any; whether there are */
extern bool estimate_waiting(FilteredPairs *pairs, SlabRunner run);

/* Leaves out those that are no longer among what is looked for */
extern void reconsider_waiting(FilteredPairs *pairs, size_t first, CandidateStage stage);

/* Gives those from first to before end their values */
extern void compare_waiting(FilteredPairs *pairs, SlabRunner run, size_t first, size_t end);

/* Moves the most promising ones to the front, so many at most, each part in its order */
extern size_t best_to_front(FilteredPairs *pairs, size_t most, bool greatest);

/* Whether it took much less time than without; begins to count anew */
extern bool filter_has_paid(FilteredPairs *pairs);

#endif							/* KLDIV_FILTERED_PAIRS_H */
