/*-------------------------------------------------------------------------
 *
 * known_labels.c
 *	  Labels that a table of bins has seen together, and where they are in it.
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/known_labels.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "histogram/bin_slots.h"

static inline BinSlot *
plain_slot(const BinTable *table, uint32 slot)
{
	return (BinSlot *) (table->slots + slot * sizeof(BinSlot));
}

static inline char *
content(const KnownLabels *known)
{
	return (char *) (known->slots + known->count);
}

bool
has_known_labels(const BinTable *table, const Histogram *histogram)
{
	const KnownLabels *known = table->known;
	Size		size = histogram_labels_size(histogram);

	if (known == NULL || !known->usable || known->count != histogram->count || known->size != size)
		return false;
	if (likely(size <= BYTES_AT_ONCE))
		return memcmp(content(known), histogram_ends(histogram), size) == 0;
	return compare_long(content(known), (const char *) histogram_ends(histogram), size) == 0;
}

/*
 * Room for the slots of the labels of a histogram, which is about to be added to
 * the table: known from then on, unless slots move meanwhile.  NULL if they are
 * not worth it: they seem to be others than those of the histogram before, as
 * all may be.
 */
static uint32 *
learn_labels(BinTable *table, const Histogram *histogram)
{
	KnownLabels *known = table->known;
	Size		size = histogram_labels_size(histogram);
	uint64		fingerprint = fingerprint_of_labels(histogram);
	bool		again = fingerprint == table->last_labels;

	table->last_labels = fingerprint;
	if (!again || histogram->count == 0)
		return NULL;
	if (known == NULL || known->count != histogram->count || known->size != size)
	{
		if (known != NULL)
			pfree(known);
		table->known = NULL;
		known = MemoryContextAllocHuge(table->context, offsetof(KnownLabels, slots) +
									   histogram->count * sizeof(uint32) + size);
		known->count = histogram->count;
		known->size = size;
		table->known = known;
	}
	copy_bytes(content(known), (const char *) histogram_ends(histogram), size);
	known->usable = true;
	return known->slots;
}

/* As many as are added before anybody asks whether one was rounded */
#define AT_ONCE 4

/*
 * Adds weights to sums in their slots as long as these are single numbers and
 * remain so, as they are of counts; how many it has added.
 */
static uint32
add_to_plain_slots(BinTable *table, const uint32 *slots, const double *weights, uint32 count)
{
	uint32		bin = 0;

	for (; bin + AT_ONCE <= count; bin += AT_ONCE)
	{
		double		sums[AT_ONCE];
		double		rounded = 0.0;

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < AT_ONCE; i++)
		{
			double		error;

			sums[i] = sum_with_error(plain_slot(table, slots[bin + i])->weight, weights[bin + i], &error);
			rounded += fabs(error);
		}
		/* not a number, if a sum is too large */
		if (unlikely(!(rounded == 0.0)))
			break;
		for (int i = 0; i < AT_ONCE; i++)
			plain_slot(table, slots[bin + i])->weight = sums[i];
	}
	return bin;
}

/* Adds what a histogram has */
void
add_histogram_to_table(BinTable *table, const Histogram *histogram)
{
	uint32	   *slots;
	uint32		bin = 0;

	expect_histogram(histogram);
	if (has_known_labels(table, histogram))
	{
		slots = table->known->slots;
		if (table->plain)
			bin = add_to_plain_slots(table, slots, histogram->weights, histogram->count);
		for (; bin < histogram->count; bin++)
		{
			CHECK_FOR_INTERRUPTS();
			add_to_slot(table, slots[bin], histogram->weights[bin]);
		}
		return;
	}
	slots = learn_labels(table, histogram);
	for (; bin < histogram->count; bin++)
	{
		uint32		slot = slot_for(table, histogram_label(histogram, bin));

		CHECK_FOR_INTERRUPTS();
		add_to_slot(table, slot, histogram->weights[bin]);
		if (slots != NULL)
			slots[bin] = slot;
	}
}

void
read_known_slots(const BinTable *table, Histogram *histogram)
{
	const KnownLabels *known = table->known;

	Assert(histogram->count == known->count);
	copy_bytes((char *) histogram_ends(histogram), content(known), known->size);
	for (uint32 bin = 0; bin < known->count; bin++)
	{
		const BinSlot *slot = table_slot(table, known->slots[bin]);

		CHECK_FOR_INTERRUPTS();
		histogram->weights[bin] = table->width == 0 ? slot->weight :
			exact_sum_value(slot->weight, slot->rest, table->width);
	}
}
