/*-------------------------------------------------------------------------
 *
 * hellinger.h
 *	  Sums of roots: Hellinger's and Bhattacharyya's distances.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_HELLINGER_H
#define KLDIV_HELLINGER_H

#define HELLINGER_MEASURES(macro) macro(hellinger_distance) macro(bhattacharyya_distance)
#define HELLINGER_ROW_FAMILIES(macro) macro(hellinger, 5)

#ifndef POSTGRES_H

#include "math/pair/terms.h"

#define HELLINGER_KERNELS(sum, maximum) \
	sum(hellinger, 0, PADDED_WITH_ZEROS)

/* 0: (sqrt x - sqrt y)^2; 1: sqrt(xy), whose sum is Bhattacharyya's coefficient */
ALWAYS_INLINE Terms
hellinger_terms(Bin bin, const KernelArguments *arguments)
{
	double		x_root = sqrt(bin.x);
	double		y_root = sqrt(bin.y);
	double		sum = x_root + y_root;
	double		root_difference = bin.difference / (sum > 0.0 ? sum : 1.0);
	Terms		terms = {.first = 0.0};

	(void) arguments;
	terms.first = root_difference * root_difference;
	terms.second = x_root * y_root;
	return terms;
}

#endif							/* POSTGRES_H */

#endif							/* KLDIV_HELLINGER_H */
