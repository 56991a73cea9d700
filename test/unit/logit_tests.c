/*-------------------------------------------------------------------------
 *
 * logit_tests.c
 *	  Distributions that are given by logits.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/instruction_set.h"
#include "math/logits/logits.h"
#include "math/pair/slabs.h"

#include "bits_tests.h"
#include "inputs.h"
#include "logit_tests.h"

typedef void (*Check) (bool passed, const char *what);

#define MOST_LOGITS 40

static size_t
read_list(const char *text, double *numbers)
{
	size_t		count = 0;
	char	   *end;

	do
	{
		numbers[count++] = strtod(text, &end);
		text = end + 1;
	} while (*end == ',' && count < MOST_LOGITS);
	return count;
}

/* Numbers of less than normal size have fewer digits */
static bool
is_within(double value, double exact, double tolerance)
{
	return value == exact || fabs(value - exact) <= tolerance * fabs(exact) + 1e-320;
}

static double worst = 0.0;

static bool
is_exact(double value, double exact)
{
	if (fabs(exact) > 1e-290 && isfinite(exact))
		worst = fmax(worst, fabs(value / exact - 1.0));
	return is_within(value, exact, 4e-15);
}

static bool
check_line(const char *line)
{
	static char first[1500];
	static char second[1500];
	double		p[MOST_LOGITS];
	double		q[MOST_LOGITS];
	double		a;
	double		b;
	double		temperature;
	int			label;
	size_t		n;
	Weights		p_weights;
	Weights		q_weights;
	Finding		finding;

	if (sscanf(line, "pair %lf %lf %1499s %1499s", &a, &temperature, first, second) == 4 ||
		sscanf(line, "weights %lf %lf %1499s %1499s", &a, &temperature, first, second) == 4)
	{
		n = read_list(first, p);
		if (read_list(second, q) != n)
			return false;
		p_weights = dense_weights(p, n);
		q_weights = dense_weights(q, n);
		if (line[0] == 'p')
			return is_exact(softmax_divergence(&p_weights, &q_weights, temperature, run_slabs_serially, &finding), a);
		return is_exact(distribution_cross_entropy(&p_weights, &q_weights, temperature, run_slabs_serially, &finding), a);
	}
	if (sscanf(line, "label %lf %d %lf %1499s", &a, &label, &temperature, first) == 4)
	{
		p_weights = dense_weights(p, read_list(first, p));
		return is_exact(label_cross_entropy((size_t) label, &p_weights, temperature, run_slabs_serially, &finding), a);
	}
	if (sscanf(line, "side %lf %lf %lf %1499s", &a, &b, &temperature, first) == 4)
	{
		ExponentialSum sum = no_exponentials();
		double		rows;
		double		all;
		double		largest = 0.0;

		n = read_list(first, p);
		p_weights = dense_weights(p, n);
		for (size_t i = 0; i < n; i++)
		{
			add_exponential(&sum, p[i]);
			largest = isfinite(p[i]) ? fmax(largest, fabs(p[i])) : largest;
		}
		rows = log_of_exponentials(&sum);
		all = log_sum_exp(&p_weights, run_slabs_serially, &finding);
		return is_exact(softmax_entropy(&p_weights, temperature, run_slabs_serially, &finding), a) &&
			fabs(all - b) <= 4e-16 * fmax(fmin(largest, 1e4), fabs(b)) && fabs(rows - b) <= 8e-16 * fmax(fmin(largest, 1e4), fabs(b));
	}
	return line[0] == '#';
}

static void
test_table(Check check, const char *path)
{
	static char line[3200];
	char		what[200];

	for (size_t set = 0; instruction_set_name(set) != NULL; set++)
	{
		FILE	   *file = fopen(path, "r");
		int			count = 0;
		int			wrong = 0;

		if (file == NULL)
		{
			perror(path);
			exit(2);
		}
		use_instruction_set(instruction_set_name(set));
		while (fgets(line, sizeof(line), file) != NULL)
		{
			count++;
			if (!check_line(line) && wrong++ < 5)
				printf("# wrong: %.150s\n", line);
		}
		fclose(file);
		snprintf(what, sizeof(what), "the exact values of logits, with %s", instruction_set_name(set));
		check(wrong == 0 && count > 700, what);
	}
	printf("# logits: the worst relative error is %.2g\n", worst);
}

/* What a pair of logits gives, all of it */
static void
all_values(const double *p, const double *q, size_t n, double temperature, double *values)
{
	Weights		p_weights = dense_weights(p, n);
	Weights		q_weights = dense_weights(q, n);
	double		shares[3] = {1.0, 0.0, 2.0};
	Weights		few = dense_weights(shares, n < 3 ? n : 3);
	Weights		few_logits = dense_weights(q, n < 3 ? n : 3);
	Finding		finding;

	values[0] = softmax_divergence(&p_weights, &q_weights, temperature, run_slabs_serially, &finding);
	values[1] = softmax_entropy(&p_weights, temperature, run_slabs_serially, &finding);
	values[2] = label_cross_entropy(n - 1, &q_weights, temperature, run_slabs_serially, &finding);
	values[3] = distribution_cross_entropy(&few, &few_logits, temperature, run_slabs_serially, &finding);
	values[4] = log_sum_exp(&p_weights, run_slabs_serially, &finding);
}

#define VALUES 5

/* A weight's exponent and mantissa are as good as its logarithm, without asking libm for one */
static double
logit_of_weight(double weight)
{
	int			exponent;
	double		mantissa = frexp(weight, &exponent);

	return weight > 0.0 ? mantissa + 0.7 * exponent : -INFINITY;
}

/* Logits of every kind: log-weights, of which some are -Infinity, and a second side that may be near or far */
static bool
make_logits(const char *kind, size_t n, double *p, double *q)
{
	if (!make_inputs(kind, n, 11, p, q))
		return false;
	for (size_t i = 0; i < n; i++)
	{
		p[i] = logit_of_weight(p[i]);
		q[i] = logit_of_weight(q[i]);
	}
	return true;
}

static void
test_bits_of_logits(Check check, const char *bits_path)
{
	static const char *const names[VALUES] = {
		"softmax_kl_divergence", "softmax_entropy", "softmax_cross_entropy", "softmax_cross_entropy_of_weights", "logsumexp"
	};
	static const char *const kinds[] = {"flat", "sparse", "near-1e-6", "near-1e-12", "zeros", "denormal", "skewed", "counts", "far-apart"};
	static const size_t sizes[] = {1, 7, 8, 9, 100, 511, 513, 4099, 70000};
	static const double temperatures[] = {1.0, 2.0, 0.3};
	uint64_t	checksums[VALUES] = {0};
	bool		same = true;
	bool		possible = true;
	char		what[150];

	for (size_t k = 0; k < 9 * 9 * 3; k++)
	{
		size_t		n = sizes[k % 9];
		double		temperature = temperatures[k / 81];
		double	   *p = malloc(n * sizeof(double));
		double	   *q = malloc(n * sizeof(double));
		double		first[VALUES];
		double		values[VALUES];

		if (p != NULL && q != NULL && make_logits(kinds[k / 9 % 9], n, p, q))
		{
			for (size_t set = 0; instruction_set_name(set) != NULL; set++)
			{
				use_instruction_set(instruction_set_name(set));
				all_values(p, q, n, temperature, set == 0 ? first : values);
				if (set > 0 && memcmp(first, values, sizeof(values)) != 0)
				{
					printf("# %s %zu T=%g %s: %a, %a\n", kinds[k / 9 % 9], n, temperature, instruction_set_name(set), first[0], values[0]);
					same = false;
				}
			}
			for (int i = 0; i < VALUES; i++)
			{
				checksums[i] = checksums[i] * 31 + checksum_inputs(&first[i], &first[i], 1);
				possible = possible && (i == 4 ? !isnan(first[i]) : first[i] >= 0.0 && !signbit(first[i]));
			}
		}
		free(p);
		free(q);
	}
	check(same, "logits have the same bits everywhere");
	check(possible, "what is made of logits is never negative or NaN");
	for (int i = 0; i < VALUES; i++)
	{
		snprintf(what, sizeof(what), "logits: results have the bits they always had: %s", names[i]);
		check(has_bits(bits_path, "logits", names[i], checksums[i]), what);
	}
}

/* Equal logits, and those that are shifted by a number that leaves them exact */
static void
test_equality(Check check)
{
	static const size_t sizes[] = {1, 2, 9, 600, 70000};
	static const double shifts[] = {0.0, 1.0, -4096.0, 0x1p40, -0x1p900};
	bool		zero = true;
	bool		positive = true;
	bool		halved = true;

	for (size_t k = 0; k < 25; k++)
	{
		size_t		n = sizes[k % 5];
		double		shift = shifts[k / 5];
		double	   *p = malloc(n * sizeof(double));
		double	   *q = malloc(n * sizeof(double));
		double	   *half = malloc(n * sizeof(double));
		Weights		p_weights = dense_weights(p, n);
		Weights		q_weights = dense_weights(q, n);
		Weights		half_weights = dense_weights(half, n);
		Finding		finding;

		for (size_t i = 0; i < n; i++)
		{
			p[i] = (double) ((i * 7919) % 641) / 64.0 * (fabs(shift) > 1e100 ? 0x1p860 : 1.0);
			p[i] = i % 17 == 5 ? -INFINITY : p[i];
			q[i] = p[i] + shift;
			half[i] = 0.5 * p[i];
		}
		zero = zero && softmax_divergence(&p_weights, &q_weights, 1.0, run_slabs_serially, &finding) == 0.0 &&
			softmax_divergence(&q_weights, &p_weights, 1.7, run_slabs_serially, &finding) == 0.0;
		halved = halved && softmax_entropy(&p_weights, 2.0, run_slabs_serially, &finding) ==
			softmax_entropy(&half_weights, 1.0, run_slabs_serially, &finding);
		q[n - 1] = nextafter(q[n - 1], INFINITY);
		positive = positive && (n == 1 || fabs(shift) > 1e30 ||
								softmax_divergence(&p_weights, &q_weights, 1.0, run_slabs_serially, &finding) > 0.0);
		free(p);
		free(q);
		free(half);
	}
	check(zero, "equal and shifted logits are exactly 0 apart");
	check(positive, "logits that differ in one last digit are more than 0 apart");
	check(halved, "a temperature of 2 is half of the logits");
}

/*
 * One of n equal logits is raised by eps, so that the totals of both sides
 * differ by nearly all that the bins do.  The divergence is
 * log(1 + (e^eps - 1)/n) - eps/n.
 */
static void
test_totals(Check check)
{
	size_t		n = 200000;
	double		eps = 1e-3;
	double	   *flat = calloc(n, sizeof(double));
	double	   *raised = calloc(n, sizeof(double));
	Weights		flat_weights = dense_weights(flat, n);
	Weights		raised_weights = dense_weights(raised, n);
	double		z = expm1(eps) / (double) n;
	double		second = eps * eps * (0.5 + eps * (1.0 / 6.0 + eps * (1.0 / 24.0 + eps * (1.0 / 120.0 + eps / 720.0))));
	double		exact = second / (double) n - z * z * (0.5 - z / 3.0);
	Finding		finding;

	raised[n / 3] = eps;
	check(is_within(softmax_divergence(&flat_weights, &raised_weights, 1.0, run_slabs_serially, &finding), exact, 2e-15),
		  "totals of logits that differ by what the bins do");
	free(flat);
	free(raised);
}

/* An absent logit is -Infinity, and what is wrong is found */
static void
test_absent(Check check)
{
	double		all[9] = {1.0, -INFINITY, 3.0, 0.5, -INFINITY, -INFINITY, 2.0, 2.5, -1.0};
	double		packed[6] = {1.0, 3.0, 0.5, 2.0, 2.5, -1.0};
	double		q[9] = {0.0, 1.0, 2.0, 3.0, 2.0, 1.0, 0.0, 1.0, 2.0};
	uint8_t		present[2] = {0xcd, 0x01};
	double		nothing[2] = {-INFINITY, -INFINITY};
	Weights		dense = dense_weights(all, 9);
	Weights		sparse = {.values = packed, .present = present, .count = 9};
	Weights		reference = dense_weights(q, 9);
	Weights		none = dense_weights(nothing, 2);
	Weights		absent = {.count = 2};
	Finding		finding;

	check(softmax_divergence(&dense, &reference, 1.0, run_slabs_serially, &finding) ==
		  softmax_divergence(&sparse, &reference, 1.0, run_slabs_serially, &finding) &&
		  softmax_divergence(&reference, &sparse, 1.0, run_slabs_serially, &finding) == INFINITY &&
		  label_cross_entropy(3, &dense, 1.0, run_slabs_serially, &finding) == label_cross_entropy(3, &sparse, 1.0, run_slabs_serially, &finding) &&
		  label_cross_entropy(4, &sparse, 1.0, run_slabs_serially, &finding) == INFINITY, "an absent logit is -Infinity");
	check(log_sum_exp(&none, run_slabs_serially, &finding) == -INFINITY && finding.judgement == WEIGHTS_VALID, "the sum of zeros is one");
	log_sum_exp(&absent, run_slabs_serially, &finding);
	check(finding.judgement == NOTHING_OBSERVED, "that of nothing is none");
	q[8] = INFINITY;
	softmax_divergence(&dense, &reference, 1.0, run_slabs_serially, &finding);
	check(finding.judgement == WEIGHT_INFINITE && finding.in_reference && finding.position == 8, "Infinity is no logit");
	all[2] = NAN;
	softmax_divergence(&dense, &reference, 1.0, run_slabs_serially, &finding);
	check(finding.judgement == WEIGHT_NOT_A_NUMBER && !finding.in_reference && finding.position == 2, "nor is NaN");
	softmax_divergence(&none, &(Weights) {.values = all + 2, .count = 2}, 1.0, run_slabs_serially, &finding);
	check(finding.judgement == WEIGHT_NOT_A_NUMBER && finding.in_reference, "what is wrong comes before nothing");
}

/* Rows in any order and split */
static void
test_exponential_sums(Check check)
{
	double		exact = log(expm1(-1.0) / expm1(-0.000001));
	bool		right = true;

	for (int way = 0; way < 3; way++)
	{
		ExponentialSum sum = no_exponentials();
		ExponentialSum part = no_exponentials();

		for (int i = 0; i < 1000000; i++)
		{
			/* rising, falling, and split among two */
			double		logit = -0.000001 * (way == 0 ? 999999 - i : i);

			add_exponential(way == 2 && i % 3 == 1 ? &part : &sum, logit);
		}
		add_exponential_sum(&part, &sum);
		right = right && is_within(log_of_exponentials(&part), exact, 4e-16);
		add_exponential(&part, -INFINITY);
		add_exponential(&part, 1e308);
		right = right && log_of_exponentials(&part) == 1e308;
	}
	check(right, "exponentials are added in any order");
	check(log_of_exponentials(&(ExponentialSum) {-INFINITY, 0.0, 0.0}) == -INFINITY, "none add up to 0");
}

void
test_logits(void (*check) (bool passed, const char *what), const char *path, const char *bits_path)
{
	test_table(check, path);
	test_bits_of_logits(check, bits_path);
	test_equality(check);
	test_totals(check);
	test_absent(check);
	test_exponential_sums(check);
	use_instruction_set("auto");
}
