/*-------------------------------------------------------------------------
 *
 * count_value.h
 *	  Counting a value of SQL in a table of bins: once for each value of each row.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_COUNT_VALUE_H
#define KLDIV_COUNT_VALUE_H

#include "compatibility.h"
#include "histogram/bin_slots.h"
#include "histogram/label_of_value.h"

/* DatumGetTextPP() without a call where there is nothing to do */
static inline Label
label_of_text_datum(Datum value)
{
	text	   *stored = (text *) DatumGetPointer(value);

	if (unlikely(VARATT_IS_EXTERNAL(stored) || VARATT_IS_COMPRESSED(stored)))
		stored = DatumGetTextPP(value);
	return (Label) {VARDATA_ANY(stored), VARSIZE_ANY_EXHDR(stored)};
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
		case LABEL_IS_TEXT:
			label = label_of_text_datum(value);
			break;
		default:
			label = labeller->label_of(labeller, value);
			break;
	}
	if (unlikely(label.length > longest))
		return false;
	count_in_table(table, label);
	return true;
}

#endif							/* KLDIV_COUNT_VALUE_H */
