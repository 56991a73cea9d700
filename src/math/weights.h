/*-------------------------------------------------------------------------
 *
 * weights.h
 *	  Weights, what can be wrong with them, and how work on them is run.
 *
 * Nothing below here allocates, raises errors or knows about threads: an
 * evaluation reports a Finding, and hands its slabs of work to a SlabRunner.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_WEIGHTS_H
#define KLDIV_WEIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "math/floating_point.h"

/* Weights of consecutive bins; absent ones weigh 0 */
typedef struct Weights
{
	const double *values;		/* of the bins that are present, packed; NULL if none is */
	const uint8_t *present;		/* a bit for each bin, or NULL if all are */
	size_t		count;			/* bins */
	ptrdiff_t	stride;			/* bytes to the values that are probably wanted next, 0 if nobody knows */
} Weights;

/* Weights of bins that are all present */
static inline Weights
dense_weights(const double *values, size_t count)
{
	return (Weights) {.values = values, .count = count};
}

/* Whether all bins have a value, so that these can be used where they are */
static inline bool
is_dense(const Weights *weights)
{
	return weights->values != NULL && weights->present == NULL;
}

/* Whether a bin has a value; its weight is 0 if not */
static inline bool
is_present(const Weights *weights, size_t bin)
{
	if (weights->values == NULL)
		return false;
	return weights->present == NULL || (weights->present[bin / 8] >> (bin % 8) & 1) != 0;
}

typedef enum Judgement
{
	WEIGHTS_VALID,
	WEIGHT_NOT_A_NUMBER,
	WEIGHT_INFINITE,
	WEIGHT_NEGATIVE,
	TOTAL_OVERFLOWS,
	NOTHING_OBSERVED			/* no bins or all weights 0: not an error */
} Judgement;

/* What is wrong with weights, and where */
typedef struct Finding
{
	Judgement	judgement;
	bool		in_reference;	/* in q, not p */
	size_t		position;		/* of the bin, from 0 */
	double		value;
} Finding;

/*
 * Runs task(job, slab) for the slabs from first to before end, in any order
 * and from any threads; between slabs it may abandon the evaluation (longjmp).
 */
typedef void (*SlabTask) (void *job, size_t slab);
typedef void (*SlabRunner) (SlabTask task, void *job, size_t first, size_t end);

#endif							/* KLDIV_WEIGHTS_H */
