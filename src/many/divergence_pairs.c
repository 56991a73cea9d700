/*-------------------------------------------------------------------------
 *
 * divergence_pairs.c
 *	  divergence_pairs(): the pairs of many distributions as rows, all of
 *	  them, the closest or most different ones, or those within a threshold.
 *
 * Pairs are computed in batches of tiles, so that memory does not grow with
 * their number, and handed out one by one.
 *
 *-------------------------------------------------------------------------
 */
#include "many/divergence_pairs.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/float.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "input/parameters.h"
#include "many/histogram_distributions.h"
#include "parallel/threads.h"

/* A batch is first some milliseconds of work, so that the first rows come soon, and later more */
#define FIRST_BATCH_NANOSECONDS 5e6
#define LAST_BATCH_NANOSECONDS 100e6
#define MOST_BATCH_VALUES ((size_t) 1 << 19)

/* Room for so many of the best pairs at first */
#define FIRST_CAPACITY 1024

struct PairSearch
{
	Comparison *comparison;
	PairOptions options;
	Progress	progress;
	SlabRunner	run;

	/* the batch */
	double	   *values;
	size_t		most_tiles;
	double		nanoseconds;	/* of the next one */
	size_t		first_tile;
	size_t		end_tile;
	Tile		tile;			/* that is being handed out */
	size_t		tile_number;
	size_t		row;
	size_t		column;

	/* of top: the best pairs so far, the worst of them first; sorted at the end */
	Pair	   *best;
	size_t		count;
	size_t		capacity;
	size_t		next;
	bool		sorted;
};

/* Whether a comes before b; positions decide between equal values */
static bool
comes_before(const PairSearch *search, const Pair *a, const Pair *b)
{
	if (a->value != b->value)
		return search->options.farthest ? a->value > b->value : a->value < b->value;
	return a->a != b->a ? a->a < b->a : a->b < b->b;
}

static int
compare_for_sort(const void *a, const void *b, void *search)
{
	CHECK_FOR_INTERRUPTS();
	return comes_before(search, a, b) ? -1 : comes_before(search, b, a) ? 1 : 0;
}

/* Moves a pair down the heap from a position, whose children come before it */
static void
sift_down(PairSearch *search, size_t position)
{
	Pair	   *heap = search->best;
	Pair		pair = heap[position];

	for (;;)
	{
		size_t		child = 2 * position + 1;

		if (child >= search->count)
			break;
		if (child + 1 < search->count && comes_before(search, &heap[child], &heap[child + 1]))
			child++;
		if (!comes_before(search, &pair, &heap[child]))
			break;
		heap[position] = heap[child];
		position = child;
	}
	heap[position] = pair;
}

static void
sift_up(PairSearch *search, size_t position)
{
	Pair	   *heap = search->best;
	Pair		pair = heap[position];

	while (position > 0 && comes_before(search, &heap[(position - 1) / 2], &pair))
	{
		heap[position] = heap[(position - 1) / 2];
		position = (position - 1) / 2;
	}
	heap[position] = pair;
}

/* Keeps a pair if it is among the best */
static void
keep(PairSearch *search, const Pair *pair)
{
	Assert(search->count <= search->options.top && search->count <= search->capacity);
	Assert(pair->a < search->comparison->count && pair->b < search->comparison->count);
	if (search->count == search->options.top)
	{
		if (search->count > 0 && comes_before(search, pair, &search->best[0]))
		{
			search->best[0] = *pair;
			sift_down(search, 0);
		}
		return;
	}
	if (search->count == search->capacity)
	{
		search->capacity = Min(2 * search->capacity, search->options.top);
		search->best = repalloc_huge(search->best, search->capacity * sizeof(Pair));
	}
	search->best[search->count] = *pair;
	sift_up(search, search->count++);
}

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

/* Computes the next batch; false if there is none */
static bool
next_batch(PairSearch *search)
{
	const Comparison *comparison = search->comparison;
	double		nanoseconds = tile_nanoseconds(comparison);
	size_t		count = 1 + (size_t) (search->nanoseconds / (nanoseconds + 1.0));

	if (search->end_tile >= comparison->tiles)
		return false;
	count = Min(count, search->most_tiles);
	search->first_tile = search->end_tile;
	search->end_tile = Min(search->first_tile + count, comparison->tiles);
	search->nanoseconds = Min(2.0 * search->nanoseconds, LAST_BATCH_NANOSECONDS);

	/* others may have asked for a runner since the last batch */
	search->run = runner_for(nanoseconds * (double) (search->end_tile - search->first_tile));
	run_tiles(comparison, search->run, batch_tile, search, search->first_tile, search->end_tile);
	advance_progress(&search->progress,
					 search->progress.total * (double) search->end_tile / (double) comparison->tiles);
	start_tile(search, search->first_tile);
	return true;
}

/* The next pair of the batches in their order; false if there is none */
static bool
next_in_batches(PairSearch *search, Pair *pair)
{
	size_t		size = search->comparison->tile_size;

	for (;;)
	{
		if (search->tile_number >= search->end_tile && !next_batch(search))
			return false;
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
			pair->a = (uint32) row;
			pair->b = (uint32) column;
			pair->value = search->values[(search->tile_number - search->first_tile) * size * size +
										 (row - search->tile.first_p) * size + (column - search->tile.first_q)];
			return true;
		}
		start_tile(search, search->tile_number + 1);
	}
}

/* NULL is not within anything, and neither close nor far */
static bool
next_within(PairSearch *search, Pair *pair)
{
	while (next_in_batches(search, pair))
		if (!search->options.limited || pair->value <= search->options.within)
			return true;
	return false;
}

static void
find_best(PairSearch *search)
{
	Pair		pair;

	search->capacity = Min(FIRST_CAPACITY, search->options.top);
	search->best = palloc(Max(search->capacity, 1) * sizeof(Pair));
	while (search->options.top > 0 && next_within(search, &pair))
	{
		CHECK_FOR_INTERRUPTS();
		if (!isnan(pair.value))
			keep(search, &pair);
	}
	qsort_arg(search->best, search->count, sizeof(Pair), compare_for_sort, search);
	search->sorted = true;
}

/* In the current memory context, which has to live as long as the search */
PairSearch *
begin_pair_search(Comparison *comparison, const PairOptions *options)
{
	PairSearch *search = palloc0(sizeof(PairSearch));
	size_t		tile_values = comparison->tile_size * comparison->tile_size;
	double		rows = (double) comparison->count;

	search->comparison = comparison;
	search->options = *options;
	search->most_tiles = Min(Max(MOST_BATCH_VALUES / tile_values, 1), Max(comparison->tiles, 1));
	search->values = palloc(search->most_tiles * tile_values * sizeof(double));
	search->nanoseconds = options->has_top ? LAST_BATCH_NANOSECONDS : FIRST_BATCH_NANOSECONDS;
	begin_progress(&search->progress, "divergence_pairs", "pairs",
				   rows * (rows - 1.0) * (comparison->symmetric ? 0.5 : 1.0));
	return search;
}

/* The next pair that the caller wants to see; its value is NaN for NULL */
bool
next_found_pair(PairSearch *search, Pair *pair)
{
	if (!search->options.has_top)
		return next_within(search, pair);
	if (!search->sorted)
	{
		MemoryContext caller = MemoryContextSwitchTo(GetMemoryChunkContext(search));

		find_best(search);
		MemoryContextSwitchTo(caller);
	}
	if (search->next >= search->count)
		return false;
	*pair = search->best[search->next++];
	return true;
}

/* Arguments from top on: top, within, farthest */
PairOptions
pair_options_argument(FunctionCallInfo fcinfo, int first)
{
	PairOptions options = {0};

	options.has_top = !PG_ARGISNULL(first);
	if (options.has_top)
	{
		int32		top = PG_GETARG_INT32(first);

		if (top < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("top must be a number of at least 0"),
					 errdetail("Argument \"top\" is %d.", top)));
		options.top = (size_t) top;
	}
	options.limited = !PG_ARGISNULL(first + 1);
	if (options.limited)
	{
		options.within = PG_GETARG_FLOAT8(first + 1);
		if (!(options.within >= 0.0))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("within must be a number of at least 0"),
					 errdetail("Argument \"within\" is %s.", float8out_internal(options.within))));
	}
	options.farthest = !PG_ARGISNULL(first + 2) && PG_GETARG_BOOL(first + 2);
	if (options.farthest && !options.has_top)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("farthest needs top"),
				 errhint("Say how many of the most different pairs you want: top => 10.")));
	return options;
}

/* Names of the rows, which are made part of the search's memory */
PairIds *
pair_ids_argument(FunctionCallInfo fcinfo, int argument, size_t rows)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P_COPY(argument);
	PairIds    *ids = palloc(sizeof(PairIds));
	int16		length;
	bool		by_value;
	char		alignment;
	int			count;

	get_typlenbyvalalign(ARR_ELEMTYPE(array), &length, &by_value, &alignment);
	deconstruct_array(array, ARR_ELEMTYPE(array), length, by_value, alignment, &ids->values, &ids->nulls, &count);
	if ((size_t) count != rows)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("there must be as many ids as distributions"),
				 errdetail("Number of elements of argument \"ids\": %d; of argument \"distributions\": %zu.", count, rows)));
	return ids;
}

/* Returns a pair as a row of a, b, divergence, or ends the set */
Datum
return_pair(FunctionCallInfo fcinfo, FuncCallContext *context, PairSearch *search, const PairIds *ids)
{
	Pair		pair;
	Datum		values[3];
	bool		nulls[3];

	if (!next_found_pair(search, &pair))
		SRF_RETURN_DONE(context);
	values[0] = ids->values[pair.a];
	nulls[0] = ids->nulls[pair.a];
	values[1] = ids->values[pair.b];
	nulls[1] = ids->nulls[pair.b];
	nulls[2] = isnan(pair.value);
	values[2] = Float8GetDatum(nulls[2] ? 0.0 : pair.value);
	SRF_RETURN_NEXT(context, HeapTupleGetDatum(heap_form_tuple(context->tuple_desc, values, nulls)));
}

typedef struct PairsCall
{
	PairSearch *search;
	PairIds    *ids;
} PairsCall;

/* What a first call sets up; NULL if there is nothing to compare */
static PairsCall *
begin_pairs(FunctionCallInfo fcinfo, DistributionsOf distributions_of)
{
	PairsCall  *call = palloc(sizeof(PairsCall));
	const Measure *measure = measure_argument(fcinfo, 2, &jsd_measure, compares_two, COMPARES_NOTHING, "");
	PairOptions options = pair_options_argument(fcinfo, 3);
	Parameters	parameters = option_arguments(fcinfo, 6, PARAMETER_ALPHA, measure);

	/* a copy, which outlives this call */
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P_COPY(1);
	Distributions distributions = distributions_of(array, "distributions", measure);

	if (!distributions.in_array)
		pfree(array);
	call->ids = pair_ids_argument(fcinfo, 0, distributions.count);
	call->search = begin_pair_search(begin_comparison(measure, &parameters, distributions, "distributions"), &options);
	return call;
}

static Datum
pairs_of(FunctionCallInfo fcinfo, DistributionsOf distributions_of)
{
	FuncCallContext *context;
	PairsCall  *call;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;

		context = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(context->multi_call_memory_ctx);
		if (!PG_ARGISNULL(0) && !PG_ARGISNULL(1))
			context->user_fctx = begin_pairs(fcinfo, distributions_of);
		context->tuple_desc = result_row_type(fcinfo);
		MemoryContextSwitchTo(caller);
	}
	context = SRF_PERCALL_SETUP();
	call = context->user_fctx;
	if (call == NULL)
		SRF_RETURN_DONE(context);
	return return_pair(fcinfo, context, call->search, call->ids);
}

/*
 * divergence_pairs(ids, distributions, measure, top, within, farthest, alpha,
 * base, pseudocount, empty): a row a, b, divergence for each pair of
 * distributions, once if the measure is symmetric and in both orders if not.
 */
SQL_FUNCTION(kldiv_divergence_pairs)
{
	return pairs_of(fcinfo, distributions_of_array);
}

/*
 * The same for histograms, over the labels of all: a pseudocount is added to
 * each label that any of them has.
 */
SQL_FUNCTION(kldiv_divergence_pairs_histograms)
{
	return pairs_of(fcinfo, distributions_of_histograms);
}
