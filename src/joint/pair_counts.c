/*-------------------------------------------------------------------------
 *
 * pair_counts.c
 *	  How often pairs of values occur: the state of aggregates of dependence.
 *
 * Labels are numbered by a table each, so that a pair is a number of 64 bits.  It
 * takes 16 bytes in a table that is at least three eighths full, and a label
 * what it takes in histogram_agg().
 *
 *-------------------------------------------------------------------------
 */
#include "joint/pair_counts.h"

#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "histogram/bin_keys.h"

#define PAIR_COUNTS_VERSION 1
#define FIRST_CAPACITY 8
#define MOST_PAIRS (UINT32_C(1) << 26)

static PairSlot *
new_slots(MemoryContext context, uint32 capacity)
{
	PairSlot   *slots = MemoryContextAllocHuge(context, capacity * sizeof(PairSlot));

	for (uint32 slot = 0; slot < capacity; slot++)
	{
		CHECK_FOR_INTERRUPTS();
		slots[slot].count = 0;
	}
	return slots;
}

PairCounts *
new_pair_counts(MemoryContext context)
{
	PairCounts *counts = MemoryContextAlloc(context, sizeof(PairCounts));

	counts->x = new_bin_table(context, false);
	counts->y = new_bin_table(context, false);
	counts->capacity = FIRST_CAPACITY;
	counts->count = 0;
	counts->slots = new_slots(context, FIRST_CAPACITY);
	return counts;
}

static inline PairSlot *
find_pair(const PairCounts *counts, uint64 pair)
{
	uint32		slot = (uint32) (mix(pair) >> 32) & (counts->capacity - 1);

	while (counts->slots[slot].count > 0 && counts->slots[slot].pair != pair)
		slot = (slot + 1) & (counts->capacity - 1);
	return &counts->slots[slot];
}

static void
grow(PairCounts *counts)
{
	PairSlot   *former = counts->slots;
	uint32		former_capacity = counts->capacity;

	counts->slots = new_slots(counts->x->context, 2 * former_capacity);
	counts->capacity = 2 * former_capacity;
	for (uint32 slot = 0; slot < former_capacity; slot++)
	{
		CHECK_FOR_INTERRUPTS();
		if (former[slot].count > 0)
			*find_pair(counts, former[slot].pair) = former[slot];
	}
	pfree(former);
}

/* Takes a free slot, where that of a pair is to be */
static pg_noinline PairSlot *
insert_pair(PairCounts *counts, uint64 pair)
{
	PairSlot   *slot;

	if (counts->count == MOST_PAIRS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many pairs of values in a group"),
				 errdetail("This aggregate keeps the different pairs of a group, at most %u.", MOST_PAIRS),
				 errhint("Cut values into fewer bins, for instance with bin_label(). Columns with nearly as many values as rows say nothing about each other.")));
	if (counts->count >= counts->capacity / 4 * 3)
		grow(counts);
	slot = find_pair(counts, pair);
	slot->pair = pair;
	slot->count = 0;
	counts->count++;
	Assert(counts->count < counts->capacity);
	return slot;
}

void
add_to_pair(PairCounts *counts, uint32 x, uint32 y, uint64 count)
{
	uint64		pair = (uint64) x << 32 | y;
	PairSlot   *slot = find_pair(counts, pair);

	if (unlikely(slot->count == 0))
		slot = insert_pair(counts, pair);
	slot->count += count;
}

static uint32 *
new_numbers(const BinTable *labels)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(labels->count, 1) * sizeof(uint32));
}

/* The numbers that the labels of one table have in another, to which they are added */
static uint32 *
numbers_in_other_table(const BinTable *labels, BinTable *others)
{
	uint32	   *numbers = new_numbers(labels);
	char		short_label[LABEL_ROOM];
	uint32		position = 0;
	TableBin	bin;

	while (next_table_bin(labels, &position, &bin, short_label))
	{
		CHECK_FOR_INTERRUPTS();
		numbers[(uint32) bin.weight - 1] = number_of_label(others, bin.label);
	}
	return numbers;
}

void
add_pair_counts(PairCounts *counts, const PairCounts *others)
{
	uint32	   *x = numbers_in_other_table(others->x, counts->x);
	uint32	   *y = numbers_in_other_table(others->y, counts->y);

	for (uint32 slot = 0; slot < others->capacity; slot++)
	{
		const PairSlot *pair = &others->slots[slot];

		CHECK_FOR_INTERRUPTS();
		if (pair->count > 0)
			add_to_pair(counts, x[pair->pair >> 32], y[(uint32) pair->pair], pair->count);
	}
	pfree(x);
	pfree(y);
}

/* Where the numbers of labels are among sorted labels */
static uint32 *
places_of_numbers(const BinTable *labels)
{
	Histogram  *sorted = histogram_of_table(labels);
	uint32	   *places = new_numbers(labels);

	for (uint32 place = 0; place < sorted->count; place++)
	{
		CHECK_FOR_INTERRUPTS();
		places[(uint32) sorted->weights[place] - 1] = place;
	}
	pfree(sorted);
	return places;
}

JointCells
cells_of_pair_counts(const PairCounts *counts)
{
	uint32	   *x = places_of_numbers(counts->x);
	uint32	   *y = places_of_numbers(counts->y);
	double	   *weights = MemoryContextAllocHuge(CurrentMemoryContext, Max(counts->count, 1) * sizeof(double));
	uint32	   *row_of = MemoryContextAllocHuge(CurrentMemoryContext, Max(counts->count, 1) * sizeof(uint32));
	uint32	   *column_of = MemoryContextAllocHuge(CurrentMemoryContext, Max(counts->count, 1) * sizeof(uint32));
	uint32		cell = 0;

	for (uint32 slot = 0; slot < counts->capacity; slot++)
	{
		const PairSlot *pair = &counts->slots[slot];

		CHECK_FOR_INTERRUPTS();
		if (pair->count == 0)
			continue;
		weights[cell] = (double) pair->count;
		row_of[cell] = x[pair->pair >> 32];
		column_of[cell++] = y[(uint32) pair->pair];
	}
	Assert(cell == counts->count);
	pfree(x);
	pfree(y);
	return (JointCells) {weights, row_of, column_of, counts->count, counts->x->count, counts->y->count};
}

/* Sends labels; what their numbers will be where they are received in this order */
static uint32 *
send_labels(StringInfo buffer, const BinTable *labels)
{
	uint32	   *numbers = new_numbers(labels);
	char		short_label[LABEL_ROOM];
	uint32		position = 0;
	uint32		next = 0;
	TableBin	bin;

	pq_sendint32(buffer, labels->count);
	while (next_table_bin(labels, &position, &bin, short_label))
	{
		CHECK_FOR_INTERRUPTS();
		numbers[(uint32) bin.weight - 1] = next++;
		pq_sendint32(buffer, (uint32) bin.label.length);
		pq_sendbytes(buffer, bin.label.bytes, (int) bin.label.length);
	}
	return numbers;
}

bytea *
bytes_of_pair_counts(const PairCounts *counts)
{
	Size		bytes = 20 + 4 * ((Size) counts->x->count + counts->y->count) + counts->x->label_bytes +
		counts->y->label_bytes + 16 * (Size) counts->count;
	StringInfoData buffer;
	uint32	   *x;
	uint32	   *y;

	if (bytes > MaxAllocSize - 1024)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many pairs of values in a group for a parallel plan"),
				 errhint("Set max_parallel_workers_per_gather to 0, or cut values into fewer bins.")));
	pq_begintypsend(&buffer);
	enlargeStringInfo(&buffer, (int) bytes);
	pq_sendint32(&buffer, PAIR_COUNTS_VERSION);
	x = send_labels(&buffer, counts->x);
	y = send_labels(&buffer, counts->y);
	pq_sendint32(&buffer, counts->count);
	for (uint32 slot = 0; slot < counts->capacity; slot++)
	{
		const PairSlot *pair = &counts->slots[slot];

		CHECK_FOR_INTERRUPTS();
		if (pair->count == 0)
			continue;
		pq_sendint32(&buffer, x[pair->pair >> 32]);
		pq_sendint32(&buffer, y[(uint32) pair->pair]);
		pq_sendint64(&buffer, (int64) pair->count);
	}
	pfree(x);
	pfree(y);
	return pq_endtypsend(&buffer);
}

static uint32
receive_number(StringInfo buffer)
{
	return (uint32) pq_getmsgint(buffer, 4);
}

static void
receive_labels(StringInfo buffer, BinTable *labels)
{
	uint32		count = receive_number(buffer);

	for (uint32 number = 0; number < count; number++)
	{
		uint32		length = receive_number(buffer);
		Label		label;

		CHECK_FOR_INTERRUPTS();
		if (length > (uint32) (buffer->len - buffer->cursor))
			refuse_state("damaged");
		label = (Label) {pq_getmsgbytes(buffer, (int) length), length};
		if (number_of_label(labels, label) != number)
			refuse_state("damaged");
	}
}

static void
receive_pair(StringInfo buffer, PairCounts *counts)
{
	const int64 most = INT64CONST(1) << 53;
	uint32		x = receive_number(buffer);
	uint32		y = receive_number(buffer);
	int64		count = pq_getmsgint64(buffer);

	if (x >= counts->x->count || y >= counts->y->count || count <= 0 || count > most ||
		find_pair(counts, (uint64) x << 32 | y)->count > 0)
		refuse_state("damaged");
	add_to_pair(counts, x, y, (uint64) count);
}

PairCounts *
pair_counts_of_bytes(MemoryContext context, const char *bytes, size_t length)
{
	PairCounts *counts = new_pair_counts(context);
	StringInfoData buffer;
	uint32		pairs;

	initStringInfo(&buffer);
	appendBinaryStringInfo(&buffer, bytes, (int) length);
	if (receive_number(&buffer) != PAIR_COUNTS_VERSION)
		refuse_state("of an unknown version");
	receive_labels(&buffer, counts->x);
	receive_labels(&buffer, counts->y);
	pairs = receive_number(&buffer);
	for (uint32 i = 0; i < pairs; i++)
	{
		CHECK_FOR_INTERRUPTS();
		receive_pair(&buffer, counts);
	}
	pq_getmsgend(&buffer);
	pfree(buffer.data);
	return counts;
}
