/*-------------------------------------------------------------------------
 *
 * comparison.h
 *	  Many distributions at once: each compared with each other.
 *
 * The caller plans a comparison, gives it memory, judges its rows, prepares it,
 * and then has tiles of the matrix of all pairs computed, in any order and from
 * any threads.  Values do not depend on how the tiles are run.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_COMPARISON_H
#define KLDIV_COMPARISON_H

#include "math/measure.h"

/* What is known of a row */
typedef enum RowKind
{
	ROW_NOT_OBSERVED,			/* has no total: NULL wherever it is compared */
	ROW_ORDINARY,
	ROW_EXTREME,				/* with a total for which the fast forms are not made */
} RowKind;

typedef struct Comparison
{
	const Measure *measure;
	Parameters	parameters;
	const double *weights;		/* rows x bins, row by row */
	size_t		rows;
	size_t		bins;
	bool		symmetric;
	bool		by_slabs;		/* a pair is work enough for a runner of its own */
	size_t		tile_size;		/* rows and columns of a tile */
	size_t		bands;			/* tiles beside each other */
	size_t		tiles;			/* of the matrix; of its upper half if symmetric */
	uint64_t	memory_size;	/* bytes that the caller has to provide, which may be more than there can be */

	/* private to comparison.c */
	int			form;			/* FastForm */
	size_t		words;			/* of a row's support */
	double	   *totals;
	double	   *reference;
	double	   *first;			/* panels of rows, as panels.c wants them */
	double	   *second;
	double	   *own;			/* what a row adds to the values of its pairs, as p */
	double	   *other;			/* and as q */
	double	   *magnitude;		/* of what is added up there */
	uint64_t   *supports;		/* a bit for each weight that is not 0 */
	uint8_t    *kinds;			/* RowKind */
	uint8_t    *zeros;			/* whether a row has a weight of 0 */
} Comparison;

/* Rows and columns of the matrix */
typedef struct Tile
{
	size_t		first_row;
	size_t		end_row;
	size_t		first_column;
	size_t		end_column;
} Tile;

/* Sets everything up to memory_size */
extern void plan_comparison(Comparison *comparison, const Measure *measure, const Parameters *parameters,
							const double *weights, size_t rows, size_t bins);

/* memory is aligned as doubles are */
extern void place_comparison(Comparison *comparison, void *memory);

/* Finds what is wrong with a row; nothing observed there is no error */
extern void judge_row(Comparison *comparison, size_t row, SlabRunner run, Finding *finding);

/* Instead of judging it: nothing was observed there */
static inline void
forget_row(Comparison *comparison, size_t row)
{
	comparison->kinds[row] = ROW_NOT_OBSERVED;
}

/* After it was judged */
static inline bool
row_is_observed(const Comparison *comparison, size_t row)
{
	return comparison->kinds[row] != ROW_NOT_OBSERVED;
}

/* After all rows have been judged */
extern void prepare_comparison(Comparison *comparison, SlabRunner run);

/* Nanoseconds of a fast CPU for preparing and for all tiles */
extern double comparison_nanoseconds(const Comparison *comparison);

extern Tile tile_of(const Comparison *comparison, size_t number);

/*
 * The values of a tile, stride doubles from row to row; NaN is NULL.  If the
 * comparison is symmetric only those above the diagonal and on it are written.
 * run is used if the comparison is by slabs.
 */
extern void compare_tile(const Comparison *comparison, const Tile *tile, SlabRunner run,
						 double *values, size_t stride);

#endif							/* KLDIV_COMPARISON_H */
