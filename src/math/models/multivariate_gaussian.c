/*-------------------------------------------------------------------------
 *
 * multivariate_gaussian.c
 *	  Kullback and Leibler's divergence of Gaussians with full covariances.
 *
 * The textbook has 1/2 (trace(Q^-1 P) - d - ln det(P)/det(Q) + ...), the rest of
 * a difference of large numbers.  With Q = L L', P = K K' (A.-L. Cholesky) and
 * C = L^-1 K, which is lower triangular, trace(Q^-1 P) is the sum of all C_kj^2
 * and the quotient of the determinants the product of all C_kk^2, so that twice
 * the divergence is
 *
 *		sum over j < k of C_kj^2 + sum of g(C_kk^2 - 1) + |L^-1 (mean_p - mean_q)|^2
 *
 * with g(e) = e - ln(1 + e): no term is negative.  Where P and Q are near each
 * other, C is found as the root of I + E, E = L^-1 (P - Q) L'^-1, whose pivots are
 * kept as 1 + e_k, so that what is left of P - Q is all that errors are relative to.
 *
 * All is scaled by powers of two first, which changes no digit: the diagonal of
 * Q is between 1/4 and 1.  What is no number after that is Infinity.
 *
 *-------------------------------------------------------------------------
 */
#include "math/models/multivariate_gaussian.h"

#include "math/models/excess.h"
#include "math/models/gaussian.h"
#include "math/models/term_sum.h"

/* Pivots of I + E that are nearer to 1 than this are taken from there */
#define NEAR 0.5

typedef struct Work
{
	size_t		dimensions;
	const double *p_mean;
	const double *p_covariance;
	const double *q_mean;
	const double *q_covariance;
	double	   *p;				/* P, then K, then C */
	double	   *q;				/* Q, then L */
	double	   *difference;		/* P - Q, then E, then its root without the diagonal */
	double	   *mean;			/* mean_p - mean_q, then L^-1 times that */
	double	   *pivot;			/* the diagonal of P, then e_k */
	TermSum		sum;
	bool		singular;		/* P is, within rounding */
	bool		far;			/* E is not to be used */
	CovarianceFault *fault;
} Work;

static inline double *
row_of(const Work *work, double *matrix, size_t row)
{
	return matrix + row * work->dimensions;
}

/* The power of two that makes the root of a variance a number of at least 1/2 */
static int
exponent_of_deviation(double variance)
{
	int			exponent = exponent_of(variance);

	return exponent >= 0 ? (exponent + 1) / 2 : -(-exponent / 2);
}

static int
scale_of(const Work *work, size_t row)
{
	double		variance = work->q_covariance[row * work->dimensions + row];

	return variance > 0.0 ? exponent_of_deviation(variance) : 0;
}

static void
scale_row(void *job, size_t row)
{
	Work	   *work = job;
	int			row_scale = scale_of(work, row);
	int			exponent;
	double		of_means = difference_of_means(work->p_mean[row], work->q_mean[row], &exponent);

	work->mean[row] = ldexp(of_means, exponent - row_scale);
	for (size_t column = 0; column <= row; column++)
	{
		size_t		at = row * work->dimensions + column;
		int			scale = -(row_scale + scale_of(work, column));

		work->p[at] = ldexp(work->p_covariance[at], scale);
		work->q[at] = ldexp(work->q_covariance[at], scale);
		work->difference[at] = ldexp(work->p_covariance[at] - work->q_covariance[at], scale);
	}
}

static void
report_fault(Work *work, bool in_reference, size_t row)
{
	if (!work->fault->found)
		*work->fault = (CovarianceFault) {true, in_reference, row};
}

static double
dot(const double *a, const double *b, size_t count)
{
	double		sum = 0.0;

	for (size_t i = 0; i < count; i++)
		sum += a[i] * b[i];
	return sum;
}

/* As much as rounding can make of a pivot of 0, relative to the diagonal: N. J. Higham, Accuracy and Stability of Numerical Algorithms (2002), theorem 10.3 */
static double
pivot_error(size_t row)
{
	return (double) (row + 2) * DBL_EPSILON;
}

/* Row by row, L with L L' = Q, in the place of Q */
static void
decompose_q_row(void *job, size_t row)
{
	Work	   *work = job;
	double	   *r = row_of(work, work->q, row);
	double		diagonal = r[row];
	double		pivot;

	if (work->fault->found)
		return;
	for (size_t j = 0; j < row; j++)
	{
		const double *other = row_of(work, work->q, j);

		r[j] = (r[j] - dot(r, other, j)) / other[j];
	}
	pivot = diagonal - dot(r, r, row);
	if (!(pivot > pivot_error(row) * diagonal))
		report_fault(work, true, row);
	r[row] = sqrt(pivot);
}

/*
 * The same of P, which may be singular.  Behind a pivot of 0 there can be no
 * more in its column than rounding leaves.
 */
static void
decompose_p_row(void *job, size_t row)
{
	Work	   *work = job;
	double	   *r = row_of(work, work->p, row);
	double		diagonal = r[row];
	double		pivot;

	if (work->fault->found)
		return;
	for (size_t j = 0; j < row; j++)
	{
		const double *other = row_of(work, work->p, j);
		double		rest = r[j] - dot(r, other, j);

		if (other[j] == 0.0)
		{
			if (fabs(rest) > sqrt(pivot_error(row) * work->pivot[j] * diagonal))
				report_fault(work, false, row);
			r[j] = 0.0;
		}
		else
			r[j] = rest / other[j];
	}
	pivot = diagonal - dot(r, r, row);
	work->pivot[row] = diagonal;
	if (!(diagonal >= 0.0) || pivot < -pivot_error(row) * diagonal)
		report_fault(work, false, row);
	if (!(pivot > pivot_error(row) * diagonal))
	{
		work->singular = true;
		pivot = 0.0;
	}
	r[row] = sqrt(pivot);
}

/* Row by row, from above, L^-1 times what is symmetric, given by its lower half */
static void
divide_row(void *job, size_t row)
{
	Work	   *work = job;
	const double *l = row_of(work, work->q, row);
	double	   *r = row_of(work, work->difference, row);

	/* those below have this row's upper half */
	for (size_t column = row + 1; column < work->dimensions; column++)
		r[column] = row_of(work, work->difference, column)[row];
	for (size_t j = 0; j < row; j++)
	{
		const double *other = row_of(work, work->difference, j);

		for (size_t column = 0; column < work->dimensions; column++)
			r[column] -= l[j] * other[column];
	}
	for (size_t column = 0; column < work->dimensions; column++)
		r[column] /= l[row];
}

/* That times L'^-1, of which the lower half is wanted: E */
static void
divide_columns_of_row(void *job, size_t row)
{
	Work	   *work = job;
	double	   *r = row_of(work, work->difference, row);

	for (size_t j = 0; j <= row; j++)
	{
		const double *l = row_of(work, work->q, j);

		r[j] = (r[j] - dot(r, l, j)) / l[j];
	}
}

/* Row by row, the root of I + E; the diagonal stays apart, as e_k with 1 + e_k its square */
static void
decompose_near_row(void *job, size_t row)
{
	Work	   *work = job;
	double	   *r = row_of(work, work->difference, row);

	if (work->far)
		return;
	for (size_t j = 0; j < row; j++)
		r[j] = (r[j] - dot(r, row_of(work, work->difference, j), j)) / sqrt(1.0 + work->pivot[j]);
	work->pivot[row] = r[row] - dot(r, r, row);
	if (!(fabs(work->pivot[row]) < NEAR))
		work->far = true;
}

/* Row by row, from above, C = L^-1 K in the place of K; its diagonal stays apart, since e_k needs both */
static void
divide_root_row(void *job, size_t row)
{
	Work	   *work = job;
	const double *l = row_of(work, work->q, row);
	double	   *r = row_of(work, work->p, row);
	double		v = (r[row] - l[row]) / l[row];

	for (size_t j = 0; j < row; j++)
	{
		const double *other = row_of(work, work->p, j);

		for (size_t column = 0; column <= j; column++)
			r[column] -= l[j] * other[column];
	}
	for (size_t column = 0; column < row; column++)
		r[column] /= l[row];
	work->pivot[row] = v * (2.0 + v);
	r[row] /= l[row];
}

static void
divide_mean(void *job, size_t row)
{
	Work	   *work = job;
	const double *l = row_of(work, work->q, row);

	work->mean[row] = (work->mean[row] - dot(l, work->mean, row)) / l[row];
	add_term(&work->sum, work->mean[row] * work->mean[row]);
}

static void
add_terms_of_row(void *job, size_t row)
{
	Work	   *work = job;
	const double *r = row_of(work, work->far ? work->p : work->difference, row);
	double		e = work->pivot[row];
	double		one_plus_e = work->far ? r[row] * r[row] : 1.0 + e;

	add_term(&work->sum, dot(r, r, row));
	add_term(&work->sum, one_plus_e < 0x1p-900 ? -2.0 * natural_log(r[row]) - 1.0 : log_excess(e, one_plus_e));
}

double
multivariate_gaussian_kl_divergence(size_t dimensions, const double *p_mean, const double *p_covariance,
									const double *q_mean, const double *q_covariance,
									SlabRunner run, double *work_numbers, CovarianceFault *fault)
{
	size_t		size = dimensions * dimensions;
	Work		work = {
		.dimensions = dimensions,
		.p_mean = p_mean, .p_covariance = p_covariance, .q_mean = q_mean, .q_covariance = q_covariance,
		.p = work_numbers, .q = work_numbers + size, .difference = work_numbers + 2 * size,
		.mean = work_numbers + 3 * size, .pivot = work_numbers + 3 * size + dimensions,
		.fault = fault
	};
	double		twice;

	*fault = (CovarianceFault) {false, false, 0};
	run(scale_row, &work, 0, dimensions);
	run(decompose_p_row, &work, 0, dimensions);
	run(decompose_q_row, &work, 0, dimensions);
	if (fault->found || work.singular)
		return INFINITY;
	run(divide_mean, &work, 0, dimensions);
	run(divide_row, &work, 0, dimensions);
	run(divide_columns_of_row, &work, 0, dimensions);
	run(decompose_near_row, &work, 0, dimensions);
	if (work.far)
		run(divide_root_row, &work, 0, dimensions);
	run(add_terms_of_row, &work, 0, dimensions);
	twice = sum_over(&work.sum, 1.0);
	/* what overflowed, or was taken from another that did */
	return twice <= DBL_MAX ? 0.5 * twice : INFINITY;
}
