/*-------------------------------------------------------------------------
 *
 * one_pass_tests.c
 *	  Long arrays of which a sample is misleading.
 *
 * The order of bins is nobody's business, but it decides which of them are in
 * the sample that one_pass.c takes.  So each pair is turned around until the
 * sample consists of other bins, and has to give the same value.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure.h"

#include "inputs.h"
#include "one_pass_tests.h"

/* Bins of which the first ones are a sample, and how many these are */
#define STRETCH 32768
#define SAMPLED 512

#define COUNT ((size_t) 5 * STRETCH)

static double
divergence(const double *p, const double *q)
{
	Parameters	parameters = DEFAULT_PARAMETERS;
	Weights		p_weights = dense_weights(p, COUNT);
	Weights		q_weights = dense_weights(q, COUNT);
	Finding		finding;
	double		value = evaluate_measure(get_measure(MEASURE_kl_divergence), &p_weights, &q_weights,
										 &parameters, run_slabs_serially, &finding);

	return finding.judgement == WEIGHTS_VALID ? value : NAN;
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
	double	   *p = malloc(COUNT * sizeof(double));
	double	   *q = malloc(COUNT * sizeof(double));

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
