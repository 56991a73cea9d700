/*-------------------------------------------------------------------------
 *
 * text_aggregate.c
 *	  text_histogram_agg(text): counts texts, in parts wherever they are.
 *
 * The result is that of histogram_agg(text), to the bit, but its state is of the
 * type histogram, which every Citus can send: its workers count, and send
 * counts.  Counts are whole numbers, so that nothing is lost when a state is made
 * a histogram; fractional weights would lose the error terms of their sums.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "histogram/aggregates.h"
#include "histogram/histogram.h"
#include "histogram/table_object.h"

static struct varlena *
histogram_of_counts(const BinTable *table)
{
	return (struct varlena *) histogram_of_table(table);
}

static void
add_counts(BinTable *table, struct varlena *value)
{
	add_histogram_to_table(table, datum_histogram(PointerGetDatum(value)));
}

static const TableForm counts_form = {table_object_methods, histogram_of_counts, add_counts};

/* text_histogram_agg(text): counts a value; NULL is skipped */
SQL_FUNCTION(kldiv_text_histogram_add)
{
	TableObject *counts;
	text	   *value;

	if (PG_ARGISNULL(1))
		return unchanged_table_object(fcinfo);
	counts = own_table_object(fcinfo, &counts_form);
	value = PG_GETARG_TEXT_PP(1);
	count_in_table(counts->table, text_label(value));
	PG_FREE_IF_COPY(value, 1);
	return EOHPGetRWDatum(&counts->header);
}

SQL_FUNCTION(kldiv_text_histogram_combine)
{
	return combine_table_objects(fcinfo, &counts_form);
}

/* STRICT: NULL if there was no value */
SQL_FUNCTION(kldiv_text_histogram_final)
{
	PG_RETURN_HISTOGRAM(histogram_of_table(table_of_state(fcinfo, &counts_form)));
}
