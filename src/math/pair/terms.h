/*-------------------------------------------------------------------------
 *
 * terms.h
 *	  The terms of one bin: what the families of measures fill in.
 *
 * x and y are masses whose totals are equal, so that Kullback and Leibler's
 * divergence is the sum of phi(x, y) divided by the total: see elementary.h
 * for phi.  All terms are homogeneous, f(cx, cy) = c f(x, y); where the totals
 * X and Y differ, f(X, Y) is what the sum is too large by.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TERMS_H
#define KLDIV_TERMS_H

#include <math.h>

#include "math/elementary.h"
#include "math/pair/scaling.h"
#include "math/parameters.h"

typedef struct Bin
{
	double		weight;
	double		x;
	double		y;
	double		difference;
	double		log_quotient;	/* log(x/y) where masses have lost bits, else 0 */
	double		log_x;
	double		log_y;
	double		mass;
	bool		extreme;		/* constant where inlined, like all of this */
} Bin;

/* The terms of a bin, one for each slot that its kernel uses */
typedef struct Terms
{
	double		first;
	double		second;
	double		third;
	Series		series[2];		/* in some kernels, what first is the sum of */
	uint64_t	any;			/* if its first bit is set in any bin, the sum of third is Infinity */
} Terms;

/* What terms depend on besides the bin */
typedef struct KernelArguments
{
	const Parameters *parameters;	/* of the measure, as a whole */
	double		power;			/* b of x exp(b log(x/y)): alpha - 1, or -alpha if the sides are exchanged */
	double		largest;		/* exponent, found by another kernel before */
} KernelArguments;

/* What is behind the last bin of whole lanes: weights of 0, or the totals, which give equal masses */
typedef enum Padding
{
	PADDED_WITH_ZEROS,
	PADDED_WITH_TOTALS
} Padding;

/* Whether masses have lost bits that only the logarithm of their quotient has kept */
ALWAYS_INLINE bool
has_log_quotient(Bin bin)
{
	return bin.extreme && bin.log_quotient != 0.0;
}

ALWAYS_INLINE double
bin_log_ratio(Bin bin)
{
	double		near = log_ratio(bin.x, bin.y, bin.difference);

	return has_log_quotient(bin) ? bin.log_quotient : near;
}

/* 0: x - y; 1: their mean */
ALWAYS_INLINE Terms
excess_terms(Bin bin, const KernelArguments *arguments)
{
	Terms		terms = {.first = bin.difference, .second = 0.5 * (bin.x + bin.y)};

	(void) arguments;
	return terms;
}

#endif							/* KLDIV_TERMS_H */
