/*-------------------------------------------------------------------------
 *
 * pairs.c
 *	  Histograms whose labels are pairs of values, as joint distributions.
 *
 *-------------------------------------------------------------------------
 */
#include "joint/pairs.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "formats/pair_label.h"
#include "histogram/bin_table.h"
#include "parallel/threads.h"

/* Labels with their numbers, and room for as many as there are bins */
typedef struct ValueList
{
	BinTable   *numbers;
	Label	   *labels;
} ValueList;

static ValueList
new_values(MemoryContext context, uint32 bins)
{
	return (ValueList) {new_bin_table(context, false),
		MemoryContextAllocHuge(CurrentMemoryContext, Max(bins, 1) * sizeof(Label))};
}

static uint32
number_of_value(ValueList *values, const char *bytes, size_t length)
{
	Label		label = {bytes, length};
	uint32		number = number_of_label(values->numbers, label);

	values->labels[number] = label;
	return number;
}

static void
refuse_label(Label label, const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("label is not a pair"),
			 errdetail("Argument \"%s\" has the label \"%s\".", name, label_for_message(label)),
			 errhint("Labels of a joint distribution are written as [\"a\", \"b\"]: histogram_agg(jsonb_build_array(x, y)::text).")));
}

Pairs
pairs_of_histogram(const Histogram *histogram, const char *name)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "kldiv values of pairs", ALLOCSET_DEFAULT_SIZES);
	ValueList	rows = new_values(context, histogram->count);
	ValueList	columns = new_values(context, histogram->count);
	uint32	   *row_of = MemoryContextAllocHuge(CurrentMemoryContext, Max(histogram->count, 1) * sizeof(uint32));
	uint32	   *column_of = MemoryContextAllocHuge(CurrentMemoryContext, Max(histogram->count, 1) * sizeof(uint32));
	Pairs		pairs = {.row_labels = rows.labels, .column_labels = columns.labels};

	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		Label		label = histogram_label(histogram, bin);
		PairLabel	pair;

		CHECK_FOR_INTERRUPTS();
		if (!read_pair_label(label.bytes, label.length, run_slabs_interruptibly, &pair))
			refuse_label(label, name);
		row_of[bin] = number_of_value(&rows, pair.first, pair.first_length);
		column_of[bin] = number_of_value(&columns, pair.second, pair.second_length);
	}
	pairs.cells = (JointCells) {histogram->weights, row_of, column_of, histogram->count,
		rows.numbers->count, columns.numbers->count};
	MemoryContextDelete(context);
	return pairs;
}
