/*-------------------------------------------------------------------------
 *
 * table_tests.h
 *	  Tests of many samples.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_STATISTICS_TABLE_TESTS_H
#define KLDIV_STATISTICS_TABLE_TESTS_H

#include "math/statistics/table_tests.h"
#include "statistics/test_results.h"

/*
 * The test of a table with its margins, and how many rare bins have become one;
 * false if fewer than two samples have anything.
 */
extern bool test_of_table(Table *table, const TestOptions *options, CountTest *test, size_t *merged);

#endif							/* KLDIV_STATISTICS_TABLE_TESTS_H */
