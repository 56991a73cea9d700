/*-------------------------------------------------------------------------
 *
 * array_functions.c
 *	  Ordered measures over arrays: of weights at positions, and of samples.
 *
 * A measure compares two distributions on a line: wasserstein_distance and
 * energy_distance are from 0 to Infinity, the first one in the unit of the
 * positions and the other in its root, ks_statistic is from 0 to 1.  All are
 * symmetric, and 0 exactly if the shares of all positions are equal.
 *
 * Positions may be Infinity or -Infinity: there Wasserstein's and the energy
 * distance are Infinity if the shares differ, and else nothing has to move.  NaN
 * is an error (22023).  -0 is 0.  NULL if a side is NULL or has nothing.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "input/arrays.h"
#include "input/findings.h"
#include "input/numbers.h"
#include "input/real_arrays.h"
#include "math/pair/distribution.h"
#include "ordered/points.h"
#include "parallel/threads.h"

/* Positions are of p and q, and none may be NULL */
static const double *
check_positions(ArrayType *array, ArrayType *p, const Weights *weights)
{
	Weights		positions = array_weights(array);

	if (weights->count == 0)
		return NULL;
	check_same_shape(p, "p", array, "positions");
	for (size_t i = 0; i < positions.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!is_present(&positions, i))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("position must not be NULL"),
					 errdetail("Argument \"positions\" has NULL at position %zu.", i + 1)));
		if (isnan(positions.values[i]))
			refuse_nan("positions", "position", (int64) i, "A bin that is nowhere has no distance to others; leave it out of all arrays.");
	}
	return positions.values;
}

/* Where a side has weights */
static PointList
points_of_side(Weights weights, const double *positions)
{
	PointList	points = {.values = MemoryContextAllocHuge(CurrentMemoryContext, Max(weights.count, 1) * sizeof(double)),
	.weights = MemoryContextAllocHuge(CurrentMemoryContext, Max(weights.count, 1) * sizeof(double))};

	weights = all_present(weights);
	for (size_t i = 0; i < weights.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (weights.values[i] == 0.0)
			continue;
		points.values[points.count] = positions[i] + 0.0;	/* not -0 */
		points.weights[points.count++] = weights.values[i];
	}
	sort_points(&points, 0);
	return points;
}

static void
check_side(const Weights *weights, const char *name)
{
	Finding		finding;

	judge_weights(weights, 0.0, run_slabs_interruptibly, &finding);
	report_finding_with_advice(&finding, name, name, "The values themselves go to sample_wasserstein_distance() and its kin.");
}

static Datum
value_of_arrays(FunctionCallInfo fcinfo, const OrderedMeasure *measure)
{
	ArrayType  *p_array = PG_GETARG_ARRAYTYPE_P(0);
	ArrayType  *q_array = PG_GETARG_ARRAYTYPE_P(1);
	const double *positions;
	Weights		p;
	Weights		q;
	PointList	p_points;
	PointList	q_points;

	match_shapes(p_array, q_array, &p, &q);
	check_side(&p, "p");
	check_side(&q, "q");
	positions = check_positions(PG_GETARG_ARRAYTYPE_P(2), array_weights(p_array).count > 0 ? p_array : q_array, &p);
	p_points = points_of_side(p, positions);
	q_points = points_of_side(q, positions);
	return return_value_of_points(fcinfo, measure, &p_points, &q_points, "p", "q");
}

static void
refuse_one_side_of_weights(const char *given, const char *missing)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("both samples must have weights, or none"),
			 errdetail("Argument \"%s\" is given, argument \"%s\" is NULL.", given, missing),
			 errhint("Let values that are not weighted weigh 1: array_fill(1, ARRAY[cardinality(x)]). Weights at common positions go to wasserstein_distance(p, q, positions) and its kin.")));
}

static Datum
value_of_samples(FunctionCallInfo fcinfo, const OrderedMeasure *measure)
{
	bool		are_weighted = !PG_ARGISNULL(2);
	PointList	x;
	PointList	y;

	if (are_weighted != !PG_ARGISNULL(3))
		refuse_one_side_of_weights(are_weighted ? "x_weights" : "y_weights", are_weighted ? "y_weights" : "x_weights");
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	x = sample_of_array(PG_GETARG_ARRAYTYPE_P(0), "x", are_weighted ? PG_GETARG_ARRAYTYPE_P(2) : NULL, "x_weights");
	y = sample_of_array(PG_GETARG_ARRAYTYPE_P(1), "y", are_weighted ? PG_GETARG_ARRAYTYPE_P(3) : NULL, "y_weights");
	return return_value_of_points(fcinfo, measure, &x, &y, "x_weights", "y_weights");
}

/*
 * wasserstein_distance(p, q, positions) and so on: weights of p and q at
 * positions, arrays of the same shape (2202E), whatever the order of the
 * positions and how often one occurs.  A NULL weight is 0, one that is negative,
 * NaN or infinite an error (22023); a position must not be NULL (22004).
 *
 * sample_wasserstein_distance(x, y, x_weights, y_weights) and so on: values of
 * two samples, of any shape and number.  NULL values are left out; weights, if
 * there are any, have the shape of their values and are as above, and both
 * samples have them, or none (22023).
 */
#define DEFINE_ARRAY_FUNCTIONS(name) \
SQL_FUNCTION(kldiv_ ## name ## _arrays) \
{ \
	return value_of_arrays(fcinfo, &name ## _measure); \
} \
\
REAL_TWIN(kldiv_ ## name ## _arrays, ARRAY_ARGUMENT(0) | ARRAY_ARGUMENT(1) | ARRAY_ARGUMENT(2)) \
\
SQL_FUNCTION(kldiv_sample_ ## name) \
{ \
	return value_of_samples(fcinfo, &name ## _measure); \
}

FOR_EACH_ORDERED_MEASURE(DEFINE_ARRAY_FUNCTIONS)
