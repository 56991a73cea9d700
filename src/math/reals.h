/*-------------------------------------------------------------------------
 *
 * reals.h
 *	  From single to double precision.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_REALS_H
#define KLDIV_REALS_H

#include <stddef.h>

/* Exact, but for NaN, which stays one */
extern void widen_reals(const float *reals, size_t count, double *values);

#endif							/* KLDIV_REALS_H */
