/*-------------------------------------------------------------------------
 *
 * terms.h
 *	  The terms of one bin: what each measure adds up.
 *
 * x and y are masses whose totals are equal, so that Kullback and Leibler's
 * divergence is the sum of phi(x, y) divided by the total: see elementary.h
 * for phi.  All terms are homogeneous, f(cx, cy) = c f(x, y); where the totals
 * X and Y differ, f(X, Y) is what the sum is too large by.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TERMS_H
#define KLDIV_TERMS_H

#include <math.h>

#include "math/elementary.h"
#include "math/pair/vector.h"

typedef struct Bin
{
	double		weight;
	double		x;
	double		y;
	double		difference;
	double		far;
	double		log_x;
	double		log_y;
	double		mass;
	bool		wide;			/* constant where inlined, like all of this */
} Bin;

/* The terms of a bin, one for each slot that its kernel uses */
typedef struct Terms
{
	double		first;
	double		second;
	double		third;
	Series		series[2];		/* in some kernels, what first is the sum of */
	uint64_t	alarm;			/* its first bit, in any bin, counts as 1 in second */
} Terms;

ALWAYS_INLINE double
bin_log_ratio(Bin bin)
{
	double		near = log_ratio(bin.x, bin.y, bin.difference);

	return bin.wide && bin.far != 0.0 ? bin.far : near;
}

/* 0: weight times -log share of the reference; 1: weight outside its support */
ALWAYS_INLINE Terms
information_terms(Bin bin, const KernelArguments *arguments)
{
	Terms		terms = {.first = 0.0};

	(void) arguments;
	terms.first = bin.x > 0.0 ? bin.weight * -bin_log_ratio(bin) : 0.0;
	terms.second = bin.x > 0.0 ? 0.0 : bin.weight;
	return terms;
}

ALWAYS_INLINE Terms
phi_terms(Reduction r, Bin bin)
{
	Terms		terms = {.series = {phi_series(r, bin.x, bin.y)}};

	terms.first = series_value(terms.series[0]);
	return terms;
}

/* 0: phi(x, y); 1: mass of p outside the support of q */
ALWAYS_INLINE Terms
relative_entropy_terms(Bin bin, const KernelArguments *arguments)
{
	Terms		terms = phi_terms(reduce_mass_ratio(bin.x, bin.y, bin.difference), bin);

	(void) arguments;
	terms.second = bin.y > 0.0 ? 0.0 : bin.x;
	if (bin.wide)
	{
		bool		far = bin.far != 0.0;

		terms.series[0].lead = far ? bin.x * bin.far - bin.difference : terms.series[0].lead;
		terms.series[0].factor = far ? 0.0 : terms.series[0].factor;
		terms.first = series_value(terms.series[0]);
	}
	return terms;
}

/* The same where all weights are positive */
ALWAYS_INLINE Terms
positive_relative_entropy_terms(Bin bin, const KernelArguments *arguments)
{
	(void) arguments;
	return phi_terms(reduce_positive_ratio(bin.x, bin.y, bin.difference), bin);
}

/*
 * The same where nothing is known: 1 is not 0 if there are negative weights, or
 * more than 2^200 times as much mass of p as of q in a bin; 2: x.
 */
ALWAYS_INLINE Terms
unjudged_relative_entropy_terms(Bin bin, const KernelArguments *arguments)
{
	Reduction	r = reduce_mass_ratio(bin.x, bin.y, bin.difference);
	Terms		terms = phi_terms(r, bin);

	(void) arguments;
	terms.third = bin.x;
	terms.alarm = bits_of(bin.x) | bits_of(bin.y) | bits_of(200.0 - r.k);
	return terms;
}

/* The same, and 2: x times -log(weight/mass), where the weight is the reference's by a scale of its own */
ALWAYS_INLINE Terms
relative_entropy_and_information_terms(Bin bin, const KernelArguments *arguments)
{
	Terms		terms = relative_entropy_terms(bin, arguments);
	Bin			beside_mass = {
		bin.x, bin.weight, bin.mass, bin.weight - bin.mass, 0.0, 0.0, 0.0, bin.mass, false
	};

	terms.third = information_terms(beside_mass, arguments).first;
	return terms;
}

/* 0: (x - y) log(x/y), the same bits for (y, x); 1: mass in the support of one side only */
ALWAYS_INLINE Terms
symmetric_relative_entropy_terms(Bin bin, const KernelArguments *arguments)
{
	double		larger = bin.x > bin.y ? bin.x : bin.y;
	double		smaller = bin.x > bin.y ? bin.y : bin.x;
	double		distance = fabs(bin.difference);
	double		near = log_ratio(larger, smaller, distance);
	Terms		terms = {.first = 0.0};

	(void) arguments;
	terms.first = distance * (bin.wide && bin.far != 0.0 ? fabs(bin.far) : near);
	terms.second = smaller > 0.0 ? 0.0 : larger;
	return terms;
}

ALWAYS_INLINE Terms
middle_terms(Reduction x_ratio, Reduction y_ratio, Bin bin, double middle)
{
	Terms		terms = {.series = {phi_series(x_ratio, bin.x, middle), phi_series(y_ratio, bin.y, middle)}};

	terms.first = series_value(terms.series[0]) + series_value(terms.series[1]);
	return terms;
}

/* 0: phi(x, m) + phi(y, m) with m = (x + y)/2; 1: overlap */
ALWAYS_INLINE Terms
jensen_shannon_terms(Bin bin, const KernelArguments *arguments)
{
	double		middle = 0.5 * (bin.x + bin.y);
	double		half = 0.5 * bin.difference;
	Terms		terms = middle_terms(reduce_mass_ratio(bin.x, middle, half),
									 reduce_mass_ratio(bin.y, middle, -half), bin, middle);

	(void) arguments;
	terms.second = bin.x < bin.y ? bin.x : bin.y;
	return terms;
}

/* The same where all weights are positive, and so overlap */
ALWAYS_INLINE Terms
positive_jensen_shannon_terms(Bin bin, const KernelArguments *arguments)
{
	double		middle = 0.5 * (bin.x + bin.y);
	double		half = 0.5 * bin.difference;

	(void) arguments;
	return middle_terms(reduce_positive_ratio(bin.x, middle, half),
						reduce_positive_ratio(bin.y, middle, -half), bin, middle);
}

/* 0: (sqrt x - sqrt y)^2; 1: sqrt(xy), whose sum is Bhattacharyya's coefficient */
ALWAYS_INLINE Terms
hellinger_terms(Bin bin, const KernelArguments *arguments)
{
	double		x_root = sqrt(bin.x);
	double		y_root = sqrt(bin.y);
	double		sum = x_root + y_root;
	double		root_difference = bin.difference / (sum > 0.0 ? sum : 1.0);
	Terms		terms = {.first = 0.0};

	(void) arguments;
	terms.first = root_difference * root_difference;
	terms.second = x_root * y_root;
	return terms;
}

/* 0: |x - y|; 1: overlap */
ALWAYS_INLINE Terms
absolute_difference_terms(Bin bin, const KernelArguments *arguments)
{
	Terms		terms = {.first = 0.0};

	(void) arguments;
	terms.first = fabs(bin.difference);
	terms.second = bin.x < bin.y ? bin.x : bin.y;
	return terms;
}

ALWAYS_INLINE double
largest_difference_term(Bin bin, const KernelArguments *arguments)
{
	(void) arguments;
	return fabs(bin.difference);
}

/* 0: (x - y)^2/y in units of 2^SCALE, so that only a true overflow overflows */
ALWAYS_INLINE Terms
chi_square_terms(Bin bin, const KernelArguments *arguments)
{
	const double unit = 0x1p-600;
	double		ratio = bin.difference * unit / (bin.y > 0.0 ? bin.y : 1.0);
	double		term = ratio * bin.difference;
	Terms		terms = {.first = 0.0};

	(void) arguments;
	if (bin.wide)
	{
		/* x (x/y), by way of the root of the ratio */
		double		root = scaled_exp(reduce_exponential(0.5 * bin.far));

		term = bin.far > 0.0 ? (bin.x * root) * (root * unit) : bin.far < 0.0 ? bin.y * unit : term;
	}
	terms.first = bin.y > 0.0 ? term : (bin.x > 0.0 ? INFINITY : 0.0);
	return terms;
}

/* Mass of q, 0: inside and 1: outside the support of p */
ALWAYS_INLINE Terms
support_terms(Bin bin, const KernelArguments *arguments)
{
	Terms		terms = {.first = 0.0};

	(void) arguments;
	terms.first = bin.x > 0.0 ? bin.y : 0.0;
	terms.second = bin.x > 0.0 ? 0.0 : bin.y;
	return terms;
}

/* 0: log(x/y) */
ALWAYS_INLINE double
largest_log_ratio_term(Bin bin, const KernelArguments *arguments)
{
	double		value = bin.y > 0.0 ? bin_log_ratio(bin) : INFINITY;

	(void) arguments;
	return bin.x > 0.0 ? value : -INFINITY;
}

/* x exp(bL) where x is known by its logarithm only; infinite where exp leaves its range */
ALWAYS_INLINE double
far_power(Bin bin, double b)
{
	double		log_share = bin.log_x + b * bin.far;
	double		share = log_share > -700.0 ? scaled_exp(reduce_exponential(log_share)) : 0.0;

	return log_share > 280.0 ? INFINITY : bin.mass * share;
}

/*
 * With b = alpha - 1 and L = log(x/y): x exp(bL) = x^alpha y^-b.
 *
 * 0: b phi(x, y) + x (exp(bL) - 1 - bL), whose sum is that of x exp(bL) - x
 * without cancellation where L is small, and the same written as
 * x (exp(bL) - 1) + b (y - x) where it is not; 1: x (exp(bL) - 1) itself, for references that are not
 * distributions; 2: x exp(bL).  Infinite where exp leaves its range.
 */
ALWAYS_INLINE Terms
power_terms(Bin bin, const KernelArguments *arguments)
{
	const double b = arguments->order_less_one;
	Reduction	r = reduce_ratio(bin.x, bin.y, bin.difference);
	DoubleDouble near = reduced_log_exactly(r);
	double		log_high = bin.wide && bin.far != 0.0 ? bin.far : near.hi;
	double		log_low = bin.wide && bin.far != 0.0 ? 0.0 : near.lo;
	double		phi = bin.wide && bin.far != 0.0 ? bin.x * bin.far - bin.difference :
		reduced_phi(r, bin.x, bin.y);

	/* exp() magnifies the error of a large argument, so it has a second part */
	double		tail;
	double		w = two_product(log_high, b, &tail);
	double		w_low = tail + log_low * b;
	Exponential e = reduce_exponential(w);
	double		exponential = scaled_exp(e) * (1.0 + w_low);
	double		first_order = scaled_expm1(e);
	double		second_order = exp_second_order(e, w) + w_low * first_order;
	double		near_power = w > 700.0 ? INFINITY : bin.x * exponential;
	bool		far = bin.wide && bin.far != 0.0 && fabs(w) >= 1.0;
	double		power = far ? far_power(bin, b) : near_power;
	double		near_first = bin.x * (first_order + w_low * exponential);
	double		first = far ? power - bin.x : near_first;
	double		both = fabs(w) < 1.0 ? b * phi + bin.x * second_order : first - b * bin.difference;
	double		outside = b > 0.0 ? INFINITY : 0.0;
	Terms		terms = {.first = 0.0};

	/* x = 0: 0, b y.  y = 0: x^alpha y^-b is 0 or infinite */
	terms.first = !(bin.x > 0.0) ? b * bin.y : (bin.y > 0.0 ? both : -bin.x * (1.0 + b));
	terms.second = !(bin.x > 0.0) ? 0.0 : (bin.y > 0.0 ? first : -bin.x);
	terms.third = !(bin.x > 0.0) ? 0.0 : (bin.y > 0.0 ? power : outside);
	return terms;
}

/* log of x/mass times exp(bL), for sums beyond the range of exp */
ALWAYS_INLINE double
log_power(Bin bin, double b)
{
	bool		far = bin.wide && bin.far != 0.0;
	double		to_mass = bin.y == bin.mass ? bin.difference : bin.x - bin.mass;
	double		log_x = far ? bin.log_x : log_ratio(bin.x, bin.mass, to_mass);
	double		log_y = far ? bin.log_y : log_ratio(bin.y, bin.mass, bin.y - bin.mass);
	double		inside = log_x + b * bin_log_ratio(bin);
	double		outside = b > 0.0 ? INFINITY : -INFINITY;

	/* order 1/2 is symmetric to the bit */
	inside = b == -0.5 ? 0.5 * (log_x + log_y) : inside;
	return !(bin.x > 0.0) ? -INFINITY : (bin.y > 0.0 ? inside : outside);
}

ALWAYS_INLINE double
largest_exponent_term(Bin bin, const KernelArguments *arguments)
{
	return log_power(bin, arguments->order_less_one);
}

/* 0: exp(log_power - the largest one), but for the largest ones, which are counted in 1 */
ALWAYS_INLINE Terms
exponentials_terms(Bin bin, const KernelArguments *arguments)
{
	double		w = log_power(bin, arguments->order_less_one) - arguments->largest;
	Terms		terms = {.first = 0.0};

	terms.first = w > -700.0 && w < 0.0 ? scaled_exp(reduce_exponential(w)) : 0.0;
	terms.second = w < 0.0 ? 0.0 : 1.0;
	return terms;
}

/* 0: x - y; 1: their mean */
ALWAYS_INLINE Terms
excess_terms(Bin bin, const KernelArguments *arguments)
{
	Terms		terms = {.first = bin.difference, .second = 0.5 * (bin.x + bin.y)};

	(void) arguments;
	return terms;
}

#endif							/* KLDIV_TERMS_H */
