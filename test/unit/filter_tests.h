#ifndef KLDIV_FILTER_TESTS_H
#define KLDIV_FILTER_TESTS_H

#include <stdbool.h>

extern void test_filters(void (*check) (bool passed, const char *what));

#endif							/* KLDIV_FILTER_TESTS_H */
