/*-------------------------------------------------------------------------
 *
 * bin_table.c
 *	  Bins by label, while a histogram is being built.
 *
 * Open addressing with linear probing.  A slot is 16 bytes (24 where sums of
 * fractions need them), and most labels of a warehouse are short enough to be
 * in it: comparing those is comparing one number.
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/bin_table.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "formats/label_sort.h"
#include "histogram/bin_keys.h"
#include "histogram/bin_sums.h"
#include "parallel/threads.h"

#define FIRST_CAPACITY 8
/* From here on tables grow by half, not to twice their size */
#define LARGE_CAPACITY 65536
/* Labels grow to twice their size until this, then by an eighth */
#define LARGE_LABELS (1024 * 1024)
#define FIRST_LABELS 64

/* A prime that is larger than any capacity: its multiples visit every slot */
#define STRIDE UINT64CONST(2654435761)

/* Up to here a double is every whole number */
#define LARGEST_COUNT 9007199254740992.0

/* Tables for less are not worth shrinking */
#define SPARSE_CAPACITY 1024

/*
 * Where labels are in a table is for nobody to know, or whoever chooses labels
 * could choose ones that collide.  No result depends on it.
 */
static uint64 hash_seed;

static void
choose_hash_seed(void)
{
	while (hash_seed == 0)
		if (!pg_strong_random(&hash_seed, sizeof(hash_seed)))
			hash_seed = (uint64) MyProcPid;
}

/* What has to be true of a table between two calls */
static void
check_bin_table(const BinTable *table)
{
	Assert(table->count < table->capacity);
	Assert(table->labels_used <= table->labels_size);
	Assert(table->labels_freed <= table->labels_used);
	Assert(table->rows >= 0);
	Assert(table->width < EXACT_SUM_PARTS);
	Assert(table->slot_size == slots_size(1, table->width));
#ifdef USE_ASSERT_CHECKING
	/* all of it where that is little beside other work */
	if (table->capacity <= 64)
	{
		uint32		used = 0;

		for (uint32 slot = 0; slot < table->capacity; slot++)
			used += table_slot(table, slot)->key != 0;
		Assert(used == table->count);
	}
#endif
}

void
begin_bin_table(BinTable *table, MemoryContext context, bool removable)
{
	memset(table, 0, sizeof(BinTable));
	if (unlikely(hash_seed == 0))
		choose_hash_seed();
	table->context = context;
	table->capacity = FIRST_CAPACITY;
	table->slot_size = sizeof(BinSlot);
	table->slots = MemoryContextAllocZero(context, slots_size(FIRST_CAPACITY, 0));
	if (removable)
		table->members = MemoryContextAllocZero(context, FIRST_CAPACITY * sizeof(uint32));
}

BinTable *
new_bin_table(MemoryContext context, bool removable)
{
	BinTable   *table = MemoryContextAlloc(context, sizeof(BinTable));

	begin_bin_table(table, context, removable);
	return table;
}

/* Gives back all memory but the structure itself; nothing can be added any more */
void
end_bin_table(BinTable *table)
{
	pfree(table->slots);
	if (table->labels != NULL)
		pfree(table->labels);
	if (table->members != NULL)
		pfree(table->members);
	memset(table, 0, sizeof(BinTable));
}

/* The slot where the search for a key begins */
static inline uint32
home_of(const BinTable *table, uint64 key)
{
	uint64		bits = is_long(key) ? key & 0xFFFFFF00 : mix(key ^ hash_seed) >> 32;

	return (uint32) (bits * table->capacity >> 32);
}

static inline uint32
next_slot(const BinTable *table, uint32 slot)
{
	return slot + 1 < table->capacity ? slot + 1 : 0;
}

static Label
long_label(const BinTable *table, uint64 key)
{
	const char *stored = table->labels + (key >> 32);
	uint32		length;

	memcpy(&length, stored, sizeof(length));
	return (Label) {stored + sizeof(length), length};
}

/* The label of a slot in use; one that is short goes to a buffer */
static Label
slot_label(const BinTable *table, uint64 key, char *short_label)
{
	if (is_long(key))
		return long_label(table, key);
	for (int i = 0; i < SHORT_LABEL; i++)
		short_label[i] = (char) (key >> (56 - 8 * i));
	return (Label) {short_label, (key & 0xFF) - 1};
}

/* The slot of a label, or the free one where it belongs; key is as for short_key or long_key */
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
		if ((uint32) table_slot(table, slot)->key == (uint32) key)
		{
			Label		other = long_label(table, table_slot(table, slot)->key);

			if (other.length == label.length && memcmp(other.bytes, label.bytes, label.length) == 0)
				break;
		}
	return slot;
}

static inline void
copy_slot(const BinTable *table, BinSlot *to, const BinSlot *from)
{
	to->key = from->key;
	to->weight = from->weight;
	for (int part = 0; part < table->width; part++)
		to->rest[part] = from->rest[part];
}

static inline void
swap_slots(const BinTable *table, BinSlot *a, BinSlot *b)
{
	BinSlot		former = *a;

	a->key = b->key;
	a->weight = b->weight;
	b->key = former.key;
	b->weight = former.weight;
	for (int part = 0; part < table->width; part++)
	{
		double		former_part = a->rest[part];

		a->rest[part] = b->rest[part];
		b->rest[part] = former_part;
	}
}

/*
 * Puts every entry where it belongs after the number of slots has changed,
 * without a second table: an entry is taken out and put into the first slot
 * from its home on that is not settled yet; what was there is next.
 */
static void
settle(BinTable *table, uint32 old_capacity)
{
	uint8	   *settled = MemoryContextAllocExtended(table->context, table->capacity / 8 + 1,
													MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);
	double		room[2 + EXACT_SUM_PARTS];
	BinSlot    *entry = (BinSlot *) room;

	for (uint32 i = 0; i < old_capacity; i++)
	{
		uint32		members = table->members != NULL ? table->members[i] : 0;

		CHECK_FOR_INTERRUPTS();
		if (table_slot(table, i)->key == 0 || (settled[i / 8] >> (i % 8) & 1) != 0)
			continue;
		copy_slot(table, entry, table_slot(table, i));
		table_slot(table, i)->key = 0;
		while (entry->key != 0)
		{
			uint32		slot = home_of(table, entry->key);

			CHECK_FOR_INTERRUPTS();
			while ((settled[slot / 8] >> (slot % 8) & 1) != 0)
				slot = next_slot(table, slot);
			settled[slot / 8] |= (uint8) (1 << slot % 8);
			swap_slots(table, entry, table_slot(table, slot));
			if (table->members != NULL)
			{
				uint32		evicted_members = table->members[slot];

				table->members[slot] = members;
				members = evicted_members;
			}
		}
	}
	pfree(settled);
}

static void
grow(BinTable *table)
{
	uint32		old = table->capacity;
	uint32		capacity = old < LARGE_CAPACITY ? 2 * old : old + old / 2;

	table->slots = repalloc_huge(table->slots, slots_size(capacity, table->width));
	for (uint32 slot = old; slot < capacity; slot++)
	{
		CHECK_FOR_INTERRUPTS();
		table_slot(table, slot)->key = 0;
	}
	if (table->members != NULL)
	{
		table->members = repalloc_huge(table->members, capacity * sizeof(uint32));
		memset(table->members + old, 0, (capacity - old) * sizeof(uint32));
	}
	table->capacity = capacity;
	settle(table, old);
}

/* Keeps a long label; where */
static uint64
store_label(BinTable *table, Label label)
{
	uint32		length = (uint32) label.length;
	Size		needed = table->labels_used + sizeof(length) + length;
	Size		position = table->labels_used;

	if (needed > table->labels_size)
	{
		Size		size = table->labels_size < LARGE_LABELS ? 2 * table->labels_size :
			table->labels_size + table->labels_size / 8;

		size = Max(Max(size, needed), FIRST_LABELS);
		table->labels = table->labels == NULL ? MemoryContextAllocHuge(table->context, size) :
			repalloc_huge(table->labels, size);
		table->labels_size = size;
	}
	memcpy(table->labels + position, &length, sizeof(length));
	memcpy(table->labels + position + sizeof(length), label.bytes, length);
	table->labels_used = needed;
	return position;
}

static pg_noinline uint32
insert_label(BinTable *table, Label label, uint64 key)
{
	uint32		slot;

	check_histogram_size((uint64) table->count + 1, table->label_bytes + label.length);
	if ((uint64) table->count * 4 >= (uint64) table->capacity * 3)
		grow(table);
	if (is_long(key))
		key |= store_label(table, label) << 32;
	slot = home_of(table, key);
	while (table_slot(table, slot)->key != 0)
		slot = next_slot(table, slot);
	table_slot(table, slot)->key = key;
	table_slot(table, slot)->weight = 0.0;
	if (table->members != NULL)
		table->members[slot] = 0;
	for (int part = 0; part < table->width; part++)
		table_slot(table, slot)->rest[part] = 0.0;
	table->count++;
	table->label_bytes += label.length;
	check_bin_table(table);
	return slot;
}

/* The slot of a label, which may be new */
static inline uint32
slot_for(BinTable *table, Label label)
{
	uint64		key = label.length <= SHORT_LABEL ? short_key(label) : long_key(label, hash_seed);
	uint32		slot = find_slot(table, label, key);

	return table_slot(table, slot)->key != 0 ? slot : insert_label(table, label, key);
}

/* Adds a weight, which is valid, to that of a label, which may be new */
void
add_to_table(BinTable *table, Label label, double weight)
{
	uint32		slot = slot_for(table, label);

	add_weight(table, slot, weight);
	if (table->members != NULL && ++table->members[slot] == PG_UINT32_MAX)
		table->frozen = true;
}

/* The same with a weight of 1, in a table that has counts only: whether they are exact is seen faster then */
void
count_in_table(BinTable *table, Label label)
{
	uint32		slot = slot_for(table, label);
	double	   *weight = &table_slot(table, slot)->weight;

	if (likely(*weight < LARGEST_COUNT))
		*weight += 1.0;
	else
		add_weight(table, slot, 1.0);
	if (table->members != NULL && ++table->members[slot] == PG_UINT32_MAX)
		table->frozen = true;
}

/* Adds a sum of another table, whose smaller parts may be negative, to that of a label, which may be new */
void
add_sum_to_table(BinTable *table, Label label, double weight, const double *rest, int width)
{
	uint32		slot = slot_for(table, label);

	for (int i = 0; i < width; i++)
		add_weight(table, slot, rest[i]);
	add_weight(table, slot, weight);
}

/* What a label weighs; 0 if the table does not have it */
double
table_weight(const BinTable *table, Label label)
{
	uint64		key = label.length <= SHORT_LABEL ? short_key(label) : long_key(label, hash_seed);
	const BinSlot *slot = table_slot(table, find_slot(table, label, key));

	return slot->key == 0 ? 0.0 : exact_sum_value(slot->weight, slot->rest, table->width);
}

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
	uint64		key = label.length <= SHORT_LABEL ? short_key(label) : long_key(label, hash_seed);
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
	if (table->labels_freed > LARGE_LABELS / 16 && table->labels_freed > table->labels_used / 2)
		compact_labels(table);
}

/*
 * Not in the order of slots: that is the order of hashes, and adding labels in
 * it to another table, which is smaller at first, would pile them up.
 */
bool
next_table_bin(const BinTable *table, uint32 *position, TableBin *bin, char *short_label)
{
	uint32		slot;

	do
	{
		if (*position == table->capacity)
			return false;
		slot = (uint32) ((*position)++ * STRIDE % table->capacity);
	} while (table_slot(table, slot)->key == 0);
	bin->label = slot_label(table, table_slot(table, slot)->key, short_label);
	bin->weight = table_slot(table, slot)->weight;
	bin->rest = table_slot(table, slot)->rest;
	return true;
}

static const char *
slot_label_at(const void *data, uint32_t slot, size_t *length)
{
	const BinTable *table = data;
	Label		label = long_label(table, table_slot(table, slot)->key);

	*length = label.length;
	return label.bytes;
}

/*
 * The histogram, sorted by label; the table stays as it is.  Where the weights
 * and the ends of the labels will be, there are the keys and the slots first,
 * so that sorting takes no memory.
 */
Histogram *
histogram_of_table(const BinTable *table)
{
	Histogram  *histogram = new_histogram(table->count, table->label_bytes);
	uint64	   *keys = (uint64 *) histogram->weights;
	uint32	   *order = histogram_ends(histogram);
	uint32		bin = 0;

	for (uint32 slot = 0; slot < table->capacity; slot++)
	{
		uint64		key = table_slot(table, slot)->key;

		CHECK_FOR_INTERRUPTS();
		if (key == 0)
			continue;
		if (is_long(key))
		{
			Label		label = long_label(table, key);

			keys[bin] = label_key(label.bytes, label.length, 0);
		}
		else
			keys[bin] = key & ~(uint64) 0xFF;
		order[bin++] = slot;
	}
	sort_labels(keys, order, table->count, slot_label_at, table, run_slabs_interruptibly);
	for (bin = 0; bin < table->count; bin++)
	{
		const BinSlot *slot = table_slot(table, order[bin]);
		char		short_label[SHORT_LABEL];

		CHECK_FOR_INTERRUPTS();
		append_bin(histogram, bin, slot_label(table, slot->key, short_label),
				   exact_sum_value(slot->weight, slot->rest, table->width));
	}
	return complete_histogram(histogram);
}
