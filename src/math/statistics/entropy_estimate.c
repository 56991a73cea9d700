/*-------------------------------------------------------------------------
 *
 * entropy_estimate.c
 *	  The entropy of the distribution that counts are a sample of.
 *
 *-------------------------------------------------------------------------
 */
#include "math/statistics/entropy_estimate.h"

#include "math/assertions.h"
#include "math/statistics/gamma.h"

struct EntropyEstimator
{
	const char *name;
	double		(*term) (const CountSummary *summary, double count);
	double		(*correction) (const CountSummary *summary);
};

void
summarise_counts(CountSummary *summary, const double *counts, size_t bins)
{
	DoubleDouble squares = {summary->square_high, summary->square_low};

	for (size_t bin = 0; bin < bins; bin++)
	{
		DoubleDouble square;

		summary->total += counts[bin];
		summary->seen += counts[bin] > 0.0;
		summary->singletons += counts[bin] == 1.0;
		summary->doubletons += counts[bin] == 2.0;
		square.hi = two_product(counts[bin], counts[bin], &square.lo);
		squares = dd_add(squares, square);
	}
	summary->bins += (double) bins;
	summary->square_high = squares.hi;
	summary->square_low = squares.lo;
}

static double
no_correction(const CountSummary *summary)
{
	(void) summary;
	return 0.0;
}

/*-- G. A. Miller, Note on the bias of information estimates (1955) --*/

static double
plug_in_term(const CountSummary *summary, double count)
{
	return count > 0.0 ? count / summary->total * log_ratio(summary->total, count, summary->total - count) : 0.0;
}

static double
miller_madow_correction(const CountSummary *summary)
{
	return (summary->seen - 1.0) / (2.0 * summary->total);
}

/*
 *-- J. Hausser, K. Strimmer, Entropy inference and the James-Stein estimator,
 *	 Journal of Machine Learning Research 10 (2009): shares are drawn towards the
 *	 uniform ones by lambda = (1 - sum p^2)/((n - 1) sum (1/K - p)^2) --
 */

static double
shrinkage(const CountSummary *summary)
{
	double		n = summary->total;
	DoubleDouble squares = {summary->square_high, summary->square_low};
	DoubleDouble square_of_total;
	double		spread;			/* n^2 - sum x^2 */
	double		distance;		/* sum x^2 - n^2/K, times K */

	square_of_total.hi = two_product(n, n, &square_of_total.lo);
	spread = dd_add(square_of_total, dd_negative(squares)).hi;
	distance = dd_add(dd_times_double(squares, summary->bins), dd_negative(square_of_total)).hi;
	if (n <= 1.0 || !(distance > 0.0))
		return 1.0;
	distance *= (n - 1.0) / summary->bins;
	return spread < distance ? spread / distance : 1.0;
}

static double
shrink_term(const CountSummary *summary, double count)
{
	double		lambda = shrinkage(summary);
	double		share = lambda / summary->bins + (1.0 - lambda) * (count / summary->total);
	double		rest = lambda * (1.0 - 1.0 / summary->bins) + (1.0 - lambda) * ((summary->total - count) / summary->total);

	return share > 0.0 ? share * log_ratio(1.0, share, rest) : 0.0;
}

/*
 *-- A. Chao, T.-J. Shen, Nonparametric estimation of Shannon's index of diversity
 *	 when there are unseen species in sample, Environmental and Ecological
 *	 Statistics 10 (2003): shares times the coverage 1 - f1/n, each divided by the
 *	 probability that such a bin is seen at all.  If all are singletons, one of
 *	 them is left out of f1, as R's package entropy has it. --
 */

static double
chao_shen_term(const CountSummary *summary, double count)
{
	double		n = summary->total;
	double		singletons = summary->singletons == n ? n - 1.0 : summary->singletons;
	double		share = (n - singletons) / n * (count / n);
	double		rest = ((n - count) + singletons * (count / n)) / n;
	double		seen;

	if (count == 0.0 || share >= 1.0)
		return 0.0;
	seen = -scaled_expm1(reduce_exponential(n * log_ratio(rest, 1.0, -share)));
	return share * log_ratio(1.0, share, rest) / seen;
}

/*
 *-- A. Chao, Y. T. Wang, L. Jost, Entropy and the species accumulation curve,
 *	 Methods in Ecology and Evolution 4 (2013) --
 */

static double
chao_wang_jost_term(const CountSummary *summary, double count)
{
	return count > 0.0 ? count / summary->total * digamma_difference(summary->total, count) : 0.0;
}

/*
 * 2F1(1, 1; n + 1; -y) for y > 0 by Gauss' continued fraction, whose terms are
 * all positive: NIST Digital Library of Mathematical Functions, 15.7.5.
 */
static double
gauss_fraction(double n, double y)
{
	double		c = 1.0;
	double		d = 0.0;
	double		value = 1.0;
	double		change = 2.0;

	for (int k = 1; k < 10000 && fabs(change - 1.0) > 2e-16; k++)
	{
		double		m = floor(0.5 * k);
		double		numerator = (k % 2 == 1 ? (1.0 + m) * (n + m) : m * (n + m - 1.0)) / ((n + (k - 1.0)) * (n + k)) * y;

		d = 1.0 / (1.0 + numerator * d);
		c = 1.0 + numerator / c;
		change = c * d;
		value *= change;
	}
	return 1.0 / value;
}

/*
 * -ln A - sum_{r < n} (1 - A)^r/r for n A < 1, without the many terms:
 * -ln A - (1 + 1/2 + ... + 1/(n - 1)) - sum (1 - n)_k A^k/(k k!)
 */
static double
unseen_series(double n, double a)
{
	double		term = 1.0;
	double		sum = 0.0;

	for (int k = 1; k < 200 && fabs(term) > 1e-18; k++)
	{
		term *= (k - n) * a / k;
		sum += term / k;
	}
	return -natural_log(a) - digamma_difference(n, 1.0) - sum;
}

/*
 * The part of bins that were not seen: with A = 2 f2/((n - 1) f1 + 2 f2),
 * f1/n (1 - A)^(1 - n) (-ln A - sum_{r < n} (1 - A)^r/r), which is also
 * f1/n z^(1 - n) B(z; n, 0) with z = 1 - A, an incomplete beta function.  If
 * there are no doubletons, one is put in the place of a singleton, as iNEXT does.
 */
static double
chao_wang_jost_correction(const CountSummary *summary)
{
	double		n = summary->total;
	double		f1 = summary->singletons;
	double		once = (n - 1.0) * (summary->doubletons > 0.0 ? f1 : f1 - 1.0);
	double		twice = 2.0 * (summary->doubletons > 0.0 ? summary->doubletons : 1.0);
	double		a = twice / (once + twice);
	double		z = once / (once + twice);

	if (f1 == 0.0 || z <= 0.0)
		return 0.0;
	if (n * a >= 1.0)
		return f1 / n * (z / (n * a)) * gauss_fraction(n, z / a);
	return f1 / n * unseen_series(n, a) / scaled_exp(reduce_exponential((n - 1.0) * log_ratio(z, 1.0, -a)));
}

/*-- the table --*/

static const EntropyEstimator estimators[] = {
	{.name = "chao_wang_jost", .term = chao_wang_jost_term, .correction = chao_wang_jost_correction},
	{.name = "chao_shen", .term = chao_shen_term, .correction = no_correction},
	{.name = "miller_madow", .term = plug_in_term, .correction = miller_madow_correction},
	{.name = "shrink", .term = shrink_term, .correction = no_correction}
};

const EntropyEstimator *
entropy_estimator_at(size_t position)
{
	return position < sizeof(estimators) / sizeof(estimators[0]) ? &estimators[position] : NULL;
}

const char *
entropy_estimator_name(const EntropyEstimator *estimator)
{
	return estimator->name;
}

void
add_entropy_terms(const EntropyEstimator *estimator, const CountSummary *summary,
				  const double *counts, size_t bins, EntropySum *sum)
{
	DoubleDouble total = {sum->hi, sum->lo};

	assert_that(summary->total > 0.0);
	for (size_t bin = 0; bin < bins; bin++)
		total = dd_add_double(total, estimator->term(summary, counts[bin]));
	*sum = (EntropySum) {total.hi, total.lo};
}

double
estimated_entropy(const EntropyEstimator *estimator, const CountSummary *summary, EntropySum sum)
{
	return sum.hi + estimator->correction(summary);
}
