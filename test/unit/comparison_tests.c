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
#include "math/many/panel_form.h"
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
	APART,						/* each bin in one row only, but for some that are in a few */
	DISJOINT,					/* each bin in one row only */
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
		case APART:
			return bin % 7 == row % 7 || (bin % 61 == 5 && random < 0.1) ? 0.1 + random : 0.0;
		case DISJOINT:
			return bin % 40 == row || (bin == 0 && row % 40 == 39) ? 0.1 + random : 0.0;
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
compare_planned(Comparison *comparison, SlabRunner run, double *values)
{
	size_t		rows = comparison->count;
	void	   *memory = malloc(comparison->memory_size);
	Finding		finding;

	memset(memory, 0xff, comparison->memory_size);
	place_comparison(comparison, memory);
	for (size_t row = 0; row < rows; row++)
		judge_distribution(comparison, row, run, &finding);
	prepare_comparison(comparison, run);
	for (size_t number = 0; number < comparison->tiles; number++)
	{
		Tile		tile = tile_of(comparison, number);

		compare_tile(comparison, &tile, run, values + tile.first_p * rows + tile.first_q, rows);
	}
	for (size_t row = 0; row < rows && comparison->symmetric; row++)
		for (size_t column = 0; column < row; column++)
			values[row * rows + column] = values[column * rows + row];
	free(memory);
}

static void
compare_rows(const Measure *measure, const Parameters *parameters, const double *weights,
			 size_t rows, size_t bins, SlabRunner run, double *values)
{
	Comparison	comparison;

	plan_comparison(&comparison, measure, parameters, weights, rows, bins);
	compare_planned(&comparison, run, values);
}

/* The same of lists of the bins that weigh something */
static void
compare_lists(const Measure *measure, const Parameters *parameters, const double *weights,
			  size_t rows, size_t bins, SlabRunner run, double *values)
{
	size_t	   *starts = malloc((rows + 1) * sizeof(size_t));
	uint32_t   *list_bins = malloc(rows * bins * sizeof(uint32_t));
	double	   *list_weights = malloc(rows * bins * sizeof(double));
	BinLists	lists = {starts, list_bins, list_weights};
	Comparison	comparison;
	size_t		next = 0;

	for (size_t row = 0; row < rows; row++)
	{
		starts[row] = next;
		for (size_t bin = 0; bin < bins; bin++)
		{
			if (weights[row * bins + bin] == 0.0)
				continue;
			list_bins[next] = (uint32_t) bin;
			list_weights[next++] = weights[row * bins + bin];
		}
	}
	starts[rows] = next;
	plan_comparison_of_lists(&comparison, measure, parameters, &lists, rows, bins);
	compare_planned(&comparison, run, values);
	free(starts);
	free(list_bins);
	free(list_weights);
}

typedef void (*CompareAll) (const Measure *measure, const Parameters *parameters, const double *weights,
							size_t rows, size_t bins, SlabRunner run, double *values);

static bool
have_common_bin(const double *p, const double *q, size_t bins)
{
	for (size_t bin = 0; bin < bins; bin++)
		if (p[bin] > 0.0 && q[bin] > 0.0)
			return true;
	return false;
}

/* Whether a value of many is that of the pair alone, and exactly that where it has to be */
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
	/* panels know distributions without a bin in common, and say exactly what they are worth */
	if ((measure->panels->disjoint > 0.0 || (measure->panels != &pair_by_pair && alone == measure->maximum)) &&
		parameters->pseudocount == 0.0 && !have_common_bin(p.values, q.values, bins))
		return value == alone;
	return fabs(value - alone) <= TOLERANCE * alone;
}

static void
check_family(CompareAll compare_all, Family family, size_t rows, size_t bins, const Measure *measure,
			 const Parameters *parameters, size_t *wrong, double *first_values, double *values)
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

/* Lists where they take less time, or where rows would take too much memory */
static void
test_choice(void (*check) (bool passed, const char *what))
{
	const Measure *jsd = find_measure("jsd");
	const Measure *kl_divergence = find_measure("kl_divergence");
	bool		passed;

	passed = !lists_are_better(jsd, 1000, 256, 256000) && !lists_are_better(kl_divergence, 5000, 64, 5000 * 64 / 4);
	check(passed, "many distributions with most bins in common are rows");
	passed = lists_are_better(jsd, 200, 400000, 400000) && lists_are_better(kl_divergence, 1000, 2000000, 2000000);
	check(passed, "those with few are lists");
	passed = lists_are_better(kl_divergence, 10000, 50000, 10000000) && !lists_are_better(kl_divergence, 100, 50000, 300000);
	check(passed, "memory decides where time does not");
	check(!lists_are_better(jsd, 0, 0, 0) && !lists_are_better(jsd, 5, 0, 0), "nothing is no list");
}

/* More merged bins than there is room for at once, and a list that is cut into slabs */
static void
test_long_lists(void (*check) (bool passed, const char *what))
{
	const size_t lengths[] = {300000, 0, 7, 200000};
	const Measure *measure = find_measure("total_variation");
	Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
	size_t		starts[5] = {0};
	uint32_t   *bins = malloc(600000 * sizeof(uint32_t));
	double	   *weights = malloc(600000 * sizeof(double));
	BinLists	lists = {starts, bins, weights};
	Comparison	comparison;
	double		values[16];
	bool		passed;

	for (size_t i = 0; i < 4; i++)
	{
		for (size_t j = 0; j < lengths[i]; j++)
		{
			bins[starts[i] + j] = (uint32_t) (2 * j + (i == 3 && j % 4 == 0));
			weights[starts[i] + j] = 1.0;
		}
		starts[i + 1] = starts[i] + lengths[i];
	}
	plan_comparison_of_lists(&comparison, measure, &parameters, &lists, 4, 600000);
	compare_planned(&comparison, run_slabs_serially, values);
	/* of the shares of the longest, 150,000 of 300,000 are common, and of the other one as many of 200,000 */
	passed = comparison.by_slabs && comparison.pair_bins == 500000 && fabs(values[3] - 0.5) < 1e-12 &&
		fabs(values[11] - (1.0 - 5.0 / 200000.0)) < 1e-12 && isnan(values[4]) && isnan(values[1]);
	check(passed, "long lists are merged");
	free(bins);
	free(weights);
}

void
test_comparisons(void (*check) (bool passed, const char *what))
{
	static const size_t shapes[][2] = {{8, 1}, {9, 2}, {33, 64}, {17, 65}, {11, 513}, {9, 1200}, {5, 20}};
	double	   *first_values = malloc(40 * 40 * sizeof(double));
	double	   *values = malloc(40 * 40 * sizeof(double));
	char		what[100];

	test_tiles(check);
	test_choice(check);
	test_long_lists(check);
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
				for (int form = 0; form < 2; form++)
				{
					CompareAll	compare_all = form == 0 ? compare_rows : compare_lists;

					check_family(compare_all, family, shapes[shape][0], shapes[shape][1], measure, &plain, &wrong, first_values, values);
					check_family(compare_all, family, shapes[shape][0], shapes[shape][1], measure, &smoothed, &wrong, first_values, values);
				}
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
