/*-------------------------------------------------------------------------
 *
 * inputs_near.c
 *	  Families of pairs that are equal or nearly so, but for their totals.
 *
 * Each q follows from its p, except in bins that are singled out.
 *
 *-------------------------------------------------------------------------
 */
#include "inputs_families.h"

#include <math.h>

/* q is p with a small perturbation, and perhaps another total. */
static void
near_flat(InputSource *source, double *p, double *q)
{
	*p = unit(source);
	*q = perturbed(source, *p);
}

static void
near_sparse(InputSource *source, double *p, double *q)
{
	double		u = unit(source);

	*p = eighth_power(u);
	*q = perturbed(source, *p);
}

static void
near_skewed(InputSource *source, double *p, double *q)
{
	*p = skewed_weight(source);
	*q = perturbed(source, *p);
}

/* Equal, but for rare bins that have nothing to do with each other. */
static void
rare_bins(InputSource *source, double *p, double *q)
{
	double		u = unit(source);
	double		v = unit(source);
	int64_t		kind = below(source, 8);

	*p = 1.0 + u;
	*q = *p;
	if (kind == 0 || source->bin == 1)
	{
		*p = source->epsilon * u;
		*q = source->epsilon * v;
	}
}

/* Nearly equal, with bins that are 0 on both sides. */
static void
near_zeros(InputSource *source, double *p, double *q)
{
	int64_t		kind = below(source, 4);

	near_flat(source, p, q);
	if (kind == 0 && source->bin > 0)
	{
		*p = 0.0;
		*q = 0.0;
	}
}

/* Nearly equal, with bins that q lacks. */
static void
near_one_sided(InputSource *source, double *p, double *q)
{
	int64_t		kind = below(source, 4);

	near_flat(source, p, q);
	if (source->bin == 1 || (source->bin > 1 && kind == 0))
		*q = 0.0;
}

/* Denormals of 41 bits that differ in the last ten. */
static void
near_denormal(InputSource *source, double *p, double *q)
{
	int64_t		multiple = (INT64_C(1) << 40) + below(source, INT64_C(1) << 40);
	int64_t		shift = below(source, 2001) - 1000;

	*p = ldexp((double) multiple, -1074);
	*q = ldexp((double) (multiple + shift), -1074);
}

static void
near_extreme(InputSource *source, double *p, double *q)
{
	double		u = unit(source);

	*p = (source->bin % 2 == 0 ? 1e300 : 1e-300) * (1.0 + u);
	*q = perturbed(source, *p);
}

/* q is p times a small integer, give or take a few; all below 2^53. */
static void
near_counts(InputSource *source, double *p, double *q)
{
	int64_t		count = 1 + below(source, INT64_C(1000000000000000));
	int64_t		width = (int64_t) ((double) count * source->epsilon);
	int64_t		shift = below(source, 2 * width + 1) - width;

	*p = (double) count;
	*q = (double) ((int64_t) source->factor * count + shift);
}

/* Proportional but for 1 more in the last bin. */
static void
one_more_count(InputSource *source, double *p, double *q)
{
	int64_t		count = 1 + below(source, INT64_C(1000000000000000));

	*p = (double) count;
	*q = (double) (3 * count + (source->bin + 1 == source->bins ? 1 : 0));
}

/* q = 3 p; the totals are below 2^53 up to a million bins. */
static void
proportional(InputSource *source, double *p, double *q)
{
	int64_t		count = 1 + below(source, INT64_C(1000000000));

	*p = (double) count;
	*q = (double) (3 * count);
}

/* q = 3 p; the weights are below 2^53, the totals need not be. */
static void
proportional_large(InputSource *source, double *p, double *q)
{
	int64_t		count = 1 + below(source, INT64_C(1000000000000000));

	*p = (double) count;
	*q = (double) (3 * count);
}

static void
doubled(InputSource *source, double *p, double *q)
{
	*p = unit(source);
	*q = 2.0 * *p;
}

/* Proportional, 270 decimal orders apart. */
static void
shifted(InputSource *source, double *p, double *q)
{
	double		u = unit(source);

	*p = 1.0 + u;
	*q = ldexp(*p, -900);
}

static void
equal(InputSource *source, double *p, double *q)
{
	*p = skewed_weight(source);
	*q = *p;
}

/* Equal but for the last bit of one weight. */
static void
one_ulp(InputSource *source, double *p, double *q)
{
	double		u = unit(source);

	*p = 1.0 + u;
	*q = *p;
	if (source->bin == source->bins / 2)
		*q = *p + ldexp(1.0, -52);
}

const InputFamily near_families[] = {
	{"near-1e-2", near_flat, 1e-2, 1, 1},
	{"near-1e-4", near_flat, 1e-4, 1, 1},
	{"near-1e-6", near_flat, 1e-6, 1, 1},
	{"near-1e-8", near_flat, 1e-8, 1, 1},
	{"near-1e-10", near_flat, 1e-10, 1, 1},
	{"near-1e-12", near_flat, 1e-12, 1, 1},
	{"near-1e-2-by-3.7", near_flat, 1e-2, 3.7, 1},
	{"near-1e-6-by-0.1", near_flat, 1e-6, 0.1, 1},
	{"near-1e-8-by-3.7", near_flat, 1e-8, 3.7, 1},
	{"near-1e-12-by-0.1", near_flat, 1e-12, 0.1, 1},
	{"near-0-by-0.1", near_flat, 0, 0.1, 1},
	{"near-0-by-3.7", near_flat, 0, 3.7, 1},
	{"near-1e-6-by-1.001", near_flat, 1e-6, 1.001, 1},
	{"near-1e-6-by-1.0000001", near_flat, 1e-6, 1.0000001, 1},
	{"near-1e-10-by-1.0000000001", near_flat, 1e-10, 1.0000000001, 1},
	{"near-1e-6-by-1e200", near_flat, 1e-6, 1e200, 1},
	{"near-sparse", near_sparse, 1e-6, 1, 1},
	{"near-skewed", near_skewed, 1e-6, 1, 1},
	{"near-extreme", near_extreme, 1e-6, 1, 1},
	{"near-denormal", near_denormal, 0, 1, 1},
	{"near-zeros", near_zeros, 1e-6, 1, 1},
	{"near-zeros-by-3.7", near_zeros, 1e-10, 3.7, 1},
	{"near-one-sided", near_one_sided, 1e-6, 1, 2},
	{"near-counts-1e-6-by-3", near_counts, 1e-6, 3, 1},
	{"near-counts-1e-12-by-7", near_counts, 1e-12, 7, 1},
	{"one-more-count", one_more_count, 0, 1, 2},
	{"one-ulp", one_ulp, 0, 1, 2},
	{"rare-bins-1e-6", rare_bins, 1e-6, 1, 1},
	{"rare-bins-1e-12", rare_bins, 1e-12, 1, 1},
	{"proportional", proportional, 0, 1, 1},
	{"proportional-large", proportional_large, 0, 1, 1},
	{"doubled", doubled, 0, 1, 1},
	{"shifted", shifted, 0, 1, 1},
	{"equal", equal, 0, 1, 1},
	{NULL, NULL, 0, 0, 0}
};
