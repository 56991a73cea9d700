/*-------------------------------------------------------------------------
 *
 * columns.h
 *	  The arguments of histograms_agg: columns, and edges of some of them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_COLUMNS_H
#define KLDIV_COLUMNS_H

#include "histogram/label_of_value.h"
#include "histogram/value_counts.h"

typedef struct PlannedColumn PlannedColumn;

/* The bin of a value, which is not NULL */
typedef int (*BinOf) (const Edges *edges, Datum value);

struct PlannedColumn
{
	int			argument;
	LabelForm	form;			/* of the labeller */
	Labeller   *labeller;		/* NULL if there are edges, which are the next argument, ... */
	BinOf		bin_of;
	bool		is_float8;
	Edges	   *edges;			/* ... as they were in the first row */
	bool		constant;		/* whether edges are at one place as long as they are the same */
	Datum		place;			/* where they were last */
};

/* What is known of a call; found once for a query */
typedef struct ColumnPlan
{
	int			count;
	PlannedColumn columns[FLEXIBLE_ARRAY_MEMBER];
} ColumnPlan;

extern ColumnPlan *plan_columns(FunctionCallInfo fcinfo);
extern void check_edges_of_column(PlannedColumn *column, FunctionCallInfo fcinfo);

/* The bin of a value that may be NULL */
static inline int
bin_of_value(const PlannedColumn *column, const NullableDatum *value)
{
	double		number;

	if (value->isnull)
		return null_bin(column->edges);
	if (!column->is_float8)
		return column->bin_of(column->edges, value->value);
	number = DatumGetFloat8(value->value);
	return likely(number == number) ? bin_of(column->edges, number) : nan_bin(column->edges);
}

/* Counts the value of a row, and sees to it that edges are as in the first one */
static inline void
count_value_of_column(ValueCounts *counts, PlannedColumn *column, FunctionCallInfo fcinfo)
{
	const NullableDatum *value = &fcinfo->args[column->argument];

	if (column->labeller != NULL)
	{
		if (!value->isnull && !count_known_value(&counts->table, column->form, value->value))
			count_by_label(counts, column->labeller, value->value);
		return;
	}
	if (unlikely(!column->constant || value[1].value != column->place || value[1].isnull))
		check_edges_of_column(column, fcinfo);
	if (unlikely(counts->edges == NULL))
		begin_bins_of_edges(counts, column->edges);
	counts->bins[bin_of_value(column, value)]++;
}

#endif							/* KLDIV_COLUMNS_H */
