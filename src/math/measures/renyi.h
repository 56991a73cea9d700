/*-------------------------------------------------------------------------
 *
 * renyi.h
 *	  Sums of powers: Renyi's divergence and entropy.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_RENYI_H
#define KLDIV_RENYI_H

#define RENYI_MEASURES(macro) macro(renyi) macro(renyi_entropy)
#define RENYI_ROW_FAMILIES(macro) macro(power, 7) macro(power_entropy, 2)

#ifndef POSTGRES_H

#include "math/pair/terms.h"

#define RENYI_KERNELS(sum, maximum) \
	sum(support, 0, PADDED_WITH_ZEROS) \
	maximum(largest_log_ratio) \
	sum(power, 0, PADDED_WITH_ZEROS) \
	maximum(largest_exponent) \
	sum(exponentials, 0, PADDED_WITH_ZEROS)

/* See pair/evaluation.h */
struct Evaluation;

/* An alpha beyond 1e60 cannot be told from infinity */
ALWAYS_INLINE bool
renyi_is_infinite(double alpha)
{
	return alpha > 1e60;
}

/* Of p^alpha q^(1 - alpha) and this with p and q exchanged, alpha >= 1/2 cannot cancel; the sum is the same */
ALWAYS_INLINE bool
renyi_is_exchanged(double alpha)
{
	return alpha > 0.0 && alpha < 0.5;
}

/* b of the kernels */
ALWAYS_INLINE double
renyi_power(double alpha)
{
	return renyi_is_exchanged(alpha) ? -alpha : alpha - 1.0;
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
power_by_logarithm(Bin bin, double b)
{
	double		log_share = bin.log_x + b * bin.log_quotient;
	double		share = log_share > -700.0 ? scaled_exp(reduce_exponential(log_share)) : 0.0;

	return log_share > 280.0 ? INFINITY : bin.mass * share;
}

/*
 * With b = alpha - 1 and L = log(x/y): x exp(bL) = x^alpha y^-b.
 *
 * 0: b phi(x, y) + x (exp(bL) - 1 - bL), whose sum is that of x exp(bL) - x
 * without cancellation where L is small, and this number written as
 * x (exp(bL) - 1) + b (y - x) where it is not; 1: x (exp(bL) - 1) itself, for
 * references that are not distributions; 2: x exp(bL).  Infinite where exp
 * leaves its range.
 */
ALWAYS_INLINE Terms
power_terms(Bin bin, const KernelArguments *arguments)
{
	const double b = arguments->power;
	Reduction	r = reduce_ratio(bin.x, bin.y, bin.difference);
	DoubleDouble near = reduced_log_exactly(r);
	double		log_high = has_log_quotient(bin) ? bin.log_quotient : near.hi;
	double		log_low = has_log_quotient(bin) ? 0.0 : near.lo;
	double		phi = has_log_quotient(bin) ? bin.x * bin.log_quotient - bin.difference :
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
	bool		by_logarithm = has_log_quotient(bin) && fabs(w) >= 1.0;
	double		power = by_logarithm ? power_by_logarithm(bin, b) : near_power;
	double		near_first = bin.x * (first_order + w_low * exponential);
	double		first = by_logarithm ? power - bin.x : near_first;
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
	bool		extreme = has_log_quotient(bin);
	double		to_mass = bin.y == bin.mass ? bin.difference : bin.x - bin.mass;
	double		log_x = extreme ? bin.log_x : log_ratio(bin.x, bin.mass, to_mass);
	double		log_y = extreme ? bin.log_y : log_ratio(bin.y, bin.mass, bin.y - bin.mass);
	double		inside = log_x + b * bin_log_ratio(bin);
	double		outside = b > 0.0 ? INFINITY : -INFINITY;

	/* alpha = 1/2 is symmetric to the bit */
	inside = b == -0.5 ? 0.5 * (log_x + log_y) : inside;
	return !(bin.x > 0.0) ? -INFINITY : (bin.y > 0.0 ? inside : outside);
}

ALWAYS_INLINE double
largest_exponent_term(Bin bin, const KernelArguments *arguments)
{
	return log_power(bin, arguments->power);
}

/* 0: exp(log_power - the largest one), but for the largest ones, which are counted in 1 */
ALWAYS_INLINE Terms
exponentials_terms(Bin bin, const KernelArguments *arguments)
{
	double		w = log_power(bin, arguments->power) - arguments->largest;
	Terms		terms = {.first = 0.0};

	terms.first = w > -700.0 && w < 0.0 ? scaled_exp(reduce_exponential(w)) : 0.0;
	terms.second = w < 0.0 ? 0.0 : 1.0;
	return terms;
}

/*
 * log of the sum of p^alpha q^(1 - alpha) over shares, where the terms are
 * beyond the range of exp.
 */
extern double log_of_power_sum(const struct Evaluation *evaluation, const KernelArguments *arguments);

#endif							/* POSTGRES_H */

#endif							/* KLDIV_RENYI_H */
