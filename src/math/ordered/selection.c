/*-------------------------------------------------------------------------
 *
 * selection.c
 *	  Finds numbers by their rank, without sorting all of them.
 *
 * Numbers are counted in buckets of one width between the least and the
 * greatest of their bits, and only the buckets in which a rank falls are looked
 * at again: distribution selection (D. E. Knuth, The Art of Computer
 * Programming, vol. 3, 5.2.5, for one digit at a time).  Each round makes the
 * range of the bits two thousand times smaller, so that six do whatever the
 * numbers are, and two as a rule.
 *
 *-------------------------------------------------------------------------
 */
#include "math/ordered/selection.h"

#include <string.h>

#include "math/arithmetic.h"
#include "math/assertions.h"
#include "math/ordered/polling.h"
#include "math/ordered/sorting.h"

#define BUCKET_BITS 11
#define BUCKETS (1 << BUCKET_BITS)
#define NOT_WANTED UINT32_MAX

/* So few are sorted */
#define FEW 2000

typedef struct KeyRange
{
	uint64_t	least;
	int			shift;			/* of what is above the least, to a bucket */
	bool		is_one_key;
} KeyRange;

ALWAYS_INLINE size_t
bucket_of(const KeyRange *range, double value)
{
	return (size_t) ((sortable_bits(value) - range->least) >> range->shift);
}

static KeyRange
range_of_keys(const double *values, size_t count, SlabRunner run)
{
	uint64_t	least = UINT64_MAX;
	uint64_t	greatest = 0;
	KeyRange	range;
	Polling		polling = begin_polling(run);

	for (size_t i = 0; i < count; i++)
	{
		uint64_t	key = sortable_bits(values[i]);

		poll_now_and_then(&polling);
		least = key < least ? key : least;
		greatest = key > greatest ? key : greatest;
	}
	range = (KeyRange) {.least = least, .shift = 0, .is_one_key = least == greatest};
	while ((greatest - least) >> range.shift >= BUCKETS)
		range.shift++;
	return range;
}

/* A bucket that is looked at again, and the ranks in it */
typedef struct Part
{
	size_t		bucket;
	size_t		first;			/* where its numbers are put */
	size_t		count;
	size_t		first_rank;
	size_t		end_rank;
	size_t		below;			/* numbers in buckets below */
} Part;

/* The next bucket with a rank in it; the one before is {0}, but for the numbers below all buckets.  False at the end */
static bool
next_part(const uint32_t *counts, const size_t *ranks, size_t rank_count, Part *part)
{
	if (part->end_rank == rank_count)
		return false;
	part->first += part->count;
	part->first_rank = part->end_rank;
	while (ranks[part->first_rank] - part->below >= counts[part->bucket])
		part->below += counts[part->bucket++];
	part->count = counts[part->bucket];
	while (part->end_rank < rank_count && ranks[part->end_rank] - part->below < part->count)
		part->end_rank++;
	return true;
}

static void
select_sorted(double *values, size_t count, const size_t *ranks, size_t rank_count, size_t below, double *selected,
			  double *scratch, SlabRunner run)
{
	sort_numbers(values, NULL, count, 0, scratch, NULL, run);
	for (size_t i = 0; i < rank_count; i++)
		selected[i] = values[ranks[i] - below];
}

static void
count_buckets(const double *values, size_t count, const KeyRange *range, uint32_t *counts, SlabRunner run)
{
	Polling		polling = begin_polling(run);

	memset(counts, 0, BUCKETS * sizeof(uint32_t));
	for (size_t i = 0; i < count; i++)
	{
		poll_now_and_then(&polling);
		counts[bucket_of(range, values[i])]++;
	}
}

/* Moves the numbers of buckets that have a place, where each goes behind the one before */
static void
gather_wanted(const double *values, size_t count, const KeyRange *range, uint32_t *places, double *to, SlabRunner run)
{
	Polling		polling = begin_polling(run);

	for (size_t i = 0; i < count; i++)
	{
		uint32_t   *place = &places[bucket_of(range, values[i])];

		poll_now_and_then(&polling);
		if (*place != NOT_WANTED)
			to[(*place)++] = values[i];
	}
}

/* Numbers of which so many others are below, and ranks among all */
static void
select_in_part(double *values, size_t count, const size_t *ranks, size_t rank_count, size_t below, double *selected,
			   double *scratch, SlabRunner run)
{
	uint32_t	counts[BUCKETS];
	uint32_t	places[BUCKETS];
	Part		part = {.below = below};
	KeyRange	range;

	poll(run);
	if (count <= FEW)
	{
		select_sorted(values, count, ranks, rank_count, below, selected, scratch, run);
		return;
	}
	range = range_of_keys(values, count, run);
	if (range.is_one_key)
	{
		for (size_t i = 0; i < rank_count; i++)
			selected[i] = values[0];
		return;
	}
	count_buckets(values, count, &range, counts, run);
	memset(places, 0xff, sizeof(places));
	while (next_part(counts, ranks, rank_count, &part))
		places[part.bucket] = (uint32_t) part.first;
	gather_wanted(values, count, &range, places, scratch, run);
	part = (Part) {.below = below};
	while (next_part(counts, ranks, rank_count, &part))
		/* what was here is in the scratch now, and the other way round */
		select_in_part(scratch + part.first, part.count, ranks + part.first_rank, part.end_rank - part.first_rank,
					   part.below, selected + part.first_rank, values + part.first, run);
}

void
select_numbers(double *values, size_t count, const size_t *ranks, size_t rank_count, double *selected, double *scratch,
			   SlabRunner run)
{
	assert_that(count < NOT_WANTED);
	assert_that(rank_count == 0 || ranks[rank_count - 1] < count);
	if (rank_count > 0)
		select_in_part(values, count, ranks, rank_count, 0, selected, scratch, run);
}

size_t
quantile_edges(double *values, size_t count, size_t parts, size_t *ranks, double *edges, double *scratch, SlabRunner run)
{
	size_t		kept = 0;

	assert_that(count > 0 && parts > 1);
	for (size_t part = 1; part < parts; part++)
		ranks[part - 1] = (part * count + parts - 1) / parts - 1;
	select_numbers(values, count, ranks, parts - 1, edges, scratch, run);
	for (size_t i = 0; i < parts - 1; i++)
		if (kept < 2 || edges[kept - 2] != edges[i])
			edges[kept++] = edges[i];
	return kept;
}
