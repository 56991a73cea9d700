/*-------------------------------------------------------------------------
 *
 * value_counts.h
 *	  The values of a column, counted by label, or by bin of edges.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_VALUE_COUNTS_H
#define KLDIV_VALUE_COUNTS_H

#include <math.h>

#include "histogram/bin_edges.h"
#include "histogram/bin_table.h"
#include "histogram/count_value.h"
#include "histogram/kept_values.h"

/*
 * With more than this there are too many values, in whatever order they come,
 * and however they are divided among processes.
 */
typedef struct ValueLimits
{
	uint64		values;
	uint64		label_bytes;	/* of all labels together */
} ValueLimits;

typedef struct ValueCounts
{
	/* what is needed for every row is first, in one line of a cache */
	Edges	   *edges;			/* of bins, which belong to the query; NULL if there is none, or counts came from elsewhere */
	int64	   *bins;			/* rows in each bin, then with NULL, then with NaN */
	KeptValues	kept;			/* of the labels of the table, and what was counted since */
	double		least;			/* finite number in the outer bins; Infinity if there is none */
	double		greatest;		/* the same; -Infinity */
	bool		too_many;
	bool		by_bin;			/* not by label; those bins are never too many */
	int64		forgotten;		/* rows with a value, if there are too many values */
	ValueLimits limits;
	BinTable	table;			/* by label; nothing is left of it if there are too many */
} ValueCounts;

/* For counts that have none */
extern const ValueLimits no_limits;

extern void begin_value_counts(ValueCounts *counts, MemoryContext context, ValueLimits limits, bool removable);
extern void give_up_counting(ValueCounts *counts);
extern void count_by_label(ValueCounts *counts, Labeller *labeller, Datum value);
extern void widen_range(ValueCounts *counts, double number);
extern void begin_bins_of_edges(ValueCounts *counts, Edges *edges);
extern Label label_of_counted_bin(Edges *edges, int bin);
extern void add_value_counts(ValueCounts *counts, ValueCounts *other);
extern const BinTable *table_of_counts(ValueCounts *counts);
extern Histogram *histogram_of_counts(ValueCounts *counts);

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

/* Whether a bin is one of the outer ones */
static inline bool
is_open_bin(const Edges *edges, int bin)
{
	return bin == 0 || bin == edges->count;
}

/* The bin of a number that may be NaN */
static inline int
bin_of_number(const Edges *edges, double number)
{
	return unlikely(isnan(number)) ? nan_bin(edges) : bin_of(edges, number);
}

#endif							/* KLDIV_VALUE_COUNTS_H */
