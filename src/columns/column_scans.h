/*-------------------------------------------------------------------------
 *
 * column_scans.h
 *	  What queries of ours find in the rows of a caller's query.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_COLUMN_SCANS_H
#define KLDIV_COLUMN_SCANS_H

#include "columns/columns_query.h"
#include "histogram/histogram.h"

/* A column of a cohort */
typedef struct ColumnCounts
{
	Histogram  *histogram;		/* with "(null)" for rows without a value; of too many values with "(other)" for all others */
	int64		nulls;
	double		least;			/* finite number in the bins that are open; NaN if there is none */
	double		greatest;
} ColumnCounts;

typedef struct Cohort
{
	char	   *name;			/* NULL if there are no cohorts */
	int64		rows;
	double		effective;		/* rows, or what units make of them */
	ColumnCounts *columns;
} Cohort;

typedef struct Cohorts
{
	Cohort	   *items;			/* in the order of their names */
	int			count;
} Cohorts;

/*
 * Counts the columns of each cohort, or of all rows as one.  Rows whose cohort is
 * NULL are of none.  A column of which one cohort has too many values becomes one
 * of that kind in all.
 */
extern Cohorts count_columns(ColumnsQuery *query);

/* Finds how many independent rows the units of each cohort make: (sum m)^2 / sum m^2 of the rows m of each */
extern void count_units(ColumnsQuery *query, Cohorts *cohorts);

#endif							/* KLDIV_COLUMN_SCANS_H */
