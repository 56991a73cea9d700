/*-------------------------------------------------------------------------
 *
 * gamma.h
 *	  The regularised incomplete gamma function, chi-square's tail, and what of
 *	  the gamma function tests and estimates need.
 *
 * Everything is bounded: at most half a million steps, for a = 1e9.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_GAMMA_H
#define KLDIV_GAMMA_H

#include "math/statistics/precise.h"

/* Degrees of freedom beyond this are not computed */
#define MOST_DEGREES_OF_FREEDOM 1e9

/* ln Gamma(a + 1) - (a + 1/2) ln a + a - ln(2 pi)/2 for a > 0; absolute error 2^-52 (relative, where it is large) */
extern double stirling_error(double a);

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

/* P(chi-square > statistic), for a statistic and degrees of freedom from 0 on */
extern double chi_square_tail(double statistic, double df);

/* The statistic that is exceeded with this probability, from 0 to 1; df > 0 */
extern double chi_square_tail_inverse(double level, double df);

/* digamma(n) - digamma(x) = 1/x + 1/(x + 1) + ... + 1/(n - 1) for whole numbers 1 <= x <= n */
extern double digamma_difference(double n, double x);

#endif							/* KLDIV_GAMMA_H */
