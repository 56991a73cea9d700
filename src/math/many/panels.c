/*-------------------------------------------------------------------------
 *
 * panels.c
 *	  Many distributions at once: the loops over panels.
 *
 * A panel holds one number for each bin of LANES distributions, those of a bin
 * side by side.  A kernel compares the distributions of one panel with those of
 * another: each lane adds up one pair in the order of bins, whatever the vector
 * width.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "math/elementary.h"
#include "math/pair/vector.h"

/*
 * Distributions of the left panel that are worked on together: a number of theirs
 * is multiplied with a whole vector, so that loading takes the longer the fewer
 * they are, and an addition waits for the one before.  As many as registers can
 * hold the sums of.
 */
#ifdef __AVX512F__
#define TOGETHER 8
#else
#define TOGETHER 4
#endif

/*
 * phi(x, y) of elementary.h for positive x and y whose difference is not known
 * any better than they are: where k = 0, x - y' is exact.
 */
ALWAYS_INLINE double
plain_phi(double x, double y)
{
	const uint64_t bias = (uint64_t) 2048 << 52;
	Reduction	r;
	uint64_t	y_bits = bits_of(y);
	uint64_t	k = bits_of(x) - y_bits + bias + ((uint64_t) 1 << 51);

	r.y_near = double_of((k & ((uint64_t) 0xfff << 52)) + (y_bits - bias));
	r.k = double_of((k >> 52) | 0x4330000000000000) - (4503599627370496.0 + 2048.0);
	r.v = x - r.y_near;
	r.s = r.v / (x + r.y_near);
	return reduced_phi(r, x, y);
}

/* phi(x + y, 2r): the entropy form of Jensen and Shannon's divergence */
void
VECTOR(panel_entropies) (const Panels *panels, size_t bins, int first, int end, double *sums)
{
	for (int left = first; left < end; left++)
	{
		double		total[LANES] = {0.0};

		for (size_t block = 0; block < bins; block += PANEL_BLOCK)
		{
			size_t		end = bins - block < PANEL_BLOCK ? bins : block + PANEL_BLOCK;
			double		sum[LANES] = {0.0};

			for (size_t bin = block; bin < end; bin++)
			{
				const double own = panels->left_first[bin * LANES + left];
				const double middle = 2.0 * panels->center[bin];
				const double *other = panels->right_first + bin * LANES;

#pragma omp simd
				for (int j = 0; j < LANES; j++)
				{
					sum[j] += plain_phi(own + other[j], middle);
				}
			}
			for (int j = 0; j < LANES; j++)
				total[j] += sum[j];
		}
		for (int j = 0; j < LANES; j++)
			sums[left * LANES + j] = total[j];
	}
}

/* The term of two distributions in a bin, from the left one's numbers and those of lane j of the right panel */
typedef double (*PanelTerm) (double left_first, double left_second, double right_first, double right_second);

/* What becomes of what has been found so far and a term, or of two blocks; at first it is 0 */
typedef double (*PanelFold) (double sum, double term);

/* A loop over blocks of bins for TOGETHER distributions of the left panel */
ALWAYS_INLINE void
fold_together(const Panels *panels, size_t bins, int first, double *sums, PanelTerm term, PanelFold fold)
{
	double		total[TOGETHER][LANES] = {{0.0}};

	for (size_t block = 0; block < bins; block += PANEL_BLOCK)
	{
		size_t		end = bins - block < PANEL_BLOCK ? bins : block + PANEL_BLOCK;
		double		sum[TOGETHER][LANES] = {{0.0}};

		for (size_t bin = block; bin < end; bin++)
		{
			const double *own = panels->left_first + bin * LANES + first;
			const double *own_second = panels->left_second + bin * LANES + first;
			const double *other = panels->right_first + bin * LANES;
			const double *other_second = panels->right_second + bin * LANES;

#pragma omp simd
			for (int j = 0; j < LANES; j++)
			{
				sum[0][j] = fold(sum[0][j], term(own[0], own_second[0], other[j], other_second[j]));
				sum[1][j] = fold(sum[1][j], term(own[1], own_second[1], other[j], other_second[j]));
				sum[2][j] = fold(sum[2][j], term(own[2], own_second[2], other[j], other_second[j]));
				sum[3][j] = fold(sum[3][j], term(own[3], own_second[3], other[j], other_second[j]));
#if TOGETHER > 4
				sum[4][j] = fold(sum[4][j], term(own[4], own_second[4], other[j], other_second[j]));
				sum[5][j] = fold(sum[5][j], term(own[5], own_second[5], other[j], other_second[j]));
				sum[6][j] = fold(sum[6][j], term(own[6], own_second[6], other[j], other_second[j]));
				sum[7][j] = fold(sum[7][j], term(own[7], own_second[7], other[j], other_second[j]));
#endif
			}
		}
		for (int i = 0; i < TOGETHER; i++)
			for (int j = 0; j < LANES; j++)
				total[i][j] = fold(total[i][j], sum[i][j]);
	}
	memcpy(sums + first * LANES, total, sizeof(total));
}

/* The same for one of them */
ALWAYS_INLINE void
fold_alone(const Panels *panels, size_t bins, int left, double *sums, PanelTerm term, PanelFold fold)
{
	double		total[LANES] = {0.0};

	for (size_t block = 0; block < bins; block += PANEL_BLOCK)
	{
		size_t		end = bins - block < PANEL_BLOCK ? bins : block + PANEL_BLOCK;
		double		sum[LANES] = {0.0};

		for (size_t bin = block; bin < end; bin++)
		{
			const double own = panels->left_first[bin * LANES + left];
			const double own_second = panels->left_second[bin * LANES + left];
			const double *other = panels->right_first + bin * LANES;
			const double *other_second = panels->right_second + bin * LANES;

#pragma omp simd
			for (int j = 0; j < LANES; j++)
				sum[j] = fold(sum[j], term(own, own_second, other[j], other_second[j]));
		}
		for (int j = 0; j < LANES; j++)
			total[j] = fold(total[j], sum[j]);
	}
	memcpy(sums + left * LANES, total, sizeof(total));
}

/* A pair's terms come in the order of bins, however many pairs are worked on together */
ALWAYS_INLINE void
fold_panel(const Panels *panels, size_t bins, int first, int end, double *sums, PanelTerm term, PanelFold fold)
{
	for (; first % TOGETHER != 0 && first < end; first++)
		fold_alone(panels, bins, first, sums, term, fold);
	for (; first + TOGETHER <= end; first += TOGETHER)
		fold_together(panels, bins, first, sums, term, fold);
	for (; first < end; first++)
		fold_alone(panels, bins, first, sums, term, fold);
}

ALWAYS_INLINE double
sum_of(double sum, double term)
{
	return sum + term;
}

ALWAYS_INLINE double
greater_of(double greatest, double term)
{
	return greatest > term ? greatest : term;
}

/* The first number of the left one times the second one of the right one */
ALWAYS_INLINE double
product(double left_first, double left_second, double right_first, double right_second)
{
	(void) left_second;
	(void) right_first;
	return left_first * right_second;
}

/* (x - y) (f(x) - f(y)), which is never negative where f grows */
ALWAYS_INLINE double
product_of_differences(double left_first, double left_second, double right_first, double right_second)
{
	return (left_first - right_first) * (left_second - right_second);
}

/* The same of one number, which is not loaded twice */
ALWAYS_INLINE double
squared_difference(double left_first, double left_second, double right_first, double right_second)
{
	(void) left_second;
	(void) right_second;
	return (left_first - right_first) * (left_first - right_first);
}

ALWAYS_INLINE double
absolute_difference(double left_first, double left_second, double right_first, double right_second)
{
	(void) left_second;
	(void) right_second;
	return fabs(left_first - right_first);
}

#define DEFINE_PANEL_KERNEL(name, term, fold) \
void \
VECTOR(name) (const Panels *panels, size_t bins, int first, int end, double *sums) \
{ \
	fold_panel(panels, bins, first, end, sums, term, fold); \
}

DEFINE_PANEL_KERNEL(panel_products, product, sum_of)
DEFINE_PANEL_KERNEL(panel_differences, product_of_differences, sum_of)
DEFINE_PANEL_KERNEL(panel_squares, squared_difference, sum_of)
DEFINE_PANEL_KERNEL(panel_distances, absolute_difference, sum_of)
DEFINE_PANEL_KERNEL(panel_largest, absolute_difference, greater_of)

/* What the distributions of a panel add to the value of every pair: see comparison.c */

/* phi(x, r); nothing becomes next to nothing, with which the kernel is faster */
void
VECTOR(prepare_entropies) (const double *masses, const double *center, double mass, size_t bins,
						   double *first, double *second, double *sums)
{
	const double next_to_nothing = mass * 0x1p-200;
	double		own[LANES] = {0.0};

	(void) second;
	for (size_t bin = 0; bin < bins; bin++)
	{
		const double r = center[bin];

#pragma omp simd
		for (int j = 0; j < LANES; j++)
		{
			double		x = masses[bin * LANES + j] > next_to_nothing ? masses[bin * LANES + j] : next_to_nothing;

			own[j] += plain_phi(x, r);
			first[bin * LANES + j] = x;
		}
	}
	for (int j = 0; j < LANES; j++)
		sums[j] = sums[2 * LANES + j] = own[j];
}

/*
 * The three points of a Bregman divergence (L. M. Bregman, 1967), here p, q
 * and the center r: D(p||q) = D(p||r) + D(r||q) - sum (p - r) log(q/r).
 * Where q is 0, so is p or the value is infinite: the second term then is -r,
 * which the first one's phi(0, r) = r cancels.
 */
void
VECTOR(prepare_relative_entropies) (const double *masses, const double *center, double mass, size_t bins,
									double *first, double *second, double *sums)
{
	double		own[LANES] = {0.0};
	double		other[LANES] = {0.0};
	double		magnitude[LANES] = {0.0};

	(void) mass;
	for (size_t bin = 0; bin < bins; bin++)
	{
		const double r = center[bin];

#pragma omp simd
		for (int j = 0; j < LANES; j++)
		{
			double		x = masses[bin * LANES + j];
			bool		empty = x == 0.0;
			double		y = empty ? r : x;
			double		from_center = reduced_phi(reduce_ratio(r, y, r - y), r, y);
			Reduction	to_center = reduce_ratio(y, r, y - r);
			double		own_phi = reduced_phi(to_center, y, r);

			/* phi(0, r) = r; all else shares a division with the logarithm */
			own[j] += empty ? r : own_phi;
			other[j] += empty ? -r : from_center;
			magnitude[j] += empty ? r : from_center;
			first[bin * LANES + j] = x - r;
			second[bin * LANES + j] = reduced_log(to_center);
		}
	}
	for (int j = 0; j < LANES; j++)
	{
		sums[j] = own[j];
		sums[LANES + j] = other[j];
		sums[2 * LANES + j] = own[j] + magnitude[j];
	}
}

/* x and the logarithm of its share, or of the inverse of that */
ALWAYS_INLINE void
prepare_log_shares(const double *masses, double mass, size_t bins, double *first, double *second, bool inverse)
{
	for (size_t bin = 0; bin < bins; bin++)
	{
#pragma omp simd
		for (int j = 0; j < LANES; j++)
		{
			double		x = masses[bin * LANES + j];
			double		y = x == 0.0 ? mass : x;

			first[bin * LANES + j] = x;
			second[bin * LANES + j] = inverse ? log_ratio(mass, y, mass - y) : log_ratio(y, mass, y - mass);
		}
	}
}

/* For cross-entropies */
void
VECTOR(prepare_surprisals) (const double *masses, const double *center, double mass, size_t bins,
							double *first, double *second, double *sums)
{
	(void) center;
	(void) sums;
	prepare_log_shares(masses, mass, bins, first, second, true);
}

void
VECTOR(prepare_logarithms) (const double *masses, const double *center, double mass, size_t bins,
							double *first, double *second, double *sums)
{
	(void) center;
	(void) sums;
	prepare_log_shares(masses, mass, bins, first, second, false);
}

/*
 * x itself.  The sum of squares of a distribution's shares bounds its greatest
 * share: what rounding can do to a difference.
 */
void
VECTOR(prepare_masses) (const double *masses, const double *center, double mass, size_t bins,
						double *first, double *second, double *sums)
{
	double		squares[LANES] = {0.0};

	(void) center;
	(void) second;
	for (size_t bin = 0; bin < bins; bin++)
	{
#pragma omp simd
		for (int j = 0; j < LANES; j++)
		{
			double		x = masses[bin * LANES + j];

			squares[j] += x * (x / mass);
			first[bin * LANES + j] = x;
		}
	}
	for (int j = 0; j < LANES; j++)
		sums[j] = squares[j];
}

/* The root of x; of these as of masses, first and second numbers are one */
void
VECTOR(prepare_roots) (const double *masses, const double *center, double mass, size_t bins,
					   double *first, double *second, double *sums)
{
	(void) center;
	(void) mass;
	(void) second;
	(void) sums;
	for (size_t bin = 0; bin < bins; bin++)
	{
#pragma omp simd
		for (int j = 0; j < LANES; j++)
			first[bin * LANES + j] = sqrt(masses[bin * LANES + j]);
	}
}
