/*-------------------------------------------------------------------------
 *
 * evaluation.h
 *	  Totals and sums over whole arrays: what is behind evaluate_measure().
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_EVALUATE_H
#define KLDIV_EVALUATE_H

#include "math/measure.h"
#include "math/pair/vector.h"

/* What a kernel found over all bins */
typedef struct Sums
{
	double		slots[MAX_SLOTS];
	double		mass;			/* total of x */
	double		excess;			/* what the total of x has more than that of y */
	double		weight_mass;	/* of the weights of an information kernel */
	bool		counting;		/* the reference is the counting measure */
	double		order_less_one; /* that the kernel was run with */
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

extern const VectorFunctions *active_vector_functions(void);

extern WeightTotals total_weight(const Weights *weights, const VectorFunctions *functions,
								 bool exact, SlabRunner run, Finding *finding);
extern void find_invalid(const Weights *weights, double least, SlabRunner run, Finding *finding);
extern DoubleDouble smoothed_total(DoubleDouble total, size_t count, double pseudocount,
								   Finding *finding);
extern bool totals_are_ordinary(DoubleDouble p_total, DoubleDouble q_total);
extern void align_totals(Evaluation *evaluation, DoubleDouble p_total, DoubleDouble q_total);
extern void sum_kernel(const Evaluation *evaluation, Kernel kernel,
					   const KernelArguments *arguments, Sums *sums);
extern bool refine_alignment(Evaluation *evaluation);
extern bool relative_entropy_in_one_pass(Evaluation *evaluation, double *value);
extern double log_of_power_sum(const Evaluation *evaluation, double order_less_one);

#endif							/* KLDIV_EVALUATE_H */
