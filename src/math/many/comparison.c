/*-------------------------------------------------------------------------
 *
 * comparison.c
 *	  Many distributions at once: plans, preparation and tiles.
 *
 * Pairs have nothing in common but their rows, and rows can be prepared once.
 * For Jensen and Shannon's divergence one logarithm a bin is left, for
 * Kullback and Leibler's none: a product.  These fast forms are sums of more
 * than the value, which is what remains after others have been taken away.
 * Where too little remains to be accurate, evaluate_measure() is asked.
 *
 * Everything is relative to a reference distribution r, the mean of some rows,
 * so that what is taken away is of the size of the rows' differences and not
 * of their entropies.  Where phi(x, y) = x log(x/y) - x + y, for any vectors,
 *
 *		2 JSD(p, q) = sum phi(p, r) + sum phi(q, r) - sum phi(p + q, 2r)
 *		D(p||q) = sum phi(p, r) + sum phi(r, q) - sum (p - r) log(q/r)
 *
 * Errors: terms are added up in blocks of 64, blocks in eights and those in
 * double-double, so that a sum is wrong by less than 75 units of 2^-53 of the
 * sum of its terms' magnitudes, M, and mostly by a few.  A value of at least
 * M/32 is then right to 3e-13.  The masses themselves are rounded, which
 * changes a value by some 2^-53 times the total variation of what is compared:
 * hence least values, at which that is below 5e-13.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "math/many/comparison.h"
#include "math/elementary.h"
#include "math/pair/evaluation.h"
#include "math/pair/finish.h"
#include "math/many/many.h"

#define MASS 0x1p600

/* A value must not be smaller than what is added up for it by more than this */
#define MOST_CANCELLATION 32.0

/* Totals within 2^+-ORDINARY leave masses of all weights normal numbers */
#define ORDINARY 300

/* Rows of more bins are compared pair by pair */
#define MOST_BINS_IN_PANELS 65536
/* From here a pair is given to a runner */
#define BINS_BY_SLABS 262144

/* Bins times pairs of a tile: some milliseconds */
#define TILE_WORK ((size_t) 1 << 22)
#define DIRECT_TILE_WORK ((size_t) 1 << 20)
#define MOST_TILE_SIZE 32

/* The reference is the mean of so many rows at most, and a bin's share at least this small */
#define MOST_REFERENCE_ROWS 4096
#define LEAST_SHARE 0x1p-20

static size_t
panel_count(const Comparison *comparison)
{
	return (comparison->rows + LANES - 1) / LANES;
}

static bool
has_second_panels(FastForm form)
{
	return form == FORM_RELATIVE_ENTROPIES || form == FORM_SURPRISALS || form == FORM_LOGARITHMS;
}

/* Whether a value is infinite because of what is 0 */
static bool
zeros_matter(const Comparison *comparison)
{
	return comparison->form == FORM_RELATIVE_ENTROPIES || comparison->form == FORM_SURPRISALS ||
		(comparison->form == FORM_LOGARITHMS && comparison->parameters.empty == 0.0);
}

void
plan_comparison(Comparison *comparison, const Measure *measure, const Parameters *parameters,
				const double *weights, size_t rows, size_t bins)
{
	uint64_t	padded = (rows + LANES - 1) / LANES * LANES;
	size_t		work = TILE_WORK;
	uint64_t	panels = 0;

	memset(comparison, 0, sizeof(*comparison));
	comparison->measure = measure;
	comparison->parameters = *parameters;
	comparison->weights = weights;
	comparison->rows = rows;
	comparison->bins = bins;
	comparison->symmetric = measure_is_symmetric(measure);
	comparison->form = measure_form(measure);
	if (bins > MOST_BINS_IN_PANELS || rows < LANES)
		comparison->form = FORM_NONE;
	if (comparison->form == FORM_NONE)
		work = DIRECT_TILE_WORK;
	comparison->by_slabs = bins >= BINS_BY_SLABS;
	comparison->tile_size = MOST_TILE_SIZE;
	while (comparison->tile_size > (comparison->form == FORM_NONE ? 1 : LANES) &&
		   comparison->tile_size * comparison->tile_size * bins > work)
		comparison->tile_size /= 2;
	comparison->bands = (rows + comparison->tile_size - 1) / comparison->tile_size;
	comparison->tiles = comparison->symmetric ? comparison->bands * (comparison->bands + 1) / 2 :
		comparison->bands * comparison->bands;

	if (comparison->form != FORM_NONE)
		panels = padded * bins * (has_second_panels(comparison->form) ? 2 : 1) + bins + 3 * padded;
	if (zeros_matter(comparison))
		comparison->words = (bins + 63) / 64;
	comparison->memory_size = (rows + panels) * sizeof(double) +
		(uint64_t) rows * comparison->words * sizeof(uint64_t) + 2 * rows;
}

void
place_comparison(Comparison *comparison, void *memory)
{
	size_t		padded = panel_count(comparison) * LANES;
	size_t		panels = padded * comparison->bins;

	comparison->totals = memory;
	comparison->supports = (uint64_t *) (comparison->totals + comparison->rows);
	comparison->reference = (double *) (comparison->supports + comparison->rows * comparison->words);
	comparison->kinds = (uint8_t *) comparison->reference;
	if (comparison->form != FORM_NONE)
	{
		comparison->own = comparison->reference + comparison->bins;
		comparison->other = comparison->own + padded;
		comparison->magnitude = comparison->other + padded;
		comparison->first = comparison->magnitude + padded;
		comparison->second = comparison->first + (has_second_panels(comparison->form) ? panels : 0);
		comparison->kinds = (uint8_t *) (comparison->second + panels);
	}
	comparison->zeros = comparison->kinds + comparison->rows;
	memset(comparison->zeros, 0, comparison->rows);
}

static Weights
row_weights(const Comparison *comparison, size_t row)
{
	return dense_weights(comparison->weights + row * comparison->bins, comparison->bins);
}

void
judge_row(Comparison *comparison, size_t row, SlabRunner run, Finding *finding)
{
	Weights		weights = row_weights(comparison, row);
	double		total;
	int			exponent;

	*finding = (Finding) {WEIGHTS_VALID, false, 0, 0.0};
	total = judge_weights(&weights, comparison->parameters.pseudocount, run, finding);

	comparison->totals[row] = total;
	comparison->kinds[row] = ROW_NOT_OBSERVED;
	if (finding->judgement == WEIGHTS_VALID)
	{
		exponent = exponent_of(total);
		comparison->kinds[row] = exponent >= -ORDINARY && exponent <= ORDINARY ? ROW_ORDINARY : ROW_EXTREME;
	}
}

double
comparison_nanoseconds(const Comparison *comparison)
{
	static const double form_nanoseconds[FORM_COUNT] = {
		[FORM_ENTROPIES] = 0.6,
		[FORM_RELATIVE_ENTROPIES] = 0.1,
		[FORM_SURPRISALS] = 0.1,
		[FORM_LOGARITHMS] = 0.15,
		[FORM_ROOT_DIFFERENCES] = 0.15,
		[FORM_ROOT_PRODUCTS] = 0.1,
	};
	double		pairs = (double) comparison->rows * (double) comparison->rows * (comparison->symmetric ? 0.5 : 1.0);
	double		nanoseconds = comparison->form == FORM_NONE ? measure_nanoseconds(comparison->measure) :
		form_nanoseconds[comparison->form];

	return pairs * (double) comparison->bins * nanoseconds;
}

/* What a weight of the row is multiplied with to become a mass */
static double
row_scale(const Comparison *comparison, size_t row)
{
	return comparison->kinds[row] == ROW_ORDINARY ? MASS / comparison->totals[row] : 0.0;
}

/* The mean of some rows, over a slab of bins */
static void
reference_slab(void *job, size_t slab)
{
	Comparison *comparison = job;
	size_t		first = slab * BLOCK_SIZE;
	size_t		end = comparison->bins - first < BLOCK_SIZE ? comparison->bins : first + BLOCK_SIZE;
	size_t		step = (comparison->rows + MOST_REFERENCE_ROWS - 1) / MOST_REFERENCE_ROWS;
	double	   *reference = comparison->reference;
	double		count = 0.0;

	for (size_t bin = first; bin < end; bin++)
		reference[bin] = 0.0;
	for (size_t row = 0; row < comparison->rows; row += step)
	{
		const double *weights = comparison->weights + row * comparison->bins;
		double		scale = row_scale(comparison, row);

		if (scale == 0.0)
			continue;
		for (size_t bin = first; bin < end; bin++)
			reference[bin] += (weights[bin] + comparison->parameters.pseudocount) * scale;
		count += 1.0;
	}
	for (size_t bin = first; bin < end; bin++)
	{
		double		least = MASS * LEAST_SHARE / (double) comparison->bins;

		reference[bin] /= count > 0.0 ? count : 1.0;
		reference[bin] = reference[bin] > least ? reference[bin] : least;
	}
}

/* Masses of up to PANEL_BLOCK bins of a panel's rows; empty bins are filled if the measure says so */
static void
panel_masses(Comparison *comparison, size_t panel, size_t first, size_t count, double *masses)
{
	const double fill = comparison->parameters.empty * MASS;
	const double pseudocount = comparison->parameters.pseudocount;

	for (size_t lane = 0; lane < LANES; lane++)
	{
		size_t		row = panel * LANES + lane;
		const double *weights = comparison->weights + row * comparison->bins + first;
		double		scale = row < comparison->rows ? row_scale(comparison, row) : 0.0;

		for (size_t bin = 0; bin < count; bin++)
		{
			double		mass = scale == 0.0 ? 0.0 : (weights[bin] + pseudocount) * scale;

			if (mass == 0.0 && scale != 0.0)
			{
				mass = fill;
				comparison->zeros[row] |= fill == 0.0;
			}
			else if (comparison->words > 0 && scale != 0.0)
				comparison->supports[row * comparison->words + (first + bin) / 64] |= UINT64_C(1) << ((first + bin) % 64);
			masses[bin * LANES + lane] = mass;
		}
	}
}

static void
prepare_panel(void *job, size_t panel)
{
	Comparison *comparison = job;
	PanelPreparation prepare = active_vector_functions()->panel_preparations[comparison->form];
	double		masses[PANEL_BLOCK * LANES];
	DoubleDouble sums[3 * LANES] = {{0.0, 0.0}};

	for (size_t lane = 0; lane < LANES && panel * LANES + lane < comparison->rows; lane++)
		memset(comparison->supports + (panel * LANES + lane) * comparison->words, 0,
			   comparison->words * sizeof(uint64_t));
	for (size_t first = 0; first < comparison->bins; first += PANEL_BLOCK)
	{
		size_t		count = comparison->bins - first < PANEL_BLOCK ? comparison->bins - first : PANEL_BLOCK;
		size_t		start = (panel * comparison->bins + first) * LANES;
		double		block_sums[3 * LANES] = {0.0};

		panel_masses(comparison, panel, first, count, masses);
		prepare(masses, comparison->reference + first, MASS, count,
				comparison->first + start, comparison->second + start, block_sums);
		for (int i = 0; i < 3 * LANES; i++)
			sums[i] = dd_add_double(sums[i], block_sums[i]);
	}
	for (int lane = 0; lane < LANES; lane++)
	{
		comparison->own[panel * LANES + lane] = sums[lane].hi;
		comparison->other[panel * LANES + lane] = sums[LANES + lane].hi;
		comparison->magnitude[panel * LANES + lane] = sums[2 * LANES + lane].hi;
	}
}

void
prepare_comparison(Comparison *comparison, SlabRunner run)
{
	/* before threads might choose at the same time */
	(void) active_vector_functions();
	if (comparison->form == FORM_NONE)
		return;
	run(reference_slab, comparison, 0, (comparison->bins + BLOCK_SIZE - 1) / BLOCK_SIZE);
	run(prepare_panel, comparison, 0, panel_count(comparison));
}

/* Whether row p has something where q has nothing */
static bool
exceeds_support(const Comparison *comparison, size_t p, size_t q)
{
	const uint64_t *p_support = comparison->supports + p * comparison->words;
	const uint64_t *q_support = comparison->supports + q * comparison->words;
	uint64_t	outside = 0;

	for (size_t word = 0; word < comparison->words; word++)
		outside |= p_support[word] & ~q_support[word];
	return outside != 0;
}

static bool
is_infinite(const Comparison *comparison, size_t p, size_t q)
{
	if (comparison->words == 0)
		return false;
	return (comparison->zeros[q] && exceeds_support(comparison, p, q)) ||
		(comparison->symmetric && comparison->zeros[p] && exceeds_support(comparison, q, p));
}

/* A value in nats from the sum over a pair's bins; NaN if it may be inaccurate */
static double
fast_value(const Comparison *comparison, size_t p, size_t q, double sum)
{
	double		value = sum / MASS;
	double		magnitude;

	switch ((FastForm) comparison->form)
	{
		case FORM_ENTROPIES:
			magnitude = (comparison->own[p] + comparison->own[q]) / MASS;
			value = 0.5 * (magnitude - value);
			return value < 0x1p-20 || value * MOST_CANCELLATION < magnitude ? NAN : value < LN2 ? value : LN2;
		case FORM_RELATIVE_ENTROPIES:
			magnitude = (comparison->own[p] + comparison->magnitude[q]) / MASS;
			value = (comparison->own[p] + comparison->other[q]) / MASS - value;
			return value < 0x1p-20 || value * MOST_CANCELLATION < magnitude ? NAN : value;
		case FORM_SURPRISALS:
			return value < 0x1p-10 ? NAN : value;
		case FORM_LOGARITHMS:
			return value < 0x1p-12 ? NAN : value;
		case FORM_ROOT_DIFFERENCES:
			value *= 0.5;
			return value < 0x1p-16 ? NAN : value < 1.0 ? value : 1.0;
		case FORM_ROOT_PRODUCTS:
			return value < 1e-280 || value > 1.0 - 0x1p-7 ? NAN : -natural_log(value);
		default:
			return NAN;
	}
}

static double
direct_value(const Comparison *comparison, size_t row, size_t column, SlabRunner run)
{
	Weights		p = row_weights(comparison, row);
	Weights		q = row_weights(comparison, column);
	Finding		finding;

	return evaluate_measure(comparison->measure, &p, &q, &comparison->parameters, run, &finding);
}

/* The value of a pair; sum is what the fast form found over its bins, NaN for none */
static double
pair_value(const Comparison *comparison, size_t row, size_t column, double sum, SlabRunner run)
{
	double		nats;

	if (comparison->kinds[row] == ROW_NOT_OBSERVED || comparison->kinds[column] == ROW_NOT_OBSERVED)
		return NAN;
	if (row == column && measure_is_divergence(comparison->measure))
		return 0.0;
	if (isnan(sum) || comparison->kinds[row] == ROW_EXTREME || comparison->kinds[column] == ROW_EXTREME)
		return direct_value(comparison, row, column, run);
	nats = is_infinite(comparison, row, column) ? INFINITY : fast_value(comparison, row, column, sum);
	if (isnan(nats))
		return direct_value(comparison, row, column, run);
	return value_of_nats(comparison->measure, nats, comparison->parameters.base);
}

/* The sums of all pairs of two panels */
static void
compare_panels(const Comparison *comparison, size_t left, size_t right, double *sums)
{
	PanelKernel kernel = active_vector_functions()->panel_kernels[comparison->form];
	double		low[LANES * LANES] = {0.0};
	double		block_sums[LANES * LANES];

	for (size_t first = 0; first < comparison->bins; first += BLOCK_SIZE)
	{
		size_t		count = comparison->bins - first < BLOCK_SIZE ? comparison->bins - first : BLOCK_SIZE;
		size_t		left_start = (left * comparison->bins + first) * LANES;
		size_t		right_start = (right * comparison->bins + first) * LANES;
		Panels		panels = {
			comparison->first + left_start, comparison->second + left_start,
			comparison->first + right_start, comparison->second + right_start,
			comparison->reference + first
		};

		kernel(&panels, count, first == 0 ? sums : block_sums);
		for (int i = 0; i < LANES * LANES && first > 0; i++)
		{
			double		error;

			sums[i] = two_sum(sums[i], block_sums[i], &error);
			low[i] += error;
		}
	}
	for (int i = 0; i < LANES * LANES; i++)
		sums[i] += low[i];
}

Tile
tile_of(const Comparison *comparison, size_t number)
{
	size_t		band = number / comparison->bands;
	size_t		column = number % comparison->bands;
	size_t		size = comparison->tile_size;
	Tile		tile;

	if (comparison->symmetric)
	{
		/* rows of the upper half, from the last one, have 1, 2, 3 ... tiles */
		size_t		left = comparison->tiles - 1 - number;
		size_t		from_end = (size_t) ((sqrt(8.0 * (double) left + 1.0) - 1.0) / 2.0);

		while (from_end * (from_end + 1) / 2 > left)
			from_end--;
		while ((from_end + 1) * (from_end + 2) / 2 <= left)
			from_end++;
		band = comparison->bands - 1 - from_end;
		column = comparison->bands - 1 - (left - from_end * (from_end + 1) / 2);
	}
	tile.first_row = band * size;
	tile.end_row = tile.first_row + size < comparison->rows ? tile.first_row + size : comparison->rows;
	tile.first_column = column * size;
	tile.end_column = tile.first_column + size < comparison->rows ? tile.first_column + size : comparison->rows;
	return tile;
}

void
compare_tile(const Comparison *comparison, const Tile *tile, SlabRunner run, double *values, size_t stride)
{
	size_t		step = comparison->form == FORM_NONE ? 1 : LANES;
	double		sums[LANES * LANES];

	if (!comparison->by_slabs)
		run = run_slabs_serially;
	for (size_t first_row = tile->first_row; first_row < tile->end_row; first_row += step)
	{
		for (size_t first_column = tile->first_column; first_column < tile->end_column; first_column += step)
		{
			if (comparison->symmetric && first_column < first_row)
				continue;
			if (step > 1)
				compare_panels(comparison, first_row / LANES, first_column / LANES, sums);
			for (size_t row = first_row; row < first_row + step && row < tile->end_row; row++)
			{
				size_t		column = first_column;

				if (comparison->symmetric && column < row)
					column = row;
				for (; column < first_column + step && column < tile->end_column; column++)
					values[(row - tile->first_row) * stride + (column - tile->first_column)] =
						pair_value(comparison, row, column,
								   step > 1 ? sums[(row - first_row) * LANES + (column - first_column)] : NAN, run);
			}
		}
	}
}
