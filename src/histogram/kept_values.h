/*-------------------------------------------------------------------------
 *
 * kept_values.h
 *	  Counts of whole numbers and short texts, which are found as a row has them.
 *
 * They are on their way to a table of bins, which has a label for each already:
 * two words and a count beside them are found faster than a label.
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
	KeptValue  *slots;			/* NULL if none is kept */
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

/* The key of a value of a column; false if it has none */
static inline bool
key_of_value(LabelForm form, Datum value, ValueKey *key)
{
	key->last = 1;
	switch (form)
	{
		case LABEL_IS_INT4:
			key->first = (uint64) DatumGetInt32(value);
			return true;
		case LABEL_IS_TEXT:
			if (!is_short_text(DatumGetPointer(value)))
				return false;
			*key = key_of_short_text(DatumGetPointer(value));
			return true;
		case LABEL_IS_INT8:
			key->first = (uint64) DatumGetInt64(value);
			return true;
		case LABEL_IS_INT2:
			key->first = (uint64) DatumGetInt16(value);
			return true;
		case LABEL_OF_TYPE:
			break;
	}
	return false;
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

/* Counts a value that is kept; false, and nothing is done, if it is not */
static inline bool
count_kept_value(KeptValues *kept, LabelForm form, Datum value)
{
	ValueKey	key;
	KeptValue  *slots = kept->slots;
	uint32		slot;

	if (unlikely(slots == NULL || !key_of_value(form, value, &key)))
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

#endif							/* KLDIV_KEPT_VALUES_H */
