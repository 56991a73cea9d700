/*-------------------------------------------------------------------------
 *
 * inputs.c
 *	  Deterministic weights for the unit tests of the kernels.
 *
 * make_reference.py repeats every function of this file under the same name.
 * Change both, and regenerate reference.txt; its checksums tell when the two
 * have drifted apart.  Draws from the generator stand in statements of their
 * own, because C does not say in which order operands are evaluated.
 *
 *-------------------------------------------------------------------------
 */
#include "inputs.h"

#include <math.h>
#include <string.h>

/* Where we are, and what the family's row in the table says. */
typedef struct InputSource
{
	uint64_t	state;			/* of splitmix64 */
	size_t		bin;
	size_t		bins;
	double		epsilon;		/* relative perturbation of q */
	double		factor;			/* between the totals of p and q */
} InputSource;

typedef void (*BinMaker) (InputSource *source, double *p, double *q);

typedef struct InputFamily
{
	const char *name;
	BinMaker	make_bin;
	double		epsilon;
	double		factor;
	size_t		least_bins;
} InputFamily;

/*
 * splitmix64: Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014.
 */
static uint64_t
next(InputSource *source)
{
	uint64_t	z;

	source->state += UINT64_C(0x9E3779B97F4A7C15);
	z = source->state;
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

/* A multiple of 2^-53 in (0, 1]: never 0, so that zeros are deliberate. */
static double
unit(InputSource *source)
{
	int64_t		mantissa = (int64_t) (next(source) >> 11) + 1;

	return ldexp((double) mantissa, -53);
}

/* An integer from 0 to limit - 1; the bias of the modulo does not matter. */
static int64_t
below(InputSource *source, int64_t limit)
{
	return (int64_t) (next(source) % (uint64_t) limit);
}

/* value times 1 +- epsilon / 2, times the factor between the totals. */
static double
perturbed(InputSource *source, double value)
{
	double		u = unit(source);

	return value * (1.0 + source->epsilon * (u - 0.5)) * source->factor;
}

static double
eighth_power(double u)
{
	u = u * u;
	u = u * u;
	return u * u;
}

/* 2^-996 to 2, that is 1e-300 to 2, evenly by exponent. */
static double
skewed_weight(InputSource *source)
{
	double		u = unit(source);
	int64_t		exponent = below(source, 997);

	return ldexp(1.0 + u, -(int) exponent);
}

/* 1 to 1000 times the smallest denormal. */
static double
denormal_weight(InputSource *source)
{
	int64_t		multiple = 1 + below(source, 1000);

	return ldexp((double) multiple, -1074);
}

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

static void
denormal(InputSource *source, double *p, double *q)
{
	*p = denormal_weight(source);
	*q = denormal_weight(source);
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

static void
near_extreme(InputSource *source, double *p, double *q)
{
	double		u = unit(source);

	*p = (source->bin % 2 == 0 ? 1e300 : 1e-300) * (1.0 + u);
	*q = perturbed(source, *p);
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

static const InputFamily families[] = {
	{"flat", flat, 0, 1, 1},
	{"sparse", sparse, 0, 1, 1},
	{"mild", mild, 0, 1, 1},
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
	{"proportional", proportional, 0, 1, 1},
	{"proportional-large", proportional_large, 0, 1, 1},
	{"doubled", doubled, 0, 1, 1},
	{"shifted", shifted, 0, 1, 1},
	{"equal", equal, 0, 1, 1},
	{"steep", steep, 0, 1, 2},
};

bool
make_inputs(const char *family, size_t n, uint64_t seed, double *p, double *q)
{
	const size_t count = sizeof(families) / sizeof(families[0]);
	const InputFamily *row = NULL;
	InputSource source;

	for (size_t i = 0; i < count; i++)
	{
		if (strcmp(families[i].name, family) == 0)
			row = &families[i];
	}
	if (row == NULL || n < row->least_bins)
		return false;

	source.state = seed;
	source.bins = n;
	source.epsilon = row->epsilon;
	source.factor = row->factor;
	for (source.bin = 0; source.bin < n; source.bin++)
		row->make_bin(&source, &p[source.bin], &q[source.bin]);
	return true;
}

static uint64_t
checksum_weights(uint64_t hash, const double *weights, size_t n)
{
	for (size_t i = 0; i < n; i++)
	{
		uint64_t	bits;

		memcpy(&bits, &weights[i], sizeof(bits));
		for (int shift = 0; shift < 64; shift += 8)
		{
			hash ^= (bits >> shift) & 0xFF;
			hash *= UINT64_C(0x100000001B3);
		}
	}
	return hash;
}

uint64_t
checksum_inputs(const double *p, const double *q, size_t n)
{
	uint64_t	hash = UINT64_C(0xCBF29CE484222325);

	hash = checksum_weights(hash, p, n);
	return checksum_weights(hash, q, n);
}
