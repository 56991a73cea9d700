/*-------------------------------------------------------------------------
 *
 * renyi_rows.c
 *	  Sums of powers over rows, and what their limits have instead.
 *
 * A file of its own since alpha = 0 and Infinity, of two distributions and of
 * one, are summed each in another way.
 *
 *-------------------------------------------------------------------------
 */
#include "math/measures/renyi.h"

#include <math.h>

#include "math/measures/entropy.h"
#include "math/measures/relative_entropy.h"
#include "math/rows/row_scales.h"
#include "math/rows/row_sums.h"

typedef struct PowerSums
{
	DoubleDouble excess;		/* of alpha = 0, support */
	DoubleDouble first;
	DoubleDouble power;
	Exponentials exponentials;	/* once more, since powers may overflow */
} PowerSums;

DEFINE_ROW_SUMS(PowerSums, power_state)

static void
begin(RowState *state)
{
	power_state(state)->exponentials.exponent = -INFINITY;
}

static void
merge(RowState *state, const RowState *other)
{
	PowerSums  *sums = power_state(state);

	merge_sum(&sums->excess, power_state_of(other)->excess);
	merge_sum(&sums->first, power_state_of(other)->first);
	merge_sum(&sums->power, power_state_of(other)->power);
	add_exponentials(&sums->exponentials, power_state_of(other)->exponentials);
}

static void
add_powers(RowState *state, size_t count, bool weighted_shares)
{
	PowerSums  *sums = power_state(state);
	double		slots[MAX_SLOTS];

	sum_exponentials(state, count, weighted_shares, &sums->exponentials);
	run_row_kernel(state, KERNEL_power, weighted_shares, count, 0.0, slots);
	accumulate(&sums->excess, slots[0]);
	accumulate(&sums->first, slots[1]);
	accumulate(&sums->power, slots[2]);
}

static void
add_supports(RowState *state, size_t count, bool weighted_shares)
{
	double		slots[MAX_SLOTS];

	run_row_kernel(state, KERNEL_support, weighted_shares, count, 0.0, slots);
	accumulate(&power_state(state)->excess, slots[0]);
	accumulate(&power_state(state)->first, slots[1]);
}

/*- of a pair -*/

static void
add_pair_powers(RowState *state, size_t count)
{
	add_powers(state, count, false);
}

static Invariants
invariants(const RowState *state, Bin total)
{
	KernelArguments arguments = {.power = renyi_power(state->alpha)};
	Terms		terms = power_terms(total, &arguments);

	return (Invariants) {
		.first = (power_state_of(state)->excess.hi - terms.first) / terms.third,
		.second = power_state_of(state)->power.hi / terms.third
	};
}

static void
restore(RowState *state, Bin total, Invariants invariants)
{
	KernelArguments arguments = {.power = renyi_power(state->alpha)};
	Terms		terms = power_terms(total, &arguments);

	power_state(state)->excess = single(invariants.first * terms.third + terms.first);
	power_state(state)->power = single(invariants.second * terms.third);
}

static void
rescale(RowState *state, const ScaleChange *change)
{
	power_state(state)->exponentials.exponent += state->alpha * change->log_p + (1.0 - state->alpha) * change->log_q;
}

static double
divergence(const RowState *state)
{
	double		b = renyi_power(state->alpha);

	/* the terms are b (b + 1)/2 (x - y)^2/y, whichever side is x */
	return fabs(power_state_of(state)->excess.hi / (b * (b + 1.0)));
}

static void
to_sums(const RowState *state, const MeasurePlan *plan, Bin total, Invariants invariants, Sums *sums)
{
	(void) plan;
	(void) total;
	sums->slots[0] = invariants.first;
	sums->slots[2] = state->different != 0.0 ? invariants.second : 1.0;
}

static double
log_sum(const RowState *state)
{
	const Exponentials *exponentials = &power_state_of(state)->exponentials;
	double		b = renyi_power(state->alpha);
	Bin			total = total_bin(state);
	double		log_totals = (1.0 + b) * natural_log(total.x) - b * natural_log(total.y);

	if (!isfinite(exponentials->exponent))
		return exponentials->exponent;
	return exponentials->exponent + natural_log(exponentials->sum) - log_totals;
}

static const RowSums power_sums = {
	.add = add_pair_powers,
	.merge = merge,
	.invariants = invariants,
	.restore = restore,
	.rescale = rescale,
	.exchange = exchange_nothing,
	.divergence = divergence,
	.to_sums = to_sums,
	.log_sum = log_sum
};

static void
add_pair_supports(RowState *state, size_t count)
{
	add_supports(state, count, false);
	sum_exponentials(state, count, false, &power_state(state)->exponentials);
}

static void
rescale_supports(RowState *state, const ScaleChange *change)
{
	PowerSums  *sums = power_state(state);

	sums->excess = single(sums->excess.hi * change->q_factor);
	sums->first = single(sums->first.hi * change->q_factor);
	rescale(state, change);
}

static void
supports_to_sums(const RowState *state, const MeasurePlan *plan, Bin total, Invariants invariants, Sums *sums)
{
	bool		different = state->different != 0.0;

	(void) plan;
	(void) invariants;
	sums->slots[0] = different ? power_state_of(state)->excess.hi / total.y : 1.0;
	sums->slots[1] = different ? power_state_of(state)->first.hi / total.y : 0.0;
}

static const RowSums support_sums = {
	.add = add_pair_supports,
	.merge = merge,
	.invariants = no_invariants,
	.restore = restore_nothing,
	.rescale = rescale_supports,
	.exchange = exchange_nothing,
	.divergence = no_divergence,
	.to_sums = supports_to_sums,
	.log_sum = log_sum
};

/* The row whose ratio p/q is the largest: its weights, which no change of scales changes */
typedef struct LargestRatio
{
	double		p;				/* 0 before the first row in which p has weight */
	double		q;
} LargestRatio;

DEFINE_ROW_SUMS(LargestRatio, ratio_state)

static inline void
take_larger_ratio(LargestRatio *largest, double p, double q)
{
	double		left = p * largest->q;
	double		right = q * largest->p;

	/* most rows are far from that */
	if (left < 0.999999 * right && right > 0x1p-900 && right <= DBL_MAX)
		return;
	if (p > 0.0 && (largest->p == 0.0 || compare_products(p, largest->q, q, largest->p) > 0))
		*largest = (LargestRatio) {p, q};
}

static void
add_pair_ratios(RowState *state, size_t count)
{
	LargestRatio *largest = ratio_state(state);

	for (size_t i = 0; i < count; i++)
		take_larger_ratio(largest, state->p_buffer[i], state->q_buffer[i]);
}

static void
merge_ratios(RowState *state, const RowState *other)
{
	take_larger_ratio(ratio_state(state), ratio_state_of(other)->p, ratio_state_of(other)->q);
}

static void
ratio_to_sums(const RowState *state, const MeasurePlan *plan, Bin total, Invariants invariants, Sums *sums)
{
	const LargestRatio *largest = ratio_state_of(state);

	(void) plan;
	(void) total;
	(void) invariants;
	if (state->different != 0.0)
		sums->slots[0] = largest->q == 0.0 ? INFINITY :
			log_of_shares(largest->p, largest->q, state->p_total, state->q_total);
}

static const RowSums largest_ratio_sums = {
	.add = add_pair_ratios,
	.merge = merge_ratios,
	.invariants = no_invariants,
	.restore = restore_nothing,
	.rescale = rescale_nothing,
	.exchange = exchange_nothing,
	.divergence = no_divergence,
	.to_sums = ratio_to_sums,
	.log_sum = no_log_sum
};

static const RowSums *
sums_for(double alpha)
{
	return alpha == 0.0 ? &support_sums : alpha == 1.0 ? &relative_entropy_sums :
		renyi_is_infinite(alpha) ? &largest_ratio_sums : &power_sums;
}

static double
power_of_pair(double alpha)
{
	return renyi_power(alpha);
}

static bool
is_exchanged(double alpha)
{
	return renyi_is_exchanged(alpha);
}

const RowFamily power_rows = {
	.code = ROW_CODE_power,
	.fixed_size = YES,
	.alone = NO,
	.symmetric = NO,
	.takes_alpha = YES,
	.sums = sums_for,
	.power = power_of_pair,
	.exchanged = is_exchanged,
	.begin = begin
};

/*- of a single distribution -*/

/* A weight in the sums' unit */
static double
scaled(const RowState *state, double weight)
{
	return weight * state->p_unit * state->ratio;
}

static void
add_single_powers(RowState *state, size_t count)
{
	add_powers(state, count, true);
}

/* Sums of powers of x, after x has been multiplied by a factor */
static void
rescale_single(RowState *state, const ScaleChange *change)
{
	PowerSums  *sums = power_state(state);
	double		factor = change->p_factor;
	double		log_factor = natural_log(factor);
	double		x = scaled(state, state->p_total.hi);
	double		b = state->alpha - 1.0;
	Exponential power = reduce_exponential(b * log_factor);
	double		rescaled_power = factor * scaled_exp(power) * sums->power.hi;

	/* far from alpha = 1 the difference is more accurate than the identity */
	sums->first = single(fabs(b * log_factor) > 0.5 ? rescaled_power - factor * x :
						 factor * (scaled_exp(power) * sums->first.hi + x * scaled_expm1(power)));
	sums->power = single(rescaled_power);
	sums->exponentials.exponent += state->alpha * change->log_p;
}

/*
 * With r the share of all weights but the largest one, which is not in the
 * sums, and b = alpha - 1,
 *
 *		sum p^alpha - 1 = (1 - r) ((1 - r)^b - 1) + sum p (p^b - 1) over the rest,
 *
 * all of one sign, so that an entropy near 0 keeps its digits.
 */
static void
single_to_sums(const RowState *state, const MeasurePlan *plan, Bin total_of_rest, Invariants invariants, Sums *sums)
{
	const PowerSums *own = power_state_of(state);
	double		b = state->alpha - 1.0;
	double		rest = scaled(state, state->p_total.hi);
	double		largest = scaled(state, state->largest);
	double		total = rest + largest;
	double		log_largest = log_ratio(largest, total, -rest);
	Exponential of_largest = reduce_exponential(b * log_largest);
	Exponential of_total = reduce_exponential(-b * natural_log(total));
	double		power = scaled_exp(of_total) * own->power.hi / total;
	double		others = (scaled_exp(of_total) * own->first.hi + rest * scaled_expm1(of_total)) / total;

	(void) plan;
	(void) total_of_rest;
	(void) invariants;
	if (state->p_unit == 0.0)
	{
		sums->slots[2] = 1.0;	/* one bin */
		return;
	}

	/* the first form cancels if the total is far from 1 for alpha, the second if alpha is near 1 */
	if (fabs(b * natural_log(total)) > 0.5)
		others = power - rest / total;
	sums->slots[1] = (1.0 - rest / total) * scaled_expm1(of_largest) + others;
	sums->slots[2] = fabs(b * log_largest) < 500.0 && fabs(b * natural_log(total)) < 500.0 ?
		(1.0 - rest / total) * scaled_exp(of_largest) + power : NAN;
}

/* With the largest weight, which is not in the sums */
static double
single_log_sum(const RowState *state)
{
	const Exponentials *exponentials = &power_state_of(state)->exponentials;
	double		largest = scaled(state, state->largest);
	double		rest = scaled(state, state->p_total.hi);
	double		exponent = state->alpha * natural_log(largest);
	double		others = exponentials->exponent - exponent;
	double		log_total = natural_log(rest + largest);

	if (!isfinite(others))
		return exponent - state->alpha * log_total;
	if (others > 0.0)			/* many small weights, or an alpha near 0 */
		return exponentials->exponent +
			natural_log(exponentials->sum + scaled_exp(reduce_exponential(-others))) - state->alpha * log_total;
	return state->alpha * log_ratio(largest, rest + largest, -rest) +
		log_one_plus(exponentials->sum * scaled_exp(reduce_exponential(others)));
}

static const RowSums single_power_sums = {
	.add = add_single_powers,
	.merge = merge,
	.invariants = no_invariants,
	.restore = restore_nothing,
	.rescale = rescale_single,
	.exchange = exchange_nothing,
	.divergence = no_divergence,
	.to_sums = single_to_sums,
	.log_sum = single_log_sum
};

static void
add_single_supports(RowState *state, size_t count)
{
	add_supports(state, count, true);
}

static void
single_supports_to_sums(const RowState *state, const MeasurePlan *plan, Bin total, Invariants invariants, Sums *sums)
{
	(void) plan;
	(void) total;
	(void) invariants;
	sums->slots[0] = power_state_of(state)->excess.hi + 1.0;
}

static const RowSums single_support_sums = {
	.add = add_single_supports,
	.merge = merge,
	.invariants = no_invariants,
	.restore = restore_nothing,
	.rescale = rescale_nothing,
	.exchange = exchange_nothing,
	.divergence = no_divergence,
	.to_sums = single_supports_to_sums,
	.log_sum = single_log_sum
};

/* The largest weight is known anyway */
static void
add_no_ratios(RowState *state, size_t count)
{
	(void) state;
	(void) count;
}

static void
merge_no_ratios(RowState *state, const RowState *other)
{
	(void) state;
	(void) other;
}

/* The share of the largest weight */
static void
single_ratio_to_sums(const RowState *state, const MeasurePlan *plan, Bin total, Invariants invariants, Sums *sums)
{
	double		rest = scaled(state, state->p_total.hi);
	double		largest = scaled(state, state->largest);

	(void) plan;
	(void) total;
	(void) invariants;
	if (state->p_unit != 0.0)
		sums->slots[0] = log_ratio(largest, rest + largest, -rest);
}

static const RowSums single_ratio_sums = {
	.add = add_no_ratios,
	.merge = merge_no_ratios,
	.invariants = no_invariants,
	.restore = restore_nothing,
	.rescale = rescale_nothing,
	.exchange = exchange_nothing,
	.divergence = no_divergence,
	.to_sums = single_ratio_to_sums,
	.log_sum = no_log_sum
};

static const RowSums *
sums_for_single(double alpha)
{
	return alpha == 0.0 ? &single_support_sums : alpha == 1.0 ? &entropy_sums :
		renyi_is_infinite(alpha) ? &single_ratio_sums : &single_power_sums;
}

static double
power_of_single(double alpha)
{
	return alpha - 1.0;
}

const RowFamily power_entropy_rows = {
	.code = ROW_CODE_power_entropy,
	.fixed_size = YES,
	.alone = YES,
	.symmetric = NO,
	.takes_alpha = YES,
	.sums = sums_for_single,
	.power = power_of_single,
	.exchanged = never_exchanged,
	.begin = begin
};
