/*-------------------------------------------------------------------------
 *
 * chi_square.c
 *	  Pearson's chi-square divergence.
 *
 * K. Pearson, On the criterion that a given system of deviations ...,
 * Philosophical Magazine 50 (1900).
 *
 *-------------------------------------------------------------------------
 */
#include "math/measures/chi_square.h"

#include <math.h>

#include "math/many/filter.h"
#include "math/many/panel_form.h"
#include "math/pair/formula.h"
#include "math/rows/row_sums.h"

/* sum (p - q)^2/q = (sum (x - y)^2/y - (X - Y)^2/Y) Y/X^2 */
static double
chi_square_value(const Sums *sums, const KernelArguments *arguments)
{
	double		excess = sums->excess / sums->mass;
	double		sum = sums->slots[0] / (sums->mass * MASS_UNIT);

	(void) arguments;
	return isinf(sum) ? sum : sum * (1.0 - excess) - excess * excess;
}

static const Formula chi_square_formula = {
	.kernel = KERNEL_chi_square,
	.positive = KERNEL_chi_square,
	.first_order = NO,
	.supports_only = NO,
	.value = chi_square_value
};

/*-- rows --*/

typedef struct ChiSquareSums
{
	DoubleDouble quotients;
} ChiSquareSums;

DEFINE_ROW_SUMS(ChiSquareSums, chi_square_state)

static double
quotient_of(Bin bin)
{
	KernelArguments none = {.power = 0.0};

	return chi_square_terms(bin, &none).first;
}

/* A sum or D times X^2/Y in units of FULL_MASS, or divided by it; extreme totals by their logarithms */
static double
times_power(double value, Bin total, double power)
{
	double		log_factor = power * (2.0 * total.log_x - total.log_y - MASS_EXPONENT * LN2);

	if (!(value > 0.0) || isinf(value))
		return value;
	if (!total.extreme)
		return power > 0.0 ? (total.y > 0.0 ? value * total.x / total.y * (total.x * MASS_UNIT) : 0.0) :
			value * total.y / total.x / (total.x * MASS_UNIT);
	log_factor += natural_log(value);
	return log_factor > 709.0 ? INFINITY : log_factor < -745.0 ? 0.0 :
		scaled_exp(reduce_exponential(0.5 * log_factor)) * scaled_exp(reduce_exponential(0.5 * log_factor));
}

static void
add(RowState *state, size_t count)
{
	double		slots[MAX_SLOTS];

	run_row_kernel(state, KERNEL_chi_square, false, count, 0.0, slots);
	accumulate(&chi_square_state(state)->quotients, slots[0]);
}

static void
merge(RowState *state, const RowState *other)
{
	merge_sum(&chi_square_state(state)->quotients, chi_square_state_of(other)->quotients);
}

static Invariants
invariants(const RowState *state, Bin total)
{
	return (Invariants) {.first = times_power(chi_square_state_of(state)->quotients.hi - quotient_of(total), total, -1.0)};
}

static void
restore(RowState *state, Bin total, Invariants invariants)
{
	chi_square_state(state)->quotients = single(times_power(invariants.first, total, 1.0) + quotient_of(total));
}

static double
divergence(const RowState *state)
{
	return chi_square_state_of(state)->quotients.hi * FULL_MASS;
}

static void
to_sums(const RowState *state, const MeasurePlan *plan, Bin total, Invariants invariants, Sums *sums)
{
	(void) state;
	(void) plan;
	(void) total;
	sums->mass = FULL_MASS;
	sums->slots[0] = invariants.first;
}

static const RowSums chi_square_sums = {
	.add = add,
	.merge = merge,
	.invariants = invariants,
	.restore = restore,
	.rescale = rescale_nothing,
	.exchange = exchange_nothing,
	.divergence = divergence,
	.to_sums = to_sums,
	.log_sum = no_log_sum
};

static const RowSums *
sums_for(double alpha)
{
	(void) alpha;
	return &chi_square_sums;
}

const RowFamily chi_square_rows = {
	.code = ROW_CODE_chi_square,
	.fixed_size = YES,
	.alone = NO,
	.symmetric = NO,
	.takes_alpha = NO,
	.sums = sums_for,
	.power = no_power,
	.exchanged = never_exchanged,
	.begin = begin_with_zeros
};

/*
 * log(1 + value) is Renyi's divergence of order 2, and thus at least that of order
 * 1/2, -2 log(1 - H^2): see renyi.c.
 */
static double
most_squared_hellinger(double value, const Parameters *parameters)
{
	(void) parameters;
	return 1.0 - 1.0 / sqrt(1.0 + value);
}

static const HellingerBounds chi_square_bounds = {
	.most = most_squared_hellinger,
	.least = NULL,
	.by_entropies = NO
};

/*-- measures --*/

/* sum (p - q)^2/q */
const Measure chi_square_divergence_measure = {
	.name = "chi_square_divergence",
	.description = "squared differences relative to q; the test statistic is n times that",
	.kind = DIVERGENCE,
	.takes = TAKES_REFERENCE,
	.symmetric = NO,
	.metric = NO,
	.additive = YES,
	.unit = "1",
	.range = "0 to Infinity",
	.maximum = INFINITY,
	.large_sample = 1.0,
	.nanoseconds = 1.5,
	.formula = &chi_square_formula,
	.transform = as_it_is,
	.rows = &chi_square_rows,
	.panels = &pair_by_pair,
	.bounds = &chi_square_bounds
};
