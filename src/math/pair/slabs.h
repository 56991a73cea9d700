/*-------------------------------------------------------------------------
 *
 * slabs.h
 *	  Cuts arrays of any length into slabs of work, and adds up what they give.
 *
 * An array is cut into slabs of SLAB_SIZE bins, a slab into blocks.  Sums of
 * blocks are added in double-double in order, and so are the slabs', so that
 * results depend neither on who computed which slab nor on when.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_SLABS_H
#define KLDIV_SLABS_H

#include <math.h>

#include "math/weights.h"
#include "math/pair/vector.h"

/* Part of the definition of results, like BLOCK_SIZE */
#define SLAB_SIZE ((size_t) 64 * BLOCK_SIZE)
/* Slabs whose sums wait to be combined; bounds the memory of an evaluation */
#define GROUP_SLABS 512

/* The sums of a slab, or of all so far */
typedef struct Partial
{
	DoubleDouble slots[MAX_SLOTS];
	bool		negative;
	bool		zero;
} Partial;

/* Work on a group of slabs; a task uses what it needs of this */
typedef struct SlabJob
{
	const VectorFunctions *functions;
	const Weights *p;
	const Weights *q;
	const Alignment *alignment;
	const KernelArguments *arguments;
	const VectorKernel *kernel;
	bool		exact;			/* totals in double-double */
	size_t		first_slab;
	size_t		p_start[GROUP_SLABS];	/* where the values of a slab begin, */
	size_t		q_start[GROUP_SLABS];	/* which depends on the bins absent before */
	Partial		partials[GROUP_SLABS];
	Partial		all;
} SlabJob;

/* The bins of a slab, and where its values begin */
typedef struct Slab
{
	size_t		first;
	size_t		end;
	size_t		p_start;
	size_t		q_start;
	Partial    *partial;
} Slab;

extern void run_slabs_serially(SlabTask task, void *job, size_t first, size_t end);

extern Slab slab_of(SlabJob *job, size_t number);
extern size_t count_present(const Weights *weights, size_t first, size_t end);
extern const double *fetch_or(const Weights *weights, size_t first, size_t count,
							  size_t *start, bool pad, double absent, double *buffer);
extern void poll_at(SlabRunner run, size_t bin);
extern const Partial *run_job(SlabJob *job, SlabTask task, SlabRunner run, bool maximum);

/* total, which is to be the sum of both, or their infinity if it has none */
static inline DoubleDouble
finite_or_infinite(DoubleDouble total, double sum, double term)
{
	DoubleDouble infinite = {INFINITY, 0.0};

	return total.hi - total.hi == 0.0 || isnan(sum + term) ? total : infinite;
}

/* Adds a term to a sum that may be infinite */
static inline DoubleDouble
add_term(DoubleDouble sum, DoubleDouble term)
{
	return finite_or_infinite(dd_add(sum, term), sum.hi, term.hi);
}

static inline DoubleDouble
add_double_term(DoubleDouble sum, double term)
{
	return finite_or_infinite(dd_add_double(sum, term), sum.hi, term);
}

/* fetch_or() of weights: an absent bin weighs 0 */
static inline const double *
fetch(const Weights *weights, size_t first, size_t count, size_t *start, bool pad, double *buffer)
{
	return fetch_or(weights, first, count, start, pad, 0.0, buffer);
}

/* Number of bins in the block that begins at bin */
static inline size_t
block_count(const Slab *slab, size_t bin)
{
	return slab->end - bin < BLOCK_SIZE ? slab->end - bin : BLOCK_SIZE;
}

#endif							/* KLDIV_SLABS_H */
