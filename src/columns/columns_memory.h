/*-------------------------------------------------------------------------
 *
 * columns_memory.h
 *	  How much memory functions over the columns of a query may take.
 *
 * Two things grow with what they are given: the numbers between which edges are
 * found, and the histograms of cohorts.  A column that is taken for the cohort by
 * mistake, an id, has as many cohorts as rows; that has to be an error before the
 * server has no memory left.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_COLUMNS_MEMORY_H
#define KLDIV_COLUMNS_MEMORY_H

#include "kldiv.h"

extern void define_columns_memory_setting(void);

/* An error if numbers that are kept in an aggregate's context, and some bytes more, are too much */
extern void check_memory_for_numbers(MemoryContext context, Size more);

/* As many histograms a call may make, if none takes more than a kilobyte */
extern int64 most_histograms(void);

/* An error if histograms are more, or take more bytes together, than they may */
extern void check_memory_for_histograms(int64 cohorts, int columns, Size bytes);

#endif							/* KLDIV_COLUMNS_MEMORY_H */
