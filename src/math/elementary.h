/*-------------------------------------------------------------------------
 *
 * elementary.h
 *	  Branch-free logarithm and exponential of the kernels.
 *
 * Everything is inline and made of +, -, *, / and integer operations, so that
 * the compiler can vectorise a loop around it and every vector width, compiler
 * and libm gives the same bits.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ELEMENTARY_H
#define KLDIV_ELEMENTARY_H

#include <stdbool.h>

#include "math/arithmetic.h"

#define LN2 0.69314718055994530942
/* LN2 = LN2_HIGH + LN2_LOW; the high part has 11 trailing zeros, so n * LN2_HIGH is exact */
#define LN2_HIGH 0x1.62e42fefa38p-1
#define LN2_LOW 0x1.ef35793c7673p-45

/*
 * x = y' * (1 + s)/(1 - s) with y' = 2^k * y and |s| <= 1/5: the reduced
 * argument of log(x/y).
 */
typedef struct Reduction
{
	double		k;
	double		y_near;			/* y' */
	double		v;				/* x - y', or the exact difference when k = 0 */
	double		s;
} Reduction;

/*
 * lead + factor * (artanh(s)/s - 1)/s^2: a function of a logarithm, where the
 * polynomial comes last.  A loop can keep these, and see to the polynomials of
 * many when it has done with their divisions.
 */
typedef struct Series
{
	double		lead;
	double		factor;
	double		square;			/* s^2 */
} Series;

/*
 * Minimax polynomial of (artanh(sqrt t)/sqrt t - 1)/t on [0, 1/25]; relative
 * error of the logarithm 2^-54.
 */
ALWAYS_INLINE double
artanh_remainder(double t)
{
	double		t2 = t * t;
	double		low = (0.33333333333333470 + 0.19999999999668366 * t) +
		(0.14285714417641157 + 0.11111091451428394 * t) * t2;
	double		high = (0.090923010035243136 + 0.076419673307849492 * t) +
		0.075580825938107072 * t2;

	return low + high * (t2 * t2);
}

/*
 * Reduces log(x/y) for x, y >= 0 below 2^1000, where d is x - y to more
 * digits than x and y can show.  The only division of a logarithm is here.
 *
 * 2^k is the power of two nearest to x/y, found by subtracting bit patterns;
 * those of x are positive, even if x is not, so that no NaN arises.  x = 0 gives
 * s = -1; the result for y = 0 is finite and has no meaning.
 */
ALWAYS_INLINE Reduction
reduce_ratio_by_bits(uint64_t x_bits, double x, double y, double d)
{
	const uint64_t bias = (uint64_t) 2048 << 52;	/* so that the shift need not be arithmetic */
	Reduction	r;
	uint64_t	y_bits = bits_of(y);
	uint64_t	k = x_bits - y_bits + bias + ((uint64_t) 1 << 51);
	uint64_t	k_exponent = k & ((uint64_t) 0xfff << 52);

	r.y_near = double_of(y_bits + k_exponent - bias);
	r.k = double_of((k >> 52) | 0x4330000000000000) - (4503599627370496.0 + 2048.0);
#ifdef __AVX2__
	r.v = k_exponent == bias ? d : x - r.y_near;	/* does not wait for the conversion */
#else
	r.v = r.k == 0.0 ? d : x - r.y_near;	/* the same; SSE2 cannot compare integers */
#endif
	r.s = r.v / (x + r.y_near);
	return r;
}

ALWAYS_INLINE Reduction
reduce_ratio(double x, double y, double d)
{
	return reduce_ratio_by_bits(bits_of(x > DBL_MIN ? x : DBL_MIN), x, y, d);
}

/*
 * reduce_ratio() if x is 0 or more than 2^-946, where adding 2^-1000 makes no
 * difference.  What comes of 0 is then far enough from denormal numbers, which
 * take processors several times as long.
 */
ALWAYS_INLINE Reduction
reduce_mass_ratio(double x, double y, double d)
{
	return reduce_ratio_by_bits(bits_of(x + 0x1p-1000), x, y, d);
}

/* reduce_ratio() if x is positive */
ALWAYS_INLINE Reduction
reduce_positive_ratio(double x, double y, double d)
{
	return reduce_ratio_by_bits(bits_of(x), x, y, d);
}

ALWAYS_INLINE double
series_value(Series series)
{
	return series.lead + series.factor * artanh_remainder(series.square);
}

/* log(x/y) with so much for log 2 */
ALWAYS_INLINE double
reduced_log_by(Reduction r, double log_of_two)
{
	Series		series = {r.k * log_of_two + 2.0 * r.s, 2.0 * r.s * (r.s * r.s), r.s * r.s};

	return series_value(series);
}

ALWAYS_INLINE double
reduced_log(Reduction r)
{
	return reduced_log_by(r, LN2);
}

/* log(x/y) in double-double: to about 58 bits, and more if k is large */
ALWAYS_INLINE DoubleDouble
reduced_log_exactly(Reduction r)
{
	DoubleDouble value;

	value.hi = fast_two_sum(r.k * LN2_HIGH, reduced_log_by(r, LN2_LOW), &value.lo);
	return value;
}

/* log(x/y), relative error about 4 units in the last place, also near 1 */
ALWAYS_INLINE double
log_ratio(double x, double y, double d)
{
	return reduced_log(reduce_ratio(x, y, d));
}

/*
 * phi(x, y) = x log(x/y) - x + y, the Bregman divergence whose sum is
 * Kullback and Leibler's when both totals are equal: with v = x - y',
 *
 *		v s (1 + (1 + s) s R(s^2)) + k x ln 2 + (y - y')
 *
 * Never negative, 0 only where x = y: for k = 0 the last two terms are 0 and
 * the first is v^2/(x + y) times more than 0.9; else phi is at least 0.05 of
 * its largest term.  The sum is written so that little waits for the division.
 */
ALWAYS_INLINE Series
phi_series(Reduction r, double x, double y)
{
	double		square = r.v * r.s;
	double		shift = r.k * LN2 * x + (y - r.y_near);
	Series		series = {square + shift, square * ((1.0 + r.s) * r.s), r.s * r.s};

	return series;
}

ALWAYS_INLINE double
reduced_phi(Reduction r, double x, double y)
{
	return series_value(phi_series(r, x, y));
}

/* exp(w) in parts that serve exp, expm1 and exp(w) - 1 - w alike */
typedef struct Exponential
{
	double		scale;			/* 2^n */
	double		r;				/* w - n ln 2 */
	double		second;			/* exp(r) - 1 - r */
} Exponential;

/* Adding it rounds to an integer, which is then in the lowest bits */
#define ROUND_TO_INTEGER 6755399441055744.0	/* 1.5 * 2^52 */

/*
 * exp(r) - 1 - r by the minimax polynomial of (exp(r) - 1 - r)/r^2 on
 * |r| <= ln(2)/2, relative error 2^-58.
 */
ALWAYS_INLINE double
exponential_remainder(double r)
{
	double		r2 = r * r;
	double		r4 = r2 * r2;
	double		low = (0.5 + 0.16666666666666671 * r) +
		(0.041666666666666684 + 0.0083333333333261346 * r) * r2;
	double		high = (0.0013888888888874394 + 0.00019841269874822258 * r) +
		(2.4801587347347188e-05 + 2.7557255398389912e-06 * r) * r2 +
		(2.7557252906512727e-07 + 2.5105217678263412e-08 * r +
		 2.0921591003698955e-09 * r2) * r4;

	return r2 * (low + high * r4);
}

/* -708 <= w <= 709, where 2^n is a normal number */
ALWAYS_INLINE Exponential
reduce_clamped_exponential(double w)
{
	Exponential e;
	double		shifted = w * (1.0 / LN2) + ROUND_TO_INTEGER;
	double		n = shifted - ROUND_TO_INTEGER;

	e.r = (w - n * LN2_HIGH) - n * LN2_LOW;
	e.second = exponential_remainder(e.r);
	e.scale = double_of((bits_of(shifted) << 52) + ((uint64_t) 1023 << 52));
	return e;
}

/* w is clamped to that */
ALWAYS_INLINE Exponential
reduce_exponential(double w)
{
	w = w > -708.0 ? w : -708.0;
	w = w < 709.0 ? w : 709.0;
	return reduce_clamped_exponential(w);
}

ALWAYS_INLINE double
scaled_exp(Exponential e)
{
	return e.scale * (1.0 + (e.r + e.second));
}

ALWAYS_INLINE double
scaled_expm1(Exponential e)
{
	return e.scale * (e.r + e.second) + (e.scale - 1.0);
}

/* exp(w) - 1 - w; e is the reduction of w */
ALWAYS_INLINE double
exp_second_order(Exponential e, double w)
{
	return e.scale * e.second + ((e.scale * e.r - w) + (e.scale - 1.0));
}

/* Natural logarithm of a finite, positive number, subnormal ones included */
ALWAYS_INLINE double
natural_log(double value)
{
	if (value < DBL_MIN)
	{
		value *= 0x1p100;
		return log_ratio(value, 1.0, value - 1.0) - 100.0 * LN2;
	}
	if (value > 0x1p1000)
	{
		value *= 0x1p-100;
		return log_ratio(value, 1.0, value - 1.0) + 100.0 * LN2;
	}
	return log_ratio(value, 1.0, value - 1.0);
}

/* log(1 + z) for z > -1, accurate for small z */
ALWAYS_INLINE double
log_one_plus(double z)
{
	return log_ratio(1.0 + z, 1.0, z);
}

#endif							/* KLDIV_ELEMENTARY_H */
