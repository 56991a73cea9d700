/*-------------------------------------------------------------------------
 *
 * stream_tests.h
 *	  Weights that are read a piece at a time.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TEST_STREAM_TESTS_H
#define KLDIV_TEST_STREAM_TESTS_H

#include <stdbool.h>

extern void test_streams(void (*check) (bool passed, const char *what));

#endif							/* KLDIV_TEST_STREAM_TESTS_H */
