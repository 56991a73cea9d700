/*-------------------------------------------------------------------------
 *
 * histogram_distributions.h
 *	  Many histograms as distributions over the same bins.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_HISTOGRAM_DISTRIBUTIONS_H
#define KLDIV_HISTOGRAM_DISTRIBUTIONS_H

#include "many/comparisons.h"

/*
 * The distributions of an array of histograms, of which each has a bin for
 * every label that any of them has: as lists where these are few of many, or
 * as rows.  Nothing of the array is used later.  Of a NULL nothing is known,
 * whatever pseudocount is added.
 */
extern Distributions distributions_of_histograms(ArrayType *array, const char *name, const Measure *measure);

/* The same as rows, whatever they are for, of so many weights at most */
extern Distributions rows_of_histogram_array(ArrayType *array, const char *name, size_t most);

/* And as lists, whatever they have in common */
extern Distributions lists_of_histogram_array(ArrayType *array, const char *name);

#endif							/* KLDIV_HISTOGRAM_DISTRIBUTIONS_H */
