/*-------------------------------------------------------------------------
 *
 * exact_sum_tests.h
 *	  Sums that are not rounded.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TEST_EXACT_SUM_TESTS_H
#define KLDIV_TEST_EXACT_SUM_TESTS_H

#include <stdbool.h>

extern void test_exact_sums(void (*check) (bool passed, const char *what));

#endif							/* KLDIV_TEST_EXACT_SUM_TESTS_H */
