/*-------------------------------------------------------------------------
 *
 * finish.c
 *	  From sums over all bins to the values of measures, in nats.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "math/pair/finish.h"
#include "math/pair/terms.h"

double
non_negative(double value)
{
	return value > 0.0 ? value : 0.0;
}

/* -sum p log q; Shannon's entropy where q is p */
double
finish_information(const Sums *sums, double order_less_one)
{
	(void) order_less_one;
	return sums->slots[1] > 0.0 ? INFINITY : non_negative(sums->slots[0] / sums->weight_mass);
}

/* The relative difference of the totals, a rounding error, squared */
static double
squared_excess(const Sums *sums)
{
	double		excess = sums->excess / sums->mass;

	return excess * excess;
}

/*
 * sum p log(p/q).  Where the totals of x and y differ by a rounding error,
 * sum phi(x, y) is too large by phi(X, Y) = X (e^2/2 + ...) with e = (X - Y)/X.
 */
double
finish_relative_entropy(const Sums *sums, double order_less_one)
{
	(void) order_less_one;
	return sums->slots[1] > 0.0 ? INFINITY : sums->slots[0] / sums->mass - 0.5 * squared_excess(sums);
}

/* sum (p - q) log(p/q) */
double
finish_symmetric_relative_entropy(const Sums *sums, double order_less_one)
{
	(void) order_less_one;
	return sums->slots[1] > 0.0 ? INFINITY : sums->slots[0] / sums->mass - squared_excess(sums);
}

/* Lin's divergence, at most log 2: exactly that where nothing overlaps */
double
finish_jensen_shannon(const Sums *sums, double order_less_one)
{
	double		value = 0.5 * (sums->slots[0] / sums->mass - 0.25 * squared_excess(sums));

	(void) order_less_one;
	return sums->slots[1] > 0.0 && value < LN2 ? value : LN2;
}

/* 1 - sum sqrt(pq), where it is small */
static double
small_squared_hellinger(const Sums *sums)
{
	return 0.5 * (sums->slots[0] / sums->mass - 0.25 * squared_excess(sums));
}

/* 1 - sum sqrt(pq), from whichever of both forms is the more accurate */
double
finish_squared_hellinger(const Sums *sums, double order_less_one)
{
	double		value = small_squared_hellinger(sums);

	(void) order_less_one;
	return value < 0.5 ? value : non_negative(1.0 - sums->slots[1] / sums->mass);
}

/* -log sum sqrt(pq) */
double
finish_bhattacharyya(const Sums *sums, double order_less_one)
{
	double		squared_hellinger = small_squared_hellinger(sums);
	double		coefficient = sums->slots[1] / sums->mass;

	(void) order_less_one;
	if (squared_hellinger < 0.5)
		return -log_one_plus(-squared_hellinger);
	return coefficient > 1e-100 ? -natural_log(coefficient) : NAN;
}

/* (1/2) sum |p - q|, or 1 less the overlap; the totals are exact */
double
finish_total_variation(const Sums *sums, double order_less_one)
{
	double		value = 0.5 * sums->slots[0] / sums->mass;

	(void) order_less_one;
	return value < 0.5 ? value : non_negative(1.0 - sums->slots[1] / sums->mass);
}

double
finish_l_infinity(const Sums *sums, double order_less_one)
{
	double		value = sums->slots[0] / sums->mass;

	(void) order_less_one;
	return value < 1.0 ? value : 1.0;
}

/* sum (p - q)^2/q = (sum (x - y)^2/y - (X - Y)^2/Y) Y/X^2 */
double
finish_chi_square(const Sums *sums, double order_less_one)
{
	double		excess = sums->excess / sums->mass;
	double		sum = sums->slots[0] / (sums->mass * 0x1p-600);

	(void) order_less_one;
	return isinf(sum) ? sum : sum * (1.0 - excess) - excess * excess;
}

/* -log q(p > 0); log of the number of bins in the support for the counting measure.  NaN: see log_of_power_sum(). */
double
finish_renyi_of_order_zero(const Sums *sums, double order_less_one)
{
	double		inside = sums->slots[0] / sums->mass;
	double		outside = sums->slots[1] / sums->mass;

	(void) order_less_one;
	if (!sums->counting && outside < 0.5)
		return -log_one_plus(-outside);
	return inside > 1e-280 ? -natural_log(inside) : NAN;
}

/* max log(p/q) */
double
finish_renyi_of_infinite_order(const Sums *sums, double order_less_one)
{
	(void) order_less_one;
	return sums->slots[0];
}

/*
 * 1/(alpha - 1) log sum p^alpha q^(1 - alpha).  The totals enter as a bin of
 * their own: sum x^alpha y^-b is relative to X^alpha Y^-b.
 */
double
finish_renyi(const Sums *sums, double order_less_one)
{
	KernelArguments arguments = {sums->order_less_one, 0.0};
	Bin			total = {
		0.0, sums->mass, sums->mass - sums->excess, sums->excess, 0.0, 0.0, 0.0, sums->mass, false
	};
	Terms		totals = power_terms(total, &arguments);
	double		excess = (sums->counting ? sums->slots[1] : sums->slots[0] - totals.first) / totals.third;
	double		sum = sums->slots[2] / totals.third;

	if (!(sum > 1e-250 && sum <= DBL_MAX && fabs(excess) <= DBL_MAX))
		return NAN;
	return (excess > -0.5 ? log_one_plus(excess) : natural_log(sum)) / order_less_one;
}
