/*-------------------------------------------------------------------------
 *
 * value.c
 *	  From two distributions, or one, to the value of a measure.
 *
 *-------------------------------------------------------------------------
 */
#include "math/pair/value.h"

#include <math.h>

#include "math/assertions.h"
#include "math/elementary.h"
#include "math/instruction_set.h"
#include "math/measures/relative_entropy_one_pass.h"
#include "math/pair/formula.h"
#include "math/pair/slabs.h"

/* Below this a total variation may have lost digits to the rounding of the totals, */
#define INDISTINCT 0x1p-56
/* and here what is made of squares, even if the totals look exact */
#define INDISTINCT_SQUARE 0x1p-112
/* Above this there is no need to look: totals are never off by as much */
#define DISTINCT 0x1p-20
/* Squares of less may have lost digits that their roots have */
#define LEAST_SQUARE 0x1p-900

/* The value in nats of an aligned pair */
static double
value_by_plan(const MeasurePlan *plan, const Evaluation *evaluation, Sums *sums)
{
	const Formula *formula = plan->formula;
	double		value;

	sum_kernel(evaluation, formula->kernel, formula->positive, &plan->arguments, sums);
	value = formula->value(sums, &plan->arguments);
	assert_that(!isnan(value) || formula->of_log_sum != NULL);
	if (isnan(value))
		value = formula->of_log_sum(formula->log_sum(evaluation, &plan->arguments), plan->arguments.parameters);
	assert_that(!isnan(value));
	return non_negative(value);
}

/*
 * Whether so much of the sum was the term of the totals, excess^2 at most, or
 * what alpha makes of it, that the difference has lost digits.
 */
static bool
is_mostly_excess(const Sums *sums, double alpha, double value)
{
	double		mass = sums->mass * MASS_UNIT;
	double		excess = fabs(sums->excess) * MASS_UNIT;
	double		growth = excess * alpha;

	return (growth < mass ? growth : mass) * excess > 0.5 * value * mass * mass;
}

/* Whether a value is so near 0 that its digits need totals better than those it has been computed with */
static bool
is_indistinct(const Measure *measure, const MeasurePlan *plan, const Sums *sums, double value)
{
	double		alpha;
	double		least;

	if (value > DISTINCT)
		return false;
	if (plan->formula->first_order == YES)
		return value < INDISTINCT;
	alpha = measure->takes & TAKES_ALPHA ? plan->arguments.parameters->alpha : 1.0;
	/* a large alpha sees differences, not squares */
	least = alpha > 1.0 ? fmin(alpha * INDISTINCT_SQUARE, INDISTINCT) : INDISTINCT_SQUARE;
	return value < least || is_mostly_excess(sums, alpha, value);
}

/* The value in nats, from valid weights with known totals, and the sums that it is made of */
static double
value_in_nats(const Measure *measure, const MeasurePlan *plan, Evaluation *evaluation,
			  DoubleDouble p_total, DoubleDouble q_total, Sums *sums)
{
	double		value;

	if (plan->exchanged)
	{
		const Weights *p = evaluation->p;

		evaluation->p = evaluation->q;
		evaluation->q = p;
		align_totals(evaluation, q_total, p_total);
	}
	else
		align_totals(evaluation, p_total, q_total);

	value = value_by_plan(plan, evaluation, sums);
	if (measure->kind == DIVERGENCE && is_indistinct(measure, plan, sums, value) &&
		refine_alignment(evaluation))
		value = value_by_plan(plan, evaluation, sums);
	return value;
}

/*
 * The root of a value from its sums.  A square may be too small for a number
 * when its root is not, so it is computed FULL_MASS times as large.
 */
static double
small_root(const Measure *measure, const MeasurePlan *plan, const Sums *sums, double base)
{
	Sums		magnified = *sums;
	double		square;

	magnified.mass *= MASS_UNIT;
	magnified.excess *= ROOT_OF_UNIT;
	square = non_negative(plan->formula->value(&magnified, &plan->arguments));
	return value_of_nats(measure, square, base) * ROOT_OF_UNIT;
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

/* Asks for what the next call will probably be given, while the rest of the work gives it time to come */
static inline void
prefetch_next(const Weights *p, const Weights *q)
{
	if (p->stride != 0)
		prefetch(p, p->stride);
	if (q->stride != 0 && q != p)
		prefetch(q, q->stride);
}

/* Totals of both sides with their pseudocounts; only valid if the finding says so */
static void
total_pair(Evaluation *evaluation, bool exact, double pseudocount,
		   DoubleDouble *p_total, DoubleDouble *q_total, Finding *finding)
{
	const Weights *p = evaluation->p;
	const Weights *q = evaluation->q;
	Finding		q_finding;
	WeightTotals totals;

	prefetch(q, 0);
	totals = total_weight(p, evaluation->functions, exact, evaluation->run, finding);
	finding->in_reference = false;
	evaluation->positive = totals.positive;
	*p_total = smoothed_total(totals.sum, p->count, pseudocount, finding);
	if (q == p)
	{
		*q_total = *p_total;
		return;
	}
	totals = total_weight(q, evaluation->functions, exact, evaluation->run, &q_finding);
	evaluation->positive &= totals.positive;
	*q_total = smoothed_total(totals.sum, q->count, pseudocount, &q_finding);
	if (q_finding.judgement == WEIGHTS_VALID)
		return;

	/* wrong data comes before nothing observed, on whichever side */
	if (finding->judgement == WEIGHTS_VALID ||
		(finding->judgement == NOTHING_OBSERVED && q_finding.judgement != NOTHING_OBSERVED))
	{
		*finding = q_finding;
		finding->in_reference = true;
	}
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

/* Where only squares of differences matter, exact totals would be wasted on ordinary pairs */
static inline bool
needs_exact_totals(const Measure *measure, const MeasurePlan *plan, const Parameters *parameters)
{
	return measure->kind != DIVERGENCE || plan->formula->first_order == YES || parameters->pseudocount > 0.0 ||
		parameters->empty > 0.0;
}

/* Makes a pair ready for value_in_nats(), if the finding says that it is valid */
static void
prepare(Evaluation *evaluation, const Measure *measure, const MeasurePlan *plan, const Parameters *parameters,
		DoubleDouble *p_total, DoubleDouble *q_total, Finding *finding)
{
	const Weights *p = evaluation->p;
	const Weights *q = evaluation->q;
	bool		exact = needs_exact_totals(measure, plan, parameters);

	total_pair(evaluation, exact, parameters->pseudocount, p_total, q_total, finding);
	/* now that these are in the cache */
	prefetch_next(p, q);
	if (finding->judgement == WEIGHTS_VALID && !exact && !totals_are_ordinary(*p_total, *q_total))
	{
		exact = true;
		total_pair(evaluation, exact, parameters->pseudocount, p_total, q_total, finding);
	}
	evaluation->alignment.kind = measure->kind != DIVERGENCE ? WEIGHTED_SHARES : exact ? EXACT_PAIR : PLAIN_PAIR;
}

/* The plan, if a reading of the weights may be enough for it */
static bool
plan_in_one_pass(const Measure *measure, const Parameters *parameters, MeasurePlan *plan)
{
	make_plan(plan, measure, parameters);
	return plan->formula->in_one_pass != NULL && parameters->pseudocount == 0.0;
}

bool
may_need_one_pass(const Measure *measure, const Parameters *parameters)
{
	MeasurePlan plan;

	return plan_in_one_pass(measure, parameters, &plan);
}

bool
evaluate_in_one_pass(const Measure *measure, const WeightSource *p, const WeightSource *q,
					 const Parameters *parameters, SlabRunner run, double *value)
{
	if (!relative_entropy_of_sources(p, q, run, value))
		return false;
	*value = value_of_nats(measure, *value, parameters->base);
	return true;
}

/*
 * By the shortest way there is from an ordinary pair to the bits of the general
 * way, which sees to all others.  The kernel for positive weights would save
 * less than it costs to guess wrong whether they are.
 */
bool
evaluate_few(const Measure *measure, const void *p, const void *q, size_t count,
			 const Parameters *parameters, double *value)
{
	const VectorFunctions *functions = active_vector_functions();
	MeasurePlan plan;
	FewBins		few;
	Alignment	alignment;
	Bins		bins = {&alignment, few.p, few.q, whole_lanes(count)};
	Sums		sums;

	if (count == 0 || count > FEW_BINS || measure->kind != DIVERGENCE)
		return false;
	make_plan(&plan, measure, parameters);
	if (plan.exchanged || needs_exact_totals(measure, &plan, parameters))
		return false;
	if (!functions->collect_few(p, q, count, &few) || !align_plain_totals(&alignment, few.p_total, few.q_total))
		return false;
	functions->kernels[plan.formula->kernel].run(&bins, &plan.arguments, NULL, sums.slots);
	set_plain_sums(&alignment, &sums);
	*value = plan.formula->value(&sums, &plan.arguments);
	if (isnan(*value))
		return false;
	/* what is equal needs no second look: the value is 0 */
	if (is_indistinct(measure, &plan, &sums, *value) &&
		!(*value == 0.0 && memcmp(few.p, few.q, bins.count * sizeof(double)) == 0))
		return false;
	*value = value_of_nats(measure, *value, parameters->base);
	return true;
}

double
evaluate_measure(const Measure *measure, const Weights *p, const Weights *q,
				 const Parameters *parameters, SlabRunner run, Finding *finding)
{
	MeasurePlan plan;
	bool		in_one_pass = plan_in_one_pass(measure, parameters, &plan);
	Evaluation	evaluation;
	DoubleDouble p_total;
	DoubleDouble q_total;
	double		value;
	Sums		sums;

	assert_that(!(measure->takes & TAKES_REFERENCE) || p->count == q->count);
	assert_that(parameters->base > 1.0 && parameters->alpha >= 0.0 && parameters->pseudocount >= 0.0);
	begin_evaluation(&evaluation, measure, p, q, parameters, run);
	if (in_one_pass && plan.formula->in_one_pass(&evaluation, &value))
		*finding = (Finding) {.judgement = WEIGHTS_VALID};
	else
	{
		prepare(&evaluation, measure, &plan, parameters, &p_total, &q_total, finding);
		if (finding->judgement != WEIGHTS_VALID)
			return 0.0;
		value = value_in_nats(measure, &plan, &evaluation, p_total, q_total, &sums);
		if (measure->transform == square_root && value < LEAST_SQUARE)
			return small_root(measure, &plan, &sums, parameters->base);
	}
	return value_of_nats(measure, value, parameters->base);
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
	MeasurePlan plan;
	Evaluation	evaluation;
	DoubleDouble p_total;
	DoubleDouble q_total;
	double		value;
	double		factor;
	Sums		sums;

	make_plan(&plan, measure, parameters);
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
	factor = sums.slots[0] > 0.0 ? plan.formula->value(&sums, &plan.arguments) / sums.slots[0] : 0.0;
	if (parameters->base != EULER)
	{
		value /= natural_log(parameters->base);
		factor /= natural_log(parameters->base);
	}

	for (size_t bin = 0; bin < p->count; bin++)
	{
		Weights		p_bin = dense_weights(p->values + bin, 1);
		Weights		q_bin = dense_weights(q->values + bin, 1);

		poll_at(run, bin);
		evaluation.p = &p_bin;
		evaluation.q = &q_bin;
		sum_kernel(&evaluation, plan.formula->kernel, plan.formula->positive, &plan.arguments, &sums);
		contributions[bin] = isinf(value) && sums.slots[1] > 0.0 ? INFINITY :
			non_negative(sums.slots[0] * factor);
	}
	return value;
}
