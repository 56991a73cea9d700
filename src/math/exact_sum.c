/*-------------------------------------------------------------------------
 *
 * exact_sum.c
 *	  Sums of weights that are not rounded before they are asked for.
 *
 *-------------------------------------------------------------------------
 */
#include "math/exact_sum.h"

#include "math/arithmetic.h"
#include "math/assertions.h"

/* Half of what the last bit of the largest number is worth: this far beyond it a sum rounds to Infinity */
#define BEYOND_LARGEST 0x1p970

/* An expansion in Shewchuk's sense: no two numbers share bits, the smallest is the first, none is 0 */
typedef struct Expansion
{
	int			count;
	double		numbers[EXACT_SUM_PARTS + 4];
} Expansion;

/* At most one number more; the last one is not finite if the sum is too large */
static void
grow_expansion(Expansion *expansion, double term)
{
	int			count = 0;

	for (int i = 0; i < expansion->count; i++)
	{
		double		error;

		term = two_sum(term, expansion->numbers[i], &error);
		if (error != 0.0)
			expansion->numbers[count++] = error;
	}
	if (term != 0.0)
		expansion->numbers[count++] = term;
	expansion->count = count;
	assert_that(count < EXACT_SUM_PARTS + 4);
}

static void
grow_by_all(Expansion *expansion, double first, const double *rest, int width, double term)
{
	grow_expansion(expansion, first);
	for (int i = 0; i < width; i++)
		grow_expansion(expansion, rest[i]);
	grow_expansion(expansion, term);
}

static double
largest_number(const Expansion *expansion)
{
	return expansion->count > 0 ? expansion->numbers[expansion->count - 1] : 0.0;
}

/* The way down of Shewchuk's COMPRESS: what does not fit into a part any more is in the next */
static int
compress(const Expansion *expansion, double *parts)
{
	double		part = largest_number(expansion);
	int			count = 0;

	for (int i = expansion->count - 2; i >= 0; i--)
	{
		double		error;
		double		sum = fast_two_sum(part, expansion->numbers[i], &error);

		if (error != 0.0)
		{
			parts[count++] = sum;
			sum = error;
		}
		part = sum;
	}
	parts[count++] = part;
	assert_that(count <= EXACT_SUM_PARTS);
	return count;
}

/*
 * Where adding overflowed on the way: the sum is a little less than the largest
 * number, or a little more and still rounds to it, or is too large.  Which, is
 * seen in its difference to that number.
 */
static int
parts_near_largest(double first, const double *rest, int width, double term, double *parts)
{
	Expansion	difference = {.count = 0};
	Expansion	excess;

	grow_expansion(&difference, -DBL_MAX);
	grow_by_all(&difference, first, rest, width, term);
	excess = difference;
	grow_expansion(&excess, -BEYOND_LARGEST);
	if (!(largest_number(&excess) < 0.0))
	{
		parts[0] = INFINITY;
		return 1;
	}
	parts[0] = DBL_MAX;
	return 1 + compress(&difference, parts + 1);
}

int
exact_parts(double first, const double *rest, int width, double term, double *parts)
{
	Expansion	expansion = {.count = 0};

	if (first == INFINITY || term == INFINITY)
	{
		parts[0] = INFINITY;
		return 1;
	}
	grow_by_all(&expansion, first, rest, width, term);
	if (isfinite(largest_number(&expansion)))
		return compress(&expansion, parts);
	return parts_near_largest(first, rest, width, term, parts);
}

double
add_to_exact_sum(double *first, double *rest, int width, double term)
{
	double		error;
	double		sum = two_sum(*first, term, &error);

	if (!(fabs(sum) <= DBL_MAX))
		return term;
	*first = sum;
	for (int i = 0; i < width && error != 0.0; i++)
		rest[i] = two_sum(rest[i], error, &error);
	return error;
}

double
exact_sum_value(double first, const double *rest, int width)
{
	double		parts[EXACT_SUM_PARTS];
	double		value;
	double		error;
	int			count;

	if (width == 0)
		return first;
	if (width == 1)
		return first + rest[0] + 0.0;
	count = exact_parts(first, rest, width, 0.0, parts);
	if (count == 1)
		return parts[0] + 0.0;
	value = two_sum(parts[0], parts[1], &error);
	/* what exact_parts() did not call too large */
	if (value > DBL_MAX)
		return DBL_MAX;
	/* halfway between two numbers, the rest decides, not which of them is even */
	if (count > 2 && (error > 0.0) == (parts[2] > 0.0) && error != 0.0)
	{
		double		next = value + 2.0 * error;

		if (next - value == 2.0 * error)
			return next;
	}
	return value + 0.0;
}

void
add_exactly(ExactSum *sum, double term)
{
	double		parts[EXACT_SUM_PARTS];
	double		left;
	int			count;

	if (add_without_rounding(&sum->first, term))
		return;
	left = add_to_exact_sum(&sum->first, sum->rest, EXACT_SUM_PARTS - 1, term);
	if (left == 0.0)
		return;
	count = exact_parts(sum->first, sum->rest, EXACT_SUM_PARTS - 1, left, parts);
	sum->first = parts[0];
	for (int i = 1; i < EXACT_SUM_PARTS; i++)
		sum->rest[i - 1] = i < count ? parts[i] : 0.0;
}

double
exact_value(const ExactSum *sum)
{
	return exact_sum_value(sum->first, sum->rest, EXACT_SUM_PARTS - 1);
}
