/*-------------------------------------------------------------------------
 *
 * measure_tests.h
 *	  The table of measures: no cell is missing, and what it says is true.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TEST_MEASURE_TESTS_H
#define KLDIV_TEST_MEASURE_TESTS_H

#include <stdbool.h>

extern void test_measures(void (*check) (bool passed, const char *what));

#endif							/* KLDIV_TEST_MEASURE_TESTS_H */
