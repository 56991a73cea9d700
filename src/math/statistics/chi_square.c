/*-------------------------------------------------------------------------
 *
 * chi_square.c
 *	  The chi-square distribution: its upper tail, and the inverse.
 *
 *-------------------------------------------------------------------------
 */
#include "math/statistics/chi_square.h"

#include <stdbool.h>

#include "math/statistics/gamma.h"

double
chi_square_tail(double statistic, double df)
{
	if (df == 0.0)
		return statistic > 0.0 ? 0.0 : 1.0;
	/* where the tail is proportional to the degrees of freedom, and half of them might be no number any more */
	if (df < 0x1p-900 && statistic > 0.0)
		return ldexp(chi_square_tail(statistic, df * 0x1p100), -100);
	return double_of_scaled(gamma_tails(0.5 * df, 0.5 * statistic).upper);
}

/*-- the inverse --*/

/* z with P(Z > z) = level to 4.5e-4, for level <= 1/2: M. Abramowitz, I. A. Stegun, 26.2.23 */
static double
normal_quantile_roughly(double level)
{
	double		t = sqrt(-2.0 * natural_log(level));

	return t - (2.515517 + t * (0.802853 + t * 0.010328)) /
		(1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

/*
 * Where to begin: E. B. Wilson, M. M. Hilferty, The Distribution of Chi-square,
 * Proceedings of the National Academy of Sciences 17 (1931); from below, where
 * P(a, x) <= x^a/Gamma(a + 1) is nearly equal.
 */
static double
first_guess(double a, double level)
{
	double		z = level <= 0.5 ? normal_quantile_roughly(level) : -normal_quantile_roughly(1.0 - level);
	double		root = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * sqrt(a));
	double		guess = a * root * root * root;
	double		log_gamma;

	if (level > 0.5 && (a < 1.0 || root < 0.3))
	{
		log_gamma = a < 0.5 ? log_gamma_one_plus(a) :
			stirling_error(a) + (a + 0.5) * natural_log(a) - a + 0.91893853320467274;
		return exponential_of((natural_log(1.0 - level) + log_gamma) / a);
	}
	if (a < 1.0 || root < 0.3)
		return 1.0 + (level < 0.1 ? -natural_log(level) : 0.0);
	return guess;
}

/*
 * Newton's method on the logarithm of the smaller tail as a function of ln x,
 * which is concave, since the density of ln x is log-concave: from the second
 * step on it comes from one side only.
 */
double
chi_square_tail_inverse(double level, double df)
{
	double		a = 0.5 * df;
	bool		is_upper = level <= 0.5;
	Scaled		wanted = {is_upper ? level : 1.0 - level, 0};
	double		x;

	if (level <= 0.0)
		return INFINITY;
	if (level >= 1.0)
		return 0.0;
	if (df < 0x1p-900)
		return level * 0x1p-100 < df ? chi_square_tail_inverse(level * 0x1p100, df * 0x1p100) : 0.0;
	wanted.value = frexp(wanted.value, &wanted.exponent);
	x = first_guess(a, level);
	for (int step = 0; step < 200 && x > 0.0; step++)
	{
		GammaTails	tails = gamma_tails(a, x);
		Scaled		tail = is_upper ? tails.upper : tails.lower;
		double		slope;
		double		move;

		if (tail.value == 0.0)
		{
			/* far beyond the quantile, and beyond all numbers */
			x *= is_upper ? 0.5 : 2.0;
			continue;
		}
		slope = tails.factor.value * a / tail.value * ldexp(1.0, tails.factor.exponent - tail.exponent);
		move = log_of_scaled_ratio(tail, wanted) / (is_upper ? slope : -slope);
		move = move > 3.0 ? 3.0 : move < -30.0 ? -30.0 : move;
		x += x * scaled_expm1(reduce_exponential(move));
		if (fabs(move) * (1.0 + sqrt(a)) < 1e-8)
			break;
	}
	return 2.0 * x;
}
