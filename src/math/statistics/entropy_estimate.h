/*-------------------------------------------------------------------------
 *
 * entropy_estimate.h
 *	  The entropy of the distribution that counts are a sample of.
 *
 * Whoever has counts looks at them twice, in pieces of any size: first for a
 * summary, then for the terms of the bins.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ENTROPY_ESTIMATE_H
#define KLDIV_ENTROPY_ESTIMATE_H

#include <stddef.h>

/* What estimators have to know of all counts before those of a bin say anything */
typedef struct CountSummary
{
	double		bins;			/* empty ones too */
	double		seen;			/* that are not empty */
	double		total;
	double		singletons;		/* bins with one observation */
	double		doubletons;		/* and with two */
	double		square_high;	/* sum of the squares */
	double		square_low;
} CountSummary;

typedef struct EntropyEstimator EntropyEstimator;

/* By position, from 0; NULL behind the last one */
extern const EntropyEstimator *entropy_estimator_at(size_t position);
extern const char *entropy_estimator_name(const EntropyEstimator *estimator);

/* A summary that is all 0 in the beginning */
extern void summarise_counts(CountSummary *summary, const double *counts, size_t bins);

/* A sum over bins, in hi and lo */
typedef struct EntropySum
{
	double		hi;
	double		lo;
} EntropySum;

extern void add_entropy_terms(const EntropyEstimator *estimator, const CountSummary *summary,
							  const double *counts, size_t bins, EntropySum *sum);

/* In nats; the total is positive */
extern double estimated_entropy(const EntropyEstimator *estimator, const CountSummary *summary, EntropySum sum);

#endif							/* KLDIV_ENTROPY_ESTIMATE_H */
