/*-------------------------------------------------------------------------
 *
 * filtered_pairs.c
 *	  A search for pairs of which most need not be compared: candidates wait in
 *	  one array, and every stage leaves some of them out.
 *
 * Stages run in slabs, each of which closes up its own part of the array; the
 * parts are then put together in order.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "many/filtered_pairs.h"

/* Pairs of a batch, and as many may wait */
#define MOST_BATCH_PAIRS ((size_t) 1 << 19)
/* Work of a slab */
#define SLAB_NANOSECONDS 100e3
/*
 * The best so many times as many pairs must there be: while a search goes on, the
 * most promising ones are compared several times, and most of these alone, where
 * otherwise LANES are compared at once.
 */
#define PAIRS_OF_ONE_OF_THE_BEST 200.0
/* A filter has to leave some room for all that it is not asked for */
#define WORTH_GOING_ON 0.8

typedef struct Stage
{
	FilteredPairs *pairs;
	size_t		first;			/* tile, or candidate */
	size_t		end;
	size_t		size;			/* tiles or candidates of a slab */
} Stage;

FilteredPairs *
begin_filtered_pairs(const Comparison *comparison, bool farthest, double top)
{
	FilteredPairs *pairs = palloc0(sizeof(FilteredPairs));
	double		rows = (double) comparison->count;

	if (comparison->by_slabs || PAIRS_OF_ONE_OF_THE_BEST * top > rows * (rows - 1.0) * (comparison->symmetric ? 0.5 : 1.0) ||
		!filter_may_pay(comparison) || !plan_filter(&pairs->filter, comparison, farthest) || pairs->filter.memory_size >= MaxAllocHugeSize)
	{
		pfree(pairs);
		return NULL;
	}
	place_filter(&pairs->filter, MemoryContextAllocHuge(CurrentMemoryContext, pairs->filter.memory_size));
	pairs->costs = filter_costs(comparison);
	pairs->pairs_of_tile = (double) comparison->tile_size * (double) comparison->tile_size;
	pairs->room = Min(MOST_BATCH_PAIRS, comparison->tiles * comparison->tile_size * comparison->tile_size);
	pairs->candidates = MemoryContextAllocHuge(CurrentMemoryContext, 2 * pairs->room * sizeof(Candidate));
	pairs->slab_counts = palloc(2 * pairs->room * sizeof(size_t) / (comparison->tile_size * comparison->tile_size) + sizeof(size_t));
	return pairs;
}

size_t
most_filtered_tiles(const FilteredPairs *pairs)
{
	size_t		size = pairs->filter.comparison->tile_size;

	return pairs->room / (size * size);
}

/* Room of a comparison's lists is for so many slabs at the same time */
static void
run_stage(Stage *stage, SlabRunner run, SlabTask task)
{
	size_t		slabs = (stage->end - stage->first + stage->size - 1) / stage->size;
	size_t		at_once = stage->pairs->filter.comparison->at_once;

	for (size_t slab = 0; slab < slabs; slab += at_once)
		run(task, stage, slab, Min(slabs, slab + at_once));
}

/* Puts what slabs have left, room candidates from each to the next, behind those before */
static void
put_together(Stage *stage, size_t first, size_t room)
{
	FilteredPairs *pairs = stage->pairs;
	size_t		slabs = (stage->end - stage->first + stage->size - 1) / stage->size;

	pairs->count = first;
	for (size_t slab = 0; slab < slabs; slab++)
	{
		memmove(pairs->candidates + pairs->count, pairs->candidates + first + slab * room,
				pairs->slab_counts[slab] * sizeof(Candidate));
		pairs->count += pairs->slab_counts[slab];
	}
}

static size_t
slab_size(double nanoseconds)
{
	return 1 + (size_t) (SLAB_NANOSECONDS / nanoseconds);
}

/* Not smaller than a tile's, for which there is a count */
static size_t
candidate_slab_size(const FilteredPairs *pairs, double nanoseconds)
{
	return Max(slab_size(nanoseconds), (size_t) pairs->pairs_of_tile);
}

static void
sift_slab(void *job, size_t slab)
{
	const Stage *stage = job;
	FilteredPairs *pairs = stage->pairs;
	size_t		first = stage->first + slab * stage->size;
	size_t		end = Min(first + stage->size, stage->end);
	Candidate  *candidates = pairs->candidates + pairs->count + slab * stage->size * (size_t) pairs->pairs_of_tile;
	size_t		count = 0;

	for (size_t number = first; number < end; number++)
	{
		Tile		tile = tile_of(pairs->filter.comparison, number);

		count += sift_tile(&pairs->filter, &tile, candidates + count);
	}
	pairs->slab_counts[slab] = count;
}

void
sift_tiles(FilteredPairs *pairs, SlabRunner run, size_t first, size_t end)
{
	double		of_tiles = pairs->pairs_of_tile * (double) (end - first);
	Stage		stage = {pairs, first, end, slab_size(pairs->costs.sift * pairs->pairs_of_tile)};

	Assert(pairs->count <= pairs->room && end - first <= most_filtered_tiles(pairs));
	run_stage(&stage, run, sift_slab);
	put_together(&stage, pairs->count, stage.size * (size_t) pairs->pairs_of_tile);
	pairs->nanoseconds += of_tiles * pairs->costs.sift;
	pairs->without += of_tiles * pairs->costs.compare;
}

static void
estimate_slab(void *job, size_t slab)
{
	const Stage *stage = job;
	FilteredPairs *pairs = stage->pairs;
	size_t		first = slab * stage->size;
	size_t		count = Min(stage->size, stage->end - first);

	pairs->slab_counts[slab] = estimate_candidates(&pairs->filter, pairs->candidates + first, count);
}

bool
estimate_waiting(FilteredPairs *pairs, SlabRunner run)
{
	Stage		stage = {pairs, 0, pairs->count, candidate_slab_size(pairs, pairs->costs.estimate)};

	if (!estimates_candidates(&pairs->filter))
		return false;
	run_stage(&stage, run, estimate_slab);
	pairs->nanoseconds += (double) pairs->count * pairs->costs.estimate;
	put_together(&stage, 0, stage.size);
	return true;
}

void
reconsider_waiting(FilteredPairs *pairs, size_t first, CandidateStage stage)
{
	ProductRange products = pairs->filter.products;
	ValueRange	range = stage == BY_ESTIMATES ? pairs->filter.estimates : (ValueRange) {products.least, products.most};
	size_t		left = 0;

	for (size_t i = first; i < pairs->count; i++)
	{
		Candidate	candidate = pairs->candidates[i];

		pairs->candidates[left] = candidate;
		left += candidate.value >= range.least && candidate.value <= range.most;
	}
	pairs->count = left;
}

static void
compare_slab(void *job, size_t slab)
{
	const Stage *stage = job;
	const Comparison *comparison = stage->pairs->filter.comparison;
	size_t		first = stage->first + slab * stage->size;

	stage->pairs->slab_counts[slab] =
		compare_candidates(comparison, stage->pairs->candidates + first, Min(stage->size, stage->end - first),
						   slab % comparison->at_once);
}

void
compare_waiting(FilteredPairs *pairs, SlabRunner run, size_t first, size_t end)
{
	Stage		stage = {pairs, first, end, candidate_slab_size(pairs, pairs->costs.compare)};

	run_stage(&stage, run, compare_slab);
	for (size_t slab = 0; first + slab * stage.size < end; slab++)
		pairs->nanoseconds += (double) pairs->slab_counts[slab] * pairs->costs.compare;
}

/* The number that would be at a position of the sorted ones, which are moved (C. A. R. Hoare, Algorithm 65: Find, 1961) */
static float
number_at(float *numbers, size_t count, size_t position)
{
	size_t		low = 0;
	size_t		high = count - 1;

	while (low < high)
	{
		float		pivot = numbers[position];
		size_t		i = low;
		size_t		j = high;

		CHECK_FOR_INTERRUPTS();
		for (;;)
		{
			float		number;

			while (numbers[i] < pivot)
				i++;
			while (pivot < numbers[j])
				j--;
			if (i > j)
				break;
			number = numbers[i];
			numbers[i++] = numbers[j];
			numbers[j] = number;
			if (j == 0)
				break;
			j--;
			if (i > j)
				break;
		}
		if (j < position)
			low = i;
		if (position < i)
			high = j;
	}
	return numbers[position];
}

size_t
best_to_front(FilteredPairs *pairs, size_t most, bool greatest)
{
	size_t		count = pairs->count;
	float	   *numbers;
	Candidate  *others;
	float		limit;
	size_t		front = 0;
	size_t		left = 0;

	if (count <= most || most == 0)
		return Min(count, most);
	numbers = MemoryContextAllocHuge(CurrentMemoryContext, count * sizeof(float));
	for (size_t i = 0; i < count; i++)
		numbers[i] = (float) (greatest ? -pairs->candidates[i].value : pairs->candidates[i].value);
	limit = number_at(numbers, count, most - 1);
	pfree(numbers);
	others = MemoryContextAllocHuge(CurrentMemoryContext, count * sizeof(Candidate));
	for (size_t i = 0; i < count; i++)
	{
		Candidate	candidate = pairs->candidates[i];

		if (front < most && (float) (greatest ? -candidate.value : candidate.value) <= limit)
			pairs->candidates[front++] = candidate;
		else
			others[left++] = candidate;
	}
	memcpy(pairs->candidates + front, others, left * sizeof(Candidate));
	pfree(others);
	return front;
}

bool
filter_has_paid(FilteredPairs *pairs)
{
	bool		paid = pairs->nanoseconds <= WORTH_GOING_ON * pairs->without;

	pairs->nanoseconds = pairs->without = 0.0;
	return paid;
}
