/*-------------------------------------------------------------------------
 *
 * scaling.h
 *	  From a weight to a mass: the step that align.c and sums.c share.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_SCALING_H
#define KLDIV_SCALING_H

#include <stdbool.h>

#include "math/arithmetic.h"

/* Weights are scaled so that their total lies in [2^MASS_EXPONENT-2, 2^MASS_EXPONENT): denormal ones become normal numbers */
#define MASS_EXPONENT 600
/* 2^MASS_EXPONENT, the inverse of it, and the root of that */
#define FULL_MASS 0x1p600
#define MASS_UNIT (1.0 / FULL_MASS)
#define ROOT_OF_UNIT 0x1p-300
/* Below this a scaled mass, or its difference from another one, may have lost bits: a share of 2^-1500 */
#define EXACT_MASS 0x1p-900

/* The mass of a weight, rounded, and what rounding took away */
typedef struct Scaled
{
	double		mass;
	double		error;			/* exact mass - mass, to 53 bits */
} Scaled;

/* scale times weight, with the error of the rounded product */
ALWAYS_INLINE Scaled
scale_plain_weight(double weight, double scale, double scale_high)
{
	Scaled		scaled;

	scaled.mass = weight * scale;
	scaled.error = product_error(weight, scale, scale_high, scale - scale_high, scaled.mass);
	return scaled;
}

/* Scales a weight with a pseudocount, an exact scale and a unit, if they are wanted */
ALWAYS_INLINE Scaled
scale_weight(double weight, DoubleDouble scale, double scale_high, double unit,
			 double pseudocount, bool smoothed, bool extreme)
{
	double		tail = 0.0;
	Scaled		scaled;

	if (smoothed)
		weight = two_sum(weight, pseudocount, &tail);
	if (extreme)
	{
		weight *= unit;
		tail *= unit;
	}
	scaled = scale_plain_weight(weight, scale.hi, scale_high);
	if (smoothed)
		scaled.error += weight * scale.lo + tail * scale.hi;
	else
		scaled.error += weight * scale.lo;
	return scaled;
}

/* x - y to about 100 bits */
ALWAYS_INLINE double
mass_difference(Scaled x, Scaled y)
{
	return (x.mass - y.mass) + (x.error - y.error);
}

#endif							/* KLDIV_SCALING_H */
