/*-------------------------------------------------------------------------
 *
 * kept_points.c
 *	  The state of ordered measures over rows: all points of a group.
 *
 * A point is a number of 8 bytes, and 8 more in lists once a weight is not 1.
 * Before a list takes more memory, whole numbers at the same x are added up if
 * at least half of the points have the x of another one; so ages, cents or bins
 * take memory by distinct values.
 *
 * Points are a set, the same whatever the order: lists are sorted where they are.
 *
 *-------------------------------------------------------------------------
 */
#include "ordered/kept_points.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "math/ordered/sorting.h"
#include "parallel/threads.h"

#define FIRST_CAPACITY 16
/* as many as an array can have */
#define MOST_POINTS (MaxAllocSize / sizeof(float8) - 16)
/* Fewer points are not worth while adding up */
#define FIRST_MERGE 16384
/* Some weights are no whole numbers, and sums of them would be rounded */
#define NEVER_MERGE PG_UINT32_MAX

StaticAssertDecl(sizeof(PointBatch) <= 64 && sizeof(KeptPoints) <= 128, "states should be lines of the cache");

KeptPoints *
new_kept_points(MemoryContext memory)
{
	KeptPoints *kept = MemoryContextAlloc(memory, sizeof(PointBatch));

	kept->recent = (PointBatch) {.count = 0};
	return kept;
}

void
begin_list(Side *side, MemoryContext memory, size_t capacity)
{
	side->points.values = MemoryContextAllocHuge(memory, capacity * sizeof(double));
	side->points.weights = NULL;
	side->points.count = 0;
	side->points.capacity = (uint32) capacity;
	side->sorted = 0;
	side->next_merge = FIRST_MERGE;
}

KeptPoints *
new_kept_lists(MemoryContext memory, size_t p_capacity, size_t q_capacity)
{
	KeptPoints *kept = MemoryContextAlloc(memory, sizeof(KeptPoints));

	kept->recent = (PointBatch) {.has_lists = true};
	begin_list(&kept->sides[0], memory, Min(Max(p_capacity, FIRST_CAPACITY), MOST_POINTS));
	begin_list(&kept->sides[1], memory, Min(Max(q_capacity, FIRST_CAPACITY), MOST_POINTS));
	return kept;
}

void
check_list(const Side *side)
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
	check_list(side);
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

/* Most points that are different are found to be so without being sorted */
static bool
are_points_different(const PointList *points)
{
	int			bits = 6;
	uint64	   *room;
	bool		are_different;

	while ((UINT64CONST(1) << bits) < 4 * (uint64) points->count)
		bits++;
	room = MemoryContextAllocExtended(CurrentMemoryContext, (Size) 1 << (bits - 3), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	are_different = are_mostly_different(points->values, points->count, room, bits, run_slabs_interruptibly);
	pfree(room);
	return are_different;
}

/* Whether adding up would leave more than half of the points, which is not likely if it did not before */
static bool
has_few_repetitions(Side *side)
{
	if (side->points.weights == NULL && are_points_different(&side->points))
		return true;
	sort_side(side);
	return count_distinct(&side->points) > side->points.count / 2;
}

/* Adds up what is at the same place, if that leaves half of the points at most */
static void
merge_side(Side *side)
{
	if (has_few_repetitions(side))
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

void
add_to_list(Side *side, double value, double weight)
{
	if (weight == 0.0)
		return;
	if (unlikely(side->points.count == side->points.capacity))
		reserve(side, 1);
	append_point(side, value, weight);
}

/* Which side a point is of cannot be foreseen, so it is written to both, and counted on one */
static inline void
split_batch(const PointBatch *batch, PointList lists[2])
{
	double	   *p = lists[0].values + lists[0].count;
	double	   *q = lists[1].values + lists[1].count;
	int			count = batch->count;
	unsigned	of_q = batch->of_q;

	for (int i = 0; i < count; i++, of_q >>= 1)
	{
		double		value = batch->values[i];

		*p = value;
		*q = value;
		p += ~of_q & 1;
		q += of_q & 1;
	}
	lists[0].count = (uint32) (p - lists[0].values);
	lists[1].count = (uint32) (q - lists[1].values);
}

static inline bool
takes_batch(const Side *side)
{
	return side->points.capacity - side->points.count >= BATCH_POINTS;
}

/* Before it is known which side they are of */
static inline void
weigh_batch(Side *side)
{
	if (side->points.weights != NULL)
		for (int i = 0; i < BATCH_POINTS; i++)
			side->points.weights[side->points.count + i] = 1.0;
}

static void
move_batch_to_lists(Side *sides, PointBatch *batch)
{
	if (likely(takes_batch(&sides[0]) && takes_batch(&sides[1])))
	{
		PointList	lists[2] = {sides[0].points, sides[1].points};

		weigh_batch(&sides[0]);
		weigh_batch(&sides[1]);
		split_batch(batch, lists);
		sides[0].points.count = lists[0].count;
		sides[1].points.count = lists[1].count;
	}
	else
		for (int i = 0; i < batch->count; i++)
			add_to_list(&sides[batch->of_q >> i & 1], batch->values[i], 1.0);
	batch->count = 0;
	batch->of_q = 0;
}

KeptPoints *
make_lists(KeptPoints *kept, MemoryContext memory)
{
	PointBatch *batch;

	if (kept->recent.has_lists)
		return kept;
	kept = repalloc(kept, sizeof(KeptPoints));
	begin_list(&kept->sides[0], memory, FIRST_CAPACITY);
	begin_list(&kept->sides[1], memory, FIRST_CAPACITY);
	while ((batch = kept->recent.older) != NULL)
	{
		kept->recent.older = batch->older;
		move_batch_to_lists(kept->sides, batch);
		pfree(batch);
	}
	kept->recent.older_batches = 0;
	kept->recent.has_lists = true;
	return kept;
}

bool
make_room_in_place(KeptPoints *kept, MemoryContext memory)
{
	PointBatch *recent = &kept->recent;
	PointBatch *batch;

	if (recent->has_lists)
	{
		if (!takes_batch(&kept->sides[0]) || !takes_batch(&kept->sides[1]))
			return false;
		move_batch_to_lists(kept->sides, recent);
		return true;
	}
	if (recent->older_batches == MOST_BATCHES)
		return false;
	batch = MemoryContextAlloc(memory, sizeof(PointBatch));
	*batch = *recent;
	recent->count = 0;
	recent->of_q = 0;
	recent->older = batch;
	recent->older_batches++;
	return true;
}

KeptPoints *
make_room_for_point(KeptPoints *kept, MemoryContext memory)
{
	if (kept->recent.count < BATCH_POINTS || make_room_in_place(kept, memory))
		return kept;
	kept = make_lists(kept, memory);
	move_batch_to_lists(kept->sides, &kept->recent);
	return kept;
}

void
add_list(Side *side, const PointList *points)
{
	bool		stays_sorted = side->sorted == side->points.count;

	reserve(side, points->count);
	if (stays_sorted && side->sorted == side->points.count && side->points.weights == NULL && points->weights == NULL)
	{
		merge_numbers(side->points.values, side->points.count, points->values, points->count, run_slabs_interruptibly);
		side->points.count += points->count;
		side->sorted = side->points.count;
		check_list(side);
		return;
	}
	for (size_t i = 0; i < points->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		append_point(side, points->values[i], points->weights != NULL ? points->weights[i] : 1.0);
	}
	if (stays_sorted)
		sort_side(side);
}

void
compact_lists(KeptPoints *kept)
{
	if (!kept->recent.has_lists)
		return;
	move_batch_to_lists(kept->sides, &kept->recent);
	for (int i = 0; i < 2; i++)
		if (kept->sides[i].points.count >= kept->sides[i].next_merge)
			merge_side(&kept->sides[i]);
}

void
points_in_order(KeptPoints *kept, FewKeptPoints *room, PointList lists[2])
{
	if (kept->recent.has_lists)
	{
		move_batch_to_lists(kept->sides, &kept->recent);
		for (int i = 0; i < 2; i++)
		{
			sort_side(&kept->sides[i]);
			lists[i] = kept->sides[i].points;
		}
		return;
	}
	for (int i = 0; i < 2; i++)
		lists[i] = (PointList) {.values = room->values[i], .capacity = FEW_KEPT_POINTS};
	for (const PointBatch *batch = &kept->recent; batch != NULL; batch = batch->older)
		split_batch(batch, lists);
	for (int i = 0; i < 2; i++)
		sort_points(&lists[i], 0);
}
