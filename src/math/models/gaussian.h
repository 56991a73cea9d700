/*-------------------------------------------------------------------------
 *
 * gaussian.h
 *	  Divergences between Gaussians, by dimension.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_GAUSSIAN_H
#define KLDIV_GAUSSIAN_H

#include "math/models/term_sum.h"

/* One dimension; a standard deviation of 0 is a point */
typedef struct Gaussian
{
	double		mean;
	double		stddev;
} Gaussian;

/* Of the dimensions so far, which are independent; zeros are none */
typedef struct GaussianSum
{
	TermSum		terms;
	SquareSum	roots;
} GaussianSum;

/* A divergence: what a dimension adds, and the value at the end, in nats where it has a unit */
typedef struct GaussianMeasure
{
	void		(*add) (GaussianSum *sum, Gaussian p, Gaussian q, double alpha);
	double		(*value) (const GaussianSum *sum);
} GaussianMeasure;

extern const GaussianMeasure gaussian_kl_divergence;
extern const GaussianMeasure gaussian_renyi;	/* the only one that looks at alpha, from 0 to Infinity */
extern const GaussianMeasure gaussian_hellinger_distance;
extern const GaussianMeasure gaussian_wasserstein_distance; /* of order 2 */

/* From the Gaussian with this mean and the logarithm of its variance, -Infinity for a point, to the standard one */
extern double standard_gaussian_kl_divergence(double mean, double log_variance);

/* a - b, as difference times 2^exponent, where it may be more than the largest number */
extern double difference_of_means(double a, double b, int *exponent);

#endif							/* KLDIV_GAUSSIAN_H */
