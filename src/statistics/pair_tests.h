/*-------------------------------------------------------------------------
 *
 * pair_tests.h
 *	  Tests of two samples, or of a sample beside what is known.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_PAIR_TESTS_H
#define KLDIV_PAIR_TESTS_H

#include "statistics/test_results.h"

/* Tests two sides with something observed, after merging rare bins, and returns the row */
extern Datum return_test_of_pair(FunctionCallInfo fcinfo, SamplePair pair, const TestOptions *options);

/* The test itself, and how many rare bins have become one */
extern CountTest test_of_pair(SamplePair pair, const TestOptions *options, size_t *merged);

#endif							/* KLDIV_PAIR_TESTS_H */
