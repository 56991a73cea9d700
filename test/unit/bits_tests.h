/*-------------------------------------------------------------------------
 *
 * bits_tests.h
 *	  Results have the bits that they always had.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TEST_BITS_TESTS_H
#define KLDIV_TEST_BITS_TESTS_H

#include <stdbool.h>
#include <stdint.h>

/* Prints whether a test has passed */
typedef void (*Check) (bool passed, const char *what);

/* Whether bits.txt, which is at path, has this checksum for what is named so */
extern bool has_bits(const char *path, const char *surface, const char *name, uint64_t checksum);

/* path is that of bits.txt */
extern void test_bits(Check check, const char *path);

#endif							/* KLDIV_TEST_BITS_TESTS_H */
