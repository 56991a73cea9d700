/*-------------------------------------------------------------------------
 *
 * row_tests.c
 *	  Measures over rows beside the same measures over arrays.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/measure.h"

#include "inputs.h"
#include "row_tests.h"

/* A RowState is opaque here, but it is an array of doubles */
typedef struct Rows
{
	double		state[ROW_STATE_LENGTH];
} Rows;

static RowState *
begin(Rows *rows, const Measure *measure, double order)
{
	RowState   *state = (RowState *) rows->state;

	begin_rows(state, measure_rows(measure));
	if (family_takes_order(measure_rows(measure)))
		set_rows_order(state, order);
	return state;
}

static void
add_range(RowState *state, const Measure *measure, const double *p, const double *q,
		  size_t first, size_t end)
{
	bool		pair = (measure_takes(measure) & TAKES_REFERENCE) != 0;

	for (size_t i = first; i < end; i++)
		add_row(state, measure_rows(measure), p[i], pair ? q[i] : 0.0);
}

/* By rows, in as many states as parts, which are added in turn */
static double
value_by_rows(const Measure *measure, double order, const double *p, const double *q,
			  size_t n, size_t parts)
{
	Rows		all;
	RowState   *state = begin(&all, measure, order);
	Judgement	judgement;
	double		value;

	for (size_t part = 0; part < parts; part++)
	{
		Rows		rows;
		RowState   *other = begin(&rows, measure, order);

		add_range(other, measure, p, q, n * part / parts, n * (part + 1) / parts);
		add_rows(state, other);
	}
	value = measure_of_rows(measure, state, &judgement);
	return judgement == WEIGHTS_VALID ? value : NAN;
}

static double
value_by_arrays(const Measure *measure, double order, const double *p, const double *q, size_t n)
{
	Parameters	parameters = DEFAULT_PARAMETERS;
	Weights		p_weights = dense_weights(p, n);
	Weights		q_weights = dense_weights(q, n);
	Finding		finding;

	parameters.order = order;
	if (measure_takes(measure) & TAKES_EMPTY)
		parameters.empty = DEFAULT_EMPTY;
	return evaluate_measure(measure, &p_weights, &q_weights, &parameters, run_slabs_serially, &finding);
}

static bool
agree(double value, double expected, double tolerance)
{
	return value == expected || fabs(value - expected) <= tolerance * expected;
}

static bool
agree_for_family(const char *family, size_t n, double tolerance)
{
	static const double orders[] = {0.0, 0.2, 0.5, 1.0, 1.0 + 1e-9, 2.0, 7.0, INFINITY};
	double	   *p = malloc(n * sizeof(double));
	double	   *q = malloc(n * sizeof(double));
	bool		passed = make_inputs(family, n, 77, p, q);

	for (int i = 0; i < MEASURE_COUNT; i++)
	{
		const Measure *measure = get_measure(i);
		size_t		order_count = measure_takes(measure) & TAKES_ORDER ? sizeof(orders) / sizeof(orders[0]) : 1;

		if (measure_rows(measure) == ROWS_ALL_PAIRS)
			continue;
		for (size_t k = 0; k < order_count; k++)
		{
			double		expected = value_by_arrays(measure, orders[k], p, q, n);

			for (size_t parts = 1; parts <= 7; parts += 3)
			{
				double		value = value_by_rows(measure, orders[k], p, q, n, parts);

				if (agree(value, expected, tolerance))
					continue;
				passed = false;
				printf("# %s, order %g, %zu parts: %.17g, by arrays %.17g\n",
					   measure_name(measure), orders[k], parts, value, expected);
			}
		}
	}
	free(p);
	free(q);
	return passed;
}

/* p and q change places, in one state and in several that begin with either side the larger */
static bool
symmetric_for_family(const char *family, size_t n)
{
	double	   *p = malloc(n * sizeof(double));
	double	   *q = malloc(n * sizeof(double));
	bool		passed = make_inputs(family, n, 78, p, q);

	for (int i = 0; i < MEASURE_COUNT; i++)
	{
		const Measure *measure = get_measure(i);

		if (measure_rows(measure) == ROWS_ALL_PAIRS || !(measure_takes(measure) & TAKES_REFERENCE) ||
			!measure_is_symmetric(measure))
			continue;
		for (size_t parts = 1; parts <= 7; parts++)
		{
			double		value = value_by_rows(measure, 1.0, p, q, n, parts);
			double		exchanged = value_by_rows(measure, 1.0, q, p, n, parts);

			if (memcmp(&value, &exchanged, sizeof(value)) == 0)
				continue;
			passed = false;
			printf("# %s, %zu parts: %.17g, exchanged %.17g\n", measure_name(measure), parts, value, exchanged);
		}
	}
	free(p);
	free(q);
	return passed;
}

/* Few rows of weights that are hundreds of orders of magnitude apart, in any order and split */
static bool
extremes_agree(void)
{
	static const double p[4][3] = {{1, 2, 0}, {7e300, 5e-300, 0}, {5, 8e300, 0}, {1e-100, 3e-100, 1e100}};
	static const double q[4][3] = {{1e-310, 3e-310, 0}, {0, 4e-300, 0}, {1e-300, 2e300, 0}, {0, 1e-100, 2e100}};
	static const MeasureIdentifier measures[] = {MEASURE_kl_divergence, MEASURE_jeffreys_divergence, MEASURE_psi,
		MEASURE_chi_square_divergence, MEASURE_hellinger_distance, MEASURE_renyi};
	bool		passed = true;

	for (size_t i = 0; i < 4; i++)
		for (size_t k = 0; k < sizeof(measures) / sizeof(measures[0]); k++)
			for (size_t parts = 1; parts <= 3; parts++)
			{
				const Measure *measure = get_measure(measures[k]);
				double		value = value_by_rows(measure, 2.0, p[i], q[i], 3, parts);
				double		expected = value_by_arrays(measure, 2.0, p[i], q[i], 3);

				/* what is nearly as small as numbers can be has few digits */
				if (agree(value, expected, expected < 1e-150 ? 1e-3 : 1e-12))
					continue;
				passed = false;
				printf("# %s, %zu parts of case %zu: %.17g, by arrays %.17g\n", measure_name(measure), parts, i, value, expected);
			}
	return passed;
}

/* A bin so small that sums over rows cannot tell it is not nothing, even so */
static bool
different_is_not_zero(void)
{
	static const double p[2] = {1, 0};
	static const double q[2] = {3, 3e-50};

	return value_by_rows(get_measure(MEASURE_kl_divergence), 1.0, p, q, 2, 1) > 0.0 &&
		value_by_rows(get_measure(MEASURE_hellinger_distance), 1.0, p, q, 2, 1) > 0.0 &&
		value_by_rows(get_measure(MEASURE_chi_square_divergence), 1.0, p, q, 2, 1) > 0.0;
}

void
test_rows(void (*check) (bool passed, const char *what))
{
	static const struct
	{
		const char *family;
		size_t		n;
		double		tolerance;
	}			families[] = {
		{"flat", 1, 1e-13}, {"flat", 15, 1e-13}, {"flat", 16, 1e-13}, {"flat", 17, 1e-13},
		{"flat", 5000, 1e-13}, {"sparse", 1000, 1e-13}, {"mild", 300, 1e-13}, {"counts", 1000, 1e-13},
		{"zeros", 500, 1e-13}, {"one-sided", 500, 1e-13}, {"disjoint", 100, 1e-13},
		{"point-mass", 100, 1e-13}, {"proportional", 1000, 1e-13}, {"proportional-large", 1000, 1e-13},
		{"doubled", 100, 1e-13}, {"near-1e-6-by-0.1", 1000, 1e-9}, {"near-1e-6-by-1.001", 1000, 1e-9},
		{"near-counts-1e-6-by-3", 1000, 1e-9}, {"denormal", 100, 1e-13}
	};

	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
	{
		char		what[100];

		snprintf(what, sizeof(what), "rows agree with arrays: %s n=%zu", families[i].family, families[i].n);
		check(agree_for_family(families[i].family, families[i].n, families[i].tolerance), what);
		snprintf(what, sizeof(what), "rows are symmetric to the bit: %s n=%zu", families[i].family, families[i].n);
		check(symmetric_for_family(families[i].family, families[i].n), what);
	}
	check(extremes_agree(), "rows agree with arrays: weights far apart");
	check(different_is_not_zero(), "rows that differ by very little are not equal");
}
