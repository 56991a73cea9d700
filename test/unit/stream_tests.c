/*-------------------------------------------------------------------------
 *
 * stream_tests.c
 *	  Weights that are read a piece at a time.
 *
 * One pass over weights that are read has to give what weights in memory give,
 * to the bit.  A piece is gone, its memory too, when the next one is asked for.
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
#include "stream_tests.h"

typedef struct Pieces
{
	WeightStream stream;
	const double *values;
	double	   *piece;
} Pieces;

static const double *
read_piece(WeightStream *stream, size_t first, size_t count)
{
	Pieces	   *pieces = (Pieces *) stream;

	free(pieces->piece);
	pieces->piece = malloc(count * sizeof(double));
	memcpy(pieces->piece, pieces->values + first, count * sizeof(double));
	return pieces->piece;
}

/*
 * Whether one pass over weights that are streamed, on either side or both, gives
 * what evaluate_measure() does: a valid value if it is to be enough, and none
 * if not.
 */
static bool
can_be_read(const double *p_values, const double *q_values, size_t count, bool enough)
{
	const Measure *measure = &kl_divergence_measure;
	Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
	Weights		p = dense_weights(p_values, count);
	Weights		q = dense_weights(q_values, count);
	Finding		finding;
	double		expected = evaluate_measure(measure, &p, &q, &parameters, run_slabs_serially, &finding);
	bool		right = !enough || finding.judgement == WEIGHTS_VALID;

	for (int sides = 1; sides <= 3; sides++)
	{
		Pieces		p_pieces = {{read_piece}, p_values, NULL};
		Pieces		q_pieces = {{read_piece}, q_values, NULL};
		WeightSource sources[2] = {{p, NULL}, {q, NULL}};
		double		value = NAN;
		bool		found;

		if (sides & 1)
			sources[0] = (WeightSource) {{.count = count}, &p_pieces.stream};
		if (sides & 2)
			sources[1] = (WeightSource) {{.count = count}, &q_pieces.stream};
		found = evaluate_in_one_pass(measure, &sources[0], &sources[1], &parameters, run_slabs_serially, &value);

		free(p_pieces.piece);
		free(q_pieces.piece);
		if (found == enough && (!found || memcmp(&value, &expected, sizeof(double)) == 0))
			continue;
		right = false;
		printf("# %.17g, read: %s %.17g\n", expected, found ? "found" : "not found", value);
	}
	return right;
}

void
test_streams(void (*check) (bool passed, const char *what))
{
	static const char *families[] = {"flat", "counts", "near-1e-6", "near-1e-12"};
	static const size_t counts[] = {32769, 163841, 300003};
	const size_t most = 300003;
	double	   *p = malloc(most * sizeof(double));
	double	   *q = malloc(most * sizeof(double));
	char		what[80];

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
	{
		size_t		count = counts[i];
		bool		passed = true;

		for (size_t family = 0; family < sizeof(families) / sizeof(families[0]); family++)
			if (make_inputs(families[family], count, 1, p, q))
				passed = can_be_read(p, q, count, true) && passed;
		snprintf(what, sizeof(what), "a stream gives what memory gives: n=%zu", count);
		check(passed, what);

		make_inputs("flat", count, 1, p, q);
		for (size_t bin = 0; bin < count; bin++)
			p[bin] *= bin % 32768 < 512 ? 100.0 : 1.0;
		snprintf(what, sizeof(what), "a stream is read again after a misleading sample: n=%zu", count);
		check(can_be_read(p, q, count, true), what);

		make_inputs("counts", count, 1, p, q);
		memcpy(q, p, count * sizeof(double));
		passed = can_be_read(p, q, count, false);
		for (size_t bin = 0; bin < count; bin++)
			q[bin] = 3.0 * p[bin];
		passed = can_be_read(p, q, count, false) && passed;
		q[count - 1] = -1.0;
		passed = can_be_read(p, q, count, false) && passed;
		q[count - 1] = NAN;
		passed = can_be_read(p, q, count, false) && passed;
		memset(p, 0, count * sizeof(double));
		passed = can_be_read(p, p, count, false) && passed;
		snprintf(what, sizeof(what), "a stream is not enough for special weights: n=%zu", count);
		check(passed, what);
	}
	free(p);
	free(q);
}
