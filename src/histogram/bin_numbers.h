/*-------------------------------------------------------------------------
 *
 * bin_numbers.h
 *	  Whole numbers in a table of bins, which are no texts before the end.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_BIN_NUMBERS_H
#define KLDIV_BIN_NUMBERS_H

#include "histogram/histogram.h"

extern bool read_whole_number(Label label, int64 *number);
extern uint32 number_length(int64 number);
extern uint64 number_sort_key(int64 number);

#endif							/* KLDIV_BIN_NUMBERS_H */
