/*-------------------------------------------------------------------------
 *
 * gamma.c
 *	  The regularised incomplete gamma function, and what of the gamma function
 *	  tests and estimates need.
 *
 * The factor x^a e^-x / Gamma(a + 1) as C. Loader has it, Fast and Accurate
 * Computation of Binomial Probabilities (2000): exp(-phi - delta)/sqrt(2 pi a),
 * where phi(a, x) = a ln(a/x) - a + x has no cancellation and delta(a) is the
 * error of Stirling's formula.  Lower tail: the series of A. M. Legendre; upper
 * tail: his continued fraction.  Both: W. Gautschi, A Computational Procedure
 * for Incomplete Gamma Functions, ACM Transactions on Mathematical Software 5
 * (1979).  They take about 5.5 sqrt(2 a) steps where they take most, near x = a.
 *
 *-------------------------------------------------------------------------
 */
#include "math/statistics/gamma.h"

#include <stdbool.h>

#include "math/assertions.h"

#define EPSILON 1.1102230246251565e-16	/* 2^-53 */
#define SQRT_HALF_PI_INVERSE 0.39894228040143268	/* 1/sqrt(2 pi) */

/* Below this, powers of x and Gamma(1 + a) are computed instead of Loader's factor */
#define SMALL_A 0.5

/* So many steps lose no digit that matters; after more, the sum is made once more, from its end */
#define FEW_STEPS 400

/* More than are ever needed */
#define MOST_STEPS 1000000

/*-- the gamma function --*/

/* stirling_error(k/2) for k from 1 on */
static const double stirling_errors[] = {
	0.15342640972002736, 0.081061466795327261, 0.054814121051917651, 0.041340695955409297,
	0.033162873519936291, 0.027677925684998338, 0.023746163656297496, 0.020790672103765093,
	0.018488450532673187, 0.016644691189821193, 0.015134973221917378, 0.013876128823070748,
	0.012810465242920227, 0.01189670994589177, 0.011104559758206917, 0.010411265261972096,
	0.0097994161261588039, 0.0092554621827127329, 0.0087687001341393862, 0.0083305634333628708,
	0.0079341145643140199, 0.0075736754879518406, 0.007244554301320383, 0.0069428401072095299,
	0.0066652470327076821, 0.0064089941880042071, 0.0061717122630394576, 0.0059513701127588475,
	0.0057462165130101155, 0.0055547335519628011, 0.0053755990329268349, 0.0052076559196096404
};

/* Stirling's series, with Bernoulli's numbers; from 16 on its first seven terms are enough */
static double
stirling_series(double a)
{
	double		z = 1.0 / (a * a);

	return (1.0 / 12.0 - z * (1.0 / 360.0 - z * (1.0 / 1260.0 - z * (1.0 / 1680.0 -
		z * (1.0 / 1188.0 - z * (691.0 / 360360.0 - z * (1.0 / 156.0))))))) / a;
}

/*
 * Below 16, from a to a + 1: the errors of both differ by
 * (a + 1/2) ln((a + 1)/a) - 1 = artanh(s)/s - 1 with s = 1/(2a + 1).
 */
double
stirling_error(double a)
{
	double		error = 0.0;

	assert_that(a > 0.0);
	if (a <= 16.0 && 2.0 * a == floor(2.0 * a))
		return stirling_errors[(int) (2.0 * a) - 1];
	while (a < 2.0)
	{
		error += (a + 0.5) * (a < 1e-200 ? -natural_log(a) : log_ratio(a + 1.0, a, 1.0)) - 1.0;
		a += 1.0;
	}
	while (a < 16.0)
	{
		double		s = 1.0 / (2.0 * a + 1.0);

		error += s * s * artanh_remainder(s * s);
		a += 1.0;
	}
	return error + stirling_series(a);
}

/* (-1)^k (zeta(k) - 1)/k for k from 2 on */
static const double zeta_terms[] = {
	0.3224670334241132, -0.067352301053198102, 0.020580808427784546, -0.0073855510286739857,
	0.0028905103307415234, -0.001192753911703261, 0.00050966952474304245, -0.00022315475845357939,
	9.9457512781808531e-05, -4.4926236738133142e-05, 2.0507212775670691e-05, -9.4394882752683967e-06,
	4.3748667899074882e-06, -2.0392157538013662e-06, 9.5514121304074194e-07, -4.4924691987645662e-07,
	2.1207184805554665e-07, -1.0043224823968099e-07, 4.7698101693639804e-08, -2.2711094608943164e-08,
	1.0838659214896955e-08, -5.1834750419700466e-09, 2.4836745438024785e-09
};

/* ln Gamma(1 + z) for 0 <= z <= 1/2: M. Abramowitz, I. A. Stegun, 6.1.33 */
double
log_gamma_one_plus(double z)
{
	double		sum = 0.0;

	for (size_t i = sizeof(zeta_terms) / sizeof(zeta_terms[0]); i-- > 0;)
		sum = zeta_terms[i] + z * sum;
	return (z * 0.42278433509846713 - log_one_plus(z)) + z * z * sum;
}

/* ln y - digamma(y) = 1/(2y) + 1/(12 y^2) - 1/(120 y^4) + ... from 16 on */
static double
digamma_series(double y)
{
	double		z = 1.0 / (y * y);

	return 0.5 / y + z * (1.0 / 12.0 - z * (1.0 / 120.0 - z * (1.0 / 252.0 - z * (1.0 / 240.0 -
		z * (1.0 / 132.0 - z * (691.0 / 32760.0 - z * (1.0 / 12.0)))))));
}

double
digamma_difference(double n, double x)
{
	double		sum = 0.0;

	assert_that(x >= 1.0 && n >= x);
	for (; x < 16.0 && x < n; x += 1.0)
		sum += 1.0 / x;
	if (x >= n)
		return sum;
	return sum + (log_ratio(n, x, n - x) + (digamma_series(x) - digamma_series(n)));
}

/*-- the factor --*/

/*
 * phi(a, x) = a ln(a/x) - a + x; with s = (a - x)/(a + x) it is
 * (a - x) s (1 + (1 + s) s R(s^2)), as in elementary.h, here in double-double.
 */
static DoubleDouble
precise_phi(double a, double x)
{
	DoubleDouble total = dd_of_difference(a, -x);
	DoubleDouble s;
	DoubleDouble rest;

	if (a > 1.4 * x || x > 1.4 * a)
		return dd_add(dd_times_double(dd_log_ratio(a, x), a), dd_of_difference(x, a));
	s = dd_quotient(a - x, total);	/* exact: none is more than twice the other */
	rest = dd_times(dd_times(dd_add_double(s, 1.0), s), dd_artanh_remainder(dd_times(s, s)));
	return dd_times(dd_times_double(s, a - x), dd_add_double(rest, 1.0));
}

Scaled
gamma_factor(double a, double x)
{
	DoubleDouble exponent;

	if (x <= 0.0)
		return (Scaled) {a > 0.0 ? 0.0 : 1.0, 0};
	if (a < SMALL_A)
	{
		exponent = dd_add_double(dd_times_double(dd_log_ratio(x, 1.0), a), -log_gamma_one_plus(a));
		return scaled_exponential(dd_add_double(exponent, -x));
	}
	exponent = dd_add_double(precise_phi(a, x), stirling_error(a));
	return scaled_times(scaled_exponential(dd_negative(exponent)), SQRT_HALF_PI_INVERSE / sqrt(a));
}

/*-- tails --*/

/* 1 + x/(a + 1) + x^2/((a + 1)(a + 2)) + ... for x < a + 1 */
static double
lower_series(double a, double x)
{
	double		sum = 1.0;
	double		term = 1.0;
	int			steps = 0;

	while (term > sum * (0.5 * EPSILON) && steps < MOST_STEPS)
	{
		steps++;
		term *= x / (a + steps);
		sum += term;
	}
	if (steps <= FEW_STEPS)
		return sum;
	sum = 1.0;
	for (; steps > 0; steps--)
		sum = 1.0 + x / (a + steps) * sum;
	return sum;
}

/*
 * x + 1 - a - 1(1 - a)/(x + 3 - a - 2(2 - a)/(x + 5 - a - ...)), forwards until
 * nothing changes: its value, and how many steps that took.
 *
 * W. J. Lentz, Generating Bessel functions in Mie scattering calculations using
 * continued fractions, Applied Optics 15 (1976).
 */
static double
fraction_by_lentz(double a, double first, int *steps)
{
	double		b = first;
	double		c = first;
	double		d = 0.0;
	double		value = first;
	double		change = 2.0;

	while (fabs(change - 1.0) > EPSILON && *steps < MOST_STEPS)
	{
		double		numerator;

		++*steps;
		numerator = *steps * (a - *steps);
		b += 2.0;
		d = 1.0 / (b + numerator * d);
		c = b + numerator / c;
		change = c * d;
		value *= change;
	}
	return value;
}

/*
 * As the quotient of J. Wallis' numerators and denominators (1655), which wait
 * for no division; nothing cancels in them while there are fewer steps than a.
 * They grow, so that all are divided by the same from time to time.
 */
static double
fraction_by_wallis(double a, double first, int *steps)
{
	double		b = first;
	double		above[2] = {1.0, first};	/* the one before, and this one */
	double		below[2] = {0.0, 1.0};
	double		value = first;
	double		last = 0.0;

	while (fabs(value - last) > EPSILON * value && *steps < MOST_STEPS)
	{
		for (int i = 0; i < 2; i++)
		{
			b += 2.0;
			++*steps;
			above[0] = b * above[1] + *steps * (a - *steps) * above[0];
			below[0] = b * below[1] + *steps * (a - *steps) * below[0];
			b += 2.0;
			++*steps;
			above[1] = b * above[0] + *steps * (a - *steps) * above[1];
			below[1] = b * below[0] + *steps * (a - *steps) * below[1];
		}
		last = value;
		value = above[1] / below[1];
		if (above[1] > 0x1p400)
			for (int i = 0; i < 2; i++)
			{
				above[i] *= 0x1p-400;
				below[i] *= 0x1p-400;
			}
	}
	return value;
}

/* Up to here it is computed from its end, */
#define FEW_A 5.0
/* and from here on it takes fewer steps than a, or converges so fast that it does not matter */
#define LARGE_A 40.0

/*
 * From its end, with one division for two steps.  What n steps leave out is
 * about exp(-4 sqrt(n x)) of it, and the end is as if all that follows were
 * like its first step.
 */
static double
fraction_from_end(double a, double x, double first)
{
	int			steps = 2 * (int) (38.0 / x + 3.0);
	double		b = first + 2.0 * steps;
	double		value = 0.5 * (b + sqrt(b * b + 4.0 * (steps + 1) * (a - (steps + 1))));

	assert_that(x >= 1.0);
	for (; steps > 0; steps -= 2)
	{
		double		next_b = first + 2.0 * (steps - 1);

		value = (next_b - 2.0) + (steps - 1) * (a - (steps - 1)) * value / (next_b * value + steps * (a - steps));
	}
	return value;
}

static double
upper_fraction(double a, double x)
{
	double		first = (x - a) + 1.0;
	int			steps = 0;
	double		value;

	if (a < FEW_A)
		return fraction_from_end(a, x, first);
	value = (a < LARGE_A ? fraction_by_lentz : fraction_by_wallis) (a, first, &steps);

	if (steps <= FEW_STEPS)
		return value;
	/* each division takes away most of what was lost behind it, so that little is left of the end */
	value = first + 2.0 * steps;
	for (; steps > 0; steps--)
		value = (first + 2.0 * (steps - 1)) + steps * (a - steps) / value;
	return value;
}

/*
 * For a < 1/2 and x < 1, where the lower tail is so near to 1 that nothing
 * would be left of the upper one: with L = a ln x - ln Gamma(1 + a),
 * P = e^L (1 - S) and Q = (1 - e^L) + e^L S, S = a sum (-1)^(n+1) x^n/((a + n) n!).
 * W. Gautschi (1979), section 4.
 */
static GammaTails
tails_of_small(double a, double x)
{
	double		log = natural_log(x) * a - log_gamma_one_plus(a);
	Exponential exponential = reduce_exponential(log);
	double		power = scaled_exp(exponential);
	double		sum = 0.0;
	double		term = 1.0;

	for (int n = 1; n < 30; n++)
	{
		term *= -x / n;
		sum -= term / (a + n);
	}
	return (GammaTails) {
		.lower = {power * (1.0 - a * sum), 0},
		.upper = {power * (a * sum) - scaled_expm1(exponential), 0},
		.factor = {power * scaled_exp(reduce_exponential(-x)), 0}
	};
}

static Scaled
complement(Scaled tail)
{
	double		rest = 1.0 - double_of_scaled(tail);

	return (Scaled) {rest > 0.0 ? rest : 0.0, 0};
}

/* Whether the exponent is below -1600, twice that of the smallest number: x - a - a ln(x/a) >= 0.4 x for x >= 4 a */
static bool
is_far_above(double a, double x)
{
	return x > 4.0 * a + 4000.0;
}

GammaTails
gamma_tails(double a, double x)
{
	static const Scaled one = {1.0, 0};
	static const Scaled nothing = {0.0, 0};
	GammaTails	tails;

	assert_that(a > 0.0 && a <= LARGEST_SHAPE && x >= 0.0);
	if (x == 0.0)
		return (GammaTails) {nothing, one, nothing};
	if (is_far_above(a, x))
		return (GammaTails) {one, nothing, nothing};
	if (a < SMALL_A && x < 1.0)
		return tails_of_small(a, x);
	tails.factor = gamma_factor(a, x);
	if (tails.factor.exponent < -40000)
		return x > a ? (GammaTails) {one, nothing, nothing} : (GammaTails) {nothing, one, nothing};
	if (x < a + 1.0 && a >= SMALL_A)
	{
		tails.lower = scaled_times(tails.factor, lower_series(a, x));
		tails.upper = complement(tails.lower);
	}
	else
	{
		tails.upper = scaled_times(tails.factor, a / upper_fraction(a, x));
		tails.lower = complement(tails.upper);
	}
	return tails;
}
