/*-------------------------------------------------------------------------
 *
 * bin_sums.h
 *	  The weights in a table of bins, which are sums that are not rounded.
 *
 * Counts are whole numbers, and never need more than a double.  All slots of a
 * table get larger when one of its sums needs more.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_BIN_SUMS_H
#define KLDIV_BIN_SUMS_H

#include "histogram/bin_table.h"

extern Size slots_size(uint32 capacity, int width);
extern void keep_more_parts(BinTable *table, uint32 number, double left);

/* Adds a weight, which may be one to be taken out, or a part of a sum */
static inline void
add_weight(BinTable *table, uint32 number, double weight)
{
	BinSlot    *slot = table_slot(table, number);

	if (unlikely(!add_without_rounding(&slot->weight, weight)))
	{
		double		left = add_to_exact_sum(&slot->weight, slot->rest, table->width, weight);

		if (unlikely(left != 0.0))
			keep_more_parts(table, number, left);
	}
}

#endif							/* KLDIV_BIN_SUMS_H */
