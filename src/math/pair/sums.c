/*-------------------------------------------------------------------------
 *
 * sums.c
 *	  The sum kernels: loops that add up the terms of terms.h over bins.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "math/pair/scaling.h"
#include "math/pair/terms.h"
#include "math/pair/vector.h"

/* A sum in each lane, for each slot */
typedef struct Lanes
{
	double		first[LANES];
	double		second[LANES];
	double		third[LANES];
	double		excess[LANES];
	uint64_t	alarm[LANES];
} Lanes;

/* So many terms are added up, and then to those before */
#define PART_SIZE (SHORT_SUM * LANES)

/* Series of a part's bins that wait for their polynomials */
typedef struct KeptSeries
{
	double		lead[PART_SIZE];
	double		factor[PART_SIZE];
	double		square[PART_SIZE];
} KeptSeries;

ALWAYS_INLINE void
keep_series(KeptSeries *kept, size_t i, Series series)
{
	kept->lead[i] = series.lead;
	kept->factor[i] = series.factor;
	kept->square[i] = series.square;
}

ALWAYS_INLINE double
kept_value(const KeptSeries *kept, size_t i)
{
	Series		series = {kept->lead[i], kept->factor[i], kept->square[i]};

	return series_value(series);
}

static double
largest_of_lanes(const double *lanes)
{
	double		largest = lanes[0];

	for (int j = 1; j < LANES; j++)
		largest = lanes[j] > largest ? lanes[j] : largest;
	return largest;
}

/*
 * Where the loops below get a bin from.  A plain pair is scaled in
 * passing; everything else comes from a block that align_block() has filled.
 */
#define PAIR_BIN(i) scaled_bin(p[i], q[i], p_scale, q_scale, p_high, q_high, q_unit, mass)
#define BLOCK_BIN(i) \
	{ \
		block->weight[i], block->x[i], block->y[i], block->difference[i], \
		0.0, 0.0, 0.0, mass, false \
	}
#define FAR_BIN(i) \
	{ \
		block->weight[i], block->x[i], block->y[i], block->difference[i], \
		block->far[i], block->log_x[i], block->log_y[i], mass, true \
	}

ALWAYS_INLINE Bin
scaled_bin(double p, double q, double p_scale, double q_scale,
		   double p_high, double q_high, double q_unit, double mass)
{
	Scaled		x = scale_plain_weight(p, p_scale, p_high);
	Scaled		y = scale_plain_weight(q, q_scale, q_high);
	Bin			bin = {q * q_unit, x.mass, y.mass, mass_difference(x, y), 0.0, 0.0, 0.0, mass, false};

	return bin;
}

/*
 * A loop that adds up the terms of its bins in LANES sums, which stay accurate
 * since their parts are short.  Where terms are made of series, these are added
 * up in a loop of their own: while one waits for its division and then for its
 * polynomial, a processor does not look far enough ahead to do other bins'.
 */
#define SUM_LOOP(bin_terms, source) \
	for (size_t start = 0; start < count; start += PART_SIZE) \
	{ \
		size_t		length = count - start < PART_SIZE ? count - start : PART_SIZE; \
		Lanes		part = {{0.0}, {0.0}, {0.0}, {0.0}, {0}}; \
\
		for (size_t i = 0; i < length; i += LANES) \
		{ \
			_Pragma("omp simd") \
			for (int j = 0; j < LANES; j++) \
			{ \
				Bin			bin = source(start + i + j); \
				Terms		terms = bin_terms(bin, arguments); \
\
				if (series_count == 0) \
					part.first[j] += terms.first; \
				if (series_count > 0) \
					keep_series(&kept[0], i + j, terms.series[0]); \
				if (series_count > 1) \
					keep_series(&kept[1], i + j, terms.series[1]); \
				part.second[j] += terms.second; \
				part.third[j] += terms.third; \
				part.excess[j] += bin.difference; \
				part.alarm[j] |= terms.alarm; \
			} \
		} \
		for (size_t i = 0; series_count > 0 && i < length; i += LANES) \
		{ \
			_Pragma("omp simd") \
			for (int j = 0; j < LANES; j++) \
				part.first[j] += series_count > 1 ? \
					kept_value(&kept[0], i + j) + kept_value(&kept[1], i + j) : kept_value(&kept[0], i + j); \
		} \
		_Pragma("omp simd") \
		for (int j = 0; j < LANES; j++) \
		{ \
			sums.first[j] += part.first[j]; \
			sums.second[j] += part.second[j]; \
			sums.third[j] += part.third[j]; \
			sums.excess[j] += part.excess[j]; \
			sums.alarm[j] |= part.alarm[j]; \
		} \
	}

#define MAXIMUM_LOOP(bin_terms, source) \
	for (size_t i = 0; i < count; i += LANES) \
	{ \
		_Pragma("omp simd") \
		for (int j = 0; j < LANES; j++) \
		{ \
			Bin			bin = source(i + j); \
			double		term = bin_terms(bin, arguments); \
\
			lanes[j] = term > lanes[j] ? term : lanes[j]; \
		} \
	}

/*
 * Three loops in each kernel, since what is rarely needed would slow the rest
 * down.  The first one goes over whole lanes where they are, then over the
 * rest of them, padded with 0, or with the totals, which give equal masses.
 */
#define RUN_LOOPS(loop, bin_terms, padded_with_totals) \
	const Alignment *alignment = bins->alignment; \
	const double mass = alignment->mass.hi; \
\
	if (alignment->kind == PLAIN_PAIR) \
	{ \
		const double p_scale = alignment->p_scale.hi; \
		const double q_scale = alignment->q_scale.hi; \
		const double p_high = split_nearest(p_scale); \
		const double q_high = split_nearest(q_scale); \
		const double q_unit = alignment->q_unit; \
		const double *p = bins->p; \
		const double *q = bins->q; \
		size_t		count = bins->count / LANES * LANES; \
		double		p_rest[LANES]; \
		double		q_rest[LANES]; \
\
		for (int part = 0; part < 2; part++) \
		{ \
			loop(bin_terms, PAIR_BIN) \
			count = pad_rest(bins->p, bins->count, (padded_with_totals) ? alignment->p_total : 0.0, p_rest); \
			pad_rest(bins->q, bins->count, (padded_with_totals) ? alignment->q_total : 0.0, q_rest); \
			p = p_rest; \
			q = q_rest; \
		} \
	} \
	else \
	{ \
		const size_t count = (bins->count + LANES - 1) / LANES * LANES; \
\
		VECTOR(align_block) (bins, block); \
		if (alignment->wide) \
			loop(bin_terms, FAR_BIN) \
		else \
			loop(bin_terms, BLOCK_BIN) \
	}

#define DEFINE_SUM_KERNEL(name, series_in_terms, padded_with_totals) \
static void \
name(const Bins *bins, const KernelArguments *arguments, Block *block, double *slots) \
{ \
	enum {series_count = series_in_terms}; \
	KeptSeries	kept[2]; \
	Lanes		sums = {{0.0}, {0.0}, {0.0}, {0.0}, {0}}; \
	uint64_t	alarm = 0; \
	RUN_LOOPS(SUM_LOOP, name ## _terms, padded_with_totals) \
	for (int j = 0; j < LANES; j++) \
		alarm |= sums.alarm[j]; \
	slots[0] = sum_of_lanes(sums.first); \
	slots[1] = sum_of_lanes(sums.second) + (double) (alarm >> 63); \
	slots[2] = sum_of_lanes(sums.third); \
	slots[EXCESS_SLOT] = sum_of_lanes(sums.excess); \
}

#define DEFINE_MAXIMUM_KERNEL(name) \
static void \
name(const Bins *bins, const KernelArguments *arguments, Block *block, double *slots) \
{ \
	double		lanes[LANES] = { \
		-INFINITY, -INFINITY, -INFINITY, -INFINITY, -INFINITY, -INFINITY, -INFINITY, -INFINITY \
	}; \
	RUN_LOOPS(MAXIMUM_LOOP, name ## _term, false) \
	slots[0] = largest_of_lanes(lanes); \
	slots[1] = slots[2] = slots[EXCESS_SLOT] = 0.0; \
}

DEFINE_SUM_KERNEL(information, 0, false)
DEFINE_SUM_KERNEL(relative_entropy, 1, false)
DEFINE_SUM_KERNEL(symmetric_relative_entropy, 0, false)
DEFINE_SUM_KERNEL(jensen_shannon, 2, false)
DEFINE_SUM_KERNEL(hellinger, 0, false)
DEFINE_SUM_KERNEL(absolute_difference, 0, false)
DEFINE_MAXIMUM_KERNEL(largest_difference)
DEFINE_SUM_KERNEL(chi_square, 0, false)
DEFINE_SUM_KERNEL(support, 0, false)
DEFINE_MAXIMUM_KERNEL(largest_log_ratio)
DEFINE_SUM_KERNEL(power, 0, false)
DEFINE_MAXIMUM_KERNEL(largest_exponent)
DEFINE_SUM_KERNEL(exponentials, 0, false)
DEFINE_SUM_KERNEL(excess, 0, false)
DEFINE_SUM_KERNEL(positive_relative_entropy, 1, true)
DEFINE_SUM_KERNEL(positive_jensen_shannon, 2, true)
DEFINE_SUM_KERNEL(unjudged_relative_entropy, 1, false)
DEFINE_SUM_KERNEL(relative_entropy_and_information, 0, false)

extern const VectorFunctions VECTOR(vector_functions);

const VectorFunctions VECTOR(vector_functions) = {
	.block_totals = VECTOR(block_totals),
	.block_plain_totals = VECTOR(block_plain_totals),
	.kernels = {
		[KERNEL_INFORMATION] = information,
		[KERNEL_RELATIVE_ENTROPY] = relative_entropy,
		[KERNEL_SYMMETRIC_RELATIVE_ENTROPY] = symmetric_relative_entropy,
		[KERNEL_JENSEN_SHANNON] = jensen_shannon,
		[KERNEL_HELLINGER] = hellinger,
		[KERNEL_ABSOLUTE_DIFFERENCE] = absolute_difference,
		[KERNEL_LARGEST_DIFFERENCE] = largest_difference,
		[KERNEL_CHI_SQUARE] = chi_square,
		[KERNEL_SUPPORT] = support,
		[KERNEL_LARGEST_LOG_RATIO] = largest_log_ratio,
		[KERNEL_POWER] = power,
		[KERNEL_LARGEST_EXPONENT] = largest_exponent,
		[KERNEL_EXPONENTIALS] = exponentials,
		[KERNEL_EXCESS] = excess,
		[KERNEL_POSITIVE_RELATIVE_ENTROPY] = positive_relative_entropy,
		[KERNEL_POSITIVE_JENSEN_SHANNON] = positive_jensen_shannon,
		[KERNEL_UNJUDGED_RELATIVE_ENTROPY] = unjudged_relative_entropy,
		[KERNEL_RELATIVE_ENTROPY_AND_INFORMATION] = relative_entropy_and_information,
	},
	.panel_kernels = {
		[FORM_ENTROPIES] = VECTOR(panel_entropies),
		[FORM_RELATIVE_ENTROPIES] = VECTOR(panel_products),
		[FORM_SURPRISALS] = VECTOR(panel_products),
		[FORM_LOGARITHMS] = VECTOR(panel_differences),
		[FORM_ROOT_DIFFERENCES] = VECTOR(panel_differences),
		[FORM_ROOT_PRODUCTS] = VECTOR(panel_products),
	},
	.panel_preparations = {
		[FORM_ENTROPIES] = VECTOR(prepare_entropies),
		[FORM_RELATIVE_ENTROPIES] = VECTOR(prepare_relative_entropies),
		[FORM_SURPRISALS] = VECTOR(prepare_surprisals),
		[FORM_LOGARITHMS] = VECTOR(prepare_logarithms),
		[FORM_ROOT_DIFFERENCES] = VECTOR(prepare_roots),
		[FORM_ROOT_PRODUCTS] = VECTOR(prepare_roots),
	}
};
