/*-------------------------------------------------------------------------
 *
 * vector.h
 *	  The loops that run over elements, compiled once per instruction set.
 *
 * totals.c, align.c, sums.c, many/panels.c, many/filter_loops.c,
 * logits/logit_loops.c and joint/joint_loops.c are compiled several times with
 * INSTRUCTION_SET defined to sse2, avx2, ...; each build exports one struct
 * VectorFunctions.
 * The loops have 8 lanes whatever the registers hold, and combine them in one
 * order, so that all builds return the same bits.
 *
 * Work flows through blocks: the weights of up to BLOCK_SIZE bins are turned
 * into comparable masses, and a sum kernel adds up a measure's terms over them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_VECTOR_H
#define KLDIV_VECTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "math/arithmetic.h"
#include "math/joint/joint_loops.h"
#include "math/logits/logit_loops.h"
#include "math/many/filter_loops.h"
#include "math/measures/families.h"
#include "math/pair/scaling.h"
#include "math/pair/terms.h"

#define LANES 8
/* Six buffers of a block stay in the first-level cache.  Part of the definition of results. */
#define BLOCK_SIZE 512
/* So many terms of a lane are added up one by one, and then to those before.  The same. */
#define SHORT_SUM 16
/* At most so many bins are added up in one go: whole lanes, and no more than SHORT_SUM of them */
#define FEW_BINS 64
#define MAX_SLOTS 4
/* The slot in which every sum kernel adds up x - y */
#define EXCESS_SLOT 3
/* Buffers at distances of 4096 bytes would collide in the cache */
#define BUFFER_SIZE (BLOCK_SIZE + 2 * LANES)

/* Sum of the weights, whether one has the sign bit (of -0 too), or is 0 */
typedef struct Totals
{
	DoubleDouble sum;
	bool		negative;
	bool		zero;
} Totals;

/* Weights of few bins, padded with 0 to whole lanes, and their sums */
typedef struct FewBins
{
	double		p[FEW_BINS] __attribute__((aligned(64)));
	double		q[FEW_BINS];
	double		p_total;
	double		q_total;
} FewBins;

/* How weights become masses */
typedef enum AlignmentKind
{
	PLAIN_PAIR,					/* by totals in double precision: nothing else below matters */
	EXACT_PAIR,
	WEIGHTED_SHARES				/* q beside its own total, weighted with p: for surprisals */
} AlignmentKind;

/*
 * For a pair, x = (p + pseudocount) * p_scale and y = (q + pseudocount) *
 * q_scale, where the scales hold the other side's total, so that both sides
 * have the same total mass and equal shares become equal masses, exactly.
 */
typedef struct Alignment
{
	AlignmentKind kind;
	DoubleDouble p_scale;		/* mantissa of the total of q times a power of two */
	DoubleDouble q_scale;
	DoubleDouble mass;			/* total mass of a side */
	double		p_total;
	double		q_total;
	double		pseudocount;
	double		fill;			/* share, then mass given to an empty bin, 0 for none */

	bool		extreme;		/* totals so extreme that masses may lose bits */
	double		p_unit;			/* then, powers of two that make totals ordinary */
	double		q_unit;
	double		p_log_total;
	double		q_log_total;

	bool		refined;		/* scaled by one bin's weights, not by the totals */
	DoubleDouble excess;		/* then, relative excess of p's mass over q's */
	double		p_common;		/* the weights of that bin, without pseudocounts */
	double		q_common;
	double		p_power;		/* powers of two that make them, with all that, mantissas */
	double		q_power;
} Alignment;

/* Up to BLOCK_SIZE bins of a pair; unless it is plain, padded with 0 to whole lanes */
typedef struct Bins
{
	const Alignment *alignment;
	const double *p;
	const double *q;
	size_t		count;
} Bins;

/*
 * Masses of the bins of a block, padded with zeros to whole lanes.
 *
 * weight: what a logarithm is weighted with (only for weighted shares, where x
 * is the reference and y the total).  difference: x - y to about 100 bits.
 *
 * Only if extreme: log_quotient is log(x/y) where x or y has lost bits in
 * scaling, else 0; log_x and log_y are then the logarithms of x/mass and y/mass.
 */
typedef struct Block
{
	/* at the beginning of a cache line, so that no vector crosses one: each array takes whole ones */
	double		weight[BUFFER_SIZE] __attribute__((aligned(64)));
	double		x[BUFFER_SIZE];
	double		y[BUFFER_SIZE];
	double		difference[BUFFER_SIZE];
	double		log_quotient[BUFFER_SIZE];
	double		log_x[BUFFER_SIZE];
	double		log_y[BUFFER_SIZE];
} Block;

/* block is scratch space */
typedef void (*SumKernel) (const Bins *bins, const KernelArguments *arguments,
						   Block *block, double *slots);

/* A kernel as it is built for an instruction set; in some a slot is a maximum, in the others a sum */
typedef struct VectorKernel
{
	SumKernel	run;
	bool		takes_maximum;
} VectorKernel;

/*
 * Two panels of LANES distributions, with one or two numbers for each bin of
 * each, those of a bin side by side: see many/panels.c.
 */
typedef struct Panels
{
	const double *left_first;
	const double *left_second;
	const double *right_first;
	const double *right_second;
	const double *center;		/* one number for each bin */
} Panels;

/* Sums of so many terms are added up, which keeps their errors small */
#define PANEL_BLOCK 64

/*
 * Sums, or maxima, of pairs, over at most BLOCK_SIZE bins: of the left distributions from
 * first to before end, with all LANES of the right.
 */
typedef void (*PanelKernel) (const Panels *panels, size_t bins, int first, int end, double *sums);

/* From masses, of total mass, to a panel's numbers, and 3 * LANES sums over at most PANEL_BLOCK bins */
typedef void (*PanelPreparation) (const double *masses, const double *center, double mass, size_t bins,
								  double *first, double *second, double *sums);

typedef enum PanelKernelNumber
{
	PANEL_NONE,
	PANEL_ENTROPIES,
	PANEL_PRODUCTS,
	PANEL_DIFFERENCES,
	PANEL_SQUARES,
	PANEL_DISTANCES,
	PANEL_LARGEST,				/* a maximum instead of a sum */
	PANEL_COUNT
} PanelKernelNumber;

typedef enum PanelPreparationNumber
{
	PREPARE_NOTHING,
	PREPARE_ENTROPIES,
	PREPARE_RELATIVE_ENTROPIES,
	PREPARE_SURPRISALS,
	PREPARE_LOGARITHMS,
	PREPARE_ROOTS,
	PREPARE_MASSES,
	PREPARATION_COUNT
} PanelPreparationNumber;

typedef struct VectorFunctions
{
	/* one is 1, see add_by_multiplier() */
	Totals		(*block_totals) (const double *weights, size_t count, double one);
	/* in plain double precision; sum.lo is 0 */
	Totals		(*block_plain_totals) (const double *weights, size_t count);
	/* both sides of at most FEW_BINS, which need not be aligned, with the same sums; false if one has the sign bit */
	bool		(*collect_few) (const UnalignedDouble *p, const UnalignedDouble *q, size_t count, FewBins *few);
	/* from single to double precision */
	void		(*widen) (const float *reals, size_t count, double *values);
	VectorKernel kernels[KERNEL_COUNT];
	PanelKernel panel_kernels[PANEL_COUNT];
	PanelPreparation panel_preparations[PREPARATION_COUNT];
	FilterFunctions filter;
	LogitFunctions logits;
	JointFunctions joint;
} VectorFunctions;

static inline size_t
whole_lanes(size_t count)
{
	return (count + LANES - 1) / LANES * LANES;
}

/* Lanes are combined as a tree, ((0+4)+(2+6)) + ((1+5)+(3+7)), whatever the vector width */
ALWAYS_INLINE double
sum_of_lanes(const double *lanes)
{
	return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) +
		((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

#define PASTE_EXPANDED(a, b) a ## _ ## b
#define PASTE(a, b) PASTE_EXPANDED(a, b)
/* name of a function in the build for this instruction set */
#define VECTOR(name) PASTE(name, INSTRUCTION_SET)

#ifdef INSTRUCTION_SET

/*
 * Copies what is left of weights behind whole lanes, padded; the number of
 * lanes.  It goes to the last lanes and is masked as a vector would be: a store
 * of single numbers, or a branch, would make the next load wait.
 */
ALWAYS_INLINE size_t
pad_rest(const UnalignedDouble *weights, size_t count, double padding, double *rest)
{
	static const uint64_t masks[2 * LANES] = {
		0, 0, 0, 0, 0, 0, 0, 0,
		UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX
	};
	size_t		left = count % LANES;
	const UnalignedDouble *last;
	double		few[LANES] = {0.0};

	if (left == 0)
		return 0;
	if (count > LANES)
		last = weights + count - LANES;
	else
	{
		memcpy(few + LANES - left, weights, left * sizeof(double));
		last = few;
	}
#pragma omp simd
	for (int j = 0; j < LANES; j++)
		rest[j] = double_of((bits_of(last[j]) & masks[left + j]) |
							(bits_of(padding) & ~masks[left + j]));
	return LANES;
}

extern const VectorFunctions VECTOR(vector_functions);
extern Totals VECTOR(block_totals) (const double *weights, size_t count, double one);
extern Totals VECTOR(block_plain_totals) (const double *weights, size_t count);
extern bool VECTOR(collect_few) (const UnalignedDouble *p, const UnalignedDouble *q, size_t count, FewBins *few);
extern void VECTOR(widen) (const float *reals, size_t count, double *values);
extern void VECTOR(align_block) (const Bins *bins, Block *block);
extern LogitRange VECTOR(range_of_logits) (const double *logits, size_t count);
extern void VECTOR(sum_logit_pair) (const double *p, const double *q, size_t count, const LogitPair *pair, double *slots);
extern void VECTOR(sum_logits) (const double *logits, const double *weights, size_t count, const LogitSide *side, double *slots);
extern void VECTOR(add_to_rows) (const double *cells, size_t distance, size_t rows, size_t columns, LineTotals totals);
extern void VECTOR(add_to_columns) (const double *cells, size_t distance, size_t rows, size_t columns, LineTotals totals);
extern void VECTOR(joint_terms) (const double *cells, const double *column_hi, const double *column_lo, size_t count,
								 const JointRow *row, double *terms);
extern void VECTOR(open_terms) (const double *cells, const double *column_hi, const double *column_lo, size_t count,
								const JointRow *row, double *terms);

extern double VECTOR(filter_shares) (const double *weights, size_t bins, double pseudocount, double total,
									 float *shares, float *roots);
extern uint32_t VECTOR(filter_products) (const float *left, const float *right, size_t bins, ProductRange range,
										 float *products, size_t stride);
extern double VECTOR(filter_entropy_of_sum) (const float *p, const float *q, size_t bins);

#define DECLARE_PREPARATION(name) \
extern void VECTOR(name) (const double *masses, const double *center, double mass, size_t bins, \
						  double *first, double *second, double *sums);

extern void VECTOR(panel_entropies) (const Panels *panels, size_t bins, int first, int end, double *sums);
extern void VECTOR(panel_products) (const Panels *panels, size_t bins, int first, int end, double *sums);
extern void VECTOR(panel_differences) (const Panels *panels, size_t bins, int first, int end, double *sums);
extern void VECTOR(panel_squares) (const Panels *panels, size_t bins, int first, int end, double *sums);
extern void VECTOR(panel_distances) (const Panels *panels, size_t bins, int first, int end, double *sums);
extern void VECTOR(panel_largest) (const Panels *panels, size_t bins, int first, int end, double *sums);
DECLARE_PREPARATION(prepare_entropies)
DECLARE_PREPARATION(prepare_relative_entropies)
DECLARE_PREPARATION(prepare_surprisals)
DECLARE_PREPARATION(prepare_logarithms)
DECLARE_PREPARATION(prepare_roots)
DECLARE_PREPARATION(prepare_masses)
#endif

#endif							/* KLDIV_VECTOR_H */
