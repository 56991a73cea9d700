/*-------------------------------------------------------------------------
 *
 * row_tests.h
 *	  Measures over rows beside the same measures over arrays.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TEST_ROW_TESTS_H
#define KLDIV_TEST_ROW_TESTS_H

#include <stdbool.h>

extern void test_rows(void (*check) (bool passed, const char *what));

#endif							/* KLDIV_TEST_ROW_TESTS_H */
