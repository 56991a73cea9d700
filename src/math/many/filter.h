/*-------------------------------------------------------------------------
 *
 * filter.h
 *	  Which pairs of many distributions need not be compared: those whose values
 *	  cannot be among the ones that are looked for.
 *
 * The caller plans a filter for a comparison, gives it memory, prepares it, says
 * what is looked for, and has tiles sifted, and candidates again.  What is left
 * is for compare_candidates(), whose values alone decide; what was left out
 * is certain not to be looked for.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_FILTER_H
#define KLDIV_FILTER_H

#include "math/many/comparison.h"
#include "math/many/filter_loops.h"

/* What the square of Hellinger's distance, from 0 to 1, says of a measure's value in nats */
struct HellingerBounds
{
	/* the most that it can be of a pair whose value is at most that; NULL if nothing is known */
	double		(*most) (double nats, const Parameters *parameters);
	/* the least of a pair whose value is at least that; NULL if nothing is known */
	double		(*least) (double nats, const Parameters *parameters);
	Answer		by_entropies;	/* a value is Jensen and Shannon's divergence, which can be estimated better */
};

extern const HellingerBounds no_bounds;

/* Values that are looked for, both ends included */
typedef struct ValueRange
{
	double		least;
	double		most;
} ValueRange;

typedef struct Filter
{
	const Comparison *comparison;
	uint64_t	memory_size;	/* bytes that the caller has to provide */

	/* private to filter.c */
	const HellingerBounds *bounds;
	size_t		panels;
	size_t		padded_bins;
	double		product_error;	/* that a product of roots has at most */
	double		estimate_error; /* and an estimate in nats */
	double	   *informations;	/* sum x log2(x) of each distribution; only by entropies, */
	float	   *shares;			/* as these */
	float	   *roots;
	ProductRange products;		/* what is looked for */
	ValueRange	estimates;
} Filter;

/* Nanoseconds of a fast CPU a pair for each stage: sifting, estimating, comparing */
typedef struct FilterCosts
{
	double		preparation;	/* of all distributions */
	double		sift;
	double		estimate;
	double		compare;
} FilterCosts;

extern FilterCosts filter_costs(const Comparison *comparison);

/* Whether a filter would take less time than all values, if it left next to nothing */
extern bool filter_may_pay(const Comparison *comparison);

/* Sets everything up to memory_size, after the comparison was prepared; false if there is no filter for it */
extern bool plan_filter(Filter *filter, const Comparison *comparison, bool farthest);

/* memory is aligned as doubles are */
extern void place_filter(Filter *filter, void *memory);
extern void prepare_filter(Filter *filter, SlabRunner run);

/* In the measure's own unit */
extern void look_for(Filter *filter, ValueRange range);

/* Whether there is more to know of candidates than tiles tell */
extern bool estimates_candidates(const Filter *filter);

/*
 * The pairs of a tile that may be among those that are looked for, p by p, each
 * time q by q; there must be room for all.  Their values become products of roots:
 * the greater, the nearer.
 */
extern size_t sift_tile(const Filter *filter, const Tile *tile, Candidate *candidates);

/* Those candidates that still may be; their values become estimates in nats.  How many are left. */
extern size_t estimate_candidates(const Filter *filter, Candidate *candidates, size_t count);

#endif							/* KLDIV_FILTER_H */
