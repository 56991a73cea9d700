/*-------------------------------------------------------------------------
 *
 * formula.h
 *	  How a value comes about: what is added up over bins, and what becomes of
 *	  the sums.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_FORMULA_H
#define KLDIV_FORMULA_H

#include "math/measure.h"
#include "math/pair/evaluation.h"

/* From sums to a value in nats; NaN if the sums left the range of float8 */
typedef double (*ValueOfSums) (const Sums *sums, const KernelArguments *arguments);

/* The logarithm of a sum of powers */
typedef double (*LogSum) (const Evaluation *evaluation, const KernelArguments *arguments);

/* From the logarithm of a sum of powers to a value in nats */
typedef double (*ValueOfLogSum) (double log_sum, const Parameters *parameters);

struct Formula
{
	Kernel		kernel;
	Kernel		positive;		/* where no weight is 0: a faster one, or the same */
	Answer		first_order;	/* the sum grows with the differences, not with their squares */
	Answer		supports_only;	/* all that counts is whether weights are 0 */
	double		power;			/* b of the kernel, unless it depends on alpha */
	ValueOfSums value;
	LogSum		log_sum;		/* where the sums left the range; NULL if they cannot */
	ValueOfLogSum of_log_sum;	/* and the value then */
	/* one reading of weights may be enough: see relative_entropy_one_pass.h; NULL if not */
	bool		(*in_one_pass) (Evaluation *evaluation, double *value);
};

/* How a pair is to be summed: by the measure's own formula, or by one that alpha asks for */
struct MeasurePlan
{
	const Formula *formula;
	bool		exchanged;		/* x is q's mass and y p's */
	KernelArguments arguments;
};

/* Made where it is needed: a copy of what has just been written would wait for it */
static inline void
make_plan(MeasurePlan *plan, const Measure *measure, const Parameters *parameters)
{
	plan->formula = measure->formula;
	plan->exchanged = false;
	plan->arguments.parameters = parameters;
	plan->arguments.power = measure->formula->power;
	plan->arguments.largest = 0.0;
	if (measure->plan != NULL)
		measure->plan(plan, parameters);
}

static inline double
non_negative(double value)
{
	return value > 0.0 ? value : 0.0;
}

/* The relative difference of the totals, a rounding error, squared */
static inline double
squared_excess(const Sums *sums)
{
	double		excess = sums->excess / sums->mass;

	return excess * excess;
}

#endif							/* KLDIV_FORMULA_H */
