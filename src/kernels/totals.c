/*-------------------------------------------------------------------------
 *
 * totals.c
 *	  Sums of weights in double-double, and what validation needs to know.
 *
 * The error of a total enters the differences of near-equal distributions to
 * first order, hence 106 bits.  A NaN or an infinity makes the sum non-finite;
 * a negative weight in the sign bit.  Finding which element is to
 * blame is left to a second look.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "vector.h"

/* Adds the upper half of the lanes to the lower half, for 4, 2 and 1 pairs */
static DoubleDouble
combine_lanes(double *hi, double *lo)
{
	DoubleDouble sum;

	for (int half = LANES / 2; half > 0; half /= 2)
	{
		for (int j = 0; j < half; j++)
		{
			DoubleDouble a = {hi[j], lo[j]};
			DoubleDouble b = {hi[j + half], lo[j + half]};

			sum = dd_add(a, b);
			hi[j] = sum.hi;
			lo[j] = sum.lo;
		}
	}
	sum.hi = hi[0];
	sum.lo = lo[0];
	return sum;
}

/*
 * The sum's error term needs the larger addend first; taking it by maximum and
 * minimum keeps the adders of the processor free for the sums.
 */
Totals
VECTOR(block_totals) (const double *weights, size_t count)
{
	double		hi[LANES] = {0.0};
	double		lo[LANES] = {0.0};
	uint64_t	bits[LANES] = {0};
	uint64_t	all_bits = 0;
	Totals		totals;

	for (size_t i = 0; i < count; i += LANES)
	{
#pragma omp simd
		for (int j = 0; j < LANES; j++)
		{
			double		value = weights[i + j];
			double		larger = value > hi[j] ? value : hi[j];
			double		smaller = value > hi[j] ? hi[j] : value;
			double		error;

			hi[j] = fast_two_sum(larger, smaller, &error);
			lo[j] += error;
			bits[j] |= bits_of(value);
		}
	}
	totals.sum = combine_lanes(hi, lo);
	for (int j = 0; j < LANES; j++)
		all_bits |= bits[j];
	totals.negative = all_bits >> 63 != 0;
	return totals;
}
