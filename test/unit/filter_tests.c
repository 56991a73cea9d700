/*-------------------------------------------------------------------------
 *
 * filter_tests.c
 *	  No filter leaves out a pair that is looked for.
 *
 * A filter is told to look for exactly the value of each pair in turn, and must
 * let it pass: whatever a margin is too narrow by, there it shows.  Rows are made
 * so that single precision errs as much as it can, or that bounds are reached.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filter_tests.h"
#include "math/instruction_set.h"
#include "math/many/filter.h"
#include "math/pair/slabs.h"

#define ROWS 24
#define MOST_BINS 300

static uint64_t state;

static double
uniform(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (double) ((state * UINT64_C(2685821657736338717)) >> 11) * 0x1p-53;
}

typedef enum Attack
{
	RANDOM,
	ROUNDED_ONE_WAY,			/* all roots lose as much as they can, or win it */
	LOST_SUMMANDS,				/* products behind the first one, of which every sum loses all */
	SAME_SUMMANDS,				/* of which a sum loses the same in each bin, nearly half a unit */
	AT_THE_LOWER_BOUND,			/* hardly a bin in common: JSD is ln 2 H^2 */
	AT_THE_UPPER_BOUND,			/* near each other: JSD is H^2 */
	DENORMALS,
	HUGE_TOTALS,
	ALL_BUT_NOTHING,			/* shares that are 0 in single precision, or whose products were */
	NEAR_DUPLICATES,
	EQUAL_ROWS,
	NOTHING_IN_COMMON,
	UNOBSERVED_ROWS,
	ATTACK_COUNT
} Attack;

static double
attacking_weight(Attack attack, size_t row, size_t bin)
{
	double		random = uniform();

	switch (attack)
	{
		case ROUNDED_ONE_WAY:
			/* shares are these: the first has the bits 1 + 2^-24 - a bit, the other 1 + 2^-24 + a bit */
			return row % 2 == 0 ? 1.0 + 0x1.fffp-25 : 1.0 + 0x1.001p-24;
		case LOST_SUMMANDS:
			return bin == 0 ? 1.0 : 0x1.fp-26 * (1.0 - 0x1p-6 * (double) (row % 3));
		case SAME_SUMMANDS:
			return 1.0 + 0x1p-22 * (double) (row + 1);
		case AT_THE_LOWER_BOUND:
			return bin % ROWS == row || (bin + 1) % ROWS == row ? 1.0 + random : 0.0;
		case AT_THE_UPPER_BOUND:
			return 1.0 + 0.003 * (double) (row + 1) * (bin % 2 == 0 ? 1.0 : -1.0);
		case DENORMALS:
			return (double) (1 + (uint64_t) (random * 9.0)) * 0x1p-1074;
		case HUGE_TOTALS:
			return (0.5 + random) * (row % 2 == 0 ? 0x1p1000 : 0x1p-1000);
		case ALL_BUT_NOTHING:
			return bin == row ? 1.0 : random < 0.5 ? ldexp(random, -(int) (bin % 300)) : 0.0;
		case NEAR_DUPLICATES:
			return (1.0 + (double) (bin * 7919 % 101)) * (1.0 + ldexp(random, -(int) (3 * (row % 12))));
		case EQUAL_ROWS:
			return (1.0 + (double) (bin * 7919 % 101)) * (double) (1 + row % 7);
		case NOTHING_IN_COMMON:
			return bin % ROWS == row || bin == 0 ? (double) (bin > 0 || row == 0) * (0.1 + random) : 0.0;
		case UNOBSERVED_ROWS:
			return row % 5 == 2 ? 0.0 : random;
		default:
			return random;
	}
}

typedef struct Search
{
	Comparison	comparison;
	Filter		filter;
	void	   *comparison_memory;
	void	   *filter_memory;
	double	   *values;			/* of tiles: ROWS x ROWS */
} Search;

static void
begin_search(Search *search, const Measure *measure, const Parameters *parameters, const double *weights, size_t bins)
{
	Comparison *comparison = &search->comparison;
	Finding		finding;

	plan_comparison(comparison, measure, parameters, weights, ROWS, bins);
	search->comparison_memory = malloc(comparison->memory_size + 1);
	place_comparison(comparison, search->comparison_memory);
	for (size_t row = 0; row < ROWS; row++)
		judge_distribution(comparison, row, run_slabs_serially, &finding);
	prepare_comparison(comparison, run_slabs_serially);
	for (size_t i = 0; i < ROWS * ROWS; i++)
		search->values[i] = NAN;
	for (size_t number = 0; number < comparison->tiles; number++)
	{
		Tile		tile = tile_of(comparison, number);

		compare_tile(comparison, &tile, run_slabs_serially, search->values + tile.first_p * ROWS + tile.first_q, ROWS);
	}
}

static bool
begin_filter(Search *search, bool farthest)
{
	if (!plan_filter(&search->filter, &search->comparison, farthest))
		return false;
	search->filter_memory = malloc(search->filter.memory_size + 1);
	memset(search->filter_memory, 0xff, search->filter.memory_size);
	place_filter(&search->filter, search->filter_memory);
	prepare_filter(&search->filter, run_slabs_serially);
	return true;
}

/* How many pairs whose values are in range are not found, or found with other bits, or twice or out of order */
static size_t
count_wrong(Search *search, ValueRange range, bool with_values)
{
	const Comparison *comparison = &search->comparison;
	static Candidate candidates[ROWS * ROWS];
	static bool found[ROWS * ROWS];
	size_t		wrong = 0;

	memset(found, 0, sizeof(found));
	look_for(&search->filter, range);
	for (size_t number = 0; number < comparison->tiles; number++)
	{
		Tile		tile = tile_of(comparison, number);
		size_t		count = sift_tile(&search->filter, &tile, candidates);

		if (estimates_candidates(&search->filter))
			count = estimate_candidates(&search->filter, candidates, count);
		if (with_values)
			(void) compare_candidates(comparison, candidates, count, 0);
		for (size_t i = 0; i < count; i++)
		{
			size_t		place = candidates[i].p * ROWS + candidates[i].q;

			wrong += found[place] || candidates[i].p == candidates[i].q;
			wrong += with_values && memcmp(&candidates[i].value, &search->values[place], sizeof(double)) != 0;
			wrong += i > 0 && candidates[i - 1].p * ROWS + candidates[i - 1].q >= place;
			found[place] = true;
		}
	}
	for (size_t p = 0; p < ROWS; p++)
		for (size_t q = comparison->symmetric ? p + 1 : 0; q < ROWS; q++)
		{
			double		value = search->values[p * ROWS + q];

			if (p != q && value >= range.least && value <= range.most)
				wrong += !found[p * ROWS + q];
		}
	return wrong;
}

/* How much of the margins errors have reached at most */
static double products_reached = 0.0;
static double estimates_reached = 0.0;

static double
greater(double a, double b)
{
	return a > b ? a : b;
}

/* Products beside what Hellinger's distances say of them, and estimates beside Jensen and Shannon's divergences */
static void
measure_errors(const Search *search)
{
	const Comparison *comparison = &search->comparison;
	bool		of_products = comparison->measure == find_measure("hellinger_distance");
	static Candidate candidates[ROWS * ROWS];

	if (!of_products && comparison->measure != find_measure("jsd"))
		return;
	for (size_t number = 0; number < comparison->tiles; number++)
	{
		Tile		tile = tile_of(comparison, number);
		size_t		count = sift_tile(&search->filter, &tile, candidates);

		if (!of_products)
			(void) estimate_candidates(&search->filter, candidates, count);
		for (size_t i = 0; i < count; i++)
		{
			double		value = search->values[candidates[i].p * ROWS + candidates[i].q];
			double		exact = of_products ? 1.0 - value * value : value * log(comparison->parameters.base);
			double		error = fabs(candidates[i].value - exact);

			if (of_products)
				products_reached = greater(products_reached, error / search->filter.product_error);
			else
				estimates_reached = greater(estimates_reached, error / search->filter.estimate_error);
		}
	}
}

/* Looks for up to the value of each pair, or from it on */
static size_t
attack_all(Search *search, bool farthest)
{
	size_t		wrong = count_wrong(search, (ValueRange) {-INFINITY, INFINITY}, true);

	for (size_t i = 0; i < ROWS * ROWS; i += 13)
	{
		double		value = search->values[i];

		if (isnan(value))
			continue;
		wrong += count_wrong(search, farthest ? (ValueRange) {value, INFINITY} : (ValueRange) {-INFINITY, value}, false);
	}
	return wrong;
}

static size_t
attack_measure(const Measure *measure, const Parameters *parameters, Attack attack, size_t bins, size_t *filters)
{
	static double weights[ROWS * MOST_BINS];
	static double values[ROWS * ROWS];
	Search		search = {.values = values};
	size_t		wrong = 0;

	state = 88172645463325252u + (uint64_t) attack * 1000003 + bins;
	for (size_t row = 0; row < ROWS; row++)
		for (size_t bin = 0; bin < bins; bin++)
			weights[row * bins + bin] = attacking_weight(attack, row, bin);
	for (size_t i = 0; instruction_set_name(i) != NULL; i++)
	{
		use_instruction_set(instruction_set_name(i));
		begin_search(&search, measure, parameters, weights, bins);
		for (int farthest = 0; farthest < 2; farthest++)
		{
			if (!begin_filter(&search, farthest))
				continue;
			(*filters)++;
			measure_errors(&search);
			wrong += attack_all(&search, farthest);
			free(search.filter_memory);
		}
		free(search.comparison_memory);
	}
	use_instruction_set("auto");
	return wrong;
}

/* The bounds themselves, far from rounding: pairs of two bins reach them */
static void
test_pruning(void (*check) (bool passed, const char *what))
{
	static double weights[ROWS * 64];
	static double values[ROWS * ROWS];
	static Candidate candidates[ROWS * ROWS];
	Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
	Search		search = {.values = values};
	size_t		left = 0;

	state = 4711;
	for (size_t i = 0; i < ROWS * 64; i++)
		weights[i] = attacking_weight(RANDOM, i / 64, i % 64);
	for (size_t bin = 0; bin < 64; bin++)
		weights[64 + bin] = weights[bin] * (1.0 + 0.01 * (double) (bin % 2));
	begin_search(&search, find_measure("jsd"), &parameters, weights, 64);
	(void) begin_filter(&search, false);
	look_for(&search.filter, (ValueRange) {-INFINITY, values[1]});
	for (size_t number = 0; number < search.comparison.tiles; number++)
	{
		Tile		tile = tile_of(&search.comparison, number);

		left += sift_tile(&search.filter, &tile, candidates);
	}
	check(left == 1, "a filter leaves out what is far from what is looked for");
	free(search.filter_memory);
	free(search.comparison_memory);
}

void
test_filters(void (*check) (bool passed, const char *what))
{
	static const size_t sizes[] = {2, 17, 64, 300};
	char		what[100];

	test_pruning(check);
	for (size_t i = 0; measure_at(i) != NULL; i++)
	{
		const Measure *measure = measure_at(i);
		Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
		size_t		filters = 0;

		if (measure->bounds == NULL || measure->bounds == &no_bounds)
			continue;
		for (int attack = 0; attack < ATTACK_COUNT; attack++)
		{
			size_t		wrong = 0;

			for (size_t size = 0; size < sizeof(sizes) / sizeof(sizes[0]); size++)
			{
				parameters.alpha = size % 2 == 0 ? 0.5 : attack % 2 == 0 ? 0.3 : 2.0;
				parameters.base = measure->takes & TAKES_BASE && size % 3 == 1 ? 2.0 : EULER;
				parameters.pseudocount = measure->takes & TAKES_PSEUDOCOUNT && size % 3 == 2 ? 1e-3 : 0.0;
				wrong += attack_measure(measure, &parameters, attack, sizes[size], &filters);
			}
			snprintf(what, sizeof(what), "nothing that is looked for is left out: %s, attack %d (%zu wrong)",
					 measure->name, attack, wrong);
			check(wrong == 0, what);
		}
		check(filters > 0, measure->name);
	}
	printf("# margins of filters: products have reached %.2f of theirs, estimates %.2f\n", products_reached, estimates_reached);
	/* why not more: see filter.c */
	check(products_reached > 0.44 && products_reached < 1.0, "products come as near to their margin as they can");
	check(estimates_reached > 0.12 && estimates_reached < 1.0, "estimates come near to theirs");
}
