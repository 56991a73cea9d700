/*-------------------------------------------------------------------------
 *
 * chi_square.h
 *	  Pearson's chi-square divergence.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_CHI_SQUARE_H
#define KLDIV_CHI_SQUARE_H

#define CHI_SQUARE_MEASURES(macro) macro(chi_square_divergence)
#define CHI_SQUARE_ROW_FAMILIES(macro) macro(chi_square, 6)

#ifndef POSTGRES_H

#include "math/pair/terms.h"

#define CHI_SQUARE_KERNELS(sum, maximum) \
	sum(chi_square, 0, PADDED_WITH_ZEROS)

/*
 * 0: (x - y)^2/y in units of FULL_MASS.  Each difference takes the root of the
 * unit, so that only a true overflow overflows, and only what is next to
 * nothing beside the total underflows.
 */
ALWAYS_INLINE Terms
chi_square_terms(Bin bin, const KernelArguments *arguments)
{
	const double unit = MASS_UNIT;
	double		difference = bin.difference * ROOT_OF_UNIT;
	double		ratio = difference / (bin.y > 0.0 ? bin.y : 1.0);
	double		term = ratio * difference;
	Terms		terms = {.first = 0.0};

	(void) arguments;
	if (bin.extreme)
	{
		/* x (x/y), by way of the root of the ratio */
		double		root = scaled_exp(reduce_exponential(0.5 * bin.log_quotient));

		term = bin.log_quotient > 0.0 ? (bin.x * root) * (root * unit) : bin.log_quotient < 0.0 ? bin.y * unit : term;
	}
	terms.first = bin.y > 0.0 ? term : (bin.x > 0.0 ? INFINITY : 0.0);
	return terms;
}

#endif							/* POSTGRES_H */

#endif							/* KLDIV_CHI_SQUARE_H */
