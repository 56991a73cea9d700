/*-------------------------------------------------------------------------
 *
 * gamma.h
 *	  The regularised incomplete gamma function, and what of the gamma function
 *	  tests and estimates need.
 *
 * Everything is bounded: at most half a million steps, for a = 1e9.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_GAMMA_H
#define KLDIV_GAMMA_H

#include "math/statistics/precise.h"

/* Beyond this a tail is not computed */
#define LARGEST_SHAPE 1e9

/* ln Gamma(a + 1) - (a + 1/2) ln a + a - ln(2 pi)/2 for a > 0; absolute error 2^-52 (relative, where it is large) */
extern double stirling_error(double a);

/* ln Gamma(1 + z) for 0 <= z <= 1/2; relative error a few units in the last place */
extern double log_gamma_one_plus(double z);

/* x^a e^-x / Gamma(a + 1): of a Poisson distribution with mean x the probability of a */
extern Scaled gamma_factor(double a, double x);

/* Both tails of the gamma distribution at x, and the factor */
typedef struct GammaTails
{
	Scaled		lower;			/* P(a, x) */
	Scaled		upper;			/* Q(a, x) = 1 - P(a, x) */
	Scaled		factor;
} GammaTails;

extern GammaTails gamma_tails(double a, double x);

/* digamma(n) - digamma(x) = 1/x + 1/(x + 1) + ... + 1/(n - 1) for whole numbers 1 <= x <= n */
extern double digamma_difference(double n, double x);

#endif							/* KLDIV_GAMMA_H */
