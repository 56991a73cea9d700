/*-------------------------------------------------------------------------
 *
 * row_values.c
 *	  From sums over rows to the sums of shares that measures are finished from.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "math/rows/row_sums.h"

/* A weight of a single distribution in the sums' unit */
static double
scaled_alone(const RowState *state, double weight)
{
	return weight * state->p_unit * state->ratio;
}

/* The entropy of all weights, of which the largest one is not in the sums */
static double
entropy_of(const RowState *state)
{
	double		rest = scaled_alone(state, state->p_total.hi);
	double		largest = scaled_alone(state, state->largest);
	double		total = rest + largest;

	if (state->p_unit == 0.0)
		return 0.0;				/* one bin */
	return (state->sums.entropy.information.hi + rest * natural_log(total) -
			largest * log_ratio(largest, total, -rest)) / total;
}

/* Bins of one side, with shares s: sum (s - empty) log(s/empty) */
static double
one_sided_sum(const OneSided *side, double total, double empty)
{
	double		log_total;
	double		log_empty;

	if (side->count == 0.0 || empty == 0.0)
		return 0.0;
	log_total = natural_log(total);
	log_empty = natural_log(empty);
	return 1024.0 * ((side->mass_log - side->mass * (log_total / 1024.0)) / total) - empty * (side->log - side->count * log_total) -
		log_empty * (side->mass / total - side->count * empty);
}

/* a D + b D' + (a - b) log(a/b), where a and b are the shares of the bins that both sides have */
static double
symmetric_of(const RowState *state, double empty)
{
	Shares		shares = to_shares(state);
	const OneSided *p = &state->sums.symmetric.p;
	const OneSided *q = &state->sums.symmetric.q;
	double		p_total = state->p_total.hi + p->mass;
	double		q_total = state->q_total.hi + q->mass;
	double		a = state->p_total.hi / p_total;
	double		b = state->q_total.hi / q_total;
	double		value = a * shares.first + b * shares.second;

	/* shares that have underflowed count through their logarithms */
	if (a > DBL_MIN && b > DBL_MIN)
		value += (a - b) * log_ratio(a, b, a - b);
	else if (state->p_total.hi > 0.0 && state->q_total.hi > 0.0)
		value += (a - b) * ((natural_log(state->p_total.hi) - natural_log(p_total)) -
							(natural_log(state->q_total.hi) - natural_log(q_total)));
	return value + one_sided_sum(p, p_total, empty) + one_sided_sum(q, q_total, empty);
}

/* Sums of powers of shares, or what an order at the limits has instead */
static void
power_to_sums(const RowState *state, Bin total, Shares shares, Sums *sums)
{
	bool		different = state->different != 0.0;

	if (state->order == 0.0)
	{
		sums->slots[0] = different ? state->sums.power.excess.hi / total.y : 1.0;
		sums->slots[1] = different ? state->sums.power.first.hi / total.y : 0.0;
	}
	else if (isinf(state->order))
		sums->slots[0] = different ? state->sums.power.exponent -
			log_ratio(total.x, total.y, total.difference) : 0.0;
	else
	{
		sums->slots[0] = shares.first;
		sums->slots[2] = different ? shares.second : 1.0;
	}
}

/*
 * The same of a single distribution.  With r the share of all weights but the
 * largest one, which is not in the sums, and b = alpha - 1,
 *
 *		sum p^alpha - 1 = (1 - r) ((1 - r)^b - 1) + sum p (p^b - 1) over the rest,
 *
 * all of one sign, so that an entropy near 0 keeps its digits.
 */
static void
power_entropy_to_sums(const RowState *state, Sums *sums)
{
	double		b = state->order - 1.0;
	double		rest = scaled_alone(state, state->p_total.hi);
	double		largest = scaled_alone(state, state->largest);
	double		total = rest + largest;
	double		log_largest = log_ratio(largest, total, -rest);
	Exponential of_largest = reduce_exponential(b * log_largest);
	Exponential of_total = reduce_exponential(-b * natural_log(total));

	if (state->order == 0.0)
		sums->slots[0] = state->sums.power.excess.hi + 1.0;
	else if (state->p_unit == 0.0)
		sums->slots[2] = isinf(state->order) ? 0.0 : 1.0;	/* one bin */
	else if (isinf(state->order))
		sums->slots[0] = log_largest;
	else
	{
		double		power = scaled_exp(of_total) * state->sums.power.power.hi / total;
		double		others = (scaled_exp(of_total) * state->sums.power.first.hi +
							  rest * scaled_expm1(of_total)) / total;

		/* the first form cancels if the total is far from 1 for the order, the second if the order is near 1 */
		if (fabs(b * natural_log(total)) > 0.5)
			others = power - rest / total;
		sums->slots[1] = (1.0 - rest / total) * scaled_expm1(of_largest) + others;
		sums->slots[2] = fabs(b * log_largest) < 500.0 && fabs(b * natural_log(total)) < 500.0 ?
			(1.0 - rest / total) * scaled_exp(of_largest) + power : NAN;
	}
}

/* log of Bhattacharyya's coefficient */
static double
coefficient_log(const RowState *state)
{
	Bin			total = total_bin(state);
	double		ordinary = state->sums.hellinger.coefficient.hi;
	double		exponent = state->sums.hellinger.exponent;
	double		log_totals = 0.5 * (natural_log(total.x) + natural_log(total.y));
	double		log_sum = ordinary > 0.0 ? natural_log(ordinary) : -INFINITY;

	if (state->different == 0.0)
		return 0.0;
	if (isfinite(exponent))
	{
		double		far = exponent + natural_log(state->sums.hellinger.exponentials);
		double		larger = far > log_sum ? far : log_sum;
		double		smaller = far > log_sum ? log_sum : far;

		log_sum = larger + log_one_plus(scaled_exp(reduce_exponential(smaller - larger)));
	}
	return log_sum - log_totals;
}

/*
 * Turns the sums of a state whose buffers are empty into those of shares,
 * which the measures' finish functions take.
 */
void
rows_to_sums(const RowState *state, Kernel kernel, double empty, Sums *sums)
{
	Bin			total = total_bin(state);
	Shares		shares = to_shares(state);

	memset(sums, 0, sizeof(*sums));
	sums->mass = 1.0;
	sums->weight_mass = 1.0;
	sums->counting = is_alone(state);
	sums->order_less_one = kernel_order_less_one(state);
	if (!is_alone(state) && state->different == 0.0)
		shares.first = shares.second = 0.0;

	switch (summed_family(state))
	{
		case ROWS_ENTROPY:
			sums->slots[0] = entropy_of(state);
			break;
		case ROWS_RELATIVE:
			sums->slots[0] = shares.first;
			if (kernel == KERNEL_INFORMATION)
				sums->slots[0] = state->sums.relative.information.hi / total.x +
					natural_log(state->q_total.hi * state->q_unit);
			sums->slots[1] = state->sums.relative.outside;
			break;
		case ROWS_SYMMETRIC:
			if (state->different != 0.0)
				sums->slots[0] = symmetric_of(state, empty);
			if (empty == 0.0)
				sums->slots[1] = state->sums.symmetric.p.mass + state->sums.symmetric.q.mass;
			break;
		case ROWS_HELLINGER:
			sums->slots[0] = shares.first;
			sums->slots[1] = scaled_exp(reduce_exponential(coefficient_log(state)));
			break;
		case ROWS_CHI_SQUARE:
			sums->mass = 0x1p600;
			sums->slots[0] = shares.first;
			break;
		case ROWS_POWER:
			power_to_sums(state, total, shares, sums);
			break;
		case ROWS_POWER_ENTROPY:
			power_entropy_to_sums(state, sums);
			break;
		case ROWS_ALL_PAIRS:
			break;
	}
}

/* The same of a single distribution, with the largest weight that is not in the sums */
static double
power_entropy_log_sum(const RowState *state)
{
	double		largest = scaled_alone(state, state->largest);
	double		rest = scaled_alone(state, state->p_total.hi);
	double		exponent = state->order * natural_log(largest);
	double		others = state->sums.power.exponent - exponent;
	double		log_total = natural_log(rest + largest);

	if (!isfinite(others))
		return exponent - state->order * log_total;
	if (others > 0.0)			/* many small weights, or an order near 0 */
		return state->sums.power.exponent +
			natural_log(state->sums.power.exponentials + scaled_exp(reduce_exponential(-others))) -
			state->order * log_total;
	return state->order * log_ratio(largest, rest + largest, -rest) +
		log_one_plus(state->sums.power.exponentials * scaled_exp(reduce_exponential(others)));
}

/* log of the sum of p^alpha q^(1 - alpha) over shares: see log_of_power_sum() */
double
rows_log_of_power_sum(const RowState *state)
{
	double		b = kernel_order_less_one(state);
	Bin			total = total_bin(state);
	double		log_totals = (1.0 + b) * natural_log(total.x) - b * natural_log(total.y);

	if (state->family == ROWS_HELLINGER)
		return coefficient_log(state);
	if (state->family == ROWS_POWER_ENTROPY)
		return power_entropy_log_sum(state);
	if (!isfinite(state->sums.power.exponent))
		return state->sums.power.exponent;
	return state->sums.power.exponent + natural_log(state->sums.power.exponentials) - log_totals;
}
