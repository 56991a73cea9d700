/*-------------------------------------------------------------------------
 *
 * ks_p_value.c
 *	  ks_p_value: is a difference of distribution functions more than chance?
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "input/parameters.h"
#include "math/ordered/ks_test.h"
#include "parallel/threads.h"

/* Up to here every whole number is a double */
#define MOST_OBSERVATIONS 9007199254740992.0

static double
size_argument(FunctionCallInfo fcinfo, int argument, const char *name)
{
	double		size = PG_GETARG_FLOAT8(argument);

	return check_argument(size >= 0.0 && size <= MOST_OBSERVATIONS && size == floor(size), name, size,
						  "a whole number from 0 to 2^53");
}

/*
 * ks_p_value(statistic, n_p, n_q): the probability, from 0 to 1, that samples of
 * so many values of one distribution have this ks_statistic, from 0 to 1, or a
 * larger one: exact for n_p n_q up to 10^7, or if a sample has at most 100
 * values; else by Kolmogorov's limit.  Where values are equal, as in bins, it is
 * rather too large.  NULL for a sample of 0 values.  See math/ordered/ks_test.c.
 */
SQL_FUNCTION(kldiv_ks_p_value)
{
	double		statistic = PG_GETARG_FLOAT8(0);
	double		n_p = size_argument(fcinfo, 1, "n_p");
	double		n_q = size_argument(fcinfo, 2, "n_q");
	double		room[KS_ROOM];

	check_argument(statistic >= 0.0 && statistic <= 1.0, "statistic", statistic, "a number from 0 to 1");
	if (n_p == 0.0 || n_q == 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(ks_tail(statistic, n_p, n_q, room, run_slabs_interruptibly));
}
