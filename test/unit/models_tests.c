/*-------------------------------------------------------------------------
 *
 * models_tests.c
 *	  Divergences between models that are known in closed form, and estimates
 *	  from log-probabilities.
 *
 *-------------------------------------------------------------------------
 */
#include "models_tests.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/models/gaussian.h"
#include "math/models/log_probabilities.h"
#include "math/models/multivariate_gaussian.h"
#include "math/models/poisson.h"
#include "math/models/term_sum.h"

#define MOST_DIMENSIONS 20
#define MOST_NUMBERS (MOST_DIMENSIONS * MOST_DIMENSIONS)
#define LINE_LENGTH 40000

/* The worst relative errors, in units of their tolerance: by kind of line */
typedef struct Worst
{
	char		kind[20];
	double		error;
	double		in_tolerances;
	int			count;
} Worst;

static Worst worst[20];

static void
note_error(const char *kind, double error, double tolerance)
{
	Worst	   *w = worst;

	while (w->kind[0] != '\0' && strcmp(w->kind, kind) != 0)
		w++;
	snprintf(w->kind, sizeof(w->kind), "%s", kind);
	w->count++;
	if (error > w->error)
		w->error = error;
	if (error / tolerance > w->in_tolerances)
		w->in_tolerances = error / tolerance;
}

/* Of the exact value, in units of the smallest number if it is below the normal ones; equal if it is 0 or Infinity */
static bool
is_near(const char *kind, double value, double exact, double tolerance)
{
	double		error = fabs(value - exact);

	if (value == exact)
		return true;
	if (fabs(exact) > 1e-300 && !isinf(exact))
		note_error(kind, error / fabs(exact), tolerance);
	if (exact != 0.0 && error <= tolerance * fabs(exact) + (fabs(exact) < 1e-300 ? 0x1p-1073 : 0.0))
		return true;
	/* what is less than the smallest number */
	if (exact == 0.0 && value == 0x1p-1074)
		return true;
	printf("# %.17g, not %.17g\n", value, exact);
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

static double
gaussian_value(const GaussianMeasure *measure, double alpha, size_t dimensions, double numbers[4][MOST_NUMBERS], bool swapped)
{
	GaussianSum sum = {.terms = {.infinite = false}};

	for (size_t i = 0; i < dimensions; i++)
	{
		Gaussian	p = {numbers[0][i], numbers[1][i]};
		Gaussian	q = {numbers[2][i], numbers[3][i]};

		measure->add(&sum, swapped ? q : p, swapped ? p : q, alpha);
	}
	return measure->value(&sum);
}

static bool
check_gaussian(const char *name, double alpha, double exact, double tolerance, char texts[4][LINE_LENGTH])
{
	double		numbers[4][MOST_NUMBERS];
	size_t		dimensions = 0;
	const GaussianMeasure *measure = strcmp(name, "kl") == 0 ? &gaussian_kl_divergence :
		strcmp(name, "renyi") == 0 ? &gaussian_renyi :
		strcmp(name, "hellinger") == 0 ? &gaussian_hellinger_distance :
		strcmp(name, "wasserstein") == 0 ? &gaussian_wasserstein_distance : NULL;
	double		value;

	if (measure == NULL)
		return false;
	for (int i = 0; i < 4; i++)
		dimensions = read_numbers(texts[i], numbers[i], MOST_NUMBERS);
	value = gaussian_value(measure, alpha, dimensions, numbers, false);
	if ((measure == &gaussian_hellinger_distance || measure == &gaussian_wasserstein_distance) &&
		value != gaussian_value(measure, alpha, dimensions, numbers, true))
	{
		printf("# not symmetric\n");
		return false;
	}
	return value >= 0.0 && is_near(name, value, exact, tolerance);
}

static void
run_rows(SlabTask task, void *job, size_t first, size_t end)
{
	for (size_t slab = first; slab < end; slab++)
		task(job, slab);
}

static double
multivariate_value(size_t dimensions, double numbers[4][MOST_NUMBERS], CovarianceFault *fault)
{
	double		work[MOST_NUMBERS * 3 + 2 * MOST_DIMENSIONS];

	return multivariate_gaussian_kl_divergence(dimensions, numbers[0], numbers[1], numbers[2], numbers[3], run_rows, work, fault);
}

static bool
check_multivariate(double exact, double tolerance, char texts[4][LINE_LENGTH])
{
	double		numbers[4][MOST_NUMBERS];
	size_t		dimensions = read_numbers(texts[0], numbers[0], MOST_NUMBERS);
	CovarianceFault fault;
	double		value;

	for (int i = 1; i < 4; i++)
		read_numbers(texts[i], numbers[i], MOST_NUMBERS);
	value = multivariate_value(dimensions, numbers, &fault);
	if (fault.found || !is_near("multivariate", value, exact, tolerance))
		return false;
	/* of a distribution and itself */
	memcpy(numbers[0], numbers[2], sizeof(numbers[0]));
	memcpy(numbers[1], numbers[3], sizeof(numbers[1]));
	return multivariate_value(dimensions, numbers, &fault) == 0.0 && !fault.found;
}

static bool
check_sampled(const char *name, double exact, double tolerance, double p_log, double q_log)
{
	for (int i = 0; sampled_estimator_names[i] != NULL; i++)
		if (strcmp(name, sampled_estimator_names[i]) == 0)
			return is_near(name, sampled_kl_divergence((SampledEstimator) i, p_log, q_log), exact, tolerance);
	return false;
}

static bool
check_line(const char *line)
{
	static char texts[4][LINE_LENGTH];
	char		name[20];
	double		a;
	double		b;
	double		c;
	double		d;

	if (sscanf(line, "standard %lf %lf %lf %lf", &a, &b, &c, &d) == 4)
		return is_near("standard", standard_gaussian_kl_divergence(c, d), a, b);
	if (sscanf(line, "poisson %lf %lf %lf %lf", &a, &b, &c, &d) == 4)
		return is_near("poisson", poisson_kl_divergence(c, d), a, b);
	if (sscanf(line, "sampled %19s %lf %lf %lf %lf", name, &a, &b, &c, &d) == 5)
		return check_sampled(name, a, b, c, d);
	if (sscanf(line, "multivariate %lf %lf %39999s %39999s %39999s %39999s", &a, &b, texts[0], texts[1], texts[2], texts[3]) == 6)
		return check_multivariate(a, b, texts);
	if (sscanf(line, "%19s %lf %lf %lf %39999s %39999s %39999s %39999s", name, &a, &b, &c, texts[0], texts[1], texts[2], texts[3]) == 8)
		return check_gaussian(name, a, b, c, texts);
	return line[0] == '#';
}

static void
test_table(void (*check) (bool passed, const char *what), const char *path)
{
	static char line[LINE_LENGTH];
	static char what[160];
	FILE	   *file = fopen(path, "r");
	int			count = 0;

	if (file == NULL)
	{
		perror(path);
		exit(2);
	}
	while (fgets(line, sizeof(line), file) != NULL)
	{
		line[strcspn(line, "\n")] = '\0';
		snprintf(what, sizeof(what), "the exact value of a model: %.120s", line);
		check(check_line(line), what);
		count++;
	}
	fclose(file);
	check(count > 1700, "there are exact values of models");
	for (const Worst *w = worst; w->kind[0] != '\0'; w++)
		printf("# %s: worst relative error %.2g, %.2g of what is allowed\n", w->kind, w->error, w->in_tolerances);
}

/* A standard deviation of 0 is a point */
static void
test_points(void (*check) (bool passed, const char *what))
{
	static const double orders[] = {0.0, 0.25, 0.5, 0.75, 1.0, 2.0, INFINITY};
	bool		passed = true;

	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
	{
		double		numbers[4][MOST_NUMBERS] = {{1.0}, {0.0}, {1.0}, {0.0}};

		passed = passed && gaussian_value(&gaussian_renyi, orders[i], 1, numbers, false) == 0.0;
		numbers[2][0] = 2.0;
		passed = passed && gaussian_value(&gaussian_renyi, orders[i], 1, numbers, false) == INFINITY;
		numbers[3][0] = 2.0;
		passed = passed && gaussian_value(&gaussian_renyi, orders[i], 1, numbers, false) == INFINITY;
		passed = passed && gaussian_value(&gaussian_renyi, orders[i], 1, numbers, true) == INFINITY;
		passed = passed && gaussian_value(&gaussian_hellinger_distance, 1.0, 1, numbers, false) == 1.0;
		passed = passed && gaussian_value(&gaussian_wasserstein_distance, 1.0, 1, numbers, false) == sqrt(5.0);
	}
	check(passed, "points have divergences of 0 or Infinity");
	check(standard_gaussian_kl_divergence(0.0, -INFINITY) == INFINITY && poisson_kl_divergence(0.0, 0.0) == 0.0 && poisson_kl_divergence(2.0, 0.0) == INFINITY,
		  "points and the standard Gaussian, rates of 0");
	check(sampled_kl_divergence(SAMPLED_K1, -1.0, -INFINITY) == INFINITY && sampled_kl_divergence(SAMPLED_K2, -1.0, -INFINITY) == INFINITY &&
		  sampled_kl_divergence(SAMPLED_K3, -1.0, -INFINITY) == INFINITY, "what the reference excludes");
	check(rest_of_probability(-1e-20) == 1e-20 && rest_of_probability(0.0) == 0.0 && rest_of_probability(-INFINITY) == 1.0 && probability_of(-INFINITY) == 0.0,
		  "what a probability leaves of 1");
}

/* Whatever the order: never negative, 0 if and only if equal, not smaller for a larger order */
static void
test_orders(void (*check) (bool passed, const char *what))
{
	bool		passed = true;

	for (int i = 0; i < 20000; i++)
	{
		/* deviations and means that differ by 1 to 1e-16 of them, or nothing */
		double		size = pow(10.0, -(i % 17));
		double		numbers[4][MOST_NUMBERS] = {{0.3}, {0.7 + 0.01 * (i % 31)}};
		double		last = 0.0;

		numbers[2][0] = 0.3 + (i % 3 - 1) * size * (1.0 + 0.01 * (i % 91));
		numbers[3][0] = numbers[1][0] * (1.0 + (i / 3 % 3 - 1) * 0.9 * size);
		for (double alpha = 1e-3; alpha < 1e4; alpha *= 1.7)
		{
			double		value = gaussian_value(&gaussian_renyi, alpha, 1, numbers, false);
			bool		equal = numbers[0][0] == numbers[2][0] && numbers[1][0] == numbers[3][0];

			passed = passed && (value == 0.0) == equal && value >= last * (1.0 - 1e-13);
			last = value;
		}
		passed = passed && last <= gaussian_value(&gaussian_renyi, INFINITY, 1, numbers, false) * (1.0 + 1e-13);
	}
	check(passed, "Renyi's divergence of Gaussians grows with its order, from 0 if and only if they are equal");
}

static void
test_covariances(void (*check) (bool passed, const char *what))
{
	double		identity[4][MOST_NUMBERS] = {{0, 0}, {1, 0, 0, 1}, {0, 0}, {1, 0, 0, 1}};
	double		singular[4][MOST_NUMBERS] = {{0, 0}, {1, 1, 1, 1}, {0, 0}, {1, 0, 0, 1}};
	double		indefinite[4][MOST_NUMBERS] = {{0, 0}, {0, 1, 1, 1}, {0, 0}, {1, 0, 0, 1}};
	double		of_q[4][MOST_NUMBERS] = {{0, 0}, {1, 0, 0, 1}, {0, 0}, {1, 2, 2, 1}};
	double		nothing[4][MOST_NUMBERS] = {{0, 0}, {0, 0, 0, 0}, {0, 0}, {1, 0, 0, 1}};
	CovarianceFault fault;

	check(multivariate_value(2, identity, &fault) == 0.0 && !fault.found, "equal covariances");
	check(multivariate_value(2, singular, &fault) == INFINITY && !fault.found, "a singular covariance of p");
	check(multivariate_value(2, nothing, &fault) == INFINITY && !fault.found, "a covariance of p of zeros");
	multivariate_value(2, indefinite, &fault);
	check(fault.found && !fault.in_reference && fault.row == 1, "a covariance of p that is none");
	multivariate_value(2, of_q, &fault);
	check(fault.found && fault.in_reference && fault.row == 1, "a covariance of q that is none");
	memcpy(of_q[3], singular[1], sizeof(of_q[3]));
	multivariate_value(2, of_q, &fault);
	check(fault.found && fault.in_reference && fault.row == 1, "a singular covariance of q");
}

static void
test_sums(void (*check) (bool passed, const char *what))
{
	TermSum		sum = {.infinite = false};
	SquareSum	squares = {.infinite = false};

	for (int i = 0; i < 3; i++)
		add_term(&sum, 1.5e308);
	check(sum_over(&sum, 3.0) == 1.5e308 && sum_over(&sum, 1.0) == INFINITY, "a mean of huge terms");
	add_term(&sum, -INFINITY);
	check(sum_over(&sum, 4.0) == -INFINITY, "a sum with -Infinity");
	add_term(&sum, INFINITY);
	check(sum_over(&sum, 4.0) == INFINITY, "Infinity in a sum");
	add_square(&squares, 3e-320);
	check(root_of_squares(&squares) == 3e-320, "a square that is no number");
	add_square(&squares, 4.0);
	add_square(&squares, -3.0);
	check(root_of_squares(&squares) == 5.0, "a root of squares");
	add_square(&squares, 3e307);
	add_square(&squares, 4e307);
	check(fabs(root_of_squares(&squares) - 5e307) < 1e292, "a root of huge squares");
	add_square(&squares, -INFINITY);
	check(root_of_squares(&squares) == INFINITY, "a root of Infinity");
}

void
test_models(void (*check) (bool passed, const char *what), const char *path)
{
	test_sums(check);
	test_points(check);
	test_orders(check);
	test_covariances(check);
	test_table(check, path);
}
