/*-------------------------------------------------------------------------
 *
 * jeffreys.h
 *	  Relative entropy in both directions: Jeffreys' divergence and the population stability index.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_JEFFREYS_H
#define KLDIV_JEFFREYS_H

#define JEFFREYS_MEASURES(macro) macro(jeffreys_divergence) macro(psi)
#define JEFFREYS_ROW_FAMILIES(macro) macro(symmetric, 4)

#ifndef POSTGRES_H

#include "math/pair/terms.h"

#define JEFFREYS_KERNELS(sum, maximum) \
	sum(symmetric_relative_entropy, 0, PADDED_WITH_ZEROS)

/* 0: (x - y) log(x/y), the same bits for (y, x); 1: mass in the support of one side only */
ALWAYS_INLINE Terms
symmetric_relative_entropy_terms(Bin bin, const KernelArguments *arguments)
{
	double		larger = bin.x > bin.y ? bin.x : bin.y;
	double		smaller = bin.x > bin.y ? bin.y : bin.x;
	double		distance = fabs(bin.difference);
	double		near = log_ratio(larger, smaller, distance);
	Terms		terms = {.first = 0.0};

	(void) arguments;
	terms.first = distance * (has_log_quotient(bin) ? fabs(bin.log_quotient) : near);
	terms.second = smaller > 0.0 ? 0.0 : larger;
	return terms;
}

#endif							/* POSTGRES_H */

#endif							/* KLDIV_JEFFREYS_H */
