/*-------------------------------------------------------------------------
 *
 * measure.c
 *	  The table of measures: what each one sums, and how the sum becomes its
 *	  value.
 *
 * Definitions and notation: T. M. Cover, J. A. Thomas, Elements of Information
 * Theory, 2nd ed. (2006), ch. 2 and 17; T. van Erven, P. Harremoes, Renyi
 * Divergence and Kullback-Leibler Divergence, IEEE Transactions on Information
 * Theory 60 (2014); J. Lin, Divergence Measures Based on the Shannon Entropy,
 * ibid. 37 (1991); A. L. Gibbs, F. E. Su, On Choosing and Bounding Probability
 * Metrics, International Statistical Review 70 (2002).
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "elementary.h"
#include "finish.h"
#include "many.h"
#include "row_state.h"
#include "slabs.h"

/* The base of natural logarithms as a float8; as a parameter it means nats, exactly */
#define EULER 2.718281828459045

/* Orders beyond this cannot be told from infinity */
#define INFINITE_ORDER 1e60

/* Below this a total variation has lost digits to the rounding of the totals */
#define INDISTINCT 0x1p-56

/* What the two sides of a pair are */
typedef enum Sides
{
	OBSERVED_AND_REFERENCE,		/* p and q */
	WEIGHTS_AND_SURPRISAL		/* logarithms of q's own shares (p's, if there is no q), weighted with p */
} Sides;

/* What the logarithmic value becomes at the end */
typedef enum Transformation
{
	AS_IT_IS,
	SQUARE_ROOT,
	EXPONENTIAL
} Transformation;

struct Measure
{
	const char *name;
	unsigned	takes;
	Sides		sides;
	Kernel		kernel;
	Finish		finish;
	Transformation transformation;
	RowFamily	rows;
	FastForm	many;			/* of many distributions, compared at once */
};

/*
 * The table.  p is the first array of the SQL function, q the second one.
 */
static const Measure measures[MEASURE_COUNT] = {
	/* H(p) = -sum p log p: Shannon (1948).  From 0 (one bin) to log n (all bins equal). */
	[MEASURE_entropy] = {
		"entropy", TAKES_BASE,
		WEIGHTS_AND_SURPRISAL, KERNEL_INFORMATION, finish_information, AS_IT_IS,
		ROWS_ENTROPY, FORM_NONE
	},
	/* exp H(p): the number of equal bins with the same entropy, from 1 to n. */
	[MEASURE_perplexity] = {
		"perplexity", 0,
		WEIGHTS_AND_SURPRISAL, KERNEL_INFORMATION, finish_information, EXPONENTIAL,
		ROWS_ENTROPY, FORM_NONE
	},
	/* 1/(1 - alpha) log sum p^alpha: Renyi (1961).  alpha = 0: Hartley, 1: Shannon, Infinity: min-entropy. */
	[MEASURE_renyi_entropy] = {
		"renyi_entropy", TAKES_ORDER | TAKES_BASE,
		WEIGHTS_AND_SURPRISAL, KERNEL_POWER, finish_renyi, AS_IT_IS,
		ROWS_POWER_ENTROPY, FORM_NONE
	},
	/* -sum p log q = H(p) + D(p||q).  Infinity where p > 0 and q = 0. */
	[MEASURE_cross_entropy] = {
		"cross_entropy", TAKES_REFERENCE | TAKES_BASE | TAKES_PSEUDOCOUNT,
		WEIGHTS_AND_SURPRISAL, KERNEL_INFORMATION, finish_information, AS_IT_IS,
		ROWS_RELATIVE, FORM_SURPRISALS
	},
	/* D(p||q) = sum p log(p/q): Kullback, Leibler (1951).  From 0 to Infinity, where p > 0 and q = 0. */
	[MEASURE_kl_divergence] = {
		"kl_divergence", TAKES_REFERENCE | TAKES_BASE | TAKES_PSEUDOCOUNT,
		OBSERVED_AND_REFERENCE, KERNEL_RELATIVE_ENTROPY, finish_relative_entropy, AS_IT_IS,
		ROWS_RELATIVE, FORM_RELATIVE_ENTROPIES
	},
	/* D(p||q) + D(q||p): Jeffreys (1946).  Infinity where one of p and q is 0. */
	[MEASURE_jeffreys_divergence] = {
		"jeffreys_divergence", TAKES_REFERENCE | TAKES_BASE | TAKES_PSEUDOCOUNT,
		OBSERVED_AND_REFERENCE, KERNEL_SYMMETRIC_RELATIVE_ENTROPY, finish_symmetric_relative_entropy, AS_IT_IS,
		ROWS_SYMMETRIC, FORM_LOGARITHMS
	},
	/* (D(p||m) + D(q||m))/2 with m = (p + q)/2: Lin (1991).  From 0 to log 2. */
	[MEASURE_jsd] = {
		"jsd", TAKES_REFERENCE | TAKES_BASE | TAKES_PSEUDOCOUNT,
		OBSERVED_AND_REFERENCE, KERNEL_JENSEN_SHANNON, finish_jensen_shannon, AS_IT_IS,
		ROWS_ALL_PAIRS, FORM_ENTROPIES
	},
	/* Its square root is a metric: Endres, Schindelin (2003). */
	[MEASURE_js_distance] = {
		"js_distance", TAKES_REFERENCE | TAKES_BASE | TAKES_PSEUDOCOUNT,
		OBSERVED_AND_REFERENCE, KERNEL_JENSEN_SHANNON, finish_jensen_shannon, SQUARE_ROOT,
		ROWS_ALL_PAIRS, FORM_ENTROPIES
	},
	/* 1/(alpha - 1) log sum p^alpha q^(1 - alpha): van Erven, Harremoes (2014).  Infinity where p > 0 and q = 0, if alpha >= 1; if the supports are disjoint, otherwise. */
	[MEASURE_renyi] = {
		"renyi", TAKES_REFERENCE | TAKES_ORDER | TAKES_BASE | TAKES_PSEUDOCOUNT,
		OBSERVED_AND_REFERENCE, KERNEL_POWER, finish_renyi, AS_IT_IS,
		ROWS_POWER, FORM_NONE
	},
	/* sqrt(1 - sum sqrt(pq)), from 0 to 1. */
	[MEASURE_hellinger_distance] = {
		"hellinger_distance", TAKES_REFERENCE,
		OBSERVED_AND_REFERENCE, KERNEL_HELLINGER, finish_squared_hellinger, SQUARE_ROOT,
		ROWS_HELLINGER, FORM_ROOT_DIFFERENCES
	},
	/* -log sum sqrt(pq): Bhattacharyya (1943).  Infinity for disjoint supports. */
	[MEASURE_bhattacharyya_distance] = {
		"bhattacharyya_distance", TAKES_REFERENCE,
		OBSERVED_AND_REFERENCE, KERNEL_HELLINGER, finish_bhattacharyya, AS_IT_IS,
		ROWS_HELLINGER, FORM_ROOT_PRODUCTS
	},
	/* 1/2 sum |p - q|, from 0 to 1. */
	[MEASURE_total_variation] = {
		"total_variation", TAKES_REFERENCE,
		OBSERVED_AND_REFERENCE, KERNEL_ABSOLUTE_DIFFERENCE, finish_total_variation, AS_IT_IS,
		ROWS_ALL_PAIRS, FORM_NONE
	},
	/* max |p - q|, from 0 to 1. */
	[MEASURE_l_infinity] = {
		"l_infinity", TAKES_REFERENCE,
		OBSERVED_AND_REFERENCE, KERNEL_LARGEST_DIFFERENCE, finish_l_infinity, AS_IT_IS,
		ROWS_ALL_PAIRS, FORM_NONE
	},
	/* sum (p - q)^2/q: Pearson (1900).  Infinity where p > 0 and q = 0. */
	[MEASURE_chi_square_divergence] = {
		"chi_square_divergence", TAKES_REFERENCE,
		OBSERVED_AND_REFERENCE, KERNEL_CHI_SQUARE, finish_chi_square, AS_IT_IS,
		ROWS_CHI_SQUARE, FORM_NONE
	},
	/* sum (p - q) log(p/q), where a share of exactly 0 counts as the parameter empty. */
	[MEASURE_psi] = {
		"psi", TAKES_REFERENCE | TAKES_EMPTY,
		OBSERVED_AND_REFERENCE, KERNEL_SYMMETRIC_RELATIVE_ENTROPY, finish_symmetric_relative_entropy, AS_IT_IS,
		ROWS_SYMMETRIC, FORM_LOGARITHMS
	},
};

const Measure *
get_measure(MeasureIdentifier identifier)
{
	return &measures[identifier];
}

const Measure *
find_measure(const char *name)
{
	for (int i = 0; i < MEASURE_COUNT; i++)
		if (strcmp(measures[i].name, name) == 0)
			return &measures[i];
	return NULL;
}

const char *
measure_name(const Measure *measure)
{
	return measure->name;
}

unsigned
measure_takes(const Measure *measure)
{
	return measure->takes;
}

bool
measure_is_symmetric(const Measure *measure)
{
	switch (measure->kernel)
	{
		case KERNEL_SYMMETRIC_RELATIVE_ENTROPY:
		case KERNEL_JENSEN_SHANNON:
		case KERNEL_HELLINGER:
		case KERNEL_ABSOLUTE_DIFFERENCE:
		case KERNEL_LARGEST_DIFFERENCE:
			return true;
		default:
			return false;
	}
}

bool
measure_is_divergence(const Measure *measure)
{
	return measure->sides == OBSERVED_AND_REFERENCE;
}

FastForm
measure_form(const Measure *measure)
{
	return measure->many;
}

double
measure_nanoseconds(const Measure *measure)
{
	switch (measure->kernel)
	{
		case KERNEL_POWER:
			return 4.0;
		case KERNEL_JENSEN_SHANNON:
			return 2.5;
		case KERNEL_RELATIVE_ENTROPY:
			return 1.1;			/* in one pass */
		default:
			return 1.5;
	}
}

RowFamily
measure_rows(const Measure *measure)
{
	return measure->rows;
}

/* How a pair is to be summed: the measure's own way, or the one that an order asks for */
typedef struct Plan
{
	Kernel		kernel;
	Finish		finish;
	bool		swapped;		/* x is q's mass and y p's */
	double		order_less_one; /* of the value */
	double		kernel_order_less_one;
} Plan;

/*
 * Renyi's orders.  Of p^alpha q^(1 - alpha) and the same with p and q
 * exchanged, the kernel is given the one with alpha >= 1/2, where no
 * cancellation can occur; the sum is the same.
 */
static Plan
plan_order(const Measure *measure, double order)
{
	Plan		plan = {measure->kernel, measure->finish, false, order - 1.0, order - 1.0};

	if (order == 0.0)
	{
		plan.kernel = KERNEL_SUPPORT;
		plan.finish = finish_renyi_of_order_zero;
	}
	else if (order == 1.0)
	{
		bool		entropy = measure->sides == WEIGHTS_AND_SURPRISAL;

		plan.kernel = entropy ? KERNEL_INFORMATION : KERNEL_RELATIVE_ENTROPY;
		plan.finish = entropy ? finish_information : finish_relative_entropy;
	}
	else if (order > INFINITE_ORDER)
	{
		plan.kernel = KERNEL_LARGEST_LOG_RATIO;
		plan.finish = finish_renyi_of_infinite_order;
	}
	else if (order < 0.5 && measure->sides == OBSERVED_AND_REFERENCE)
	{
		plan.swapped = true;
		plan.kernel_order_less_one = -order;
	}
	return plan;
}

/* The plan of any measure; the order is ignored by those that take none */
static Plan
plan_of(const Measure *measure, double order)
{
	/* -1/2 is what makes a power sum of Bhattacharyya's */
	Plan		plan = {measure->kernel, measure->finish, false, -0.5, -0.5};

	return measure->takes & TAKES_ORDER ? plan_order(measure, order) : plan;
}

static double
transform(const Measure *measure, double value, double base)
{
	if (base != EULER)
		value /= natural_log(base);
	switch (measure->transformation)
	{
		case SQUARE_ROOT:
			return sqrt(value);
		case EXPONENTIAL:
			return value < 709.0 ? scaled_exp(reduce_exponential(value)) : INFINITY;
		case AS_IT_IS:
			break;
	}
	return value;
}

double
value_of_nats(const Measure *measure, double nats, double base)
{
	return transform(measure, nats, base) + 0.0;
}

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
	if (plan.kernel == KERNEL_RELATIVE_ENTROPY && parameters->pseudocount == 0.0 &&
		relative_entropy_in_one_pass(&evaluation, &value))
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
	Parameters	parameters = DEFAULT_PARAMETERS;
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
	return transform(measure, value, parameters.base) + 0.0;
}
