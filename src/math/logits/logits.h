/*-------------------------------------------------------------------------
 *
 * logits.h
 *	  Distributions that are given by logits, without making them.
 *
 * Logits z and a temperature T are the distribution of shares proportional to
 * e^(z/T); log-probabilities are logits.  -Infinity, or none, is a share of 0.
 * All results are in nats.  They mean something only if the finding is valid;
 * where nothing but shares of 0 are on a side, nothing was observed.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_LOGITS_H
#define KLDIV_LOGITS_H

#include "math/weights.h"

/* Nanoseconds a logit, or a pair of them */
#define NANOSECONDS_PER_LOGIT 2.0
#define NANOSECONDS_PER_LOGIT_PAIR 3.0

/* Kullback and Leibler's divergence of two sides of equal counts */
extern double softmax_divergence(const Weights *p, const Weights *q, double temperature, SlabRunner run, Finding *finding);

/* -log of the share at a position from 0 */
extern double label_cross_entropy(size_t label, const Weights *logits, double temperature, SlabRunner run, Finding *finding);

/* -sum p log share, for weights p as many as the logits; these are the reference of the finding */
extern double distribution_cross_entropy(const Weights *p, const Weights *logits, double temperature, SlabRunner run,
										 Finding *finding);

/* Shannon's entropy of the shares */
extern double softmax_entropy(const Weights *logits, double temperature, SlabRunner run, Finding *finding);

/* log sum e^z; -Infinity, not nothing observed, if all logits that are there are */
extern double log_sum_exp(const Weights *logits, SlabRunner run, Finding *finding);

/* A sum of e^z to which numbers are added one by one */
typedef struct ExponentialSum
{
	double		origin;			/* -Infinity for none but zeros */
	double		sum;			/* times e^origin */
	double		sum_low;		/* what it was rounded by */
} ExponentialSum;

extern ExponentialSum no_exponentials(void);
extern void add_exponential(ExponentialSum *sum, double logit);
extern void add_exponential_sum(ExponentialSum *sum, const ExponentialSum *other);
extern double log_of_exponentials(const ExponentialSum *sum);

#endif							/* KLDIV_LOGITS_H */
