/*-------------------------------------------------------------------------
 *
 * comparison_tests.c
 *	  Many distributions at once against each pair alone.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/many/comparison.h"
#include "math/instruction_set.h"
#include "math/pair/slabs.h"
#include "math/pair/value.h"
#include "math/rows/rows.h"
#include "comparison_tests.h"

/* What a value may differ from that of the pair alone */
#define TOLERANCE 1e-12

static uint64_t state;

/* From 0 to 1, xorshift64*: G. Marsaglia, S. Vigna */
static double
uniform(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (double) ((state * UINT64_C(2685821657736338717)) >> 11) * 0x1p-53;
}

typedef enum Family
{
	FLAT,
	COUNTS,
	SPARSE,						/* many zeros, few bins in common */
	SAME_ZEROS,					/* zeros in the same bins */
	CLUSTERS,					/* near-equal rows of a few kinds, from 0.3 down to 1e-9 apart */
	DRIFTING,					/* near-equal rows, all of one kind */
	SKEWED,						/* from 1e-300 to 1 */
	EXTREME_TOTALS,					/* rows with totals from 1e-320 to 1e307 beside ordinary ones */
	UNOBSERVED,					/* some rows are empty */
	EQUAL,						/* in proportion */
	FAMILY_COUNT
} Family;

static double
make_weight(Family family, size_t row, size_t bin)
{
	static const double spreads[] = {0.3, 1e-2, 1e-3, 1e-4, 1e-6, 1e-9};
	static const double units[] = {1.0, 1e-320, 1e300, 1e-200, 3.0, 1e120};
	double		kind = 1.0 + (double) ((bin * 2654435761u + (family == CLUSTERS ? row % 5 : 0) * 40503u) % 1009);
	double		random = uniform();

	switch (family)
	{
		case FLAT:
			return random;
		case COUNTS:
			return floor(random * 1000.0);
		case SPARSE:
			return random < 0.8 ? 0.0 : random;
		case SAME_ZEROS:
			return bin % 3 == 1 ? 0.0 : 0.1 + random;
		case CLUSTERS:
			return kind * (1.0 + spreads[row % 6] * (random - 0.5));
		case DRIFTING:
			return kind * (1.0 + spreads[row % 6] * (random - 0.5)) * (double) (1 + row);
		case SKEWED:
			return exp(-690.0 * random * random);
		case EXTREME_TOTALS:
			return units[row % 6] * floor(1.0 + random * 1000.0);
		case UNOBSERVED:
			return row % 3 == 0 ? 0.0 : random;
		default:
			return kind * (double) (1 + row % 7);
	}
}

static Parameters
parameters_of(const Measure *measure, double pseudocount, double order, double empty)
{
	Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);

	if (measure->takes & TAKES_BASE)
		parameters.base = 2.0;
	if (measure->takes & TAKES_PSEUDOCOUNT)
		parameters.pseudocount = pseudocount;
	if (measure->takes & TAKES_ALPHA)
		parameters.alpha = order;
	if (measure->takes & TAKES_EMPTY)
		parameters.empty = empty;
	return parameters;
}

/* Runs slabs from the last to the first, which must not matter */
static void
run_backwards(SlabTask task, void *job, size_t first, size_t end)
{
	while (end-- > first)
		task(job, end);
}

/* All values; those of the lower half of a symmetric measure from the upper one */
static void
compare_all(const Measure *measure, const Parameters *parameters, const double *weights,
			size_t rows, size_t bins, SlabRunner run, double *values)
{
	Comparison	comparison;
	Finding		finding;
	void	   *memory;

	plan_comparison(&comparison, measure, parameters, weights, rows, bins);
	memory = malloc(comparison.memory_size);
	memset(memory, 0xff, comparison.memory_size);
	place_comparison(&comparison, memory);
	for (size_t row = 0; row < rows; row++)
		judge_distribution(&comparison, row, run, &finding);
	prepare_comparison(&comparison, run);
	for (size_t number = 0; number < comparison.tiles; number++)
	{
		Tile		tile = tile_of(&comparison, number);

		compare_tile(&comparison, &tile, run, values + tile.first_p * rows + tile.first_q, rows);
	}
	for (size_t row = 0; row < rows && comparison.symmetric; row++)
		for (size_t column = 0; column < row; column++)
			values[row * rows + column] = values[column * rows + row];
	free(memory);
}

/* Whether a value of many is that of the pair alone */
static bool
agrees(const Measure *measure, const Parameters *parameters, const double *weights,
	   size_t bins, size_t row, size_t column, double value)
{
	Weights		p = dense_weights(weights + row * bins, bins);
	Weights		q = dense_weights(weights + column * bins, bins);
	Finding		finding;
	double		alone = evaluate_measure(measure, &p, &q, parameters, run_slabs_serially, &finding);

	if (finding.judgement == NOTHING_OBSERVED)
		return isnan(value);
	if (alone == 0.0 || isinf(alone))
		return value == alone;
	return fabs(value - alone) <= TOLERANCE * alone;
}

static void
check_family(Family family, size_t rows, size_t bins, const Measure *measure, const Parameters *parameters,
			 size_t *wrong, double *first_values, double *values)
{
	double	   *weights = malloc(rows * bins * sizeof(double));

	state = 88172645463325252u + (uint64_t) family * 1000003 + rows * 31 + bins;
	for (size_t row = 0; row < rows; row++)
		for (size_t bin = 0; bin < bins; bin++)
			weights[row * bins + bin] = make_weight(family, row, bin);
	for (size_t i = 0; instruction_set_name(i) != NULL; i++)
	{
		use_instruction_set(instruction_set_name(i));
		compare_all(measure, parameters, weights, rows, bins, i == 0 ? run_slabs_serially : run_backwards,
					i == 0 ? first_values : values);
		if (i > 0 && memcmp(first_values, values, rows * rows * sizeof(double)) != 0)
			(*wrong)++;
	}
	for (size_t row = 0; row < rows; row++)
		for (size_t column = 0; column < rows; column++)
			if (!agrees(measure, parameters, weights, bins, row, column, first_values[row * rows + column]))
				(*wrong)++;
	free(weights);
}

static void
test_tiles(void (*check) (bool passed, const char *what))
{
	bool		passed = true;

	/* every element of the upper half is in one tile */
	for (size_t rows = 1; rows < 200; rows += 13)
	{
		Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
		Comparison	comparison;
		unsigned char *seen = calloc(rows * rows, 1);

		plan_comparison(&comparison, find_measure("jsd"), &parameters, NULL, rows, 3000);
		for (size_t number = 0; number < comparison.tiles; number++)
		{
			Tile		tile = tile_of(&comparison, number);

			for (size_t row = tile.first_p; row < tile.end_p; row++)
				for (size_t column = tile.first_q; column < tile.end_q; column++)
					seen[row * rows + column]++;
		}
		for (size_t row = 0; row < rows; row++)
			for (size_t column = row; column < rows; column++)
				passed = passed && seen[row * rows + column] == 1;
		free(seen);
	}
	check(passed, "tiles cover the upper half of a matrix once");
}

void
test_comparisons(void (*check) (bool passed, const char *what))
{
	static const size_t shapes[][2] = {{8, 1}, {9, 2}, {33, 64}, {17, 65}, {11, 513}, {9, 1200}, {5, 20}};
	double	   *first_values = malloc(40 * 40 * sizeof(double));
	double	   *values = malloc(40 * 40 * sizeof(double));
	char		what[100];

	test_tiles(check);
	for (size_t i = 0; measure_at(i) != NULL; i++)
	{
		const Measure *measure = measure_at(i);
		Parameters	plain = parameters_of(measure, 0.0, 2.0, 0.0001);
		Parameters	smoothed = parameters_of(measure, 0.5, 0.5, 0.0);

		if (!(measure->takes & TAKES_REFERENCE))
			continue;
		for (int family = 0; family < FAMILY_COUNT; family++)
		{
			size_t		wrong = 0;

			for (size_t shape = 0; shape < sizeof(shapes) / sizeof(shapes[0]); shape++)
			{
				check_family(family, shapes[shape][0], shapes[shape][1], measure, &plain, &wrong, first_values, values);
				check_family(family, shapes[shape][0], shapes[shape][1], measure, &smoothed, &wrong, first_values, values);
			}
			snprintf(what, sizeof(what), "many at once are each alone: %s, family %d (%zu wrong)",
					 measure->name, family, wrong);
			check(wrong == 0, what);
		}
	}
	use_instruction_set("auto");
	free(first_values);
	free(values);
}
