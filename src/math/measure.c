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
#include <string.h>

#include "math/elementary.h"
#include "math/many/many.h"
#include "math/plan.h"

/* Orders beyond this cannot be told from infinity */
#define INFINITE_ORDER 1e60

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

Plan
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
