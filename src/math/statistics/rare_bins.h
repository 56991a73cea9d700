/*-------------------------------------------------------------------------
 *
 * rare_bins.h
 *	  Bins of which too little is expected, merged before a test.
 *
 * The bins whose smallest expected count is under a limit become one, which the
 * one with the least of the others joins if that is still under it.  What is
 * merged depends on pooled counts only, or on a distribution that is known, so
 * that the test keeps its level: W. G. Cochran, Biometrics 10 (1954), for why
 * one merges.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_RARE_BINS_H
#define KLDIV_RARE_BINS_H

#include "math/weights.h"

/* The smallest expected count of a bin in any sample is its pooled count times this, over that */
typedef struct Expectation
{
	double		numerator;
	double		denominator;
} Expectation;

/* In this order, so that an expected count of whole numbers that is a whole number is exact */
static inline double
smallest_expected(double pooled, const Expectation *expectation)
{
	return pooled * expectation->numerator / expectation->denominator;
}

typedef enum BinFate
{
	BIN_LEFT_OUT,				/* nobody has it */
	BIN_KEPT,
	BIN_MERGED
} BinFate;

/* What becomes of bins: those that are kept in their order, and then the merged one */
typedef struct MergePlan
{
	uint8_t    *fates;			/* BinFate of each of the bins, in memory that is given */
	size_t		bins;
	size_t		kept;
	size_t		merged;
} MergePlan;

/* Infinity is a bin that is not for merging */
extern MergePlan plan_merge(const double *pooled, size_t bins, const Expectation *expectation, double min_expected,
							uint8_t *fates, SlabRunner run);

/* How many bins there are afterwards */
static inline size_t
bins_after(const MergePlan *plan)
{
	return plan->kept + (plan->merged > 0);
}

/* The weights of a sample afterwards, which may be written over those before */
extern void merge_bins(const MergePlan *plan, const double *weights, double *merged_weights, SlabRunner run);

#endif							/* KLDIV_RARE_BINS_H */
