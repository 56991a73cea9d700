/*-------------------------------------------------------------------------
 *
 * value_counts.h
 *	  The values of a column, counted by label, or by bin of edges.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_VALUE_COUNTS_H
#define KLDIV_VALUE_COUNTS_H

#include "histogram/bin_edges.h"
#include "histogram/bin_table.h"

typedef struct ValueCounts
{
	BinTable	table;			/* by label; nothing if there are too many */
	const struct ValueLimits *limits;	/* NULL if there may be any number of values */
	bool		too_many;		/* values were: all of them are forgotten */
	Edges	   *edges;			/* of the bins, which belong to the query, or NULL */
	int64	   *bins;			/* rows in each bin, then with NULL, then with NaN */
} ValueCounts;

/* Beyond these there are too many values, in whatever order they come, and however they are divided among processes */
typedef struct ValueLimits
{
	uint32		values;
	uint64		label_bytes;	/* of all labels together */
} ValueLimits;

extern void begin_value_counts(ValueCounts *counts, MemoryContext context, const ValueLimits *limits);
extern void count_label(ValueCounts *counts, Label label);
extern void begin_bins_of_edges(ValueCounts *counts, Edges *edges);
extern void add_value_counts(ValueCounts *counts, const ValueCounts *other);
extern const BinTable *table_of_counts(const ValueCounts *counts);
extern Histogram *histogram_of_counts(const ValueCounts *counts);

/* Where NULL and NaN are counted */
static inline int
null_bin(const Edges *edges)
{
	return edges->count + 1;
}

static inline int
nan_bin(const Edges *edges)
{
	return edges->count + 2;
}

#endif							/* KLDIV_VALUE_COUNTS_H */
