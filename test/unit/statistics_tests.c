/*-------------------------------------------------------------------------
 *
 * statistics_tests.c
 *	  Numbers of tests and estimates.
 *
 *-------------------------------------------------------------------------
 */
#include "statistics_tests.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "count_test_tests.h"
#include "math/statistics/adjustment.h"
#include "math/statistics/chi_square.h"
#include "math/statistics/entropy_estimate.h"
#include "math/statistics/evidence.h"
#include "math/statistics/gamma.h"
#include "math/statistics/noncentral.h"

/* Of the exact value; below 1e-300 half of the smallest number more */
static bool
is_near(double value, double exact, double tolerance)
{
	bool		passed = fabs(value - exact) <= tolerance * fabs(exact) + (exact < 1e-300 ? 0x1.8p-1074 : 0.0);

	if (!passed)
		printf("# %.17g, not %.17g\n", value, exact);
	return passed;
}

/* The quantile of a tail, or of what it was rounded to: by its own error, or by that of its tail */
static bool
inverse_fits(double df, double statistic, double p, double tolerance)
{
	double		inverse = chi_square_tail_inverse(p, df);

	if (!(p > 1e-300 && p < 1.0 - 1e-12) || inverse == 0.0)
		return true;
	tolerance = tolerance > 1e-13 ? tolerance : 1e-13;
	if (fabs(inverse - statistic) <= tolerance * statistic || fabs(chi_square_tail(inverse, df) - p) <= tolerance * p)
		return true;
	printf("# inverse for p = %.17g, df = %g: %.17g, not %.17g\n", p, df, inverse, statistic);
	return false;
}

/* "1,2,3" */
static size_t
read_numbers(const char *text, double *numbers, size_t limit)
{
	size_t		count = 0;
	char	   *end;

	for (; count < limit; text = end + 1)
	{
		numbers[count++] = strtod(text, &end);
		if (*end != ',')
			break;
	}
	return count;
}

#define MOST_COUNTS 100

static bool
check_entropy(const char *name, double exact, const char *text)
{
	double		counts[MOST_COUNTS];
	size_t		bins = read_numbers(text, counts, MOST_COUNTS);
	CountSummary summary = {.bins = 0.0};
	EntropySum	sum = {0.0, 0.0};
	size_t		half = bins / 2;
	const EntropyEstimator *estimator = NULL;

	for (size_t i = 0; entropy_estimator_at(i) != NULL; i++)
		if (strcmp(entropy_estimator_name(entropy_estimator_at(i)), name) == 0)
			estimator = entropy_estimator_at(i);
	if (estimator == NULL)
		return false;
	/* in two pieces */
	summarise_counts(&summary, counts, half);
	summarise_counts(&summary, counts + half, bins - half);
	add_entropy_terms(estimator, &summary, counts, half, &sum);
	add_entropy_terms(estimator, &summary, counts + half, bins - half, &sum);
	return is_near(estimated_entropy(estimator, &summary, sum), exact, 1e-14);
}

static double
total_of(const double *weights, size_t bins)
{
	double		total = 0.0;

	for (size_t bin = 0; bin < bins; bin++)
		total += weights[bin];
	return total;
}

/* A ratio of 0: q is known */
static bool
check_evidence(double exact, double concentration, const char *p_text, const char *q_text, double ratio)
{
	double		p[MOST_COUNTS];
	double		q[MOST_COUNTS];
	size_t		bins = read_numbers(p_text, p, MOST_COUNTS);
	Evidence	evidence;
	double		value;

	if (read_numbers(q_text, q, MOST_COUNTS) != bins)
		return false;
	begin_evidence(&evidence, concentration);
	if (ratio > 0.0)
		add_assigned(&evidence, p, q, ratio, bins);
	else
	{
		add_known(&evidence, p, total_of(p, bins), q, total_of(q, bins), bins);
		end_known(&evidence, total_of(p, bins));
	}
	value = log_evidence(&evidence);
	/* what cancels in the logarithm of a ratio of likelihoods is as large as the number of bins */
	return fabs(value - exact) <= 1e-14 * (double) bins || is_near(value, exact, 1e-13);
}

static bool
check_line(const char *line)
{
	char		first[400];
	char		second[400];

	double		a;
	double		b;
	double		c;
	double		d;
	bool		right;

	if (is_about_count_tests(line, &right))
		return right;
	if (sscanf(line, "tail %lf %lf %lf %lf", &a, &b, &c, &d) == 4)
		return is_near(chi_square_tail(b, a), c, d) && inverse_fits(a, b, c, d);
	if (sscanf(line, "noncentral %lf %lf %lf %lf", &a, &b, &c, &d) == 4)
		return is_near(noncentral_tail(c, a, b), d, 1e-14) &&
			(d > 0.999 || is_near(noncentrality_of_power(c, a, d), b, 1e-12));
	if (sscanf(line, "stirling %lf %lf", &a, &b) == 2)
		return fabs(stirling_error(a) - b) <= 4e-16 * (b > 1.0 ? b : 1.0);
	if (sscanf(line, "digamma %lf %lf %lf", &a, &b, &c) == 3)
		return is_near(digamma_difference(a, b), c, 1e-15);
	if (sscanf(line, "entropy %399s %lf %399s", first, &a, second) == 3)
		return check_entropy(first, a, second);
	if (sscanf(line, "known %lf %lf %399s %399s", &a, &b, first, second) == 4)
		return check_evidence(a, b, first, second, 0.0);
	if (sscanf(line, "assigned %lf %lf %399s %399s %lf", &a, &b, first, second, &c) == 5)
		return check_evidence(a, b, first, second, c);
	return line[0] == '#';
}

static void
test_table(void (*check) (bool passed, const char *what), const char *path)
{
	FILE	   *file = fopen(path, "r");
	char		line[1200];
	char		what[1230];
	int			count = 0;

	if (file == NULL)
	{
		perror(path);
		exit(2);
	}
	while (fgets(line, sizeof(line), file) != NULL)
	{
		line[strcspn(line, "\n")] = '\0';
		snprintf(what, sizeof(what), "the exact value: %s", line);
		check(check_line(line), what);
		count++;
	}
	fclose(file);
	check(count > 610, "there are exact values");
}

/* From a value to the next one it never grows by more than its error, and never leaves [0, 1] */
static void
test_monotone(void (*check) (bool passed, const char *what))
{
	static const double degrees[] = {1e-300, 1e-9, 0.3, 0.99, 1, 1.9, 2, 7.3, 31, 1000, 77777, 1e7};
	bool		passed = true;
	char		what[100];

	for (size_t i = 0; i < sizeof(degrees) / sizeof(degrees[0]); i++)
	{
		double		df = degrees[i];
		double		width = sqrt(2.0 * df);
		double		last = 1.0;

		passed = chi_square_tail(0.0, df) == 1.0 && chi_square_tail(INFINITY, df) == 0.0;
		for (int step = 1; step < 3000; step++)
		{
			double		x = step < 1000 ? df * pow(0.001 * step, 4.0) : df + (width + 1.0) * pow((step - 1000) / 150.0, 2.0);
			double		tail = chi_square_tail(x, df);

			passed = passed && tail >= 0.0 && tail <= 1.0 && tail <= last * (1.0 + (df > 1e6 ? 1e-13 : 1e-14));
			last = tail;
		}
		snprintf(what, sizeof(what), "chi-square's tail falls: df = %g", df);
		check(passed, what);
	}
}

/* At 0 degrees of freedom, at the ends, and where a number is hardly one */
static void
test_limits(void (*check) (bool passed, const char *what))
{
	check(chi_square_tail(0.0, 0.0) == 1.0 && chi_square_tail(5e-324, 0.0) == 0.0, "0 degrees of freedom are a point");
	check(chi_square_tail_inverse(0.0, 3.0) == INFINITY && chi_square_tail_inverse(1.0, 3.0) == 0.0, "quantiles at the ends");
	check(fabs(chi_square_tail(1.0, 1e-310) / 1e-310 - 0.5 * 0.55977359477616) < 1e-10, "the tail is proportional to few degrees of freedom");
	check(chi_square_tail(5e-324, 1.0) == 1.0 && chi_square_tail(DBL_MAX, 1e9) == 0.0 && chi_square_tail(DBL_MAX, 5e-324) == 0.0,
		  "the smallest and the largest statistic");
	check(chi_square_tail_inverse(5e-324, 1.0) > 1470.0 && chi_square_tail_inverse(5e-324, 1e9) > 1e9, "the smallest level");
	check(chi_square_tail_inverse(0.5, 1e-3) == 0.0 && chi_square_tail_inverse(1.0 - 0x1p-53, 1.0) > 1e-33 &&
		  chi_square_tail_inverse(1e-3, 5e-324) == 0.0, "quantiles below the smallest number");
	check(noncentrality_of_power(3.84, 1.0, 1.0 - 0x1p-53) > 90.0, "the largest power");
}

/* Each method, by its definition with a loop over all p-values */
static double
adjusted_slowly(AdjustmentMethod method, const double *p, size_t n, size_t i)
{
	double		value = wants_largest_first(method) ? 1.0 : 0.0;
	double		harmonic = 0.0;

	for (size_t k = n; k > 0; k--)
		harmonic += 1.0 / (double) k;
	if (method == BONFERRONI)
		return fmin(1.0, (double) n * p[i]);
	for (size_t k = 0; k < n; k++)
	{
		double		rank = (double) (k + 1);

		if (method == HOLM && k <= i)
			value = fmax(value, fmin(1.0, ((double) n + 1.0 - rank) * p[k]));
		if (method != HOLM && k >= i)
			value = fmin(value, (method == BENJAMINI_HOCHBERG ? 1.0 : harmonic) * (double) n / rank * p[k]);
	}
	return value;
}

static void
test_adjustment(void (*check) (bool passed, const char *what))
{
	static const size_t sizes[] = {1, 2, 15, 333};
	double		p[333];
	char		what[100];

	for (int method = BENJAMINI_HOCHBERG; method <= BONFERRONI; method++)
	{
		bool		passed = true;

		for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
		{
			size_t		n = sizes[s];
			Adjustment	adjustment = begin_adjustment((AdjustmentMethod) method, (double) n);

			/* sorted, with ties, 0 and 1 */
			for (size_t i = 0; i < n; i++)
				p[i] = i % 7 == 3 ? p[i - 1] : pow((double) i / (double) (n > 1 ? n - 1 : 1), 3.0);
			for (size_t k = 0; k < n; k++)
			{
				size_t		i = wants_largest_first((AdjustmentMethod) method) ? n - 1 - k : k;

				passed = passed && is_near(next_adjusted(&adjustment, p[i]), adjusted_slowly((AdjustmentMethod) method, p, n, i), 1e-15 * 4.0);
			}
		}
		snprintf(what, sizeof(what), "adjusted p-values: %s", adjustment_names[method]);
		check(passed, what);
	}
	check(adjustment_names[BONFERRONI + 1] == NULL && strcmp(adjustment_names[HOLM], "holm") == 0, "every method has its name");
}

void
test_statistics(void (*check) (bool passed, const char *what), const char *path)
{
	test_limits(check);
	test_monotone(check);
	test_adjustment(check);
	test_table(check, path);
}
