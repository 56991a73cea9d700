/*-------------------------------------------------------------------------
 *
 * count_tests.c
 *	  Tests of counts: whether a difference can be chance.
 *
 *-------------------------------------------------------------------------
 */
#include "math/statistics/count_tests.h"

#include <math.h>

#include "math/assertions.h"
#include "math/measure.h"
#include "math/pair/formula.h"
#include "math/pair/slabs.h"
#include "math/pair/value.h"
#include "math/statistics/chi_square.h"

/* Bins between two polls: microseconds */
#define PIECE ((size_t) 4096)

/* The smaller one of the samples' parts of all observations */
static double
smaller_part(const Parameters *parameters)
{
	return parameters->p_part < parameters->q_part ? parameters->p_part : parameters->q_part;
}

/* s sum (p - q)^2/m */
static double
pooled_chi_square_value(const Sums *sums, const KernelArguments *arguments)
{
	return sums->slots[0] / sums->mass - smaller_part(arguments->parameters) * squared_excess(sums);
}

static const Formula pooled_chi_square_formula = {
	.kernel = KERNEL_pooled_chi_square,
	.positive = KERNEL_pooled_chi_square,
	.first_order = NO,
	.supports_only = NO,
	.value = pooled_chi_square_value
};

/* v D(p||m) + w D(q||m) */
static double
pooled_relative_entropy_value(const Sums *sums, const KernelArguments *arguments)
{
	const Parameters *parameters = arguments->parameters;

	return sums->slots[0] / sums->mass - 0.5 * parameters->p_part * parameters->q_part * squared_excess(sums);
}

static const Formula pooled_relative_entropy_formula = {
	.kernel = KERNEL_pooled_relative_entropy,
	.positive = KERNEL_pooled_relative_entropy,
	.first_order = NO,
	.supports_only = NO,
	.value = pooled_relative_entropy_value
};

/* No measures of the table, but evaluated as these are */
static const Measure pooled_chi_square = {
	.name = "pooled chi-square",
	.kind = DIVERGENCE,
	.takes = TAKES_REFERENCE,
	.formula = &pooled_chi_square_formula,
	.transform = as_it_is
};

static const Measure pooled_relative_entropy = {
	.name = "pooled relative entropy",
	.kind = DIVERGENCE,
	.takes = TAKES_REFERENCE,
	.formula = &pooled_relative_entropy_formula,
	.transform = as_it_is
};

CountTest
complete_test(double chi_square, double statistic, double df, double n, double dimensions, double min_expected)
{
	CountTest	test = {.df = df, .p_value = 1.0, .min_expected = min_expected, .n = n};

	if (df <= 0.0)
		return test;
	test.statistic = statistic;
	test.p_value = chi_square_tail(statistic, df);
	test.effect_size = sqrt(chi_square / (n * dimensions));
	test.null_effect_size = sqrt(df / (n * dimensions));
	return test;
}

/* A power of two that brings a total near 1, so that what is divided by it is a number */
static double
unit_of_total(double total)
{
	int			exponent = exponent_of(total);

	return power_of_two(exponent > 1022 ? -1022 : exponent < -1022 ? 1022 : -exponent);
}

/* What weights are multiplied with, one after the other, to become numbers of observations: 1 if they are */
typedef struct CountScale
{
	double		unit;
	double		factor;
} CountScale;

static CountScale
scale_to_counts(const Sample *sample)
{
	CountScale	scale = {1.0, 1.0};

	if (sample->n == sample->total)
		return scale;
	scale.unit = unit_of_total(sample->total);
	scale.factor = sample->n / (sample->total * scale.unit);
	return scale;
}

/* What makes pooled counts, and expected ones of these */
typedef struct Pooling
{
	CountScale	p;
	CountScale	q;
	Expectation expectation;
} Pooling;

static Pooling
pooling_of(const SamplePair *pair)
{
	double		unit = unit_of_total(pair->q.total);

	if (isinf(pair->q.n))
		return (Pooling) {{0.0, 0.0}, {unit, 1.0}, {pair->p.n, pair->q.total * unit}};
	return (Pooling) {
		scale_to_counts(&pair->p), scale_to_counts(&pair->q),
		{pair->p.n < pair->q.n ? pair->p.n : pair->q.n, pair->p.n + pair->q.n}
	};
}

static inline double
pooled_count(double p, double q, const Pooling *pooling)
{
	return p * pooling->p.unit * pooling->p.factor + q * pooling->q.unit * pooling->q.factor;
}

BinSummary
summarise_bins(const SamplePair *pair, SlabRunner run)
{
	const double *p = pair->p.weights;
	const double *q = pair->q.weights;
	Pooling		pooling = pooling_of(pair);
	BinSummary	summary = {0, INFINITY, pooling.expectation};

	for (size_t first = 0; first < pair->bins; first += PIECE)
	{
		size_t		end = pair->bins - first < PIECE ? pair->bins : first + PIECE;

		poll_at(run, first);
		for (size_t bin = first; bin < end; bin++)
		{
			double		pooled = pooled_count(p[bin], q[bin], &pooling);
			bool		observed = p[bin] > 0.0 || q[bin] > 0.0;

			summary.bins += observed;
			summary.least = observed && pooled < summary.least ? pooled : summary.least;
		}
	}
	return summary;
}

void
pool_bins(const SamplePair *pair, double *pooled, SlabRunner run)
{
	const double *p = pair->p.weights;
	const double *q = pair->q.weights;
	Pooling		pooling = pooling_of(pair);
	bool		known = isinf(pair->q.n);

	for (size_t bin = 0; bin < pair->bins; bin++)
	{
		poll_at(run, bin);
		pooled[bin] = known && q[bin] == 0.0 && p[bin] > 0.0 ? INFINITY : pooled_count(p[bin], q[bin], &pooling);
		/* only what nobody has is left out, not what is next to nothing */
		if (pooled[bin] < DBL_MIN && (p[bin] > 0.0 || q[bin] > 0.0))
			pooled[bin] = DBL_MIN;
	}
}

static double
value_of_pair(const Measure *measure, const SamplePair *pair, const Parameters *parameters, SlabRunner run)
{
	Weights		p = dense_weights(pair->p.weights, pair->bins);
	Weights		q = dense_weights(pair->q.weights, pair->bins);
	Finding		finding;
	double		value = evaluate_measure(measure, &p, &q, parameters, run, &finding);

	assert_that(finding.judgement == WEIGHTS_VALID);
	return value;
}

static CountTest
test_fit(const SamplePair *pair, double df, double min_expected, TestStatistic statistic, SlabRunner run)
{
	Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
	double		n = pair->p.n;
	double		chi_square = n * value_of_pair(&chi_square_divergence_measure, pair, &parameters, run);
	double		g = 0.0;

	if (statistic == G_STATISTIC)
		g = 2.0 * n * value_of_pair(&kl_divergence_measure, pair, &parameters, run);
	return complete_test(chi_square, statistic == G_STATISTIC ? g : chi_square, df, n, 1.0, min_expected);
}

static CountTest
test_two_samples(const SamplePair *pair, double df, double min_expected, TestStatistic statistic, SlabRunner run)
{
	Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
	double		n = pair->p.n + pair->q.n;
	double		larger = pair->p.n > pair->q.n ? pair->p.n : pair->q.n;
	double		chi_square;
	double		g = 0.0;

	parameters.p_part = pair->p.n / n;
	parameters.q_part = pair->q.n / n;
	chi_square = larger * value_of_pair(&pooled_chi_square, pair, &parameters, run);
	/* where nothing overlaps it is n, and may have been rounded up */
	chi_square = chi_square < n ? chi_square : n;
	if (statistic == G_STATISTIC)
		g = 2.0 * n * value_of_pair(&pooled_relative_entropy, pair, &parameters, run);
	return complete_test(chi_square, statistic == G_STATISTIC ? g : chi_square, df, n, 1.0, min_expected);
}

CountTest
test_pair(const SamplePair *pair, const BinSummary *summary, TestStatistic statistic, SlabRunner run)
{
	bool		known = isinf(pair->q.n);
	double		min_expected = smallest_expected(summary->least, &summary->expectation);

	assert_that(summary->bins == pair->bins && pair->p.n > 0.0 && pair->q.n > 0.0);
	if (pair->bins == 1)
		return complete_test(0.0, 0.0, 0.0, known ? pair->p.n : pair->p.n + pair->q.n, 1.0, min_expected);
	return (known ? test_fit : test_two_samples) (pair, (double) pair->bins - 1.0, min_expected, statistic, run);
}

Residual
standardized_residual(double p, double q, double p_total, double q_total)
{
	double		n = p_total + q_total;
	double		rest = (p_total - p) + (q_total - q);
	double		expected = p_total * ((p + q) / n);
	double		p_error;
	double		q_error;
	double		p_product = two_product(p, q_total, &p_error);
	double		q_product = two_product(q, p_total, &q_error);
	double		difference = ((p_product - q_product) + (p_error - q_error)) / n;
	Residual	residual = {expected, NAN, NAN};

	if (!(rest > 0.0))
		return residual;
	/* the same for q, but for the sign, to the bit */
	residual.residual = p + q > 0.0 ? difference / sqrt((p_total * q_total / n) * (((p + q) / n) * (rest / n))) : 0.0;
	residual.p_value = chi_square_tail(residual.residual * residual.residual, 1.0);
	return residual;
}

size_t
find_fraction(const double *weights, size_t count)
{
	/* to this a number has to be rounded to a whole one; those that are larger are whole */
	const double whole = 0x1p52;

	for (size_t bin = 0; bin < count; bin++)
		if (weights[bin] < whole && (weights[bin] + whole) - whole != weights[bin])
			return bin;
	return count;
}
