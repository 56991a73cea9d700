/*-------------------------------------------------------------------------
 *
 * points.c
 *	  Ordered measures of weights that stand at points.
 *
 * A walk through both sides in order, from position to position.  If all weights
 * are 1, differences of products of counts are integers below 2^63, and their
 * rounded values those of double-double, which other weights need.
 *
 *-------------------------------------------------------------------------
 */
#include "math/ordered/points.h"

#include "math/assertions.h"
#include "math/ordered/polling.h"
#include "math/ordered/segments.h"
#include "math/ordered/sorting.h"

/* Points that are walked through from the first to the last */
typedef struct Walk
{
	const Points *points;
	size_t		next;
	DoubleDouble below;			/* what those before the next one weigh */
} Walk;

static inline double
next_position(const Walk *walk)
{
	return walk->next < walk->points->count ? walk->points->values[walk->next] : INFINITY;
}

/* Passes all points at a position */
static inline void
pass_position(Walk *walk, double position, Polling *polling)
{
	const Points *points = walk->points;
	DoubleDouble whole = {0.0, 0.0};

	for (; walk->next < points->count && points->values[walk->next] == position; walk->next++)
	{
		double		weight = points->weights[walk->next];

		poll_now_and_then(polling);
		if (is_whole(weight))
			whole = dd_add_double(whole, weight);
		else
			walk->below = dd_add_double(walk->below, weight);
	}
	walk->below = dd_add(walk->below, whole);
}

/* The same of points that weigh 1 */
static inline void
count_position(Walk *walk, double position, Polling *polling)
{
	const Points *points = walk->points;

	for (; walk->next < points->count && points->values[walk->next] == position; walk->next++)
		poll_now_and_then(polling);
}

static inline void
pass_points(Walk *walk, double position, Polling *polling)
{
	if (walk->points->weights != NULL)
		pass_position(walk, position, polling);
	else
	{
		count_position(walk, position, polling);
		walk->below = (DoubleDouble) {(double) walk->next, 0.0};
	}
}

static DoubleDouble
total_of_points(const Points *points, SlabRunner run)
{
	Walk		walk = {.points = points};
	Polling		polling = begin_polling(run);

	if (points->weights == NULL)
		return (DoubleDouble) {(double) points->count, 0.0};
	while (walk.next < points->count)
		pass_position(&walk, points->values[walk.next], &polling);
	return walk.below;
}

static void
add_weighted_points(Segments *segments, const Points *p, const Points *q, SlabRunner run)
{
	Walk		p_walk = {.points = p};
	Walk		q_walk = {.points = q};
	Polling		polling = begin_polling(run);
	double		position = 0.0;
	double		difference = 0.0;

	while (p_walk.next < p->count || q_walk.next < q->count)
	{
		double		from = position;

		position = next_position(&p_walk) < next_position(&q_walk) ? next_position(&p_walk) : next_position(&q_walk);
		if (difference != 0.0)
			add_flat_segment(segments, from, position, difference);
		pass_points(&p_walk, position, &polling);
		pass_points(&q_walk, position, &polling);
		difference = difference_of_weights(segments, p_walk.below, q_walk.below);
	}
	assert_that(difference == 0.0);
}

/*
 * A step passes one point, or one of each side.  Which side comes next cannot be
 * foreseen, so nothing is decided by it.
 */
static void
add_counted_points(Segments *segments, const Points *p, const Points *q, SlabRunner run)
{
	Walk		p_walk = {.points = p};
	Walk		q_walk = {.points = q};
	Polling		polling = begin_polling(run);
	Segments	own = *segments;	/* in registers */
	double		scale = segments->p.scale * segments->q.scale * segments->difference_scale;
	double		position = 0.0;
	double		difference = 0.0;

	while (p_walk.next < p->count || q_walk.next < q->count)
	{
		double		from = position;
		double		p_position = next_position(&p_walk);
		double		q_position = next_position(&q_walk);

		poll_now_and_then(&polling);
		position = p_position < q_position ? p_position : q_position;
		/* not while there are more points at a position */
		if (position != from && difference != 0.0)
			add_flat_segment(&own, from, position, difference);
		p_walk.next += (p_position == position) & (p_walk.next < p->count);
		q_walk.next += (q_position == position) & (q_walk.next < q->count);
		difference = (double) ((int64_t) (p_walk.next * (uint64_t) q->count) - (int64_t) (q_walk.next * (uint64_t) p->count)) * scale;
	}
	assert_that(difference == 0.0);
	*segments = own;
}

/* The first finite position, or the last, if there is one */
static void
widen_range(const Points *points, double *first, double *last)
{
	size_t		begin = 0;
	size_t		end = points->count;

	if (end > 0 && points->values[0] < -DBL_MAX)
		begin = first_not_below(points->values, points->count, -DBL_MAX);
	if (end > 0 && points->values[end - 1] > DBL_MAX)
		end = first_not_below(points->values, points->count, INFINITY);
	if (begin >= end)
		return;
	*first = points->values[begin] < *first ? points->values[begin] : *first;
	*last = points->values[end - 1] > *last ? points->values[end - 1] : *last;
}

double
value_of_points(const OrderedMeasure *measure, const Points *p, const Points *q, SlabRunner run, Finding *finding)
{
	DoubleDouble p_total = total_of_points(p, run);
	DoubleDouble q_total = total_of_points(q, run);
	double		first = DBL_MAX;
	double		last = -DBL_MAX;
	bool		are_counted = p->weights == NULL && q->weights == NULL;
	Segments	segments;

	assert_that(p->count <= UINT32_MAX >> 1 && q->count <= UINT32_MAX >> 1);
	*finding = finding_of_totals(p_total, q_total);
	if (finding->judgement != WEIGHTS_VALID)
		return NAN;
	widen_range(p, &first, &last);
	widen_range(q, &first, &last);
	segments = begin_segments(measure, p_total, q_total, first, last);
	do
	{
		if (are_counted)
			add_counted_points(&segments, p, q, run);
		else
			add_weighted_points(&segments, p, q, run);
	} while (begin_segments_again(&segments));
	return value_of_segments(&segments);
}

size_t
merge_whole_numbers(double *values, double *weights, size_t count, SlabRunner run)
{
	Polling		polling = begin_polling(run);
	size_t		kept = 0;

	for (size_t i = 0; i < count; i++)
	{
		poll_now_and_then(&polling);
		if (kept > 0 && values[kept - 1] == values[i] && is_whole(weights[i]) && is_whole(weights[kept - 1]) &&
			weights[kept - 1] + weights[i] <= 0x1p53)
			weights[kept - 1] += weights[i];
		else
		{
			values[kept] = values[i];
			weights[kept++] = weights[i];
		}
	}
	return kept;
}

bool
are_mostly_different(const double *values, size_t count, uint64_t *room, int bits, SlabRunner run)
{
	Polling		polling = begin_polling(run);
	size_t		different = 0;

	for (size_t i = 0; i < count; i++)
	{
		uint64_t	place = (bits_of(values[i]) * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - bits);

		poll_now_and_then(&polling);
		different += (~room[place / 64] >> place % 64) & 1;
		room[place / 64] |= (uint64_t) 1 << place % 64;
	}
	return different > count / 2;
}
