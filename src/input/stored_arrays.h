/*-------------------------------------------------------------------------
 *
 * stored_arrays.h
 *	  Pairs of arrays that are read from where they are stored.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_STORED_PAIR_H
#define KLDIV_STORED_PAIR_H

#include "kldiv.h"

extern bool measure_stored_pair(const Measure *measure, Datum p, Datum q, const Parameters *parameters, double *value);

#endif							/* KLDIV_STORED_PAIR_H */
