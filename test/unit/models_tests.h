/*-------------------------------------------------------------------------
 *
 * models_tests.h
 *	  Divergences between models that are known in closed form, and estimates
 *	  from log-probabilities.
 *
 *-------------------------------------------------------------------------
 */
#ifndef MODELS_TESTS_H
#define MODELS_TESTS_H

#include <stdbool.h>

/* Against the table in a file, test/unit/models_values.txt, and for what is true of every value */
extern void test_models(void (*check) (bool passed, const char *what), const char *path);

#endif							/* MODELS_TESTS_H */
