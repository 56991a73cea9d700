/*-------------------------------------------------------------------------
 *
 * reader_tests.c
 *	  Weights that are read a piece at a time.
 *
 * Whatever is done with weights in memory has to give the same, to the bit,
 * where these are read.  A piece is gone, its memory too, when the next one is
 * asked for.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure.h"

#include "inputs.h"
#include "reader_tests.h"

typedef struct Pieces
{
	WeightReader reader;
	const double *values;
	double	   *piece;
} Pieces;

static const double *
read_piece(WeightReader *reader, size_t first, size_t count)
{
	Pieces	   *pieces = (Pieces *) reader;

	free(pieces->piece);
	pieces->piece = malloc(count * sizeof(double));
	memcpy(pieces->piece, pieces->values + first, count * sizeof(double));
	return pieces->piece;
}

static double
value_of_pair(const Measure *measure, const Weights *p, const Weights *q, double pseudocount, Finding *finding)
{
	Parameters	parameters = DEFAULT_PARAMETERS;

	parameters.order = 0.7;
	parameters.pseudocount = measure_takes(measure) & TAKES_PSEUDOCOUNT ? pseudocount : 0.0;
	parameters.empty = measure_takes(measure) & TAKES_EMPTY ? DEFAULT_EMPTY : 0.0;
	return evaluate_measure(measure, p, q, &parameters, run_slabs_serially, finding);
}

static bool
are_same_findings(const Finding *a, const Finding *b)
{
	if (a->judgement != b->judgement)
		return false;
	if (a->judgement != WEIGHT_NEGATIVE && a->judgement != WEIGHT_NOT_A_NUMBER && a->judgement != WEIGHT_INFINITE)
		return true;
	return a->in_reference == b->in_reference && a->position == b->position &&
		memcmp(&a->value, &b->value, sizeof(double)) == 0;
}

/* Whether a measure is the same if p, q or both are read */
static bool
measure_can_be_read(const Measure *measure, const double *p_values, const double *q_values, size_t count,
					double pseudocount)
{
	Weights		p = dense_weights(p_values, count);
	Weights		q = dense_weights(q_values, count);
	Finding		expected_finding;
	double		expected = value_of_pair(measure, &p, &q, pseudocount, &expected_finding);
	bool		same = true;

	for (int sides = 1; sides <= 3; sides++)
	{
		Pieces		p_pieces = {{read_piece}, p_values, NULL};
		Pieces		q_pieces = {{read_piece}, q_values, NULL};
		Weights		p_read = {.count = count, .reader = &p_pieces.reader};
		Weights		q_read = {.count = count, .reader = &q_pieces.reader};
		Finding		finding;
		double		value = value_of_pair(measure, sides & 1 ? &p_read : &p, sides & 2 ? &q_read : &q,
										  pseudocount, &finding);

		free(p_pieces.piece);
		free(q_pieces.piece);
		if (are_same_findings(&finding, &expected_finding) &&
			(finding.judgement != WEIGHTS_VALID || memcmp(&value, &expected, sizeof(double)) == 0))
			continue;
		same = false;
		printf("# %s: %.17g, read %.17g\n", measure_name(measure), expected, value);
	}
	return same;
}

static bool
can_be_read(const double *p_values, const double *q_values, size_t count)
{
	bool		same = true;

	for (int i = 0; i < MEASURE_COUNT; i++)
	{
		same = measure_can_be_read(get_measure(i), p_values, q_values, count, 0.0) && same;
		same = measure_can_be_read(get_measure(i), p_values, q_values, count, 0.5) && same;
	}
	return same;
}

static const char *families[] = {"flat", "counts", "near-1e-6", "near-1e-12", "zeros", "one-sided", "extreme"};

void
test_readers(void (*check) (bool passed, const char *what))
{
	static const size_t counts[] = {1, 7, 512, 515, 33000, 163841};
	const size_t most = 163841;
	double	   *p = malloc(most * sizeof(double));
	double	   *q = malloc(most * sizeof(double));
	char		what[80];

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
	{
		size_t		count = counts[i];
		bool		passed = true;

		for (size_t family = 0; family < sizeof(families) / sizeof(families[0]); family++)
			passed = !make_inputs(families[family], count, 1, p, q) || can_be_read(p, q, count) ? passed : false;
		memcpy(q, p, count * sizeof(double));
		passed = can_be_read(p, q, count) && passed;
		for (size_t bin = 0; bin < count; bin++)
			q[bin] = 0.3 * p[bin];
		passed = can_be_read(p, q, count) && passed;
		q[count - 1] = -1.0;
		passed = can_be_read(p, q, count) && passed;
		p[count / 2] = NAN;
		passed = can_be_read(p, q, count) && passed;
		memset(p, 0, count * sizeof(double));
		passed = can_be_read(p, p, count) && passed;
		snprintf(what, sizeof(what), "a reader gives what memory gives: n=%zu", count);
		check(passed, what);
	}
	free(p);
	free(q);
}
