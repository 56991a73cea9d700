/*-------------------------------------------------------------------------
 *
 * comparison.h
 *	  Many distributions at once: each compared with each other.
 *
 * The caller plans a comparison, gives it memory, judges its distributions, prepares it,
 * and then has tiles of the matrix of all pairs computed, in any order and from
 * any threads.  Values do not depend on how the tiles are run.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_COMPARISON_H
#define KLDIV_COMPARISON_H

#include "math/many/bin_lists.h"
#include "math/measure.h"
#include "math/weights.h"

/* What is known of a distribution */
typedef enum DistributionKind
{
	NOT_OBSERVED,				/* has no total: NULL wherever it is compared */
	ORDINARY,
	EXTREME,					/* with a total for which panels are not made */
} DistributionKind;

typedef struct Comparison
{
	const Measure *measure;
	Parameters	parameters;
	const double *weights;		/* count x bins, one distribution behind the other */
	const BinLists *lists;		/* instead of those, or NULL */
	size_t		count;			/* distributions */
	size_t		bins;
	bool		symmetric;
	bool		by_slabs;		/* a pair is work enough for a runner of its own */
	size_t		tile_size;		/* distributions on each side of a tile */
	size_t		bands;			/* tiles beside each other */
	size_t		tiles;			/* of the matrix; of its upper half if symmetric */
	size_t		at_once;		/* so many consecutive tiles at most may be computed at the same time */
	uint64_t	memory_size;	/* bytes that the caller has to provide, which may be more than there can be */

	/* private to comparison.c */
	const PanelForm *form;		/* pair_by_pair if there are too few of them, too many bins, or lists */
	size_t		panels;			/* 0 if pairs are evaluated one by one */
	size_t		pair_bins;		/* the most that a pair takes */
	double		mean_bins;		/* that it takes */
	size_t		words;			/* of a distribution's support */
	bool		may_be_infinite;	/* where supports differ */
	double		nearly_disjoint;	/* values in nats that are less are not those of disjoint supports; Infinity if there are none */
	double	   *totals;
	double	   *center;			/* the mean of some of them */
	double	   *first;			/* panels, as panels.c wants them */
	double	   *second;
	double	   *own;			/* what a distribution adds to the values of its pairs, as p */
	double	   *other;			/* and as q */
	double	   *magnitude;		/* of what is added up there */
	uint64_t   *supports;		/* a bit for each weight that is not 0 */
	uint8_t    *kinds;			/* DistributionKind */
	uint8_t    *zeros;			/* whether a distribution has a weight of 0 */
	size_t		merged_room;	/* for weights of a side of a pair of lists, and one of bins that neither has */
	double	   *merged;			/* that room, for both sides, for each tile at once */
} Comparison;

/* A part of the matrix: distributions as p, and as q */
typedef struct Tile
{
	size_t		first_p;
	size_t		end_p;
	size_t		first_q;
	size_t		end_q;
	size_t		place;			/* among those at once */
} Tile;

/* A pair that may be among those that are looked for: what is known of it so far, at last its value */
typedef struct Candidate
{
	double		value;
	uint32_t	p;
	uint32_t	q;
} Candidate;

/*
 * How distributions are to be compared of which all that is known is how many
 * there are, how many bins, and how many of these they have listed in all:
 * true if as lists, false if as rows of weights.  What lists take is
 * proportional to these; rows take more than that only if they are faster,
 * and not without a bound.
 */
extern bool lists_are_better(const Measure *measure, size_t count, size_t bins, size_t listed);

/* Sets everything up to memory_size */
extern void plan_comparison(Comparison *comparison, const Measure *measure, const Parameters *parameters,
							const double *weights, size_t count, size_t bins);

/* The same for distributions that are lists of some of these bins */
extern void plan_comparison_of_lists(Comparison *comparison, const Measure *measure, const Parameters *parameters,
									 const BinLists *lists, size_t count, size_t bins);

/* memory is aligned as doubles are */
extern void place_comparison(Comparison *comparison, void *memory);

/* Finds what is wrong with a distribution; nothing observed is no error */
extern void judge_distribution(Comparison *comparison, size_t index, SlabRunner run, Finding *finding);

/* Instead of judging it: nothing was observed there */
static inline void
forget_distribution(Comparison *comparison, size_t index)
{
	comparison->kinds[index] = NOT_OBSERVED;
}

/* After it was judged */
static inline bool
is_observed(const Comparison *comparison, size_t index)
{
	return comparison->kinds[index] != NOT_OBSERVED;
}

/* After all have been judged */
extern void prepare_comparison(Comparison *comparison, SlabRunner run);

/* Nanoseconds of a fast CPU for preparing and for all tiles */
extern double comparison_nanoseconds(const Comparison *comparison);

extern Tile tile_of(const Comparison *comparison, size_t number);

/*
 * The values of a tile, stride doubles from one p to the next; NaN is NULL.  If the
 * comparison is symmetric only those above the diagonal and on it are written.
 * run is used if the comparison is by slabs.
 */
extern void compare_tile(const Comparison *comparison, const Tile *tile, SlabRunner run,
						 double *values, size_t stride);

/*
 * The values of single pairs, with the bits that compare_tile() gives them; NaN
 * is NULL.  Not for comparisons by slabs.  It is quickest where neighbours have
 * p and the panel of q in common: how many pairs had to be calculated is
 * returned.  Calls at the same time have different places, all less than at_once.
 */
extern size_t compare_candidates(const Comparison *comparison, Candidate *candidates, size_t count, size_t place);

#endif							/* KLDIV_COMPARISON_H */
