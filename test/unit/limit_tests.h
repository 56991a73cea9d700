/*-------------------------------------------------------------------------
 *
 * limit_tests.h
 *	  Values at the limits of double precision.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TEST_LIMIT_TESTS_H
#define KLDIV_TEST_LIMIT_TESTS_H

#include <stdbool.h>

extern void test_limits(void (*check) (bool passed, const char *what));

#endif							/* KLDIV_TEST_LIMIT_TESTS_H */
