/*-------------------------------------------------------------------------
 *
 * bin_sums.c
 *	  The weights in a table of bins, which are sums that are not rounded.
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/bin_sums.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

/* Bytes of so many slots */
Size
slots_size(uint32 capacity, int width)
{
	uint64		size = (uint64) capacity * (sizeof(BinSlot) + width * sizeof(double));

	if (size > MaxAllocHugeSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("histogram is too large")));
	return (Size) size;
}

/* Gives every sum room for so many parts behind the first; slots stay in their order */
static void
widen(BinTable *table, int width)
{
	BinTable	former;

	table->slots = repalloc_huge(table->slots, slots_size(table->capacity, width));
	former = *table;
	table->width = width;
	table->plain = false;
	table->slot_size = (uint32) slots_size(1, width);
	/* the last one first, since it is the one that goes to where no other is */
	for (uint32 slot = table->capacity; slot-- > 0;)
	{
		BinSlot    *wide = table_slot(table, slot);

		CHECK_FOR_INTERRUPTS();
		memmove(wide, table_slot(&former, slot), former.slot_size);
		for (int part = former.width; part < width; part++)
			wide->rest[part] = 0.0;
	}
}

/* Finds room for what was left over when a weight was added to a sum */
void
keep_more_parts(BinTable *table, uint32 number, double left)
{
	BinSlot    *slot = table_slot(table, number);
	double		parts[EXACT_SUM_PARTS];
	int			count = exact_parts(slot->weight, slot->rest, table->width, left, parts);

	if (count > table->width + 1)
		widen(table, count - 1);
	slot = table_slot(table, number);
	slot->weight = parts[0];
	for (int i = 0; i < table->width; i++)
		slot->rest[i] = i + 1 < count ? parts[i + 1] : 0.0;
	table->frozen |= parts[0] == INFINITY;
}
