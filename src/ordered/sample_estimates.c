/*-------------------------------------------------------------------------
 *
 * sample_estimates.c
 *	  knn_kl_divergence and differential_entropy: estimates from samples, without
 *	  bins.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "utils/float.h"

#include "input/parameters.h"
#include "input/real_arrays.h"
#include "math/measure.h"
#include "math/ordered/sample_estimates.h"
#include "ordered/points.h"
#include "parallel/threads.h"

/* A sample in order, of finite numbers */
static PointList
finite_sample(FunctionCallInfo fcinfo, int argument, const char *name)
{
	PointList	sample = sample_of_array(PG_GETARG_ARRAYTYPE_P(argument), name, NULL, NULL);
	bool		has_infinity = sample.count > 0 && (isinf(sample.values[0]) || isinf(sample.values[sample.count - 1]));

	if (has_infinity)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("value must be finite"),
				 errdetail("Argument \"%s\" has %s.", name, isinf(sample.values[0]) ? "-Infinity" : "Infinity")));
	return sample;
}

/*
 * knn_kl_divergence(x, y, k, base): an estimate of Kullback and Leibler's
 * divergence between the distributions of two samples, by the distances to k-th
 * nearest neighbours; in nats, or by base.  It may be negative near 0.  Values are
 * finite (22023), NULLs left out.  If all of x are one value, 0 if all of y are
 * that as well, and else Infinity.  NULL if x has not more than k values, or y
 * fewer.
 */
SQL_FUNCTION(kldiv_knn_kl_divergence)
{
	int32		k = PG_GETARG_INT32(2);
	double		base = check_parameter(PARAMETER_BASE, PG_GETARG_FLOAT8(3));
	PointList	x;
	PointList	y;

	check_argument(k >= 1, "k", k, "at least 1");
	x = finite_sample(fcinfo, 0, "x");
	y = finite_sample(fcinfo, 1, "y");
	if (x.count <= (size_t) k || y.count < (size_t) k)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value_of_nats(&kl_divergence_measure, knn_divergence(x.values, x.count, y.values, y.count, (size_t) k, run_slabs_interruptibly),
								   base));
}

REAL_TWIN(kldiv_knn_kl_divergence, ARRAY_ARGUMENT(0) | ARRAY_ARGUMENT(1))

/*
 * differential_entropy(x, method, window_length, base): an estimate of the
 * entropy of the density that a sample is of, from -Infinity to Infinity in nats,
 * or by base, by distances of values that are so many apart in order.  -Infinity
 * if so many are equal.  The method is named in math/ordered/sample_estimates.c;
 * the window is at least 1 and less than half of the values (22023).  Values are
 * finite (22023), NULLs left out.  NULL if there are fewer than 5.
 */
SQL_FUNCTION(kldiv_differential_entropy)
{
	SpacingMethod method = (SpacingMethod) choice_argument(fcinfo, 1, "method", spacing_names);
	double		base = PG_ARGISNULL(3) ? EULER : check_parameter(PARAMETER_BASE, PG_GETARG_FLOAT8(3));
	PointList	x;
	size_t		window;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	x = finite_sample(fcinfo, 0, "x");
	if (x.count < LEAST_VALUES)
		PG_RETURN_NULL();
	window = usual_window(x.count);
	if (!PG_ARGISNULL(2))
	{
		int32		given = PG_GETARG_INT32(2);

		check_argument(given >= 1 && 2 * (size_t) given < x.count, "window_length", given,
					   "at least 1, and less than half the number of values");
		window = (size_t) given;
	}
	PG_RETURN_FLOAT8(value_of_nats(&entropy_measure, spacing_entropy(method, x.values, x.count, window, run_slabs_interruptibly), base));
}
