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

#include "math/pair/vector.h"

/* Adds the upper half of the lanes to the lower half */
ALWAYS_INLINE void
fold(double *hi, double *lo, int half)
{
	for (int j = 0; j < half; j++)
	{
		double		error;

		hi[j] = two_sum(hi[j], hi[j + half], &error);
		lo[j] = (lo[j] + lo[j + half]) + error;
	}
}

/*
 * a + b, on the processor's multipliers: they are idle here while the adders
 * are the bottleneck.  Multiplying by one is exact, so the bits are those of a
 * plain sum; one must not be a constant, or the compiler undoes the trick.
 */
ALWAYS_INLINE double
add_by_multiplier(double a, double b, double one)
{
#ifdef __FMA__
	return __builtin_fma(a, one, b);
#else
	(void) one;
	return a + b;
#endif
}

Totals
VECTOR(block_totals) (const double *weights, size_t count, double one)
{
	double		hi[LANES] = {0.0};
	double		lo[LANES] = {0.0};
	uint64_t	bits[LANES] = {0};
	uint64_t	all_bits = 0;
	size_t		part_count = count / LANES * LANES;
	const double *part_weights = weights;
	double		rest[LANES];
	Totals		totals;

	/* whole lanes where they are, then the rest of them, padded */
	for (int part = 0; part < 2; part++)
	{
		for (size_t i = 0; i < part_count; i += LANES)
		{
#pragma omp simd
			for (int j = 0; j < LANES; j++)
			{
				/* two_sum(), spread over adders and multipliers */
				double		value = part_weights[i + j];
				double		before = hi[j];
				double		sum = before + value;
				double		value_part = add_by_multiplier(-before, sum, one);
				double		before_part = sum - value_part;
				double		value_error = add_by_multiplier(value, -value_part, one);
				double		before_error = add_by_multiplier(before, -before_part, one);

				hi[j] = sum;
				lo[j] += before_error + value_error;
				bits[j] |= bits_of(value);
			}
		}
		part_count = pad_rest(weights, count, 0.0, rest);
		part_weights = rest;
	}
	for (int j = 0; j < LANES; j++)
		all_bits |= bits[j];
	fold(hi, lo, 4);
	fold(hi, lo, 2);
	fold(hi, lo, 1);
	totals.sum.hi = fast_two_sum(hi[0], lo[0], &totals.sum.lo);
	totals.negative = all_bits >> 63 != 0;
	totals.zero = true;			/* not asked for */
	return totals;
}

Totals
VECTOR(block_plain_totals) (const double *weights, size_t count)
{
	double		sums[LANES] = {0.0};
	uint64_t	bits[LANES] = {0};
	uint64_t	bits_less_one[LANES] = {0};
	uint64_t	all_bits = 0;
	uint64_t	all_bits_less_one = 0;
	size_t		whole = count / LANES * LANES;
	double		rest[LANES];
	Totals		totals;

	for (size_t start = 0; start < whole; start += SHORT_SUM * LANES)
	{
		size_t		end = whole - start < SHORT_SUM * LANES ? whole : start + SHORT_SUM * LANES;
		double		part[LANES] = {0.0};

		for (size_t i = start; i < end; i += LANES)
		{
#pragma omp simd
			for (int j = 0; j < LANES; j++)
			{
				part[j] += weights[i + j];
				bits[j] |= bits_of(weights[i + j]);
				bits_less_one[j] |= bits_of(weights[i + j]) - 1;
			}
		}
#pragma omp simd
		for (int j = 0; j < LANES; j++)
			sums[j] += part[j];
	}
	/* the padding is no weight of 0, so look only at bins; those seen before do no harm */
	if (pad_rest(weights, count, 0.0, rest) > 0)
	{
		for (int j = 0; j < LANES; j++)
		{
			sums[j] += rest[j];
			bits[j] |= bits_of(rest[j]);
		}
		if (count > LANES)
		{
			for (int j = 0; j < LANES; j++)
				bits_less_one[j] |= bits_of(weights[count - LANES + j]) - 1;
		}
		else
		{
			for (size_t j = 0; j < count; j++)
				all_bits_less_one |= bits_of(weights[j]) - 1;
		}
	}
	for (int j = 0; j < LANES; j++)
	{
		all_bits |= bits[j];
		all_bits_less_one |= bits_less_one[j];
	}
	totals.sum.hi = sum_of_lanes(sums);
	totals.sum.lo = 0.0;
	totals.negative = all_bits >> 63 != 0;
	totals.zero = (all_bits | all_bits_less_one) >> 63 != 0;
	return totals;
}

/* Adds lanes of a side of few bins to its sums, and copies them */
ALWAYS_INLINE void
collect_lanes(const UnalignedDouble *weights, double *lanes, double *sums, uint64_t *bits)
{
#pragma omp simd
	for (int j = 0; j < LANES; j++)
	{
		lanes[j] = weights[j];
		sums[j] += weights[j];
		bits[j] |= bits_of(weights[j]);
	}
}

bool
VECTOR(collect_few) (const UnalignedDouble *p, const UnalignedDouble *q, size_t count, FewBins *few)
{
	const size_t whole = count / LANES * LANES;
	double		p_sums[LANES];
	double		q_sums[LANES];
	double		rest[LANES];
	uint64_t	bits[LANES];
	uint64_t	all_bits = 0;

#pragma omp simd
	for (int j = 0; j < LANES; j++)
	{
		p_sums[j] = 0.0;
		q_sums[j] = 0.0;
		bits[j] = 0;
	}
	for (size_t i = 0; i < whole; i += LANES)
	{
		collect_lanes(p + i, few->p + i, p_sums, bits);
		collect_lanes(q + i, few->q + i, q_sums, bits);
	}
	if (pad_rest(p, count, 0.0, rest) > 0)
	{
		collect_lanes(rest, few->p + whole, p_sums, bits);
		pad_rest(q, count, 0.0, rest);
		collect_lanes(rest, few->q + whole, q_sums, bits);
	}
	for (int j = 0; j < LANES; j++)
		all_bits |= bits[j];
	few->p_total = sum_of_lanes(p_sums);
	few->q_total = sum_of_lanes(q_sums);
	return all_bits >> 63 == 0;
}

void
VECTOR(widen) (const float *reals, size_t count, double *values)
{
#pragma omp simd
	for (size_t i = 0; i < count; i++)
		values[i] = reals[i];
}
