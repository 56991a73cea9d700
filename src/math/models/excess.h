/*-------------------------------------------------------------------------
 *
 * excess.h
 *	  What a logarithm, or an exponential, is apart from its tangent.
 *
 * Divergences between members of a family of distributions are made of these,
 * and they are where textbook formulas cancel: each is never negative and 0 at
 * one point only, with all its digits beside it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_EXCESS_H
#define KLDIV_EXCESS_H

#include "math/statistics/precise.h"

/*
 * g(w) = w - ln(1 + w), where 1 + w is given as well, to more digits than the
 * sum of 1 and w may have: phi(1, 1 + w), which takes w near 0 and else 1 + w.
 */
static inline double
log_excess(double w, double one_plus_w)
{
	if (one_plus_w > 0x1p100)
		return w;				/* the logarithm is below its last digit */
	if (one_plus_w < 0x1p-400)
		return -natural_log(one_plus_w) - 1.0;
	return reduced_phi(reduce_ratio(1.0, one_plus_w, -w), 1.0, one_plus_w);
}

/* (e^v - 1 - v)/2, which may be a number where e^v is none */
static inline double
half_exponential_excess(double v)
{
	if (v > 700.0)
	{
		Scaled		whole;

		if (v > 1000.0)
			return INFINITY;
		/* 1 + v is below its last digit */
		whole = scaled_exponential((DoubleDouble) {v, 0.0});
		return ldexp(whole.value, whole.exponent - 1);
	}
	return 0.5 * exp_second_order(reduce_exponential(v), v);
}

/* e^d - 1 - d for a d in double-double: where it is large, its low part matters */
static inline double
exponential_excess(DoubleDouble d)
{
	if (d.hi > 1000.0)
		return INFINITY;
	if (d.hi > 1.0)
		return double_of_scaled(scaled_exponential(d)) - 1.0 - d.hi;
	return exp_second_order(reduce_exponential(d.hi), d.hi);
}

#endif							/* KLDIV_EXCESS_H */
