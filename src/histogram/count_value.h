/*-------------------------------------------------------------------------
 *
 * count_value.h
 *	  Counting a value of SQL in a table of bins: what is done for each value of each row.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_COUNT_VALUE_H
#define KLDIV_COUNT_VALUE_H

#include "compatibility.h"
#include "histogram/bin_slots.h"
#include "histogram/label_of_value.h"

/*
 * Counts a value if the table has its label already, and this is a number or a
 * short text, whose label needs not be made.  False, and nothing is done, if
 * there is more to it: then count_value() is to be called.
 */
static inline bool
count_known_value(BinTable *table, LabelForm form, Datum value)
{
	const char *text;

	switch (form)
	{
		case LABEL_IS_INT2:
			return count_known_key(table, number_key(DatumGetInt16(value)));
		case LABEL_IS_INT4:
			return count_known_key(table, number_key(DatumGetInt32(value)));
		case LABEL_IS_INT8:
			return has_number_key(DatumGetInt64(value)) && count_known_key(table, number_key(DatumGetInt64(value)));
		case LABEL_IS_TEXT:
			text = DatumGetPointer(value);
			return VARATT_IS_SHORT(text) && !VARATT_IS_EXTERNAL(text) &&
				count_known_label(table, (Label) {VARDATA_SHORT(text), VARSIZE_SHORT(text) - VARHDRSZ_SHORT});
		case LABEL_OF_TYPE:
			break;
	}
	return false;
}

/*
 * Adds 1 to the weight of a value's label, in a table that has counts only;
 * false, and nothing is added, if the label is longer than it may be.
 */
static inline bool
count_value(BinTable *table, Labeller *labeller, Datum value, size_t longest)
{
	Label		label;

	switch (labeller->form)
	{
		case LABEL_IS_INT2:
			count_number_in_table(table, DatumGetInt16(value));
			return true;
		case LABEL_IS_INT4:
			count_number_in_table(table, DatumGetInt32(value));
			return true;
		case LABEL_IS_INT8:
			count_number_in_table(table, DatumGetInt64(value));
			return true;
		default:
			label = labeller->label_of(labeller, value);
			if (label.length > longest)
				return false;
			count_in_table(table, label);
			return true;
	}
}

#endif							/* KLDIV_COUNT_VALUE_H */
