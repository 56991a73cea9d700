/*-------------------------------------------------------------------------
 *
 * ordered_tests.c
 *	  Measures of ordered data.
 *
 *-------------------------------------------------------------------------
 */
#include "ordered_tests.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bits_tests.h"
#include "inputs.h"
#include "math/ordered/intervals.h"
#include "math/ordered/ks_test.h"
#include "math/ordered/points.h"
#include "math/ordered/sample_estimates.h"
#include "math/ordered/sorting.h"
#include "math/pair/slabs.h"

#define MOST_ITEMS 200
#define TOLERANCE 1e-14
#define LINE_LENGTH 20000

static double worst_error = 0.0;

/* Of the exact value, in units of the smallest number if it is below the normal ones; equal if it is 0 */
static bool
is_within(double value, double exact, double tolerance)
{
	double		error = fabs((value - exact) / exact);

	if (value == exact)
		return true;
	if (error / tolerance > worst_error && fabs(exact) > DBL_MIN)
		worst_error = error / tolerance;
	if (error <= tolerance || fabs(value - exact) <= 5e-324)
		return true;
	printf("# %.17g, not %.17g\n", value, exact);
	return false;
}

static bool
is_near(double value, double exact)
{
	return is_within(value, exact, TOLERANCE);
}

static double *
new_numbers(size_t count)
{
	double	   *numbers = malloc((count + 1) * sizeof(double));

	if (numbers == NULL)
		abort();
	return numbers;
}

/* Points in order; they are copied */
static Points
points_of(const double *values, const double *weights, size_t count)
{
	double	   *own_values = new_numbers(count);
	double	   *own_weights = weights != NULL ? new_numbers(count) : NULL;
	double	   *scratch = new_numbers(2 * count);

	memcpy(own_values, values, count * sizeof(double));
	if (weights != NULL)
		memcpy(own_weights, weights, count * sizeof(double));
	sort_numbers(own_values, own_weights, count, 0, scratch, scratch + count, run_slabs_serially);
	free(scratch);
	return (Points) {own_values, own_weights, count};
}

static void
free_points(Points points)
{
	free((void *) points.values);
	free((void *) points.weights);
}

static double
value_of(const OrderedMeasure *measure, Points p, Points q)
{
	Finding		finding;

	return value_of_points(measure, &p, &q, run_slabs_serially, &finding);
}

static double
value_of_side_by_side(const OrderedMeasure *measure, const Stretch *p, size_t p_count, const Stretch *q, size_t q_count)
{
	uint32_t	room[2][MOST_ITEMS];
	Intervals	p_side = {p, p_count, room[0]};
	Intervals	q_side = {q, q_count, room[1]};
	Finding		finding;

	return value_of_intervals(measure, &p_side, &q_side, run_slabs_serially, &finding);
}

static int
compare_intervals(const void *a, const void *b)
{
	return compare_places_of_intervals(a, b);
}

/* FROM:TO:WEIGHT or POSITION:WEIGHT, each behind a comma but the first */
static size_t
read_intervals(const char *text, Stretch *intervals, bool *are_points)
{
	size_t		count = 0;

	if (*text == '-' && (text[1] == '\0' || text[1] == ' '))
		return 0;
	for (; count < MOST_ITEMS; text++)
	{
		char	   *end;
		double		numbers[3];
		int			read = 0;

		numbers[read++] = strtod(text, &end);
		while (*end == ':' && read < 3)
			numbers[read++] = strtod(end + 1, &end);
		text = end;
		intervals[count++] = (Stretch) {numbers[0], numbers[read - 2], numbers[read - 1]};
		*are_points = *are_points && read == 2;
		if (*text != ',')
			break;
	}
	qsort(intervals, count, sizeof(Stretch), compare_intervals);
	return count;
}

static Points
points_of_intervals(const Stretch *intervals, size_t count)
{
	double	   *values = new_numbers(2 * count);
	Points		points;

	for (size_t i = 0; i < count; i++)
	{
		values[i] = intervals[i].from;
		values[count + i] = intervals[i].weight;
	}
	points = points_of(values, values + count, count);
	free(values);
	return points;
}

static size_t
read_numbers(const char *text, double *numbers)
{
	double		scratch[MOST_ITEMS];
	size_t		count = 0;
	char	   *end;

	for (; count < MOST_ITEMS; text = end + 1)
	{
		numbers[count++] = strtod(text, &end) + 0.0;
		if (*end != ',')
			break;
	}
	sort_numbers(numbers, NULL, count, 0, scratch, NULL, run_slabs_serially);
	return count;
}

/* Whether a line is about estimates, and then whether it is right */
static bool
is_about_estimates(const char *line, char *first, char *second, bool *right)
{
	double		x[MOST_ITEMS];
	double		y[MOST_ITEMS];
	char		name[20];
	double		exact;
	size_t		number;
	size_t		n;

	if (sscanf(line, "knn %lf %zu %s %s", &exact, &number, first, second) == 4)
	{
		n = read_numbers(first, x);
		*right = is_within(knn_divergence(x, n, y, read_numbers(second, y), number, run_slabs_serially), exact, 1e-13);
	}
	else if (sscanf(line, "spacing %lf %19s %zu %s", &exact, name, &number, first) == 4)
	{
		int			method = VASICEK;

		while (method < VAN_ES && strcmp(spacing_names[method], name) != 0)
			method++;
		n = read_numbers(first, x);
		*right = is_within(spacing_entropy((SpacingMethod) method, x, n, number, run_slabs_serially), exact, 1e-13);
	}
	else
		return false;
	return true;
}

static bool
line_is_right(const char *line)
{
	static char first[LINE_LENGTH];
	static char second[LINE_LENGTH];
	Stretch	p[MOST_ITEMS];
	Stretch	q[MOST_ITEMS];
	double		exact[3];
	bool		are_points = true;
	bool		right = true;
	size_t		p_count;
	size_t		q_count;
	double		room[KS_ROOM];
	double		n;
	double		tolerance;

	if (is_about_estimates(line, first, second, &right))
		return right;
	if (sscanf(line, "ks_tail %lf %lf %lf %lf %lf", &exact[0], &exact[1], &exact[2], &n, &tolerance) == 5)
	{
		double		tail = ks_tail(exact[1], exact[2], n, room, run_slabs_serially);

		right = is_within(tail, exact[0], tolerance) && ks_tail(exact[1], n, exact[2], room, run_slabs_serially) == tail;
		return right && tail <= 1.0;
	}
	if (sscanf(line, "ordered %lf %lf %lf %s %s", &exact[0], &exact[1], &exact[2], first, second) != 5)
		return false;
	p_count = read_intervals(first, p, &are_points);
	q_count = read_intervals(second, q, &are_points);
	for (int i = 0; ordered_measures[i] != NULL; i++)
	{
		const OrderedMeasure *measure = ordered_measures[i];
		double		value = value_of_side_by_side(measure, p, p_count, q, q_count);

		right = is_near(value, exact[i]) && value_of_side_by_side(measure, q, q_count, p, p_count) == value && right;
		if (are_points)
		{
			Points		p_points = points_of_intervals(p, p_count);
			Points		q_points = points_of_intervals(q, q_count);

			value = value_of(measure, p_points, q_points);
			right = is_near(value, exact[i]) && value_of(measure, q_points, p_points) == value && right;
			free_points(p_points);
			free_points(q_points);
		}
	}
	return right;
}

static uint64_t
next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 20;
}

/* Numbers of several kinds, of which many or none are equal */
static double
number_of_kind(int kind, uint64_t random)
{
	switch (kind)
	{
		case 0:
			return (double) random - 0x1p43;
		case 1:
			return (double) (random % 100);
		case 2:
			return ldexp((double) (random % 1000) - 500.0, (int) (random >> 10) % 1000 - 500) + 0.0;
		case 3:
			return random % 7 == 0 ? -INFINITY : random % 7 == 1 ? INFINITY : (double) (random % 50);
		/* one far away, and many near each other, some of them to the last digits */
		case 5:
			return random % 1000 == 0 ? 1e300 : ldexp((double) (random % 5000000), -52) + (double) (random / 5000000 % 3);
	}
	return 1.0;
}

static int
compare_doubles(const void *left, const void *right)
{
	double		a = *(const double *) left;
	double		b = *(const double *) right;

	return (a > b) - (a < b);
}

typedef struct Pair
{
	double		value;
	double		weight;
} Pair;

static int
compare_pairs(const void *left, const void *right)
{
	const Pair *a = left;
	const Pair *b = right;
	int			difference = compare_doubles(&a->value, &b->value);

	return difference != 0 ? difference : compare_doubles(&a->weight, &b->weight);
}

/* As qsort() does it, whatever is in order already */
static bool
sorts(size_t count, int kind, size_t sorted, uint64_t *state)
{
	double	   *memory = new_numbers(5 * count);
	double	   *values = memory;
	double	   *weights = memory + count;
	double	   *alone = memory + 2 * count;
	Pair	   *pairs = malloc((count + 1) * sizeof(Pair));
	bool		right = true;

	if (pairs == NULL)
		abort();
	for (size_t i = 0; i < count; i++)
	{
		pairs[i].value = number_of_kind(kind, next_random(state));
		pairs[i].weight = (double) (next_random(state) % 10) + 1.0;
		/* what is given as sorted */
		if (i + 1 == sorted)
			qsort(pairs, sorted, sizeof(Pair), compare_pairs);
	}
	for (size_t i = 0; i < count; i++)
	{
		values[i] = alone[i] = pairs[i].value;
		weights[i] = pairs[i].weight;
	}
	sort_numbers(values, weights, count, sorted, memory + 3 * count, memory + 4 * count, run_slabs_serially);
	sort_numbers(alone, NULL, count, sorted, memory + 3 * count, NULL, run_slabs_serially);
	qsort(pairs, count, sizeof(Pair), compare_pairs);
	for (size_t i = 0; i < count; i++)
		right = right && values[i] == pairs[i].value && weights[i] == pairs[i].weight && alone[i] == pairs[i].value;
	free(memory);
	free(pairs);
	return right;
}

static void
test_sorting(Check check)
{
	static const size_t sizes[] = {0, 1, 2, 4, 5, 47, 48, 49, 100, 1499, 1500, 1501, 40000};
	static const double numbers[] = {1, 2, 2, 3};
	uint64_t	state = 7;
	bool		passed = true;

	for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
		for (int kind = 0; kind < 6; kind++)
			for (int part = 0; part < 4; part++)
				if (!sorts(sizes[s], kind, part == 3 ? sizes[s] - sizes[s] / 10 : sizes[s] * (size_t) part / 2, &state))
				{
					printf("# %zu numbers of kind %d, part %d\n", sizes[s], kind, part);
					passed = false;
				}
	check(passed, "numbers are sorted, alone and with weights");
	check(first_not_below(numbers, 4, 2.0) == 1 && first_not_below(numbers, 4, 2.5) == 3 && first_not_below(numbers, 4, 9.0) == 4 &&
		  first_not_below(numbers, 0, 9.0) == 0, "a place among sorted numbers is found");
}

/* Half of the numbers at most is found to be no majority, whatever they are; all of them to be one */
static void
test_majority(Check check)
{
	enum {BITS = 12, COUNT = 1 << (BITS - 2)};
	double		values[COUNT];
	bool		passed = true;

	for (int different = 1; different <= COUNT; different *= 2)
	{
		uint64_t	room[(1 << BITS) / 64] = {0};

		for (int i = 0; i < COUNT; i++)
			values[i] = (double) (i % different) / 64.0 - 3.0;
		passed = passed && are_mostly_different(values, COUNT, room, BITS, run_slabs_serially) == (different == COUNT);
	}
	check(passed, "whether values are different is found without sorting them");
}

static int	polls;

static void
count_polls(SlabTask task, void *job, size_t first, size_t end)
{
	polls++;
	run_slabs_serially(task, job, first, end);
}

/* A shuffled sample of some kind, with weights of another; its measures do not depend on what was added up before */
static void
test_samples(Check check, const char *bits_path)
{
	const size_t count = 100000;
	double	   *values = new_numbers(count);
	double	   *weights = new_numbers(count);
	double	   *ones = new_numbers(count);
	uint64_t	checksums[3] = {0, 0, 0};
	uint64_t	state = 11;
	bool		same = true;
	bool		merged_same = true;

	for (int kind = 0; kind < 5; kind++)
		for (int of_weights = 0; of_weights < 3; of_weights++)
		{
			size_t		p_count = kind == 0 ? count / 2 : 1000;
			Points		p;
			Points		q;
			Points		counted;
			Points		merged;

			for (size_t i = 0; i < 2 * p_count; i++)
			{
				values[i] = number_of_kind(kind, next_random(&state));
				weights[i] = of_weights == 0 ? 1.0 : of_weights == 1 ? (double) (next_random(&state) % 5 + 1) :
					number_of_kind(2, next_random(&state) % 300 + 501) / 3.0;
				ones[i] = 1.0;
			}
			p = points_of(values, weights, p_count);
			q = points_of(values + p_count, weights + p_count, p_count);
			merged = points_of(values, weights, p_count);
			merged.count = merge_whole_numbers((double *) merged.values, (double *) merged.weights, p_count, run_slabs_serially);
			counted = points_of(values, NULL, p_count);
			for (int i = 0; ordered_measures[i] != NULL; i++)
			{
				double		value = value_of(ordered_measures[i], p, q);

				merged_same = merged_same && value_of(ordered_measures[i], merged, q) == value && value_of(ordered_measures[i], q, merged) == value;
				if (of_weights == 0)
					same = same && value_of(ordered_measures[i], counted, q) == value && value >= 0.0;
				same = same && value_of(ordered_measures[i], p, p) == 0.0;
				checksums[i] = checksums[i] * 31 + checksum_inputs(&value, &value, 1);
			}
			free_points(p);
			free_points(q);
			free_points(merged);
			free_points(counted);
		}
	check(same, "counted values have the bits of weights 1, and none is apart from itself");
	check(merged_same, "it makes no difference what has been added up before");
	for (int i = 0; ordered_measures[i] != NULL; i++)
	{
		char		what[100];

		snprintf(what, sizeof(what), "ordered: results have the bits they always had: %s", ordered_measures[i]->name);
		check(has_bits(bits_path, "ordered", ordered_measures[i]->name, checksums[i]), what);
	}
	free(values);
	free(weights);
	free(ones);
}

/* Whole numbers of one side added up, among fractions whose sum has more digits than there is room for */
static void
test_added_up(Check check)
{
	uint64_t	state = 5;
	bool		passed = true;

	for (int turn = 0; turn < 2000; turn++)
	{
		double		values[60];
		double		weights[60];
		size_t		fractions = 1 + next_random(&state) % 12;
		size_t		ones = 2 + next_random(&state) % 40;
		Points		one_by_one;
		Points		added_up;

		for (size_t i = 0; i < fractions + ones + 1; i++)
		{
			values[i] = i < fractions + ones ? 0.0 : 1.0;
			weights[i] = i < fractions ? ldexp((double) (next_random(&state) | 1), -40 - (int) (next_random(&state) % 90)) : 1.0;
		}
		one_by_one = points_of(values, weights, fractions + ones + 1);
		values[fractions + 1] = 1.0;
		weights[fractions] = (double) ones;
		added_up = points_of(values, weights, fractions + 2);
		passed = passed && value_of(&wasserstein_distance_measure, one_by_one, added_up) == 0.0;
		free_points(one_by_one);
		free_points(added_up);
	}
	check(passed, "whole numbers that have been added up are the same among fractions");
}

static void
test_polls(Check check)
{
	const size_t count = 1000000;
	double	   *memory = new_numbers(4 * count);
	uint64_t	state = 3;
	Points		points = {memory, NULL, count};
	Finding		finding;

	for (size_t i = 0; i < count; i++)
		memory[i] = number_of_kind(0, next_random(&state));
	polls = 0;
	sort_numbers(memory, NULL, count, 0, memory + count, NULL, count_polls);
	check(polls > 100, "sorting lets others stop it");
	for (size_t i = 0; i < count; i++)
		memory[i] = memory[count + i] = 1.0;
	polls = 0;
	points.weights = memory + count;
	(void) value_of_points(&ks_statistic_measure, &points, &points, count_polls, &finding);
	check(polls > 60, "so does a walk, at one position too");
	free(memory);
}

static void
test_table(Check check)
{
	bool		complete = true;
	int			count = 0;

	for (; ordered_measures[count] != NULL; count++)
	{
		const OrderedMeasure *measure = ordered_measures[count];

		complete = complete && measure->name != NULL && measure->description != NULL && measure->symmetric && measure->finish != NULL &&
			(measure->term == NULL) == measure->is_largest;
	}
	check(complete && count == 3, "the table of ordered measures is complete");
}

void
test_ordered(Check check, const char *path, const char *bits_path)
{
	static char line[2 * LINE_LENGTH];
	FILE	   *file = fopen(path, "r");
	int			lines = 0;
	bool		passed = true;

	if (file == NULL)
	{
		check(false, "ordered_values.txt can be read");
		return;
	}
	while (fgets(line, sizeof(line), file) != NULL)
	{
		if (line[0] == '#')
			continue;
		lines++;
		if (!line_is_right(line))
		{
			printf("# %.300s\n", line);
			passed = false;
		}
	}
	fclose(file);
	printf("# %d values of ordered data, the worst error is %.3g of what is allowed\n", lines, worst_error);
	check(passed && lines > 100, "the exact values of ordered measures");
	test_table(check);
	test_sorting(check);
	test_majority(check);
	test_samples(check, bits_path);
	test_added_up(check);
	test_polls(check);
}
