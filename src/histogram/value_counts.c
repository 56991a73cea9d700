/*-------------------------------------------------------------------------
 *
 * value_counts.c
 *	  The values of a column, counted by label, or by bin of edges.
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/value_counts.h"

#include "miscadmin.h"
#include "utils/float.h"

#include "histogram/aggregates.h"

const ValueLimits no_limits = {PG_UINT64_MAX, PG_UINT64_MAX};

void
begin_value_counts(ValueCounts *counts, MemoryContext context, ValueLimits limits, bool removable)
{
	memset(counts, 0, sizeof(ValueCounts));
	begin_bin_table(&counts->table, context, removable);
	counts->limits = limits;
	counts->least = get_float8_infinity();
	counts->greatest = -get_float8_infinity();
}

/* Forgets all values, of which there are too many, but for the number of rows, and gives their memory back */
void
give_up_counting(ValueCounts *counts)
{
	char		room[LABEL_ROOM];
	uint32		position = 0;
	TableBin	bin;

	Assert(!counts->by_bin);
	end_kept_values(&counts->kept, &counts->table);
	while (next_table_bin(&counts->table, &position, &bin, room))
		counts->forgotten += (int64) bin.weight;
	end_bin_table(&counts->table);
	counts->too_many = true;
}

/* Forgets everything if what was added last was too much */
static void
see_to_limits(ValueCounts *counts)
{
	if (counts->table.count > counts->limits.values || counts->table.label_bytes > counts->limits.label_bytes)
		give_up_counting(counts);
}

/* Counts a value, which is not NULL, by its label */
pg_noinline void
count_by_label(ValueCounts *counts, Labeller *labeller, Datum value)
{
	if (counts->too_many)
	{
		counts->forgotten++;
		return;
	}
	if (!count_known_value(&counts->table, labeller->form, value))
	{
		if (!count_value(&counts->table, labeller, value, counts->limits.label_bytes))
		{
			give_up_counting(counts);
			counts->forgotten++;
		}
		else
			see_to_limits(counts);
	}
	if (!counts->too_many)
		keep_value(&counts->kept, &counts->table, labeller->form, value);
}

/* Takes a number of one of the outer bins, which are open */
void
widen_range(ValueCounts *counts, double number)
{
	if (isinf(number))
		return;
	counts->least = Min(counts->least, number);
	counts->greatest = Max(counts->greatest, number);
}

/* Makes room for the bins between edges, which have to outlive the counts */
void
begin_bins_of_edges(ValueCounts *counts, Edges *edges)
{
	Assert(counts->edges == NULL);
	counts->by_bin = true;
	counts->bins = MemoryContextAllocZero(counts->table.context, (edges->count + 3) * sizeof(int64));
	counts->edges = edges;
}

Label
label_of_counted_bin(Edges *edges, int bin)
{
	return bin == null_bin(edges) ? NULL_LABEL : bin == nan_bin(edges) ? NAN_LABEL : text_label(label_of_bin(edges, bin));
}

/* All that was counted by label: a new table in the current memory context, unless that is how it was counted */
const BinTable *
table_of_counts(ValueCounts *counts)
{
	BinTable   *table;

	Assert(!counts->too_many);
	move_kept_values(&counts->kept, &counts->table);
	if (counts->edges == NULL)
		return &counts->table;
	table = new_bin_table(CurrentMemoryContext, false);
	add_table_to_table(table, &counts->table);
	for (int bin = 0; bin <= nan_bin(counts->edges); bin++)
		if (counts->bins[bin] > 0)
			add_to_table(table, label_of_counted_bin(counts->edges, bin), (double) counts->bins[bin]);
	return table;
}

/* Adds what others counted */
void
add_value_counts(ValueCounts *counts, ValueCounts *other)
{
	const BinTable *table;
	char		room[LABEL_ROOM];
	uint32		position = 0;
	TableBin	bin;

	if (other->too_many)
	{
		if (!counts->too_many)
			give_up_counting(counts);
		counts->forgotten += other->forgotten;
		return;
	}
	counts->by_bin |= other->by_bin;
	counts->least = Min(counts->least, other->least);
	counts->greatest = Max(counts->greatest, other->greatest);
	table = table_of_counts(other);
	while (next_table_bin(table, &position, &bin, room))
	{
		CHECK_FOR_INTERRUPTS();
		if (counts->too_many)
		{
			counts->forgotten += (int64) bin.weight;
			continue;
		}
		add_sum_to_table(&counts->table, bin.label, bin.weight, bin.rest, table->width);
		if (!counts->by_bin)
			see_to_limits(counts);
	}
	counts->table.rows += other->table.rows;
}

Histogram *
histogram_of_counts(ValueCounts *counts)
{
	return histogram_of_table(table_of_counts(counts));
}
