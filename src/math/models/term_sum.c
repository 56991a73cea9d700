/*-------------------------------------------------------------------------
 *
 * term_sum.c
 *	  Sums of terms of any size: of dimensions, of tokens.
 *
 * They are added up in double-double, so that a million of them lose nothing.
 * Terms near the largest number are added up beside the others, so that their
 * mean is finite where they are; and so are squares that would be no numbers:
 * J. L. Blue, A portable Fortran program to find the Euclidean norm of a vector,
 * ACM Transactions on Mathematical Software 4 (1978).
 *
 *-------------------------------------------------------------------------
 */
#include "math/models/term_sum.h"

#include "math/arithmetic.h"

/* From here on, a million terms might be more than the largest number; they count by this unit */
#define HUGE_TERM 0x1p900
#define HUGE_UNIT 0x1p-64

/* Squares outside of these roots' are not to be trusted; there, roots count by these units */
#define SMALL_ROOT 0x1p-400
#define SMALL_UNIT 0x1p-600
#define LARGE_ROOT 0x1p400
#define LARGE_UNIT 0x1p600

static void
add_long(LongSum *sum, double term)
{
	DoubleDouble next = dd_add_double((DoubleDouble) {sum->high, sum->low}, term);

	*sum = (LongSum) {next.hi, next.lo};
}

void
add_term(TermSum *sum, double term)
{
	if (fabs(term) < HUGE_TERM)
		add_long(&sum->ordinary, term);
	else if (fabs(term) <= DBL_MAX)
	{
		sum->has_huge = true;
		add_long(&sum->huge, term * HUGE_UNIT);
	}
	else if (term < 0.0)
		sum->minus_infinite = true;
	else
		sum->infinite = true;
}

double
sum_over(const TermSum *sum, double n)
{
	if (sum->infinite)
		return INFINITY;
	if (sum->minus_infinite)
		return -INFINITY;
	if (!sum->has_huge)
		return sum->ordinary.high / n;
	return (sum->huge.high + sum->ordinary.high * HUGE_UNIT) / n / HUGE_UNIT;
}

void
add_square(SquareSum *sum, double root)
{
	double		size = fabs(root);

	if (!(size <= DBL_MAX))
		sum->infinite = true;
	else if (size > LARGE_ROOT)
		add_long(&sum->huge, (size / LARGE_UNIT) * (size / LARGE_UNIT));
	else if (size < SMALL_ROOT)
		add_long(&sum->small, (size / SMALL_UNIT) * (size / SMALL_UNIT));
	else
		add_long(&sum->ordinary, size * size);
}

double
root_of_squares(const SquareSum *sum)
{
	if (sum->infinite)
		return INFINITY;
	if (sum->huge.high > 0.0)
		return sqrt(sum->huge.high + sum->ordinary.high / LARGE_UNIT / LARGE_UNIT) * LARGE_UNIT;
	if (sum->ordinary.high > 0.0)
		return sqrt(sum->ordinary.high + sum->small.high * SMALL_UNIT * SMALL_UNIT);
	return sqrt(sum->small.high) * SMALL_UNIT;
}
