/*-------------------------------------------------------------------------
 *
 * values.c
 *	  From weights, or from rows that have been summed, to the value of a measure.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "math/elementary.h"
#include "math/many/many.h"
#include "math/plan.h"
#include "math/rows/row_state.h"
#include "math/pair/slabs.h"

/* Below this a total variation has lost digits to the rounding of the totals */
#define INDISTINCT 0x1p-56

/* Whether a kernel's sum grows with the differences, not with their squares */
static bool
kernel_is_first_order(Kernel kernel)
{
	return kernel == KERNEL_ABSOLUTE_DIFFERENCE || kernel == KERNEL_LARGEST_DIFFERENCE ||
		kernel == KERNEL_LARGEST_LOG_RATIO || kernel == KERNEL_SUPPORT;
}

/* From a power sum's logarithm to the value; only a coefficient is one that has no order */
static double
value_of_log_sum(const Measure *measure, const Plan *plan, double log_sum)
{
	return measure->takes & TAKES_ORDER ? log_sum / plan->order_less_one : -log_sum;
}

/* Renyi's entropy is the negative divergence from the counting measure */
static double
with_sign(const Measure *measure, const Plan *plan, double value)
{
	bool		negative = (measure->takes & TAKES_ORDER) && measure->sides == WEIGHTS_AND_SURPRISAL &&
		plan->finish != finish_information;

	return non_negative(negative ? -value : value);
}

/* The value in nats of an aligned pair */
static double
value_by_plan(const Measure *measure, const Plan *plan, const Evaluation *evaluation, Sums *sums)
{
	KernelArguments arguments = {plan->kernel_order_less_one, 0.0};
	double		value;

	sum_kernel(evaluation, plan->kernel, &arguments, sums);
	value = plan->finish(sums, plan->order_less_one);
	if (isnan(value))
		value = value_of_log_sum(measure, plan, log_of_power_sum(evaluation, plan->kernel_order_less_one));
	return with_sign(measure, plan, value);
}

/* The value in nats, from valid weights with known totals, and the sums that it is made of */
static double
value_in_nats(const Measure *measure, const Plan *plan, Evaluation *evaluation,
			  DoubleDouble p_total, DoubleDouble q_total, Sums *sums)
{
	double		value;

	if (plan->swapped)
	{
		const Weights *p = evaluation->p;

		evaluation->p = evaluation->q;
		evaluation->q = p;
		align_totals(evaluation, q_total, p_total);
	}
	else
		align_totals(evaluation, p_total, q_total);

	value = value_by_plan(measure, plan, evaluation, sums);
	if (measure->sides == OBSERVED_AND_REFERENCE &&
		value < (kernel_is_first_order(plan->kernel) ? INDISTINCT : INDISTINCT * INDISTINCT) &&
		refine_alignment(evaluation))
		value = value_by_plan(measure, plan, evaluation, sums);
	return value;
}

/*
 * Has the beginning of weights, or of those a stride away, and the header
 * before them, on its way from memory while there is other work.
 */
static void
prefetch(const Weights *weights, ptrdiff_t stride)
{
	size_t		size = weights->values == NULL ? 0 : weights->count * sizeof(double) + 64;
	uintptr_t	start = (uintptr_t) weights->values + (uintptr_t) stride - 64;

	for (size_t offset = 0; offset < size && offset < 2048; offset += 64)
		__builtin_prefetch((const void *) (start + offset));
}

/* Totals of both sides with their pseudocounts; only valid if the finding says so */
static void
total_pair(Evaluation *evaluation, bool exact, double pseudocount,
		   DoubleDouble *p_total, DoubleDouble *q_total, Finding *finding)
{
	const Weights *p = evaluation->p;
	const Weights *q = evaluation->q;
	Finding		p_finding = {WEIGHTS_VALID, false, 0, 0.0};
	Finding		q_finding = {WEIGHTS_VALID, true, 0, 0.0};
	WeightTotals totals;

	prefetch(q, 0);
	totals = total_weight(p, evaluation->functions, exact, evaluation->run, &p_finding);
	evaluation->positive = totals.positive;
	*p_total = smoothed_total(totals.sum, p->count, pseudocount, &p_finding);
	*q_total = *p_total;
	if (q != p)
	{
		totals = total_weight(q, evaluation->functions, exact, evaluation->run, &q_finding);
		evaluation->positive &= totals.positive;
		*q_total = smoothed_total(totals.sum, q->count, pseudocount, &q_finding);
	}

	/* wrong data comes before nothing observed, on whichever side */
	*finding = p_finding;
	if (p_finding.judgement == WEIGHTS_VALID ||
		(p_finding.judgement == NOTHING_OBSERVED && q_finding.judgement != WEIGHTS_VALID &&
		 q_finding.judgement != NOTHING_OBSERVED))
		*finding = q_finding;
}

static void
begin_evaluation(Evaluation *evaluation, const Measure *measure, const Weights *p, const Weights *q,
				 const Parameters *parameters, SlabRunner run)
{
	evaluation->functions = active_vector_functions();
	evaluation->run = run;
	evaluation->p = p;
	evaluation->q = measure->takes & TAKES_REFERENCE ? q : p;
	evaluation->alignment.pseudocount = parameters->pseudocount;
	evaluation->alignment.fill = parameters->empty;
}

/* Makes a pair ready for value_in_nats(), if the finding says that it is valid */
static void
prepare(Evaluation *evaluation, const Measure *measure, const Plan *plan, const Parameters *parameters,
		DoubleDouble *p_total, DoubleDouble *q_total, Finding *finding)
{
	const Weights *p = evaluation->p;
	const Weights *q = evaluation->q;
	bool		pair = measure->sides == OBSERVED_AND_REFERENCE;
	bool		exact;

	/* where only squares of differences matter, exact totals would be wasted on ordinary pairs */
	exact = !pair || kernel_is_first_order(plan->kernel) || parameters->pseudocount > 0.0 ||
		parameters->empty > 0.0;
	total_pair(evaluation, exact, parameters->pseudocount, p_total, q_total, finding);
	/* now that these are in the cache; the rest of the work gives the next ones time to come */
	if (p->stride != 0)
		prefetch(p, p->stride);
	if (q->stride != 0 && q != p)
		prefetch(q, q->stride);
	if (finding->judgement == WEIGHTS_VALID && !exact && !totals_are_ordinary(*p_total, *q_total))
	{
		exact = true;
		total_pair(evaluation, exact, parameters->pseudocount, p_total, q_total, finding);
	}
	evaluation->alignment.kind = !pair ? COMPLEMENT : exact ? EXACT_PAIR : PLAIN_PAIR;
}

static bool
plan_may_need_one_pass(const Plan *plan, const Parameters *parameters)
{
	return plan->kernel == KERNEL_RELATIVE_ENTROPY && parameters->pseudocount == 0.0;
}

bool
may_need_one_pass(const Measure *measure, const Parameters *parameters)
{
	Plan		plan = plan_of(measure, parameters->order);

	return plan_may_need_one_pass(&plan, parameters);
}

bool
evaluate_in_one_pass(const Measure *measure, const Weights *p, const Weights *q,
					 const Parameters *parameters, SlabRunner run, double *value)
{
	Evaluation	evaluation;

	begin_evaluation(&evaluation, measure, p, q, parameters, run);
	if (!relative_entropy_in_one_pass(&evaluation, value))
		return false;
	*value = value_of_nats(measure, *value, parameters->base);
	return true;
}

double
evaluate_measure(const Measure *measure, const Weights *p, const Weights *q,
				 const Parameters *parameters, SlabRunner run, Finding *finding)
{
	Plan		plan = plan_of(measure, parameters->order);
	Evaluation	evaluation;
	DoubleDouble p_total;
	DoubleDouble q_total;
	double		value;
	Sums		sums;

	begin_evaluation(&evaluation, measure, p, q, parameters, run);
	if (plan_may_need_one_pass(&plan, parameters) && relative_entropy_in_one_pass(&evaluation, &value))
		*finding = (Finding) {.judgement = WEIGHTS_VALID};
	else
	{
		prepare(&evaluation, measure, &plan, parameters, &p_total, &q_total, finding);
		if (finding->judgement != WEIGHTS_VALID)
			return 0.0;
		value = value_in_nats(measure, &plan, &evaluation, p_total, q_total, &sums);
	}
	return value_of_nats(measure, value, parameters->base);
}

bool
measure_is_additive(const Measure *measure)
{
	return (measure->takes & TAKES_REFERENCE) && !(measure->takes & TAKES_ORDER) &&
		!kernel_takes_maximum(measure->kernel) && measure->finish != finish_bhattacharyya;
}

/*
 * Each bin goes through the measure's kernel alone.  What its term has to be
 * multiplied with is what made the value of the sum of all terms.
 */
double
evaluate_contributions(const Measure *measure, const Weights *p, const Weights *q,
					   const Parameters *parameters, SlabRunner run, Finding *finding,
					   double *contributions)
{
	Plan		plan = plan_of(measure, parameters->order);
	KernelArguments arguments = {0.0, 0.0};
	Evaluation	evaluation;
	DoubleDouble p_total;
	DoubleDouble q_total;
	double		value;
	double		factor;
	Sums		sums;

	begin_evaluation(&evaluation, measure, p, q, parameters, run);
	prepare(&evaluation, measure, &plan, parameters, &p_total, &q_total, finding);
	if (finding->judgement != WEIGHTS_VALID)
		return 0.0;
	value = value_in_nats(measure, &plan, &evaluation, p_total, q_total, &sums);
	if (isinf(value))
	{
		/* what a finite sum would be multiplied with */
		sums.slots[0] = sums.mass;
		sums.slots[1] = 0.0;
		sums.excess = 0.0;
	}
	factor = sums.slots[0] > 0.0 ? plan.finish(&sums, 0.0) / sums.slots[0] : 0.0;
	if (parameters->base != EULER)
	{
		value /= natural_log(parameters->base);
		factor /= natural_log(parameters->base);
	}

	for (size_t bin = 0; bin < p->count; bin++)
	{
		Weights		p_bin = dense_weights(p->values + bin, 1);
		Weights		q_bin = dense_weights(q->values + bin, 1);

		breathe(run, bin);
		evaluation.p = &p_bin;
		evaluation.q = &q_bin;
		sum_kernel(&evaluation, plan.kernel, &arguments, &sums);
		contributions[bin] = isinf(value) && sums.slots[1] > 0.0 ? INFINITY :
			non_negative(sums.slots[0] * factor);
	}
	return value;
}

double
value_of_rows(const Measure *measure, const RowState *state)
{
	Plan		plan = plan_of(measure, state->order);
	double		value;
	Sums		sums;

	rows_to_sums(state, plan.kernel, measure->takes & TAKES_EMPTY ? DEFAULT_EMPTY : 0.0, &sums);
	value = plan.finish(&sums, plan.order_less_one);
	if (isnan(value))
		value = value_of_log_sum(measure, &plan, rows_log_of_power_sum(state));
	value = with_sign(measure, &plan, value);

	/* rows that differ by less than sums can tell, about 1e-49, are not equal; only psi's fill and order 0 can make them so */
	if (value == 0.0 && state->different != 0.0 && measure->sides == OBSERVED_AND_REFERENCE &&
		!(measure->takes & TAKES_EMPTY) && plan.kernel != KERNEL_SUPPORT)
		value = DBL_MIN;
	return value_of_nats(measure, value, EULER);
}
