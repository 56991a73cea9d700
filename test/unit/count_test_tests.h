/*-------------------------------------------------------------------------
 *
 * count_test_tests.h
 *	  Tests of counts, of pairs and tables.
 *
 *-------------------------------------------------------------------------
 */
#ifndef COUNT_TEST_TESTS_H
#define COUNT_TEST_TESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a line of statistics_values.txt is about tests of counts, and then whether it is right */
extern bool is_about_count_tests(const char *line, bool *right);

/* What is true of all of them */
extern void test_count_tests(void (*check) (bool passed, const char *what), const char *bits_path);

#endif							/* COUNT_TEST_TESTS_H */
