/*-------------------------------------------------------------------------
 *
 * variation.c
 *	  Differences as they are: total variation, and the largest difference.
 *
 *-------------------------------------------------------------------------
 */
#include "math/measures/variation.h"

#include <math.h>

#include "math/many/filter.h"
#include "math/many/panel_form.h"
#include "math/pair/formula.h"
#include "math/rows/rows.h"

/* (1/2) sum |p - q|, or 1 less the overlap; the totals are exact */
static double
total_variation_value(const Sums *sums, const KernelArguments *arguments)
{
	double		value = 0.5 * sums->slots[0] / sums->mass;

	(void) arguments;
	return value < 0.5 ? value : non_negative(1.0 - sums->slots[1] / sums->mass);
}

static const Formula total_variation_formula = {
	.kernel = KERNEL_absolute_difference,
	.positive = KERNEL_absolute_difference,
	.first_order = YES,
	.supports_only = NO,
	.value = total_variation_value
};

static double
l_infinity_value(const Sums *sums, const KernelArguments *arguments)
{
	double		value = sums->slots[0] / sums->mass;

	(void) arguments;
	return value < 1.0 ? value : 1.0;
}

static const Formula l_infinity_formula = {
	.kernel = KERNEL_largest_difference,
	.positive = KERNEL_largest_difference,
	.first_order = YES,
	.supports_only = NO,
	.value = l_infinity_value
};

/*-- many --*/

/*
 * Masses are weights times one number, the inverse of a total that was rounded:
 * three roundings, of at most U = 2^-53 each.  So a difference |x - y| is wrong by
 * 3 U (x + y), apart from one rounding of its own, and half of their sum by 3 U,
 * as masses add up to 1 on either side.  Where a value is at least 2^-10 that is
 * 3.5e-13 of it; adding up has below 1e-14.
 */
#define LEAST_VALUE 0x1p-10

/* |x - y|, added up and halved */
static void
total_variation_values(const PanelSums *sums, double *values)
{
	for (int q = 0; q < LANES; q++)
	{
		double		value = 0.5 * sums->pair[q] / FULL_MASS;

		values[q] = value < LEAST_VALUE ? NAN : value < 1.0 ? value : 1.0;
	}
}

static const PanelForm total_variation_panels = {
	.kernel = PANEL_DISTANCES,
	.preparation = PREPARE_MASSES,
	.two_numbers = NO,
	.zeros_matter = NO,
	.disjoint = 1.0,
	.nanoseconds = 0.05,
	.values = total_variation_values
};

/*
 * The largest difference is wrong by 3 U times the sum of both sides' greatest
 * shares, which are at most the roots of the sums of squares.  One that is
 * nearly 1 is of single bins, and has to be exactly that.
 */
static void
l_infinity_values(const PanelSums *sums, double *values)
{
	double		p_greatest = sqrt(sums->p_own / FULL_MASS);

	for (int q = 0; q < LANES; q++)
	{
		double		value = sums->pair[q] / FULL_MASS;
		double		greatest = p_greatest + sqrt(sums->q_own[q] / FULL_MASS);

		values[q] = value < LEAST_VALUE * greatest || value > 1.0 - 0x1p-30 ? NAN : value;
	}
}

static const PanelForm l_infinity_panels = {
	.kernel = PANEL_LARGEST,
	.preparation = PREPARE_MASSES,
	.two_numbers = NO,
	.zeros_matter = NO,
	.disjoint = FOUND_OTHERWISE,
	.nanoseconds = 0.05,
	.values = l_infinity_values
};

/*-- measures --*/

/* (1/2) sum |p - q| */
const Measure total_variation_measure = {
	.name = "total_variation",
	.description = "half of the sum of all differences of shares",
	.kind = DIVERGENCE,
	.takes = TAKES_REFERENCE,
	.symmetric = YES,
	.metric = YES,
	.additive = YES,
	.unit = "1",
	.range = "0 to 1",
	.maximum = 1.0,
	.large_sample = 0.0,
	.nanoseconds = 1.5,
	.formula = &total_variation_formula,
	.transform = as_it_is,
	.rows = &keeps_rows,
	.panels = &total_variation_panels,
	.bounds = &no_bounds
};

/* max |p - q| */
const Measure l_infinity_measure = {
	.name = "l_infinity",
	.description = "largest difference of shares",
	.kind = DIVERGENCE,
	.takes = TAKES_REFERENCE,
	.symmetric = YES,
	.metric = YES,
	.additive = NO,
	.unit = "1",
	.range = "0 to 1",
	.maximum = 1.0,
	.large_sample = 0.0,
	.nanoseconds = 1.5,
	.formula = &l_infinity_formula,
	.transform = as_it_is,
	.rows = &keeps_rows,
	.panels = &l_infinity_panels,
	.bounds = &no_bounds
};
