/*-------------------------------------------------------------------------
 *
 * value_counts.c
 *	  The values of a column, counted by label, or by bin of edges.
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/value_counts.h"

#include "miscadmin.h"

#include "histogram/aggregates.h"

void
begin_value_counts(ValueCounts *counts, MemoryContext context, const ValueLimits *limits)
{
	begin_bin_table(&counts->table, context, false);
	counts->limits = limits;
	counts->too_many = false;
	counts->edges = NULL;
	counts->bins = NULL;
}

/* Forgets all values, and gives their memory back */
static void
give_up(ValueCounts *counts)
{
	end_bin_table(&counts->table);
	counts->too_many = true;
}

/* Whether one more label is too many */
static bool
is_too_much(const ValueCounts *counts, Label label)
{
	return counts->limits != NULL && label.length > counts->limits->label_bytes;
}

/* Gives up if what was added last was too much */
static void
see_to_limits(ValueCounts *counts)
{
	if (counts->limits != NULL &&
		(counts->table.count > counts->limits->values || counts->table.label_bytes > counts->limits->label_bytes))
		give_up(counts);
}

void
count_label(ValueCounts *counts, Label label)
{
	if (counts->too_many)
		return;
	if (is_too_much(counts, label))
		give_up(counts);
	else
	{
		count_in_table(&counts->table, label);
		see_to_limits(counts);
	}
}

/* Makes room for the bins between edges, which have to outlive the counts */
void
begin_bins_of_edges(ValueCounts *counts, Edges *edges)
{
	Assert(counts->edges == NULL);
	counts->limits = NULL;		/* bins are never too many */
	counts->bins = MemoryContextAllocZero(counts->table.context, (edges->count + 3) * sizeof(int64));
	counts->edges = edges;
}

static Label
label_of_counted_bin(Edges *edges, int bin)
{
	return bin == null_bin(edges) ? NULL_LABEL : bin == nan_bin(edges) ? NAN_LABEL : text_label(label_of_bin(edges, bin));
}

/* All that was counted by label: a new table in the current memory context, unless that is how it was counted */
const BinTable *
table_of_counts(const ValueCounts *counts)
{
	BinTable   *table;

	Assert(!counts->too_many);
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
add_value_counts(ValueCounts *counts, const ValueCounts *other)
{
	const BinTable *table;
	char		short_label[SHORT_LABEL];
	uint32		position = 0;
	TableBin	bin;

	if (other->too_many && !counts->too_many)
		give_up(counts);
	if (counts->too_many)
		return;
	if (other->limits == NULL)
		counts->limits = NULL;
	table = table_of_counts(other);
	while (!counts->too_many && next_table_bin(table, &position, &bin, short_label))
	{
		CHECK_FOR_INTERRUPTS();
		add_sum_to_table(&counts->table, bin.label, bin.weight, bin.rest, table->width);
		see_to_limits(counts);
	}
	counts->table.rows += other->table.rows;
}

Histogram *
histogram_of_counts(const ValueCounts *counts)
{
	return histogram_of_table(table_of_counts(counts));
}
