/*-------------------------------------------------------------------------
 *
 * comparison_plan.c
 *	  Many distributions at once: how they are kept, memory, and tiles.
 *
 * Distributions are rows of weights for all bins, or lists of bins and weights.
 * Of rows, panels are made if the measure has a form for them: a bin of a pair
 * then takes a fraction of a nanosecond, but every pair has all bins.  A pair
 * of lists has only its own bins, each of which takes some nanoseconds.
 *
 *-------------------------------------------------------------------------
 */
#include "math/many/comparison.h"

#include <math.h>

#include "math/assertions.h"
#include "math/many/panel_form.h"

/* Rows of more bins are compared pair by pair */
#define MOST_BINS_IN_PANELS 65536
/* From here a pair is given to a runner */
#define BINS_BY_SLABS 262144

/* Bins times pairs of a tile: some milliseconds */
#define TILE_WORK ((size_t) 1 << 22)
#define DIRECT_TILE_WORK ((size_t) 1 << 20)
#define MOST_TILE_SIZE 32

/* Merging lists, for each bin of a pair */
#define MERGE_NANOSECONDS 2.0
/* Rows may take so many bytes if that is faster, or so many for each bin that lists would have */
#define MOST_BYTES_OF_ROWS (UINT64_C(64) << 20)
#define MOST_BYTES_A_LISTED_BIN 512
/* Room for merged lists: as many tiles at once as fit in it, but some anyway */
#define MERGED_BYTES ((size_t) 16 << 20)
#define LEAST_AT_ONCE 4
#define MOST_AT_ONCE 64

/* What panels may find wrong, relatively, where distributions have no bin in common */
#define DISJOINT_ERROR 0x1p-30

/* Of what is compared pair by pair */
const PanelForm pair_by_pair = {
	.kernel = PANEL_NONE,
	.preparation = PREPARE_NOTHING,
	.two_numbers = NO,
	.zeros_matter = NO,
	.disjoint = FOUND_OTHERWISE
};

static const PanelForm *
form_of_rows(const Measure *measure, size_t count, size_t bins)
{
	return bins > MOST_BINS_IN_PANELS || count < LANES ? &pair_by_pair : measure->panels;
}

/* Numbers that a panel has for each bin of a distribution */
static uint64_t
numbers_of(const PanelForm *form)
{
	return form->kernel == PANEL_NONE ? 0 : form->two_numbers == YES ? 2 : 1;
}

/* The bins that either of two lists has, if any bin is as likely as any other */
static double
mean_of_merged(double count, double bins, double listed)
{
	double		density = listed / (count * bins);

	return bins * density * (2.0 - density);
}

bool
lists_are_better(const Measure *measure, size_t count, size_t bins, size_t listed)
{
	const PanelForm *form = form_of_rows(measure, count, bins);
	double		bytes = (double) count * (double) bins * (double) (1 + numbers_of(form)) * sizeof(double);
	double		by_rows = (double) bins * (form->kernel == PANEL_NONE ? measure->nanoseconds : form->nanoseconds);

	if (listed == 0)
		return false;
	if (bytes > MOST_BYTES_OF_ROWS && bytes > (double) listed * MOST_BYTES_A_LISTED_BIN)
		return true;
	return mean_of_merged((double) count, (double) bins, (double) listed) *
		(measure->nanoseconds + MERGE_NANOSECONDS) < by_rows;
}

/* Cuts the matrix into tiles when it is known what pairs take */
static void
plan_tiles(Comparison *comparison)
{
	size_t		work = comparison->panels > 0 ? TILE_WORK : DIRECT_TILE_WORK;

	comparison->by_slabs = comparison->pair_bins >= BINS_BY_SLABS;
	comparison->tile_size = MOST_TILE_SIZE;
	while (comparison->tile_size > (comparison->panels > 0 ? LANES : 1) &&
		   comparison->tile_size * comparison->tile_size * comparison->pair_bins > work)
		comparison->tile_size /= 2;
	comparison->bands = (comparison->count + comparison->tile_size - 1) / comparison->tile_size;
	comparison->tiles = comparison->symmetric ? comparison->bands * (comparison->bands + 1) / 2 :
		comparison->bands * comparison->bands;
}

static void
begin_plan(Comparison *comparison, const Measure *measure, const Parameters *parameters, size_t count, size_t bins)
{
	memset(comparison, 0, sizeof(*comparison));
	comparison->measure = measure;
	comparison->parameters = *parameters;
	comparison->count = count;
	comparison->bins = bins;
	comparison->symmetric = measure->symmetric == YES;
}

void
plan_comparison(Comparison *comparison, const Measure *measure, const Parameters *parameters,
				const double *weights, size_t count, size_t bins)
{
	uint64_t	padded = whole_lanes(count);
	uint64_t	numbers = 0;

	begin_plan(comparison, measure, parameters, count, bins);
	comparison->weights = weights;
	comparison->form = form_of_rows(measure, count, bins);
	comparison->panels = comparison->form->kernel != PANEL_NONE ? padded / LANES : 0;
	comparison->pair_bins = bins;
	comparison->mean_bins = (double) bins;
	plan_tiles(comparison);
	comparison->at_once = comparison->tiles;

	if (comparison->panels > 0)
		numbers = padded * bins * numbers_of(comparison->form) + bins + 3 * padded;
	comparison->may_be_infinite = comparison->form->zeros_matter == YES && parameters->empty == 0.0;
	comparison->nearly_disjoint = INFINITY;
	if (comparison->form->disjoint > 0.0 && parameters->pseudocount == 0.0)
		comparison->nearly_disjoint = comparison->form->disjoint * (1.0 - DISJOINT_ERROR);
	if (comparison->may_be_infinite || (comparison->form->disjoint > 0.0 && parameters->pseudocount == 0.0))
		comparison->words = (bins + 63) / 64;
	comparison->memory_size = (count + numbers) * sizeof(double) +
		(uint64_t) count * comparison->words * sizeof(uint64_t) + 2 * count;
}

void
plan_comparison_of_lists(Comparison *comparison, const Measure *measure, const Parameters *parameters,
						 const BinLists *lists, size_t count, size_t bins)
{
	size_t		merged_size;

	begin_plan(comparison, measure, parameters, count, bins);
	comparison->lists = lists;
	comparison->form = &pair_by_pair;
	comparison->pair_bins = most_listed_bins(lists, count);
	if (comparison->pair_bins > bins)
		comparison->pair_bins = bins;
	comparison->mean_bins = mean_of_merged((double) count, (double) bins, (double) lists->starts[count]);
	plan_tiles(comparison);
	comparison->merged_room = whole_lanes(comparison->pair_bins + 1);
	merged_size = 2 * comparison->merged_room * sizeof(double);
	comparison->at_once = MERGED_BYTES / merged_size;
	if (comparison->at_once < LEAST_AT_ONCE)
		comparison->at_once = LEAST_AT_ONCE;
	if (comparison->at_once > MOST_AT_ONCE)
		comparison->at_once = MOST_AT_ONCE;
	if (comparison->by_slabs)
		comparison->at_once = 1;
	comparison->memory_size = comparison->at_once * merged_size + count * sizeof(double) + 2 * count;
}

void
place_comparison(Comparison *comparison, void *memory)
{
	size_t		padded = comparison->panels * LANES;
	size_t		panels = padded * comparison->bins;

	comparison->totals = memory;
	comparison->supports = (uint64_t *) (comparison->totals + comparison->count);
	comparison->center = (double *) (comparison->supports + comparison->count * comparison->words);
	comparison->kinds = (uint8_t *) comparison->center;
	if (comparison->panels > 0)
	{
		comparison->own = comparison->center + comparison->bins;
		comparison->other = comparison->own + padded;
		comparison->magnitude = comparison->other + padded;
		comparison->first = comparison->magnitude + padded;
		comparison->second = comparison->first + (comparison->form->two_numbers == YES ? panels : 0);
		comparison->kinds = (uint8_t *) (comparison->second + panels);
	}
	if (comparison->lists != NULL)
	{
		comparison->merged = comparison->center;
		comparison->kinds = (uint8_t *) (comparison->merged + comparison->at_once * 2 * comparison->merged_room);
	}
	comparison->zeros = comparison->kinds + comparison->count;
	memset(comparison->zeros, 0, comparison->count);
}

double
comparison_nanoseconds(const Comparison *comparison)
{
	double		pairs = (double) comparison->count * (double) comparison->count * (comparison->symmetric ? 0.5 : 1.0);
	double		nanoseconds = comparison->panels > 0 ? comparison->form->nanoseconds : comparison->measure->nanoseconds;

	if (comparison->lists != NULL)
		nanoseconds += MERGE_NANOSECONDS;
	return pairs * comparison->mean_bins * nanoseconds;
}

Tile
tile_of(const Comparison *comparison, size_t number)
{
	size_t		band = number / comparison->bands;
	size_t		column = number % comparison->bands;
	size_t		size = comparison->tile_size;
	Tile		tile;

	assert_that(number < comparison->tiles);
	if (comparison->symmetric)
	{
		/* bands of the upper half, from the last one, have 1, 2, 3 ... tiles */
		size_t		left = comparison->tiles - 1 - number;
		size_t		from_end = (size_t) ((sqrt(8.0 * (double) left + 1.0) - 1.0) / 2.0);

		while (from_end * (from_end + 1) / 2 > left)
			from_end--;
		while ((from_end + 1) * (from_end + 2) / 2 <= left)
			from_end++;
		band = comparison->bands - 1 - from_end;
		column = comparison->bands - 1 - (left - from_end * (from_end + 1) / 2);
	}
	tile.first_p = band * size;
	tile.end_p = tile.first_p + size < comparison->count ? tile.first_p + size : comparison->count;
	tile.first_q = column * size;
	tile.end_q = tile.first_q + size < comparison->count ? tile.first_q + size : comparison->count;
	tile.place = number % comparison->at_once;
	return tile;
}
