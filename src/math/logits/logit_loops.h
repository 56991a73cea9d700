/*-------------------------------------------------------------------------
 *
 * logit_loops.h
 *	  What the loops over logits are told, and what they find.
 *
 * A logit z has the weight e^((z - m)/T), where m is the largest one and T the
 * temperature.  -Infinity is a weight of 0.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_LOGIT_LOOPS_H
#define KLDIV_LOGIT_LOOPS_H

#include <stdbool.h>
#include <stddef.h>

#include "math/arithmetic.h"

/* Logits are scaled to no more than 2^LARGEST_LOGIT_EXPONENT; a weight of 0 is this logit then */
#define LARGEST_LOGIT_EXPONENT 1000
#define NO_LOGIT (-0x1p1010)

/* Exponentials of this, and its product with e^-this, need no care */
#define LEAST_ORDINARY_EXPONENT (-700.0)

/* What logits there are */
typedef struct LogitRange
{
	double		largest;
	double		least;			/* of those that are finite; Infinity if there is none */
	bool		wrong;			/* NaN or Infinity is among them, */
	bool		has_none;		/* or -Infinity is */
} LogitRange;

/* The power of two that logits and temperature are multiplied with, and the temperature then */
typedef struct LogitScale
{
	double		power;
	double		temperature;
	double		temperature_high;	/* its upper half */
	double		inverse;		/* of the temperature */
} LogitScale;

/* One side; the largest logit is scaled */
typedef struct LogitSide
{
	LogitScale	scale;
	double		largest;
	double		weight_power;	/* of two, which brings the total of the weights near 1 */
} LogitSide;

/*
 * Two sides.  What is taken from q's logits may have digits beyond double
 * precision: then it is not the largest of them, but near.
 */
typedef struct LogitPair
{
	LogitScale	scale;
	double		p_largest;
	DoubleDouble q_largest;
	DoubleDouble offset;		/* p_largest - q_largest */
	bool		ordinary;		/* no exponent is below LEAST_ORDINARY_EXPONENT, and q_largest is the largest */
} LogitPair;

/* Sums over a pair: phi(x, y), x, y and x - y, where x and y are the weights */
enum
{
	PAIR_PHI,
	PAIR_X,
	PAIR_Y,
	PAIR_DIFFERENCE
};

/*
 * Sums over one side: the weights of all but the largest logits, the number of
 * these, and m - z in units of T, weighted with their own weights or with those
 * that are given.
 */
enum
{
	SIDE_REST,
	SIDE_LARGEST,
	SIDE_DISTANCE
};

/* Blocks of at most BLOCK_SIZE logits; PAIR_PHI or SIDE_DISTANCE is infinite where a weight meets -Infinity */
typedef struct LogitFunctions
{
	LogitRange	(*range) (const double *logits, size_t count);
	void		(*sum_pair) (const double *p, const double *q, size_t count, const LogitPair *pair, double *slots);
	void		(*sum) (const double *logits, const double *weights, size_t count, const LogitSide *side, double *slots);
} LogitFunctions;

#endif							/* KLDIV_LOGIT_LOOPS_H */
