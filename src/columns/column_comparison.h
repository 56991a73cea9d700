/*-------------------------------------------------------------------------
 *
 * column_comparison.h
 *	  What a report says of a column in a cohort, beside a reference.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_COLUMN_COMPARISON_H
#define KLDIV_COLUMN_COMPARISON_H

#include "columns/column_scans.h"
#include "math/measure.h"

/* Bins of which less is expected are merged for a test */
#define LEAST_EXPECTED 2.0

/* Numbers of a row of the report; NaN is NULL */
typedef struct ColumnComparison
{
	double		value;
	double		binned_wasserstein;
	double		p_value;
	double		effect_size;
	Label		top_label;		/* of the largest contribution; without bytes if there is none */
	double		top_share;
	double		top_share_reference;
} ColumnComparison;

/* Of which nothing is known */
extern ColumnComparison empty_comparison(void);

/* A column, of a kind that is shown, in a cohort and in the reference; either may have no rows */
extern ColumnComparison compare_column(ColumnKind kind, const Cohort *cohort, const ColumnCounts *p,
								 const Cohort *reference, const ColumnCounts *q, const Measure *measure);

/* The column of that number in all cohorts together */
extern ColumnComparison compare_all(ColumnKind kind, const ColumnsQuery *query, const Cohorts *cohorts, int column);

#endif							/* KLDIV_COLUMN_COMPARISON_H */
