/*-------------------------------------------------------------------------
 *
 * rows.c
 *	  Sums over one row per bin: how rows get in, how states are added, and the
 *	  value at the end.
 *
 * See row_state.h for the idea, the families of measures for what each sums.
 *
 *-------------------------------------------------------------------------
 */
#include "math/rows/rows.h"

#include <math.h>

#include "math/assertions.h"
#include "math/instruction_set.h"
#include "math/pair/slabs.h"
#include "math/rows/row_scales.h"
#include "math/rows/row_sums.h"

const RowFamily keeps_rows = {.fixed_size = NO};

#define ROW_FAMILY_POINTER(name, code) [code] = &name ## _rows,

static const RowFamily *const row_families[MOST_ROW_CODES] = {FOR_EACH_ROW_FAMILY(ROW_FAMILY_POINTER)};

const RowFamily *
row_state_family(const RowState *state)
{
	const RowFamily *family = state->family >= 0.0 && state->family < MOST_ROW_CODES ?
		row_families[(int) state->family] : NULL;

	return family != NULL && family->code == state->family ? family : &keeps_rows;
}

const RowSums *
sums_of_state(const RowState *state)
{
	return row_state_family(state)->sums(state->alpha);
}

void
begin_rows(RowState *state, const RowFamily *family)
{
	memset(state, 0, sizeof(*state));
	state->version = ROW_STATE_VERSION;
	state->family = family->code;
	state->alpha = ALPHA_UNKNOWN;
	family->begin(state);
}

bool
is_row_state(const RowState *state, const RowFamily *family)
{
	return state->version == ROW_STATE_VERSION && state->family == family->code && family->fixed_size == YES &&
		state->buffered >= 0.0 && state->buffered < ROW_BUFFER &&
		state->buffered == (int) state->buffered;
}

bool
are_row_numbers_sound(const RowState *state)
{
	const RowFamily *family = row_state_family(state);
	bool		summed = state->p_unit != 0.0;

	return is_row_state(state, family) &&
		state->p_total.hi >= 0.0 && state->q_total.hi >= 0.0 && state->largest >= 0.0 &&
		state->p_first >= 0.0 && state->q_first >= 0.0 &&
		(state->different == 1.0 || (state->p_first == 0.0) == (state->q_first == 0.0)) &&
		(state->different == 0.0 || state->different == 1.0) && (state->extreme == 0.0 || state->extreme == 1.0) &&
		(state->orientation == 0.0 || (fabs(state->orientation) == 1.0 && family->symmetric == YES)) &&
		(state->alpha == ALPHA_UNKNOWN || state->alpha == ALPHA_NULL || family->takes_alpha == YES) &&
		(!summed || (state->p_unit > 0.0 && state->q_unit > 0.0 && state->ratio > 0.0)) &&
		(summed || !isfinite(state->p_total.hi) || !isfinite(state->q_total.hi) ||
		 (state->p_total.hi == 0.0 && state->q_total.hi == 0.0)) &&
		(family->alone == NO || (state->q_total.hi == 0.0 && state->different == 0.0));
}

double
row_state_alpha(const RowState *state)
{
	return state->alpha == ALPHA_NULL ? NAN : state->alpha;
}

bool
set_rows_alpha(RowState *state, double alpha)
{
	double		known = isnan(alpha) ? ALPHA_NULL : alpha;

	if (state->alpha == ALPHA_UNKNOWN)
		state->alpha = known;
	return state->alpha == known;
}

static void flush_rows(RowState *state);

/* Notes that not all rows are in one proportion */
static void
note_difference(RowState *state)
{
	if (state->different == 0.0)
		state->p_first = state->q_first = 0.0;
	state->different = 1.0;
}

/* Notes whether a row is in the proportion of the first one */
static void
compare_with_first(RowState *state, double p, double q)
{
	if (p == 0.0 || q == 0.0)
		note_difference(state);
	else if (state->p_first == 0.0)
	{
		state->p_first = p;
		state->q_first = q;
	}
	else if (compare_products(p, state->q_first, q, state->p_first) != 0)
		note_difference(state);
}

/*
 * Puts a row into the buffers, which are summed when they are full.  Whatever
 * a state says, it is not written beyond them: their size and the number of
 * rows in them are a double whose mantissa begins with that number.
 */
static inline void
buffer_row(RowState *state, double p, double q)
{
	size_t		index = bits_of(ROW_BUFFER + state->buffered) >> 48 & (ROW_BUFFER - 1);

	state->p_buffer[index] = p;
	state->q_buffer[index] = q;
	state->buffered += 1.0;
	if (!is_ordinary(p) || !is_ordinary(q))
		state->extreme = 1.0;
	if (index == ROW_BUFFER - 1)
		flush_rows(state);
}

/*
 * Sums are scaled by one side.  So that symmetric measures are the same to the
 * last bit when p and q change places, the first row where they differ decides
 * which of them is p here: the larger one.
 */
void
add_row(RowState *state, const RowFamily *family, double p, double q)
{
	bool		alone = family->alone == YES;

	assert_that(p >= 0.0 && p <= DBL_MAX && q >= 0.0 && q <= DBL_MAX && (!alone || q == 0.0));
	if (!(p + q > 0.0))
		return;
	if (family->symmetric == YES)
	{
		if (state->orientation == 0.0 && p != q)
			state->orientation = p > q ? 1.0 : -1.0;
		if (state->orientation < 0.0)
		{
			double		other = p;

			p = q;
			q = other;
		}
	}
	if (!alone && state->different == 0.0)
		compare_with_first(state, p, q);

	if (family->keep_apart != NULL && family->keep_apart(state, p, q))
		return;
	if (alone && p > state->largest)
	{
		/* an entropy near 0 is told by the other weights than the largest one */
		double		former = state->largest;

		state->largest = p;
		if (former > 0.0)
			buffer_row(state, former, 0.0);
	}
	else
		buffer_row(state, p, q);
}

/* 2^-exponent of a total, within the range of normal numbers */
static double
unit_for(double total)
{
	int			exponent = exponent_of(total);

	return power_of_two(exponent > 1000 ? -1000 : (exponent < -1000 ? 1000 : -exponent));
}

/* Chooses units and ratio for totals, so that x and y have nearly the same total */
static void
choose_scales(RowState *state, double p_total, double q_total)
{
	double		p_unit = unit_for(p_total > 0.0 ? p_total : q_total);
	double		q_unit = unit_for(q_total > 0.0 ? q_total : p_total);
	double		ratio = 1.0;

	if (p_total > 0.0 && q_total > 0.0)
		ratio = (p_total * p_unit) / (q_total * q_unit);
	else if (row_state_family(state)->alone == YES)
		ratio = unit_for(p_total * p_unit);		/* what is left of an extreme total */
	rescale_sums(state, p_unit, q_unit, ratio);
}

/*
 * Whether sums to which totals like these belong would lose digits: because
 * most of them is the term of the totals, or at the limits of the range.
 */
static bool
needs_scales(const RowState *state, double p_total, double q_total)
{
	double		x = p_total * state->p_unit;
	double		y = q_total * state->q_unit * state->ratio;
	bool		far_off = x > 0.0 && y > 0.0 && (x - y) * (x - y) > 0x1p-3 * y * sums_of_state(state)->divergence(state);

	return state->p_unit == 0.0 || far_off ||
		x > 0x1p300 || (x < 0x1p-300 && x > 0.0) || y > 0x1p300 || (y < 0x1p-300 && y > 0.0);
}

static DoubleDouble
buffer_total(const double *buffer, size_t count)
{
	return active_vector_functions()->block_totals(buffer, count, 1.0).sum;
}

/* Sums the rows in the buffers */
static void
flush_rows(RowState *state)
{
	size_t		count;
	DoubleDouble p_total;
	DoubleDouble q_total;

	if (!(state->buffered >= 1.0 && state->buffered <= ROW_BUFFER))
		return;
	count = (size_t) state->buffered;
	for (size_t i = count; i < ROW_BUFFER; i++)
		state->p_buffer[i] = state->q_buffer[i] = 0.0;
	p_total = add_term(state->p_total, buffer_total(state->p_buffer, count));
	q_total = add_term(state->q_total, buffer_total(state->q_buffer, count));
	if (isfinite(p_total.hi + state->largest) && isfinite(q_total.hi))
	{
		if (needs_scales(state, p_total.hi + state->largest, q_total.hi))
			choose_scales(state, p_total.hi + state->largest, q_total.hi);
		sums_of_state(state)->add(state, count);
	}
	state->p_total = p_total;
	state->q_total = q_total;
	state->buffered = 0.0;
	state->extreme = 0.0;
}

void
add_rows(RowState *state, const RowState *other_state)
{
	const RowFamily *family = row_state_family(state);
	RowState	other = *other_state;
	DoubleDouble p_total;
	DoubleDouble q_total;
	double		smaller = other.largest < state->largest ? other.largest : state->largest;

	assert_that(is_row_state(state, family) && is_row_state(&other, family));
	flush_rows(state);
	flush_rows(&other);
	assert_that(state->buffered == 0.0 && other.buffered == 0.0);
	if (state->orientation * other.orientation < 0.0)
		exchange_sides(&other);
	else if (state->orientation == 0.0)
		state->orientation = other.orientation;
	if (other.largest > state->largest)
		state->largest = other.largest;

	if (other.different != 0.0)
		note_difference(state);
	else if (other.p_first > 0.0 && state->different == 0.0)
		compare_with_first(state, other.p_first, other.q_first);
	if (family->merge_apart != NULL)
		family->merge_apart(state, &other);

	p_total = add_term(state->p_total, other.p_total);
	q_total = add_term(state->q_total, other.q_total);
	if (other.p_unit > 0.0 && isfinite(p_total.hi) && isfinite(q_total.hi))
	{
		choose_scales(state, p_total.hi + state->largest, q_total.hi);
		choose_scales(&other, p_total.hi + state->largest, q_total.hi);
		sums_of_state(state)->merge(state, &other);
	}
	state->p_total = p_total;
	state->q_total = q_total;

	/* only one of the largest weights can stay apart */
	if (smaller > 0.0)
		buffer_row(state, smaller, 0.0);
}

/* The value in nats, of a state whose buffers are empty and whose sides have weight */
static double
value_in_nats(const Measure *measure, const RowState *state, const Parameters *parameters, bool filled)
{
	MeasurePlan plan;
	const Formula *formula;
	bool		divergence = measure->kind == DIVERGENCE;
	Bin			total = total_bin(state);
	Invariants	invariants = invariants_of(state, total);
	Sums		sums = {.mass = 1.0, .weight_mass = 1.0, .counting = measure->rows->alone == YES};
	double		value;

	make_plan(&plan, measure, parameters);
	formula = plan.formula;
	if (!sums.counting && state->different == 0.0)
		invariants = (Invariants) {0.0, 0.0};
	sums_of_state(state)->to_sums(state, &plan, total, invariants, &sums);
	value = formula->value(&sums, &plan.arguments);
	/* the sums of a forged state can be NaN where no formula of ours makes them so */
	if (isnan(value) && formula->of_log_sum != NULL)
		value = formula->of_log_sum(sums_of_state(state)->log_sum(state), parameters);
	value = non_negative(value);

	/* rows that differ by less than sums can tell, about 1e-49, are not equal; only psi's fill and supports can make them so */
	if (value == 0.0 && state->different != 0.0 && divergence && !filled && formula->supports_only == NO)
		return DBL_MIN;
	return value;
}

double
value_of_rows(const Measure *measure, const RowState *rows, Judgement *judgement)
{
	RowState	state = *rows;
	bool		pair = (measure->takes & TAKES_REFERENCE) != 0;
	Parameters	parameters = default_parameters(measure->takes);
	double		p_apart = 0.0;
	double		q_apart = 0.0;
	double		p_total;
	double		q_total;
	bool		filled;

	assert_that(is_row_state(&state, measure->rows));
	flush_rows(&state);
	assert_that(state.buffered == 0.0);
	if (measure->rows->add_apart != NULL)
		measure->rows->add_apart(&state, &p_apart, &q_apart);
	p_total = state.p_total.hi + state.largest + p_apart;
	q_total = state.q_total.hi + q_apart;
	filled = parameters.empty > 0.0 && (p_apart > 0.0 || q_apart > 0.0);
	*judgement = WEIGHTS_VALID;
	if (!isfinite(p_total) || !isfinite(q_total))
		*judgement = TOTAL_OVERFLOWS;
	else if (state.alpha == ALPHA_NULL || !(p_total > 0.0) || (pair && !(q_total > 0.0)))
		*judgement = NOTHING_OBSERVED;
	if (*judgement != WEIGHTS_VALID)
		return 0.0;
	parameters.alpha = state.alpha;
	return value_of_nats(measure, value_in_nats(measure, &state, &parameters, filled), EULER);
}
