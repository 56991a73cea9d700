/*-------------------------------------------------------------------------
 *
 * comparisons.h
 *	  What divergence_matrix() and divergence_pairs() share.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_COMPARISONS_H
#define KLDIV_COMPARISONS_H

#include "kldiv.h"

#include "utils/array.h"

#include "math/many/comparison.h"
#include "math/weights.h"

/* Which measures compare, and what is wrong with the others */
extern bool compares_two(const Measure *measure);

#define COMPARES_NOTHING "is of one distribution and compares nothing"

/* The weights of distributions, one behind the other, or lists of bins */
typedef struct Distributions
{
	const double *weights;
	const BinLists *lists;		/* instead of these, or NULL */
	size_t		count;
	size_t		bins;
	bool		in_array;		/* these are those of the argument, which has to live as long */
	const bool *unknown;		/* which are NULL, whatever is added to their weights; NULL if none is */
} Distributions;

/* From an argument of that name, for that measure */
typedef Distributions (*DistributionsOf) (ArrayType *array, const char *name, const Measure *measure);

/*
 * The distributions of a detoasted array of two or more dimensions; further
 * ones are bins of joint distributions.  Weights are used where they are, or
 * copied if some are NULL.
 */
extern Distributions distributions_of_array(ArrayType *array, const char *name, const Measure *measure);

/*
 * Judges the distributions and makes everything ready for tiles, in the current memory
 * context.  The weights must live as long as the comparison.  name is that of
 * the argument, for errors.
 */
extern Comparison *begin_comparison(const Measure *measure, const Parameters *parameters,
									Distributions distributions, const char *name);

/* Runs a task over tiles, by a runner or, where tiles want the runner themselves, one by one; never more at once than there is room for */
extern void run_tiles(const Comparison *comparison, SlabRunner run, SlabTask task, void *job,
					  size_t first, size_t end);

extern double tile_nanoseconds(const Comparison *comparison);

#endif							/* KLDIV_COMPARISONS_H */
