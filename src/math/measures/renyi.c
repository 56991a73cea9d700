/*-------------------------------------------------------------------------
 *
 * renyi.c
 *	  Sums of powers: Renyi's divergence and entropy, and their limits.
 *
 * A. Renyi, On Measures of Entropy and Information, 4th Berkeley Symposium
 * (1961); T. van Erven, P. Harremoes, Renyi Divergence and Kullback-Leibler
 * Divergence, IEEE Transactions on Information Theory 60 (2014).  The entropy
 * is the negative divergence from the counting measure.
 *
 *-------------------------------------------------------------------------
 */
#include "math/measures/renyi.h"

#include <math.h>

#include "math/many/filter.h"
#include "math/many/panel_form.h"
#include "math/measures/entropy.h"
#include "math/measures/relative_entropy.h"
#include "math/pair/formula.h"
#include "math/rows/rows.h"

/*
 * By the largest exponent, and then the others relative to it.  What the
 * totals differ by is taken away, as in find_power_excess(): a large alpha
 * makes much of a rounding error.
 */
double
log_of_power_sum(const Evaluation *evaluation, const KernelArguments *arguments)
{
	KernelArguments relative = *arguments;
	double		log_totals;
	Sums		sums;

	sum_kernel(evaluation, KERNEL_largest_exponent, KERNEL_largest_exponent, arguments, &sums);
	if (!isfinite(sums.slots[0]))
		return sums.slots[0];
	relative.largest = sums.slots[0];
	sum_kernel(evaluation, KERNEL_exponentials, KERNEL_exponentials, &relative, &sums);
	log_totals = arguments->power * log_ratio(sums.mass, sums.mass - sums.excess, sums.excess);
	return relative.largest + natural_log(sums.slots[1]) + log_one_plus(sums.slots[0] / sums.slots[1]) - log_totals;
}

static double
divergence_of_log_sum(double log_sum, const Parameters *parameters)
{
	return log_sum / (parameters->alpha - 1.0);
}

static double
entropy_of_log_sum(double log_sum, const Parameters *parameters)
{
	return -divergence_of_log_sum(log_sum, parameters);
}

/*
 * sum p^alpha q^(1 - alpha) - 1, without cancellation where it is small, and
 * the sum.  The totals enter as a bin of their own: sum x^alpha y^-b is
 * relative to X^alpha Y^-b.  False if they left the range of float8.
 */
static bool
find_power_excess(const Sums *sums, const KernelArguments *arguments, double *excess, double *sum)
{
	Bin			total = {
		0.0, sums->mass, sums->mass - sums->excess, sums->excess, 0.0, 0.0, 0.0, sums->mass, false
	};
	Terms		totals = power_terms(total, arguments);

	*excess = (sums->counting ? sums->slots[1] : sums->slots[0] - totals.first) / totals.third;
	*sum = sums->slots[2] / totals.third;
	return *sum > 1e-250 && *sum <= DBL_MAX && fabs(*excess) <= DBL_MAX;
}

/* 1/(alpha - 1) log sum p^alpha q^(1 - alpha) */
static double
power_value(const Sums *sums, const KernelArguments *arguments)
{
	double		excess;
	double		sum;

	if (!find_power_excess(sums, arguments, &excess, &sum))
		return NAN;
	return (excess > -0.5 ? log_one_plus(excess) : natural_log(sum)) / (arguments->parameters->alpha - 1.0);
}

static double
power_entropy_value(const Sums *sums, const KernelArguments *arguments)
{
	return -power_value(sums, arguments);
}

static const Formula power_formula = {
	.kernel = KERNEL_power,
	.positive = KERNEL_power,
	.first_order = NO,
	.supports_only = NO,
	.value = power_value,
	.log_sum = log_of_power_sum,
	.of_log_sum = divergence_of_log_sum
};

static const Formula power_entropy_formula = {
	.kernel = KERNEL_power,
	.positive = KERNEL_power,
	.first_order = NO,
	.supports_only = NO,
	.value = power_entropy_value,
	.log_sum = log_of_power_sum,
	.of_log_sum = entropy_of_log_sum
};

/* alpha = 0: -log q(p > 0); log of the number of bins in the support for the counting measure */
static double
support_value(const Sums *sums, const KernelArguments *arguments)
{
	double		inside = sums->slots[0] / sums->mass;
	double		outside = sums->slots[1] / sums->mass;

	(void) arguments;
	if (!sums->counting && outside < 0.5)
		return -log_one_plus(-outside);
	return inside > 1e-280 ? -natural_log(inside) : NAN;
}

static double
support_entropy_value(const Sums *sums, const KernelArguments *arguments)
{
	return -support_value(sums, arguments);
}

static const Formula support_formula = {
	.kernel = KERNEL_support,
	.positive = KERNEL_support,
	.first_order = YES,
	.supports_only = YES,
	.value = support_value,
	.log_sum = log_of_power_sum,
	.of_log_sum = divergence_of_log_sum
};

static const Formula support_entropy_formula = {
	.kernel = KERNEL_support,
	.positive = KERNEL_support,
	.first_order = YES,
	.supports_only = YES,
	.value = support_entropy_value,
	.log_sum = log_of_power_sum,
	.of_log_sum = entropy_of_log_sum
};

/* alpha = Infinity: max log(p/q) */
static double
largest_ratio_value(const Sums *sums, const KernelArguments *arguments)
{
	(void) arguments;
	return sums->slots[0];
}

static double
largest_ratio_entropy_value(const Sums *sums, const KernelArguments *arguments)
{
	return -largest_ratio_value(sums, arguments);
}

static const Formula largest_ratio_formula = {
	.kernel = KERNEL_largest_log_ratio,
	.positive = KERNEL_largest_log_ratio,
	.first_order = YES,
	.supports_only = NO,
	.value = largest_ratio_value
};

static const Formula largest_ratio_entropy_formula = {
	.kernel = KERNEL_largest_log_ratio,
	.positive = KERNEL_largest_log_ratio,
	.first_order = YES,
	.supports_only = NO,
	.value = largest_ratio_entropy_value
};

static void
plan_divergence(MeasurePlan *plan, const Parameters *parameters)
{
	double		alpha = parameters->alpha;

	plan->arguments.power = renyi_power(alpha);
	plan->exchanged = renyi_is_exchanged(alpha);
	if (alpha == 0.0)
		plan->formula = &support_formula;
	else if (alpha == 1.0)
		plan->formula = &relative_entropy_formula;
	else if (renyi_is_infinite(alpha))
		plan->formula = &largest_ratio_formula;
}

static void
plan_entropy(MeasurePlan *plan, const Parameters *parameters)
{
	double		alpha = parameters->alpha;

	plan->arguments.power = alpha - 1.0;
	if (alpha == 0.0)
		plan->formula = &support_entropy_formula;
	else if (alpha == 1.0)
		plan->formula = &information_formula;
	else if (renyi_is_infinite(alpha))
		plan->formula = &largest_ratio_entropy_formula;
}

/*
 * Renyi's divergence grows with its order, and that of order 1/2 is
 * -2 log(1 - H^2); of an order a below 1/2 it is a/(1 - a) times that of order
 * 1 - a with p and q exchanged (van Erven and Harremoes, theorem 3 and
 * proposition 2).
 */
static double
most_squared_hellinger(double nats, const Parameters *parameters)
{
	double		alpha = parameters->alpha;
	double		factor = alpha < 0.5 ? alpha / (1.0 - alpha) : 1.0;

	return factor > 0.0 ? -scaled_expm1(reduce_exponential(-0.5 * nats / factor)) : 1.0;
}

static const HellingerBounds renyi_bounds = {
	.most = most_squared_hellinger,
	.least = NULL,
	.by_entropies = NO
};

/*-- measures --*/

/* 1/(alpha - 1) log sum p^alpha q^(1 - alpha); alpha = 0: -log q(p > 0), 1: relative entropy, Infinity: max log(p/q) */
const Measure renyi_measure = {
	.name = "renyi",
	.description = "Renyi's divergence of order alpha",
	.kind = DIVERGENCE,
	.takes = TAKES_REFERENCE | TAKES_ALPHA | TAKES_BASE | TAKES_PSEUDOCOUNT,
	.symmetric = NO,
	.metric = NO,
	.additive = NO,
	.unit = "nats",
	.range = "0 to Infinity",
	.maximum = INFINITY,
	.large_sample = 0.5,
	.nanoseconds = 4.0,
	.formula = &power_formula,
	.plan = plan_divergence,
	.transform = as_it_is,
	.rows = &power_rows,
	.panels = &pair_by_pair,
	.bounds = &renyi_bounds
};

/* 1/(1 - alpha) log sum p^alpha; alpha = 0: Hartley's, 1: Shannon's, Infinity: min-entropy */
const Measure renyi_entropy_measure = {
	.name = "renyi_entropy",
	.description = "Renyi's entropy of order alpha",
	.kind = ENTROPY,
	.takes = TAKES_ALPHA | TAKES_BASE,
	.symmetric = NO,
	.metric = NO,
	.additive = NO,
	.unit = "nats",
	.range = "0 to ln n",
	.maximum = INFINITY,
	.large_sample = 0.0,
	.nanoseconds = 4.0,
	.formula = &power_entropy_formula,
	.plan = plan_entropy,
	.transform = as_it_is,
	.rows = &power_entropy_rows,
	.panels = &pair_by_pair,
	.bounds = &no_bounds
};
