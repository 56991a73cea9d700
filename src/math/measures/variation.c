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
	.panels = &pair_by_pair,
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
	.panels = &pair_by_pair,
	.bounds = &no_bounds
};
