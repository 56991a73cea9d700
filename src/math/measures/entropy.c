/*-------------------------------------------------------------------------
 *
 * entropy.c
 *	  Entropy, perplexity and cross-entropy: surprisals, weighted.
 *
 * C. E. Shannon, A Mathematical Theory of Communication, Bell System Technical
 * Journal 27 (1948).
 *
 *-------------------------------------------------------------------------
 */
#include "math/measures/entropy.h"

#include <math.h>

#include "math/many/filter.h"
#include "math/many/panel_form.h"
#include "math/pair/formula.h"
#include "math/rows/row_scales.h"
#include "math/rows/row_sums.h"

/* -sum p log q; Shannon's entropy where q is p */
static double
information_value(const Sums *sums, const KernelArguments *arguments)
{
	(void) arguments;
	return sums->slots[1] > 0.0 ? INFINITY : non_negative(sums->slots[0] / sums->weight_mass);
}

const Formula information_formula = {
	.kernel = KERNEL_information,
	.positive = KERNEL_information,
	.first_order = NO,
	.supports_only = NO,
	.value = information_value
};

/* exp of the entropy in nats */
static double
exponential(double value)
{
	return value < 709.0 ? scaled_exp(reduce_exponential(value)) : INFINITY;
}

/*-- rows --*/

typedef struct EntropySums
{
	DoubleDouble information;
} EntropySums;

DEFINE_ROW_SUMS(EntropySums, entropy_state)

static void
add(RowState *state, size_t count)
{
	double		slots[MAX_SLOTS];

	run_row_kernel(state, KERNEL_information, true, count, 0.0, slots);
	accumulate(&entropy_state(state)->information, slots[0]);
}

static void
merge(RowState *state, const RowState *other)
{
	merge_sum(&entropy_state(state)->information, entropy_state_of(other)->information);
}

/* A sum of x log(1/x), after x has been multiplied by a factor */
static void
rescale(RowState *state, const ScaleChange *change)
{
	EntropySums *sums = entropy_state(state);
	double		x = state->p_total.hi * state->p_unit * state->ratio;

	sums->information = single(change->p_factor * (sums->information.hi - x * natural_log(change->p_factor)));
}

/* The entropy of all weights, of which the largest one is not in the sums */
static void
to_sums(const RowState *state, const MeasurePlan *plan, Bin total_of_rest, Invariants invariants, Sums *sums)
{
	double		scale = state->p_unit;
	double		rest = state->p_total.hi * scale * state->ratio;
	double		largest = state->largest * scale * state->ratio;
	double		total = rest + largest;

	(void) plan;
	(void) total_of_rest;
	(void) invariants;
	if (state->p_unit == 0.0)
		return;					/* one bin */
	sums->slots[0] = (entropy_state_of(state)->information.hi + rest * natural_log(total) -
					  largest * log_ratio(largest, total, -rest)) / total;
}

const RowSums entropy_sums = {
	.add = add,
	.merge = merge,
	.invariants = no_invariants,
	.restore = restore_nothing,
	.rescale = rescale,
	.exchange = exchange_nothing,
	.divergence = no_divergence,
	.to_sums = to_sums,
	.log_sum = no_log_sum
};

static const RowSums *
sums_for(double alpha)
{
	(void) alpha;
	return &entropy_sums;
}

const RowFamily entropy_rows = {
	.code = ROW_CODE_entropy,
	.fixed_size = YES,
	.alone = YES,
	.symmetric = NO,
	.takes_alpha = NO,
	.sums = sums_for,
	.power = no_power,
	.exchanged = never_exchanged,
	.begin = begin_with_zeros
};

/*-- many --*/

/* The surprisals of one distribution times the shares of the other, as they are */
static void
surprisal_values(const PanelSums *sums, double *values)
{
	for (int q = 0; q < LANES; q++)
	{
		double		value = sums->pair[q] / FULL_MASS;

		values[q] = value < 0x1p-10 ? NAN : value;
	}
}

static const PanelForm surprisal_panels = {
	.kernel = PANEL_PRODUCTS,
	.preparation = PREPARE_SURPRISALS,
	.two_numbers = YES,
	.zeros_matter = YES,
	.disjoint = FOUND_OTHERWISE,
	.nanoseconds = 0.1,
	.values = surprisal_values
};

/*-- measures --*/

/* H(p) = -sum p log p */
const Measure entropy_measure = {
	.name = "entropy",
	.description = "Shannon's entropy of p",
	.kind = ENTROPY,
	.takes = TAKES_BASE,
	.symmetric = NO,
	.metric = NO,
	.additive = NO,
	.unit = "nats",
	.range = "0 to ln n",
	.maximum = INFINITY,
	.large_sample = 0.0,
	.nanoseconds = 1.5,
	.formula = &information_formula,
	.transform = as_it_is,
	.rows = &entropy_rows,
	.panels = &pair_by_pair,
	.bounds = &no_bounds
};

/* exp H(p): the number of equal bins with this entropy */
const Measure perplexity_measure = {
	.name = "perplexity",
	.description = "number of equal bins that have the entropy of p",
	.kind = ENTROPY,
	.takes = TAKES_NOTHING_ELSE,
	.symmetric = NO,
	.metric = NO,
	.additive = NO,
	.unit = "bins",
	.range = "1 to n",
	.maximum = INFINITY,
	.large_sample = 0.0,
	.nanoseconds = 1.5,
	.formula = &information_formula,
	.transform = exponential,
	.rows = &entropy_rows,
	.panels = &pair_by_pair,
	.bounds = &no_bounds
};

/* -sum p log q = H(p) + D(p||q) */
const Measure cross_entropy_measure = {
	.name = "cross_entropy",
	.description = "mean surprisal of p's bins to who expects q",
	.kind = CROSS_ENTROPY,
	.takes = TAKES_REFERENCE | TAKES_BASE | TAKES_PSEUDOCOUNT,
	.symmetric = NO,
	.metric = NO,
	.additive = YES,
	.unit = "nats",
	.range = "0 to Infinity",
	.maximum = INFINITY,
	.large_sample = 0.0,
	.nanoseconds = 1.5,
	.formula = &information_formula,
	.transform = as_it_is,
	.rows = &relative_rows,
	.panels = &surprisal_panels,
	.bounds = &no_bounds
};
