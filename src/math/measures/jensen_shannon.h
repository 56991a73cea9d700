/*-------------------------------------------------------------------------
 *
 * jensen_shannon.h
 *	  Relative entropy from the mean: Jensen and Shannon's divergence, and the metric that is its root.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_JENSEN_SHANNON_H
#define KLDIV_JENSEN_SHANNON_H

#define JENSEN_SHANNON_MEASURES(macro) macro(jsd) macro(js_distance)

#ifndef POSTGRES_H

#include "math/pair/terms.h"

#define JENSEN_SHANNON_KERNELS(sum, maximum) \
	sum(jensen_shannon, 2, PADDED_WITH_ZEROS) \
	sum(positive_jensen_shannon, 2, PADDED_WITH_TOTALS)

/* phi(x, m) + phi(y, m), from reduced ratios to the middle m */
ALWAYS_INLINE Terms
middle_terms(Reduction x_ratio, Reduction y_ratio, Bin bin, double middle)
{
	Terms		terms = {.series = {phi_series(x_ratio, bin.x, middle), phi_series(y_ratio, bin.y, middle)}};

	terms.first = series_value(terms.series[0]) + series_value(terms.series[1]);
	return terms;
}

/* A mass to their middle, so that equal ones give exactly 0, whose root shows, even where they have lost bits */
ALWAYS_INLINE Reduction
reduce_to_middle(Bin bin, double mass, double middle, double difference)
{
	return bin.extreme ? reduce_ratio(mass, middle, difference) : reduce_mass_ratio(mass, middle, difference);
}

/* 0: phi(x, m) + phi(y, m) with m = (x + y)/2; 1: overlap */
ALWAYS_INLINE Terms
jensen_shannon_terms(Bin bin, const KernelArguments *arguments)
{
	double		middle = 0.5 * (bin.x + bin.y);
	double		half = 0.5 * bin.difference;
	Terms		terms = middle_terms(reduce_to_middle(bin, bin.x, middle, half),
									 reduce_to_middle(bin, bin.y, middle, -half), bin, middle);

	(void) arguments;
	terms.second = bin.x < bin.y ? bin.x : bin.y;
	return terms;
}

/* jensen_shannon_terms() where all weights are positive, and so overlap: 1 is not wanted */
ALWAYS_INLINE Terms
positive_jensen_shannon_terms(Bin bin, const KernelArguments *arguments)
{
	double		middle = 0.5 * (bin.x + bin.y);
	double		half = 0.5 * bin.difference;

	(void) arguments;
	return middle_terms(reduce_positive_ratio(bin.x, middle, half),
						reduce_positive_ratio(bin.y, middle, -half), bin, middle);
}

#endif							/* POSTGRES_H */

#endif							/* KLDIV_JENSEN_SHANNON_H */
