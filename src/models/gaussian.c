/*-------------------------------------------------------------------------
 *
 * gaussian.c
 *	  Divergences between Gaussians: gaussian_kl_divergence, gaussian_renyi,
 *	  gaussian_hellinger_distance, gaussian_wasserstein_distance,
 *	  vae_kl_divergence.
 *
 * For all: means, and standard deviations, never variances, are numbers, or
 * arrays of one shape: an element for each dimension, which are independent.
 * Means have to be finite, deviations finite and not negative.  A deviation of 0
 * is a point, such as a group of one value: divergences between a point and
 * anything else are Infinity, Hellinger's distance is 1.  What is NULL, or arrays
 * without elements, give NULL; a NULL element is an error.  The formulas are in
 * math/models/gaussian.c.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "miscadmin.h"

#include "input/numbers.h"
#include "input/parameters.h"
#include "input/real_arrays.h"
#include "math/models/gaussian.h"

/* The first four arguments of numbers */
static double
value_of_numbers(FunctionCallInfo fcinfo, const GaussianMeasure *measure, double alpha)
{
	GaussianSum sum = {.terms = {.infinite = false}};
	Gaussian	p = {
		number_argument(fcinfo, 0, "mean_p", A_FINITE_NUMBER), number_argument(fcinfo, 1, "stddev_p", A_LENGTH)
	};
	Gaussian	q = {
		number_argument(fcinfo, 2, "mean_q", A_FINITE_NUMBER), number_argument(fcinfo, 3, "stddev_q", A_LENGTH)
	};

	measure->add(&sum, p, q, alpha);
	return measure->value(&sum);
}

/* The first four arguments of arrays; false if they have no elements */
static bool
value_of_dimensions(FunctionCallInfo fcinfo, const GaussianMeasure *measure, double alpha, double *value)
{
	GaussianSum sum = {.terms = {.infinite = false}};
	Numbers		p_mean = numbers_argument(fcinfo, 0, "mean_p", A_FINITE_NUMBER);
	Numbers		p_stddev = numbers_argument(fcinfo, 1, "stddev_p", A_LENGTH);
	Numbers		q_mean = numbers_argument(fcinfo, 2, "mean_q", A_FINITE_NUMBER);
	Numbers		q_stddev = numbers_argument(fcinfo, 3, "stddev_q", A_LENGTH);

	check_same_shape(p_mean.array, p_mean.name, p_stddev.array, p_stddev.name);
	check_same_shape(p_mean.array, p_mean.name, q_mean.array, q_mean.name);
	check_same_shape(p_mean.array, p_mean.name, q_stddev.array, q_stddev.name);
	for (size_t i = 0; i < p_mean.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		measure->add(&sum, (Gaussian) {p_mean.values[i], p_stddev.values[i]}, (Gaussian) {q_mean.values[i], q_stddev.values[i]}, alpha);
	}
	*value = measure->value(&sum);
	return p_mean.count > 0;
}

/* What arrays return: of a measure in nats by its base, any other as it is */
static Datum
return_dimensions(FunctionCallInfo fcinfo, const GaussianMeasure *measure, double alpha, double base)
{
	double		value;

	if (!value_of_dimensions(fcinfo, measure, alpha, &value))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value_of_nats(&kl_divergence_measure, value, base));
}

/* Means and standard deviations of both sides */
#define FOUR_ARRAYS (ARRAY_ARGUMENT(0) | ARRAY_ARGUMENT(1) | ARRAY_ARGUMENT(2) | ARRAY_ARGUMENT(3))

/*
 * gaussian_kl_divergence(mean_p, stddev_p, mean_q, stddev_q, base): from 0 to
 * Infinity, in nats, or what base says.
 */
SQL_FUNCTION(kldiv_gaussian_kl_divergence)
{
	double		base = check_parameter(PARAMETER_BASE, PG_GETARG_FLOAT8(4));

	PG_RETURN_FLOAT8(value_of_nats(&kl_divergence_measure, value_of_numbers(fcinfo, &gaussian_kl_divergence, 1.0), base));
}

SQL_FUNCTION(kldiv_gaussian_kl_divergence_arrays)
{
	return return_dimensions(fcinfo, &gaussian_kl_divergence, 1.0, check_parameter(PARAMETER_BASE, PG_GETARG_FLOAT8(4)));
}

REAL_TWIN(kldiv_gaussian_kl_divergence_arrays, FOUR_ARRAYS)

/*
 * gaussian_renyi(mean_p, stddev_p, mean_q, stddev_q, alpha, base): of an order
 * from 0 to Infinity; from 0 to Infinity, in nats, or what base says.  0 for
 * alpha = 0, since both have all numbers; Infinity for an alpha above 1 for which
 * the tails of q are too light.
 */
SQL_FUNCTION(kldiv_gaussian_renyi)
{
	double		alpha = check_parameter(PARAMETER_ALPHA, PG_GETARG_FLOAT8(4));
	double		base = check_parameter(PARAMETER_BASE, PG_GETARG_FLOAT8(5));

	PG_RETURN_FLOAT8(value_of_nats(&kl_divergence_measure, value_of_numbers(fcinfo, &gaussian_renyi, alpha), base));
}

SQL_FUNCTION(kldiv_gaussian_renyi_arrays)
{
	double		alpha = check_parameter(PARAMETER_ALPHA, PG_GETARG_FLOAT8(4));
	double		base = check_parameter(PARAMETER_BASE, PG_GETARG_FLOAT8(5));

	return return_dimensions(fcinfo, &gaussian_renyi, alpha, base);
}

REAL_TWIN(kldiv_gaussian_renyi_arrays, FOUR_ARRAYS)

/* gaussian_hellinger_distance(mean_p, stddev_p, mean_q, stddev_q): from 0 to 1 */
SQL_FUNCTION(kldiv_gaussian_hellinger_distance)
{
	PG_RETURN_FLOAT8(value_of_numbers(fcinfo, &gaussian_hellinger_distance, 1.0));
}

SQL_FUNCTION(kldiv_gaussian_hellinger_distance_arrays)
{
	return return_dimensions(fcinfo, &gaussian_hellinger_distance, 1.0, EULER);
}

REAL_TWIN(kldiv_gaussian_hellinger_distance_arrays, FOUR_ARRAYS)

/*
 * gaussian_wasserstein_distance(mean_p, stddev_p, mean_q, stddev_q): of order 2,
 * from 0 to Infinity, in the unit of the means.  That of points is how far apart
 * they are.
 */
SQL_FUNCTION(kldiv_gaussian_wasserstein_distance)
{
	PG_RETURN_FLOAT8(value_of_numbers(fcinfo, &gaussian_wasserstein_distance, 1.0));
}

SQL_FUNCTION(kldiv_gaussian_wasserstein_distance_arrays)
{
	return return_dimensions(fcinfo, &gaussian_wasserstein_distance, 1.0, EULER);
}

REAL_TWIN(kldiv_gaussian_wasserstein_distance_arrays, FOUR_ARRAYS)

/*
 * vae_kl_divergence(mu, log_var, base): from the Gaussian of these means and
 * logarithms of variances, numbers or arrays of one shape, to the standard one.
 * From 0 to Infinity, in nats, or what base says.  A logarithm of -Infinity is a
 * point, whose divergence is Infinity.
 */
SQL_FUNCTION(kldiv_vae_kl_divergence)
{
	double		base = check_parameter(PARAMETER_BASE, PG_GETARG_FLOAT8(2));
	double		mu = number_argument(fcinfo, 0, "mu", A_FINITE_NUMBER);
	double		log_var = number_argument(fcinfo, 1, "log_var", A_LOGARITHM);

	PG_RETURN_FLOAT8(value_of_nats(&kl_divergence_measure, standard_gaussian_kl_divergence(mu, log_var), base));
}

SQL_FUNCTION(kldiv_vae_kl_divergence_arrays)
{
	double		base = check_parameter(PARAMETER_BASE, PG_GETARG_FLOAT8(2));
	Numbers		mu = numbers_argument(fcinfo, 0, "mu", A_FINITE_NUMBER);
	Numbers		log_var = numbers_argument(fcinfo, 1, "log_var", A_LOGARITHM);
	TermSum		sum = {.infinite = false};

	check_same_shape(mu.array, mu.name, log_var.array, log_var.name);
	if (mu.count == 0)
		PG_RETURN_NULL();
	for (size_t i = 0; i < mu.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		add_term(&sum, standard_gaussian_kl_divergence(mu.values[i], log_var.values[i]));
	}
	PG_RETURN_FLOAT8(value_of_nats(&kl_divergence_measure, sum_over(&sum, 1.0), base));
}

REAL_TWIN(kldiv_vae_kl_divergence_arrays, ARRAY_ARGUMENT(0) | ARRAY_ARGUMENT(1))
