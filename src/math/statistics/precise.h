/*-------------------------------------------------------------------------
 *
 * precise.h
 *	  Logarithms in double-double, and numbers beyond the range of doubles.
 *
 * A tail probability of 1e-300 is the exponential of -690, so that an error of
 * 2^-53 in the exponent would be one of 7e-14 in the probability: exponents are
 * in double-double.
 *
 * Products and quotients of double-doubles: T. J. Dekker, A floating-point
 * technique for extending the available precision, Numerische Mathematik 18
 * (1971).
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_PRECISE_H
#define KLDIV_PRECISE_H

#include "math/elementary.h"

/* value * 2^exponent */
typedef struct Scaled
{
	double		value;
	int			exponent;
} Scaled;

/* Rounded once, to whole units of the smallest number if it is below the normal ones */
static inline double
double_of_scaled(Scaled number)
{
	return ldexp(number.value, number.exponent);
}

static inline Scaled
scaled_times(Scaled number, double factor)
{
	return (Scaled) {number.value * factor, number.exponent};
}

ALWAYS_INLINE DoubleDouble
dd_of_difference(double a, double b)
{
	DoubleDouble difference;

	difference.hi = two_sum(a, -b, &difference.lo);
	return difference;
}

ALWAYS_INLINE DoubleDouble
dd_negative(DoubleDouble a)
{
	return (DoubleDouble) {-a.hi, -a.lo};
}

ALWAYS_INLINE DoubleDouble
dd_times_double(DoubleDouble a, double b)
{
	return dd_times(a, (DoubleDouble) {b, 0.0});
}

/* a/b for an exact a */
ALWAYS_INLINE DoubleDouble
dd_quotient(double a, DoubleDouble b)
{
	DoubleDouble quotient;
	double		high = a / b.hi;
	double		error;
	double		product = two_product(high, b.hi, &error);

	quotient.hi = fast_two_sum(high, (((a - product) - error) - high * b.lo) / b.hi, &quotient.lo);
	return quotient;
}

/*
 * (artanh(s)/s - 1)/s^2 = 1/3 + t/5 + t^2/7 + ... for t = s^2 <= 1/25: to more
 * than 64 bits, since the third term is 2^-11 of the first and only what is
 * from there on is rounded to doubles.
 */
ALWAYS_INLINE DoubleDouble
dd_artanh_remainder(DoubleDouble t)
{
	const DoubleDouble third = {0x1.5555555555555p-2, 0x1.5555555555555p-56};
	const DoubleDouble fifth = {0x1.999999999999ap-3, -0x1.999999999999ap-57};
	double		z = t.hi;
	double		z2 = z * z;
	double		z4 = z2 * z2;
	double		rest = ((1.0 / 7.0 + 1.0 / 9.0 * z) + (1.0 / 11.0 + 1.0 / 13.0 * z) * z2) +
		((1.0 / 15.0 + 1.0 / 17.0 * z) + (1.0 / 19.0 + 1.0 / 21.0 * z) * z2) * z4 +
		((1.0 / 23.0 + 1.0 / 25.0 * z) + (1.0 / 27.0 + 1.0 / 29.0 * z) * z2) * (z4 * z4);

	return dd_add(third, dd_times(t, dd_add_double(fifth, z * rest)));
}

/* log(x/y) for any positive numbers; relative error 2^-62 */
static inline DoubleDouble
dd_log_ratio(double x, double y)
{
	int			x_exponent;
	int			y_exponent;
	double		k;
	DoubleDouble s;
	DoubleDouble t;
	DoubleDouble value;

	x = frexp(x, &x_exponent);
	y = frexp(y, &y_exponent);
	k = x_exponent - y_exponent;
	if (x > 1.4142 * y)
	{
		x *= 0.5;
		k += 1.0;
	}
	else if (y > 1.4142 * x)
	{
		x *= 2.0;
		k -= 1.0;
	}
	/* the difference is exact, since none of them is more than twice the other */
	s = dd_quotient(x - y, dd_of_difference(x, -y));
	t = dd_times(s, s);
	value = dd_times(s, dd_add_double(dd_times(t, dd_artanh_remainder(t)), 1.0));
	value.hi *= 2.0;
	value.lo *= 2.0;
	return dd_add(value, (DoubleDouble) {k * LN2_HIGH, k * LN2_LOW});
}

/* exp(w), of any size for |w| < 2^31 ln 2; relative error 2^-52 if |w| < 1400 */
static inline Scaled
scaled_exponential(DoubleDouble w)
{
	const double round_to_integer = 6755399441055744.0; /* 1.5 * 2^52 */
	double		n = (w.hi * (1.0 / LN2) + round_to_integer) - round_to_integer;
	double		rest = ((w.hi - n * LN2_HIGH) - n * LN2_LOW) + w.lo;

	return (Scaled) {scaled_exp(reduce_exponential(rest)), (int) n};
}

/* exp(w); Infinity and 0 if it is beyond doubles */
static inline double
exponential_of(double w)
{
	if (w > 710.0)
		return INFINITY;
	if (w < -746.0)
		return 0.0;
	return double_of_scaled(scaled_exponential((DoubleDouble) {w, 0.0}));
}

/* log(x/y); never far from 0 without being rounded well */
static inline double
log_of_scaled_ratio(Scaled x, Scaled y)
{
	DoubleDouble log = dd_log_ratio(x.value, y.value);

	return (double) (x.exponent - y.exponent) * LN2 + log.hi;
}

#endif							/* KLDIV_PRECISE_H */
