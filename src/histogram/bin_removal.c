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
			table_slot(table, slot)->key = (key & 0xFFFFFFFF) | store_label(table, long_label(&former, key)) << 32;
	}
	pfree(old);
}

/* Whether it can be done, and would not leave a large table for few labels */
bool
table_is_worth_removing_from(const BinTable *table)
{
	return !table->frozen && (table->capacity <= SPARSE_CAPACITY || table->count >= table->capacity / 8);
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
	if (--table->members[slot] > 0)
		return;
	table->label_bytes -= label.length;
	if (is_long(key))
		table->labels_freed += sizeof(uint32) + label.length;
	free_slot(table, slot);
	if (table->labels_freed > FEW_LABELS && table->labels_freed > table->labels_used / 2)
		compact_labels(table);
}
