/*-------------------------------------------------------------------------
 *
 * ks_test.c
 *	  What the statistic of Kolmogorov and Smirnov is by chance.
 *
 * In order, the values of two samples of sizes n and m are a path from (0, 0) to
 * (n, m), and by chance all are as probable.  The statistic is the farthest that
 * a path is from the diagonal.  u(i, j), the share of the paths to (i, j) that
 * have been that far, is 1 where |i/n - j/m| is as much, and else
 *
 *		i/(i + j) u(i - 1, j) + j/(i + j) u(i, j - 1)
 *
 * in which nothing is negative, so that tails of any size have all digits.
 * J. L. Hodges, The significance probability of the Smirnov two-sample test,
 * Arkiv foer Matematik 3 (1958).
 *
 * Where that would take too many steps, Kolmogorov's limit, with a correction
 * for samples of finite size: J. Vrbik, Small-sample corrections to Kolmogorov-
 * Smirnov test statistic, Pioneer Journal of Theoretical and Applied Statistics
 * 15 (2018).
 *
 *-------------------------------------------------------------------------
 */
#include "math/ordered/ks_test.h"

#include "math/assertions.h"
#include "math/ordered/polling.h"
#include "math/statistics/precise.h"

/* Steps of the exact computation: some hundredths of a second */
#define MOST_STEPS 1e7
/* Of so few values the limit is no good however many the other sample has; of those fewer are taken */
#define FEW 100.0

/* The whole multiple of 1/(n m) that a statistic is, or the next one */
static double
steps_of_statistic(double statistic, double cells)
{
	double		steps = statistic * cells;
	double		nearest = floor(steps + 0.5);

	/* a statistic is rounded, twice at most before it comes here */
	return fabs(steps - nearest) <= 4.0 * DBL_EPSILON * steps ? nearest : ceil(steps);
}

static double
exact_tail(double statistic, int64_t few, int64_t many, double *u, SlabRunner run)
{
	int64_t		steps = (int64_t) steps_of_statistic(statistic, (double) few * (double) many);
	Polling		polling = begin_polling(run);

	assert_that(few < KS_ROOM && few <= many);
	for (int64_t j = 0; j <= few; j++)
		u[j] = j * many >= steps ? 1.0 : 0.0;
	for (int64_t i = 1; i <= many; i++)
	{
		u[0] = i * few >= steps ? 1.0 : u[0];
		for (int64_t j = 1; j <= few; j++)
		{
			int64_t		distance = i * few - j * many;
			/* a quotient, so that the mean of equal numbers is exact */
			double		mean = ((double) i * u[j] + (double) j * u[j - 1]) / (double) (i + j);

			poll_now_and_then(&polling);
			u[j] = distance >= steps || -distance >= steps ? 1.0 : mean;
		}
	}
	return u[few] < 1.0 ? u[few] : 1.0;
}

/* exp(-factor square), of any size */
static double
gaussian_term(double factor, DoubleDouble square)
{
	DoubleDouble exponent = dd_times_double(square, -factor);

	return exponent.hi < -800.0 ? 0.0 : double_of_scaled(scaled_exponential(exponent));
}

static double
limit_tail(double statistic, double few, double many)
{
	const double pi_squared_over_8 = 1.2337005501361698;
	const double root_of_two_pi = 2.5066282746310005;
	double		size = few * (many / (few + many));
	double		root = sqrt(size);
	double		lambda = root * statistic + 1.0 / (6.0 * root) + (root * statistic - 1.0) / (4.0 * size);
	double		error;
	double		square = two_product(lambda, lambda, &error);
	double		tail = 0.0;

	if (!(lambda > 0.0))
		return 1.0;
	if (lambda < 1.0)
	{
		DoubleDouble inverse = dd_quotient(1.0, (DoubleDouble) {square, error});

		for (int k = 1; k <= 5; k += 2)
			tail += gaussian_term(pi_squared_over_8 * (double) (k * k), inverse);
		tail = 1.0 - root_of_two_pi / lambda * tail;
	}
	else
		for (int k = 5; k >= 1; k--)
			tail = 2.0 * gaussian_term(2.0 * (double) (k * k), (DoubleDouble) {square, error}) - tail;
	return tail < 0.0 ? 0.0 : tail < 1.0 ? tail : 1.0;
}

double
ks_tail(double statistic, double n_p, double n_q, double *room, SlabRunner run)
{
	double		few = n_p < n_q ? n_p : n_q;
	double		many = n_p < n_q ? n_q : n_p;

	assert_that(statistic >= 0.0 && statistic <= 1.0 && few >= 1.0);
	if (few * many > MOST_STEPS && few <= FEW)
		many = floor(MOST_STEPS / few);
	if (few * many <= MOST_STEPS)
		return exact_tail(statistic, (int64_t) few, (int64_t) many, room, run);
	return limit_tail(statistic, few, many);
}
