/*-------------------------------------------------------------------------
 *
 * few_tests.h
 *	  Pairs of few bins, by the shortest way.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TEST_FEW_TESTS_H
#define KLDIV_TEST_FEW_TESTS_H

#include <stdbool.h>

extern void test_few_bins(void (*check) (bool passed, const char *what));

#endif							/* KLDIV_TEST_FEW_TESTS_H */
