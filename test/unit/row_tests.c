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
#include "math/instruction_set.h"
#include "math/pair/slabs.h"
#include "math/pair/value.h"
#include "math/rows/rows.h"

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

	begin_rows(state, measure->rows);
	if ((measure->rows)->takes_alpha == YES)
		set_rows_alpha(state, order);
	return state;
}

static void
add_range(RowState *state, const Measure *measure, const double *p, const double *q,
		  size_t first, size_t end)
{
	bool		pair = (measure->takes & TAKES_REFERENCE) != 0;

	for (size_t i = first; i < end; i++)
		add_row(state, measure->rows, p[i], pair ? q[i] : 0.0);
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
		if (!are_row_numbers_sound(state))
			return NAN;
	}
	value = value_of_rows(measure, state, &judgement);
	return judgement == WEIGHTS_VALID ? value : NAN;
}

static double
value_by_arrays(const Measure *measure, double order, const double *p, const double *q, size_t n)
{
	Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
	Weights		p_weights = dense_weights(p, n);
	Weights		q_weights = dense_weights(q, n);
	Finding		finding;

	parameters.alpha = order;
	if (measure->takes & TAKES_EMPTY)
		parameters.empty = 0.0001;
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

	for (size_t i = 0; measure_at(i) != NULL; i++)
	{
		const Measure *measure = measure_at(i);
		size_t		order_count = measure->takes & TAKES_ALPHA ? sizeof(orders) / sizeof(orders[0]) : 1;

		if (measure->rows->fixed_size == NO)
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
					   measure->name, orders[k], parts, value, expected);
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

	for (size_t i = 0; measure_at(i) != NULL; i++)
	{
		const Measure *measure = measure_at(i);

		if (measure->rows->fixed_size == NO || !(measure->takes & TAKES_REFERENCE) ||
			measure->symmetric != YES)
			continue;
		for (size_t parts = 1; parts <= 7; parts++)
		{
			double		value = value_by_rows(measure, 1.0, p, q, n, parts);
			double		exchanged = value_by_rows(measure, 1.0, q, p, n, parts);

			if (memcmp(&value, &exchanged, sizeof(value)) == 0)
				continue;
			passed = false;
			printf("# %s, %zu parts: %.17g, exchanged %.17g\n", measure->name, parts, value, exchanged);
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
	static const Measure *const measures[] = {&kl_divergence_measure, &jeffreys_divergence_measure, &psi_measure,
		&chi_square_divergence_measure, &hellinger_distance_measure, &renyi_measure};
	bool		passed = true;

	for (size_t i = 0; i < 4; i++)
		for (size_t k = 0; k < sizeof(measures) / sizeof(measures[0]); k++)
			for (size_t parts = 1; parts <= 3; parts++)
			{
				const Measure *measure = measures[k];
				double		value = value_by_rows(measure, 2.0, p[i], q[i], 3, parts);
				double		expected = value_by_arrays(measure, 2.0, p[i], q[i], 3);

				/* what is nearly as small as numbers can be has few digits */
				if (agree(value, expected, expected < 1e-150 ? 1e-3 : 1e-12))
					continue;
				passed = false;
				printf("# %s, %zu parts of case %zu: %.17g, by arrays %.17g\n", measure->name, parts, i, value, expected);
			}
	return passed;
}

/* A bin so small that sums over rows cannot tell it is not nothing, even so */
static bool
different_is_not_zero(void)
{
	static const double p[2] = {1, 0};
	static const double q[2] = {3, 3e-50};

	return value_by_rows(&kl_divergence_measure, 1.0, p, q, 2, 1) > 0.0 &&
		value_by_rows(&hellinger_distance_measure, 1.0, p, q, 2, 1) > 0.0 &&
		value_by_rows(&chi_square_divergence_measure, 1.0, p, q, 2, 1) > 0.0;
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
