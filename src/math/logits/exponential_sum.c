/*-------------------------------------------------------------------------
 *
 * exponential_sum.c
 *	  Sums of exponentials to which numbers are added one by one.
 *
 *-------------------------------------------------------------------------
 */
#include "math/logits/logits.h"

#include <math.h>

#include "math/elementary.h"

/*
 * The origin moves only if a number is so far above it, which then is at least
 * as large a part of the sum as what has been added before: to move it for each
 * number that is larger would add up what each step is rounded by.
 */
#define FARTHEST 300.0

/* Exponentials of less are 0 beside what is there */
#define LEAST_EXPONENT (-700.0)

/* e^(logit - origin); the difference is not rounded before */
static double
exponential_from(double origin, double logit)
{
	double		error;
	double		difference = two_sum(logit, -origin, &error);
	Exponential e;

	if (!(difference > LEAST_EXPONENT))
		return 0.0;
	e = reduce_exponential(difference);
	return e.scale * (1.0 + (e.r + e.second)) * (1.0 + error);
}

ExponentialSum
no_exponentials(void)
{
	return (ExponentialSum) {-INFINITY, {0.0, 0.0}};
}

static void
move_origin(ExponentialSum *sum, double origin)
{
	double		factor = sum->origin < -DBL_MAX ? 0.0 : exponential_from(origin, sum->origin);

	sum->origin = origin;
	sum->sum.hi *= factor;
	sum->sum.lo *= factor;
}

void
add_exponential(ExponentialSum *sum, double logit)
{
	if (logit < -DBL_MAX)
		return;
	if (!(logit - sum->origin <= FARTHEST))
		move_origin(sum, logit);
	sum->sum = dd_add_double(sum->sum, exponential_from(sum->origin, logit));
}

void
add_exponential_sum(ExponentialSum *sum, const ExponentialSum *other)
{
	double		factor;

	if (other->origin < -DBL_MAX)
		return;
	if (!(sum->origin >= other->origin))
	{
		ExponentialSum smaller = *sum;

		*sum = *other;
		add_exponential_sum(sum, &smaller);
		return;
	}
	factor = exponential_from(sum->origin, other->origin);
	sum->sum = dd_add(sum->sum, (DoubleDouble) {other->sum.hi * factor, other->sum.lo * factor});
}

double
log_of_exponentials(const ExponentialSum *sum)
{
	if (sum->origin < -DBL_MAX)
		return -INFINITY;
	return sum->origin + (natural_log(sum->sum.hi) + sum->sum.lo / sum->sum.hi);
}
