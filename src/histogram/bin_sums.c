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

/* Bytes of the rests of so many sums */
Size
rests_size(uint32 capacity, int width)
{
	uint64		size = (uint64) capacity * width * sizeof(double);

	if (size > MaxAllocHugeSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("histogram is too large")));
	return (Size) size;
}

/* Gives every sum room for so many parts behind the first */
static void
widen(BinTable *table, int width)
{
	double	   *rests = MemoryContextAllocExtended(table->context, rests_size(table->capacity, width),
												   MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);

	if (table->rests != NULL)
	{
		for (uint32 slot = 0; slot < table->capacity; slot++)
		{
			CHECK_FOR_INTERRUPTS();
			memcpy(rests + (Size) slot * width, slot_rest(table, slot), table->width * sizeof(double));
		}
		pfree(table->rests);
	}
	table->rests = rests;
	table->width = width;
}

/* Finds room for what was left over when a weight was added to a sum */
void
keep_more_parts(BinTable *table, uint32 slot, double left)
{
	double		parts[EXACT_SUM_PARTS];
	int			count = exact_parts(table->slots[slot].weight, slot_rest(table, slot), table->width, left, parts);

	if (count > table->width + 1)
		widen(table, count - 1);
	table->slots[slot].weight = parts[0];
	for (int i = 0; i < table->width; i++)
		slot_rest(table, slot)[i] = i + 1 < count ? parts[i + 1] : 0.0;
	table->frozen |= parts[0] == INFINITY;
}
