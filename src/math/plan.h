/*-------------------------------------------------------------------------
 *
 * plan.h
 *	  What is known of a measure, and how a pair is to be summed for it.
 *
 * measure.c has the table and makes the plans, values.c carries them out.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_PLAN_H
#define KLDIV_PLAN_H

#include "math/pair/finish.h"
#include "math/measure.h"
#include "math/pair/vector.h"

/* The base of natural logarithms as a float8; as a parameter it means nats, exactly */
#define EULER 2.718281828459045

/* What the two sides of a pair are */
typedef enum Sides
{
	OBSERVED_AND_REFERENCE,		/* p and q */
	WEIGHTS_AND_SURPRISAL		/* logarithms of q's own shares (p's, if there is no q), weighted with p */
} Sides;

/* What the logarithmic value becomes at the end */
typedef enum Transformation
{
	AS_IT_IS,
	SQUARE_ROOT,
	EXPONENTIAL
} Transformation;

struct Measure
{
	const char *name;
	unsigned	takes;
	Sides		sides;
	Kernel		kernel;
	Finish		finish;
	Transformation transformation;
	RowFamily	rows;
	FastForm	many;			/* of many distributions, compared at once */
};

/* How a pair is to be summed: the measure's own way, or the one that an order asks for */
typedef struct Plan
{
	Kernel		kernel;
	Finish		finish;
	bool		swapped;		/* x is q's mass and y p's */
	double		order_less_one; /* of the value */
	double		kernel_order_less_one;
} Plan;

/* The plan of any measure; the order is ignored by those that take none */
extern Plan plan_of(const Measure *measure, double order);

#endif							/* KLDIV_PLAN_H */
