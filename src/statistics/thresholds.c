/*-------------------------------------------------------------------------
 *
 * thresholds.c
 *	  Values of a divergence that chance exceeds, and that a sample can show.
 *
 * Two samples of n and m from one distribution: measures that are like c times
 * the chi-square divergence near equality have, for large samples, c (1/n + 1/m)
 * times the chi-square distribution with one degree of freedom less than there
 * are bins; samples of two distributions its noncentral one (K. Pearson 1900;
 * for psi: B. Yurdakul, Statistical Properties of Population Stability Index,
 * Western Michigan University 2018).  It holds where each bin expects some 20.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "input/parameters.h"
#include "math/statistics/chi_square.h"
#include "math/statistics/noncentral.h"

/* Arguments that both functions begin with */
typedef struct SampleSizes
{
	double		df;
	double		variance;		/* 1/n + 1/m */
	bool		is_empty;		/* nothing observed */
} SampleSizes;

static double
sample_size(FunctionCallInfo fcinfo, int argument, const char *name)
{
	double		size = PG_GETARG_FLOAT8(argument);

	return check_argument(size >= 0.0, name, size, "a number of at least 0, or Infinity");
}

static SampleSizes
sample_sizes(FunctionCallInfo fcinfo)
{
	int64		bins = PG_GETARG_INT64(0);
	double		n_p = sample_size(fcinfo, 1, "n_p");
	double		n_q = sample_size(fcinfo, 2, "n_q");

	if (bins < 0 || bins > (int64) MOST_DEGREES_OF_FREEDOM)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("bins must be a number from 0 to 1e9"),
				 errdetail("Argument \"bins\" is %lld.", (long long) bins)));
	return (SampleSizes) {(double) bins - 1.0, 1.0 / n_p + 1.0 / n_q, bins == 0 || n_p == 0.0 || n_q == 0.0};
}

static bool
is_like_chi_square(const Measure *measure)
{
	return measure->large_sample > 0.0;
}

static const Measure *
chosen_measure(FunctionCallInfo fcinfo)
{
	return measure_argument(fcinfo, 3, &psi_measure, is_like_chi_square,
							"has no distribution that the numbers of bins and observations determine",
							" For the counts of any measure there is homogeneity_test().");
}

/* How many times chi-square the measure is */
static double
measure_factor(FunctionCallInfo fcinfo, int alpha_argument, const Measure *measure)
{
	Parameters	parameters = default_parameters(measure->takes);

	read_option(fcinfo, alpha_argument, PARAMETER_ALPHA, measure, &parameters);
	if (!(measure->takes & TAKES_ALPHA))
		return measure->large_sample;
	check_argument(parameters.alpha > 0.0 && !isinf(parameters.alpha), "alpha", parameters.alpha,
				   "a finite number greater than 0 here");
	return measure->large_sample * parameters.alpha;
}

static double
level_argument(FunctionCallInfo fcinfo, int argument)
{
	double		level = PG_ARGISNULL(argument) ? 0.05 : PG_GETARG_FLOAT8(argument);

	return check_argument(level >= 0.0 && level <= 1.0, "level", level, "a number from 0 to 1");
}

/*
 * divergence_critical_value(bins, n_p, n_q, measure, level, alpha): what the
 * measure (psi if NULL) of two samples of so many observations from the same
 * distribution exceeds with this probability (0.05 if NULL), in nats.  n may be
 * Infinity for a side that is known.  With one bin it is 0; NULL if there is no
 * bin, if an n is 0, or bins or an n NULL.
 */
SQL_FUNCTION(kldiv_divergence_critical_value)
{
	const Measure *measure = chosen_measure(fcinfo);
	double		factor = measure_factor(fcinfo, 5, measure);
	double		level = level_argument(fcinfo, 4);
	SampleSizes sizes;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	sizes = sample_sizes(fcinfo);
	if (sizes.is_empty)
		PG_RETURN_NULL();
	if (sizes.df == 0.0 || sizes.variance == 0.0)
		PG_RETURN_FLOAT8(0.0);
	PG_RETURN_FLOAT8(value_of_nats(measure, factor * chi_square_tail_inverse(level, sizes.df) * sizes.variance, EULER));
}

/*
 * detectable_divergence(bins, n_p, n_q, measure, level, power, alpha): how large
 * the measure has to be so that its critical value is exceeded with the
 * probability power (0.8 if NULL), in nats; otherwise as the above.  With one
 * bin, or level 0, no difference is ever seen: Infinity.
 */
SQL_FUNCTION(kldiv_detectable_divergence)
{
	const Measure *measure = chosen_measure(fcinfo);
	double		factor = measure_factor(fcinfo, 6, measure);
	double		level = level_argument(fcinfo, 4);
	double		power = PG_ARGISNULL(5) ? 0.8 : PG_GETARG_FLOAT8(5);
	SampleSizes sizes;
	double		critical;

	check_argument(power >= level && power < 1.0, "power", power, "a number of at least level and less than 1");
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	sizes = sample_sizes(fcinfo);
	if (sizes.is_empty)
		PG_RETURN_NULL();
	if (power == level || sizes.variance == 0.0)
		PG_RETURN_FLOAT8(0.0);
	if (sizes.df == 0.0 || level == 0.0)
		PG_RETURN_FLOAT8(INFINITY);
	critical = chi_square_tail_inverse(level, sizes.df);
	PG_RETURN_FLOAT8(value_of_nats(measure, factor * noncentrality_of_power(critical, sizes.df, power) * sizes.variance, EULER));
}
