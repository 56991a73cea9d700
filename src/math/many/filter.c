/*-------------------------------------------------------------------------
 *
 * filter.c
 *	  Which pairs of many distributions need not be compared.
 *
 * Bhattacharyya's coefficient B = sum sqrt(p q) of all pairs is a product of two
 * matrices, which is the quickest that a processor can do, and 1 - B = H^2 is the
 * square of Hellinger's distance.  Each family says what that says of its values.
 * A pair is left out if even with all that may be wrong with a product in single
 * precision its value is not among those that are looked for.  Jensen and
 * Shannon's divergence is then estimated, in single precision too.
 *
 * Errors.  With u = 2^-24, half a unit in the last place of 1, and for n bins:
 *
 * Shares are computed in double precision, which can be forgotten here: it is
 * wrong by less than n 2^-52, where n is at most MOST_FILTER_BINS.  In single
 * precision a share is x (1 + d) with |d| <= u, its root sqrt(x)(1 + d) with
 * |d| <= u/2 + u, and a product of roots, which is rounded unless it is fused,
 * has at most 4 u.  Products are added up in PRODUCT_BLOCK, and these sums to each
 * other: c = min(n, PRODUCT_BLOCK) + ceil(n/PRODUCT_BLOCK) roundings at most of a
 * sum that is at most B, all terms being positive.  So
 *
 *		|B' - B| <= (4 + c) u B (1 + (4 + c) u) < (5 + c) u,
 *
 * apart from shares below LEAST_FILTER_SHARE = 2^-120, which count as 0: by the
 * inequality of Cauchy and Schwarz they take no more than 2 sqrt(n 2^-120) from
 * a sum, less than SLACK.  No product is a denormal number, none overflows.
 *
 * The estimate is ln 2 (1 + (X + Y - S)/2) of X = sum x log2(x), Y likewise,
 * which are computed in double precision, and S = sum s log2(s) with s = x + y.
 * Rounded, s is s (1 + d) with |d| <= 2 u, which changes s log2(s) by
 * 2 u s (|log2 s| + 1/ln 2).  The logarithm of that is wrong by LOG_ERROR and
 * u |log2 s|, its product with s has one rounding more, and a sum in lanes of
 * ENTROPY_BLOCK terms and of these by a tree has c = min(ceil(n/FILTER_LANES),
 * ENTROPY_BLOCK) + 4.  Since the s add up to 2, sum s |log2 s| is at most
 * 2 log2(n) + 4, from s below 1, of which a uniform distribution has the most,
 * and from at most two others.  So
 *
 *		|S' - S| <= (4 + c) u (2 log2(n) + 4) + 2 (2.9 u + LOG_ERROR),
 *
 * to which the squares of errors add less than a hundredth; of it the estimate
 * has ln(2)/2.
 *
 * How near errors can come to these margins, of which that is: a sum below 1
 * is rounded by u/2 at most, so that all roundings of sums together, each at its
 * worst and all in one direction, take half of c u.  They do where one product is
 * followed by others that are just below half a unit of it, and all are lost: the
 * tests reach 0.46 of a product's margin, and would see one of 0.4.  Margins are
 * not halved for that, as a sum may be rounded to 1 and more.  Of an estimate's
 * margin the tests reach 0.19: its terms' logarithms, which are bounded by
 * their sum, would all have to be the least exact, which no argument makes them.
 *
 * What compare_candidates() gives is not exact either: it is right to VALUE_ERROR,
 * which is many times what is promised, and SLACK is more than where that is
 * not relative.
 *
 *-------------------------------------------------------------------------
 */
#include "math/many/filter.h"

#include <math.h>

#include "math/assertions.h"
#include "math/elementary.h"
#include "math/instruction_set.h"
#include "math/many/panel_form.h"
#include "math/pair/slabs.h"

/* Half a unit in the last place */
#define SINGLE_ROUNDING 0x1p-24
/* Of log2() in filter_loops.c, for arguments from sqrt(1/2) to sqrt(2), its polynomial rounded */
#define LOG_ERROR 0x1p-21
#define VALUE_ERROR 0x1p-29
#define SLACK 0x1p-40

/* Distributions of more bins are long enough for tiles to be smaller than panels, and errors to matter */
#define MOST_FILTER_BINS 4096

/* Time that a pair takes, of a bin and else; that a bin of a distribution takes */
#define SIFT_NANOSECONDS 0.02
#define SIFT_PAIR_NANOSECONDS 0.5
#define ESTIMATE_NANOSECONDS 0.2
#define ESTIMATE_PAIR_NANOSECONDS 12.0
#define PREPARATION_NANOSECONDS 3.0
/* A filter is to promise at least so much of the time without */
#define WORTH_A_FILTER 0.7

const HellingerBounds no_bounds = {
	.most = NULL,
	.least = NULL,
	.by_entropies = NO
};

static size_t
ceiling(size_t number, size_t divisor)
{
	return (number + divisor - 1) / divisor;
}

static double
smaller(size_t a, size_t b)
{
	return (double) (a < b ? a : b);
}

static double
product_error_of(size_t bins)
{
	double		sums = smaller(bins, PRODUCT_BLOCK) + (double) ceiling(bins, PRODUCT_BLOCK);

	return (5.0 + sums) * SINGLE_ROUNDING + SLACK;
}

static double
estimate_error_of(size_t bins)
{
	double		sums = smaller(ceiling(bins, FILTER_LANES), ENTROPY_BLOCK) + 4.0;
	double		most = 2.0 * natural_log((double) bins) / LN2 + 4.0;
	double		error = (4.0 + sums) * SINGLE_ROUNDING * most + 2.0 * (2.9 * SINGLE_ROUNDING + LOG_ERROR);

	return 1.01 * error * 0.5 * LN2 + SLACK;
}

FilterCosts
filter_costs(const Comparison *comparison)
{
	double		bins = (double) comparison->bins;
	double		pairs = (double) comparison->count * (double) comparison->count * (comparison->symmetric ? 0.5 : 1.0);
	FilterCosts costs = {
		.preparation = (double) comparison->count * bins * PREPARATION_NANOSECONDS,
		.sift = SIFT_PAIR_NANOSECONDS + bins * SIFT_NANOSECONDS,
		.estimate = ESTIMATE_PAIR_NANOSECONDS + bins * ESTIMATE_NANOSECONDS,
		.compare = comparison_nanoseconds(comparison) / pairs
	};

	return costs;
}

bool
filter_may_pay(const Comparison *comparison)
{
	FilterCosts costs = filter_costs(comparison);
	double		pairs_of_row = (double) comparison->count * (comparison->symmetric ? 0.5 : 1.0);

	return costs.preparation / (double) comparison->count / pairs_of_row + costs.sift <= WORTH_A_FILTER * costs.compare;
}

bool
plan_filter(Filter *filter, const Comparison *comparison, bool farthest)
{
	const HellingerBounds *bounds = comparison->measure->bounds;
	uint64_t	padded;

	if ((farthest ? bounds->least : bounds->most) == NULL)
		return false;
	if (comparison->bins == 0 || comparison->bins > MOST_FILTER_BINS || comparison->tile_size < FILTER_LANES)
		return false;
	memset(filter, 0, sizeof(*filter));
	filter->comparison = comparison;
	filter->bounds = bounds;
	filter->panels = ceiling(comparison->count, FILTER_LANES);
	filter->padded_bins = ceiling(comparison->bins, FILTER_LANES) * FILTER_LANES;
	filter->product_error = product_error_of(comparison->bins);
	filter->estimate_error = estimate_error_of(comparison->bins);
	padded = (uint64_t) filter->panels * FILTER_LANES;
	filter->memory_size = padded * comparison->bins * sizeof(float);
	if (bounds->by_entropies == YES)
		filter->memory_size += padded * (sizeof(double) + filter->padded_bins * sizeof(float));
	return true;
}

void
place_filter(Filter *filter, void *memory)
{
	size_t		padded = filter->panels * FILTER_LANES;

	filter->informations = memory;
	filter->roots = memory;
	if (filter->bounds->by_entropies == YES)
	{
		filter->shares = (float *) (filter->informations + padded);
		filter->roots = filter->shares + padded * filter->padded_bins;
	}
}

/* Where a list is being read, for its weights in all bins */
typedef struct ListPosition
{
	size_t		next;
	size_t		end;
} ListPosition;

/* The next weights of a distribution; those of a list go to a buffer */
static const double *
next_weights(const Comparison *comparison, size_t index, size_t first, size_t count, ListPosition *position,
			 double *buffer)
{
	const BinLists *lists = comparison->lists;

	if (lists == NULL)
		return comparison->weights + index * comparison->bins + first;
	for (size_t bin = 0; bin < count; bin++)
		buffer[bin] = 0.0;
	for (; position->next < position->end && lists->bins[position->next] < first + count; position->next++)
		buffer[lists->bins[position->next] - first] = lists->weights[position->next];
	return buffer;
}

static void
prepare_distribution(Filter *filter, size_t index)
{
	const Comparison *comparison = filter->comparison;
	const FilterFunctions *functions = &active_vector_functions()->filter;
	ListPosition position = {0, 0};
	double		buffer[BLOCK_SIZE];
	float		shares[BLOCK_SIZE];
	float		roots[BLOCK_SIZE];
	double		information = 0.0;
	bool		observed = index < comparison->count && is_observed(comparison, index);
	float	   *lane = filter->roots + index / FILTER_LANES * comparison->bins * FILTER_LANES + index % FILTER_LANES;

	if (comparison->lists != NULL && observed)
		position = (ListPosition) {comparison->lists->starts[index], comparison->lists->starts[index + 1]};
	for (size_t first = 0; first < comparison->bins; first += BLOCK_SIZE)
	{
		size_t		count = comparison->bins - first < BLOCK_SIZE ? comparison->bins - first : BLOCK_SIZE;
		float	   *own = filter->shares != NULL ? filter->shares + index * filter->padded_bins + first : shares;

		if (observed)
			information += functions->shares(next_weights(comparison, index, first, count, &position, buffer), count,
											 comparison->parameters.pseudocount, comparison->totals[index], own, roots);
		else
			memset(roots, 0, sizeof(roots));
		for (size_t bin = 0; bin < count; bin++)
			lane[(first + bin) * FILTER_LANES] = roots[bin];
	}
	if (filter->shares != NULL)
		filter->informations[index] = information;
}

static void
prepare_roots_of_panel(void *job, size_t panel)
{
	for (size_t lane = 0; lane < FILTER_LANES; lane++)
		prepare_distribution(job, panel * FILTER_LANES + lane);
}

void
prepare_filter(Filter *filter, SlabRunner run)
{
	assert_that(filter->roots != NULL);
	run(prepare_roots_of_panel, filter, 0, filter->panels);
	look_for(filter, (ValueRange) {-INFINITY, INFINITY});
}

void
look_for(Filter *filter, ValueRange range)
{
	const Comparison *comparison = filter->comparison;
	const Parameters *parameters = &comparison->parameters;
	double		least = 0.0;
	double		most = 1.0;

	filter->estimates = (ValueRange) {-INFINITY, INFINITY};
	if (range.most < INFINITY && filter->bounds->most != NULL)
	{
		double		nats = nats_of_value(comparison->measure, range.most, parameters->base) * (1.0 + VALUE_ERROR);

		most = filter->bounds->most(nats, parameters) + SLACK;
		filter->estimates.most = nats + filter->estimate_error;
	}
	if (range.least > 0.0 && filter->bounds->least != NULL)
	{
		double		nats = nats_of_value(comparison->measure, range.least, parameters->base) * (1.0 - VALUE_ERROR);

		least = filter->bounds->least(nats, parameters) - SLACK;
		filter->estimates.least = nats - filter->estimate_error;
	}
	/* a product is at most 1 and a bit, so that rounding a limit to single precision is less than one rounding of 2 */
	filter->products.least = (float) (1.0 - most - filter->product_error - 2.0 * SINGLE_ROUNDING);
	filter->products.most = (float) (1.0 - least + filter->product_error + 2.0 * SINGLE_ROUNDING);
}

bool
estimates_candidates(const Filter *filter)
{
	return filter->bounds->by_entropies == YES;
}

/* The candidates of p among a panel's products, from products[0] on those of first_q */
static size_t
candidates_of_row(const Filter *filter, const Tile *tile, size_t p, size_t first_q, const float *products,
				  Candidate *candidates)
{
	const Comparison *comparison = filter->comparison;
	size_t		q = comparison->symmetric && p + 1 > first_q ? p + 1 : first_q;
	size_t		end_q = first_q + FILTER_LANES < tile->end_q ? first_q + FILTER_LANES : tile->end_q;
	size_t		count = 0;

	for (; q < end_q; q++)
	{
		float		product = products[q - first_q];

		if (product >= filter->products.least && product <= filter->products.most && q != p &&
			is_observed(comparison, q))
			candidates[count++] = (Candidate) {product, (uint32_t) p, (uint32_t) q};
	}
	return count;
}

/* Panels of a tile */
#define MOST_TILE_PANELS 2

size_t
sift_tile(const Filter *filter, const Tile *tile, Candidate *candidates)
{
	const Comparison *comparison = filter->comparison;
	const FilterFunctions *functions = &active_vector_functions()->filter;
	size_t		panel_size = comparison->bins * FILTER_LANES;
	size_t		panels = ceiling(tile->end_q - tile->first_q, FILTER_LANES);
	float		products[MOST_TILE_PANELS][FILTER_LANES * FILTER_LANES];
	uint32_t	rows[MOST_TILE_PANELS] = {0};
	size_t		count = 0;

	assert_that(panels <= MOST_TILE_PANELS && tile->first_p % FILTER_LANES == 0 && tile->first_q % FILTER_LANES == 0);
	for (size_t first_p = tile->first_p; first_p < tile->end_p; first_p += FILTER_LANES)
	{
		const float *left = filter->roots + first_p / FILTER_LANES * panel_size;

		for (size_t panel = 0; panel < panels; panel++)
		{
			size_t		right = tile->first_q / FILTER_LANES + panel;

			rows[panel] = comparison->symmetric && right < first_p / FILTER_LANES ? 0 :
				functions->products(left, filter->roots + right * panel_size, comparison->bins,
									filter->products, products[panel], FILTER_LANES);
		}
		for (size_t row = 0; row < FILTER_LANES && first_p + row < tile->end_p; row++)
			for (size_t panel = 0; panel < panels; panel++)
				if (rows[panel] >> row & 1 && is_observed(comparison, first_p + row))
					count += candidates_of_row(filter, tile, first_p + row, tile->first_q + panel * FILTER_LANES,
											   products[panel] + row * FILTER_LANES, candidates + count);
	}
	return count;
}

size_t
estimate_candidates(const Filter *filter, Candidate *candidates, size_t count)
{
	const FilterFunctions *functions = &active_vector_functions()->filter;
	size_t		left = 0;

	assert_that(filter->shares != NULL);
	for (size_t i = 0; i < count; i++)
	{
		Candidate	candidate = candidates[i];
		double		of_sum = functions->entropy_of_sum(filter->shares + candidate.p * filter->padded_bins,
													   filter->shares + candidate.q * filter->padded_bins,
													   filter->padded_bins);

		candidate.value = LN2 * (1.0 + 0.5 * (filter->informations[candidate.p] + filter->informations[candidate.q] - of_sum));
		if (candidate.value < filter->estimates.least || candidate.value > filter->estimates.most)
			continue;
		candidates[left++] = candidate;
	}
	return left;
}
