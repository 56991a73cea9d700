/*-------------------------------------------------------------------------
 *
 * log_probabilities.h
 *	  Log-probabilities of single observations, such as tokens.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_LOG_PROBABILITIES_H
#define KLDIV_LOG_PROBABILITIES_H

typedef enum SampledEstimator
{
	SAMPLED_K3,
	SAMPLED_K1,
	SAMPLED_K2
} SampledEstimator;

/* Their names, the default first, and NULL behind the last */
extern const char *const sampled_estimator_names[];

/*
 * Kullback and Leibler's divergence, estimated from one observation that was
 * drawn from p: the logarithms of its probability, or density, under p and q;
 * q's may be -Infinity.
 */
extern double sampled_kl_divergence(SampledEstimator estimator, double p_log, double q_log);

/*
 * As much as probabilities of all tokens may add up to: logarithms that were
 * rounded to 8 bits, as bfloat16 has, are off by a 500th part of a few.
 */
#define LARGEST_TOTAL 1.01

/* e^logprob; Infinity and 0 if it is beyond doubles */
extern double probability_of(double logprob);

/* 1 - e^logprob, with all its digits, for a logprob that is hardly above 0 at most */
extern double rest_of_probability(double logprob);

#endif							/* KLDIV_LOG_PROBABILITIES_H */
