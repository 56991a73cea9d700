/*-------------------------------------------------------------------------
 *
 * hellinger.c
 *	  Sums of roots: Hellinger's and Bhattacharyya's distances.
 *
 * E. Hellinger, Neue Begruendung der Theorie quadratischer Formen von
 * unendlichvielen Veraenderlichen, Journal fuer die reine und angewandte
 * Mathematik 136 (1909); A. Bhattacharyya, On a measure of divergence between
 * two statistical populations, Bulletin of the Calcutta Mathematical Society
 * 35 (1943).
 *
 *-------------------------------------------------------------------------
 */
#include "math/measures/hellinger.h"

#include <math.h>

#include "math/many/filter.h"
#include "math/many/panel_form.h"
#include "math/measures/renyi.h"
#include "math/pair/formula.h"
#include "math/rows/row_scales.h"
#include "math/rows/row_sums.h"

/* What makes a sum of powers Bhattacharyya's coefficient */
#define POWER_OF_ROOTS (-0.5)

/* 1 - sum sqrt(pq), where it is small */
static double
small_squared_hellinger(const Sums *sums)
{
	return 0.5 * (sums->slots[0] / sums->mass - 0.25 * squared_excess(sums));
}

/* 1 - sum sqrt(pq), from whichever of both forms is the more accurate */
static double
squared_hellinger_value(const Sums *sums, const KernelArguments *arguments)
{
	double		value = small_squared_hellinger(sums);

	(void) arguments;
	return value < 0.5 ? value : non_negative(1.0 - sums->slots[1] / sums->mass);
}

static const Formula squared_hellinger_formula = {
	.kernel = KERNEL_hellinger,
	.positive = KERNEL_hellinger,
	.first_order = NO,
	.supports_only = NO,
	.value = squared_hellinger_value
};

/* -log sum sqrt(pq) */
static double
bhattacharyya_value(const Sums *sums, const KernelArguments *arguments)
{
	double		squared_hellinger = small_squared_hellinger(sums);
	double		coefficient = sums->slots[1] / sums->mass;

	(void) arguments;
	if (squared_hellinger < 0.5)
		return -log_one_plus(-squared_hellinger);
	return coefficient > 1e-100 ? -natural_log(coefficient) : NAN;
}

static double
bhattacharyya_of_log_sum(double log_sum, const Parameters *parameters)
{
	(void) parameters;
	return -log_sum;
}

static const Formula bhattacharyya_formula = {
	.kernel = KERNEL_hellinger,
	.positive = KERNEL_hellinger,
	.first_order = NO,
	.supports_only = NO,
	.power = POWER_OF_ROOTS,
	.value = bhattacharyya_value,
	.log_sum = log_of_power_sum,
	.of_log_sum = bhattacharyya_of_log_sum
};

/*-- rows --*/

typedef struct HellingerSums
{
	DoubleDouble squares;
	DoubleDouble coefficient;	/* of ordinary rows */
	Exponentials exponentials;	/* of the others */
} HellingerSums;

DEFINE_ROW_SUMS(HellingerSums, hellinger_state)

static double
square_of(Bin bin)
{
	KernelArguments none = {.power = 0.0};

	return hellinger_terms(bin, &none).first;
}

static double
weight_of(Bin total)
{
	return sqrt(total.x) * sqrt(total.y);
}

static void
begin(RowState *state)
{
	hellinger_state(state)->exponentials.exponent = -INFINITY;
}

static void
add(RowState *state, size_t count)
{
	HellingerSums *sums = hellinger_state(state);
	double		slots[MAX_SLOTS];

	run_row_kernel(state, KERNEL_hellinger, false, count, 0.0, slots);
	accumulate(&sums->squares, slots[0]);
	/* roots of extreme masses are too small to be summed as they are */
	if (state->extreme != 0.0)
		sum_exponentials(state, count, false, &sums->exponentials);
	else
		accumulate(&sums->coefficient, slots[1]);
}

static void
merge(RowState *state, const RowState *other)
{
	HellingerSums *sums = hellinger_state(state);

	merge_sum(&sums->squares, hellinger_state_of(other)->squares);
	merge_sum(&sums->coefficient, hellinger_state_of(other)->coefficient);
	add_exponentials(&sums->exponentials, hellinger_state_of(other)->exponentials);
}

static Invariants
invariants(const RowState *state, Bin total)
{
	const HellingerSums *sums = hellinger_state_of(state);
	double		weight = weight_of(total);

	return (Invariants) {
		.first = (sums->squares.hi - square_of(total)) / weight,
		.second = sums->coefficient.hi / weight
	};
}

static void
restore(RowState *state, Bin total, Invariants invariants)
{
	double		weight = weight_of(total);

	hellinger_state(state)->squares = single(invariants.first * weight + square_of(total));
	hellinger_state(state)->coefficient = single(invariants.second * weight);
}

static void
rescale(RowState *state, const ScaleChange *change)
{
	hellinger_state(state)->exponentials.exponent += 0.5 * (change->log_p + change->log_q);
}

static void
exchange(RowState *state, Invariants *invariants)
{
	(void) invariants;
	if (state->p_unit != 0.0)
		hellinger_state(state)->exponentials.exponent -= natural_log(state->ratio);
}

static double
divergence(const RowState *state)
{
	return hellinger_state_of(state)->squares.hi;
}

/* log of Bhattacharyya's coefficient */
static double
coefficient_log(const RowState *state)
{
	const HellingerSums *sums = hellinger_state_of(state);
	Bin			total = total_bin(state);
	double		ordinary = sums->coefficient.hi;
	double		exponent = sums->exponentials.exponent;
	double		log_totals = 0.5 * (natural_log(total.x) + natural_log(total.y));
	double		log_sum = ordinary > 0.0 ? natural_log(ordinary) : -INFINITY;

	if (state->different == 0.0)
		return 0.0;
	if (isfinite(exponent))
	{
		double		of_others = exponent + natural_log(sums->exponentials.sum);
		double		larger = of_others > log_sum ? of_others : log_sum;
		double		smaller = of_others > log_sum ? log_sum : of_others;

		log_sum = larger + log_one_plus(scaled_exp(reduce_exponential(smaller - larger)));
	}
	return log_sum - log_totals;
}

static void
to_sums(const RowState *state, const MeasurePlan *plan, Bin total, Invariants invariants, Sums *sums)
{
	(void) plan;
	(void) total;
	sums->slots[0] = invariants.first;
	sums->slots[1] = scaled_exp(reduce_exponential(coefficient_log(state)));
}

static const RowSums hellinger_sums = {
	.add = add,
	.merge = merge,
	.invariants = invariants,
	.restore = restore,
	.rescale = rescale,
	.exchange = exchange,
	.divergence = divergence,
	.to_sums = to_sums,
	.log_sum = coefficient_log
};

static const RowSums *
sums_for(double alpha)
{
	(void) alpha;
	return &hellinger_sums;
}

static double
power_of_roots(double alpha)
{
	(void) alpha;
	return POWER_OF_ROOTS;
}

const RowFamily hellinger_rows = {
	.code = ROW_CODE_hellinger,
	.fixed_size = YES,
	.alone = NO,
	.symmetric = YES,
	.takes_alpha = NO,
	.sums = sums_for,
	.power = power_of_roots,
	.exchanged = never_exchanged,
	.begin = begin
};

/*-- many --*/

/* (sqrt x - sqrt y)^2, halved */
static void
root_difference_values(const PanelSums *sums, double *values)
{
	for (int q = 0; q < LANES; q++)
	{
		double		value = sums->pair[q] / FULL_MASS * 0.5;

		values[q] = value < 0x1p-16 ? NAN : value < 1.0 ? value : 1.0;
	}
}

static const PanelForm root_difference_panels = {
	.kernel = PANEL_SQUARES,
	.preparation = PREPARE_ROOTS,
	.two_numbers = NO,
	.zeros_matter = NO,
	.disjoint = 1.0,
	.nanoseconds = 0.15,
	.values = root_difference_values
};

/* sqrt x sqrt y */
static void
root_product_values(const PanelSums *sums, double *values)
{
	for (int q = 0; q < LANES; q++)
	{
		double		value = sums->pair[q] / FULL_MASS;

		values[q] = value < 1e-280 || value > 1.0 - 0x1p-7 ? NAN : -natural_log(value);
	}
}

static const PanelForm root_product_panels = {
	.kernel = PANEL_PRODUCTS,
	.preparation = PREPARE_ROOTS,
	.two_numbers = NO,
	.zeros_matter = NO,
	.disjoint = INFINITY,
	.nanoseconds = 0.1,
	.values = root_product_values
};

static double
itself(double nats, const Parameters *parameters)
{
	(void) parameters;
	return nats;
}

/* The value before its root is taken */
static const HellingerBounds squared_hellinger_bounds = {
	.most = itself,
	.least = itself,
	.by_entropies = NO
};

/* H^2 = 1 - exp(-value) */
static double
squared_hellinger_of_bhattacharyya(double nats, const Parameters *parameters)
{
	(void) parameters;
	return -scaled_expm1(reduce_exponential(-nats));
}

static const HellingerBounds bhattacharyya_bounds = {
	.most = squared_hellinger_of_bhattacharyya,
	.least = squared_hellinger_of_bhattacharyya,
	.by_entropies = NO
};

/*-- measures --*/

/* sqrt(1 - sum sqrt(pq)) */
const Measure hellinger_distance_measure = {
	.name = "hellinger_distance",
	.description = "distance of the roots of all shares, divided by sqrt 2",
	.kind = DIVERGENCE,
	.takes = TAKES_REFERENCE,
	.symmetric = YES,
	.metric = YES,
	.additive = YES,
	.unit = "1",
	.range = "0 to 1",
	.maximum = 1.0,
	.large_sample = 0.125,
	.nanoseconds = 1.5,
	.formula = &squared_hellinger_formula,
	.transform = square_root,
	.rows = &hellinger_rows,
	.panels = &root_difference_panels,
	.bounds = &squared_hellinger_bounds
};

/* -log sum sqrt(pq) */
const Measure bhattacharyya_distance_measure = {
	.name = "bhattacharyya_distance",
	.description = "negative logarithm of the overlap sum sqrt(pq)",
	.kind = DIVERGENCE,
	.takes = TAKES_REFERENCE,
	.symmetric = YES,
	.metric = NO,
	.additive = NO,
	.unit = "nats",
	.range = "0 to Infinity",
	.maximum = INFINITY,
	.large_sample = 0.125,
	.nanoseconds = 1.5,
	.formula = &bhattacharyya_formula,
	.transform = as_it_is,
	.rows = &hellinger_rows,
	.panels = &root_product_panels,
	.bounds = &bhattacharyya_bounds
};
