/*-------------------------------------------------------------------------
 *
 * selection_tests.h
 *	  Numbers found by their rank.
 *
 *-------------------------------------------------------------------------
 */
#ifndef SELECTION_TESTS_H
#define SELECTION_TESTS_H

#include <stdbool.h>

extern void test_selection(void (*check) (bool passed, const char *what));

#endif							/* SELECTION_TESTS_H */
