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

/* Sees to it that a value will be found here which the table has counted, if it is one of the first and not found yet */
void
keep_value(KeptValues *kept, BinTable *table, LabelForm form, Datum value)
{
	ValueKey	key;

	if (kept->closed || !key_of_value(form, value, &key))
		return;
	if (kept->count == MOST_KEPT)
	{
		end_kept_values(kept, table);
		return;
	}
	make_room(kept, table->context);
	put_value(kept, (KeptValue) {key, 0});
	kept->count++;
	kept->form = form;
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
}

/* The same, and keeps nothing any more */
void
end_kept_values(KeptValues *kept, BinTable *table)
{
	move_kept_values(kept, table);
	if (kept->slots != NULL)
		pfree(kept->slots);
	memset(kept, 0, sizeof(KeptValues));
	kept->closed = true;
}
