/*-------------------------------------------------------------------------
 *
 * kept_values.h
 *	  Counts of whole numbers and short texts, which are found as a row has them.
 *
 * They are on their way to a table of bins, which has a label for each already:
 * two words and a count beside them are found faster than a label, and whole
 * numbers that are near each other have a count for each, which need not be
 * looked for.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_KEPT_VALUES_H
#define KLDIV_KEPT_VALUES_H

#include "compatibility.h"
#include "histogram/bin_keys.h"
#include "histogram/bin_table.h"
#include "histogram/label_of_value.h"

/*
 * Of a text the byte that says how many there are, and the others: at most 16 in
 * all, as words that may overlap.  Of a number itself, and 1.
 */
typedef struct ValueKey
{
	uint64		first;
	uint64		last;
} ValueKey;

typedef struct KeptValue
{
	ValueKey	key;			/* 0 and 0 if the slot is free */
	int64		count;			/* what the table does not know yet */
} KeptValue;

typedef struct KeptValues
{
	KeptValue  *slots;			/* NULL if none is kept so */
	int64	   *near;			/* counts of the numbers from the least one on, NOT_KEPT of those that are not; then there are no slots */
	uint64		least;			/* of the near numbers, modulo 2^64 as their differences are */
	uint32		width;			/* how many numbers are near; 0 if none */
	uint32		mask;			/* slots - 1 */
	int			shift;			/* of a hash, to a slot */
	uint32		count;			/* of slots in use */
	LabelForm	form;			/* of the column */
	bool		closed;			/* no more are kept, since there were too many: then only the table counts */
} KeptValues;

extern void keep_value(KeptValues *kept, BinTable *table, LabelForm form, Datum value);
extern void move_kept_values(KeptValues *kept, BinTable *table);
extern void end_kept_values(KeptValues *kept, BinTable *table);

#define LONGEST_KEPT 16
#define NOT_KEPT (-1)

/* Not so a text that is compressed or elsewhere */
static inline bool
is_short_text(const char *text)
{
	return VARATT_IS_SHORT(text) && (uint32) VARSIZE_SHORT(text) - 1 < LONGEST_KEPT;
}

static inline ValueKey
key_of_short_text(const char *text)
{
	uint32		size = VARSIZE_SHORT(text);
	uint32		first = 0;
	uint32		last;

	if (likely(size >= 8))
		return (ValueKey) {load_8(text), load_8(text + size - 8)};
	if (size >= 4)
	{
		memcpy(&first, text, 4);
		memcpy(&last, text + size - 4, 4);
		return (ValueKey) {first | (uint64) last << 32, 0};
	}
	/* the first, the middle and the last byte */
	memcpy((char *) &first, text, 1);
	memcpy((char *) &first + 1, text + size / 2, 1);
	memcpy((char *) &first + 2, text + size - 1, 1);
	return (ValueKey) {first, 0};
}

/* The value of a column of whole numbers; false if it is none */
static inline bool
number_of_column(LabelForm form, Datum value, int64 *number)
{
	switch (form)
	{
		case LABEL_IS_INT4:
			*number = DatumGetInt32(value);
			return true;
		case LABEL_IS_INT8:
			*number = DatumGetInt64(value);
			return true;
		case LABEL_IS_INT2:
			*number = DatumGetInt16(value);
			return true;
		case LABEL_IS_TEXT:
		case LABEL_OF_TYPE:
			break;
	}
	return false;
}

/* The key of a value of a column; false if it has none */
static inline bool
key_of_value(LabelForm form, Datum value, ValueKey *key)
{
	int64		number;

	if (form == LABEL_IS_TEXT)
	{
		if (!is_short_text(DatumGetPointer(value)))
			return false;
		*key = key_of_short_text(DatumGetPointer(value));
		return true;
	}
	if (!number_of_column(form, value, &number))
		return false;
	*key = (ValueKey) {(uint64) number, 1};
	return true;
}

static inline bool
has_key(const KeptValue *slot, ValueKey key)
{
	return ((slot->key.first ^ key.first) | (slot->key.last ^ key.last)) == 0;
}

static inline bool
is_free_slot(const KeptValue *slot)
{
	return (slot->key.first | slot->key.last) == 0;
}

static inline uint32
home_of_value(const KeptValues *kept, ValueKey key)
{
	return (uint32) (hash_words(key.first, key.last) >> kept->shift);
}

/* Counts a number that is kept among those near each other; false, and nothing is done, if it is not */
static inline bool
count_near_number(KeptValues *kept, int64 number)
{
	uint64		place = (uint64) number - kept->least;

	if (unlikely(place >= kept->width || kept->near[place] == NOT_KEPT))
		return false;
	kept->near[place]++;
	return true;
}

/* Counts a value that is kept in a slot; false, and nothing is done, if it is not */
static inline bool
count_in_slot_of(KeptValues *kept, ValueKey key)
{
	KeptValue  *slots = kept->slots;
	uint32		slot;

	if (unlikely(slots == NULL))
		return false;
	slot = home_of_value(kept, key);
	/* the home or the next one, without a branch that would be foreseen wrongly */
	slot = (slot + !has_key(&slots[slot], key)) & kept->mask;
	while (unlikely(!has_key(&slots[slot], key)))
	{
		if (is_free_slot(&slots[slot]))
			return false;
		slot = (slot + 1) & kept->mask;
	}
	slots[slot].count++;
	return true;
}

/* Counts a value that is kept; false, and nothing is done, if it is not */
static pg_attribute_always_inline bool
count_kept_value(KeptValues *kept, LabelForm form, Datum value)
{
	int64		number;

	if (form == LABEL_IS_TEXT)
		return is_short_text(DatumGetPointer(value)) && count_in_slot_of(kept, key_of_short_text(DatumGetPointer(value)));
	if (!number_of_column(form, value, &number))
		return false;
	return count_near_number(kept, number) || count_in_slot_of(kept, (ValueKey) {(uint64) number, 1});
}

#endif							/* KLDIV_KEPT_VALUES_H */
