/*-------------------------------------------------------------------------
 *
 * segments.c
 *	  Adds up what segments between positions contribute to an ordered measure.
 *
 *-------------------------------------------------------------------------
 */
#include "math/ordered/segments.h"

#include "math/assertions.h"
#include "math/exact_sum.h"

/* Beyond these exponents products of positions, or squares of differences, may leave the range of doubles */
#define LEAST_POSITION_EXPONENT (-300)
#define MOST_POSITION_EXPONENT 900
#define LEAST_DIFFERENCE 0x1p-300

Finding
finding_of_totals(DoubleDouble p_total, DoubleDouble q_total)
{
	Finding		finding = {.judgement = WEIGHTS_VALID};

	/* a sum that overflows is NaN, by its error */
	if (!(p_total.hi <= DBL_MAX && q_total.hi <= DBL_MAX))
	{
		finding.judgement = TOTAL_OVERFLOWS;
		finding.in_reference = p_total.hi <= DBL_MAX;
	}
	else if (p_total.hi == 0.0 || q_total.hi == 0.0)
		finding.judgement = NOTHING_OBSERVED;
	return finding;
}

static SideTotal
scaled_total(DoubleDouble total)
{
	int			exponent = TOTAL_EXPONENT - exponent_of(total.hi);
	SideTotal	side;

	/* 2^1000 brings the smallest number to 2^-74, which is enough */
	side.scale = power_of_two(exponent < 1000 ? exponent : 1000);
	side.total = scaled_weight(total, &side);
	return side;
}

Segments
begin_segments(const OrderedMeasure *measure, DoubleDouble p_total, DoubleDouble q_total, double first, double last)
{
	Segments	segments = {.measure = measure, .p = scaled_total(p_total), .q = scaled_total(q_total)};
	double		range = last - first;

	assert_that(p_total.hi > 0.0 && p_total.hi <= DBL_MAX && q_total.hi > 0.0 && q_total.hi <= DBL_MAX);
	if (range > 0.0)
	{
		int			exponent = range <= DBL_MAX ? exponent_of(range) : DBL_MAX_EXP + 1;

		if (exponent < LEAST_POSITION_EXPONENT)
			segments.position_exponent = exponent > -1000 ? -exponent & ~1 : 1000;
		else if (exponent > MOST_POSITION_EXPONENT)
			segments.position_exponent = -200;
	}
	segments.position_scale = power_of_two(segments.position_exponent);
	segments.difference_scale = power_of_two(-2 * TOTAL_EXPONENT);
	return segments;
}

bool
begin_segments_again(Segments *segments)
{
	int			exponent;

	if (segments->measure->is_largest || segments->largest == 0.0 || segments->largest >= LEAST_DIFFERENCE ||
		segments->difference_exponent != 0)
		return false;
	exponent = -exponent_of(segments->largest);
	segments->difference_exponent = exponent < 1000 ? exponent : 1000;
	segments->difference_scale *= power_of_two(segments->difference_exponent);
	segments->sum = (DoubleDouble) {0.0, 0.0};
	segments->largest = 0.0;
	segments->is_infinite = false;
	return true;
}

/* a b as numbers of which it is the exact sum, each with a sign */
static void
add_product(ExactSum *sum, DoubleDouble a, DoubleDouble b, double sign)
{
	const double factors[4][2] = {{a.hi, b.hi}, {a.hi, b.lo}, {a.lo, b.hi}, {a.lo, b.lo}};

	for (int i = 0; i < 4; i++)
	{
		double		error;
		double		product = two_product(factors[i][0], factors[i][1], &error);

		add_exactly(sum, sign * product);
		add_exactly(sum, sign * error);
	}
}

double
difference_of_weights(const Segments *segments, DoubleDouble a, DoubleDouble b)
{
	DoubleDouble p_part = dd_times(scaled_weight(a, &segments->p), segments->q.total);
	DoubleDouble q_part = dd_times(scaled_weight(b, &segments->q), segments->p.total);
	double		difference = dd_add(p_part, (DoubleDouble) {-q_part.hi, -q_part.lo}).hi;

	/* what is left may be what products were rounded by, unless they are whole numbers of 106 bits */
	if (fabs(difference) < 0x1p-80 * p_part.hi &&
		(a.lo != 0.0 || b.lo != 0.0 || segments->p.total.lo != 0.0 || segments->q.total.lo != 0.0))
	{
		ExactSum	exact = {.first = 0.0};

		add_product(&exact, scaled_weight(a, &segments->p), segments->q.total, 1.0);
		add_product(&exact, scaled_weight(b, &segments->q), segments->p.total, -1.0);
		difference = exact_value(&exact);
	}
	return difference * segments->difference_scale;
}

double
value_of_segments(const Segments *segments)
{
	const OrderedMeasure *measure = segments->measure;
	int			p_exponent;
	int			q_exponent;
	double		unit = frexp(segments->p.total.hi, &p_exponent) * frexp(segments->q.total.hi, &q_exponent);
	/* small totals are not scaled as far as others */
	int			exponent = 2 * TOTAL_EXPONENT - p_exponent - q_exponent;

	if (measure->is_largest)
		return measure->finish(ldexp(segments->largest / unit, exponent));
	if (segments->is_infinite)
		return INFINITY;
	exponent -= segments->difference_exponent + segments->position_exponent / 2 * measure->length_power;
	return ldexp(measure->finish(segments->sum.hi) / unit, exponent);
}
