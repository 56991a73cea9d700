/*-------------------------------------------------------------------------
 *
 * relative_entropy.c
 *	  Relative entropy, which is Kullback and Leibler's divergence.
 *
 * S. Kullback, R. A. Leibler, On Information and Sufficiency, Annals of
 * Mathematical Statistics 22 (1951).
 *
 *-------------------------------------------------------------------------
 */
#include "math/measures/relative_entropy.h"

#include <math.h>

#include "math/many/filter.h"
#include "math/many/panel_form.h"
#include "math/measures/relative_entropy_one_pass.h"
#include "math/pair/formula.h"
#include "math/rows/row_scales.h"
#include "math/rows/row_sums.h"

/*
 * sum p log(p/q).  Where the totals of x and y differ by a rounding error,
 * sum phi(x, y) is too large by phi(X, Y) = X (e^2/2 + ...) with e = (X - Y)/X.
 */
static double
relative_entropy_value(const Sums *sums, const KernelArguments *arguments)
{
	(void) arguments;
	return sums->slots[1] > 0.0 ? INFINITY : sums->slots[0] / sums->mass - 0.5 * squared_excess(sums);
}

const Formula relative_entropy_formula = {
	.kernel = KERNEL_relative_entropy,
	.positive = KERNEL_positive_relative_entropy,
	.first_order = NO,
	.supports_only = NO,
	.value = relative_entropy_value,
	.in_one_pass = relative_entropy_in_one_pass
};

/*-- rows --*/

typedef struct RelativeSums
{
	DoubleDouble phi;
	DoubleDouble information;	/* x times -log y: for cross-entropies */
	double		outside;
} RelativeSums;

DEFINE_ROW_SUMS(RelativeSums, relative_state)

/* The sums of kl_divergence() and cross_entropy(), in one go where nothing is extreme */
static void
add(RowState *state, size_t count)
{
	RelativeSums *sums = relative_state(state);
	bool		informative = state->family == relative_rows.code;
	bool		together = informative && state->extreme == 0.0;
	double		slots[MAX_SLOTS];
	double		information;

	run_row_kernel(state, together ? KERNEL_relative_entropy_and_information : KERNEL_relative_entropy,
				   false, count, 0.0, slots);
	accumulate(&sums->phi, slots[0]);
	sums->outside += slots[1];
	information = slots[2];
	if (informative && !together)
	{
		run_row_kernel(state, KERNEL_information, true, count, 0.0, slots);
		information = slots[0];
	}
	accumulate(&sums->information, information);
}

static void
merge(RowState *state, const RowState *other)
{
	RelativeSums *sums = relative_state(state);

	merge_sum(&sums->phi, relative_state_of(other)->phi);
	merge_sum(&sums->information, relative_state_of(other)->information);
	sums->outside += relative_state_of(other)->outside;
}

static Invariants
invariants(const RowState *state, Bin total)
{
	return (Invariants) {.first = (relative_state_of(state)->phi.hi - phi_of(total)) / total.x};
}

static void
restore(RowState *state, Bin total, Invariants invariants)
{
	relative_state(state)->phi = single(invariants.first * total.x + phi_of(total));
}

static void
rescale(RowState *state, const ScaleChange *change)
{
	RelativeSums *sums = relative_state(state);

	/* what matters is that it is not 0 */
	if (sums->outside > 0.0)
		sums->outside = fmax(sums->outside * change->p_factor, DBL_MIN);
	sums->information =
		single(change->p_factor * (sums->information.hi -
								   state->p_total.hi * state->p_unit * log_of_change(state->q_unit, change->q_unit)));
}

static double
divergence(const RowState *state)
{
	return relative_state_of(state)->phi.hi;
}

static void
to_sums(const RowState *state, const MeasurePlan *plan, Bin total, Invariants invariants, Sums *sums)
{
	const RelativeSums *own = relative_state_of(state);

	sums->slots[0] = plan->formula == &information_formula ?
		own->information.hi / total.x + natural_log(state->q_total.hi * state->q_unit) : invariants.first;
	sums->slots[1] = own->outside;
}

const RowSums relative_entropy_sums = {
	.add = add,
	.merge = merge,
	.invariants = invariants,
	.restore = restore,
	.rescale = rescale,
	.exchange = exchange_nothing,
	.divergence = divergence,
	.to_sums = to_sums,
	.log_sum = no_log_sum
};

static const RowSums *
sums_for(double alpha)
{
	(void) alpha;
	return &relative_entropy_sums;
}

const RowFamily relative_rows = {
	.code = ROW_CODE_relative,
	.fixed_size = YES,
	.alone = NO,
	.symmetric = NO,
	.takes_alpha = NO,
	.sums = sums_for,
	.power = no_power,
	.exchanged = never_exchanged,
	.begin = begin_with_zeros
};

/*-- many --*/

/* What both add to it, less the sum over the pair: see many/comparison.c */
static void
relative_entropy_panel_values(const PanelSums *sums, double *values)
{
	for (int q = 0; q < LANES; q++)
	{
		double		magnitude = (sums->p_own + sums->q_magnitude[q]) / FULL_MASS;
		double		value = (sums->p_own + sums->q_other[q]) / FULL_MASS - sums->pair[q] / FULL_MASS;

		values[q] = value < 0x1p-20 || value * MOST_CANCELLATION < magnitude ? NAN : value;
	}
}

static const PanelForm relative_entropy_panels = {
	.kernel = PANEL_PRODUCTS,
	.preparation = PREPARE_RELATIVE_ENTROPIES,
	.two_numbers = YES,
	.zeros_matter = YES,
	.disjoint = FOUND_OTHERWISE,
	.nanoseconds = 0.1,
	.values = relative_entropy_panel_values
};

/* D(p||q) >= -2 log(1 - H^2), Renyi's divergence of order 1/2, which grows with the order: see renyi.c */
static double
most_squared_hellinger(double nats, const Parameters *parameters)
{
	(void) parameters;
	return -scaled_expm1(reduce_exponential(-0.5 * nats));
}

static const HellingerBounds relative_entropy_bounds = {
	.most = most_squared_hellinger,
	.least = NULL,
	.by_entropies = NO
};

/*-- measures --*/

/* D(p||q) = sum p log(p/q) */
const Measure kl_divergence_measure = {
	.name = "kl_divergence",
	.description = "relative entropy of p from the reference q",
	.kind = DIVERGENCE,
	.takes = TAKES_REFERENCE | TAKES_BASE | TAKES_PSEUDOCOUNT,
	.symmetric = NO,
	.metric = NO,
	.additive = YES,
	.unit = "nats",
	.range = "0 to Infinity",
	.maximum = INFINITY,
	.large_sample = 0.5,
	.nanoseconds = 1.1,			/* in one pass */
	.formula = &relative_entropy_formula,
	.transform = as_it_is,
	.rows = &relative_rows,
	.panels = &relative_entropy_panels,
	.bounds = &relative_entropy_bounds
};
