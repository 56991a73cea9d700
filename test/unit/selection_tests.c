/*-------------------------------------------------------------------------
 *
 * selection_tests.c
 *	  Numbers found by their rank.
 *
 *-------------------------------------------------------------------------
 */
#include "selection_tests.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/ordered/selection.h"
#include "math/pair/slabs.h"

#define KINDS 6
#define MOST_PARTS 1000

static int	polls;

static void
count_polls(SlabTask task, void *job, size_t first, size_t end)
{
	polls++;
	run_slabs_serially(task, job, first, end);
}

/* Numbers of several kinds: spread evenly, over all magnitudes, with ties, with one far away from all others */
static double
number_of_kind(int kind, uint64_t random)
{
	switch (kind)
	{
		case 0:
			return (double) (random % 1000003) / 1000003.0;
		case 1:
			return ldexp((double) (random % 1000) - 500.0, (int) (random >> 10) % 1000 - 500) + 0.0;
		case 2:
			return random % 20 != 0 ? 0.0 : (double) (random % 100);
		case 3:
			return random % 5000 == 0 ? 1e300 : 1.0 + (double) (random % 1000) * 0x1p-52;
		case 4:
			return random % 7 == 0 ? -INFINITY : random % 7 == 1 ? INFINITY : (double) (random % 50);
	}
	return -3.0;
}

static int
compare_doubles(const void *left, const void *right)
{
	double		a = *(const double *) left;
	double		b = *(const double *) right;

	return (a > b) - (a < b);
}

/* Whether the edges between so many parts are the quantiles of the sorted numbers, each twice at most */
static bool
divides(const double *sorted, size_t count, size_t parts, const double *edges, size_t edge_count)
{
	size_t		next = 0;
	double		last = NAN;
	int			times = 0;

	for (size_t part = 1; part < parts; part++)
	{
		double		quantile = sorted[(part * count + parts - 1) / parts - 1];

		times = quantile == last ? times + 1 : 1;
		last = quantile;
		if (times > 2)
			continue;
		if (next == edge_count || edges[next++] != quantile)
			return false;
	}
	return next == edge_count;
}

static bool
finds_quantiles(size_t count, int kind, size_t parts, uint64_t *state)
{
	double	   *values = malloc(3 * count * sizeof(double));
	double	   *sorted = values + count;
	double	   *scratch = sorted + count;
	double		edges[MOST_PARTS];
	size_t		ranks[MOST_PARTS];
	size_t		edge_count;
	bool		right;

	if (values == NULL)
		abort();
	for (size_t i = 0; i < count; i++)
	{
		*state = *state * 6364136223846793005u + 1442695040888963407u;
		values[i] = sorted[i] = number_of_kind(kind, *state >> 20);
	}
	qsort(sorted, count, sizeof(double), compare_doubles);
	edge_count = quantile_edges(values, count, parts, ranks, edges, scratch, count_polls);
	right = divides(sorted, count, parts, edges, edge_count);
	if (!right)
		printf("# %zu numbers of kind %d in %zu parts\n", count, kind, parts);
	free(values);
	return right;
}

void
test_selection(void (*check) (bool passed, const char *what))
{
	static const size_t sizes[] = {1, 2, 9, 10, 1999, 2001, 50000};
	static const size_t parts[] = {2, 10, MOST_PARTS};
	uint64_t	state = 11;
	bool		passed = true;

	for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
		for (int kind = 0; kind < KINDS; kind++)
			for (size_t p = 0; p < sizeof(parts) / sizeof(parts[0]); p++)
				passed = finds_quantiles(sizes[s], kind, parts[p], &state) && passed;
	check(passed, "quantiles are found without sorting, and repeated ones twice");
	polls = 0;
	(void) finds_quantiles(1000000, 0, 10, &state);
	check(polls > 60, "selection lets others stop it");
}
