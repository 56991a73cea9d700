/*-------------------------------------------------------------------------
 *
 * comparison_tests.h
 *	  Tests of many distributions at once.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_COMPARISON_TESTS_H
#define KLDIV_COMPARISON_TESTS_H

#include <stdbool.h>

extern void test_comparisons(void (*check) (bool passed, const char *what));

#endif							/* KLDIV_COMPARISON_TESTS_H */
