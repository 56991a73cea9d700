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
#include "histogram/bin_slots.h"
#include "histogram/known_labels.h"
#include "parallel/threads.h"

#define FIRST_CAPACITY 8
/* From here on tables grow by half, not to twice their size */
#define LARGE_CAPACITY 65536
/* Labels grow to twice their size until this, then by an eighth */
#define LARGE_LABELS (1024 * 1024)
#define FIRST_LABELS 64

/* A prime that is larger than any capacity: its multiples visit every slot */
#define STRIDE UINT64CONST(2654435761)

uint64		bin_hash_seeds[2];

static void
choose_hash_seeds(void)
{
	if (!pg_strong_random(bin_hash_seeds, sizeof(bin_hash_seeds)))
		for (int i = 0; i < 2; i++)
			bin_hash_seeds[i] = mix((uint64) MyProcPid + i);
	for (int i = 0; i < 2; i++)
		bin_hash_seeds[i] |= 1;
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
	Assert(table->plain == (table->width == 0 && table->members == NULL));
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
	if (unlikely(bin_hash_seeds[0] == 0))
		choose_hash_seeds();
	table->context = context;
	table->capacity = FIRST_CAPACITY;
	table->slot_size = sizeof(BinSlot);
	table->plain = !removable;
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
	if (table->known != NULL)
		pfree(table->known);
	memset(table, 0, sizeof(BinTable));
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
	forget_slots(table);
	settle(table, old);
}

/* Keeps a long label; where */
Size
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

/*
 * Makes labels of the numbers of a table, since there is one to come that is no
 * number.
 */
static void
name_numbers(BinTable *table)
{
	BinTable	former = *table;

	forget_slots(table);
	table->numbers = false;
	table->count = 0;
	table->label_bytes = 0;
	table->slots = MemoryContextAllocExtended(table->context, slots_size(table->capacity, table->width),
											  MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);
	if (former.members != NULL)
		table->members = MemoryContextAllocExtended(table->context, table->capacity * sizeof(uint32),
													MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < former.capacity; i++)
	{
		char		room[LABEL_ROOM];
		BinSlot    *slot = table_slot(&former, i);
		Label		label;
		uint32		number;

		CHECK_FOR_INTERRUPTS();
		if (slot->key == 0)
			continue;
		label = slot_label(&former, slot->key, room);
		number = insert_label(table, label, key_of_label(table, label));
		slot->key = table_slot(table, number)->key;
		copy_slot(table, table_slot(table, number), slot);
		if (former.members != NULL)
			table->members[number] = former.members[i];
	}
	pfree(former.slots);
	if (former.members != NULL)
		pfree(former.members);
}

pg_noinline uint32
insert_label(BinTable *table, Label label, uint64 key)
{
	uint32		slot;

	if (table->numbers && !is_number_key(key))
		name_numbers(table);
	check_histogram_size((uint64) table->count + 1, table->label_bytes + label.length);
	if ((uint64) table->count * 4 >= (uint64) table->capacity * 3)
		grow(table);
	if (is_long(key))
		key |= (uint64) store_label(table, label) << 32;
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

/* Adds a weight, which is valid, to that of a label, which may be new */
void
add_to_table(BinTable *table, Label label, double weight)
{
	add_to_slot(table, slot_for(table, label), weight);
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

/* The same with the label of a whole number: the number is kept instead of it, as long as there are no others */
void
count_number_in_table(BinTable *table, int64 number)
{
	char		room[LABEL_ROOM];
	Label		label;

	if (table->count == 0 && has_number_key(number))
		table->numbers = true;
	pg_lltoa(number, room);
	label = (Label) {room, strlen(room)};
	count_in_table(table, label);
}

uint32
number_of_label(BinTable *table, Label label)
{
	BinSlot    *slot = table_slot(table, slot_for(table, label));

	if (unlikely(slot->weight == 0.0))
		slot->weight = table->count;
	return (uint32) slot->weight - 1;
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
	uint64		key = key_of_label(table, label);
	const BinSlot *slot = table_slot(table, find_slot(table, label, key));

	return slot->key == 0 ? 0.0 : exact_sum_value(slot->weight, slot->rest, table->width);
}

/*
 * Not in the order of slots: that is the order of hashes, and adding labels in
 * it to another table, which is smaller at first, would pile them up.
 */
bool
next_table_bin(const BinTable *table, uint32 *position, TableBin *bin, char *room)
{
	uint32		slot;

	do
	{
		if (*position == table->capacity)
			return false;
		slot = (uint32) ((*position)++ * STRIDE % table->capacity);
	} while (table_slot(table, slot)->key == 0);
	bin->label = slot_label(table, table_slot(table, slot)->key, room);
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

/* What sort_labels() takes of a key */
static inline uint64
sort_key(const BinTable *table, uint64 key)
{
	Label		label;

	if (is_number_key(key))
		return number_sort_key(number_of_key(key));
	if (!is_long(key))
		return key & ~(uint64) 0xFF;
	label = long_label(table, key);
	return label_key(label.bytes, label.length, 0);
}

/*
 * Where the weights and the ends of the labels will be, there are the keys and
 * the slots first, so that sorting takes no memory.
 */
static void
sort_table_into(Histogram *histogram, const BinTable *table)
{
	uint64	   *keys = (uint64 *) histogram->weights;
	uint32	   *order = histogram_ends(histogram);
	uint32		bin = 0;

	for (uint32 slot = 0; slot < table->capacity; slot++)
	{
		uint64		key = table_slot(table, slot)->key;

		CHECK_FOR_INTERRUPTS();
		if (key == 0)
			continue;
		keys[bin] = sort_key(table, key);
		order[bin++] = slot;
	}
	sort_labels(keys, order, table->count, slot_label_at, table, run_slabs_interruptibly);
	for (bin = 0; bin < table->count; bin++)
	{
		const BinSlot *slot = table_slot(table, order[bin]);
		char		room[LABEL_ROOM];

		CHECK_FOR_INTERRUPTS();
		append_bin(histogram, bin, slot_label(table, slot->key, room),
				   exact_sum_value(slot->weight, slot->rest, table->width));
	}
}

/* The histogram, sorted by label; the table stays as it is */
Histogram *
histogram_of_table(const BinTable *table)
{
	Histogram  *histogram = new_histogram(table->count, table->label_bytes);

	if (knows_all_labels(table))
		read_known_slots(table, histogram);
	else
		sort_table_into(histogram, table);
	return complete_histogram(histogram);
}
