/*-------------------------------------------------------------------------
 *
 * comparison.c
 *	  Many distributions at once: preparation, values of pairs, and tiles.
 *
 * Pairs have nothing in common but their distributions, which can be prepared
 * once.
 * For Jensen and Shannon's divergence one logarithm a bin is left, for
 * Kullback and Leibler's none: a product.  These fast forms are sums of more
 * than the value, which is what remains after others have been taken away.
 * Where too little remains to be accurate, evaluate_measure() is asked.
 *
 * Everything is relative to a center r, the mean of some of the distributions,
 * so that what is taken away is of the size of their differences and not of
 * their entropies.  Where phi(x, y) = x log(x/y) - x + y, for any vectors,
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
#include "math/many/comparison.h"

#include <math.h>

#include "math/assertions.h"
#include "math/elementary.h"
#include "math/instruction_set.h"
#include "math/many/panel_form.h"
#include "math/pair/evaluation.h"
#include "math/pair/formula.h"
#include "math/pair/slabs.h"
#include "math/pair/value.h"

/* Totals within 2^+-ORDINARY_EXPONENT leave masses of all weights normal numbers */
#define ORDINARY_EXPONENT 300

/* The center is the mean of so many distributions at most, and a bin's share at least this small */
#define MOST_IN_CENTER 4096
#define LEAST_SHARE 0x1p-20

static Weights
weights_of(const Comparison *comparison, size_t index)
{
	return comparison->lists != NULL ? listed_weights(comparison->lists, index) :
		dense_weights(comparison->weights + index * comparison->bins, comparison->bins);
}

void
judge_distribution(Comparison *comparison, size_t index, SlabRunner run, Finding *finding)
{
	Weights		weights = weights_of(comparison, index);
	DoubleDouble sum = {0.0, 0.0};
	double		total;
	int			exponent;

	*finding = (Finding) {WEIGHTS_VALID, false, 0, 0.0};
	if (weights.count > 0)
		sum = total_weight(&weights, active_vector_functions(), true, run, finding).sum;
	/* of lists, not only the bins that are listed */
	total = smoothed_total(sum, comparison->bins, comparison->parameters.pseudocount, finding).hi;

	comparison->totals[index] = total;
	comparison->kinds[index] = NOT_OBSERVED;
	if (finding->judgement == WEIGHTS_VALID)
	{
		exponent = exponent_of(total);
		comparison->kinds[index] = exponent >= -ORDINARY_EXPONENT && exponent <= ORDINARY_EXPONENT ? ORDINARY : EXTREME;
	}
}

/* What a weight of the distribution is multiplied with to become a mass */
static double
scale_of(const Comparison *comparison, size_t index)
{
	return comparison->kinds[index] == ORDINARY ? FULL_MASS / comparison->totals[index] : 0.0;
}

/* The mean of some distributions, over a slab of bins */
static void
center_slab(void *job, size_t slab)
{
	Comparison *comparison = job;
	size_t		first = slab * BLOCK_SIZE;
	size_t		end = comparison->bins - first < BLOCK_SIZE ? comparison->bins : first + BLOCK_SIZE;
	size_t		step = (comparison->count + MOST_IN_CENTER - 1) / MOST_IN_CENTER;
	double	   *center = comparison->center;
	double		count = 0.0;

	for (size_t bin = first; bin < end; bin++)
		center[bin] = 0.0;
	for (size_t index = 0; index < comparison->count; index += step)
	{
		const double *weights = comparison->weights + index * comparison->bins;
		double		scale = scale_of(comparison, index);

		if (scale == 0.0)
			continue;
		for (size_t bin = first; bin < end; bin++)
			center[bin] += (weights[bin] + comparison->parameters.pseudocount) * scale;
		count += 1.0;
	}
	for (size_t bin = first; bin < end; bin++)
	{
		double		least = FULL_MASS * LEAST_SHARE / (double) comparison->bins;

		center[bin] /= count > 0.0 ? count : 1.0;
		center[bin] = center[bin] > least ? center[bin] : least;
	}
}

/* Masses of up to PANEL_BLOCK bins of a panel's distributions; empty bins are filled if the measure says so */
static void
panel_masses(Comparison *comparison, size_t panel, size_t first, size_t count, double *masses)
{
	const double fill = comparison->parameters.empty * FULL_MASS;
	const double pseudocount = comparison->parameters.pseudocount;

	for (size_t lane = 0; lane < LANES; lane++)
	{
		size_t		index = panel * LANES + lane;
		const double *weights = comparison->weights + index * comparison->bins + first;
		double		scale = index < comparison->count ? scale_of(comparison, index) : 0.0;

		for (size_t bin = 0; bin < count; bin++)
		{
			double		mass = scale == 0.0 ? 0.0 : (weights[bin] + pseudocount) * scale;

			if (mass == 0.0 && scale != 0.0)
			{
				mass = fill;
				comparison->zeros[index] |= fill == 0.0;
			}
			else if (comparison->words > 0 && scale != 0.0)
				comparison->supports[index * comparison->words + (first + bin) / 64] |= UINT64_C(1) << ((first + bin) % 64);
			masses[bin * LANES + lane] = mass;
		}
	}
}

static void
prepare_panel(void *job, size_t panel)
{
	Comparison *comparison = job;
	PanelPreparation prepare = active_vector_functions()->panel_preparations[comparison->form->preparation];
	double		masses[PANEL_BLOCK * LANES];
	DoubleDouble sums[3 * LANES] = {{0.0, 0.0}};

	for (size_t lane = 0; lane < LANES && panel * LANES + lane < comparison->count; lane++)
		memset(comparison->supports + (panel * LANES + lane) * comparison->words, 0,
			   comparison->words * sizeof(uint64_t));
	for (size_t first = 0; first < comparison->bins; first += PANEL_BLOCK)
	{
		size_t		count = comparison->bins - first < PANEL_BLOCK ? comparison->bins - first : PANEL_BLOCK;
		size_t		start = (panel * comparison->bins + first) * LANES;
		double		block_sums[3 * LANES] = {0.0};

		panel_masses(comparison, panel, first, count, masses);
		prepare(masses, comparison->center + first, FULL_MASS, count,
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
	assert_that(comparison->totals != NULL && comparison->measure->panels != NULL);
	/* before threads might choose at the same time */
	(void) active_vector_functions();
	if (comparison->panels == 0)
		return;
	run(center_slab, comparison, 0, (comparison->bins + BLOCK_SIZE - 1) / BLOCK_SIZE);
	run(prepare_panel, comparison, 0, comparison->panels);
}

/* Whether p has something where q has nothing */
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

static inline bool
is_infinite(const Comparison *comparison, size_t p, size_t q)
{
	if (!comparison->may_be_infinite)
		return false;
	return (comparison->zeros[q] && exceeds_support(comparison, p, q)) ||
		(comparison->symmetric && comparison->zeros[p] && exceeds_support(comparison, q, p));
}

static bool
are_disjoint(const Comparison *comparison, size_t p, size_t q)
{
	const uint64_t *p_support = comparison->supports + p * comparison->words;
	const uint64_t *q_support = comparison->supports + q * comparison->words;
	uint64_t	common = 0;

	if (comparison->words == 0 || !comparison->zeros[p] || !comparison->zeros[q])
		return false;
	for (size_t word = 0; word < comparison->words; word++)
		common |= p_support[word] & q_support[word];
	return common == 0;
}

__attribute__((noinline)) static double
direct_value(const Comparison *comparison, size_t p, size_t q, SlabRunner run)
{
	Weights		p_weights = weights_of(comparison, p);
	Weights		q_weights = weights_of(comparison, q);
	Finding		finding;

	return evaluate_measure(comparison->measure, &p_weights, &q_weights, &comparison->parameters, run, &finding);
}

/*
 * The value of a pair of lists, over the bins that either has.  Where a
 * pseudocount is added, n more bins have it on both sides.  They become one bin
 * of n pseudocounts: the terms of a divergence are homogeneous (see terms.h), so
 * that the one is worth as much as the n.  A cross-entropy has lost the
 * logarithm of n in their share.
 */
static double
listed_value(const Comparison *comparison, size_t p, size_t q, size_t place, SlabRunner run)
{
	const Parameters *parameters = &comparison->parameters;
	const Measure *measure = comparison->measure;
	double	   *p_merged = comparison->merged + 2 * place * comparison->merged_room;
	double	   *q_merged = p_merged + comparison->merged_room;
	size_t		count;
	double		others;
	Weights		p_weights;
	Weights		q_weights;
	Finding		finding;
	double		value;

	if (measure->panels->zeros_matter == YES && parameters->pseudocount == 0.0 && parameters->empty == 0.0 &&
		(list_exceeds(comparison->lists, p, q, run) ||
		 (comparison->symmetric && list_exceeds(comparison->lists, q, p, run))))
		return INFINITY;
	count = merge_lists(comparison->lists, p, q, run, p_merged, q_merged);
	others = parameters->pseudocount > 0.0 ? (double) (comparison->bins - count) : 0.0;
	if (others > 0.0)
		p_merged[count] = q_merged[count] = (others - 1.0) * parameters->pseudocount;
	count += others > 0.0;
	assert_that(count > 0 && count <= comparison->merged_room);
	p_weights = dense_weights(p_merged, count);
	q_weights = dense_weights(q_merged, count);
	value = evaluate_measure(measure, &p_weights, &q_weights, parameters, run, &finding);
	if (measure->kind == CROSS_ENTROPY && others > 1.0)
		value += value_of_nats(measure, others * (parameters->pseudocount / comparison->totals[p]) * natural_log(others),
							   parameters->base);
	return value;
}

/* The value of two ordinary distributions that are rows; inline, as most values of panels are made here */
ALWAYS_INLINE double
ordinary_value(const Comparison *comparison, size_t p, size_t q, double nats, bool in_nats, SlabRunner run)
{
	if (is_infinite(comparison, p, q))
		nats = INFINITY;
	else if (!(nats < comparison->nearly_disjoint) && are_disjoint(comparison, p, q))
		nats = comparison->form->disjoint;
	if (isnan(nats))
		return direct_value(comparison, p, q, run);
	return in_nats ? nats + 0.0 : value_of_nats(comparison->measure, nats, comparison->parameters.base);
}

/*
 * The value of any pair; nats is what panels have found, NaN if that may be
 * inaccurate or there are none.
 */
static double
pair_value(const Comparison *comparison, size_t p, size_t q, double nats, size_t place, SlabRunner run)
{
	if (comparison->kinds[p] == NOT_OBSERVED || comparison->kinds[q] == NOT_OBSERVED)
		return NAN;
	if (p == q && comparison->measure->kind == DIVERGENCE)
		return 0.0;
	if (comparison->lists != NULL)
		return listed_value(comparison, p, q, place, run);
	if (comparison->kinds[p] == EXTREME || comparison->kinds[q] == EXTREME)
		return direct_value(comparison, p, q, run);
	return ordinary_value(comparison, p, q, nats, false, run);
}

/* The values of p and up to LANES others, from the sums of panels; most need little else */
static void
panel_values(const Comparison *comparison, size_t p, size_t first_q, size_t end_q, const double *sums,
			 SlabRunner run, double *values)
{
	PanelSums	panel_sums = {
		sums, comparison->own[p], comparison->own + first_q, comparison->other + first_q, comparison->magnitude + first_q
	};
	double		nats[LANES];
	bool		p_is_ordinary = comparison->kinds[p] == ORDINARY;
	bool		in_nats = comparison->parameters.base == EULER && comparison->measure->transform == as_it_is;
	size_t		q = comparison->symmetric && p > first_q ? p : first_q;

	comparison->form->values(&panel_sums, nats);
	for (; q < first_q + LANES && q < end_q; q++)
	{
		double		value = nats[q - first_q];

		if (p_is_ordinary && comparison->kinds[q] == ORDINARY && p != q)
			value = ordinary_value(comparison, p, q, value, in_nats, run);
		else
			value = pair_value(comparison, p, q, value, 0, run);
		values[q - first_q] = value;
	}
}

/* The sums, or maxima, of pairs of two panels, of the left one's distributions from first_left to before end_left */
static void
compare_panels(const Comparison *comparison, size_t left, size_t right, int first_left, int end_left, double *sums)
{
	PanelKernel kernel = active_vector_functions()->panel_kernels[comparison->form->kernel];
	bool		takes_maximum = comparison->form->kernel == PANEL_LARGEST;
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
			comparison->center + first
		};

		kernel(&panels, count, first_left, end_left, first == 0 ? sums : block_sums);
		for (int i = first_left * LANES; i < end_left * LANES && first > 0; i++)
		{
			double		error = 0.0;

			if (takes_maximum)
				sums[i] = sums[i] > block_sums[i] ? sums[i] : block_sums[i];
			else
				sums[i] = two_sum(sums[i], block_sums[i], &error);
			low[i] += error;
		}
	}
	for (int i = first_left * LANES; i < end_left * LANES; i++)
		sums[i] += low[i];
}

static void
compare_tile_by_panels(const Comparison *comparison, const Tile *tile, SlabRunner run, double *values, size_t stride)
{
	double		sums[LANES * LANES];

	for (size_t first_p = tile->first_p; first_p < tile->end_p; first_p += LANES)
	{
		for (size_t first_q = tile->first_q; first_q < tile->end_q; first_q += LANES)
		{
			if (comparison->symmetric && first_q < first_p)
				continue;
			compare_panels(comparison, first_p / LANES, first_q / LANES, 0, LANES, sums);
			for (size_t p = first_p; p < first_p + LANES && p < tile->end_p; p++)
				panel_values(comparison, p, first_q, tile->end_q, sums + (p - first_p) * LANES, run,
							 values + (p - tile->first_p) * stride + (first_q - tile->first_q));
		}
	}
}

static void
compare_tile_by_pairs(const Comparison *comparison, const Tile *tile, SlabRunner run, double *values, size_t stride)
{
	for (size_t p = tile->first_p; p < tile->end_p; p++)
	{
		size_t		q = comparison->symmetric && p > tile->first_q ? p : tile->first_q;

		for (; q < tile->end_q; q++)
			values[(p - tile->first_p) * stride + (q - tile->first_q)] =
				pair_value(comparison, p, q, NAN, tile->place, run);
	}
}

void
compare_tile(const Comparison *comparison, const Tile *tile, SlabRunner run, double *values, size_t stride)
{
	assert_that(tile->first_p < tile->end_p && tile->end_p <= comparison->count);
	assert_that(tile->first_q < tile->end_q && tile->end_q <= comparison->count);
	assert_that(tile->end_p - tile->first_p <= comparison->tile_size && tile->end_q - tile->first_q <= comparison->tile_size);
	if (!comparison->by_slabs)
		run = run_slabs_serially;
	if (comparison->panels > 0)
		compare_tile_by_panels(comparison, tile, run, values, stride);
	else
		compare_tile_by_pairs(comparison, tile, run, values, stride);
}

/* The values of candidates that have p and the panel of q in common */
static void
compare_row_of_candidates(const Comparison *comparison, Candidate *candidates, size_t count, size_t place)
{
	size_t		p = candidates[0].p;
	size_t		panel = candidates[0].q / LANES;
	int			left = (int) (p % LANES);
	double		sums[LANES * LANES];
	double		nats[LANES];
	PanelSums	panel_sums = {
		sums + left * LANES, comparison->own[p],
		comparison->own + panel * LANES, comparison->other + panel * LANES, comparison->magnitude + panel * LANES
	};

	compare_panels(comparison, p / LANES, panel, left, left + 1, sums);
	comparison->form->values(&panel_sums, nats);
	for (size_t i = 0; i < count; i++)
		candidates[i].value = pair_value(comparison, p, candidates[i].q, nats[candidates[i].q % LANES], place,
										 run_slabs_serially);
}

size_t
compare_candidates(const Comparison *comparison, Candidate *candidates, size_t count, size_t place)
{
	size_t		first = 0;
	size_t		calculated = 0;

	assert_that(!comparison->by_slabs && place < comparison->at_once);
	while (first < count)
	{
		Candidate  *candidate = &candidates[first];
		size_t		end = first + 1;

		assert_that(candidate->p < comparison->count && candidate->q < comparison->count);
		if (comparison->panels == 0)
			candidate->value = pair_value(comparison, candidate->p, candidate->q, NAN, place, run_slabs_serially);
		else
		{
			while (end < count && candidates[end].p == candidate->p && candidates[end].q / LANES == candidate->q / LANES)
				end++;
			compare_row_of_candidates(comparison, candidate, end - first, place);
		}
		calculated += comparison->panels == 0 ? 1 : LANES;
		first = end;
	}
	return calculated;
}
