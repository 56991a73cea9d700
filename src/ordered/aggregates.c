/*-------------------------------------------------------------------------
 *
 * aggregates.c
 *	  Ordered measures over rows: wasserstein_distance(p, q, x) and so on.
 *
 * A row adds weight p to one side and q to the other at x, which may be a raw
 * value or a bin; equal x add up.  All rows of a group are kept: a number of 8
 * bytes for a side that has some weight there, and 8 more once a weight is not
 * 1.  Before that takes more memory, whole numbers at the same x are added up
 * if at least half of the rows have the x of another one; so ages, cents or
 * bins take memory by distinct values.
 *
 * The states of all measures are the same, so that measures of the same columns
 * share one.  Final functions sort it, once, where it is: it is a set, and the
 * same whatever the order.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "input/findings.h"
#include "math/ordered/points.h"
#include "ordered/points.h"
#include "parallel/threads.h"

#define ORDERED_STATE_VERSION 1
#define FIRST_CAPACITY 16
/* as many as an array can have */
#define MOST_POINTS (MaxAllocSize / sizeof(float8) - 16)
/* Fewer points are not worth while adding up */
#define FIRST_MERGE 16384
/* Some weights are no whole numbers, and sums of them would be rounded */
#define NEVER_MERGE PG_UINT32_MAX

typedef struct Side
{
	PointList	points;
	uint32		sorted;			/* the first ones are in order */
	uint32		next_merge;		/* how many points there should be before equal ones are added up */
} Side;

/* No larger than a line of the cache, since with many groups each row waits for its state */
typedef struct OrderedState
{
	Side		sides[2];
} OrderedState;

static void
begin_side(Side *side, MemoryContext memory, size_t capacity)
{
	side->points.values = MemoryContextAllocHuge(memory, capacity * sizeof(double));
	side->points.weights = NULL;
	side->points.count = 0;
	side->points.capacity = (uint32) capacity;
	side->sorted = 0;
	side->next_merge = FIRST_MERGE;
}

static OrderedState *
new_state(MemoryContext memory, size_t p_capacity, size_t q_capacity)
{
	OrderedState *state = MemoryContextAlloc(memory, sizeof(OrderedState));

	begin_side(&state->sides[0], memory, p_capacity);
	begin_side(&state->sides[1], memory, q_capacity);
	return state;
}

static void
check_side(const Side *side)
{
#ifdef USE_ASSERT_CHECKING
	Assert(side->points.count <= side->points.capacity && side->sorted <= side->points.count);
	for (size_t i = 0; i < Min(side->points.count, 1000); i++)
	{
		Assert(!isnan(side->points.values[i]) && (side->points.values[i] != 0.0 || !signbit(side->points.values[i])));
		Assert(i == 0 || i >= side->sorted || side->points.values[i - 1] <= side->points.values[i]);
		Assert(side->points.weights == NULL || (side->points.weights[i] > 0.0 && side->points.weights[i] <= DBL_MAX));
	}
#endif
}

static void
sort_side(Side *side)
{
	sort_points(&side->points, side->sorted);
	side->sorted = side->points.count;
	check_side(side);
}

/* Beside the values */
static void
give_weights(Side *side)
{
	side->points.weights = MemoryContextAllocHuge(GetMemoryChunkContext(side->points.values), side->points.capacity * sizeof(double));
	for (size_t i = 0; i < side->points.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		side->points.weights[i] = 1.0;
	}
}

static size_t
count_distinct(const PointList *points)
{
	size_t		distinct = 0;

	for (size_t i = 0; i < points->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		distinct += i == 0 || points->values[i] != points->values[i - 1];
	}
	return distinct;
}

/* Adds up what is at the same place, if that leaves half of the points at most */
static void
merge_side(Side *side)
{
	sort_side(side);
	if (count_distinct(&side->points) > side->points.count / 2)
	{
		side->next_merge = (uint32) Min(side->points.count * (uint64) 4, MOST_POINTS);
		return;
	}
	if (side->points.weights == NULL)
		give_weights(side);
	side->points.count = (uint32) merge_whole_numbers(side->points.values, side->points.weights, side->points.count,
													  run_slabs_interruptibly);
	side->sorted = side->points.count;
}

/* Makes room for more points */
static void
reserve(Side *side, size_t more)
{
	size_t		capacity = side->points.capacity;

	if (more <= capacity - side->points.count)
		return;
	if (side->next_merge != NEVER_MERGE && (side->points.count >= side->next_merge || more > MOST_POINTS - side->points.count))
		merge_side(side);
	if (more > MOST_POINTS - side->points.count)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in a group"),
				 errdetail("This aggregate keeps the values of a group, at most %zu of each side.", (size_t) MOST_POINTS),
				 errhint("Add up the rows of each value first, or put values into bins: log_bin_label(x).")));
	while (capacity < side->points.count + more)
		capacity = Min(2 * capacity, MOST_POINTS);
	if (capacity == side->points.capacity)
		return;
	side->points.values = repalloc_huge(side->points.values, capacity * sizeof(double));
	if (side->points.weights != NULL)
		side->points.weights = repalloc_huge(side->points.weights, capacity * sizeof(double));
	side->points.capacity = (uint32) capacity;
}

/* Adds a point; there is room */
static inline void
append_point(Side *side, double value, double weight)
{
	if (unlikely(weight != 1.0))
	{
		if (side->points.weights == NULL)
			give_weights(side);
		if (!is_whole(weight))
			side->next_merge = NEVER_MERGE;
	}
	if (side->points.weights != NULL)
		side->points.weights[side->points.count] = weight;
	side->points.values[side->points.count++] = value;
}

static inline void
add_point(Side *side, double value, double weight)
{
	if (weight == 0.0)
		return;
	if (unlikely(side->points.count == side->points.capacity))
		reserve(side, 1);
	append_point(side, value, weight);
}

/*
 * Adds a row: weights p and q at x.  A NULL weight is 0, and a row without x is
 * skipped, though a wrong weight in it is an error.
 */
SQL_FUNCTION(kldiv_ordered_transition)
{
	OrderedState *state = PG_ARGISNULL(0) ? new_state(aggregate_context(fcinfo), FIRST_CAPACITY, FIRST_CAPACITY) :
		(OrderedState *) PG_GETARG_POINTER(0);
	double		p = row_weight(fcinfo, 1, "p");
	double		q = row_weight(fcinfo, 2, "q");
	double		x;

	if (PG_ARGISNULL(3))
		PG_RETURN_POINTER(state);
	x = PG_GETARG_FLOAT8(3);
	if (unlikely(isnan(x)))
		refuse_nan("x", "position", -1, "nullif(x, 'NaN') leaves such rows out.");
	x += 0.0;					/* not -0 */
	add_point(&state->sides[0], x, p);
	add_point(&state->sides[1], x, q);
	PG_RETURN_POINTER(state);
}

/* Adds a side to another; what both have in order is merged, so that nothing is left to sort */
static void
add_side(Side *side, const Side *other)
{
	bool		stays_sorted = side->sorted == side->points.count && other->sorted == other->points.count;

	reserve(side, other->points.count);
	for (size_t i = 0; i < other->points.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		append_point(side, other->points.values[i], other->points.weights != NULL ? other->points.weights[i] : 1.0);
	}
	if (stays_sorted)
		sort_side(side);
}

SQL_FUNCTION(kldiv_ordered_combine)
{
	MemoryContext memory = aggregate_context(fcinfo);
	OrderedState *state;
	const OrderedState *other;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(PG_GETARG_POINTER(0));
	}
	other = (const OrderedState *) PG_GETARG_POINTER(1);
	state = PG_ARGISNULL(0) ? new_state(memory, Max(other->sides[0].points.count, FIRST_CAPACITY), Max(other->sides[1].points.count, FIRST_CAPACITY)) :
		(OrderedState *) PG_GETARG_POINTER(0);
	add_side(&state->sides[0], &other->sides[0]);
	add_side(&state->sides[1], &other->sides[1]);
	PG_RETURN_POINTER(state);
}

static Size
bytes_of_side(const Side *side)
{
	return 16 + side->points.count * sizeof(double) * (side->points.weights != NULL ? 2 : 1);
}

static void
send_side(StringInfo buffer, const Side *side)
{
	pq_sendint64(buffer, (int64) side->points.count);
	pq_sendint32(buffer, side->points.weights != NULL);
	for (size_t i = 0; i < side->points.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendfloat8(buffer, side->points.values[i]);
		if (side->points.weights != NULL)
			pq_sendfloat8(buffer, side->points.weights[i]);
	}
}

/* A worker sorts what it has before it sends that: the leader has only to merge */
SQL_FUNCTION(kldiv_ordered_serialize)
{
	OrderedState *state;
	StringInfoData buffer;

	(void) aggregate_context(fcinfo);
	state = (OrderedState *) PG_GETARG_POINTER(0);
	for (int i = 0; i < 2; i++)
		if (state->sides[i].points.count >= state->sides[i].next_merge)
			merge_side(&state->sides[i]);
		else
			sort_side(&state->sides[i]);
	if (bytes_of_side(&state->sides[0]) + bytes_of_side(&state->sides[1]) > MaxAllocSize - 1024)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in a group for a parallel plan"),
				 errhint("Set max_parallel_workers_per_gather to 0, or add up the rows of each value first.")));
	pq_begintypsend(&buffer);
	enlargeStringInfo(&buffer, (int) (bytes_of_side(&state->sides[0]) + bytes_of_side(&state->sides[1])));
	pq_sendint32(&buffer, ORDERED_STATE_VERSION);
	send_side(&buffer, &state->sides[0]);
	send_side(&buffer, &state->sides[1]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

static void
receive_side(StringInfo buffer, Side *side)
{
	int64		count = pq_getmsgint64(buffer);
	int			is_weighted = (int) pq_getmsgint(buffer, 4);
	Size		bytes = is_weighted ? 2 * sizeof(double) : sizeof(double);

	if (count < 0 || (size_t) count > (Size) (buffer->len - buffer->cursor) / bytes || is_weighted < 0 || is_weighted > 1)
		refuse_state("damaged");
	begin_side(side, CurrentMemoryContext, Max((size_t) count, 1));
	if (is_weighted)
		give_weights(side);
	side->sorted = (uint32) count;
	for (int64 i = 0; i < count; i++)
	{
		double		value = pq_getmsgfloat8(buffer) + 0.0;
		double		weight = is_weighted ? pq_getmsgfloat8(buffer) : 1.0;

		CHECK_FOR_INTERRUPTS();
		if (isnan(value) || !(weight > 0.0 && weight <= DBL_MAX))
			refuse_state("damaged");
		if (i > 0 && value < side->points.values[i - 1] && side->sorted == (uint32) count)
			side->sorted = (uint32) i;
		append_point(side, value, weight);
	}
	check_side(side);
}

SQL_FUNCTION(kldiv_ordered_deserialize)
{
	bytea	   *bytes;
	StringInfoData buffer;
	OrderedState *state;

	(void) aggregate_context(fcinfo);
	bytes = PG_GETARG_BYTEA_PP(0);
	initStringInfo(&buffer);
	appendBinaryStringInfo(&buffer, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	if (pq_getmsgint(&buffer, 4) != ORDERED_STATE_VERSION)
		refuse_state("of an unknown version");
	state = MemoryContextAlloc(CurrentMemoryContext, sizeof(OrderedState));
	receive_side(&buffer, &state->sides[0]);
	receive_side(&buffer, &state->sides[1]);
	pq_getmsgend(&buffer);
	pfree(buffer.data);
	PG_RETURN_POINTER(state);
}

static Datum
value_of_rows(FunctionCallInfo fcinfo, const OrderedMeasure *measure)
{
	OrderedState *state;

	(void) aggregate_context(fcinfo);
	state = (OrderedState *) PG_GETARG_POINTER(0);
	sort_side(&state->sides[0]);
	sort_side(&state->sides[1]);
	return return_value_of_points(fcinfo, measure, &state->sides[0].points, &state->sides[1].points, "p", "q");
}

#define DEFINE_FINAL_FUNCTION(name) \
SQL_FUNCTION(kldiv_ ## name ## _final) \
{ \
	return value_of_rows(fcinfo, &name ## _measure); \
}

FOR_EACH_ORDERED_MEASURE(DEFINE_FINAL_FUNCTION)
