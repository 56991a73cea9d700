/*-------------------------------------------------------------------------
 *
 * log_probabilities.c
 *	  Log-probabilities of single observations, such as tokens.
 *
 * Estimates of Kullback and Leibler's divergence, with d = ln q(x) - ln p(x) for an
 * x that was drawn from p: k1 = -d, k2 = d^2/2, k3 = e^d - 1 - d.  J. Schulman, Approximating KL Divergence (2020).
 * The means of k1 and k3 are that of the divergence; k3 is never negative.
 *
 *-------------------------------------------------------------------------
 */
#include "math/models/log_probabilities.h"

#include "math/models/excess.h"

const char *const sampled_estimator_names[] = {"k3", "k1", "k2", NULL};

double
sampled_kl_divergence(SampledEstimator estimator, double p_log, double q_log)
{
	DoubleDouble d;

	/* p has what q excludes */
	if (isinf(q_log))
		return INFINITY;
	if (estimator == SAMPLED_K1)
		return p_log - q_log;
	d = dd_of_difference(q_log, p_log);
	if (estimator == SAMPLED_K2)
		return 0.5 * d.hi * d.hi;
	/* the low part of a difference that is beyond the largest number is none */
	return isinf(d.hi) ? INFINITY : exponential_excess(d);
}

double
probability_of(double logprob)
{
	return exponential_of(logprob);
}

double
rest_of_probability(double logprob)
{
	return -scaled_expm1(reduce_exponential(logprob));
}
