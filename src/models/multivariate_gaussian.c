/*-------------------------------------------------------------------------
 *
 * multivariate_gaussian.c
 *	  multivariate_gaussian_kl_divergence: Gaussians with full covariances.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "miscadmin.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "input/arrays.h"
#include "input/numbers.h"
#include "input/parameters.h"
#include "input/real_arrays.h"
#include "math/models/multivariate_gaussian.h"
#include "parallel/threads.h"

/* A mean has one dimension, and a covariance as many rows and columns as it has elements; empty ones have none */
static void
check_shapes(const Numbers *mean, const Numbers *covariance)
{
	bool		right = mean->count == 0 ? covariance->count == 0 :
		ARR_NDIM(mean->array) == 1 && ARR_NDIM(covariance->array) == 2 &&
		(size_t) ARR_DIMS(covariance->array)[0] == mean->count && (size_t) ARR_DIMS(covariance->array)[1] == mean->count;

	if (!right)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("covariance must have a row and a column for each element of the mean"),
				 errdetail("Argument \"%s\" is an array of shape %s, argument \"%s\" of shape %s.",
						   mean->name, shape_of_array(mean->array), covariance->name, shape_of_array(covariance->array))));
}

static void
check_symmetry(const Numbers *covariance, size_t dimensions)
{
	for (size_t row = 0; row < dimensions; row++)
	{
		CHECK_FOR_INTERRUPTS();
		for (size_t column = 0; column < row; column++)
		{
			double		below = covariance->values[row * dimensions + column];
			double		above = covariance->values[column * dimensions + row];

			if (below != above)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("covariance must be symmetric"),
						 errdetail("Argument \"%s\" has %s in row %zu, column %zu, but %s in row %zu, column %zu.",
								   covariance->name, float8out_internal(below), row + 1, column + 1,
								   float8out_internal(above), column + 1, row + 1)));
		}
	}
}

static void
report_covariance(const CovarianceFault *fault, const Numbers *p, const Numbers *q)
{
	if (!fault->found)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("covariance must be positive definite"),
			 errdetail("Argument \"%s\" is not, from row %zu on.", fault->in_reference ? q->name : p->name, fault->row + 1)));
}

/*
 * multivariate_gaussian_kl_divergence(mean_p, covariance_p, mean_q, covariance_q,
 * base): means are arrays of one dimension, covariances of two, symmetric to the
 * last bit and positive definite; that of p may be singular within rounding,
 * which gives Infinity.  From 0 to Infinity, in nats, or what base says.  NULL if
 * anything is NULL or if there are no dimensions; NULL elements are errors.  The
 * formula is in math/models/multivariate_gaussian.c.
 */
SQL_FUNCTION(kldiv_multivariate_gaussian_kl_divergence)
{
	double		base = check_parameter(PARAMETER_BASE, PG_GETARG_FLOAT8(4));
	Numbers		p_mean = numbers_argument(fcinfo, 0, "mean_p", A_FINITE_NUMBER);
	Numbers		p_covariance = numbers_argument(fcinfo, 1, "covariance_p", A_FINITE_NUMBER);
	Numbers		q_mean = numbers_argument(fcinfo, 2, "mean_q", A_FINITE_NUMBER);
	Numbers		q_covariance = numbers_argument(fcinfo, 3, "covariance_q", A_FINITE_NUMBER);
	size_t		dimensions = p_mean.count;
	CovarianceFault fault;
	double	   *work;
	double		value;

	check_same_shape(p_mean.array, p_mean.name, q_mean.array, q_mean.name);
	check_shapes(&p_mean, &p_covariance);
	check_shapes(&q_mean, &q_covariance);
	if (dimensions == 0)
		PG_RETURN_NULL();
	check_symmetry(&p_covariance, dimensions);
	check_symmetry(&q_covariance, dimensions);
	work = MemoryContextAllocHuge(CurrentMemoryContext, multivariate_gaussian_numbers(dimensions) * sizeof(double));
	value = multivariate_gaussian_kl_divergence(dimensions, p_mean.values, p_covariance.values, q_mean.values, q_covariance.values,
												run_slabs_interruptibly, work, &fault);
	report_covariance(&fault, &p_covariance, &q_covariance);
	PG_RETURN_FLOAT8(value_of_nats(&kl_divergence_measure, value, base));
}

REAL_TWIN(kldiv_multivariate_gaussian_kl_divergence, ARRAY_ARGUMENT(0) | ARRAY_ARGUMENT(1) | ARRAY_ARGUMENT(2) | ARRAY_ARGUMENT(3))
