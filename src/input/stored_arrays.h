/*-------------------------------------------------------------------------
 *
 * stored_arrays.h
 *	  Pairs of arrays that are read from where they are stored.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_STORED_ARRAYS_H
#define KLDIV_STORED_ARRAYS_H

#include "kldiv.h"

#include "math/measure.h"

/*
 * The value of a pair of which an array, or both, can be read in pieces.  False
 * if that is not worth trying or not enough, and the arrays are needed as a
 * whole; that is also how wrong weights get their error.
 */
extern bool value_of_stored_pair(const Measure *measure, Datum p, Datum q, const Parameters *parameters, double *value);

#endif							/* KLDIV_STORED_ARRAYS_H */
