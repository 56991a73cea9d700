/*-------------------------------------------------------------------------
 *
 * pair_label.h
 *	  Labels that name a pair of values: a JSON array of two, ["a", "b"].
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_PAIR_LABEL_H
#define KLDIV_PAIR_LABEL_H

#include <stdbool.h>
#include <stddef.h>

#include "math/weights.h"

/* The values of a pair, as they are written in its label */
typedef struct PairLabel
{
	const char *first;
	size_t		first_length;
	const char *second;
	size_t		second_length;
} PairLabel;

/*
 * False if a label is no pair as jsonb_build_array(x, y)::text writes it: with
 * one blank, behind the comma.  So two labels never are the same pair.  Of a
 * value that is not text, what is checked is where it ends.
 */
extern bool read_pair_label(const char *label, size_t length, SlabRunner run, PairLabel *pair);

#endif							/* KLDIV_PAIR_LABEL_H */
