/*-------------------------------------------------------------------------
 *
 * chi_square.c
 *	  The chi-square distribution: p-values and critical values.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "input/parameters.h"
#include "math/statistics/chi_square.h"

/*
 * chi_square_p_value(statistic, df): the probability, from 0 to 1, that a
 * chi-square with so many degrees of freedom exceeds the statistic, which may be
 * Infinity.  With 0 degrees of freedom it is always 0, so that this is 1 at 0 and
 * else 0.
 */
SQL_FUNCTION(kldiv_chi_square_p_value)
{
	double		statistic = PG_GETARG_FLOAT8(0);
	double		df = PG_GETARG_FLOAT8(1);

	check_argument(statistic >= 0.0, "statistic", statistic, "a number of at least 0, or Infinity");
	check_argument(df >= 0.0 && df <= MOST_DEGREES_OF_FREEDOM, "df", df, "a number from 0 to 1e9");
	PG_RETURN_FLOAT8(chi_square_tail(statistic, df));
}

/*
 * chi_square_critical_value(level, df): the statistic that chance exceeds with
 * this probability, the inverse of the above; Infinity for 0 and 0 for 1.
 */
SQL_FUNCTION(kldiv_chi_square_critical_value)
{
	double		level = PG_GETARG_FLOAT8(0);
	double		df = PG_GETARG_FLOAT8(1);

	check_argument(level >= 0.0 && level <= 1.0, "level", level, "a number from 0 to 1");
	check_argument(df > 0.0 && df <= MOST_DEGREES_OF_FREEDOM, "df", df, "a number greater than 0 and at most 1e9");
	PG_RETURN_FLOAT8(chi_square_tail_inverse(level, df));
}
