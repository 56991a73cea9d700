/*-------------------------------------------------------------------------
 *
 * test_results.h
 *	  The options of tests of counts, and what they return.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TEST_RESULTS_H
#define KLDIV_TEST_RESULTS_H

#include "kldiv.h"

#include "math/statistics/count_tests.h"

/* The positions of arguments that are options, 0 for one that a function does not have */
typedef struct TestArguments
{
	int			statistic;
	int			replicates;
	int			n_p;
	int			n_q;
	int			min_expected;
} TestArguments;

typedef struct TestOptions
{
	TestStatistic statistic;
	double		n_p;			/* NaN if it is not given */
	double		n_q;
	double		min_expected;
} TestOptions;

/* What is taken if nothing is given */
extern TestOptions default_test_options(void);

/* Checked options, NULL being not given; resampling is refused until there is one */
extern TestOptions test_options(FunctionCallInfo fcinfo, const TestArguments *arguments);

/* Memory that a test needs while it runs */
extern void *allocate_elements(size_t count, size_t size);

/* A row of the type kldiv_test; merged is how many bins have become one */
extern Datum return_test(FunctionCallInfo fcinfo, const CountTest *test, TestStatistic statistic, size_t merged);

#endif							/* KLDIV_TEST_RESULTS_H */
