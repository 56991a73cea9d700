/*-------------------------------------------------------------------------
 *
 * measure.c
 *	  The table of ordered measures.
 *
 *-------------------------------------------------------------------------
 */
#include "math/ordered/measure.h"

#include <math.h>
#include <stddef.h>

/* The area between a line from before to behind and zero, which it may cross */
static double
area(double width, double before, double behind)
{
	double		a = fabs(before);
	double		b = fabs(behind);

	if (before == behind)
		return width * a;
	if ((before < 0.0) == (behind < 0.0) || a == 0.0 || b == 0.0)
		return width * (0.5 * (a + b));
	return width * (0.5 * (a * (a / (a + b)) + b * (b / (a + b))));
}

/* The area of the line's square: (a^2 + ab + b^2)/3, of which no part is negative as it is written here */
static double
squared_area(double width, double before, double behind)
{
	double		both = before + behind;

	if (before == behind)
		return width * (before * before);
	return width * ((before * before + behind * behind + both * both) * (1.0 / 6.0));
}

static double
as_it_is(double terms)
{
	return terms;
}

static double
root_of_twice(double terms)
{
	return sqrt(2.0 * terms);
}

static double
at_most_1(double terms)
{
	return terms < 1.0 ? terms : 1.0;
}

/*
 * The integral of |F - G|: in one dimension this is the least work that moves
 * one distribution to the other.  S. S. Vallender, Calculation of the
 * Wasserstein distance between probability distributions on the line, Theory of
 * Probability and Its Applications 18 (1974).
 */
const OrderedMeasure wasserstein_distance_measure = {
	.name = "wasserstein_distance",
	.description = "least work that moves one distribution to the other: weight times way",
	.symmetric = true,
	.is_largest = false,
	.term = area,
	.is_squared = false,
	.finish = as_it_is,
	.length_power = 2
};

/*
 * The root of twice the integral of (F - G)^2, which is the root of
 * 2E|X - Y| - E|X - X'| - E|Y - Y'|.  G. J. Szekely, M. L. Rizzo, Energy
 * statistics: A class of statistics based on distances, Journal of Statistical
 * Planning and Inference 143 (2013).
 */
const OrderedMeasure energy_distance_measure = {
	.name = "energy_distance",
	.description = "root of twice the squared difference of the distribution functions, added up",
	.symmetric = true,
	.is_largest = false,
	.term = squared_area,
	.is_squared = true,
	.finish = root_of_twice,
	.length_power = 1
};

/* The largest |F - G|: N. V. Smirnov, Bulletin of Moscow University 2 (1939) */
const OrderedMeasure ks_statistic_measure = {
	.name = "ks_statistic",
	.description = "largest difference of the distribution functions, of Kolmogorov and Smirnov",
	.symmetric = true,
	.is_largest = true,
	.term = NULL,
	.is_squared = false,
	.finish = at_most_1,
	.length_power = 0
};

#define IN_TABLE(name) &name ## _measure,

const OrderedMeasure *const ordered_measures[] = {
	FOR_EACH_ORDERED_MEASURE(IN_TABLE)
	NULL
};
