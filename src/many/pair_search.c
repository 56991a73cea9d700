/*-------------------------------------------------------------------------
 *
 * pair_search.c
 *	  A search for pairs: all of them, the closest or most different ones, or
 *	  those within a threshold.
 *
 * Pairs are computed in batches of tiles, so that memory does not grow with
 * their number, and handed out one by one.  Where a filter can tell that most of
 * a batch is not looked for, only candidates are computed.  What comes out is the
 * same, in the same order: a candidate's value has the bits that it has in a tile.
 *
 *-------------------------------------------------------------------------
 */
#include "many/pair_search.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "many/best_pairs.h"
#include "many/filtered_pairs.h"
#include "parallel/threads.h"

/* A batch is first some milliseconds of work, so that the first rows come soon, and later more */
#define FIRST_BATCH_NANOSECONDS 5e6
#define LAST_BATCH_NANOSECONDS 100e6
#define MOST_BATCH_VALUES ((size_t) 1 << 19)

/* Before it is asked what is better than the best, so many times as many are compared as are wanted */
#define PAIRS_OF_ONE_THAT_IS_WANTED 4.0
/* The first batch of a filter shows whether it pays: a part of all pairs, but no more than so many of them */
#define PROBED_PART 64.0
#define MOST_PROBED_PAIRS 16384.0
/* Candidates may wait until there are so many times as many as when they were last reconsidered */
#define GROWTH_OF_WAITING 4
/*
 * If it does not, so many times as many pairs are compared without it before it is
 * tried again, when better pairs may be known; and each time so many times more
 */
#define FIRST_BATCHES_WITHOUT_FILTER 4
#define MOST_BATCHES_WITHOUT_FILTER 256

/* Candidates that are compared before others are reconsidered */
#define CANDIDATES_AT_ONCE 16384

struct PairSearch
{
	Comparison *comparison;
	PairOptions options;
	Progress	progress;
	SlabRunner	run;
	size_t		end_tile;		/* before which all have been seen */

	/* a batch of values */
	double	   *values;
	size_t		most_tiles;
	double		nanoseconds;	/* of the next one */
	size_t		first_tile;
	Tile		tile;			/* that is being handed out */
	size_t		tile_number;
	size_t		row;
	size_t		column;

	/* a batch of candidates, if there is a filter */
	FilteredPairs *filtered;
	size_t		probe_tiles;
	size_t		filtered_tiles; /* of the next one */
	size_t		unfiltered_tiles;	/* that come before it */
	size_t		batches_without;	/* if it does not pay, in batches of probe_tiles */
	bool		probing;		/* it is to show whether the filter pays */
	size_t		most_waiting;	/* before they are reconsidered */
	size_t		next_candidate;

	/* of top */
	BestPairs	best;
	size_t		next;
	bool		sorted;
};

static void
batch_tile(void *data, size_t number)
{
	PairSearch *search = data;
	Tile		tile = tile_of(search->comparison, number);
	size_t		size = search->comparison->tile_size;

	compare_tile(search->comparison, &tile, search->run,
				 search->values + (number - search->first_tile) * size * size, size);
}

static void
start_tile(PairSearch *search, size_t number)
{
	search->tile_number = number;
	if (number >= search->end_tile)
		return;
	search->tile = tile_of(search->comparison, number);
	search->row = search->tile.first_p;
	search->column = search->tile.first_q;
}

static void
report_tiles(PairSearch *search)
{
	advance_progress(&search->progress,
					 search->progress.total * (double) search->end_tile / (double) search->comparison->tiles);
}

/* Computes all values of the next tiles */
static void
compare_batch(PairSearch *search)
{
	const Comparison *comparison = search->comparison;
	double		nanoseconds = tile_nanoseconds(comparison);
	size_t		count = 1 + (size_t) (search->nanoseconds / (nanoseconds + 1.0));

	if (search->values == NULL)
	{
		MemoryContext caller = MemoryContextSwitchTo(GetMemoryChunkContext(search));

		search->values = palloc(search->most_tiles * comparison->tile_size * comparison->tile_size * sizeof(double));
		MemoryContextSwitchTo(caller);
	}
	count = Min(count, search->most_tiles);
	if (search->filtered != NULL)
		count = Min(count, search->unfiltered_tiles);
	search->first_tile = search->end_tile;
	search->end_tile = Min(search->first_tile + count, comparison->tiles);
	search->unfiltered_tiles -= Min(search->unfiltered_tiles, count);
	search->nanoseconds = Min(2.0 * search->nanoseconds, LAST_BATCH_NANOSECONDS);

	/* others may have asked for a runner since the last batch */
	search->run = runner_for(nanoseconds * (double) (search->end_tile - search->first_tile));
	run_tiles(comparison, search->run, batch_tile, search, search->first_tile, search->end_tile);
	report_tiles(search);
	start_tile(search, search->first_tile);
}

/* The next pair of a batch of values in their order; false if there is none */
static bool
next_of_values(PairSearch *search, Candidate *pair)
{
	size_t		size = search->comparison->tile_size;

	while (search->tile_number < search->end_tile)
	{
		while (search->row < search->tile.end_p)
		{
			size_t		row = search->row;
			size_t		column = search->column++;

			if (column >= search->tile.end_q)
			{
				search->row++;
				search->column = search->tile.first_q;
				continue;
			}
			if (search->comparison->symmetric ? column <= row : column == row)
				continue;
			pair->p = (uint32) row;
			pair->q = (uint32) column;
			pair->value = search->values[(search->tile_number - search->first_tile) * size * size +
										 (row - search->tile.first_p) * size + (column - search->tile.first_q)];
			return true;
		}
		start_tile(search, search->tile_number + 1);
	}
	return false;
}

/* The values that are still looked for */
static void
narrow(PairSearch *search)
{
	ValueRange	range = {-INFINITY, search->options.limited ? search->options.within : INFINITY};

	if (search->options.has_top && best_pairs_are_full(&search->best))
	{
		double		worst = search->best.pairs[0].value;

		if (search->options.farthest)
			range.least = worst;
		else
			range.most = Min(range.most, worst);
	}
	look_for(&search->filtered->filter, range);
}

/* Has the filter sift the next tiles */
static void
sift_batch(PairSearch *search)
{
	FilteredPairs *filtered = search->filtered;
	size_t		first = search->end_tile;
	size_t		end = Min(first + search->filtered_tiles, search->comparison->tiles);

	/* all that is to be sifted, of which a batch is too short to tell whether threads would pay */
	search->run = runner_for(filtered->costs.sift * filtered->pairs_of_tile * (double) search->comparison->tiles);
	narrow(search);
	sift_tiles(filtered, search->run, first, end);
	search->end_tile = search->tile_number = end;
	search->filtered_tiles = Min(2 * search->filtered_tiles, most_filtered_tiles(filtered));
	report_tiles(search);
}

/* Goes on without the filter for a while if it has left out too little */
static void
judge_filter(PairSearch *search)
{
	search->probing = !filter_has_paid(search->filtered);
	if (!search->probing)
		return;
	search->filtered_tiles = search->probe_tiles;
	search->unfiltered_tiles = search->batches_without * search->probe_tiles;
	search->batches_without = Min(FIRST_BATCHES_WITHOUT_FILTER * search->batches_without, MOST_BATCHES_WITHOUT_FILTER);
}

static bool
is_found(const PairSearch *search, const Candidate *pair)
{
	/* NULL is not within anything */
	return !search->options.limited || pair->value <= search->options.within;
}

/* The next batch, all of it with values; false if there is none */
static bool
next_batch(PairSearch *search)
{
	if (search->end_tile >= search->comparison->tiles)
		return false;
	if (search->filtered == NULL || search->unfiltered_tiles > 0)
	{
		compare_batch(search);
		return true;
	}
	search->next_candidate = search->filtered->count = 0;
	sift_batch(search);
	estimate_waiting(search->filtered, search->run);
	compare_waiting(search->filtered, search->run, 0, search->filtered->count);
	judge_filter(search);
	return true;
}

/* The next pair within the threshold, in the order of tiles */
static bool
next_within(PairSearch *search, Candidate *pair)
{
	for (;;)
	{
		while (search->filtered != NULL && search->next_candidate < search->filtered->count)
		{
			*pair = search->filtered->candidates[search->next_candidate++];
			if (is_found(search, pair))
				return true;
		}
		while (next_of_values(search, pair))
			if (is_found(search, pair))
				return true;
		if (!next_batch(search))
			return false;
	}
}

static void
keep_found(PairSearch *search, const Candidate *pair)
{
	CHECK_FOR_INTERRUPTS();
	if (is_found(search, pair))
		keep_pair(&search->best, pair);
}

/* Keeps the best pairs of a batch of values */
static void
keep_values(PairSearch *search)
{
	size_t		size = search->comparison->tile_size;
	const double *values = search->values;

	for (size_t number = search->first_tile; number < search->end_tile; number++, values += size * size)
	{
		Tile		tile = tile_of(search->comparison, number);

		for (size_t row = tile.first_p; row < tile.end_p; row++)
		{
			const double *row_values = values + (row - tile.first_p) * size;
			size_t		column = search->comparison->symmetric ? Max(tile.first_q, row + 1) : tile.first_q;

			CHECK_FOR_INTERRUPTS();
			for (; column < tile.end_q; column++)
			{
				Candidate	pair = {row_values[column - tile.first_q], (uint32) row, (uint32) column};

				if (column != row && may_be_kept(&search->best, pair.value))
					keep_found(search, &pair);
			}
		}
	}
	search->tile_number = search->end_tile;
}

/* Compares the first of those that wait, and has the others reconsidered */
static void
compare_first(PairSearch *search, size_t count, CandidateStage stage)
{
	FilteredPairs *filtered = search->filtered;

	compare_waiting(filtered, search->run, 0, count);
	for (size_t i = 0; i < count; i++)
		keep_found(search, &filtered->candidates[i]);
	narrow(search);
	reconsider_waiting(filtered, count, stage);
}

/* Compares the most promising ones, if there are more than are wanted: the others then have to be better */
static void
compare_most_promising(PairSearch *search, CandidateStage stage)
{
	bool		greatest = (stage == BY_PRODUCTS) != search->options.farthest;

	if (search->filtered->count > 2 * search->options.top)
		compare_first(search, best_to_front(search->filtered, search->options.top, greatest), stage);
	search->most_waiting = GROWTH_OF_WAITING * (search->filtered->count + 2 * search->options.top);
}

/* Compares all that wait, unless they turn out not to be among the best */
static void
settle(PairSearch *search)
{
	CandidateStage stage = BY_PRODUCTS;

	narrow(search);
	reconsider_waiting(search->filtered, 0, stage);
	compare_most_promising(search, stage);
	if (estimate_waiting(search->filtered, search->run))
	{
		stage = BY_ESTIMATES;
		compare_most_promising(search, stage);
	}
	while (search->filtered->count > 0)
		compare_first(search, Min(search->filtered->count, CANDIDATES_AT_ONCE), stage);
	judge_filter(search);
}

/* Whether what is looked for leaves anything out: infinite values, as of different supports, say nothing */
static bool
is_narrow(const PairSearch *search)
{
	if (!best_pairs_are_full(&search->best))
		return false;
	return search->options.farthest || search->best.pairs[0].value < INFINITY;
}

/*
 * Candidates of a filter wait until they have to be compared: the more that has
 * been seen, the fewer of them are left.
 */
static void
see_all_pairs(PairSearch *search)
{
	FilteredPairs *filtered = search->filtered;

	while (search->end_tile < search->comparison->tiles)
	{
		if (filtered != NULL && search->unfiltered_tiles == 0 && !is_narrow(search))
			search->unfiltered_tiles = FIRST_BATCHES_WITHOUT_FILTER * search->probe_tiles;
		if (filtered == NULL || search->unfiltered_tiles > 0)
		{
			compare_batch(search);
			keep_values(search);
			continue;
		}
		sift_batch(search);
		if (filtered->count > search->most_waiting)
			compare_most_promising(search, BY_PRODUCTS);
		if (search->probing || filtered->count > filtered->room / 2)
			settle(search);
	}
	if (filtered != NULL)
		settle(search);
}

static void
find_best(PairSearch *search)
{
	begin_best_pairs(&search->best, search->options.top, search->options.farthest);
	if (search->options.top > 0)
		see_all_pairs(search);
	sort_best_pairs(&search->best);
	search->sorted = true;
}

/* A filter for what is looked for, if there is one that pays */
static void
begin_filter(PairSearch *search)
{
	const PairOptions *options = &search->options;
	double		top = options->has_top ? (double) options->top : 0.0;
	double		tiles;

	if (!options->limited && !options->has_top)
		return;
	if (options->has_top && options->top == 0)
		return;
	search->filtered = begin_filtered_pairs(search->comparison, options->farthest, top);
	if (search->filtered == NULL)
		return;
	prepare_filter(&search->filtered->filter, runner_for(search->filtered->costs.preparation));
	tiles = Min((double) search->comparison->tiles / PROBED_PART, MOST_PROBED_PAIRS / search->filtered->pairs_of_tile);
	search->probe_tiles = search->filtered_tiles = 1 + (size_t) tiles;
	if (options->has_top)
		search->unfiltered_tiles = 1 + (size_t) (PAIRS_OF_ONE_THAT_IS_WANTED * top / search->filtered->pairs_of_tile);
	search->batches_without = FIRST_BATCHES_WITHOUT_FILTER;
	search->probing = true;
}

PairSearch *
begin_pair_search(Comparison *comparison, const PairOptions *options)
{
	PairSearch *search = palloc0(sizeof(PairSearch));
	size_t		tile_values = comparison->tile_size * comparison->tile_size;
	double		rows = (double) comparison->count;

	search->comparison = comparison;
	search->options = *options;
	search->most_tiles = Min(Max(MOST_BATCH_VALUES / tile_values, 1), Max(comparison->tiles, 1));
	search->nanoseconds = options->has_top ? LAST_BATCH_NANOSECONDS : FIRST_BATCH_NANOSECONDS;
	begin_filter(search);
	begin_progress(&search->progress, "divergence_pairs", "pairs",
				   rows * (rows - 1.0) * (comparison->symmetric ? 0.5 : 1.0));
	return search;
}

bool
next_found_pair(PairSearch *search, Candidate *pair)
{
	if (!search->options.has_top)
		return next_within(search, pair);
	if (!search->sorted)
	{
		MemoryContext caller = MemoryContextSwitchTo(GetMemoryChunkContext(search));

		find_best(search);
		MemoryContextSwitchTo(caller);
	}
	if (search->next >= search->best.count)
		return false;
	*pair = search->best.pairs[search->next++];
	return true;
}
