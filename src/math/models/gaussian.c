/*-------------------------------------------------------------------------
 *
 * gaussian.c
 *	  Divergences between Gaussians, by dimension.
 *
 * Of two Gaussians with delta = (mean_p - mean_q)/stddev_q and
 * w = (stddev_p/stddev_q)^2 - 1, g(w) = w - ln(1 + w):
 *
 *		KL			1/2 (delta^2 + g(w))
 *		Renyi		1/2 (g(w) + g((1 - alpha) w)/(alpha - 1) + alpha delta^2/(1 + (1 - alpha) w))
 *		Hellinger	sqrt(-expm1(-B)), B = 1/2 log1p((stddev_p - stddev_q)^2/(2 stddev_p stddev_q))
 *						+ (mean_p - mean_q)^2/(4 (stddev_p^2 + stddev_q^2))
 *
 * M. Gil, F. Alajaji, T. Linder, Renyi divergence measures for commonly used
 * univariate continuous distributions, Information Sciences 249 (2013).  The
 * distance of Wasserstein and of order 2 is the root of the squared differences
 * of means and standard deviations: I. Olkin, F. Pukelsheim, The distance between
 * two random vectors with given dispersion matrices, Linear Algebra and its
 * Applications 48 (1982).
 *
 * w = v (2 + v) with v = (stddev_p - stddev_q)/stddev_q keeps what the quotient
 * of the deviations loses.  Products of dimensions are sums of KL, Renyi's and B.
 *
 *-------------------------------------------------------------------------
 */
#include "math/models/gaussian.h"

#include "math/models/excess.h"

/* Beyond this order, another than Infinity makes no difference */
#define LARGE_ORDER 0x1p200

/* What divergences know of two deviations, neither of which is 0 */
typedef struct Spread
{
	double		w;				/* (stddev_p/stddev_q)^2 - 1 */
	double		square;			/* (stddev_p/stddev_q)^2 */
} Spread;

static Spread
spread_of(double p_stddev, double q_stddev)
{
	double		v = (p_stddev - q_stddev) / q_stddev;
	double		ratio = p_stddev / q_stddev;

	return (Spread) {v * (2.0 + v), ratio * ratio};
}

/* Of two points, or a point and a Gaussian, all of the mass of one side may be where the other has none */
static bool
has_point(Gaussian p, Gaussian q, double *divergence)
{
	if (p.stddev > 0.0 && q.stddev > 0.0)
		return false;
	*divergence = p.stddev == q.stddev && p.mean == q.mean ? 0.0 : INFINITY;
	return true;
}

double
difference_of_means(double a, double b, int *exponent)
{
	double		difference = a - b;

	*exponent = 0;
	if (fabs(difference) <= DBL_MAX)
		return difference;
	*exponent = 1;
	return 0.5 * a - 0.5 * b;
}

/* (a - b)/stddev */
static double
standardised(double a, double b, double stddev)
{
	int			exponent;
	double		difference = difference_of_means(a, b, &exponent);

	return exponent == 0 ? difference / stddev : difference / (0.5 * stddev);
}

/* g(w), for which the square of the quotient may be no number */
static double
spread_excess(Spread spread, double p_stddev, double q_stddev)
{
	if (spread.square < 0x1p-400)
		return -2.0 * dd_log_ratio(p_stddev, q_stddev).hi - 1.0;
	return log_excess(spread.w, spread.square);
}

static double
kl_term(Gaussian p, Gaussian q)
{
	double		divergence;
	double		delta;

	if (has_point(p, q, &divergence))
		return divergence;
	delta = standardised(p.mean, q.mean, q.stddev);
	/* halves, which may be numbers where their sum is none */
	return 0.5 * delta * delta + 0.5 * spread_excess(spread_of(p.stddev, q.stddev), p.stddev, q.stddev);
}

static void
add_kl(GaussianSum *sum, Gaussian p, Gaussian q, double alpha)
{
	(void) alpha;
	add_term(&sum->terms, kl_term(p, q));
}

static double
sum_of_terms(const GaussianSum *sum)
{
	return sum_over(&sum->terms, 1.0);
}

const GaussianMeasure gaussian_kl_divergence = {add_kl, sum_of_terms};

/*-- Renyi --*/

/* The largest logarithm of a quotient of densities */
static double
largest_log_ratio(Gaussian p, Gaussian q)
{
	double		delta = standardised(p.mean, q.mean, q.stddev);

	if (p.stddev > q.stddev || (p.stddev == q.stddev && p.mean != q.mean))
		return INFINITY;
	if (p.stddev == q.stddev)
		return 0.0;
	return dd_log_ratio(q.stddev, p.stddev).hi + 0.5 * delta * (delta / -spread_of(p.stddev, q.stddev).w);
}

/*
 * 1 + (1 - alpha) w = (alpha stddev_q^2 - (alpha - 1) stddev_p^2)/stddev_q^2 for
 * alpha > 1, in double-double: near the order from which on the divergence is
 * Infinity it cancels.
 */
static double
spread_of_mixture(Gaussian p, Gaussian q, double alpha)
{
	int			exponent = exponent_of(p.stddev > q.stddev ? p.stddev : q.stddev);
	double		a = ldexp(p.stddev, -exponent);
	double		b = ldexp(q.stddev, -exponent);
	DoubleDouble one = {1.0, 0.0};
	DoubleDouble a_square = dd_times_double((DoubleDouble) {a, 0.0}, a);
	DoubleDouble b_square = dd_times_double((DoubleDouble) {b, 0.0}, b);
	DoubleDouble order = {alpha, 0.0};
	DoubleDouble subtrahend = dd_times(dd_add(order, dd_negative(one)), a_square);

	return dd_add(dd_times(order, b_square), dd_negative(subtrahend)).hi / b_square.hi;
}

/* alpha > 1: nothing is negative */
static double
renyi_above_1(Gaussian p, Gaussian q, double alpha)
{
	Spread		spread = spread_of(p.stddev, q.stddev);
	double		delta = standardised(p.mean, q.mean, q.stddev);
	double		mixture;
	double		mixed;

	if (alpha > LARGE_ORDER && p.stddev != q.stddev)
		return largest_log_ratio(p, q);
	if (p.stddev == q.stddev)
		return 0.5 * delta * (alpha * delta);
	/* b is nothing beside a, or a beside b: also where its square would be no number */
	if (spread.square > 0x1p900)
		return INFINITY;
	mixture = spread.square < 0x1p-900 ? alpha : spread_of_mixture(p, q, alpha);
	if (!(mixture > 0.0))
		return INFINITY;
	mixed = log_excess((1.0 - alpha) * spread.w, mixture) / (alpha - 1.0);
	return 0.5 * delta * (delta * (alpha / mixture)) + 0.5 * (spread_excess(spread, p.stddev, q.stddev) + mixed);
}

/* ln(1 + rest w), where w may be beyond the largest number */
static double
log_of_mixture(Gaussian p, Gaussian q, double w, double rest)
{
	double		z = rest * w;
	double		log_z;

	if (w <= DBL_MAX)
		return z < 1.0 ? log_one_plus(z) : natural_log(1.0 + z);
	log_z = natural_log(rest) + 2.0 * dd_log_ratio(p.stddev, q.stddev).hi;
	return log_z > 40.0 ? log_z : log_one_plus(exponential_of(log_z));
}

/*
 * The divergence times rest, which is 1 - alpha, exactly, for 1/2 <= alpha <= 1.
 * g(w) is at least twice g(rest w)/rest; but where both are much more than what
 * is between them, their logarithms are taken instead.
 */
static double
renyi_below_1(Gaussian p, Gaussian q, double alpha, double rest)
{
	double		larger = p.stddev > q.stddev ? p.stddev : q.stddev;
	Spread		spread = spread_of(p.stddev, q.stddev);
	double		p_part = p.stddev / larger;
	double		q_part = q.stddev / larger;
	double		delta = standardised(p.mean, q.mean, larger);
	double		of_means = 0.5 * delta * (rest * (alpha / (rest * p_part * p_part + alpha * q_part * q_part))) * delta;
	double		z = rest * spread.w;

	if (spread.w <= 1.0)
		return of_means + 0.5 * (rest * spread_excess(spread, p.stddev, q.stddev) - log_excess(z, 1.0 + z));
	return of_means + 0.5 * (log_of_mixture(p, q, spread.w, rest) - rest * (2.0 * dd_log_ratio(p.stddev, q.stddev).hi));
}

static double
renyi_term(Gaussian p, Gaussian q, double alpha)
{
	double		divergence;

	if (has_point(p, q, &divergence))
		return divergence;
	if (alpha == 1.0)
		return kl_term(p, q);
	if (isinf(alpha))
		return largest_log_ratio(p, q);
	if (alpha > 1.0)
		return renyi_above_1(p, q, alpha);
	if (alpha >= 0.5)
		return renyi_below_1(p, q, alpha, 1.0 - alpha) / (1.0 - alpha);
	/* D_alpha(p, q) = alpha/(1 - alpha) D_(1 - alpha)(q, p); the support of both is the same, so D_0 is 0 */
	return alpha > 0.0 ? renyi_below_1(q, p, 1.0 - alpha, alpha) / (1.0 - alpha) : 0.0;
}

static void
add_renyi(GaussianSum *sum, Gaussian p, Gaussian q, double alpha)
{
	add_term(&sum->terms, renyi_term(p, q, alpha));
}

const GaussianMeasure gaussian_renyi = {add_renyi, sum_of_terms};

/*-- Hellinger and Wasserstein --*/

/* Below this B the distance is its root, to the last digit */
#define SMALL_EXPONENT 0x1p-60

/* What B is a sum of, and what their squares add up to where B is small */
static void
add_hellinger(GaussianSum *sum, Gaussian p, Gaussian q, double alpha)
{
	double		larger = p.stddev > q.stddev ? p.stddev : q.stddev;
	double		smaller = p.stddev > q.stddev ? q.stddev : p.stddev;
	double		divergence;
	double		square;
	double		of_means;

	(void) alpha;
	if (has_point(p, q, &divergence))
	{
		add_term(&sum->terms, divergence);
		return;
	}
	square = (larger - smaller) / larger * ((larger - smaller) / smaller);
	/* the distance is 1 long before */
	square = square < 0x1p900 ? square : 0x1p900;
	of_means = 0.5 * fabs(standardised(p.mean, q.mean, larger)) / sqrt(1.0 + smaller / larger * (smaller / larger));
	add_term(&sum->terms, 0.5 * log_one_plus(0.5 * square) + of_means * of_means);
	add_square(&sum->roots, 0.5 * sqrt(square));
	add_square(&sum->roots, of_means);
}

static double
hellinger_value(const GaussianSum *sum)
{
	double		exponent = sum_of_terms(sum);

	if (exponent < SMALL_EXPONENT)
		return root_of_squares(&sum->roots);
	return exponent < 100.0 ? sqrt(-scaled_expm1(reduce_exponential(-exponent))) : 1.0;
}

const GaussianMeasure gaussian_hellinger_distance = {add_hellinger, hellinger_value};

static void
add_wasserstein(GaussianSum *sum, Gaussian p, Gaussian q, double alpha)
{
	(void) alpha;
	add_square(&sum->roots, p.mean - q.mean);
	add_square(&sum->roots, p.stddev - q.stddev);
}

static double
wasserstein_value(const GaussianSum *sum)
{
	return root_of_squares(&sum->roots);
}

const GaussianMeasure gaussian_wasserstein_distance = {add_wasserstein, wasserstein_value};

/*-- the standard Gaussian --*/

/*
 * 1/2 (mean^2 + e^v - 1 - v): D. P. Kingma, M. Welling, Auto-Encoding Variational
 * Bayes, ICLR 2014, appendix B.
 */
double
standard_gaussian_kl_divergence(double mean, double log_variance)
{
	if (isinf(log_variance))
		return INFINITY;
	return 0.5 * mean * mean + half_exponential_excess(log_variance);
}
