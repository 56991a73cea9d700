/*-------------------------------------------------------------------------
 *
 * row_scales.h
 *	  How the sums over rows change with the scales of their weights.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ROW_SCALES_H
#define KLDIV_ROW_SCALES_H

#include "math/rows/row_state.h"

/* The bin of the totals, with their difference to more digits than they have */
extern Bin total_bin(const RowState *state);

/* A bin in which x and y have changed places */
extern Bin exchanged_bin(Bin bin);

/* D of the family; 0 if a side is empty, when all of a sum is f(X, Y) */
extern Invariants invariants_of(const RowState *state, Bin total);

/* log(to/from) for units that may be further apart than numbers can be */
extern double log_of_change(double from, double to);

/* Changes the scales; the totals are those of the rows in the sums */
extern void rescale_sums(RowState *state, double p_unit, double q_unit, double ratio);

/* Makes p of q and q of p, in a state of a symmetric family without rows in its buffers */
extern void exchange_sides(RowState *state);

#endif							/* KLDIV_ROW_SCALES_H */
