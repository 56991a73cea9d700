/*-------------------------------------------------------------------------
 *
 * variation.h
 *	  Differences as they are: total variation, and the largest difference.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_VARIATION_H
#define KLDIV_VARIATION_H

#define VARIATION_MEASURES(macro) macro(total_variation) macro(l_infinity)

#ifndef POSTGRES_H

#include "math/pair/terms.h"

#define VARIATION_KERNELS(sum, maximum) \
	sum(absolute_difference, 0, PADDED_WITH_ZEROS) \
	maximum(largest_difference)

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

#endif							/* POSTGRES_H */

#endif							/* KLDIV_VARIATION_H */
