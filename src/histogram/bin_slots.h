/*-------------------------------------------------------------------------
 *
 * bin_slots.h
 *	  The slots of a table of bins: finding them, and counting in them.
 *
 * Here, since counting is what is done for each value of each row.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_BIN_SLOTS_H
#define KLDIV_BIN_SLOTS_H

#include "utils/builtins.h"

#include "histogram/bin_keys.h"
#include "histogram/bin_sums.h"
#include "histogram/bin_table.h"

/* Up to here a double is every whole number */
#define LARGEST_COUNT 9007199254740992.0

/*
 * Where labels are in a table is for nobody to know, or whoever chooses labels
 * could choose ones that collide.  No result depends on it.
 */
extern uint64 bin_hash_seed;

/* bin_table.c */
extern uint32 insert_label(BinTable *table, Label label, uint64 key);
extern void count_number_among_labels(BinTable *table, int64 number);

/* The slot where the search for a key begins */
static inline uint32
home_of(const BinTable *table, uint64 key)
{
	uint64		bits = is_long(key) ? key & 0xFFFFFF00 : mix(key ^ bin_hash_seed) >> 32;

	return (uint32) (bits * table->capacity >> 32);
}

static inline uint32
next_slot(const BinTable *table, uint32 slot)
{
	return slot + 1 < table->capacity ? slot + 1 : 0;
}

static inline Label
long_label(const BinTable *table, uint64 key)
{
	const char *stored = table->labels + (key >> 32);
	uint32		length;

	memcpy(&length, stored, sizeof(length));
	return (Label) {stored + sizeof(length), length};
}

/* The label of a slot in use; room is for one that is not kept as text */
static inline Label
slot_label(const BinTable *table, uint64 key, char *room)
{
	if (is_long(key))
		return long_label(table, key);
	if (is_number_key(key))
	{
		pg_lltoa(number_of_key(key), room);
		return (Label) {room, strlen(room)};
	}
	for (int i = 0; i < SHORT_LABEL; i++)
		room[i] = (char) (key >> (56 - 8 * i));
	return (Label) {room, (key & 0xFF) - 1};
}

/* What a label is looked for by */
static inline uint64
key_of_label(const BinTable *table, Label label)
{
	int64		number;

	if (unlikely(table->numbers) && read_whole_number(label, &number))
		return number_key(number);
	return label.length <= SHORT_LABEL ? short_key(label) : long_key(label, bin_hash_seed);
}

/* The slot of a key that is all of a label, or the free one where it belongs */
static inline uint32
find_key(const BinTable *table, uint64 key)
{
	uint32		slot = home_of(table, key);

	while (table_slot(table, slot)->key != key && table_slot(table, slot)->key != 0)
		slot = next_slot(table, slot);
	return slot;
}

/* The same of a label, whose key is that of key_of_label() */
static inline uint32
find_slot(const BinTable *table, Label label, uint64 key)
{
	uint32		slot;

	if (!is_long(key))
		return find_key(table, key);
	for (slot = home_of(table, key); table_slot(table, slot)->key != 0; slot = next_slot(table, slot))
		if ((uint32) table_slot(table, slot)->key == (uint32) key &&
			same_long_label(long_label(table, table_slot(table, slot)->key), label))
			break;
	return slot;
}

/* The slot of a label, which may be new */
static inline uint32
slot_for(BinTable *table, Label label)
{
	uint64		key = key_of_label(table, label);
	uint32		slot = find_slot(table, label, key);

	return likely(table_slot(table, slot)->key != 0) ? slot : insert_label(table, label, key);
}

static inline void
copy_slot(const BinTable *table, BinSlot *to, const BinSlot *from)
{
	to->key = from->key;
	to->weight = from->weight;
	for (int part = 0; part < table->width; part++)
		to->rest[part] = from->rest[part];
}

/* Adds 1 to a weight that is a count, which is seen faster to be exact */
static inline void
count_in_slot(BinTable *table, uint32 slot)
{
	double	   *weight = &table_slot(table, slot)->weight;

	if (likely(*weight < LARGEST_COUNT))
		*weight += 1.0;
	else
		add_weight(table, slot, 1.0);
	if (unlikely(table->members != NULL) && ++table->members[slot] == PG_UINT32_MAX)
		table->frozen = true;
}

/* Adds 1 to the weight of a label, which may be new, in a table that has counts only */
static inline void
count_in_table(BinTable *table, Label label)
{
	count_in_slot(table, slot_for(table, label));
}

/* The same with the label that label_of_value.c gives a whole number, which is made of it at the end */
static inline void
count_number_in_table(BinTable *table, int64 number)
{
	if (likely(table->numbers && has_number_key(number)))
	{
		uint32		slot = find_key(table, number_key(number));

		if (likely(table_slot(table, slot)->key != 0))
		{
			count_in_slot(table, slot);
			return;
		}
	}
	count_number_among_labels(table, number);
}

#endif							/* KLDIV_BIN_SLOTS_H */
