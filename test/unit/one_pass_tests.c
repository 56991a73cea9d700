/*-------------------------------------------------------------------------
 *
 * one_pass_tests.c
 *	  Long arrays of which a sample is misleading.
 *
 * The order of bins is nobody's business, but it decides which of them are in
 * the sample that relative_entropy_one_pass.c takes.  So each pair is turned around until the
 * sample consists of other bins, and has to give the same value.
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
#include "one_pass_tests.h"

/* Bins of which the first ones are a sample, and how many these are */
#define STRETCH 32768
#define SAMPLED 512

#define COUNT ((size_t) 5 * STRETCH)

static double
divergence_of(const double *p, const double *q, size_t count)
{
	Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
	Weights		p_weights = dense_weights(p, count);
	Weights		q_weights = dense_weights(q, count);
	Finding		finding;
	double		value = evaluate_measure(&kl_divergence_measure, &p_weights, &q_weights,
										 &parameters, run_slabs_serially, &finding);

	return finding.judgement == WEIGHTS_VALID ? value : NAN;
}

static double
divergence(const double *p, const double *q)
{
	return divergence_of(p, q, COUNT);
}

/* Blocks of 8 heavy bins, and then 504 light ones which a sum rounds all alike */
typedef struct HeavyBlocks
{
	size_t		blocks;
	double		heavy[2];
	double		light[2];
} HeavyBlocks;

/* Whether so many kinds of blocks give what one heavy and one light bin of each kind do */
static bool
are_their_totals(const HeavyBlocks *kinds, size_t kind_count)
{
	static double weights[2][COUNT];
	double		totals[2][8];
	size_t		count = 0;
	double		value;
	double		expected;

	for (size_t kind = 0; kind < kind_count; kind++)
		for (size_t i = 0; i < kinds[kind].blocks * 512; i++, count++)
			for (int side = 0; side < 2; side++)
				weights[side][count] = i % 512 < 8 ? kinds[kind].heavy[side] : kinds[kind].light[side];
	for (size_t kind = 0; kind < kind_count; kind++)
		for (int side = 0; side < 2; side++)
		{
			totals[side][2 * kind] = 8.0 * kinds[kind].blocks * kinds[kind].heavy[side];
			totals[side][2 * kind + 1] = 504.0 * kinds[kind].blocks * kinds[kind].light[side];
		}
	value = divergence_of(weights[0], weights[1], count);
	expected = divergence_of(totals[0], totals[1], 2 * kind_count);
	printf("# %.17g, by totals %.17g\n", value, expected);
	return fabs(value - expected) <= 6e-15 * expected;
}

static void
turn(double *weights)
{
	static double first[SAMPLED];

	memcpy(first, weights, sizeof(first));
	memmove(weights, weights + SAMPLED, (COUNT - SAMPLED) * sizeof(double));
	memcpy(weights + COUNT - SAMPLED, first, sizeof(first));
}

/* Whether the value survives a turn, to the accuracy of a measure */
static bool
survives_a_turn(double *p, double *q)
{
	double		value = divergence(p, q);
	double		turned;

	turn(p);
	turn(q);
	turned = divergence(p, q);
	if (value == turned)
		return true;
	printf("# %.17g, turned %.17g\n", value, turned);
	return fabs(value - turned) <= 4e-15 * value;
}

static bool
is_sampled(size_t bin)
{
	return bin % STRETCH < SAMPLED;
}

void
test_one_pass(void (*check) (bool passed, const char *what))
{
	/* found by climbing hills of errors */
	static const HeavyBlocks counts[] = {
		{1, {4535016108338.0, 4691842330157.0}, {5.0, 26.0}},
		{51, {333025337438797.0, 290965522263716.0}, {22.0, 1.0}},
		{12, {651648316713439.0, 747314820385237.0}, {10.0, 17.0}},
		{1, {4128856095451.0, 4271636823549.0}, {3.0, 8.0}}
	};
	static const HeavyBlocks two[] = {
		{1, {0x1.0b720f22e5c7dp+1, 0x1.ad06e18b4f379p+0}, {0x1.205f7add05a9cp-49, 0x1.458adb8a79f1ap-49}},
		{1, {0x1.5503c28c83753p-2, 0x1.c4cc0c908af19p-2}, {0x1.a3b2e3630b62dp-52, 0x1.dcc46bae8efb1p-53}}
	};
	double	   *p = malloc(COUNT * sizeof(double));
	double	   *q = malloc(COUNT * sizeof(double));

	check(are_their_totals(counts, 4), "one pass: heavy bins before light ones");
	check(are_their_totals(two, 2), "two passes: heavy bins before light ones");

	make_inputs("flat", COUNT, 1, p, q);
	check(survives_a_turn(p, q), "one pass: a fair sample");

	make_inputs("near-1e-6", COUNT, 1, p, q);
	for (size_t i = 0; i < COUNT; i++)
		if (is_sampled(i))
		{
			p[i] *= 1.3e-12;
			q[i] *= 1e-12;
		}
	check(survives_a_turn(p, q), "one pass: a sample in another proportion than all others");

	make_inputs("flat", COUNT, 1, p, q);
	for (size_t i = 0; i < COUNT; i++)
		if (is_sampled(i))
			p[i] *= 1e9;
	check(survives_a_turn(p, q), "one pass: a sample with all of the mass of one side");

	make_inputs("flat", COUNT, 1, p, q);
	for (size_t i = 0; i < COUNT; i++)
		if (is_sampled(i))
			q[i] = p[i] = 0.0;
	check(survives_a_turn(p, q), "one pass: nothing in the sample");

	make_inputs("flat", COUNT, 1, p, q);
	q[STRETCH + SAMPLED] = 1e-300;
	check(survives_a_turn(p, q) && isfinite(divergence(p, q)), "one pass: next to no mass beside some");
	q[STRETCH + SAMPLED] = 0.0;
	p[STRETCH + SAMPLED] = 1.0;
	check(isinf(divergence(p, q)), "one pass: no mass beside some");
	p[STRETCH + SAMPLED] = 0.0;
	q[STRETCH + SAMPLED] = -1.0;
	check(isnan(divergence(p, q)), "one pass: a negative weight beside none");

	make_inputs("flat", COUNT, 1, p, q);
	for (size_t i = 0; i < COUNT; i++)
		q[i] = 3.0 * (p[i] = ceil(1e6 * p[i]));
	check(divergence(p, q) == 0.0, "one pass: exactly 0 for proportional counts");
	free(p);
	free(q);
}
