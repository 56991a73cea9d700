/*-------------------------------------------------------------------------
 *
 * row_scales.c
 *	  How the sums over rows change with the scales of their weights.
 *
 * Let f be the terms of a measure and X, Y the totals of x and y.  Then
 *
 *		sum f(x, y) = D w(X, Y) + f(X, Y)
 *
 * with D a function of the shares alone and, for
 *
 *		phi(x, y):				w = X
 *		(sqrt x - sqrt y)^2:	w = sqrt(XY), f(X, Y) likewise
 *		(x - y)^2/y:			w = X^2/Y
 *		x^alpha y^-b:			w = X^alpha Y^-b; less x + b(x - y): the same
 *
 * D is what the measure is made of, and what stays when the scales change.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "math/rows/row_sums.h"
#include "math/pair/slabs.h"

/* Totals below this lose digits in their scales */
#define VANISHING_TOTAL 0x1p-900

static Bin
exchanged(Bin bin)
{
	Bin			result = bin;

	result.x = bin.y;
	result.y = bin.x;
	result.log_x = bin.log_y;
	result.log_y = bin.log_x;
	result.difference = -bin.difference;
	result.far = -bin.far;
	return result;
}

/* The bin of the totals, with their difference to more digits than they have */
Bin
total_bin(const RowState *state)
{
	double		error;
	double		y = two_product(state->q_total.hi * state->q_unit, state->ratio, &error);
	double		x = state->p_total.hi * state->p_unit;
	double		difference = (x - y) + ((state->p_total.lo * state->p_unit - error) -
										state->q_total.lo * state->q_unit * state->ratio);
	Bin			bin;

	/*
	 * Totals of earlier rows may vanish in the scales of later ones, but are no
	 * empty sides: they count through their logarithm.
	 */
	bin = (Bin) {0.0, x, y, difference, 0.0, 0.0, 0.0, 1.0, false};
	if ((x < VANISHING_TOTAL || y < VANISHING_TOTAL) && state->p_total.hi > 0.0 && state->q_total.hi > 0.0 &&
		!is_alone(state))
	{
		bin.wide = true;
		bin.x = x > DBL_MIN ? x : DBL_MIN;
		bin.y = y > DBL_MIN ? y : DBL_MIN;
		bin.log_x = natural_log(state->p_total.hi) + natural_log(state->p_unit);
		bin.log_y = natural_log(state->q_total.hi) + natural_log(state->q_unit) + natural_log(state->ratio);
		bin.far = bin.log_x - bin.log_y;
	}
	else
	{
		if (x == 0.0 && state->p_total.hi > 0.0)
			bin.x = DBL_MIN;
		if (y == 0.0 && state->q_total.hi > 0.0)
			bin.y = DBL_MIN;
	}

	if (is_alone(state))
		bin.y = 1.0;
	else if (is_swapped(state))
		return exchanged(bin);
	return bin;
}

static double
phi_of(Bin bin)
{
	KernelArguments none = {0.0, 0.0};

	return relative_entropy_terms(bin, &none).first;
}

static Terms
power_of(const RowState *state, Bin bin)
{
	KernelArguments arguments = {kernel_order_less_one(state), 0.0};

	return power_terms(bin, &arguments);
}

/* A sum or D of chi-square times 2^-600 X^2/Y, or divided by it; extreme totals by their logarithms */
static double
times_power(double value, Bin total, double power)
{
	double		log_factor = power * (2.0 * total.log_x - total.log_y - 600.0 * LN2);

	if (!(value > 0.0) || isinf(value))
		return value;
	if (!total.wide)
		return power > 0.0 ? (total.y > 0.0 ? value * total.x / total.y * (total.x * 0x1p-600) : 0.0) :
			value * total.y / total.x / (total.x * 0x1p-600);
	log_factor += natural_log(value);
	return log_factor > 709.0 ? INFINITY : log_factor < -745.0 ? 0.0 :
		scaled_exp(reduce_exponential(0.5 * log_factor)) * scaled_exp(reduce_exponential(0.5 * log_factor));
}

/* D of the family; 0 if a side is empty, when all of a sum is f(X, Y) */
Shares
to_shares(const RowState *state)
{
	Bin			total = total_bin(state);
	KernelArguments none = {0.0, 0.0};
	Shares		shares = {0.0, 0.0};

	if (!(total.x > 0.0 && total.y > 0.0))
		return shares;
	switch (summed_family(state))
	{
		case ROWS_RELATIVE:
			shares.first = (state->sums.relative.phi.hi - phi_of(total)) / total.x;
			break;
		case ROWS_SYMMETRIC:
			shares.first = (state->sums.symmetric.phi.hi - phi_of(total)) / total.x;
			shares.second = ((state->sums.symmetric.both_ways.hi - state->sums.symmetric.phi.hi) -
							 phi_of(exchanged(total))) / total.y;
			break;
		case ROWS_HELLINGER:
			{
				double		weight = sqrt(total.x) * sqrt(total.y);

				shares.first = (state->sums.hellinger.squares.hi - hellinger_terms(total, &none).first) / weight;
				shares.second = state->sums.hellinger.coefficient.hi / weight;
				break;
			}
		case ROWS_CHI_SQUARE:
			shares.first = times_power(state->sums.chi_square.quotients.hi - chi_square_terms(total, &none).first,
									   total, -1.0);
			break;
		case ROWS_POWER:
			{
				Terms		terms = power_of(state, total);

				shares.first = (state->sums.power.excess.hi - terms.first) / terms.third;
				shares.second = state->sums.power.power.hi / terms.third;
				break;
			}
		default:
			break;
	}
	return shares;
}

/* The inverse of to_shares(), for the scales that the state has now */
static void
from_shares(RowState *state, Shares shares)
{
	Bin			total = total_bin(state);
	KernelArguments none = {0.0, 0.0};

	switch (summed_family(state))
	{
		case ROWS_RELATIVE:
			state->sums.relative.phi = single(shares.first * total.x + phi_of(total));
			break;
		case ROWS_SYMMETRIC:
			state->sums.symmetric.phi = single(shares.first * total.x + phi_of(total));
			state->sums.symmetric.both_ways = single(state->sums.symmetric.phi.hi +
													 (shares.second * total.y + phi_of(exchanged(total))));
			break;
		case ROWS_HELLINGER:
			{
				double		weight = sqrt(total.x) * sqrt(total.y);

				state->sums.hellinger.squares =
					single(shares.first * weight + hellinger_terms(total, &none).first);
				state->sums.hellinger.coefficient = single(shares.second * weight);
				break;
			}
		case ROWS_CHI_SQUARE:
			state->sums.chi_square.quotients = single(times_power(shares.first, total, 1.0) +
													  chi_square_terms(total, &none).first);
			break;
		case ROWS_POWER:
			{
				Terms		terms = power_of(state, total);

				state->sums.power.excess = single(shares.first * terms.third + terms.first);
				state->sums.power.power = single(shares.second * terms.third);
				break;
			}
		default:
			break;
	}
}

/* Sums of logarithms and powers of x alone, after x has been multiplied by factor */
static void
rescale_entropy(RowState *state, double factor)
{
	double		log_factor = natural_log(factor);
	double		x = state->p_total.hi * state->p_unit * state->ratio;

	if (summed_family(state) == ROWS_ENTROPY)
		state->sums.entropy.information =
			single(factor * (state->sums.entropy.information.hi - x * log_factor));
	else if (state->order > 0.0 && !isinf(state->order))
	{
		double		b = state->order - 1.0;
		Exponential power = reduce_exponential(b * log_factor);

		double		rescaled_power = factor * scaled_exp(power) * state->sums.power.power.hi;

		/* far from order 1 the difference is more accurate than the identity */
		state->sums.power.first = single(fabs(b * log_factor) > 0.5 ? rescaled_power - factor * x :
										 factor * (scaled_exp(power) * state->sums.power.first.hi +
												   x * scaled_expm1(power)));
		state->sums.power.power = single(rescaled_power);
	}
}

/*
 * The sum that a divergence is made of, about (x - y)^2/y in all; infinite for
 * families whose sums do not depend on the ratio of the totals in this way.
 */
double
divergence_sum(const RowState *state)
{
	switch (summed_family(state))
	{
		case ROWS_RELATIVE:
			return state->sums.relative.phi.hi;
		case ROWS_SYMMETRIC:
			return state->sums.symmetric.phi.hi;
		case ROWS_HELLINGER:
			return state->sums.hellinger.squares.hi;
		case ROWS_CHI_SQUARE:
			return state->sums.chi_square.quotients.hi * 0x1p600;
		case ROWS_POWER:
			return state->order == 0.0 || isinf(state->order) ? INFINITY :
				fabs(state->sums.power.excess.hi / (kernel_order_less_one(state) * state->order));
		default:
			return INFINITY;
	}
}

/* log(to/from) for units that may be further apart than numbers can be */
static double
log_of_change(double from, double to)
{
	double		factor = to / from;

	return factor > DBL_MIN && factor < DBL_MAX ? natural_log(factor) : natural_log(to) - natural_log(from);
}

/* Largest exponents and logarithms, after x and y have changed their scales */
static void
rescale_exponents(RowState *state, double log_p, double log_q, double log_quotient)
{
	switch (summed_family(state))
	{
		case ROWS_POWER:
			state->sums.power.exponent += isinf(state->order) ? log_quotient :
				state->order * log_p + (1.0 - state->order) * log_q;
			break;
		case ROWS_POWER_ENTROPY:
			state->sums.power.exponent += (isinf(state->order) ? 1.0 : state->order) * log_p;
			break;
		case ROWS_HELLINGER:
			state->sums.hellinger.exponent += 0.5 * (log_p + log_q);
			break;
		default:
			break;
	}
}

/* Sums that the shares do not give back, after x and y have changed their scales */
static void
rescale_plain_sums(RowState *state, double p_factor, double q_factor, double q_unit)
{
	switch (summed_family(state))
	{
		case ROWS_ENTROPY:
		case ROWS_POWER_ENTROPY:
			rescale_entropy(state, p_factor);
			break;
		case ROWS_RELATIVE:
			/* what matters is that it is not 0 */
			if (state->sums.relative.outside > 0.0)
				state->sums.relative.outside = fmax(state->sums.relative.outside * p_factor, DBL_MIN);
			state->sums.relative.information =
				single(p_factor * (state->sums.relative.information.hi -
								   state->p_total.hi * state->p_unit * log_of_change(state->q_unit, q_unit)));
			break;
		case ROWS_POWER:
			if (state->order == 0.0)
			{
				state->sums.power.excess = single(state->sums.power.excess.hi * q_factor);
				state->sums.power.first = single(state->sums.power.first.hi * q_factor);
			}
			break;
		default:
			break;
	}
}

/* Changes the scales; the totals are those of the rows in the sums */
void
rescale_sums(RowState *state, double p_unit, double q_unit, double ratio)
{
	bool		limit = state->family == ROWS_POWER && (state->order == 0.0 || isinf(state->order));
	bool		first = state->p_unit == 0.0;
	Shares		shares = {0.0, 0.0};

	if (!first)
	{
		/* a single distribution's ratio belongs to p */
		double		p_ratio = is_alone(state) ? ratio / state->ratio : 1.0;
		double		q_ratio = is_alone(state) ? 1.0 : ratio / state->ratio;

		double		log_p = log_of_change(state->p_unit, p_unit) + natural_log(p_ratio);
		double		log_q = log_of_change(state->q_unit, q_unit) + natural_log(q_ratio);
		double		quotient = (p_unit / state->p_unit) / (q_unit / state->q_unit * q_ratio);

		shares = to_shares(state);
		rescale_plain_sums(state, p_unit / state->p_unit * p_ratio, q_unit / state->q_unit * q_ratio, q_unit);
		rescale_exponents(state, log_p, log_q, quotient > DBL_MIN && quotient < DBL_MAX ?
						  natural_log(quotient) : log_p - log_q);
	}
	state->p_unit = p_unit;
	state->q_unit = q_unit;
	state->ratio = ratio;
	if (!first && !limit)
		from_shares(state, shares);
}

static void
exchange(double *a, double *b)
{
	double		other = *a;

	*a = *b;
	*b = other;
}

/* Makes p of q and q of p, in a state of a symmetric family without rows in its buffers */
void
exchange_sides(RowState *state)
{
	Shares		shares = to_shares(state);

	state->orientation = -state->orientation;
	exchange(&state->p_total.hi, &state->q_total.hi);
	exchange(&state->p_total.lo, &state->q_total.lo);
	exchange(&state->p_reference, &state->q_reference);
	exchange(&state->p_unit, &state->q_unit);
	if (state->family == ROWS_SYMMETRIC)
	{
		OneSided	other = state->sums.symmetric.p;

		state->sums.symmetric.p = state->sums.symmetric.q;
		state->sums.symmetric.q = other;
		exchange(&shares.first, &shares.second);
	}
	if (state->p_unit == 0.0)
		return;
	/* the scale of q was its unit times the ratio, and now is the unit alone */
	if (state->family == ROWS_HELLINGER)
		state->sums.hellinger.exponent -= natural_log(state->ratio);
	state->ratio = 1.0 / state->ratio;
	from_shares(state, shares);
}
