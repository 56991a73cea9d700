/*-------------------------------------------------------------------------
 *
 * sorting.h
 *	  Sorts numbers, alone or with a weight each.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ORDERED_SORTING_H
#define KLDIV_ORDERED_SORTING_H

#include <stdbool.h>
#include <stddef.h>

#include "math/weights.h"

/*
 * Sorts numbers that are neither NaN nor -0, and the weights with them, unless
 * these are NULL: by value, then by weight.  So what comes out is the same
 * whatever the order was.  The first numbers, so many, are in order already.
 * Scratch is room for as many numbers; of weights too, or NULL.
 */
extern void sort_numbers(double *values, double *weights, size_t count, size_t sorted,
						 double *scratch, double *weight_scratch, SlabRunner run);

/* Merges others in, of which there is room for so many behind; both are in order */
extern void merge_numbers(double *values, size_t count, const double *others, size_t more, SlabRunner run);

/* The first of some numbers in order that is not below a limit, or their number */
extern size_t first_not_below(const double *values, size_t count, double limit);

#endif							/* KLDIV_ORDERED_SORTING_H */
