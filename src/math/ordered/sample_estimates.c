/*-------------------------------------------------------------------------
 *
 * sample_estimates.c
 *	  Estimates from the distances of values, without bins.
 *
 * Divergence: Q. Wang, S. R. Kulkarni, S. Verdu, Divergence estimation for
 * multidimensional densities via k-nearest-neighbor distances, IEEE Transactions
 * on Information Theory 55 (2009), equation 5:
 *
 *		1/n sum ln(nu_k(i)/rho_k(i)) + ln(m/(n - 1))
 *
 * with rho the distance of x_i to its k-th neighbour in x and nu to that in y.
 * Where one of these is 0, since values are equal, it is the smallest that is not
 * 0, with l values of x within rho and k of y within nu, and digamma(l) -
 * digamma(k) is added: ibid., equation 17.
 *
 * Entropies: O. Vasicek, A test for normality based on sample entropy, JRSS B 38
 * (1976); B. van Es, Estimating functionals related to a density by a class of
 * statistics based on spacings, Scandinavian Journal of Statistics 19 (1992); N.
 * Ebrahimi, K. Pflughoeft, E. S. Soofi, Two measures of sample entropy,
 * Statistics & Probability Letters 20 (1994).  As SciPy has them.
 *
 *-------------------------------------------------------------------------
 */
#include "math/ordered/sample_estimates.h"

#include "math/assertions.h"
#include "math/ordered/polling.h"
#include "math/ordered/sorting.h"
#include "math/statistics/gamma.h"

const char *const spacing_names[] = {"auto", "vasicek", "ebrahimi", "van_es", NULL};

/* The distance of a value to others, and how many are within it */
typedef struct Neighbourhood
{
	double		distance;		/* Infinity if all others are equal to the value */
	double		count;
} Neighbourhood;

/* Half of a distance, which does not overflow; halves of numbers near the smallest may be rounded */
static inline double
half_distance(double a, double b)
{
	return 0.5 * b - 0.5 * a;
}

/* Distances in halves if there are some beyond the range */
static double
distance_scale(const double *x, size_t n, const double *y, size_t m)
{
	double		first = x[0] < y[0] ? x[0] : y[0];
	double		last = x[n - 1] > y[m - 1] ? x[n - 1] : y[m - 1];

	return last - first <= DBL_MAX ? 1.0 : 0.5;
}

static inline double
distance_of(double a, double b, double scale)
{
	double		difference = b * scale - a * scale;

	return difference < 0.0 ? -difference : difference;
}

/*
 * The values at the smallest distance from a value that is not 0, and nearer:
 * those equal to it are from first to before end, and among them is the value
 * itself if it is one of these numbers.
 */
static Neighbourhood
nearest_others(const double *values, size_t count, size_t first, size_t end, double value, double scale)
{
	double		before = first > 0 ? distance_of(values[first - 1], value, scale) : INFINITY;
	double		behind = end < count ? distance_of(value, values[end], scale) : INFINITY;
	Neighbourhood found = {before < behind ? before : behind, (double) (end - first)};

	if (found.distance == before && first > 0)
		found.count += (double) (first - first_not_below(values, count, values[first - 1]));
	if (found.distance == behind && end < count)
		found.count += (double) (first_not_below(values + end, count - end, nextafter(values[end], INFINITY)));
	return found;
}

/* Where the nearest of a value begin, so many, which is not before where they began for a smaller one */
static inline size_t
advance_window(const double *values, size_t count, size_t begin, size_t width, double value, double scale)
{
	while (begin + width < count &&
		   values[begin + width] * scale - value * scale < value * scale - values[begin] * scale)
		begin++;
	return begin;
}

static inline double
window_distance(const double *values, size_t begin, size_t width, double value, double scale)
{
	double		before = distance_of(values[begin], value, scale);
	double		behind = distance_of(values[begin + width - 1], value, scale);

	return before > behind ? before : behind;
}

double
knn_divergence(const double *x, size_t n, const double *y, size_t m, size_t k, SlabRunner run)
{
	double		scale = distance_scale(x, n, y, m);
	Polling		polling = begin_polling(run);
	DoubleDouble sum = {0.0, 0.0};
	size_t		x_begin = 0;
	size_t		y_begin = 0;
	size_t		first = 0;
	size_t		end = 0;

	assert_that(k >= 1 && n > k && m >= k);
	if (x[0] == x[n - 1])
		return y[0] == x[0] && y[m - 1] == x[0] ? 0.0 : INFINITY;
	for (size_t i = 0; i < n; i++)
	{
		Neighbourhood rho = {.count = (double) k};
		Neighbourhood nu = {.count = (double) k};

		if (i == end)
		{
			first = i;
			end = i + first_not_below(x + i, n - i, nextafter(x[i], INFINITY));
		}
		x_begin = advance_window(x, n, x_begin, k + 1, x[i], scale);
		y_begin = advance_window(y, m, y_begin, k, x[i], scale);
		poll_now_and_then(&polling);
		rho.distance = window_distance(x, x_begin, k + 1, x[i], scale);
		nu.distance = window_distance(y, y_begin, k, x[i], scale);
		if (rho.distance == 0.0)
		{
			rho = nearest_others(x, n, first, end, x[i], scale);
			rho.count -= 1.0;	/* the value itself */
		}
		if (nu.distance == 0.0)
		{
			size_t		equal = first_not_below(y, m, x[i]);

			nu = nearest_others(y, m, equal, equal + first_not_below(y + equal, m - equal, nextafter(x[i], INFINITY)), x[i], scale);
		}
		if (!(nu.distance <= DBL_MAX))
			return INFINITY;
		sum = dd_add(sum, dd_log_ratio(nu.distance, rho.distance));
		if (rho.count > nu.count)
			sum = dd_add_double(sum, digamma_difference(rho.count, nu.count));
		else if (nu.count > rho.count)
			sum = dd_add_double(sum, -digamma_difference(nu.count, rho.count));
	}
	return dd_add(dd_quotient(sum.hi, (DoubleDouble) {(double) n, 0.0}),
				  dd_add_double(dd_log_ratio((double) m, (double) (n - 1)), sum.lo / (double) n)).hi;
}

size_t
usual_window(size_t n)
{
	return (size_t) floor(sqrt((double) n) + 0.5);
}

/* ln((b - a)/divisor), which may be beyond the range */
static inline DoubleDouble
log_of_spacing(double a, double b, double divisor)
{
	double		difference = b - a;

	return difference <= DBL_MAX ? dd_log_ratio(difference, divisor) : dd_log_ratio(half_distance(a, b), 0.5 * divisor);
}

/* Vasicek's and Ebrahimi's: spacings of twice the window, cut at the ends */
static double
central_spacings(SpacingMethod method, const double *x, size_t n, size_t window, SlabRunner run)
{
	Polling		polling = begin_polling(run);
	DoubleDouble sum = {0.0, 0.0};

	for (size_t i = 0; i < n; i++)
	{
		double		from = x[i >= window ? i - window : 0];
		double		to = x[i + window < n ? i + window : n - 1];
		size_t		to_end = i < n - 1 - i ? i : n - 1 - i;
		double		divisor = method == EBRAHIMI && to_end < window ? (double) (window + to_end) : 2.0 * (double) window;

		poll_now_and_then(&polling);
		if (from == to)
			return -INFINITY;
		sum = dd_add(sum, log_of_spacing(from, to, divisor));
	}
	sum = dd_add_double(dd_quotient(sum.hi, (DoubleDouble) {(double) n, 0.0}), sum.lo / (double) n);
	return dd_add(sum, dd_log_ratio((double) n, 1.0)).hi;
}

static double
van_es_spacings(const double *x, size_t n, size_t window, SlabRunner run)
{
	Polling		polling = begin_polling(run);
	DoubleDouble sum = {0.0, 0.0};
	double		spacings = (double) (n - window);

	for (size_t i = 0; i + window < n; i++)
	{
		poll_now_and_then(&polling);
		if (x[i] == x[i + window])
			return -INFINITY;
		sum = dd_add(sum, log_of_spacing(x[i], x[i + window], 1.0));
	}
	sum = dd_add_double(dd_quotient(sum.hi, (DoubleDouble) {spacings, 0.0}), sum.lo / spacings);
	/* ln((n + 1)/window) in each of them, and ln(window/(n + 1)) behind cancel */
	return dd_add_double(sum, digamma_difference((double) n + 1.0, (double) window)).hi;
}

double
spacing_entropy(SpacingMethod method, const double *x, size_t n, size_t window, SlabRunner run)
{
	assert_that(window >= 1 && 2 * window < n);
	if (method == AUTO_SPACING)
		method = n <= 10 ? VAN_ES : n <= 1000 ? EBRAHIMI : VASICEK;
	return method == VAN_ES ? van_es_spacings(x, n, window, run) : central_spacings(method, x, n, window, run);
}
