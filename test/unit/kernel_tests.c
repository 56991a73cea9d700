/*-------------------------------------------------------------------------
 *
 * kernel_tests.c
 *	  Unit tests of the kernels, without a server.  Prints TAP.
 *
 * usage: kernel_tests test/unit/exact_values.txt test/unit/bits.txt test/unit/statistics_values.txt
 *		test/unit/models_values.txt test/unit/logit_values.txt test/unit/ordered_values.txt test/unit/cohorts_values.txt
 *		test/unit/joint_values.txt
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/measure.h"
#include "math/instruction_set.h"
#include "math/pair/slabs.h"
#include "math/pair/value.h"
#include "math/rows/rows.h"

#include "bits_tests.h"
#include "cohorts_tests.h"
#include "comparison_tests.h"
#include "few_tests.h"
#include "filter_tests.h"
#include "count_test_tests.h"
#include "inputs.h"
#include "joint_tests.h"
#include "limit_tests.h"
#include "logit_tests.h"
#include "measure_tests.h"
#include "models_tests.h"
#include "ordered_tests.h"
#include "exact_sum_tests.h"
#include "exact_values.h"
#include "one_pass_tests.h"
#include "selection_tests.h"
#include "statistics_tests.h"
#include "stream_tests.h"
#include "row_tests.h"
#include "text_tests.h"

static int	test_number = 0;
static int	failures = 0;

static void
check(bool passed, const char *what)
{
	if (!passed)
		failures++;
	printf("%s %d - %s\n", passed ? "ok" : "not ok", ++test_number, what);
}

/* A measure by name over two plain arrays; NAN if the weights are not valid */
static double
evaluate(const char *name, double parameter, double pseudocount,
		 const double *p, const double *q, size_t n)
{
	const Measure *measure = find_measure(name);
	Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
	Weights		p_weights = dense_weights(p, n);
	Weights		q_weights = dense_weights(q, n);
	Finding		finding;
	double		value;

	parameters.alpha = parameter;
	parameters.pseudocount = pseudocount;
	if (measure->takes & TAKES_EMPTY)
		parameters.empty = parameter;
	value = evaluate_measure(measure, &p_weights, &q_weights, &parameters,
							 run_slabs_serially, &finding);
	return finding.judgement == WEIGHTS_VALID ? value : NAN;
}

static const struct
{
	const char *family;
	size_t		n;
}			samples[] = {
	{"flat", 1}, {"flat", 7}, {"flat", 100}, {"sparse", 511}, {"near-1e-6", 513},
	{"near-1e-12", 4099}, {"zeros", 1000}, {"one-sided", 257}, {"denormal", 100},
	{"skewed", 300}, {"extreme", 64}, {"counts", 70000}, {"near-counts-1e-6-by-3", 3000},
	{"far-apart", 200}, {"flat", 2200000}
};

#define SAMPLE_COUNT (sizeof(samples) / sizeof(samples[0]))
static const double orders[] = {0.0, 0.3, 0.5, 1.0 - 1e-9, 1.0, 2.0, 9.0, INFINITY};

#define ORDER_COUNT (sizeof(orders) / sizeof(orders[0]))

/* Every measure, and of those that take an order every order: values of a pair */
static size_t
all_values(const double *p, const double *q, size_t n, double *values)
{
	size_t		count = 0;

	for (size_t i = 0; measure_at(i) != NULL; i++)
	{
		const Measure *measure = measure_at(i);
		const char *name = measure->name;

		if (measure->takes & TAKES_ALPHA)
			for (size_t k = 0; k < ORDER_COUNT; k++)
				values[count++] = evaluate(name, orders[k], 0.0, p, q, n);
		else
			values[count++] = evaluate(name, 0.0001, 0.0, p, q, n);
		if (measure->takes & TAKES_PSEUDOCOUNT)
			values[count++] = evaluate(name, 0.7, 0.5, p, q, n);
	}
	return count;
}

static double *
allocate(size_t n)
{
	double	   *array = malloc(n * sizeof(double));

	if (array == NULL)
		abort();
	return array;
}

/* All instruction sets, compilers and processors give the same bits */
static void
test_determinism(void)
{
	for (size_t s = 0; s < SAMPLE_COUNT; s++)
	{
		size_t		n = samples[s].n;
		double	   *p = allocate(n);
		double	   *q = allocate(n);
		double		expected[100];
		double		values[100];
		size_t		count = 0;
		char		what[100];

		if (!make_inputs(samples[s].family, n, 4711, p, q))
			printf("# no family %s\n", samples[s].family);
		for (size_t i = 0; instruction_set_name(i) != NULL; i++)
		{
			use_instruction_set(instruction_set_name(i));
			count = all_values(p, q, n, i == 0 ? expected : values);
			snprintf(what, sizeof(what), "%s gives the bits of %s: %s n=%zu",
					 instruction_set_name(i), instruction_set_name(0), samples[s].family, n);
			if (i == 0)
				continue;
			check(memcmp(values, expected, count * sizeof(double)) == 0, what);
			for (size_t k = 0; k < count; k++)
				if (memcmp(&values[k], &expected[k], sizeof(double)) != 0)
					printf("# value %zu: %a, not %a\n", k, values[k], expected[k]);
		}
		free(p);
		free(q);
	}
}

/* Symmetry to the bit, no negative value, no NaN, bounds */
static void
test_properties_of_pairs(void)
{
	for (size_t s = 0; s < SAMPLE_COUNT; s++)
	{
		size_t		n = samples[s].n;
		double	   *p = allocate(n);
		double	   *q = allocate(n);
		bool		passed = true;
		char		what[100];

		make_inputs(samples[s].family, n, 99, p, q);
		for (size_t i = 0; measure_at(i) != NULL; i++)
		{
			const Measure *measure = measure_at(i);
			const char *name = measure->name;
			double		forward = evaluate(name, 0.75, 0.0, p, q, n);
			double		backward = evaluate(name, 0.75, 0.0, q, p, n);

			if (!(forward >= 0.0) || !(backward >= 0.0) || signbit(forward) ||
				(measure->symmetric == YES && memcmp(&forward, &backward, sizeof(double)) != 0))
			{
				passed = false;
				printf("# %s: %a and %a\n", name, forward, backward);
			}
		}
		if (evaluate("jsd", 0.0, 0.0, p, q, n) > log(2.0) ||
			evaluate("hellinger_distance", 0.0, 0.0, p, q, n) > 1.0 ||
			evaluate("total_variation", 0.0, 0.0, p, q, n) > 1.0 ||
			evaluate("l_infinity", 0.0, 0.0, p, q, n) > 1.0)
			passed = false;
		snprintf(what, sizeof(what), "signs, symmetry and bounds: %s n=%zu", samples[s].family, n);
		check(passed, what);
		free(p);
		free(q);
	}
}

/* Measures of p and q are exactly 0 (or not) */
static bool
all_divergences_are_zero(const double *p, const double *q, size_t n, bool expected)
{
	bool		passed = true;

	for (size_t i = 0; measure_at(i) != NULL; i++)
	{
		const Measure *measure = measure_at(i);
		const char *name = measure->name;

		if (!(measure->takes & TAKES_REFERENCE) || strcmp(name, "cross_entropy") == 0)
			continue;
		for (size_t k = 0; k < ORDER_COUNT; k++)
		{
			double		parameter = measure->takes & TAKES_ALPHA ? orders[k] : 0.0;
			double		value = evaluate(name, parameter, 0.0, p, q, n);

			if ((measure->takes & TAKES_ALPHA) && orders[k] == 0.0 && !expected)
				continue;
			if ((value == 0.0) != expected)
			{
				passed = false;
				printf("# %s (%g) is %a\n", name, parameter, value);
			}
		}
	}
	return passed;
}

static void
test_exact_zero(void)
{
	static const size_t sizes[] = {1, 2, 3, 8, 100, 513, 40000};

	for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
	{
		size_t		n = sizes[s];
		double	   *p = allocate(n);
		double	   *q = allocate(n);
		char		what[100];

		make_inputs("skewed", n, 3, p, q);
		snprintf(what, sizeof(what), "equal distributions give 0: n=%zu", n);
		check(all_divergences_are_zero(p, p, n, true), what);

		make_inputs("counts", n, 5, p, q);
		for (size_t i = 0; i < n; i++)
		{
			p[i] = floor(p[i] / 8.0);
			q[i] = 7.0 * p[i];
		}
		p[0] += 1.0;
		q[0] += 7.0;
		snprintf(what, sizeof(what), "proportional counts give 0: n=%zu", n);
		check(all_divergences_are_zero(p, q, n, true), what);

		if (n > 1)
		{
			q[n / 2] = nextafter(q[n / 2], INFINITY);
			snprintf(what, sizeof(what), "one bit of difference does not give 0: n=%zu", n);
			check(all_divergences_are_zero(p, q, n, false), what);
		}
		free(p);
		free(q);
	}
}

/* Scaling by a power of two changes no bit; any order of bins and any split of a bin, little */
static void
test_invariance(void)
{
	size_t		n = 1000;
	double	   *p = allocate(n);
	double	   *q = allocate(n);
	double	   *p_other = allocate(n);
	double	   *q_other = allocate(n);
	double		values[100];
	double		others[100];
	size_t		count;
	bool		passed = true;

	make_inputs("flat", n, 12, p, q);
	count = all_values(p, q, n, values);
	for (size_t i = 0; i < n; i++)
	{
		p_other[i] = p[n - 1 - i];
		q_other[i] = q[n - 1 - i];
	}
	all_values(p_other, q_other, n, others);
	for (size_t k = 0; k < count; k++)
		passed = passed && fabs(values[k] - others[k]) <= 4e-15 * fabs(values[k]);
	check(passed, "the order of the bins does not matter");

	for (size_t i = 0; i < n; i++)
	{
		p_other[i] = ldexp(p[i], 100);
		q_other[i] = ldexp(q[i], -200);
	}
	passed = evaluate("kl_divergence", 0, 0, p, q, n) == evaluate("kl_divergence", 0, 0, p_other, q_other, n) &&
		evaluate("jsd", 0, 0, p, q, n) == evaluate("jsd", 0, 0, p_other, q_other, n) &&
		evaluate("renyi", 3, 0, p, q, n) == evaluate("renyi", 3, 0, p_other, q_other, n) &&
		evaluate("entropy", 0, 0, p, q, n) == evaluate("entropy", 0, 0, p_other, q_other, n);
	check(passed, "scaling by powers of two changes no bit");
	free(p);
	free(q);
	free(p_other);
	free(q_other);
}

/* Merging bins never increases a divergence (data-processing inequality) */
static void
test_data_processing(void)
{
	static const char *const names[] = {
		"kl_divergence", "jeffreys_divergence", "jsd", "hellinger_distance",
		"bhattacharyya_distance", "total_variation", "chi_square_divergence", "renyi"
	};
	size_t		n = 512;
	double	   *p = allocate(n);
	double	   *q = allocate(n);

	for (size_t m = 0; m < sizeof(names) / sizeof(names[0]); m++)
	{
		bool		passed = true;
		char		what[100];

		make_inputs("sparse", n, 8, p, q);
		for (size_t size = n; size > 1; size /= 2)
		{
			double		fine = evaluate(names[m], 0.4, 0.0, p, q, size);
			double		coarse;

			for (size_t i = 0; i < size / 2; i++)
			{
				p[i] += p[i + size / 2];
				q[i] += q[i + size / 2];
			}
			coarse = evaluate(names[m], 0.4, 0.0, p, q, size / 2);
			passed = passed && coarse <= fine * (1.0 + 1e-14);
		}
		snprintf(what, sizeof(what), "merging bins does not increase %s", names[m]);
		check(passed, what);
	}
	free(p);
	free(q);
}

/* Absent bins are zeros, whatever the slab they are in */
static void
test_absent_bins(void)
{
	static const size_t sizes[] = {1, 9, 100, 515, 33000, 70001};

	for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
	{
		size_t		n = sizes[s];
		double	   *p = allocate(n);
		double	   *q = allocate(n);
		double	   *packed = allocate(n);
		uint8_t    *present = calloc(n / 8 + 1, 1);
		Weights		dense = dense_weights(p, n);
		Weights		sparse = {.values = packed, .present = present, .count = n};
		Weights		reference = dense_weights(q, n);
		size_t		next = 0;
		bool		passed = true;
		char		what[100];

		make_inputs("flat", n, 21, p, q);
		for (size_t i = 0; i < n; i++)
		{
			if (i % 3 == 1 || i % 7 == 2)
				p[i] = 0.0;
			else
			{
				packed[next++] = p[i];
				present[i / 8] |= (uint8_t) (1 << i % 8);
			}
		}
		for (size_t i = 0; measure_at(i) != NULL; i++)
		{
			const Measure *measure = measure_at(i);
			Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
			Finding		finding;
			double		expected = evaluate_measure(measure, &dense, &reference, &parameters,
													run_slabs_serially, &finding);
			double		value = evaluate_measure(measure, &sparse, &reference, &parameters,
												 run_slabs_serially, &finding);

			passed = passed && memcmp(&value, &expected, sizeof(double)) == 0;
		}
		snprintf(what, sizeof(what), "an absent bin is a bin of weight 0: n=%zu", n);
		check(passed, what);
		free(p);
		free(q);
		free(packed);
		free(present);
	}
}

static bool
is_found(const double *p, const double *q, size_t n,
		 Judgement judgement, bool in_reference, size_t position)
{
	Weights		p_weights = dense_weights(p, n);
	Weights		q_weights = dense_weights(q, n);
	Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
	Finding		finding;

	evaluate_measure(find_measure("kl_divergence"), &p_weights, &q_weights, &parameters,
					 run_slabs_serially, &finding);
	return finding.judgement == judgement && finding.position == position &&
		(judgement == WEIGHTS_VALID || finding.in_reference == in_reference);
}

static void
test_findings(void)
{
	size_t		n = 40000;
	double	   *p = allocate(n);
	double	   *q = allocate(n);

	make_inputs("flat", n, 1, p, q);
	check(is_found(p, q, n, WEIGHTS_VALID, false, 0), "valid weights are valid");
	p[39999] = -1e-300;
	check(is_found(p, q, n, WEIGHT_NEGATIVE, false, 39999), "a negative weight is found");
	p[39990] = INFINITY;
	check(is_found(p, q, n, WEIGHT_INFINITE, false, 39990), "the first wrong weight is found");
	p[39990] = p[39999] = -0.0;
	check(is_found(p, q, n, WEIGHTS_VALID, false, 0), "-0 is a weight of 0");
	q[0] = NAN;
	check(is_found(p, q, n, WEIGHT_NOT_A_NUMBER, true, 0), "NaN is found in q");
	memset(p, 0, n * sizeof(double));
	check(is_found(p, q, n, WEIGHT_NOT_A_NUMBER, true, 0), "wrong data comes before nothing observed");
	q[0] = 1.0;
	check(is_found(p, q, n, NOTHING_OBSERVED, false, 0), "nothing observed in p");
	check(is_found(q, p, n, NOTHING_OBSERVED, true, 0), "nothing observed in q");
	p[0] = 1e308;
	p[1] = 1e308;
	check(is_found(p, q, n, TOTAL_OVERFLOWS, false, 0), "an overflow is found");
	check(is_found(p, q, 0, NOTHING_OBSERVED, false, 0), "no bins: nothing observed");
	free(p);
	free(q);
}

int
main(int argc, char **argv)
{
	if (argc != 9)
	{
		fprintf(stderr, "usage: kernel_tests exact_values.txt bits.txt statistics_values.txt models_values.txt logit_values.txt ordered_values.txt cohorts_values.txt joint_values.txt\n");
		return 2;
	}
	test_exact_sums(check);
	test_measures(check);
	test_findings();
	test_absent_bins();
	test_exact_zero();
	test_properties_of_pairs();
	test_invariance();
	test_data_processing();
	test_one_pass(check);
	test_streams(check);
	test_few_bins(check);
	test_rows(check);
	test_limits(check);
	test_comparisons(check);
	test_filters(check);
	check(long_texts_are_read_in_pieces(), "long texts are read in pieces");
	test_statistics(check, argv[3]);
	test_count_tests(check, argv[2]);
	test_models(check, argv[4]);
	test_logits(check, argv[5], argv[2]);
	test_ordered(check, argv[6], argv[2]);
	test_cohorts(check, argv[7], argv[2]);
	test_joint(check, argv[8], argv[2]);
	test_selection(check);
	test_determinism();
	test_bits(check, argv[2]);
	for (size_t i = 0; instruction_set_name(i) != NULL; i++)
	{
		printf("# accuracy with %s\n", instruction_set_name(i));
		use_instruction_set(instruction_set_name(i));
		failures += check_exact_values(argv[1], evaluate, &test_number);
	}
	printf("1..%d\n", test_number);
	return failures == 0 ? 0 : 1;
}
