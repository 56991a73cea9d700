/*-------------------------------------------------------------------------
 *
 * statistics_tests.h
 *	  Numbers of tests and estimates.
 *
 *-------------------------------------------------------------------------
 */
#ifndef STATISTICS_TESTS_H
#define STATISTICS_TESTS_H

#include <stdbool.h>

/* Against the table in a file, test/unit/statistics_values.txt, and for what is true of every value */
extern void test_statistics(void (*check) (bool passed, const char *what), const char *path);

#endif							/* STATISTICS_TESTS_H */
