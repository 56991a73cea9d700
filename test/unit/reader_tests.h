/*-------------------------------------------------------------------------
 *
 * reader_tests.h
 *	  Weights that are read a piece at a time.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TEST_READER_TESTS_H
#define KLDIV_TEST_READER_TESTS_H

#include <stdbool.h>

extern void test_readers(void (*check) (bool passed, const char *what));

#endif							/* KLDIV_TEST_READER_TESTS_H */
