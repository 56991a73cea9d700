/*-------------------------------------------------------------------------
 *
 * arithmetic.h
 *	  Exact building blocks: error-free transformations and double-double.
 *
 * The compiler must neither contract nor reassociate anything here; the
 * Makefile passes -ffp-contract=off and never -ffast-math.
 *
 * two_sum: D. E. Knuth, The Art of Computer Programming, vol. 2, 4.2.2.
 * two_product: T. J. Dekker, A floating-point technique for extending the
 * available precision, Numerische Mathematik 18 (1971).
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ARITHMETIC_H
#define KLDIV_ARITHMETIC_H

#ifdef POSTGRES_H
#error "the kernels know no PostgreSQL: include this header from src/math only"
#endif

#include "math/floating_point.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* An unevaluated sum hi + lo with |lo| <= ulp(hi)/2: about 106 bits. */
typedef struct DoubleDouble
{
	double		hi;
	double		lo;
} DoubleDouble;

/* A number where it happens to be in memory */
typedef double UnalignedDouble __attribute__((aligned(1), may_alias));

ALWAYS_INLINE uint64_t
bits_of(double value)
{
	uint64_t	bits;

	memcpy(&bits, &value, sizeof(bits));
	return bits;
}

ALWAYS_INLINE double
double_of(uint64_t bits)
{
	double		value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

/* Bits that compare as unsigned integers as numbers do, which are neither NaN nor -0 */
ALWAYS_INLINE uint64_t
sortable_bits(double value)
{
	uint64_t	bits = bits_of(value);

	return bits ^ ((uint64_t) -(int64_t) (bits >> 63) | (uint64_t) 1 << 63);
}

/* 2^exponent for -1022 <= exponent <= 1023 */
ALWAYS_INLINE double
power_of_two(int exponent)
{
	return double_of((uint64_t) (exponent + 1023) << 52);
}

/* As frexp() has it: value = mantissa * 2^exponent with a mantissa in [1/2, 1) */
ALWAYS_INLINE int
exponent_of(double value)
{
	int			exponent = (int) (bits_of(value) >> 52 & 0x7ff) - 1022;

	if (value < DBL_MIN)
		(void) frexp(value, &exponent);
	return exponent;
}

/* a + b = sum + error, exactly */
ALWAYS_INLINE double
two_sum(double a, double b, double *error)
{
	double		sum = a + b;
	double		b_part = sum - a;

	*error = (a - (sum - b_part)) + (b - b_part);
	return sum;
}

/* a + b and its error in fewer steps, when |a| >= |b| or a = 0 */
ALWAYS_INLINE double
fast_two_sum(double a, double b, double *error)
{
	double		sum = a + b;

	*error = b - (sum - a);
	return sum;
}

/* The same of numbers neither of which is negative, whichever is larger */
ALWAYS_INLINE double
positive_two_sum(double a, double b, double *error)
{
	return fast_two_sum(a > b ? a : b, a > b ? b : a, error);
}

/* value = high + low, with at most 26 and 27 significant bits */
ALWAYS_INLINE double
split_high(double value)
{
	return double_of(bits_of(value) & ~(uint64_t) 0x7ffffff);
}

/*
 * The rounding error of product = a * b.  With a fused multiply-add it is one
 * instruction; without, Dekker's products of halves give the same number,
 * since both are exact (b_high + b_low = b, 26 significant bits each).
 */
ALWAYS_INLINE double
product_error(double a, double b, double b_high, double b_low, double product)
{
#ifdef __FMA__
	(void) b_high;
	(void) b_low;
	return __builtin_fma(a, b, -product);
#else
	double		a_high = split_high(a);
	double		a_low = a - a_high;

	(void) b;
	return ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
#endif
}

/* High half of b for product_error, rounded to nearest so that the low half fits in 26 bits */
ALWAYS_INLINE double
split_nearest(double b)
{
	double		scaled = b * 134217729.0;	/* 2^27 + 1 */

	return scaled - (scaled - b);
}

ALWAYS_INLINE double
two_product(double a, double b, double *error)
{
	double		product = a * b;
	double		b_high = split_nearest(b);

	*error = product_error(a, b, b_high, b - b_high, product);
	return product;
}

ALWAYS_INLINE DoubleDouble
dd_add(DoubleDouble a, DoubleDouble b)
{
	double		high_error;
	double		low_error;
	DoubleDouble sum;

	sum.hi = two_sum(a.hi, b.hi, &high_error);
	sum.lo = two_sum(a.lo, b.lo, &low_error);
	sum.hi = fast_two_sum(sum.hi, high_error + sum.lo, &high_error);
	sum.hi = fast_two_sum(sum.hi, high_error + low_error, &sum.lo);
	return sum;
}

/* a b to 2^-103 of it */
ALWAYS_INLINE DoubleDouble
dd_times(DoubleDouble a, DoubleDouble b)
{
	DoubleDouble product;
	double		error;
	double		high = two_product(a.hi, b.hi, &error);

	product.hi = fast_two_sum(high, error + (a.hi * b.lo + a.lo * b.hi), &product.lo);
	return product;
}

/* What dd_add() gives, with fewer steps */
ALWAYS_INLINE DoubleDouble
dd_add_double(DoubleDouble a, double b)
{
	DoubleDouble sum;
	double		error;

	sum.hi = two_sum(a.hi, b, &error);
	sum.hi = fast_two_sum(sum.hi, error + a.lo, &sum.lo);
	return sum;
}

/* The same if neither a nor b is negative, of which the next sum need not wait as long for this one */
ALWAYS_INLINE DoubleDouble
dd_add_positive(DoubleDouble a, double b)
{
	DoubleDouble sum;
	double		error;

	sum.hi = positive_two_sum(a.hi, b, &error);
	sum.hi = fast_two_sum(sum.hi, error + a.lo, &sum.lo);
	return sum;
}

#endif							/* KLDIV_ARITHMETIC_H */
