/*-------------------------------------------------------------------------
 *
 * cohorts_tests.h
 *	  The divergence of many cohorts at once, and calibration.
 *
 *-------------------------------------------------------------------------
 */
#ifndef COHORTS_TESTS_H
#define COHORTS_TESTS_H

#include <stdbool.h>

/* Against the table in a file, test/unit/cohorts_values.txt, and for what is true of every value */
extern void test_cohorts(void (*check) (bool passed, const char *what), const char *path, const char *bits_path);

#endif							/* COHORTS_TESTS_H */
