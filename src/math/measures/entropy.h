/*-------------------------------------------------------------------------
 *
 * entropy.h
 *	  Entropy, perplexity and cross-entropy: surprisals, weighted.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ENTROPY_H
#define KLDIV_ENTROPY_H

#define ENTROPY_MEASURES(macro) macro(entropy) macro(perplexity) macro(cross_entropy)
#define ENTROPY_ROW_FAMILIES(macro) macro(entropy, 1)

#ifndef POSTGRES_H

#include "math/pair/terms.h"

#define ENTROPY_KERNELS(sum, maximum) \
	sum(information, 0, PADDED_WITH_ZEROS)

/* 0: weight times -log share of the reference; 1: weight outside its support */
ALWAYS_INLINE Terms
information_terms(Bin bin, const KernelArguments *arguments)
{
	Terms		terms = {.first = 0.0};

	(void) arguments;
	terms.first = bin.x > 0.0 ? bin.weight * -bin_log_ratio(bin) : 0.0;
	terms.second = bin.x > 0.0 ? 0.0 : bin.weight;
	return terms;
}

extern const struct Formula information_formula;
extern const struct RowSums entropy_sums;

#endif							/* POSTGRES_H */

#endif							/* KLDIV_ENTROPY_H */
