/*-------------------------------------------------------------------------
 *
 * sample_estimates.h
 *	  Estimates from the distances of values, without bins.
 *
 * Values are finite, neither NaN nor -0, and in order; results are in nats.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ORDERED_SAMPLE_ESTIMATES_H
#define KLDIV_ORDERED_SAMPLE_ESTIMATES_H

#include <stdbool.h>
#include <stddef.h>

#include "math/weights.h"

/*
 * Kullback and Leibler's divergence between the distributions that x and y are
 * samples of, by k-th nearest neighbours, for n > k >= 1 and m >= k.
 */
extern double knn_divergence(const double *x, size_t n, const double *y, size_t m, size_t k, SlabRunner run);

/* Methods to estimate a differential entropy; AUTO is one of the others */
typedef enum SpacingMethod
{
	AUTO_SPACING,
	VASICEK,
	EBRAHIMI,
	VAN_ES
} SpacingMethod;

/* Their names in that order; NULL behind the last */
extern const char *const spacing_names[];

/* Fewer values give no estimate */
#define LEAST_VALUES 5

/* What SciPy takes if it is not given */
extern size_t usual_window(size_t n);

/* The differential entropy of the distribution that x is a sample of, for 1 <= window < n/2 */
extern double spacing_entropy(SpacingMethod method, const double *x, size_t n, size_t window, SlabRunner run);

#endif							/* KLDIV_ORDERED_SAMPLE_ESTIMATES_H */
