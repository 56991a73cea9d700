/*-------------------------------------------------------------------------
 *
 * relative_entropy.h
 *	  Relative entropy, which is Kullback and Leibler's divergence.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_RELATIVE_ENTROPY_H
#define KLDIV_RELATIVE_ENTROPY_H

#define RELATIVE_ENTROPY_MEASURES(macro) macro(kl_divergence)
#define RELATIVE_ENTROPY_ROW_FAMILIES(macro) macro(relative, 3)

#ifndef POSTGRES_H

#include "math/measures/entropy.h"
#include "math/pair/terms.h"

#define RELATIVE_ENTROPY_KERNELS(sum, maximum) \
	sum(relative_entropy, 1, PADDED_WITH_ZEROS) \
	sum(positive_relative_entropy, 1, PADDED_WITH_TOTALS) \
	sum(unjudged_relative_entropy, 1, PADDED_WITH_ZEROS) \
	sum(relative_entropy_and_information, 0, PADDED_WITH_ZEROS)

/* Terms of which the first is phi(x, y) */
ALWAYS_INLINE Terms
phi_terms(Reduction r, Bin bin)
{
	Terms		terms = {.series = {phi_series(r, bin.x, bin.y)}};

	terms.first = series_value(terms.series[0]);
	return terms;
}

/* 0: phi(x, y); 1: mass of p outside the support of q */
ALWAYS_INLINE Terms
relative_entropy_terms(Bin bin, const KernelArguments *arguments)
{
	Terms		terms = phi_terms(reduce_mass_ratio(bin.x, bin.y, bin.difference), bin);

	(void) arguments;
	terms.second = bin.y > 0.0 ? 0.0 : bin.x;
	if (bin.extreme)
	{
		bool		by_quotient = bin.log_quotient != 0.0;

		terms.series[0].lead = by_quotient ? bin.x * bin.log_quotient - bin.difference : terms.series[0].lead;
		terms.series[0].factor = by_quotient ? 0.0 : terms.series[0].factor;
		terms.first = series_value(terms.series[0]);
	}
	return terms;
}

/* relative_entropy_terms() where all weights are positive */
ALWAYS_INLINE Terms
positive_relative_entropy_terms(Bin bin, const KernelArguments *arguments)
{
	(void) arguments;
	return phi_terms(reduce_positive_ratio(bin.x, bin.y, bin.difference), bin);
}

/*
 * Of weights of which nothing is known: 0: phi(x, y); 2: x, or Infinity if any
 * weight is negative or there is more than 2^200 times as much mass of p as of
 * q in a bin.
 */
ALWAYS_INLINE Terms
unjudged_relative_entropy_terms(Bin bin, const KernelArguments *arguments)
{
	Reduction	r = reduce_mass_ratio(bin.x, bin.y, bin.difference);
	Terms		terms = phi_terms(r, bin);

	(void) arguments;
	terms.any = bits_of(bin.x) | bits_of(bin.y) | bits_of(200.0 - r.k);
	terms.third = bin.x;
	return terms;
}

/* relative_entropy_terms(), and 2: x times -log(weight/mass), where the weight is the reference's by a scale of its own */
ALWAYS_INLINE Terms
relative_entropy_and_information_terms(Bin bin, const KernelArguments *arguments)
{
	Terms		terms = relative_entropy_terms(bin, arguments);
	Bin			beside_mass = {
		bin.x, bin.weight, bin.mass, bin.weight - bin.mass, 0.0, 0.0, 0.0, bin.mass, false
	};

	terms.third = information_terms(beside_mass, arguments).first;
	return terms;
}

/* phi(x, y) of the totals' bin */
ALWAYS_INLINE double
phi_of(Bin bin)
{
	KernelArguments none = {.power = 0.0};

	return relative_entropy_terms(bin, &none).first;
}

extern const struct Formula relative_entropy_formula;
extern const struct RowSums relative_entropy_sums;

#endif							/* POSTGRES_H */

#endif							/* KLDIV_RELATIVE_ENTROPY_H */
