/*-------------------------------------------------------------------------
 *
 * poisson.c
 *	  poisson_kl_divergence: between numbers of events.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "input/numbers.h"
#include "input/parameters.h"
#include "math/models/poisson.h"

/*
 * poisson_kl_divergence(rate_p, rate_q, base): between the Poisson distributions
 * of these means, which have to be finite and not negative.  From 0 to Infinity,
 * in nats, or what base says; of a rate of 0 it is the other rate, to one it is
 * Infinity, unless both are 0.
 */
SQL_FUNCTION(kldiv_poisson_kl_divergence)
{
	double		base = check_parameter(PARAMETER_BASE, PG_GETARG_FLOAT8(2));
	double		p = number_argument(fcinfo, 0, "rate_p", A_LENGTH);
	double		q = number_argument(fcinfo, 1, "rate_q", A_LENGTH);

	PG_RETURN_FLOAT8(value_of_nats(&kl_divergence_measure, poisson_kl_divergence(p, q), base));
}
