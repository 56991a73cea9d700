/*-------------------------------------------------------------------------
 *
 * evaluation.h
 *	  A pair of weights on its way through kernels: totals, alignment, sums.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_EVALUATION_H
#define KLDIV_EVALUATION_H

#include "math/pair/vector.h"
#include "math/weights.h"

/* What a kernel found over all bins */
typedef struct Sums
{
	double		slots[MAX_SLOTS];
	double		mass;			/* total of x */
	double		excess;			/* what the total of x has more than that of y */
	double		weight_mass;	/* of the weights of weighted shares */
	bool		counting;		/* the reference is the counting measure */
	bool		positive;		/* the kernel was the one for weights that are all positive */
} Sums;

/* A pair of weights, ready to be run through kernels */
typedef struct Evaluation
{
	const VectorFunctions *functions;
	SlabRunner	run;
	const Weights *p;
	const Weights *q;
	Alignment	alignment;
	double		weight_mass;
	bool		positive;		/* no weight is 0 */
} Evaluation;

/* Totals of weights, and what is known about these */
typedef struct WeightTotals
{
	DoubleDouble sum;
	bool		positive;		/* no weight is 0, for all we know */
} WeightTotals;

extern WeightTotals total_weight(const Weights *weights, const VectorFunctions *functions,
								 bool exact, SlabRunner run, Finding *finding);
extern void find_invalid(const Weights *weights, double least, SlabRunner run, Finding *finding);
extern DoubleDouble smoothed_total(DoubleDouble total, size_t count, double pseudocount,
								   Finding *finding);
extern bool totals_are_ordinary(DoubleDouble p_total, DoubleDouble q_total);
extern void align_totals(Evaluation *evaluation, DoubleDouble p_total, DoubleDouble q_total);

/* positive is the kernel to take where no weight is 0 */
extern void sum_kernel(const Evaluation *evaluation, Kernel kernel, Kernel positive,
					   const KernelArguments *arguments, Sums *sums);
extern bool refine_alignment(Evaluation *evaluation);

#endif							/* KLDIV_EVALUATION_H */
