/*-------------------------------------------------------------------------
 *
 * cohorts_tests.c
 *	  The divergence of many cohorts at once, and calibration.
 *
 *-------------------------------------------------------------------------
 */
#include "cohorts_tests.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bits_tests.h"
#include "inputs.h"
#include "math/calibration/calibration.h"
#include "math/many/generalized_jsd.h"
#include "math/measure.h"
#include "math/pair/slabs.h"
#include "math/pair/value.h"

#define TOLERANCE 1e-14
#define MOST_ROWS 400
#define LINE_LENGTH 40000

static double worst_error = 0.0;

/* Of the exact value, equal if it is 0 or Infinity */
static bool
is_near(double value, double exact)
{
	double		error = fabs((value - exact) / exact);

	if (value == exact)
		return true;
	if (error > worst_error)
		worst_error = error;
	if (error <= TOLERANCE)
		return true;
	printf("# %.17g, not %.17g\n", value, exact);
	return false;
}

static uint64_t
next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 33;
}

static double
next_share(uint64_t *state)
{
	return (double) (next_random(state) + 1) / 0x1p31;
}

static void *
room(size_t size)
{
	void	   *memory = calloc(size + 1, 1);

	if (memory == NULL)
		abort();
	return memory;
}

static double
value_of_mixture(Mixture *mixture, const double *weights, SlabRunner run)
{
	Weights		all = dense_weights(weights, mixture->count);
	Finding		finding;
	double		value = NAN;

	mixture->components = room(mixture->count * component_size);
	for (size_t i = 0; i < mixture->count; i++)
	{
		judge_component(mixture, i, run, &finding);
		if (finding.judgement != WEIGHTS_VALID && finding.judgement != NOTHING_OBSERVED)
			return NAN;
	}
	weigh_components(mixture, weights != NULL ? &all : NULL, run, &finding);
	if (finding.judgement == WEIGHTS_VALID)
		value = generalized_jsd(mixture, run);
	free(mixture->components);
	return value;
}

static double
value_of_rows(const double *rows, size_t count, size_t bins, const double *weights, SlabRunner run)
{
	Mixture		mixture = {.count = count, .bins = bins, .rows = rows};

	return value_of_mixture(&mixture, weights, run);
}

/* The same by lists of bins that are not empty */
static double
value_of_lists(const double *rows, size_t count, size_t bins, const double *weights)
{
	size_t	   *row_starts = room((count + 1) * sizeof(size_t));
	uint32_t   *row_bins = room(count * bins * sizeof(uint32_t));
	double	   *row_weights = room(count * bins * sizeof(double));
	size_t	   *starts = room((bins + 1) * sizeof(size_t));
	uint32_t   *distributions = room(count * bins * sizeof(uint32_t));
	double	   *column_weights = room(count * bins * sizeof(double));
	BinLists	lists = {row_starts, row_bins, row_weights};
	Mixture		mixture = {.count = count, .bins = bins, .lists = &lists};
	size_t		next = 0;
	double		value;

	for (size_t i = 0; i < count * bins; i++)
	{
		if (i % bins == 0)
			row_starts[i / bins] = next;
		if (rows[i] > 0.0)
		{
			row_bins[next] = (uint32_t) (i % bins);
			row_weights[next++] = rows[i];
		}
	}
	row_starts[count] = next;
	turn_lists(&lists, count, bins, starts, distributions, column_weights, run_slabs_serially);
	mixture.columns = (BinColumns) {starts, distributions, column_weights};
	value = value_of_mixture(&mixture, weights, run_slabs_serially);
	free(row_starts);
	free(row_bins);
	free(row_weights);
	free(starts);
	free(distributions);
	free(column_weights);
	return value;
}

static size_t
read_numbers(char **text, double *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		numbers[i] = strtod(*text, text);
	return count;
}

static bool
mixture_is_right(char *text)
{
	double		head[3];
	double		weights[MOST_ROWS];
	double		cells[MOST_ROWS * 4];
	size_t		count;
	size_t		bins;
	double		value;

	read_numbers(&text, head, 3);
	count = (size_t) head[1];
	bins = (size_t) head[2];
	read_numbers(&text, weights, count);
	read_numbers(&text, cells, count * bins);
	value = value_of_rows(cells, count, bins, weights, run_slabs_serially);
	if (value != value_of_lists(cells, count, bins, weights))
	{
		printf("# rows and lists differ\n");
		return false;
	}
	return is_near(value, head[0]);
}

/* A state with room for sums of so many parts, which is widened as is needed */
typedef struct OwnState
{
	CalibrationState *state;
	size_t		groups;
} OwnState;

static OwnState
new_state(size_t groups, size_t width)
{
	OwnState	own = {room(calibration_state_length(groups, width) * sizeof(double)), groups};

	begin_calibration(own.state, groups, width);
	return own;
}

static void
widen(OwnState *own, size_t width)
{
	OwnState	wider = new_state(own->groups, width);

	widen_calibration(own->state, wider.state, width);
	free(own->state);
	*own = wider;
}

static void
count_prediction(OwnState *own, bool outcome, double predicted, double sign)
{
	size_t		width;

	while ((width = add_to_group(own->state, bin_of_prediction(predicted, own->groups), sign, outcome ? sign : 0.0, sign * predicted)) > 0)
		widen(own, width);
}

static void
count_loss(OwnState *own, bool outcome, double predicted, double sign)
{
	double		loss = loss_of_prediction(outcome, predicted);
	bool		infinite = isinf(loss);
	size_t		width;

	while ((width = add_to_group(own->state, 0, sign, infinite ? sign : 0.0, infinite ? 0.0 : sign * loss)) > 0)
		widen(own, width);
}

static void
add_state(OwnState *own, const OwnState *other)
{
	size_t		width = (size_t) own->state->width;
	OwnState	sum;

	do
	{
		sum = new_state(own->groups, width);
		widen_calibration(own->state, sum.state, width);
		width = add_calibration(sum.state, other->state);
		if (width > 0)
			free(sum.state);
	} while (width > 0);
	free(own->state);
	*own = sum;
}

static bool
calibration_is_right(char *text)
{
	double		head[5];
	double		numbers[2 * MOST_ROWS];
	OwnState	state;
	OwnState	losses = new_state(1, 0);
	bool		right;

	read_numbers(&text, head, 5);
	read_numbers(&text, numbers, 2 * (size_t) head[4]);
	state = new_state((size_t) head[3], 0);
	for (size_t i = 0; i < (size_t) head[4]; i++)
	{
		count_prediction(&state, numbers[2 * i] != 0.0, numbers[2 * i + 1], 1.0);
		count_loss(&losses, numbers[2 * i] != 0.0, numbers[2 * i + 1], 1.0);
	}
	right = is_near(expected_calibration_error(state.state), head[0]);
	right = is_near(calibration_divergence(state.state), head[1]) && right;
	right = is_near(mean_loss(losses.state), head[2]) && right;
	free(state.state);
	free(losses.state);
	return right;
}

/* A polling loop has to ask the runner in the thread that it is in */
static size_t polls = 0;

static void
count_polls(SlabTask task, void *job, size_t first, size_t end)
{
	polls++;
	run_slabs_serially(task, job, first, end);
}

/* Slabs in another order, as threads may have them */
static void
run_slabs_backwards(SlabTask task, void *job, size_t first, size_t end)
{
	for (size_t slab = end; slab-- > first;)
		task(job, slab);
}

static void
test_mixtures(Check check, const char *bits_path)
{
	uint64_t	state = 3;
	bool		near_jsd = true;
	bool		zero = true;
	bool		positive = true;
	bool		in_range = true;
	bool		in_any_order = true;
	bool		same_lists = true;
	uint64_t	checksum = 0;
	Parameters	parameters = default_parameters(0);

	for (int turn = 0; turn < 400; turn++)
	{
		size_t		count = 2 + next_random(&state) % 6;
		size_t		bins = turn % 40 == 0 ? 20000 : 1 + next_random(&state) % 40;
		double		size = turn % 3 == 0 ? 1.0 : turn % 3 == 1 ? 1e-6 : 0x1p-52;
		double	   *rows = room(count * bins * sizeof(double));
		double	   *same = room(count * bins * sizeof(double));
		double		value;

		for (size_t i = 0; i < count * bins; i++)
		{
			rows[i] = i < bins ? next_share(&state) : rows[i - bins] * (1.0 + size * (next_share(&state) - 0.5));
			if (turn % 5 == 0 && next_random(&state) % 3 == 0 && i % bins > 0)
				rows[i] = 0.0;
			same[i] = i < bins ? (double) (next_random(&state) % 1000 + 1) : same[i % bins] * (double) (i / bins * 2 + 1) / 8.0;
		}
		value = value_of_rows(rows, count, bins, NULL, run_slabs_serially);
		checksum = checksum * 31 + checksum_inputs(&value, &value, 1);
		in_any_order = in_any_order && value == value_of_rows(rows, count, bins, NULL, run_slabs_backwards);
		same_lists = same_lists && value == value_of_lists(rows, count, bins, NULL);
		in_range = in_range && value >= 0.0 && value <= log((double) count) * (1.0 + 1e-16);
		zero = zero && value_of_rows(same, count, bins, NULL, run_slabs_serially) == 0.0;
		if (bins > 1)
		{
			same[bins] *= 1.0 + 0x1p-52;
			positive = positive && value_of_rows(same, count, bins, NULL, run_slabs_serially) > 0.0;
		}
		if (count == 2)
		{
			Weights		p = dense_weights(rows, bins);
			Weights		q = dense_weights(rows + bins, bins);
			Finding		finding;
			double		jsd = evaluate_measure(&jsd_measure, &p, &q, &parameters, run_slabs_serially, &finding);

			near_jsd = near_jsd && fabs(value - jsd) <= 1e-14 * jsd;
		}
		free(rows);
		free(same);
	}
	check(near_jsd, "the divergence of two distributions is jsd");
	check(zero, "the divergence of proportional distributions is exactly 0");
	check(positive, "the divergence of distributions that differ in the last bit is positive");
	check(in_range, "the divergence of many distributions is from 0 to the logarithm of their number");
	check(in_any_order, "the divergence of many distributions does not depend on when slabs are run");
	check(same_lists, "rows and lists of bins have the same bits");
	check(has_bits(bits_path, "cohorts", "generalized_jsd", checksum), "cohorts: results have the bits they always had: generalized_jsd");
}

static void
test_polls_of_mixtures(Check check)
{
	const size_t count = 200000;
	double	   *rows = room(count * sizeof(double));
	bool		passed;

	for (size_t i = 0; i < count; i++)
		rows[i] = 1.0 + (double) (i % 7);
	polls = 0;
	value_of_rows(rows, count, 1, NULL, count_polls);
	passed = polls > 2 * count / 32768;
	polls = 0;
	value_of_rows(rows, 2, count / 2, NULL, count_polls);
	check(passed && polls > count / 32768, "mixtures of many distributions and of many bins let others stop them");
	free(rows);
}

/* Rows in any order, in parts that are added, and after others have left: the same bits */
static void
test_states(Check check, const char *bits_path)
{
	uint64_t	state = 7;
	bool		same = true;
	bool		empty = true;
	bool		valid = true;
	uint64_t	checksum = 0;

	for (int turn = 0; turn < 300; turn++)
	{
		size_t		bins = 1 + next_random(&state) % 12;
		size_t		rows = 1 + next_random(&state) % 200;
		OwnState	whole = new_state(bins, 1);
		OwnState	part = new_state(bins, 0);
		OwnState	other = new_state(bins, 2);
		OwnState	left = new_state(bins, 0);
		OwnState	losses = new_state(1, 1);
		double		predicted[200];
		double		values[2];

		for (size_t i = 0; i < rows; i++)
		{
			predicted[i] = next_share(&state);
			for (int power = 0; turn % 3 == 0 && power < 5; power++)
				predicted[i] *= predicted[i];
			count_prediction(&whole, i % 3 == 0, predicted[i], 1.0);
			count_loss(&losses, i % 3 == 0, predicted[i], 1.0);
			/* from the other end, one by one */
			count_prediction(&left, i % 2 == 0, 1.0 - predicted[i] / 2.0, 1.0);
		}
		for (size_t i = rows; i-- > 0;)
			count_prediction(i % 2 == 0 ? &part : &other, i % 3 == 0, predicted[i], 1.0);
		for (size_t i = 0; i < rows; i++)
		{
			count_prediction(&left, i % 3 == 0, predicted[i], 1.0);
			count_prediction(&left, i % 2 == 0, 1.0 - predicted[i] / 2.0, -1.0);
		}
		add_state(&part, &other);
		values[0] = expected_calibration_error(whole.state);
		values[1] = calibration_divergence(whole.state);
		checksum = checksum * 31 + checksum_inputs(values, values, 2);
		values[0] = mean_loss(losses.state);
		checksum = checksum * 31 + checksum_inputs(values, values, 1);
		same = same && expected_calibration_error(part.state) == expected_calibration_error(whole.state) &&
			calibration_divergence(part.state) == values[1] && calibration_divergence(left.state) == values[1] &&
			expected_calibration_error(left.state) == expected_calibration_error(whole.state) && values[1] >= 0.0;
		valid = valid && is_calibration_state((double *) left.state, calibration_state_length(bins, (size_t) left.state->width)) &&
			!is_calibration_state((double *) left.state, calibration_state_length(bins, (size_t) left.state->width) - 1);
		for (size_t i = 0; i < rows; i++)
			count_prediction(&left, i % 3 == 0, predicted[i], -1.0);
		empty = empty && rows_of_calibration(left.state) == 0.0 &&
			is_calibration_state((double *) left.state, calibration_state_length(bins, (size_t) left.state->width));
		free(whole.state);
		free(part.state);
		free(other.state);
		free(left.state);
		free(losses.state);
	}
	check(same, "calibration depends neither on the order of rows, nor on parts, nor on rows that have left");
	check(empty, "nothing is left of rows that have left");
	check(valid, "states of calibration are known to be some");
	check(has_bits(bits_path, "cohorts", "calibration", checksum), "cohorts: results have the bits they always had: calibration");
}

/* Numbers that no rows have left */
static void
test_wrong_states(Check check)
{
	double		state[] = {2, 1, 3, 1, 0.5, 0, 2, 1, 1.5, 0};
	const double wrong[] = {NAN, INFINITY, -1.0, 0.5, 1e300};
	size_t		length = sizeof(state) / sizeof(state[0]);
	int			accepted = 0;
	bool		right = is_calibration_state(state, length);

	for (size_t i = 0; i < length; i++)
		for (size_t j = 0; j < sizeof(wrong) / sizeof(wrong[0]); j++)
		{
			double		before = state[i];

			state[i] = wrong[j];
			accepted += is_calibration_state(state, length);
			state[i] = before;
		}
	/* 0.5 is a sum, and -1 or 0.5 may be the rest of one */
	check(right && accepted == 5, "what is no state of calibration is refused");
	check(!is_calibration_state(state, 2) && !is_calibration_state(state, 0), "and what is too short");
}

static void
test_bins(Check check)
{
	bool		passed = true;

	for (size_t bins = 1; bins <= 1000; bins++)
		for (size_t k = 0; k <= bins; k++)
		{
			double		edge = (double) k / (double) bins;

			passed = passed && bin_of_prediction(edge, bins) == (k < bins ? k : bins - 1);
			if (k > 0)
				passed = passed && bin_of_prediction(nextafter(edge, 0.0), bins) == k - 1;
		}
	check(passed, "predictions at an edge are in the bin above it, just below in the one below");
}

void
test_cohorts(Check check, const char *path, const char *bits_path)
{
	static char line[LINE_LENGTH];
	FILE	   *file = fopen(path, "r");
	int			lines = 0;
	bool		passed = true;

	if (file == NULL)
	{
		check(false, "cohorts_values.txt can be read");
		return;
	}
	while (fgets(line, sizeof(line), file) != NULL)
	{
		bool		right = strncmp(line, "mixture ", 8) == 0 ? mixture_is_right(line + 8) :
			strncmp(line, "calibration ", 12) == 0 && calibration_is_right(line + 12);

		lines++;
		if (!right)
			printf("# line %d: %.300s\n", lines, line);
		passed = passed && right;
	}
	fclose(file);
	printf("# %d values of cohorts, the worst error is %.3g\n", lines, worst_error);
	check(passed && lines > 250, "the exact values of cohorts and of calibration");
	test_mixtures(check, bits_path);
	test_polls_of_mixtures(check);
	test_states(check, bits_path);
	test_wrong_states(check);
	test_bins(check);
}
