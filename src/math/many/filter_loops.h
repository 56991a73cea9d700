/*-------------------------------------------------------------------------
 *
 * filter_loops.h
 *	  Single precision: the loops that find out which pairs need not be compared.
 *
 * Nothing that they give is a result.  They may fuse, and their last bits may
 * differ between instruction sets; filter.c says by how much they can be wrong.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_FILTER_LOOPS_H
#define KLDIV_FILTER_LOOPS_H

#include <stddef.h>
#include <stdint.h>

/* Distributions side by side in a panel of roots */
#define FILTER_LANES 16
/* So many products, or terms of a lane, are added up one by one, and then to those before */
#define PRODUCT_BLOCK 64
#define ENTROPY_BLOCK 16
/* Shares that are less count as nothing, so that no product of roots is a denormal number */
#define LEAST_FILTER_SHARE 0x1p-120f

/* What of a panel of products is of interest */
typedef struct ProductRange
{
	float		least;
	float		most;
} ProductRange;

typedef struct FilterFunctions
{
	/*
	 * Shares (w + pseudocount)/total of a distribution and their roots, in single
	 * precision, filled up with zeros to whole lanes; the sum of share log2(share).
	 */
	double		(*shares) (const double *weights, size_t bins, double pseudocount, double total,
						   float *shares, float *roots);
	/* All products of the distributions of two panels, stride floats from one of the left to the next; which of these have any in range */
	uint32_t	(*products) (const float *left, const float *right, size_t bins, ProductRange range,
							 float *products, size_t stride);
	/* sum (p + q) log2(p + q), bins a multiple of FILTER_LANES */
	double		(*entropy_of_sum) (const float *p, const float *q, size_t bins);
} FilterFunctions;

#endif							/* KLDIV_FILTER_LOOPS_H */
