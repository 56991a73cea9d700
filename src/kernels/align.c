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
#include "elementary.h"
#include "vector.h"

/* A weight in parts: value + tail, where the tail comes from adding the pseudocount */
typedef struct Scaled
{
	double		mass;
	double		error;			/* exact mass - mass, to 53 bits */
} Scaled;

/* scale times (weight + pseudocount), with the error of the rounded product */
ALWAYS_INLINE Scaled
scale_weight(double weight, DoubleDouble scale, double scale_high, double unit,
			 double pseudocount, bool smoothed, bool wide)
{
	double		tail = 0.0;
	Scaled		scaled;

	if (smoothed)
		weight = two_sum(weight, pseudocount, &tail);
	if (wide)
	{
		weight *= unit;
		tail *= unit;
	}
	scaled.mass = weight * scale.hi;
	scaled.error = product_error(weight, scale.hi, scale_high, scale.hi - scale_high, scaled.mass) +
		weight * scale.lo;
	if (smoothed)
		scaled.error += tail * scale.hi;
	return scaled;
}

ALWAYS_INLINE void
align_pair(const Alignment *alignment, const double *p, const double *q,
		   Block *block, bool smoothed, bool wide)
{
	const DoubleDouble p_scale = alignment->p_scale;
	const DoubleDouble q_scale = alignment->q_scale;
	const double p_high = split_nearest(p_scale.hi);
	const double q_high = split_nearest(q_scale.hi);
	const double pseudocount = alignment->pseudocount;
	const double p_unit = alignment->p_unit;
	const double q_unit = alignment->q_unit;
	const size_t count = block->count;
	double	   *restrict x_out = block->x;
	double	   *restrict y_out = block->y;
	double	   *restrict difference = block->difference;

	for (size_t i = 0; i < count; i += LANES)
	{
#pragma omp simd
		for (int j = 0; j < LANES; j++)
		{
			Scaled		x = scale_weight(p[i + j], p_scale, p_high, p_unit, pseudocount, smoothed, wide);
			Scaled		y = scale_weight(q[i + j], q_scale, q_high, q_unit, pseudocount, smoothed, wide);

			x_out[i + j] = x.mass;
			y_out[i + j] = y.mass;
			difference[i + j] = (x.mass - y.mass) + (x.error - y.error);
		}
	}
}

/*
 * Differences of distributions so near that the totals' 106 bits are too few.
 * The scales are the weights of one bin, so that x - y is exactly 0 where the
 * weights are in the proportion of that bin's.  What the masses then differ by
 * in total is taken from each bin by its share.
 */
static void
align_refined(const Alignment *alignment, const double *p, const double *q, Block *block)
{
	const double p_high = split_nearest(alignment->p_scale.hi);
	const double q_high = split_nearest(alignment->q_scale.hi);
	const DoubleDouble excess = alignment->excess;

	for (size_t i = 0; i < block->count; i++)
	{
		Scaled		x = scale_weight(p[i], alignment->p_scale, p_high, alignment->p_unit,
									 alignment->pseudocount, true, true);
		Scaled		y = scale_weight(q[i], alignment->q_scale, q_high, alignment->q_unit,
									 alignment->pseudocount, true, true);
		DoubleDouble exact_x = {x.mass, x.error};
		DoubleDouble minus_y = {-y.mass, -y.error};
		DoubleDouble minus_excess;

		minus_excess.hi = -two_product(x.mass, excess.hi, &minus_excess.lo);
		minus_excess.lo = -(minus_excess.lo + (x.mass * excess.lo + x.error * excess.hi));
		block->x[i] = x.mass;
		block->y[i] = y.mass;
		block->difference[i] = dd_add(dd_add(exact_x, minus_y), minus_excess).hi;
	}
}

/*
 * The reference's shares beside 1: x is a share of q scaled by a power of two
 * alone, y the whole mass, and the weight a share of p.
 */
ALWAYS_INLINE void
align_complement(const Alignment *alignment, const double *p, const double *q,
				 Block *block, bool wide)
{
	const double p_scale = alignment->p_scale.hi;
	const double q_scale = alignment->q_scale.hi;
	const double p_unit = alignment->p_unit;
	const double q_unit = alignment->q_unit;
	const double pseudocount = alignment->pseudocount;
	const DoubleDouble mass = alignment->mass;
	const size_t count = block->count;
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

			if (wide)
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

/* Gives empty bins the mass that the caller asked for; nothing is renormalised */
static void
fill_empty(double fill, Block *block)
{
	for (size_t i = 0; i < block->count; i++)
	{
		double		x = block->x[i] == 0.0 ? fill : block->x[i];
		double		y = block->y[i] == 0.0 ? fill : block->y[i];

		if (x != block->x[i] || y != block->y[i])
			block->difference[i] = x - y;
		block->x[i] = x;
		block->y[i] = y;
	}
}

/*
 * Marks the pairs in which a mass lost bits in scaling, and keeps a positive
 * mass positive.  Such shares are below 2^-1500: they matter only through
 * their logarithm.
 */
static void
mark_far(const Alignment *alignment, const double *p, const double *q, size_t count, Block *block)
{
	for (size_t i = 0; i < count; i++)
	{
		double		numerator = (alignment->complement ? q[i] : p[i]) + alignment->pseudocount;
		double		denominator = q[i] + alignment->pseudocount;
		double		log_denominator = 0.0;

		block->far[i] = 0.0;
		block->log_x[i] = 0.0;
		if (numerator > 0.0)
		{
			block->log_x[i] = natural_log(numerator) -
				(alignment->complement ? alignment->q_log_total : alignment->p_log_total);
			block->x[i] = block->x[i] > DBL_MIN ? block->x[i] : DBL_MIN;
		}
		if (alignment->complement)
			denominator = 1.0;
		else if (denominator > 0.0)
		{
			log_denominator = natural_log(denominator) - alignment->q_log_total;
			block->y[i] = block->y[i] > DBL_MIN ? block->y[i] : DBL_MIN;
		}
		if (numerator > 0.0 && denominator > 0.0 &&
			(block->x[i] < EXACT_MASS || block->y[i] < EXACT_MASS))
			block->far[i] = block->log_x[i] - log_denominator;
	}
}

/* Empties the lanes behind the last bin */
static void
pad(size_t count, Block *block)
{
	for (size_t i = count; i < block->count; i++)
	{
		block->weight[i] = 0.0;
		block->x[i] = 0.0;
		block->y[i] = 0.0;
		block->difference[i] = 0.0;
		block->far[i] = 0.0;
		block->log_x[i] = 0.0;
	}
}

void
VECTOR(align_block) (const Alignment *alignment, const double *p, const double *q,
					 size_t count, Block *block)
{
	bool		smoothed = alignment->pseudocount > 0.0;

	block->wide = alignment->wide;
	block->mass = alignment->mass.hi;
	if (alignment->complement && alignment->wide)
		align_complement(alignment, p, q, block, true);
	else if (alignment->complement)
		align_complement(alignment, p, q, block, false);
	else if (alignment->refined)
		align_refined(alignment, p, q, block);
	else if (alignment->wide)
		align_pair(alignment, p, q, block, true, true);
	else if (smoothed)
		align_pair(alignment, p, q, block, true, false);
	else
		align_pair(alignment, p, q, block, false, false);

	if (alignment->wide)
		mark_far(alignment, p, q, count, block);
	if (alignment->fill > 0.0)
		fill_empty(alignment->fill, block);
	pad(count, block);
}
