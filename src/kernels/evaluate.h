/*-------------------------------------------------------------------------
 *
 * evaluate.h
 *	  Totals and sums over whole arrays: what is behind evaluate_measure().
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_EVALUATE_H
#define KLDIV_EVALUATE_H

#include "measure.h"
#include "vector.h"

/* What a kernel found over all bins */
typedef struct Sums
{
	double		slots[MAX_SLOTS];
	double		mass;			/* of a side, in the same unit as the slots */
	double		weight_mass;	/* of the weights of an information kernel */
	bool		counting;		/* the reference is the counting measure */
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
} Evaluation;

extern const VectorFunctions *active_vector_functions(void);

extern DoubleDouble total_weight(const Weights *weights, const VectorFunctions *functions,
								 SlabRunner run, Finding *finding);
extern DoubleDouble smoothed_total(DoubleDouble total, size_t count, double pseudocount,
								   Finding *finding);
extern void align_totals(Evaluation *evaluation, DoubleDouble p_total, DoubleDouble q_total);
extern void sum_kernel(const Evaluation *evaluation, Kernel kernel,
					   const KernelArguments *arguments, Sums *sums);
extern bool refine_alignment(Evaluation *evaluation);
extern double log_of_power_sum(const Evaluation *evaluation, double order_less_one);

#endif							/* KLDIV_EVALUATE_H */
