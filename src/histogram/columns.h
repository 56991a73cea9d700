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
#include "input/numbers.h"

/* More are searched for longer than a label is made */
#define MOST_EDGES 1000

/* The bin of a value, which is not NULL */
typedef int (*BinOf) (const Edges *edges, Datum value);

static inline int
bin_of_float8(const Edges *edges, Datum value)
{
	return bin_of_number(edges, DatumGetFloat8(value));
}

extern int	bin_of_float4(const Edges *edges, Datum value);

/* Edges that are an argument, as they were in the first row */
typedef struct ArgumentEdges
{
	Edges	   *edges;
	bool		constant;		/* whether they are at one place as long as they are the same */
	Datum		place;			/* where they were last */
} ArgumentEdges;

extern void begin_argument_edges(ArgumentEdges *edges, FunctionCallInfo fcinfo, int argument);

typedef struct PlannedColumn
{
	int			argument;
	LabelForm	form;			/* of the labeller */
	Labeller   *labeller;		/* NULL if there are edges, which are the next argument, ... */
	BinOf		bin_of;
	Oid			type;			/* below domains */
	bool		is_float8;
	ArgumentEdges given;		/* ... and have bins to be counted */
} PlannedColumn;

/* What is known of a call; found once for a query */
typedef struct ColumnPlan
{
	int			count;
	PlannedColumn columns[FLEXIBLE_ARRAY_MEMBER];
} ColumnPlan;

extern void define_column_settings(void);
extern ColumnPlan *plan_columns(FunctionCallInfo fcinfo);
extern void check_edges_of_column(PlannedColumn *column, FunctionCallInfo fcinfo);

/* Counts the value of a row, and sees to it that edges are as in the first one */
static pg_attribute_always_inline void
count_value_of_column(ValueCounts *counts, PlannedColumn *column, FunctionCallInfo fcinfo)
{
	const NullableDatum *value = &fcinfo->args[column->argument];
	Edges	   *edges = column->given.edges;
	int			bin;

	if (edges == NULL)
	{
		if (!value->isnull && !count_kept_value(&counts->kept, column->form, value->value))
			count_by_label(counts, column->labeller, value->value);
		return;
	}
	if (unlikely(!column->given.constant || value[1].value != column->given.place || value[1].isnull))
		check_edges_of_column(column, fcinfo);
	if (unlikely(counts->edges == NULL))
		begin_bins_of_edges(counts, edges);
	if (value->isnull)
		bin = null_bin(edges);
	else if (column->is_float8)
	{
		double		number = DatumGetFloat8(value->value);

		bin = bin_of_number(edges, number);
		/* which bin it is would be foreseen wrongly; that the range is wide enough is not */
		if (unlikely((number < counts->least) | (number > counts->greatest)) && is_open_bin(edges, bin))
			widen_range(counts, number);
	}
	else
	{
		bin = column->bin_of(edges, value->value);
		if (is_open_bin(edges, bin))
			widen_range(counts, number_of_value(column->type, value->value));
	}
	counts->bins[bin]++;
}

#endif							/* KLDIV_COLUMNS_H */
