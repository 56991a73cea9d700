/*-------------------------------------------------------------------------
 *
 * filter_loops.c
 *	  Single precision: the loops that find out which pairs need not be compared.
 *
 * Built once for each instruction set, like the loops whose sums are results.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <string.h>

#include "math/elementary.h"
#include "math/pair/vector.h"

/* Distributions of the left panel that are worked on together: as many as registers can hold the sums of */
#ifdef __AVX512F__
#define ROOTS_TOGETHER 8
#else
#define ROOTS_TOGETHER 4
#endif

/* a b + c, rounded once if that is one instruction */
ALWAYS_INLINE float
multiply_add(float a, float b, float c)
{
#ifdef __FMA__
	return __builtin_fmaf(a, b, c);
#else
	return a * b + c;
#endif
}

/* LANES weights of a distribution to shares and their roots; sums of share log(share) */
ALWAYS_INLINE void
share_lanes(const double *weights, double pseudocount, double total, float *shares, float *roots, double *sums)
{
#pragma omp simd
	for (int j = 0; j < LANES; j++)
	{
		double		share = (weights[j] + pseudocount) / total;
		double		something = share > 0x1p-900 ? share : 0x1p-900;

		sums[j] += something * log_ratio(something, 1.0, something - 1.0);
		shares[j] = share < (double) LEAST_FILTER_SHARE ? 0.0f : (float) share;
		roots[j] = sqrtf(shares[j]);
	}
}

double
VECTOR(filter_shares) (const double *weights, size_t bins, double pseudocount, double total,
						float *shares, float *roots)
{
	double		sums[LANES] = {0.0};
	double		few[LANES];
	size_t		bin = 0;

	for (; bin + LANES <= bins; bin += LANES)
		share_lanes(weights + bin, pseudocount, total, shares + bin, roots + bin, sums);
	if (bin < bins)
	{
		for (size_t j = 0; j < LANES; j++)
			few[j] = bin + j < bins ? weights[bin + j] : -pseudocount;
		share_lanes(few, pseudocount, total, shares + bin, roots + bin, sums);
		bin += LANES;
	}
	for (; bin % FILTER_LANES != 0; bin++)
		shares[bin] = roots[bin] = 0.0f;
	return sum_of_lanes(sums) / LN2;
}

/* Compares ROOTS_TOGETHER distributions of the left panel, from left on, with the right one */
ALWAYS_INLINE void
multiply_roots(const float *left, const float *right, size_t bins, float total[ROOTS_TOGETHER][FILTER_LANES])
{
	memset(total, 0, ROOTS_TOGETHER * sizeof(total[0]));
	for (size_t block = 0; block < bins; block += PRODUCT_BLOCK)
	{
		size_t		end = bins - block < PRODUCT_BLOCK ? bins : block + PRODUCT_BLOCK;
		float		sum[ROOTS_TOGETHER][FILTER_LANES] = {{0.0f}};

		for (size_t bin = block; bin < end; bin++)
		{
			const float *own = left + bin * FILTER_LANES;
			const float *other = right + bin * FILTER_LANES;

#pragma omp simd
			for (int j = 0; j < FILTER_LANES; j++)
			{
				sum[0][j] = multiply_add(own[0], other[j], sum[0][j]);
				sum[1][j] = multiply_add(own[1], other[j], sum[1][j]);
				sum[2][j] = multiply_add(own[2], other[j], sum[2][j]);
				sum[3][j] = multiply_add(own[3], other[j], sum[3][j]);
#if ROOTS_TOGETHER > 4
				sum[4][j] = multiply_add(own[4], other[j], sum[4][j]);
				sum[5][j] = multiply_add(own[5], other[j], sum[5][j]);
				sum[6][j] = multiply_add(own[6], other[j], sum[6][j]);
				sum[7][j] = multiply_add(own[7], other[j], sum[7][j]);
#endif
			}
		}
		for (int i = 0; i < ROOTS_TOGETHER; i++)
			for (int j = 0; j < FILTER_LANES; j++)
				total[i][j] += sum[i][j];
	}
}

uint32_t
VECTOR(filter_products) (const float *left, const float *right, size_t bins, ProductRange range,
						 float *products, size_t stride)
{
	uint32_t	rows = 0;

	for (int first = 0; first < FILTER_LANES; first += ROOTS_TOGETHER)
	{
		float		total[ROOTS_TOGETHER][FILTER_LANES];

		multiply_roots(left + first, right, bins, total);
		for (int i = 0; i < ROOTS_TOGETHER; i++)
		{
			uint32_t	any = 0;

#pragma omp simd reduction(|:any)
			for (int j = 0; j < FILTER_LANES; j++)
				any |= (uint32_t) (total[i][j] >= range.least) & (uint32_t) (total[i][j] <= range.most);
			memcpy(products + (size_t) (first + i) * stride, total[i], sizeof(total[i]));
			rows |= any << (first + i);
		}
	}
	return rows;
}

/*
 * log2(s) for normal s: with m in [sqrt(1/2), sqrt(2)), s = 2^k m, the minimax
 * polynomial of log2(1 + f)/f at f = m - 1.  Right to LOG_ERROR of filter.c,
 * apart from the rounding of the last sum.
 */
ALWAYS_INLINE float
short_log2(float s)
{
	uint32_t	bits;
	uint32_t	shifted;
	float		k;
	float		f;
	float		value;

	memcpy(&bits, &s, sizeof(bits));
	shifted = bits - 0x3f3504f3;	/* the bits of sqrt(1/2) */
	k = (float) ((int32_t) shifted >> 23);
	bits = (shifted & 0x7fffff) + 0x3f3504f3;
	memcpy(&f, &bits, sizeof(f));
	f -= 1.0f;
	value = 0.17063434422016144f;
	value = multiply_add(value, f, -0.27269789576530457f);
	value = multiply_add(value, f, 0.29726260900497437f);
	value = multiply_add(value, f, -0.3589618504047394f);
	value = multiply_add(value, f, 0.48046502470970154f);
	value = multiply_add(value, f, -0.7213758826255798f);
	value = multiply_add(value, f, 1.442699670791626f);
	return multiply_add(value, f, k);
}

/* Lanes are added up as a tree */
ALWAYS_INLINE float
sum_of_filter_lanes(const float *lanes)
{
	float		eight[FILTER_LANES / 2];
	float		four[FILTER_LANES / 4];

	for (int j = 0; j < FILTER_LANES / 2; j++)
		eight[j] = lanes[j] + lanes[j + FILTER_LANES / 2];
	for (int j = 0; j < FILTER_LANES / 4; j++)
		four[j] = eight[j] + eight[j + FILTER_LANES / 4];
	return (four[0] + four[2]) + (four[1] + four[3]);
}

double
VECTOR(filter_entropy_of_sum) (const float *p, const float *q, size_t bins)
{
	double		sum = 0.0;

	for (size_t block = 0; block < bins; block += ENTROPY_BLOCK * FILTER_LANES)
	{
		size_t		end = bins - block < ENTROPY_BLOCK * FILTER_LANES ? bins : block + ENTROPY_BLOCK * FILTER_LANES;
		float		part[FILTER_LANES] = {0.0f};

		for (size_t bin = block; bin < end; bin += FILTER_LANES)
		{
#pragma omp simd
			for (int j = 0; j < FILTER_LANES; j++)
			{
				float		both = p[bin + j] + q[bin + j];
				float		something = both > LEAST_FILTER_SHARE ? both : LEAST_FILTER_SHARE;

				part[j] = multiply_add(something, short_log2(something), part[j]);
			}
		}
		sum += sum_of_filter_lanes(part);
	}
	return sum;
}
