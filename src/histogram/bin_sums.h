/*-------------------------------------------------------------------------
 *
 * bin_sums.h
 *	  The weights in a table of bins, which are sums that are not rounded.
 *
 * Counts are whole numbers, and never need more than the double in a slot.
 * What other weights need is in arrays beside the slots, which are made when
 * the first sum of the table needs them, and widened when one needs more.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_BIN_SUMS_H
#define KLDIV_BIN_SUMS_H

#include "histogram/bin_table.h"

extern Size rests_size(uint32 capacity, int width);
extern void keep_more_parts(BinTable *table, uint32 slot, double left);

/* The parts of a sum behind the first, as many as the table is wide */
static inline double *
slot_rest(const BinTable *table, uint32 slot)
{
	return table->width > 0 ? table->rests + (Size) slot * table->width : NULL;
}

/* Adds a weight, which may be one to be taken out, or a part of a sum */
static inline void
add_weight(BinTable *table, uint32 slot, double weight)
{
	double	   *first = &table->slots[slot].weight;

	if (unlikely(!add_without_rounding(first, weight)))
	{
		double		left = add_to_exact_sum(first, slot_rest(table, slot), table->width, weight);

		if (unlikely(left != 0.0))
			keep_more_parts(table, slot, left);
	}
}

#endif							/* KLDIV_BIN_SUMS_H */
