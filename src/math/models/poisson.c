/*-------------------------------------------------------------------------
 *
 * poisson.c
 *	  Kullback and Leibler's divergence of Poisson distributions.
 *
 * p ln(p/q) - p + q, which is phi(p, q), the term that divergences of weights
 * are sums of: the rate is the mean and the natural parameter its logarithm, so
 * that the divergence is Bregman's of x ln x.  A. Banerjee, S. Merugu, I. S.
 * Dhillon, J. Ghosh, Clustering with Bregman Divergences, Journal of Machine
 * Learning Research 6 (2005).
 *
 *-------------------------------------------------------------------------
 */
#include "math/models/poisson.h"

#include "math/statistics/precise.h"

/*
 * Near the ends of the range both are scaled, since phi(c x, c y) = c phi(x, y);
 * where one is next to nothing beside the other, a logarithm takes them apart.
 */
double
poisson_kl_divergence(double p, double q)
{
	int			exponent = exponent_of(p > q ? p : q);
	double		x = ldexp(p, -exponent);
	double		y = ldexp(q, -exponent);

	if (p == q)
		return 0.0;
	if (q == 0.0)
		return INFINITY;
	/* below the last digit of q */
	if (x < 0x1p-400)
		return q;
	if (y < 0x1p-400)
		return ldexp(x * (dd_log_ratio(p, q).hi - 1.0), exponent);
	return ldexp(reduced_phi(reduce_ratio(x, y, x - y), x, y), exponent);
}
