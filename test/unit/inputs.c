/*-------------------------------------------------------------------------
 *
 * inputs.c
 *	  Deterministic weights for the unit tests of the kernels.
 *
 * inputs.py repeats every function of inputs*.c under the same name.  Change
 * both, and regenerate exact_values.txt; its checksums tell when the two have
 * drifted apart.  Draws from the generator stand in statements of their own,
 * because C does not say in which order operands are evaluated.
 *
 *-------------------------------------------------------------------------
 */
#include "inputs.h"

#include <math.h>
#include <string.h>

#include "inputs_families.h"

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
double
unit(InputSource *source)
{
	int64_t		mantissa = (int64_t) (next(source) >> 11) + 1;

	return ldexp((double) mantissa, -53);
}

/* An integer from 0 to limit - 1; the bias of the modulo does not matter. */
int64_t
below(InputSource *source, int64_t limit)
{
	return (int64_t) (next(source) % (uint64_t) limit);
}

/* value times 1 +- epsilon / 2, times the factor between the totals. */
double
perturbed(InputSource *source, double value)
{
	double		u = unit(source);

	return value * (1.0 + source->epsilon * (u - 0.5)) * source->factor;
}

double
eighth_power(double u)
{
	u = u * u;
	u = u * u;
	return u * u;
}

/* 2^-996 to 2, that is 1e-300 to 2, evenly by exponent. */
double
skewed_weight(InputSource *source)
{
	double		u = unit(source);
	int64_t		exponent = below(source, 997);

	return ldexp(1.0 + u, -(int) exponent);
}

/* 1 to 1000 times the smallest denormal. */
double
denormal_weight(InputSource *source)
{
	int64_t		multiple = 1 + below(source, 1000);

	return ldexp((double) multiple, -1074);
}

static const InputFamily *
find_family(const char *name)
{
	const InputFamily *const tables[] = {ordinary_families, near_families};

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
	{
		for (const InputFamily *row = tables[i]; row->name != NULL; row++)
		{
			if (strcmp(row->name, name) == 0)
				return row;
		}
	}
	return NULL;
}

bool
make_inputs(const char *family, size_t n, uint64_t seed, double *p, double *q)
{
	const InputFamily *row = find_family(family);
	InputSource source;

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
