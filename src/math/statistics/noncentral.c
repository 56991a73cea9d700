/*-------------------------------------------------------------------------
 *
 * noncentral.c
 *	  The noncentral chi-square distribution: the power of tests.
 *
 * A chi-square with df + 2J degrees of freedom, where J has the Poisson
 * distribution with mean lambda/2 (R. A. Fisher 1928): tails are those mixed.
 * From one number of degrees of freedom to the next one a tail grows by the
 * gamma function's factor, Q(a + 1, x) = Q(a, x) + x^a e^-x/Gamma(a + 1), so
 * that only one tail has to be computed.  The upper one is added up from below
 * and the lower one from above: no difference is ever taken.
 *
 *-------------------------------------------------------------------------
 */
#include "math/statistics/noncentral.h"

#include <stdbool.h>

#include "math/assertions.h"
#include "math/statistics/gamma.h"

/* What Poisson's distribution has outside of its mean +- so many standard deviations and terms is less than 1e-20 */
#define DEVIATIONS 9.5
#define FEW_TERMS 40.0

typedef struct Mixture
{
	double		tail;
	double		slope;			/* by lambda; of the upper tail */
} Mixture;

/* Sum over J from first to last of its probability times the upper tail */
static Mixture
mix_upper_tails(double a, double x, double mean, double first, double last)
{
	double		probability = double_of_scaled(gamma_factor(first, mean));
	double		tail = double_of_scaled(gamma_tails(a + first, x).upper);
	double		factor = double_of_scaled(gamma_factor(a + first, x));
	Mixture		mixture = {0.0, 0.0};

	for (double j = first; j <= last; j += 1.0)
	{
		mixture.tail += probability * tail;
		mixture.slope += probability * factor;
		tail += factor;
		factor *= x / (a + j + 1.0);
		probability *= mean / (j + 1.0);
	}
	mixture.slope *= 0.5;
	return mixture;
}

/* The same with the lower tail; the slope is still that of the upper one */
static Mixture
mix_lower_tails(double a, double x, double mean, double first, double last)
{
	double		probability = double_of_scaled(gamma_factor(last, mean));
	double		tail = double_of_scaled(gamma_tails(a + last, x).lower);
	double		factor = double_of_scaled(gamma_factor(a + last, x));
	Mixture		mixture = {0.0, 0.0};

	for (double j = last; j >= first; j -= 1.0)
	{
		mixture.tail += probability * tail;
		mixture.slope += probability * factor;
		factor *= (a + j) / x;
		tail += factor;
		probability *= j / mean;
	}
	mixture.slope *= 0.5;
	return mixture;
}

static Mixture
mix_tails(double statistic, double df, double noncentrality, bool upper)
{
	double		mean = 0.5 * noncentrality;
	double		width = DEVIATIONS * sqrt(mean) + FEW_TERMS;
	double		first = mean > width ? floor(mean - width) : 0.0;
	double		last = floor(mean + width);

	assert_that(df > 0.0 && statistic > 0.0 && noncentrality >= 0.0);
	if (mean == 0.0)
		last = 0.0;
	return (upper ? mix_upper_tails : mix_lower_tails) (0.5 * df, 0.5 * statistic, mean, first, last);
}

double
noncentral_tail(double statistic, double df, double noncentrality)
{
	double		tail = mix_tails(statistic, df, noncentrality, true).tail;

	return tail < 1.0 ? tail : 1.0;
}

/*
 * Newton's method for the smaller tail, inside of an interval that it makes
 * smaller, and halves where Newton would leave it.
 */
double
noncentrality_of_power(double statistic, double df, double power)
{
	bool		upper = power <= 0.5;
	double		wanted = upper ? power : 1.0 - power;
	double		low = 0.0;
	double		high = INFINITY;
	double		noncentrality = sqrt(2.0 * df) + 1.0;

	for (int step = 0; step < 200; step++)
	{
		Mixture		mixture = mix_tails(statistic, df, noncentrality, upper);
		double		missing = upper ? wanted - mixture.tail : mixture.tail - wanted;
		double		next = noncentrality + missing / mixture.slope;

		if (missing > 0.0)
			low = noncentrality;
		else
			high = noncentrality;
		if (!(next > low && next < high && next <= 4.0 * noncentrality))
			next = isinf(high) ? 2.0 * noncentrality : low + 0.5 * (high - low);
		if (fabs(next - noncentrality) <= 1e-15 * noncentrality)
			return next;
		noncentrality = next;
	}
	return noncentrality;
}
