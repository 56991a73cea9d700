/*-------------------------------------------------------------------------
 *
 * jensen_shannon.c
 *	  Relative entropy from the mean: Jensen and Shannon's divergence, and the
 *	  metric that is its root.
 *
 * J. Lin, Divergence Measures Based on the Shannon Entropy, IEEE Transactions
 * on Information Theory 37 (1991); D. M. Endres, J. E. Schindelin, A New Metric
 * for Probability Distributions, ibid. 49 (2003).
 *
 *-------------------------------------------------------------------------
 */
#include "math/measures/jensen_shannon.h"

#include <math.h>

#include "math/many/filter.h"
#include "math/many/panel_form.h"
#include "math/pair/formula.h"
#include "math/rows/rows.h"

/* Lin's divergence, at most log 2: exactly that where nothing overlaps */
static double
jensen_shannon_value(const Sums *sums, const KernelArguments *arguments)
{
	double		value = 0.5 * (sums->slots[0] / sums->mass - 0.25 * squared_excess(sums));
	bool		overlap = sums->positive || sums->slots[1] > 0.0;

	(void) arguments;
	return overlap && value < LN2 ? value : LN2;
}

static const Formula jensen_shannon_formula = {
	.kernel = KERNEL_jensen_shannon,
	.positive = KERNEL_positive_jensen_shannon,
	.first_order = NO,
	.supports_only = NO,
	.value = jensen_shannon_value
};

/* From the entropies of both and of their sum, relative to the center: see many/comparison.c */
static void
entropy_values(const PanelSums *sums, double *values)
{
	for (int q = 0; q < LANES; q++)
	{
		double		magnitude = (sums->p_own + sums->q_own[q]) / FULL_MASS;
		double		value = 0.5 * (magnitude - sums->pair[q] / FULL_MASS);

		values[q] = value < 0x1p-20 || value * MOST_CANCELLATION < magnitude ? NAN : value < LN2 ? value : LN2;
	}
}

static const PanelForm entropy_panels = {
	.kernel = PANEL_ENTROPIES,
	.preparation = PREPARE_ENTROPIES,
	.two_numbers = NO,
	.zeros_matter = NO,
	.disjoint = LN2,
	.nanoseconds = 0.6,
	.values = entropy_values
};

/*
 * ln 2 H^2 <= JSD <= H^2, where H^2 = sum (sqrt p - sqrt q)^2/2, bin by bin: with
 * m = p + q and t = (p - q)/m, the terms are
 *
 *		m/4 ((1 + t) log(1 + t) + (1 - t) log(1 - t)) and m/2 (1 - sqrt(1 - t^2)).
 *
 * Both are series in t^2.  The quotient of their coefficients is 1 for the first,
 * and becomes 2k/(2k + 1) times as much from the k-th to the next.  Where those
 * quotients fall, so does that of the series (M. Biernacki, J. Krzyz, On the
 * Monotonity of Certain Functionals in the Theory of Analytic Functions, Annales
 * Universitatis Mariae Curie-Sklodowska 9, 1955): from 1 at t = 0, where p = q, to
 * ln 2 at t = 1, where one of them is 0.
 */
static double
most_squared_hellinger(double nats, const Parameters *parameters)
{
	(void) parameters;
	return nats / LN2;
}

static double
least_squared_hellinger(double nats, const Parameters *parameters)
{
	(void) parameters;
	return nats;
}

static const HellingerBounds jensen_shannon_bounds = {
	.most = most_squared_hellinger,
	.least = least_squared_hellinger,
	.by_entropies = YES
};

/* (D(p||m) + D(q||m))/2 with m = (p + q)/2 */
const Measure jsd_measure = {
	.name = "jsd",
	.description = "Jensen and Shannon's divergence: mean relative entropy from the mean of both",
	.kind = DIVERGENCE,
	.takes = TAKES_REFERENCE | TAKES_BASE | TAKES_PSEUDOCOUNT,
	.symmetric = YES,
	.metric = NO,
	.additive = YES,
	.unit = "nats",
	.range = "0 to ln 2",
	.maximum = LN2,
	.large_sample = 0.125,
	.nanoseconds = 2.5,
	.formula = &jensen_shannon_formula,
	.transform = as_it_is,
	.rows = &keeps_rows,
	.panels = &entropy_panels,
	.bounds = &jensen_shannon_bounds
};

/* The root of jsd */
const Measure js_distance_measure = {
	.name = "js_distance",
	.description = "root of Jensen and Shannon's divergence",
	.kind = DIVERGENCE,
	.takes = TAKES_REFERENCE | TAKES_BASE | TAKES_PSEUDOCOUNT,
	.symmetric = YES,
	.metric = YES,
	.additive = YES,
	.unit = "sqrt(nats)",
	.range = "0 to sqrt(ln 2)",
	.maximum = 0.83255461115769775635,
	.large_sample = 0.125,
	.nanoseconds = 2.5,
	.formula = &jensen_shannon_formula,
	.transform = square_root,
	.rows = &keeps_rows,
	.panels = &entropy_panels,
	.bounds = &jensen_shannon_bounds
};
