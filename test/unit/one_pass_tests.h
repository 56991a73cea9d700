/*-------------------------------------------------------------------------
 *
 * one_pass_tests.h
 *	  Long arrays of which a sample is misleading.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TEST_ONE_PASS_TESTS_H
#define KLDIV_TEST_ONE_PASS_TESTS_H

#include <stdbool.h>

extern void test_one_pass(void (*check) (bool passed, const char *what));

#endif							/* KLDIV_TEST_ONE_PASS_TESTS_H */
