/*-------------------------------------------------------------------------
 *
 * p_adjust.h
 *	  P-values adjusted for how many of them there are.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_P_ADJUST_H
#define KLDIV_P_ADJUST_H

#include "math/statistics/adjustment.h"

/* The adjusted values of p-values, of which NaN are none, in their place */
extern void adjust_p_values(AdjustmentMethod method, double *values, size_t count);

#endif							/* KLDIV_P_ADJUST_H */
