/*-------------------------------------------------------------------------
 *
 * logit_tests.h
 *	  Distributions that are given by logits.
 *
 *-------------------------------------------------------------------------
 */
#ifndef LOGIT_TESTS_H
#define LOGIT_TESTS_H

#include <stdbool.h>

/* Against the table in a file, test/unit/logit_values.txt, and for what is true of every value */
extern void test_logits(void (*check) (bool passed, const char *what), const char *path, const char *bits_path);

#endif							/* LOGIT_TESTS_H */
