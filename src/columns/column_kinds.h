/*-------------------------------------------------------------------------
 *
 * column_kinds.h
 *	  How columns are read: as the caller says, or by a rule.
 *
 * The rule: a float8 or real is numbers, which are cut at quantiles; so is an
 * integer or numeric with more than 100 values, and one with fewer is values.  A
 * date is its value, or its month if there are more than 100 days; of a timestamp
 * the day is the value, of one with a time zone the day at UTC.  Anything else is
 * values.  What counts are the rows of the reference, or all rows where there is
 * none.  Whatever the kind, a column is too many values if a cohort has more than
 * histograms_agg keeps.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_COLUMN_KINDS_H
#define KLDIV_COLUMN_KINDS_H

#include "columns/columns_query.h"
#include "utils/jsonb.h"

/* Which rows the rule looks at */
typedef enum RuleRows
{
	ALL_ROWS,
	ROWS_OF_ANY_COHORT,
	ROWS_OF_REFERENCE
} RuleRows;

/* Takes what an argument says of columns: {"name": {"kind": "numbers", "edges": [1, 2]}, ...}; others stay undecided */
extern void take_given_kinds(ColumnsQuery *query, Jsonb *given);

/* Decides by the rule, and finds edges of numbers that have none */
extern void decide_kinds(ColumnsQuery *query, RuleRows rows, const char *reference, int bins);

/* The argument for the number of bins; NULL is 10 */
extern int	bins_argument(FunctionCallInfo fcinfo, int argument);

/* A float8[] of edges */
extern ArrayType *array_of_edges(const Column *column);

#endif							/* KLDIV_COLUMN_KINDS_H */
