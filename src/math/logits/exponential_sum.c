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
	return (ExponentialSum) {-INFINITY, 0.0, 0.0};
}

static void
add_to_sum(ExponentialSum *sum, double value, double value_low)
{
	DoubleDouble total = dd_add((DoubleDouble) {sum->sum, sum->sum_low}, (DoubleDouble) {value, value_low});

	sum->sum = total.hi;
	sum->sum_low = total.lo;
}

static void
move_origin(ExponentialSum *sum, double origin)
{
	double		factor = sum->origin < -DBL_MAX ? 0.0 : exponential_from(origin, sum->origin);

	sum->origin = origin;
	sum->sum *= factor;
	sum->sum_low *= factor;
}

void
add_exponential(ExponentialSum *sum, double logit)
{
	if (logit < -DBL_MAX)
		return;
	if (!(logit - sum->origin <= FARTHEST))
		move_origin(sum, logit);
	add_to_sum(sum, exponential_from(sum->origin, logit), 0.0);
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
	add_to_sum(sum, other->sum * factor, other->sum_low * factor);
}

double
log_of_exponentials(const ExponentialSum *sum)
{
	if (sum->origin < -DBL_MAX)
		return -INFINITY;
	return sum->origin + (natural_log(sum->sum) + sum->sum_low / sum->sum);
}
