/*-------------------------------------------------------------------------
 *
 * few_tests.c
 *	  Pairs of few bins, by the shortest way.
 *
 * It has to give the bits of the general way, wherever the weights begin in
 * memory, or leave a pair alone.  Weights with a bitmap of the bins that are
 * present go the general way, even if all are.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/instruction_set.h"
#include "math/measure.h"
#include "math/pair/slabs.h"
#include "math/pair/value.h"

#include "few_tests.h"

/* Bins of the largest pairs that are tried: more than few */
#define MOST_BINS 80

typedef enum WeightKind
{
	SHARES,
	COUNTS,
	EMPTY_BINS,
	NEARLY_EMPTY,
	ANY_SIZE,
	DENORMAL,
	VERY_LARGE,
	ORDINARY_LIMIT,				/* totals around 2^-300 */
	TINY_BESIDE_LARGE,
	WRONG,
	KINDS
} WeightKind;

static double
weight_of(WeightKind kind)
{
	double		u = drand48();

	switch (kind)
	{
		case COUNTS:
			return floor(1000.0 * u);
		case EMPTY_BINS:
			return drand48() < 0.3 ? 0.0 : u;
		case NEARLY_EMPTY:
			return drand48() < 0.9 ? 0.0 : u;
		case ANY_SIZE:
			return ldexp(u, (int) (2000.0 * drand48()) - 1000);
		case DENORMAL:
			return ldexp(u, -1060);
		case VERY_LARGE:
			return ldexp(u, 1018);
		case ORDINARY_LIMIT:
			return ldexp(u, (int) (20.0 * drand48()) - 310);
		case TINY_BESIDE_LARGE:
			return drand48() < 0.3 ? ldexp(1.0, -1074) : u;
		case WRONG:
			return drand48() > 0.05 ? u : u < 0.25 ? -u : u < 0.5 ? NAN : u < 0.75 ? INFINITY : -0.0;
		default:
			return u;
	}
}

typedef struct Pair
{
	size_t		count;
	double		p[MOST_BINS];
	double		q[MOST_BINS];
} Pair;

static void
make_pair(Pair *pair)
{
	static const double changes[] = {0.0, 0x1p-52, 1e-15, 1e-9};
	WeightKind	p_kind = (WeightKind) (KINDS * drand48());
	WeightKind	q_kind = drand48() < 0.6 ? p_kind : (WeightKind) (KINDS * drand48());
	bool		alike = drand48() < 0.3;
	double		factor = drand48() < 0.5 ? 3.0 : 1.0;
	double		change = changes[(int) (4.0 * drand48())];

	pair->count = 1 + (size_t) (drand48() < 0.5 ? 16.0 * drand48() : (MOST_BINS - 1) * drand48());
	for (size_t i = 0; i < pair->count; i++)
	{
		pair->p[i] = weight_of(p_kind);
		pair->q[i] = alike ? factor * pair->p[i] * (1.0 + (drand48() < 0.3 ? change : 0.0)) : weight_of(q_kind);
	}
}

/* Whether the short way gives the general one's bits, or nothing */
static bool
is_the_same(const Measure *measure, const Parameters *parameters, const Pair *pair, bool *found)
{
	static char room[2 * MOST_BINS * sizeof(double) + 16];
	uint8_t		present[(MOST_BINS + 7) / 8];
	Weights		p = {.values = pair->p, .present = present, .count = pair->count};
	Weights		q = {.values = pair->q, .present = present, .count = pair->count};
	size_t		size = pair->count * sizeof(double);
	char	   *p_place = room + (size_t) (8.0 * drand48());
	char	   *q_place = p_place + size + (size_t) (8.0 * drand48());
	Finding		finding;
	double		expected;
	double		value = NAN;

	memset(present, 0xff, sizeof(present));
	memcpy(p_place, pair->p, size);
	memcpy(q_place, pair->q, size);
	*found = evaluate_few(measure, p_place, q_place, pair->count, parameters, &value);
	expected = evaluate_measure(measure, &p, &q, parameters, run_slabs_serially, &finding);
	if (!*found || (finding.judgement == WEIGHTS_VALID && memcmp(&value, &expected, sizeof(double)) == 0))
		return true;
	printf("# %s of %zu bins: %.17g, by the short way %.17g\n", measure->name, pair->count, expected, value);
	return false;
}

static void
try_measure(const Measure *measure, void (*check) (bool passed, const char *what))
{
	static const double alphas[] = {0.0, 0.3, 0.5, 1.0, 2.0, 7.5, INFINITY};
	bool		right = true;
	bool		pair_found;
	size_t		tried = 0;
	size_t		found = 0;
	char		what[100];

	for (int i = 0; i < 3000; i++)
	{
		Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
		Pair		pair;

		make_pair(&pair);
		parameters.alpha = measure->takes & TAKES_ALPHA ? alphas[i % 7] : parameters.alpha;
		parameters.base = measure->takes & TAKES_BASE && i % 2 == 0 ? 2.0 : parameters.base;
		parameters.pseudocount = measure->takes & TAKES_PSEUDOCOUNT && i % 5 == 0 ? 0.5 : 0.0;
		parameters.empty = measure->takes & TAKES_EMPTY && i % 2 == 0 ? 0.0001 : 0.0;
		right = is_the_same(measure, &parameters, &pair, &pair_found) && right;
		right = right && !(pair_found && pair.count > FEW_BINS);
		tried++;
		found += pair_found;
	}
	snprintf(what, sizeof(what), "%s of few bins has the bits it has of any", measure->name);
	check(right, what);
	/* those that need more than plain totals never go this way */
	if (measure == &kl_divergence_measure || measure == &jsd_measure || measure == &hellinger_distance_measure ||
		measure == &renyi_measure || measure == &chi_square_divergence_measure)
	{
		snprintf(what, sizeof(what), "and the short way is taken: %s", measure->name);
		check(found > tried / 10 && found < tried, what);
	}
}

void
test_few_bins(void (*check) (bool passed, const char *what))
{
	for (size_t set = 0; instruction_set_name(set) != NULL; set++)
	{
		use_instruction_set(instruction_set_name(set));
		srand48(3);
		for (size_t i = 0; measure_at(i) != NULL; i++)
			try_measure(measure_at(i), check);
	}
	use_instruction_set("auto");
}
