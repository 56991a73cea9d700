/*-------------------------------------------------------------------------
 *
 * bin_removal.c
 *	  Taking out of a table of bins what was added to it.
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/bin_table.h"

#include "miscadmin.h"

#include "histogram/bin_slots.h"
#include "histogram/known_labels.h"

/* Tables for less are not worth shrinking */
#define SPARSE_CAPACITY 1024
/* Nor are labels of no slot that take less */
#define FEW_LABELS (64 * 1024)

/* Frees a slot, and moves up what had to go past it */
static void
free_slot(BinTable *table, uint32 hole)
{
	for (uint32 slot = next_slot(table, hole); table_slot(table, slot)->key != 0; slot = next_slot(table, slot))
	{
		uint32		home = home_of(table, table_slot(table, slot)->key);
		bool		stays = hole < slot ? hole < home && home <= slot : hole < home || home <= slot;

		if (stays)
			continue;
		copy_slot(table, table_slot(table, hole), table_slot(table, slot));
		table->members[hole] = table->members[slot];
		hole = slot;
	}
	table_slot(table, hole)->key = 0;
	table->members[hole] = 0;
	table->count--;
	forget_slots(table);
}

/* Throws away the labels that belong to no slot any more */
static void
compact_labels(BinTable *table)
{
	char	   *old = table->labels;
	BinTable	former = *table;

	table->labels = NULL;
	table->labels_size = table->labels_used = table->labels_freed = 0;
	for (uint32 slot = 0; slot < table->capacity; slot++)
	{
		uint64		key = table_slot(table, slot)->key;

		CHECK_FOR_INTERRUPTS();
		if (is_long(key))
			table_slot(table, slot)->key = (key & 0xFFFFFFFF) | (uint64) store_label(table, long_label(&former, key)) << 32;
	}
	pfree(old);
}

/* Whether it can be done, and would not leave a large table for few labels */
bool
table_is_worth_removing_from(const BinTable *table)
{
	return !table->frozen && (table->capacity <= SPARSE_CAPACITY || table->count >= table->capacity / 8);
}

/* Frees the slot of a label, whose key is that of key_of_label(), since it was taken out as often as added */
static void
free_label(BinTable *table, Label label, uint64 key, uint32 slot)
{
	table->label_bytes -= label.length;
	if (is_long(key))
		table->labels_freed += sizeof(uint32) + label.length;
	free_slot(table, slot);
	if (table->labels_freed > FEW_LABELS && table->labels_freed > table->labels_used / 2)
		compact_labels(table);
}

/*
 * Takes back what add_to_table() did with the same arguments, to the bit, since
 * sums are exact.  The table must have been made removable.
 */
void
remove_from_table(BinTable *table, Label label, double weight)
{
	uint64		key = key_of_label(table, label);
	uint32		slot = find_slot(table, label, key);

	if (table_slot(table, slot)->key == 0)
		elog(ERROR, "label to be removed was never added");
	add_weight(table, slot, -weight);
	if (--table->members[slot] == 0)
		free_label(table, label, key, slot);
}

/* Takes weights out of known slots; whether a label has to go as well */
static bool
remove_from_slots(BinTable *table, const uint32 *slots, const double *weights, uint32 count)
{
	bool		last = false;

	for (uint32 bin = 0; bin < count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		add_weight(table, slots[bin], -weights[bin]);
		last |= --table->members[slots[bin]] == 0;
	}
	return last;
}

/* Frees the labels of a histogram that are in the table, but were taken out as often as added */
static void
free_labels(BinTable *table, const Histogram *histogram)
{
	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		Label		label = histogram_label(histogram, bin);
		uint64		key = key_of_label(table, label);
		uint32		slot = find_slot(table, label, key);

		CHECK_FOR_INTERRUPTS();
		if (table->members[slot] == 0)
			free_label(table, label, key, slot);
	}
}

/* Takes back what add_histogram_to_table() did */
void
remove_histogram_from_table(BinTable *table, const Histogram *histogram)
{
	if (has_known_labels(table, histogram))
	{
		if (remove_from_slots(table, table->known->slots, histogram->weights, histogram->count))
			free_labels(table, histogram);
		return;
	}
	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		remove_from_table(table, histogram_label(histogram, bin), histogram->weights[bin]);
	}
}
