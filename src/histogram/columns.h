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
	Labeller   *labeller;		/* NULL if there are edges, which are the next argument, ... */
	BinOf		bin_of;
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
extern void count_value_of_column(ValueCounts *counts, PlannedColumn *column, FunctionCallInfo fcinfo);
extern const ValueLimits *column_limits(void);

#endif							/* KLDIV_COLUMNS_H */
