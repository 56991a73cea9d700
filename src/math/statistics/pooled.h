/*-------------------------------------------------------------------------
 *
 * pooled.h
 *	  Two samples beside what both have in common: the terms of their tests.
 *
 * Of n observations the samples have the shares v and w.  With the pooled
 * distribution m = v p + w q, Pearson's statistic is n v w sum (p - q)^2/m, and
 * that of the likelihood ratio 2 n (v D(p||m) + w D(q||m)): R. A. Fisher,
 * Statistical Methods for Research Workers (1925); S. S. Wilks, Annals of
 * Mathematical Statistics 9 (1938).  So they are sums of terms like those of
 * measures, and as exact: differences are taken before anything is rounded.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_POOLED_H
#define KLDIV_POOLED_H

#ifndef POSTGRES_H

#include "math/pair/terms.h"

#define POOLED_KERNELS(sum, maximum) \
	sum(pooled_chi_square, 0, PADDED_WITH_ZEROS) \
	sum(pooled_relative_entropy, 0, PADDED_WITH_ZEROS)

/* The pooled mass of a bin */
ALWAYS_INLINE double
pooled_mass(Bin bin, const Parameters *parameters)
{
	return parameters->p_part * bin.x + parameters->q_part * bin.y;
}

/*
 * 0: s (x - y)^2/m, with s the smaller one of v and w.  The factor s keeps it in
 * range, however unequal the samples are: m is at least s (x + y).
 */
ALWAYS_INLINE Terms
pooled_chi_square_terms(Bin bin, const KernelArguments *arguments)
{
	const Parameters *parameters = arguments->parameters;
	double		smaller = parameters->p_part < parameters->q_part ? parameters->p_part : parameters->q_part;
	double		m = pooled_mass(bin, parameters);
	Terms		terms = {.first = 0.0};

	terms.first = bin.difference * (smaller * bin.difference / (m > 0.0 ? m : 1.0));
	return terms;
}

/* 0: v phi(x, m) + w phi(y, m), where x - m = w (x - y) and y - m = -v (x - y) */
ALWAYS_INLINE Terms
pooled_relative_entropy_terms(Bin bin, const KernelArguments *arguments)
{
	double		v = arguments->parameters->p_part;
	double		w = arguments->parameters->q_part;
	double		m = pooled_mass(bin, arguments->parameters);
	double		x_phi = reduced_phi(reduce_ratio(bin.x, m, w * bin.difference), bin.x, m);
	double		y_phi = reduced_phi(reduce_ratio(bin.y, m, -v * bin.difference), bin.y, m);
	Terms		terms = {.first = 0.0};

	terms.first = m > 0.0 ? v * x_phi + w * y_phi : 0.0;
	return terms;
}

#endif							/* POSTGRES_H */

#endif							/* KLDIV_POOLED_H */
