/*-------------------------------------------------------------------------
 *
 * loops.h
 *	  The loops of the sum kernels, for terms of any kind.
 *
 * All of this is inlined with a constant function for the terms, so that each
 * kernel has loops of its own: see sums.c.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_LOOPS_H
#define KLDIV_LOOPS_H

#include <math.h>

#include "math/pair/scaling.h"
#include "math/pair/terms.h"
#include "math/pair/vector.h"

typedef Terms (*TermsOf) (Bin bin, const KernelArguments *arguments);
typedef double (*TermOf) (Bin bin, const KernelArguments *arguments);

/*
 * Where a loop gets its bins from.  A plain pair is scaled in passing;
 * everything else comes from a block that align_block() has filled.
 */
typedef struct BinSource
{
	const double *p;
	const double *q;
	double		p_scale;
	double		q_scale;
	double		p_high;			/* upper halves of the scales */
	double		q_high;
	double		q_unit;
	double		mass;
	const Block *block;
} BinSource;

typedef Bin (*BinAt) (const BinSource *source, size_t i);

ALWAYS_INLINE Bin
plain_bin(const BinSource *source, size_t i)
{
	Scaled		x = scale_plain_weight(source->p[i], source->p_scale, source->p_high);
	Scaled		y = scale_plain_weight(source->q[i], source->q_scale, source->q_high);

	return (Bin) {
		source->q[i] * source->q_unit, x.mass, y.mass, mass_difference(x, y), 0.0, 0.0, 0.0, source->mass, false
	};
}

ALWAYS_INLINE Bin
block_bin(const BinSource *source, size_t i)
{
	const Block *block = source->block;

	return (Bin) {
		block->weight[i], block->x[i], block->y[i], block->difference[i], 0.0, 0.0, 0.0, source->mass, false
	};
}

ALWAYS_INLINE Bin
extreme_bin(const BinSource *source, size_t i)
{
	const Block *block = source->block;

	return (Bin) {
		block->weight[i], block->x[i], block->y[i], block->difference[i],
		block->log_quotient[i], block->log_x[i], block->log_y[i], source->mass, true
	};
}

/* A sum in each lane, for each slot */
typedef struct Lanes
{
	double		first[LANES];
	double		second[LANES];
	double		third[LANES];
	double		excess[LANES];
	uint64_t	any[LANES];
} Lanes;

/* Sums of nothing */
ALWAYS_INLINE void
clear_lanes(Lanes *lanes)
{
#pragma omp simd
	for (int j = 0; j < LANES; j++)
	{
		lanes->first[j] = 0.0;
		lanes->second[j] = 0.0;
		lanes->third[j] = 0.0;
		lanes->excess[j] = 0.0;
		lanes->any[j] = 0;
	}
}

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

/*
 * Adds up the terms of bins in LANES sums, which stay accurate since their
 * parts are short.  Where terms are made of series, these are added up in a
 * loop of their own: while one waits for its division and then for its
 * polynomial, a processor does not look far enough ahead to do other bins'.
 */
ALWAYS_INLINE void
add_terms(Lanes *sums, const BinSource *source, BinAt bin_at, size_t count,
		  TermsOf terms_of, const int series_count, const KernelArguments *arguments)
{
	KeptSeries	kept[2];

	for (size_t start = 0; start < count; start += PART_SIZE)
	{
		size_t		length = count - start < PART_SIZE ? count - start : PART_SIZE;
		Lanes		part;

		clear_lanes(&part);
		for (size_t i = 0; i < length; i += LANES)
		{
#pragma omp simd
			for (int j = 0; j < LANES; j++)
			{
				Bin			bin = bin_at(source, start + i + j);
				Terms		terms = terms_of(bin, arguments);

				if (series_count == 0)
					part.first[j] += terms.first;
				if (series_count > 0)
					keep_series(&kept[0], i + j, terms.series[0]);
				if (series_count > 1)
					keep_series(&kept[1], i + j, terms.series[1]);
				part.second[j] += terms.second;
				part.third[j] += terms.third;
				part.excess[j] += bin.difference;
				part.any[j] |= terms.any;
			}
		}
		for (size_t i = 0; series_count > 0 && i < length; i += LANES)
		{
#pragma omp simd
			for (int j = 0; j < LANES; j++)
				part.first[j] += series_count > 1 ?
					kept_value(&kept[0], i + j) + kept_value(&kept[1], i + j) : kept_value(&kept[0], i + j);
		}
#pragma omp simd
		for (int j = 0; j < LANES; j++)
		{
			sums->first[j] += part.first[j];
			sums->second[j] += part.second[j];
			sums->third[j] += part.third[j];
			sums->excess[j] += part.excess[j];
			sums->any[j] |= part.any[j];
		}
	}
}

/*
 * The same for a source of few bins, of which the last lanes are in rest: in
 * one go, since loops of their own cost more than waiting for some divisions.
 */
ALWAYS_INLINE void
add_few_terms(Lanes *sums, const BinSource *source, size_t count, const double *p_rest, const double *q_rest,
			  TermsOf terms_of, const KernelArguments *arguments)
{
	BinSource	here = *source;

	for (size_t i = 0; i < count; i += LANES)
	{
		here.p = i + LANES <= count ? source->p + i : p_rest;
		here.q = i + LANES <= count ? source->q + i : q_rest;
#pragma omp simd
		for (int j = 0; j < LANES; j++)
		{
			Bin			bin = plain_bin(&here, j);
			Terms		terms = terms_of(bin, arguments);

			sums->first[j] += terms.first;
			sums->second[j] += terms.second;
			sums->third[j] += terms.third;
			sums->excess[j] += bin.difference;
			sums->any[j] |= terms.any;
		}
	}
}

/* Keeps the largest term in each lane */
ALWAYS_INLINE void
take_largest(double *lanes, const BinSource *source, BinAt bin_at, size_t count,
			 TermOf term_of, const KernelArguments *arguments)
{
	for (size_t i = 0; i < count; i += LANES)
	{
#pragma omp simd
		for (int j = 0; j < LANES; j++)
		{
			Bin			bin = bin_at(source, i + j);
			double		term = term_of(bin, arguments);

			lanes[j] = term > lanes[j] ? term : lanes[j];
		}
	}
}

ALWAYS_INLINE BinSource
plain_source(const Bins *bins)
{
	const Alignment *alignment = bins->alignment;

	return (BinSource) {
		.p = bins->p, .q = bins->q,
		.p_scale = alignment->p_scale.hi, .q_scale = alignment->q_scale.hi,
		.p_high = split_nearest(alignment->p_scale.hi), .q_high = split_nearest(alignment->q_scale.hi),
		.q_unit = alignment->q_unit, .mass = alignment->mass.hi
	};
}

/*
 * Three loops in each kernel, since what is rarely needed would slow the rest
 * down.  That of plain pairs goes over whole lanes where they are, then over
 * the rest of them, padded.
 */
ALWAYS_INLINE void
sum_bins(const Bins *bins, const KernelArguments *arguments, Block *block, double *slots,
		 TermsOf terms_of, const int series_count, const Padding padding)
{
	const Alignment *alignment = bins->alignment;
	Lanes		sums;
	uint64_t	any = 0;

	clear_lanes(&sums);
	if (alignment->kind == PLAIN_PAIR)
	{
		BinSource	source = plain_source(bins);
		size_t		count = bins->count / LANES * LANES;
		const double p_padding = padding == PADDED_WITH_TOTALS ? alignment->p_total : 0.0;
		const double q_padding = padding == PADDED_WITH_TOTALS ? alignment->q_total : 0.0;
		double		p_rest[LANES];
		double		q_rest[LANES];

		if (bins->count <= FEW_BINS)
		{
			pad_rest(bins->p, bins->count, p_padding, p_rest);
			pad_rest(bins->q, bins->count, q_padding, q_rest);
			add_few_terms(&sums, &source, bins->count, p_rest, q_rest, terms_of, arguments);
			count = 0;
		}
		for (int part = 0; part < 2 && count > 0; part++)
		{
			add_terms(&sums, &source, plain_bin, count, terms_of, series_count, arguments);
			count = pad_rest(bins->p, bins->count, p_padding, p_rest);
			pad_rest(bins->q, bins->count, q_padding, q_rest);
			source.p = p_rest;
			source.q = q_rest;
		}
	}
	else
	{
		BinSource	source = {.block = block, .mass = alignment->mass.hi};
		size_t		count = whole_lanes(bins->count);

		VECTOR(align_block) (bins, block);
		if (alignment->extreme)
			add_terms(&sums, &source, extreme_bin, count, terms_of, series_count, arguments);
		else
			add_terms(&sums, &source, block_bin, count, terms_of, series_count, arguments);
	}
	for (int j = 0; j < LANES; j++)
		any |= sums.any[j];
	slots[0] = sum_of_lanes(sums.first);
	slots[1] = sum_of_lanes(sums.second);
	slots[2] = any >> 63 ? INFINITY : sum_of_lanes(sums.third);
	slots[EXCESS_SLOT] = sum_of_lanes(sums.excess);
}

ALWAYS_INLINE void
find_largest(const Bins *bins, const KernelArguments *arguments, Block *block, double *slots, TermOf term_of)
{
	const Alignment *alignment = bins->alignment;
	double		lanes[LANES] = {
		-INFINITY, -INFINITY, -INFINITY, -INFINITY, -INFINITY, -INFINITY, -INFINITY, -INFINITY
	};

	if (alignment->kind == PLAIN_PAIR)
	{
		BinSource	source = plain_source(bins);
		size_t		count = bins->count / LANES * LANES;
		double		p_rest[LANES];
		double		q_rest[LANES];

		for (int part = 0; part < 2; part++)
		{
			take_largest(lanes, &source, plain_bin, count, term_of, arguments);
			count = pad_rest(bins->p, bins->count, 0.0, p_rest);
			pad_rest(bins->q, bins->count, 0.0, q_rest);
			source.p = p_rest;
			source.q = q_rest;
		}
	}
	else
	{
		BinSource	source = {.block = block, .mass = alignment->mass.hi};
		size_t		count = whole_lanes(bins->count);

		VECTOR(align_block) (bins, block);
		if (alignment->extreme)
			take_largest(lanes, &source, extreme_bin, count, term_of, arguments);
		else
			take_largest(lanes, &source, block_bin, count, term_of, arguments);
	}
	slots[0] = lanes[0];
	for (int j = 1; j < LANES; j++)
		slots[0] = lanes[j] > slots[0] ? lanes[j] : slots[0];
	slots[1] = slots[2] = slots[EXCESS_SLOT] = 0.0;
}

#endif							/* KLDIV_LOOPS_H */
