/*-------------------------------------------------------------------------
 *
 * inputs_ordinary.c
 *	  Families of pairs that are not near each other.
 *
 * From uniform weights over zeros and counts to the ends of float8.
 *
 *-------------------------------------------------------------------------
 */
#include "inputs_families.h"

#include <math.h>

/* Independent uniform weights. */
static void
flat(InputSource *source, double *p, double *q)
{
	*p = unit(source);
	*q = unit(source);
}

/* Few bins hold nearly everything, as a Dirichlet draw of small parameter. */
static void
sparse(InputSource *source, double *p, double *q)
{
	double		u = unit(source);
	double		v = unit(source);

	*p = eighth_power(u);
	*q = eighth_power(v);
}

/* All shares within a factor of two. */
static void
mild(InputSource *source, double *p, double *q)
{
	double		u = unit(source);
	double		v = unit(source);

	*p = 1.0 + u;
	*q = 1.0 + v;
}

/* p is 0 in some bins and both are in others; KL stays finite. */
static void
zeros(InputSource *source, double *p, double *q)
{
	int64_t		kind = below(source, 8);

	*p = unit(source);
	*q = unit(source);
	if (source->bin == 0)
		return;
	if (kind <= 2)
		*p = 0.0;
	if (kind == 0)
		*q = 0.0;
}

/* Each side has bins that the other lacks; KL is infinite. */
static void
one_sided(InputSource *source, double *p, double *q)
{
	int64_t		kind = below(source, 8);

	*p = unit(source);
	*q = unit(source);
	if (source->bin == 0)
		return;
	if (kind <= 1 || source->bin == 1)
		*q = 0.0;
	else if (kind == 2)
		*p = 0.0;
}

static void
denormal(InputSource *source, double *p, double *q)
{
	*p = denormal_weight(source);
	*q = denormal_weight(source);
}

/* Denormals beside ordinary weights, on each side on its own. */
static void
mixed_denormal(InputSource *source, double *p, double *q)
{
	int64_t		kind = below(source, 4);
	double		u = unit(source);
	double		v = unit(source);

	*p = denormal_weight(source);
	*q = denormal_weight(source);
	if (kind & 1)
		*p = 1.0 + u;
	if (kind & 2)
		*q = 1.0 + v;
}

static void
skewed(InputSource *source, double *p, double *q)
{
	*p = skewed_weight(source);
	*q = skewed_weight(source);
}

/* 1e300 and 1e-300 side by side. */
static void
extreme(InputSource *source, double *p, double *q)
{
	int64_t		kind = below(source, 4);
	double		u = unit(source);
	double		v = unit(source);

	*p = ((kind & 1) ? 1e300 : 1e-300) * (1.0 + u);
	*q = ((kind & 2) ? 1e300 : 1e-300) * (1.0 + v);
}

/* The ends of float8 side by side; the totals stay below 1.5e308. */
static void
limits(InputSource *source, double *p, double *q)
{
	double		u = unit(source);
	double		v = unit(source);

	*p = denormal_weight(source);
	*q = denormal_weight(source);
	if (source->bin < 3)
	{
		*p = 5e307 * u;
		*q = 5e307 * v;
	}
}

/* Each side has 1e308 where the other has 5e-324. */
static void
crossed_limits(InputSource *source, double *p, double *q)
{
	*p = denormal_weight(source);
	*q = denormal_weight(source);
	if (source->bin == 0)
	{
		*p = 1e308;
		*q = ldexp(1.0, -1074);
	}
	else if (source->bin == 1)
	{
		*p = ldexp(1.0, -1074);
		*q = 1e308;
	}
}

/* Large integers, of totals that differ a thousandfold. */
static void
counts(InputSource *source, double *p, double *q)
{
	*p = (double) (1 + below(source, INT64_C(1000000000000000)));
	*q = (double) (1 + below(source, INT64_C(1000000000000)));
}

/* What a histogram of a small sample looks like; p has zeros. */
static void
small_counts(InputSource *source, double *p, double *q)
{
	*p = (double) below(source, 20);
	*q = (double) (1 + below(source, 20));
	if (source->bin == 0)
		*p = 20.0;
}

/* p has one bin, q is spread. */
static void
point_mass(InputSource *source, double *p, double *q)
{
	*p = source->bin == source->bins / 2 ? 1.0 : 0.0;
	*q = unit(source);
}

/* q has one bin, p is spread. */
static void
point_mass_q(InputSource *source, double *p, double *q)
{
	*p = unit(source);
	*q = source->bin == source->bins / 2 ? 1.0 : 0.0;
}

/* Both have one bin, the same. */
static void
point_mass_both(InputSource *source, double *p, double *q)
{
	double		u = unit(source);
	double		v = unit(source);

	*p = source->bin == source->bins / 2 ? u : 0.0;
	*q = source->bin == source->bins / 2 ? v : 0.0;
}

static void
disjoint(InputSource *source, double *p, double *q)
{
	double		u = unit(source);

	*p = source->bin % 2 == 0 ? u : 0.0;
	*q = source->bin % 2 == 0 ? 0.0 : u;
}

/* One bin has nearly everything; the others hold about epsilon of it. */
static void
near_degenerate(InputSource *source, double *p, double *q)
{
	double		u = unit(source);
	double		v = unit(source);
	double		scale = source->bin == source->bins / 2 ? 1e15 : source->epsilon;

	*p = scale * (1.0 + u);
	*q = scale * (1.0 + v);
}

/* Ratios of shares up to 1e200 and down to 1e-200. */
static void
far_apart(InputSource *source, double *p, double *q)
{
	double		u = unit(source);
	int64_t		p_exponent = below(source, 665) - 332;
	double		v = unit(source);
	int64_t		q_exponent = below(source, 665) - 332;

	*p = ldexp(1.0 + u, (int) p_exponent);
	*q = ldexp(1.0 + v, (int) q_exponent);
}

/* 1 beside weights between 2^-59 and 2. */
static void
steep(InputSource *source, double *p, double *q)
{
	double		u = unit(source);
	int64_t		p_exponent = below(source, 60);
	double		v = unit(source);
	int64_t		q_exponent = below(source, 60);

	*p = source->bin == 0 ? 1.0 : ldexp(1.0 + u, -(int) p_exponent);
	*q = source->bin == 0 ? 1.0 : ldexp(1.0 + v, -(int) q_exponent);
}

const InputFamily ordinary_families[] = {
	{"flat", flat, 0, 1, 1},
	{"sparse", sparse, 0, 1, 1},
	{"mild", mild, 0, 1, 1},
	{"zeros", zeros, 0, 1, 1},
	{"one-sided", one_sided, 0, 1, 2},
	{"disjoint", disjoint, 0, 1, 2},
	{"point-mass", point_mass, 0, 1, 1},
	{"point-mass-q", point_mass_q, 0, 1, 1},
	{"point-mass-both", point_mass_both, 0, 1, 1},
	{"near-degenerate-1", near_degenerate, 1, 1, 2},
	{"near-degenerate-1e-15", near_degenerate, 1e-15, 1, 2},
	{"denormal", denormal, 0, 1, 1},
	{"mixed-denormal", mixed_denormal, 0, 1, 1},
	{"skewed", skewed, 0, 1, 1},
	{"extreme", extreme, 0, 1, 1},
	{"limits", limits, 0, 1, 1},
	{"crossed-limits", crossed_limits, 0, 1, 2},
	{"far-apart", far_apart, 0, 1, 1},
	{"counts", counts, 0, 1, 1},
	{"small-counts", small_counts, 0, 1, 1},
	{"steep", steep, 0, 1, 2},
	{NULL, NULL, 0, 0, 0}
};
