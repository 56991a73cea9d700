/*-------------------------------------------------------------------------
 *
 * multivariate_gaussian.h
 *	  Kullback and Leibler's divergence of Gaussians with full covariances.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_MULTIVARIATE_GAUSSIAN_H
#define KLDIV_MULTIVARIATE_GAUSSIAN_H

#include <stdbool.h>
#include <stddef.h>

#include "math/weights.h"

/* A covariance that is none */
typedef struct CovarianceFault
{
	bool		found;
	bool		in_reference;
	size_t		row;			/* from 0: with those before it, it is not positive definite */
} CovarianceFault;

/* So much memory is worked in, besides what is given */
static inline size_t
multivariate_gaussian_numbers(size_t dimensions)
{
	return dimensions * (3 * dimensions + 2);
}

/*
 * In nats, of finite means and symmetric, finite covariances by rows.  Work is
 * handed to run by rows, which take time by the square of their number.
 */
extern double multivariate_gaussian_kl_divergence(size_t dimensions, const double *p_mean, const double *p_covariance,
												  const double *q_mean, const double *q_covariance,
												  SlabRunner run, double *work, CovarianceFault *fault);

#endif							/* KLDIV_MULTIVARIATE_GAUSSIAN_H */
