/*-------------------------------------------------------------------------
 *
 * kept_values.c
 *	  Counts of whole numbers and short texts, which are found as a row has them.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "histogram/kept_values.h"

#include "port/pg_bitutils.h"
#include "utils/builtins.h"

#define FIRST_SLOTS 8
#define FIRST_NEAR 16
/* More would be found no faster than labels are: 48 KB are used for them */
#define MOST_KEPT 1024

static void
put_value(KeptValues *kept, KeptValue value)
{
	uint32		slot = home_of_value(kept, value.key);

	while (!is_free_slot(&kept->slots[slot]))
		slot = (slot + 1) & kept->mask;
	kept->slots[slot] = value;
}

/* Half of the slots stay free, so that nearly all values are in the first two where they are looked for */
static void
make_room(KeptValues *kept, MemoryContext context)
{
	KeptValue  *former = kept->slots;
	uint32		before = former == NULL ? 0 : kept->mask + 1;
	uint32		slots = former == NULL ? FIRST_SLOTS : 2 * before;

	if (former != NULL && 2 * kept->count < before)
		return;
	kept->slots = MemoryContextAllocZero(context, slots * sizeof(KeptValue));
	kept->mask = slots - 1;
	kept->shift = 64 - pg_leftmost_one_pos32(slots);
	for (uint32 i = 0; i < before; i++)
		if (!is_free_slot(&former[i]))
			put_value(kept, former[i]);
	if (former != NULL)
		pfree(former);
}

/*
 * Widens the numbers that are near each other to another one; false if it is too
 * far from them.  Widths are powers of 2, as is the first place, so that a column
 * of 0, 1, 2, ... has them all.
 */
static bool
widen_near_numbers(KeptValues *kept, MemoryContext context, int64 number)
{
	uint64		above = (uint64) number - kept->least;
	uint64		below = kept->least - (uint64) number;
	bool		is_below = below < above;
	uint32		width = Max(kept->width, FIRST_NEAR);
	int64	   *near;

	if (kept->width == 0)
	{
		kept->least = (uint64) number & ~(uint64) (FIRST_NEAR - 1);
		is_below = false;
	}
	else
	{
		if (Min(above, below) >= MOST_KEPT)
			return false;
		while (width <= (is_below ? kept->width - 1 + below : above))
			width *= 2;
		if (width > MOST_KEPT)
			return false;
	}
	near = MemoryContextAlloc(context, width * sizeof(int64));
	for (uint32 i = 0; i < width; i++)
		near[i] = NOT_KEPT;
	if (kept->near != NULL)
	{
		memcpy(is_below ? near + width - kept->width : near, kept->near, kept->width * sizeof(int64));
		pfree(kept->near);
	}
	if (is_below)
		kept->least -= width - kept->width;
	kept->near = near;
	kept->width = width;
	return true;
}

/* The same for one number; false if it is not near the others */
static bool
keep_near_number(KeptValues *kept, MemoryContext context, int64 number)
{
	uint64		place = (uint64) number - kept->least;

	if (place >= kept->width && !widen_near_numbers(kept, context, number))
		return false;
	kept->near[(uint64) number - kept->least] = 0;
	return true;
}

/* The label of a key, whose bytes are written where there is room */
static Label
label_of_key(ValueKey key, LabelForm form, char *room)
{
	uint32		few = (uint32) key.first;
	uint32		others = (uint32) (key.first >> 32);
	uint32		size;

	if (form != LABEL_IS_TEXT)
	{
		pg_lltoa((int64) key.first, room);
		return (Label) {room, strlen(room)};
	}
	if (key.last != 0)			/* no text has a byte of 0 */
	{
		memcpy(room, &key.first, 8);
		size = VARSIZE_SHORT(room);
		memcpy(room + size - 8, &key.last, 8);
	}
	else
	{
		memcpy(room, &few, 4);
		size = VARSIZE_SHORT(room);
		if (size > 4)
			memcpy(room + size - 4, &others, 4);
	}
	return (Label) {room + VARHDRSZ_SHORT, size - VARHDRSZ_SHORT};
}

/* Adds what was counted to a table; the values are kept, but not the counts */
void
move_kept_values(KeptValues *kept, BinTable *table)
{
	char		room[LABEL_ROOM];

	for (uint32 i = 0; kept->slots != NULL && i <= kept->mask; i++)
	{
		KeptValue  *slot = &kept->slots[i];

		if (slot->count > 0)
			add_to_table(table, label_of_key(slot->key, kept->form, room), (double) slot->count);
		slot->count = 0;
	}
	for (uint32 i = 0; i < kept->width; i++)
	{
		ValueKey	key = {kept->least + i, 1};

		if (kept->near[i] == NOT_KEPT)
			continue;
		if (kept->near[i] > 0)
			add_to_table(table, label_of_key(key, kept->form, room), (double) kept->near[i]);
		kept->near[i] = 0;
	}
}

static void
forget_near_numbers(KeptValues *kept)
{
	if (kept->near != NULL)
		pfree(kept->near);
	kept->near = NULL;
	kept->width = 0;
}

/* The same, and keeps nothing any more */
void
end_kept_values(KeptValues *kept, BinTable *table)
{
	move_kept_values(kept, table);
	forget_near_numbers(kept);
	if (kept->slots != NULL)
		pfree(kept->slots);
	memset(kept, 0, sizeof(KeptValues));
	kept->closed = true;
}

/* Sees to it that a value will be found here which the table has counted, if it is one of the first and not found yet */
void
keep_value(KeptValues *kept, BinTable *table, LabelForm form, Datum value)
{
	ValueKey	key;
	int64		number;

	if (kept->closed || !key_of_value(form, value, &key))
		return;
	kept->form = form;
	if (kept->slots == NULL && number_of_column(form, value, &number))
	{
		if (keep_near_number(kept, table->context, number))
			return;
		/* it is far from the others: they are kept in slots from now on, as soon as they come again */
		move_kept_values(kept, table);
		forget_near_numbers(kept);
	}
	if (kept->count == MOST_KEPT)
	{
		end_kept_values(kept, table);
		return;
	}
	make_room(kept, table->context);
	put_value(kept, (KeptValue) {key, 0});
	kept->count++;
}
