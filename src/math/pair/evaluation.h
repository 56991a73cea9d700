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

/* Totals within 2^+-ORDINARY_EXPONENT leave all masses exact when scaled */
#define ORDINARY_EXPONENT 300

static inline bool
exponents_are_ordinary(int p_exponent, int q_exponent)
{
	return p_exponent <= ORDINARY_EXPONENT && p_exponent >= -ORDINARY_EXPONENT &&
		q_exponent <= ORDINARY_EXPONENT && q_exponent >= -ORDINARY_EXPONENT;
}

/* The mantissa of the other side's total times 2^(MASS_EXPONENT - own exponent) */
static inline double
cross_scale(double other, int other_exponent, int own_exponent)
{
	return other * power_of_two(-other_exponent) * power_of_two(MASS_EXPONENT - own_exponent);
}

/* align_totals() for a plain pair; false if that is not enough, since a total is out of the ordinary */
static inline bool
align_plain_totals(Alignment *alignment, double p_total, double q_total)
{
	int			p_exponent = exponent_of(p_total);
	int			q_exponent = exponent_of(q_total);

	if (!(p_total > 0.0 && q_total > 0.0 && exponents_are_ordinary(p_exponent, q_exponent)))
		return false;
	alignment->kind = PLAIN_PAIR;
	alignment->p_total = p_total;
	alignment->q_total = q_total;
	alignment->q_unit = 1.0;
	alignment->p_scale.hi = cross_scale(q_total, q_exponent, p_exponent);
	alignment->q_scale.hi = cross_scale(p_total, p_exponent, q_exponent);
	alignment->mass.hi = p_total * alignment->p_scale.hi;
	return true;
}

/* What sums of a plain pair are beside the slots */
static inline void
set_plain_sums(const Alignment *alignment, Sums *sums)
{
	sums->mass = alignment->mass.hi;
	sums->excess = sums->slots[EXCESS_SLOT];
	sums->weight_mass = alignment->mass.hi;
	sums->counting = false;
	sums->positive = false;
}

#endif							/* KLDIV_EVALUATION_H */
