/*-------------------------------------------------------------------------
 *
 * align.c
 *	  From weights with different totals to masses that can be compared.
 *
 * For a pair, x = p Q' and y = q P' with the totals' mantissas P', Q' times
 * powers of two.  Both sides then have the total mass P'Q' 2^SCALE without a
 * division, and x - y is known to about 100 bits because the errors of the
 * products are: proportional weights give differences of exactly 0, and
 * near-equal ones keep all their digits.
 *
 *-------------------------------------------------------------------------
 */
#include "math/elementary.h"
#include "math/pair/scaling.h"
#include "math/pair/vector.h"

ALWAYS_INLINE void
align_pair(const Alignment *alignment, const double *p, const double *q,
		   size_t count, Block *block, bool smoothed, bool extreme)
{
	const DoubleDouble p_scale = alignment->p_scale;
	const DoubleDouble q_scale = alignment->q_scale;
	const double p_high = split_nearest(p_scale.hi);
	const double q_high = split_nearest(q_scale.hi);
	const double pseudocount = alignment->pseudocount;
	const double p_unit = alignment->p_unit;
	const double q_unit = alignment->q_unit;
	double	   *restrict x_out = block->x;
	double	   *restrict y_out = block->y;
	double	   *restrict difference = block->difference;

	for (size_t i = 0; i < count; i += LANES)
	{
#pragma omp simd
		for (int j = 0; j < LANES; j++)
		{
			Scaled		x = scale_weight(p[i + j], p_scale, p_high, p_unit, pseudocount, smoothed, extreme);
			Scaled		y = scale_weight(q[i + j], q_scale, q_high, q_unit, pseudocount, smoothed, extreme);

			x_out[i + j] = x.mass;
			y_out[i + j] = y.mass;
			difference[i + j] = mass_difference(x, y);
		}
	}
}

/* Adds a product to an expansion, numbers that do not overlap, without error: see below */
static int
add_product(double *parts, int count, double a, double b)
{
	double		error;
	double		product = two_product(a, b, &error);
	double		terms[2] = {error, product};

	for (int term = 0; term < 2; term++)
	{
		double		sum = terms[term];

		for (int i = 0; i < count; i++)
			sum = two_sum(sum, parts[i], &parts[i]);
		parts[count++] = sum;
	}
	return count;
}

/*
 * The difference of the masses of two weights with a pseudocount c far above
 * them, scaled by those of the common bin, P and Q without it,
 *
 *		(p + c) (Q + c) - (q + c) (P + c) = pQ - qP + c (p + Q - q - P),
 *
 * added up without error: J. R. Shewchuk, Adaptive Precision Floating-Point
 * Arithmetic and Fast Robust Geometric Predicates, Discrete & Computational
 * Geometry 18 (1997).
 */
static DoubleDouble
smoothed_difference(const Alignment *alignment, double p, double q)
{
	const double p_factor = alignment->p_power * FULL_MASS;
	const double q_factor = alignment->q_power * FULL_MASS;
	const double c = alignment->pseudocount;
	const double x = p * alignment->p_unit * p_factor;
	const double y = q * alignment->q_unit * q_factor;
	const double x_common = alignment->p_common * alignment->p_unit * alignment->p_power;
	const double y_common = alignment->q_common * alignment->q_unit * alignment->q_power;
	double		parts[12];
	int			count = 0;
	DoubleDouble difference = {0.0, 0.0};

	count = add_product(parts, count, x, y_common);
	count = add_product(parts, count, -y, x_common);
	count = add_product(parts, count, x, c * alignment->q_unit * alignment->q_power);
	count = add_product(parts, count, -y, c * alignment->p_unit * alignment->p_power);
	count = add_product(parts, count, c * alignment->p_unit * p_factor, y_common);
	count = add_product(parts, count, -c * alignment->q_unit * q_factor, x_common);
	for (int i = 0; i < count; i++)
		difference = dd_add_double(difference, parts[i]);
	return difference;
}

/*
 * Differences of distributions so near that the totals' 106 bits are too few.
 * The scales are the weights of one bin, so that x - y is exactly 0 where the
 * weights are in the proportion of that bin's.  With totals M (1 + e/2) and
 * M (1 - e/2), the difference of the shares is, in units of M,
 *
 *		(x - y - (e/2) (x + y)) / (1 - e^2/4)
 *
 * which changes its sign and nothing else when the sides are exchanged.
 */
static void
align_refined(const Alignment *alignment, const double *p, const double *q,
			  size_t count, Block *block)
{
	const double p_high = split_nearest(alignment->p_scale.hi);
	const double q_high = split_nearest(alignment->q_scale.hi);
	const DoubleDouble half = {0.5 * alignment->excess.hi, 0.5 * alignment->excess.lo};
	const double x_correction = 1.0 / (1.0 + half.hi);
	const double y_correction = 1.0 / (1.0 - half.hi);
	const double correction = 1.0 / (1.0 - half.hi * half.hi);

	for (size_t i = 0; i < count; i++)
	{
		Scaled		x = scale_weight(p[i], alignment->p_scale, p_high, alignment->p_unit,
									 alignment->pseudocount, true, true);
		Scaled		y = scale_weight(q[i], alignment->q_scale, q_high, alignment->q_unit,
									 alignment->pseudocount, true, true);
		double		sum = x.mass + y.mass;
		double		sum_error = x.error + y.error;
		DoubleDouble difference;
		DoubleDouble share;

		difference.hi = two_sum(x.mass, -y.mass, &difference.lo);
		difference = dd_add_double(difference, x.error - y.error);
		if (alignment->pseudocount > 0.0)
			difference = smoothed_difference(alignment, p[i], q[i]);
		share.hi = two_product(sum, half.hi, &share.lo);
		share.lo += sum * half.lo + sum_error * half.hi;
		share.hi = -share.hi;
		share.lo = -share.lo;
		block->x[i] = x.mass * x_correction;
		block->y[i] = y.mass * y_correction;
		block->difference[i] = dd_add(difference, share).hi * correction;
	}
}

/*
 * The reference's shares beside 1: x is a share of q scaled by a power of two
 * alone, y the whole mass, and the weight a share of p.
 */
ALWAYS_INLINE void
align_weighted_shares(const Alignment *alignment, const double *p, const double *q,
				 size_t count, Block *block, bool extreme)
{
	const double p_scale = alignment->p_scale.hi;
	const double q_scale = alignment->q_scale.hi;
	const double p_unit = alignment->p_unit;
	const double q_unit = alignment->q_unit;
	const double pseudocount = alignment->pseudocount;
	const DoubleDouble mass = alignment->mass;
	double	   *restrict weight = block->weight;
	double	   *restrict x_out = block->x;
	double	   *restrict y_out = block->y;
	double	   *restrict difference = block->difference;

	for (size_t i = 0; i < count; i += LANES)
	{
#pragma omp simd
		for (int j = 0; j < LANES; j++)
		{
			double		tail;
			double		x = two_sum(q[i + j], pseudocount, &tail);
			double		w = p[i + j] + pseudocount;

			if (extreme)
			{
				x *= q_unit;
				tail *= q_unit;
				w *= p_unit;
			}
			x *= q_scale;
			x_out[i + j] = x;
			y_out[i + j] = mass.hi;
			difference[i + j] = (x - mass.hi) + (tail * q_scale - mass.lo);
			weight[i + j] = w * p_scale;
		}
	}
}

/* Gives bins that one side has not seen the mass that the caller asked for; nothing is renormalised */
static void
fill_empty(const Alignment *alignment, size_t count, Block *block)
{
	const double fill = alignment->fill;
	const double log_fill = natural_log(fill / alignment->mass.hi);

	for (size_t i = 0; i < count; i++)
	{
		bool		x_empty = block->x[i] == 0.0;
		bool		y_empty = block->y[i] == 0.0;

		if (x_empty == y_empty)
			continue;
		if (alignment->extreme && x_empty && block->y[i] < EXACT_MASS)
			block->log_quotient[i] = log_fill - block->log_y[i];
		if (alignment->extreme && y_empty && block->x[i] < EXACT_MASS)
			block->log_quotient[i] = block->log_x[i] - log_fill;
		block->x[i] = x_empty ? fill : block->x[i];
		block->y[i] = y_empty ? fill : block->y[i];
		block->difference[i] = block->x[i] - block->y[i];
	}
}

/*
 * Marks the pairs in which a mass lost bits in scaling, and keeps a positive
 * mass positive.  Such shares are below 2^-1500: they matter only through
 * their logarithm.
 */
static void
keep_logarithms(const Alignment *alignment, const double *p, const double *q, size_t count, Block *block)
{
	for (size_t i = 0; i < count; i++)
	{
		double		numerator = (alignment->kind == WEIGHTED_SHARES ? q[i] : p[i]) + alignment->pseudocount;
		double		denominator = q[i] + alignment->pseudocount;

		block->log_quotient[i] = 0.0;
		block->log_x[i] = 0.0;
		block->log_y[i] = 0.0;
		if (numerator > 0.0)
		{
			block->log_x[i] = natural_log(numerator) -
				(alignment->kind == WEIGHTED_SHARES ? alignment->q_log_total : alignment->p_log_total);
			block->x[i] = block->x[i] > DBL_MIN ? block->x[i] : DBL_MIN;
		}
		if (alignment->kind == WEIGHTED_SHARES)
		{
			denominator = 1.0;
			if (p[i] + alignment->pseudocount > 0.0)
				block->weight[i] = block->weight[i] > DBL_MIN ? block->weight[i] : DBL_MIN;
		}
		else if (denominator > 0.0)
		{
			block->log_y[i] = natural_log(denominator) - alignment->q_log_total;
			block->y[i] = block->y[i] > DBL_MIN ? block->y[i] : DBL_MIN;
		}
		if (numerator > 0.0 && denominator > 0.0 &&
			(block->x[i] < EXACT_MASS || block->y[i] < EXACT_MASS))
			block->log_quotient[i] = block->log_x[i] - block->log_y[i];
	}
}

/* Empties the lanes behind the last bin */
static void
pad(size_t first, size_t end, Block *block)
{
	for (size_t i = first; i < end; i++)
	{
		block->weight[i] = 0.0;
		block->x[i] = 0.0;
		block->y[i] = 0.0;
		block->difference[i] = 0.0;
		block->log_quotient[i] = 0.0;
		block->log_x[i] = 0.0;
		block->log_y[i] = 0.0;
	}
}

void
VECTOR(align_block) (const Bins *bins, Block *block)
{
	const Alignment *alignment = bins->alignment;
	const double *p = bins->p;
	const double *q = bins->q;
	size_t		padded = whole_lanes(bins->count);

	if (alignment->kind == WEIGHTED_SHARES && alignment->extreme)
		align_weighted_shares(alignment, p, q, padded, block, true);
	else if (alignment->kind == WEIGHTED_SHARES)
		align_weighted_shares(alignment, p, q, padded, block, false);
	else if (alignment->refined)
		align_refined(alignment, p, q, padded, block);
	else if (alignment->extreme)
		align_pair(alignment, p, q, padded, block, true, true);
	else if (alignment->pseudocount > 0.0)
		align_pair(alignment, p, q, padded, block, true, false);
	else
		align_pair(alignment, p, q, padded, block, false, false);

	if (alignment->extreme)
		keep_logarithms(alignment, p, q, bins->count, block);
	if (alignment->fill > 0.0)
		fill_empty(alignment, bins->count, block);
	pad(bins->count, padded, block);
}
