/*-------------------------------------------------------------------------
 *
 * row_scales.c
 *	  How the sums over rows change with the scales of their weights.
 *
 * See row_state.h for what stays the same.
 *
 *-------------------------------------------------------------------------
 */
#include "math/rows/row_scales.h"

#include <math.h>

/* Totals below this lose digits in their scales */
#define VANISHING_TOTAL 0x1p-900

Bin
exchanged_bin(Bin bin)
{
	Bin			result = bin;

	result.x = bin.y;
	result.y = bin.x;
	result.log_x = bin.log_y;
	result.log_y = bin.log_x;
	result.difference = -bin.difference;
	result.log_quotient = -bin.log_quotient;
	return result;
}

Bin
total_bin(const RowState *state)
{
	const RowFamily *family = row_state_family(state);
	bool		alone = family->alone == YES;
	double		error;
	double		y = two_product(state->q_total.hi * state->q_unit, state->ratio, &error);
	double		x = state->p_total.hi * state->p_unit;
	double		difference = (x - y) + ((state->p_total.lo * state->p_unit - error) -
										state->q_total.lo * state->q_unit * state->ratio);
	Bin			bin = {0.0, x, y, difference, 0.0, 0.0, 0.0, 1.0, false};

	/*
	 * Totals of earlier rows may vanish in the scales of later ones, but are no
	 * empty sides: they count through their logarithm.
	 */
	if ((x < VANISHING_TOTAL || y < VANISHING_TOTAL) && state->p_total.hi > 0.0 && state->q_total.hi > 0.0 && !alone)
	{
		bin.extreme = true;
		bin.x = x > DBL_MIN ? x : DBL_MIN;
		bin.y = y > DBL_MIN ? y : DBL_MIN;
		bin.log_x = natural_log(state->p_total.hi) + natural_log(state->p_unit);
		bin.log_y = natural_log(state->q_total.hi) + natural_log(state->q_unit) + natural_log(state->ratio);
		bin.log_quotient = bin.log_x - bin.log_y;
	}
	else
	{
		if (x == 0.0 && state->p_total.hi > 0.0)
			bin.x = DBL_MIN;
		if (y == 0.0 && state->q_total.hi > 0.0)
			bin.y = DBL_MIN;
	}

	if (alone)
		bin.y = 1.0;
	else if (family->exchanged(state->alpha))
		return exchanged_bin(bin);
	return bin;
}

Invariants
invariants_of(const RowState *state, Bin total)
{
	if (!(total.x > 0.0 && total.y > 0.0))
		return (Invariants) {0.0, 0.0};
	return sums_of_state(state)->invariants(state, total);
}

double
log_of_change(double from, double to)
{
	double		factor = to / from;

	return factor > DBL_MIN && factor < DBL_MAX ? natural_log(factor) : natural_log(to) - natural_log(from);
}

void
rescale_sums(RowState *state, double p_unit, double q_unit, double ratio)
{
	const RowSums *sums = sums_of_state(state);
	bool		first = state->p_unit == 0.0;
	Invariants	invariants = {0.0, 0.0};

	if (!first)
	{
		/* a single distribution's ratio belongs to p */
		bool		alone = row_state_family(state)->alone == YES;
		double		p_ratio = alone ? ratio / state->ratio : 1.0;
		double		q_ratio = alone ? 1.0 : ratio / state->ratio;
		double		quotient = (p_unit / state->p_unit) / (q_unit / state->q_unit * q_ratio);
		ScaleChange change = {
			.p_factor = p_unit / state->p_unit * p_ratio,
			.q_factor = q_unit / state->q_unit * q_ratio,
			.q_unit = q_unit,
			.log_p = log_of_change(state->p_unit, p_unit) + natural_log(p_ratio),
			.log_q = log_of_change(state->q_unit, q_unit) + natural_log(q_ratio)
		};

		change.log_quotient = quotient > DBL_MIN && quotient < DBL_MAX ?
			natural_log(quotient) : change.log_p - change.log_q;
		invariants = invariants_of(state, total_bin(state));
		sums->rescale(state, &change);
	}
	state->p_unit = p_unit;
	state->q_unit = q_unit;
	state->ratio = ratio;
	if (!first)
		sums->restore(state, total_bin(state), invariants);
}

static void
exchange(double *a, double *b)
{
	double		other = *a;

	*a = *b;
	*b = other;
}

void
exchange_sides(RowState *state)
{
	const RowSums *sums = sums_of_state(state);
	Invariants	invariants = invariants_of(state, total_bin(state));

	state->orientation = -state->orientation;
	exchange(&state->p_total.hi, &state->q_total.hi);
	exchange(&state->p_total.lo, &state->q_total.lo);
	exchange(&state->p_first, &state->q_first);
	exchange(&state->p_unit, &state->q_unit);
	sums->exchange(state, &invariants);
	if (state->p_unit == 0.0)
		return;
	/* the scale of q was its unit times the ratio, and now is the unit alone */
	state->ratio = 1.0 / state->ratio;
	sums->restore(state, total_bin(state), invariants);
}
