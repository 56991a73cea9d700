/*-------------------------------------------------------------------------
 *
 * ordered_tests.h
 *	  Measures of ordered data.
 *
 *-------------------------------------------------------------------------
 */
#ifndef ORDERED_TESTS_H
#define ORDERED_TESTS_H

#include <stdbool.h>

/* Against the table in a file, test/unit/ordered_values.txt, and for what is true of every value */
extern void test_ordered(void (*check) (bool passed, const char *what), const char *path, const char *bits_path);

#endif							/* ORDERED_TESTS_H */
