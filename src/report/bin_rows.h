/*-------------------------------------------------------------------------
 *
 * bin_rows.h
 *	  Rows that are returned for the bins of two distributions.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_BIN_ROWS_H
#define KLDIV_BIN_ROWS_H

#include "histogram/histogram.h"

/* Numbers of each bin, in the order in which rows are returned; NaN is NULL */
typedef struct BinRows
{
	const Label *labels;		/* by bin; NULL if bins have positions only */
	int			columns;		/* numbers of a bin, after its label or position */
	const double *values;		/* count x columns, by bin */
	const uint32 *order;		/* bins */
	size_t		count;
} BinRows;

#define MOST_BIN_COLUMNS 8

/* Finds the rows of two sides whose bins are all present; labels are filled in by the caller.  NULL for no rows. */
typedef BinRows *(*FindBinRows) (FunctionCallInfo fcinfo, const Weights *p, const Weights *q);

/* Functions of two arrays, or of two histograms, in the first two arguments */
extern Datum bin_rows_of_arrays(FunctionCallInfo fcinfo, FindBinRows find);
extern Datum bin_rows_of_histograms(FunctionCallInfo fcinfo, FindBinRows find);

/* Memory for what rows are made of, which lives as long as they are returned */
extern double *new_bin_values(size_t count, int columns);

/* The bins sorted by a column, the largest first, and then in their own order; with the values' signs, or without */
extern uint32 *order_of_bins(const double *values, size_t count, int columns, int column, bool by_magnitude);

#endif							/* KLDIV_BIN_ROWS_H */
