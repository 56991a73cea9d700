/*-------------------------------------------------------------------------
 *
 * exact_values.h
 *	  Compares the kernels with exact_values.txt, values of 60 digits and more.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TEST_EXACT_VALUES_H
#define KLDIV_TEST_EXACT_VALUES_H

#include <stddef.h>

/*
 * One measure, named as its SQL function, of n weights.  parameter is alpha
 * for renyi and renyi_entropy, empty for psi, and 0 for the others; q does
 * not matter to measures of one distribution.
 */
typedef double (*Evaluator) (const char *measure, double parameter,
									  double pseudocount, const double *p,
									  const double *q, size_t n);

/*
 * Evaluates everything in the file and prints TAP: one line for each pair of
 * distributions, diagnostics for what differs, and last a table of the worst
 * relative error of each measure.  *test_number is the number of the last
 * test printed before, and is advanced.  Returns the number of failed tests.
 */
extern int	check_exact_values(const char *path, Evaluator evaluate,
							int *test_number);

#endif							/* KLDIV_TEST_EXACT_VALUES_H */
