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

/* bin_table.c */
extern uint32 insert_label(BinTable *table, Label label, uint64 key);

/* The slot where the search for a key begins that is all of a label: see hash_words() in bin_keys.h */
static inline uint32
home_of_key(const BinTable *table, uint64 key)
{
	return (uint32) ((key * bin_hash_seeds[0] >> 32) * table->capacity >> 32);
}

/* The same for a long label, whose key has a hash of it */
static inline uint32
home_of_long_key(const BinTable *table, uint64 key)
{
	return (uint32) ((key & 0xFFFFFF00) * table->capacity >> 32);
}

static inline uint32
home_of(const BinTable *table, uint64 key)
{
	return is_long(key) ? home_of_long_key(table, key) : home_of_key(table, key);
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
	return label.length <= SHORT_LABEL ? short_key(label) : long_key(label);
}

/* The slot of a label, whose key is that of key_of_label(), or the free one where it belongs */
static inline uint32
find_slot(const BinTable *table, Label label, uint64 key)
{
	uint32		slot = home_of(table, key);

	if (!is_long(key))
	{
		while (table_slot(table, slot)->key != key && table_slot(table, slot)->key != 0)
			slot = next_slot(table, slot);
		return slot;
	}
	for (; table_slot(table, slot)->key != 0; slot = next_slot(table, slot))
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

/* Adds a weight, which is valid, to that of a label that the table has */
static inline void
add_to_slot(BinTable *table, uint32 slot, double weight)
{
	add_weight(table, slot, weight);
	if (table->members != NULL && ++table->members[slot] == PG_UINT32_MAX)
		table->frozen = true;
}

static inline void
copy_slot(const BinTable *table, BinSlot *to, const BinSlot *from)
{
	to->key = from->key;
	to->weight = from->weight;
	for (int part = 0; part < table->width; part++)
		to->rest[part] = from->rest[part];
}

static inline BinSlot *
slot_behind(BinSlot *slot, uint32 count)
{
	return (BinSlot *) ((char *) slot + count * sizeof(BinSlot));
}

/*
 * In a plain table: which of the first slots from a home on has a key, as far as
 * the mask says.  A search that stops where it finds the key would be foreseen
 * wrongly again and again.  Any other slot is the home itself, or one that is in
 * vain.
 */
static inline BinSlot *
probable_slot(const BinTable *table, uint32 home, uint64 key, uint64 mask)
{
	BinSlot    *slot = (BinSlot *) (table->slots + home * sizeof(BinSlot));

	if (unlikely(home + 3 >= table->capacity))
		return slot;
	return slot_behind(slot, (((slot_behind(slot, 1)->key ^ key) & mask) == 0) +
					   2 * (((slot_behind(slot, 2)->key ^ key) & mask) == 0) +
					   3 * (((slot_behind(slot, 3)->key ^ key) & mask) == 0));
}

static inline bool
count_in_plain_slot(BinSlot *slot)
{
	if (unlikely(slot->weight >= LARGEST_COUNT))
		return false;
	slot->weight += 1.0;
	return true;
}

/*
 * What is left to do for nearly every value: adding 1 to the weight of a label
 * that the table has, where weights are single numbers and nothing is removed.
 * False, and nothing is done, if there is more to it.
 */
static inline bool
count_known_key(BinTable *table, uint64 key)
{
	BinSlot    *slot;
	uint32		number;

	if (unlikely(!table->plain))
		return false;
	number = home_of_key(table, key);
	slot = probable_slot(table, number, key, ~(uint64) 0);
	while (unlikely(slot->key != key))
	{
		slot = (BinSlot *) (table->slots + number * sizeof(BinSlot));
		if (slot->key == 0)
			return false;
		number = next_slot(table, number);
	}
	return count_in_plain_slot(slot);
}

static inline bool
count_known_label(BinTable *table, Label label)
{
	uint64		key;
	BinSlot    *slot;

	if (label.length <= SHORT_LABEL)
		return count_known_key(table, short_key(label));
	if (unlikely(!table->plain))
		return false;
	key = long_key(label);
	slot = probable_slot(table, home_of_long_key(table, key), key, 0xFFFFFFFF);
	if (unlikely((uint32) slot->key != (uint32) key || !same_long_label(long_label(table, slot->key), label)))
		return false;
	return count_in_plain_slot(slot);
}

#endif							/* KLDIV_BIN_SLOTS_H */
