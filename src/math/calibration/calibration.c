/*-------------------------------------------------------------------------
 *
 * calibration.c
 *	  Predicted probabilities beside what happened.
 *
 * The expected calibration error is that of M. P. Naeini, G. F. Cooper,
 * M. Hauskrecht, Obtaining Well Calibrated Probabilities Using Bayesian Binning,
 * AAAI 2015; the divergence is sum n_b/N D(Bernoulli of what happened in the bin ||
 * Bernoulli of the mean prediction), which is what a likelihood ratio test of the
 * bins has, divided by 2N.
 *
 * With S the exact sum of a bin's predictions and Y of its n outcomes true, both
 * need Y - S, which is rounded once.
 *
 *-------------------------------------------------------------------------
 */
#include "math/calibration/calibration.h"

#include <math.h>

#include "math/assertions.h"
#include "math/elementary.h"
#include "math/exact_sum.h"

/* Numbers of a group without the rest of its sum */
#define GROUP_NUMBERS 3
#define HEADER_NUMBERS (sizeof(CalibrationState) / sizeof(double))

/* Beyond this rows are no longer counted */
#define MOST_ROWS 0x1p53

/* Sums are scaled to where the logarithm sees no denormal numbers */
#define SUM_SCALE 0x1p600

static size_t
group_size(size_t width)
{
	return GROUP_NUMBERS + width;
}

size_t
calibration_state_length(size_t groups, size_t width)
{
	return HEADER_NUMBERS + groups * group_size(width);
}

static CalibrationGroup *
group_of(const CalibrationState *state, size_t group)
{
	return (CalibrationGroup *) ((double *) state + calibration_state_length(group, (size_t) state->width));
}

static bool
is_whole(double number, double least, double most)
{
	return number >= least && number <= most && number == floor(number);
}

bool
has_length_of_state(const double *numbers, size_t length)
{
	const CalibrationState *state = (const CalibrationState *) numbers;

	return length > HEADER_NUMBERS && is_whole(state->groups, 1.0, MOST_PREDICTION_BINS) &&
		is_whole(state->width, 0.0, EXACT_SUM_PARTS - 1) &&
		length == calibration_state_length((size_t) state->groups, (size_t) state->width);
}

/* A sum of rows that are not negative; no losses are as large as 2^10 */
static bool
is_group(const CalibrationGroup *group, size_t width)
{
	double		value;

	if (!is_whole(group->rows, 0.0, MOST_ROWS) || !is_whole(group->marked, 0.0, group->rows))
		return false;
	if (!(fabs(group->sum) <= MOST_ROWS * 0x1p10))
		return false;
	for (size_t i = 0; i < width; i++)
		if (!(fabs(group->rest[i]) <= MOST_ROWS * 0x1p10))
			return false;
	value = exact_sum_value(group->sum, group->rest, (int) width);
	return value >= 0.0 && value <= group->rows * 0x1p10;
}

bool
is_calibration_state(const double *numbers, size_t length)
{
	const CalibrationState *state = (const CalibrationState *) numbers;

	if (!has_length_of_state(numbers, length))
		return false;
	for (size_t i = 0; i < (size_t) state->groups; i++)
		if (!is_group(group_of(state, i), (size_t) state->width))
			return false;
	return true;
}

void
begin_calibration(CalibrationState *state, size_t groups, size_t width)
{
	state->groups = (double) groups;
	state->width = (double) width;
}

void
widen_calibration(const CalibrationState *state, CalibrationState *wider, size_t width)
{
	assert_that(width >= (size_t) state->width);
	begin_calibration(wider, (size_t) state->groups, width);
	for (size_t i = 0; i < (size_t) state->groups; i++)
		memcpy(group_of(wider, i), group_of(state, i), group_size((size_t) state->width) * sizeof(double));
}

/* The parts behind the first one that a sum needs; it is as it was, if that is more than it has */
static size_t
add_to_sum(CalibrationGroup *group, size_t width, double term)
{
	double		rest[EXACT_SUM_PARTS];
	double		parts[EXACT_SUM_PARTS];
	double		sum = group->sum;
	double		left;
	int			count;

	if (add_without_rounding(&group->sum, term))
		return 0;
	memcpy(rest, group->rest, width * sizeof(double));
	left = add_to_exact_sum(&sum, rest, (int) width, term);
	if (left != 0.0)
	{
		count = exact_parts(group->sum, group->rest, (int) width, term, parts);
		if ((size_t) count > width + 1)
			return (size_t) count - 1;
		sum = parts[0];
		for (int i = 0; i < (int) width; i++)
			rest[i] = i + 1 < count ? parts[i + 1] : 0.0;
	}
	group->sum = sum;
	memcpy(group->rest, rest, width * sizeof(double));
	return 0;
}

size_t
add_to_group(CalibrationState *state, size_t group, double rows, double marked, double term)
{
	CalibrationGroup *to = group_of(state, group);
	size_t		needed;

	assert_that(group < (size_t) state->groups);
	needed = add_to_sum(to, (size_t) state->width, term);
	if (needed > 0)
		return needed;
	to->rows += rows;
	to->marked += marked;
	return 0;
}

size_t
add_calibration(CalibrationState *state, const CalibrationState *other)
{
	for (size_t i = 0; i < (size_t) state->groups; i++)
	{
		const CalibrationGroup *from = group_of(other, i);
		CalibrationGroup *to = group_of(state, i);
		ExactSum	sum = {.first = 0.0};
		double		parts[EXACT_SUM_PARTS];
		int			count;

		for (size_t part = 0; part < (size_t) state->width; part++)
			add_exactly(&sum, to->rest[part]);
		for (size_t part = 0; part < (size_t) other->width; part++)
			add_exactly(&sum, from->rest[part]);
		add_exactly(&sum, from->sum);
		count = exact_parts(sum.first, sum.rest, EXACT_SUM_PARTS - 1, to->sum, parts);
		if ((size_t) count > (size_t) state->width + 1)
			return (size_t) count - 1;
		to->rows += from->rows;
		to->marked += from->marked;
		to->sum = parts[0];
		for (size_t part = 0; part < (size_t) state->width; part++)
			to->rest[part] = (int) part + 1 < count ? parts[part + 1] : 0.0;
	}
	return 0;
}

/*
 * Bin k is [k/B, (k + 1)/B), where the edges are the numbers that k/B is written as:
 * 0.3 is at the edge of [0.3, 0.4), whatever the rounding of 10 times 0.3.
 */
size_t
bin_of_prediction(double predicted, size_t bins)
{
	double		count = (double) bins;
	double		bin = floor(predicted * count);

	assert_that(predicted >= 0.0 && predicted <= 1.0);
	if (bin / count > predicted)
		bin -= 1.0;
	else if ((bin + 1.0) / count <= predicted)
		bin += 1.0;
	return bin < count ? (size_t) bin : bins - 1;
}

double
loss_of_prediction(bool outcome, double predicted)
{
	if (predicted == (outcome ? 0.0 : 1.0))
		return INFINITY;
	return (outcome ? -natural_log(predicted) : -log_one_plus(-predicted)) + 0.0;
}

double
rows_of_calibration(const CalibrationState *state)
{
	double		rows = 0.0;

	for (size_t i = 0; i < (size_t) state->groups; i++)
		rows += group_of(state, i)->rows;
	return rows;
}

/* The sum of a group and another number, rounded once */
static double
sum_and(const CalibrationGroup *group, size_t width, double number)
{
	double		parts[EXACT_SUM_PARTS];
	int			count = exact_parts(group->sum, group->rest, (int) width, number, parts);

	return exact_sum_value(parts[0], parts + 1, count - 1);
}

double
expected_calibration_error(const CalibrationState *state)
{
	DoubleDouble error = {0.0, 0.0};

	for (size_t i = 0; i < (size_t) state->groups; i++)
	{
		const CalibrationGroup *group = group_of(state, i);

		error = dd_add_double(error, fabs(sum_and(group, (size_t) state->width, -group->marked)));
	}
	return error.hi / rows_of_calibration(state);
}

/* phi(x, y), scaled, where apart is x - y */
static double
term_of_divergence(double x, double y, double apart)
{
	if (!(y > 0.0))
		return x > 0.0 ? INFINITY : 0.0;
	x *= SUM_SCALE;
	y *= SUM_SCALE;
	return reduced_phi(reduce_ratio(x, y, apart * SUM_SCALE), x, y);
}

double
calibration_divergence(const CalibrationState *state)
{
	DoubleDouble divergence = {0.0, 0.0};
	size_t		width = (size_t) state->width;

	for (size_t i = 0; i < (size_t) state->groups; i++)
	{
		const CalibrationGroup *group = group_of(state, i);
		double		predicted = sum_and(group, width, 0.0);
		double		other = -sum_and(group, width, -group->rows);
		double		apart = -sum_and(group, width, -group->marked);
		double		term = term_of_divergence(group->marked, predicted, apart) +
			term_of_divergence(group->rows - group->marked, other, -apart);

		if (!(term <= DBL_MAX))
			return INFINITY;
		divergence = dd_add_double(divergence, term);
	}
	return divergence.hi / SUM_SCALE / rows_of_calibration(state);
}

double
mean_loss(const CalibrationState *state)
{
	const CalibrationGroup *group = group_of(state, 0);

	if (group->marked > 0.0)
		return INFINITY;
	return sum_and(group, (size_t) state->width, 0.0) / group->rows + 0.0;
}
