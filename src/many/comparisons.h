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

#include "math/many/comparison.h"

#define COMPARES_NOTHING "is of one distribution and compares nothing"

/* Rows of weights, one behind the other */
typedef struct DenseRows
{
	const double *weights;
	size_t		rows;
	size_t		bins;
	const bool *unknown;		/* rows that are NULL, whatever is added to their weights; NULL if there are none */
} DenseRows;

/* From an argument of that name: dense_rows() of weights, the other of histograms */
typedef DenseRows (*RowsOf) (ArrayType *array, const char *name);

extern DenseRows dense_rows(ArrayType *array, const char *name);
extern DenseRows dense_rows_of_histograms(ArrayType *array, const char *name);

/*
 * Judges the rows and makes everything ready for tiles, in the current memory
 * context.  The weights must live as long as the comparison.  name is that of
 * the argument, for errors.
 */
extern Comparison *begin_comparison(const Measure *measure, const Parameters *parameters,
									DenseRows rows, const char *name);

/* Runs a task over tiles, by a runner or, where tiles want the runner themselves, one by one */
extern void run_tiles(const Comparison *comparison, SlabRunner run, SlabTask task, void *job,
					  size_t first, size_t end);

extern double tile_nanoseconds(const Comparison *comparison);

#endif							/* KLDIV_COMPARISONS_H */
