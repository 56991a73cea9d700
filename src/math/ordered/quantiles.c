/*-------------------------------------------------------------------------
 *
 * quantiles.c
 *	  Where a share of weights on a line is reached, and parts of intervals.
 *
 *-------------------------------------------------------------------------
 */
#include "math/ordered/quantiles.h"

#include "math/assertions.h"
#include "math/ordered/segments.h"
#include "math/ordered/walk.h"

/* Which of two positions, or one between them */
static double
position_between(double first, double last, DoubleDouble weight, DoubleDouble before, DoubleDouble behind)
{
	double		way = dd_add(weight, dd_negative(before)).hi;
	double		all = dd_add(behind, dd_negative(before)).hi;
	double		share = all > 0.0 ? way / all : 1.0;
	double		position = last - first <= DBL_MAX ? first + (last - first) * share : first * (1.0 - share) + last * share;

	return share >= 1.0 || position > last ? last : position < first ? first : position;
}

static bool
is_less(DoubleDouble a, DoubleDouble b)
{
	return a.hi < b.hi || (a.hi == b.hi && a.lo < b.lo);
}

void
quantiles_of_intervals(const Intervals *side, const double *fractions, size_t count, double *quantiles, SlabRunner run,
					   Finding *finding)
{
	DoubleDouble total = total_of_intervals(side, run);
	Walk		walk = begin_walk(side);
	Polling		polling = begin_polling(run);
	Reached		reached = {{0.0, 0.0}, {0.0, 0.0}};
	double		position = 0.0;
	size_t		next = 0;

	*finding = finding_of_totals(total, total);
	if (finding->judgement != WEIGHTS_VALID)
		return;
	while (next < count && !is_at_end(&walk))
	{
		double		from = position;
		DoubleDouble below = reached.at;
		bool		is_first = walk.next == 0;

		poll_now_and_then(&polling);
		position = next_edge(&walk);
		/* no share of a range that overflows is needed: halves do as well */
		reached = walk_to(&walk, position, 0.5, &polling);
		for (; next < count; next++)
		{
			DoubleDouble weight = dd_times_double(total, fractions[next]);

			assert_that(fractions[next] >= 0.0 && fractions[next] <= 1.0 && (next == 0 || fractions[next - 1] <= fractions[next]));
			poll_now_and_then(&polling);
			if (is_first || (is_less(reached.before, weight) && !is_less(reached.at, weight)))
			{
				if (is_less(reached.at, weight))
					break;
				quantiles[next] = position;
			}
			else if (!is_less(reached.before, weight))
				quantiles[next] = position_between(from, position, weight, below, reached.before);
			else
				break;
		}
	}
	/* what rounding has left */
	for (; next < count; next++)
		quantiles[next] = position;
}

double
part_between(const Stretch *stretch, double from, double to)
{
	from = from > stretch->from ? from : stretch->from;
	to = to < stretch->to ? to : stretch->to;
	if (!(from < to))
		return 0.0;
	if (from == stretch->from && to == stretch->to)
		return stretch->weight;
	/* halves, whose differences do not overflow */
	return stretch->weight * ((0.5 * to - 0.5 * from) / (0.5 * stretch->to - 0.5 * stretch->from));
}
