/*-------------------------------------------------------------------------
 *
 * bits_tests.c
 *	  Results have the bits that they always had.
 *
 * For each measure and each surface a checksum of many values, in bits.txt.  A
 * compiler, a processor or a change that alters a single bit of them shows
 * here; results may only change with a major version, which tells its users to
 * REINDEX.  A new measure needs lines of its own and leaves the others alone.
 *
 *-------------------------------------------------------------------------
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/many/comparison.h"
#include "math/measure.h"
#include "math/instruction_set.h"
#include "math/pair/slabs.h"
#include "math/pair/value.h"
#include "math/rows/rows.h"

#include "bits_tests.h"
#include "inputs.h"

typedef struct Sample
{
	const char *family;
	size_t		n;
} Sample;

static const Sample samples[] = {
	{"flat", 1}, {"flat", 7}, {"flat", 100}, {"sparse", 511}, {"near-1e-6", 513},
	{"near-1e-12", 4099}, {"zeros", 1000}, {"one-sided", 257}, {"denormal", 100},
	{"skewed", 300}, {"extreme", 64}, {"counts", 70000}, {"near-counts-1e-6-by-3", 3000},
	{"far-apart", 200}, {"disjoint", 100}, {"proportional", 1000}, {"flat", 200000}
};

#define SAMPLE_COUNT (sizeof(samples) / sizeof(samples[0]))

static const double alphas[] = {0.0, 0.3, 0.5, 1.0 - 1e-9, 1.0, 2.0, 9.0, INFINITY};

#define ALPHA_COUNT (sizeof(alphas) / sizeof(alphas[0]))

/* Distributions of a matrix, and their bins */
#define DISTRIBUTIONS 24
#define BINS 130

typedef double (*SampleValue) (const Measure *measure, const Parameters *parameters,
							   const double *p, const double *q, size_t n);

static double
array_value(const Measure *measure, const Parameters *parameters, const double *p, const double *q, size_t n)
{
	Weights		p_weights = dense_weights(p, n);
	Weights		q_weights = dense_weights(q, n);
	Finding		finding;

	return evaluate_measure(measure, &p_weights, &q_weights, parameters, run_slabs_serially, &finding);
}

/* What the bins contribute, each multiplied with a number of its own */
static double
contribution_value(const Measure *measure, const Parameters *parameters, const double *p, const double *q, size_t n)
{
	Weights		p_weights = dense_weights(p, n);
	Weights		q_weights = dense_weights(q, n);
	double	   *contributions = malloc(n * sizeof(double));
	double		sum = 0.0;
	Finding		finding;

	if (contributions == NULL)
		abort();
	evaluate_contributions(measure, &p_weights, &q_weights, parameters, run_slabs_serially, &finding, contributions);
	for (size_t i = 0; i < n && finding.judgement == WEIGHTS_VALID; i++)
		sum += contributions[i] * (double) (i % 61 + 1);
	free(contributions);
	return sum;
}

/* In three states that are added */
static double
row_value(const Measure *measure, const Parameters *parameters, const double *p, const double *q, size_t n)
{
	bool		pair = (measure->takes & TAKES_REFERENCE) != 0;
	double		all[ROW_STATE_LENGTH];
	double		part[ROW_STATE_LENGTH];
	RowState   *state = (RowState *) all;
	RowState   *other = (RowState *) part;
	const RowFamily *family = measure->rows;
	Judgement	judgement;
	double		value;

	begin_rows(state, family);
	for (size_t third = 0; third < 3; third++)
	{
		begin_rows(other, family);
		if ((family)->takes_alpha == YES)
		{
			set_rows_alpha(state, parameters->alpha);
			set_rows_alpha(other, parameters->alpha);
		}
		for (size_t i = n * third / 3; i < n * (third + 1) / 3; i++)
			add_row(other, family, p[i], pair ? q[i] : 0.0);
		add_rows(state, other);
	}
	value = value_of_rows(measure, state, &judgement);
	return judgement == WEIGHTS_VALID ? value : -1.0;
}

/* Adds the bytes of a value to a checksum, FNV-1a */
static uint64_t
add_to_checksum(uint64_t checksum, double value)
{
	/* all NaN are one */
	double		canonical = isnan(value) ? -2.0 : value;

	return checksum * 31 + checksum_inputs(&canonical, &canonical, 1);
}

/* Over all samples and values of alpha */
static uint64_t
checksum_of_samples(const Measure *measure, SampleValue value_of, size_t most)
{
	uint64_t	checksum = 0;

	for (size_t s = 0; s < SAMPLE_COUNT; s++)
	{
		size_t		n = samples[s].n;
		double	   *p = malloc(n * sizeof(double));
		double	   *q = malloc(n * sizeof(double));
		size_t		alpha_count = measure->takes & TAKES_ALPHA ? ALPHA_COUNT : 1;

		if (p == NULL || q == NULL || !make_inputs(samples[s].family, n, 4711, p, q))
			abort();
		for (size_t k = 0; k < alpha_count && n <= most; k++)
		{
			Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);

			if (measure->takes & TAKES_ALPHA)
				parameters.alpha = alphas[k];
			if (measure->takes & TAKES_EMPTY)
				parameters.empty = 0.0001;
			checksum = add_to_checksum(checksum, value_of(measure, &parameters, p, q, n));
			if (measure->takes & TAKES_PSEUDOCOUNT && value_of != row_value)
			{
				parameters.base = 2.0;
				parameters.pseudocount = 0.5;
				checksum = add_to_checksum(checksum, value_of(measure, &parameters, p, q, n));
			}
		}
		free(p);
		free(q);
	}
	return checksum;
}

/* A matrix of distributions of which some are near each other, some far apart and some not */
static uint64_t
checksum_of_matrix(const Measure *measure)
{
	static const char *const kinds[] = {"flat", "sparse", "near-1e-6", "zeros", "skewed", "counts", "extreme", "far-apart"};
	double		weights[DISTRIBUTIONS * BINS];
	double		values[DISTRIBUTIONS * DISTRIBUTIONS];
	uint64_t	checksum = 0;
	Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
	Comparison	comparison;
	void	   *memory;
	Finding		finding;

	parameters.alpha = 0.7;
	for (size_t i = 0; i < DISTRIBUTIONS; i += 2)
		if (!make_inputs(kinds[i / 2 % 8], BINS, 7 + i / 16, weights + i * BINS, weights + (i + 1) * BINS))
			abort();
	plan_comparison(&comparison, measure, &parameters, weights, DISTRIBUTIONS, BINS);
	memory = malloc(comparison.memory_size + 1);
	if (memory == NULL)
		abort();
	place_comparison(&comparison, memory);
	for (size_t i = 0; i < DISTRIBUTIONS; i++)
		judge_distribution(&comparison, i, run_slabs_serially, &finding);
	prepare_comparison(&comparison, run_slabs_serially);
	for (size_t i = 0; i < DISTRIBUTIONS * DISTRIBUTIONS; i++)
		values[i] = 0.0;
	for (size_t number = 0; number < comparison.tiles; number++)
	{
		Tile		tile = tile_of(&comparison, number);

		compare_tile(&comparison, &tile, run_slabs_serially,
					 values + tile.first_p * DISTRIBUTIONS + tile.first_q, DISTRIBUTIONS);
	}
	free(memory);
	for (size_t i = 0; i < DISTRIBUTIONS * DISTRIBUTIONS; i++)
		checksum = add_to_checksum(checksum, values[i]);
	return checksum;
}

bool
has_bits(const char *path, const char *surface, const char *name, uint64_t checksum)
{
	char		wanted_surface[64];
	char		wanted_name[64];
	uint64_t	wanted;
	bool		found = false;
	bool		right = false;
	FILE	   *file = fopen(path, "r");

	while (file != NULL && fscanf(file, "%63s %63s %" SCNx64, wanted_surface, wanted_name, &wanted) == 3)
	{
		if (strcmp(surface, wanted_surface) != 0 || strcmp(name, wanted_name) != 0)
			continue;
		found = true;
		right = wanted == checksum;
	}
	if (file != NULL)
		fclose(file);
	if (!right)
		printf("# %s\n%s %s %016" PRIx64 "\n", found ? "other bits:" : "not in bits.txt:", surface, name, checksum);
	return right;
}

static void
check_bits(Check check, const char *path, const char *surface, const Measure *measure, uint64_t checksum)
{
	char		what[150];

	snprintf(what, sizeof(what), "%s: results have the bits they always had: %s", surface, measure->name);
	check(has_bits(path, surface, measure->name, checksum), what);
}

void
test_bits(Check check, const char *path)
{
	for (size_t i = 0; measure_at(i) != NULL; i++)
	{
		const Measure *measure = measure_at(i);

		check_bits(check, path, "arrays", measure, checksum_of_samples(measure, array_value, SIZE_MAX));
		if (measure->rows->fixed_size == YES)
			check_bits(check, path, "rows", measure, checksum_of_samples(measure, row_value, 10000));
		if (measure->additive == YES)
			check_bits(check, path, "contributions", measure, checksum_of_samples(measure, contribution_value, 10000));
		if (measure->takes & TAKES_REFERENCE)
			check_bits(check, path, "matrix", measure, checksum_of_matrix(measure));
	}
}
