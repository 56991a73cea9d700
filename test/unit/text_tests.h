/* Tests of reading the text form of a histogram. */
#ifndef KLDIV_TEXT_TESTS_H
#define KLDIV_TEXT_TESTS_H

#include <stdbool.h>

/* Whether a long text of any kind is read in pieces, between which the reading can be ended */
extern bool long_texts_are_read_in_pieces(void);

#endif							/* KLDIV_TEXT_TESTS_H */
