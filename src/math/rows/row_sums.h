/*-------------------------------------------------------------------------
 *
 * row_sums.h
 *	  What row_sums.c and row_values.c share.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ROW_SUMS_H
#define KLDIV_ROW_SUMS_H

#include "math/rows/row_state.h"
#include "math/pair/terms.h"

/* The parts of sums that do not depend on the scales */
typedef struct Shares
{
	double		first;			/* D */
	double		second;			/* D of the other direction, or a sum relative to w */
} Shares;

/* What is summed: orders 1 are the families without an order */
extern RowFamily summed_family(const RowState *state);

/* One distribution only */
extern bool is_alone(const RowState *state);

/* Whether the kernel is given p's weights as y and q's as x */
extern bool is_swapped(const RowState *state);

/* b of the power kernels */
extern double kernel_order_less_one(const RowState *state);

/* The bin of the totals, with their difference to more digits than they have */
extern Bin total_bin(const RowState *state);

/* D of the family; 0 if a side is empty, when all of a sum is f(X, Y) */
extern Shares to_shares(const RowState *state);

static inline DoubleDouble
single(double value)
{
	DoubleDouble sum = {value, 0.0};

	return sum;
}

#endif							/* KLDIV_ROW_SUMS_H */
