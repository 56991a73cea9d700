/*-------------------------------------------------------------------------
 *
 * table_tests.h
 *	  Tests of a table of counts, of which each row is a sample.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TABLE_TESTS_H
#define KLDIV_TABLE_TESTS_H

#include "math/statistics/count_tests.h"

/* Counts, one sample behind the other, and their margins; together at most 2^53, so that sums are exact */
typedef struct Table
{
	const double *counts;		/* samples x bins */
	size_t		samples;
	size_t		bins;
	double	   *sample_totals;
	double	   *bin_totals;
	double		n;				/* all */
} Table;

/* Fills in the margins, for which there is room */
extern void total_table(Table *table, SlabRunner run);

/* The samples and bins that have anything, and the least of each */
typedef struct TableSummary
{
	size_t		samples;
	double		least_sample;
	size_t		bins;
	double		least_bin;
} TableSummary;

extern TableSummary summarise_table(const Table *table, SlabRunner run);

static inline Expectation
expectation_of_table(const Table *table, const TableSummary *summary)
{
	return (Expectation) {summary->least_sample, table->n};
}

/*
 * Merges bins as planned, samples x bins_after(plan), into room for these, which
 * may be where the counts are; the margins become those afterwards.
 */
extern void merge_bins_of_table(Table *table, const MergePlan *plan, double *counts, SlabRunner run);

/* At least two samples have something */
extern CountTest test_table(const Table *table, const TableSummary *summary, TestStatistic statistic, SlabRunner run);

#endif							/* KLDIV_TABLE_TESTS_H */
