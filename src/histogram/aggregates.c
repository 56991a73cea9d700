/*-------------------------------------------------------------------------
 *
 * aggregates.c
 *	  histogram_agg(value), histogram_agg(value, weight), sum(histogram).
 *
 * Their state is a BinTable in the aggregate's own memory, which all groups
 * share: with a context for each group, hash aggregation would take quadratic
 * time.  Final functions leave it as it is.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "histogram/aggregates.h"
#include "histogram/bin_table.h"
#include "histogram/bytes.h"
#include "histogram/count_value.h"
#include "histogram/histogram.h"
#include "histogram/label_of_value.h"
#include "input/findings.h"

/* The state in argument 0, which only an aggregate can have made, or a new one */
static inline BinTable *
own_table(FunctionCallInfo fcinfo, bool removable)
{
	return PG_ARGISNULL(0) ? new_bin_table(aggregate_context(fcinfo), removable) :
		(BinTable *) PG_GETARG_POINTER(0);
}

/* Adds what another table has, and its rows */
void
add_table_to_table(BinTable *table, const BinTable *other)
{
	char		room[LABEL_ROOM];
	uint32		position = 0;
	TableBin	bin;

	while (next_table_bin(other, &position, &bin, room))
	{
		CHECK_FOR_INTERRUPTS();
		add_sum_to_table(table, bin.label, bin.weight, bin.rest, other->width);
	}
	table->rows += other->rows;
}

/* A state in which nothing is yet is no state */
static Datum
table_or_null(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/* The weight of a row: argument 2 if there is one; NULL is a label that was not seen */
static inline double
weight_of_row(FunctionCallInfo fcinfo)
{
	return PG_NARGS() > 2 ? row_weight(fcinfo, 2, "weight") + 0.0 : 1.0;
}

/* NULL adds nothing; but in a moving frame, where rows are removable, there must be a state */
static Datum
add_nothing(FunctionCallInfo fcinfo, bool removable)
{
	if (removable)
		PG_RETURN_POINTER(own_table(fcinfo, true));
	return table_or_null(fcinfo);
}

static inline Datum
add_value(FunctionCallInfo fcinfo, bool removable)
{
	BinTable   *table;
	Labeller   *labeller;
	double		weight = weight_of_row(fcinfo);

	if (PG_ARGISNULL(1))
		return add_nothing(fcinfo, removable);
	labeller = labeller_of_argument(fcinfo, 1);
	table = own_table(fcinfo, removable);
	if (PG_NARGS() > 2)
		add_to_table(table, labeller->label_of(labeller, PG_GETARG_DATUM(1)), weight);
	else if (!count_known_value(table, labeller->form, PG_GETARG_DATUM(1)))
		(void) count_value(table, labeller, PG_GETARG_DATUM(1), SIZE_MAX);
	table->rows++;
	PG_RETURN_POINTER(table);
}

/* histogram_agg: adds a row; NULL values are skipped, a NULL weight is 0 */
SQL_FUNCTION(kldiv_histogram_add_value)
{
	return add_value(fcinfo, false);
}

/* The transition in a moving frame, where rows will leave again */
SQL_FUNCTION(kldiv_histogram_move_in_value)
{
	return add_value(fcinfo, true);
}

/*
 * Takes a row out of a moving frame, which leaves the sums of the rows that
 * stay, to the bit, since sums are exact.  After one that overflowed NULL makes
 * the executor begin the frame anew.  The same gets rid of a table that has
 * become too large for the few labels that are left.
 */
static Datum
move_out(FunctionCallInfo fcinfo, void (*take_out) (FunctionCallInfo fcinfo, BinTable *table))
{
	BinTable   *table;

	(void) aggregate_context(fcinfo);
	if (PG_ARGISNULL(1) || PG_ARGISNULL(0))
		return table_or_null(fcinfo);
	table = (BinTable *) PG_GETARG_POINTER(0);
	if (!table_is_worth_removing_from(table))
		PG_RETURN_NULL();
	take_out(fcinfo, table);
	table->rows--;
	PG_RETURN_POINTER(table);
}

static void
take_out_value(FunctionCallInfo fcinfo, BinTable *table)
{
	Labeller   *labeller = labeller_of_argument(fcinfo, 1);

	remove_from_table(table, labeller->label_of(labeller, PG_GETARG_DATUM(1)), weight_of_row(fcinfo));
}

SQL_FUNCTION(kldiv_histogram_move_out_value)
{
	return move_out(fcinfo, take_out_value);
}

static Datum
add_histogram(FunctionCallInfo fcinfo, bool removable)
{
	BinTable   *table;
	Histogram  *histogram;

	if (PG_ARGISNULL(1))
		return add_nothing(fcinfo, removable);
	table = own_table(fcinfo, removable);
	histogram = PG_GETARG_HISTOGRAM(1);
	add_histogram_to_table(table, histogram);
	table->rows++;
	PG_FREE_IF_COPY(histogram, 1);
	PG_RETURN_POINTER(table);
}

/* sum(histogram): adds one, label by label; NULL is skipped */
SQL_FUNCTION(kldiv_histogram_add)
{
	return add_histogram(fcinfo, false);
}

SQL_FUNCTION(kldiv_histogram_move_in)
{
	return add_histogram(fcinfo, true);
}

static void
take_out_histogram(FunctionCallInfo fcinfo, BinTable *table)
{
	Histogram  *histogram = PG_GETARG_HISTOGRAM(1);

	remove_histogram_from_table(table, histogram);
	PG_FREE_IF_COPY(histogram, 1);
}

SQL_FUNCTION(kldiv_histogram_move_out)
{
	return move_out(fcinfo, take_out_histogram);
}

SQL_FUNCTION(kldiv_histogram_combine)
{
	BinTable   *table;

	if (PG_ARGISNULL(1))
		return table_or_null(fcinfo);
	table = own_table(fcinfo, false);
	add_table_to_table(table, (const BinTable *) PG_GETARG_POINTER(1));
	PG_RETURN_POINTER(table);
}

/* A table on its way to another process: see formats/histogram_wire.h */
void
send_table(StringInfo buffer, const BinTable *table)
{
	char		room[LABEL_ROOM];
	uint32		position = 0;
	TableBin	bin;

	pq_sendint32(buffer, table->width > 0 ? HISTOGRAM_SUMS_VERSION : HISTOGRAM_WIRE_VERSION);
	pq_sendint32(buffer, table->count);
	if (table->width > 0)
		pq_sendint32(buffer, (uint32) table->width);
	while (next_table_bin(table, &position, &bin, room))
	{
		CHECK_FOR_INTERRUPTS();
		send_bin(buffer, bin.label, bin.weight, bin.rest, table->width);
	}
}

bytea *
bytes_of_table(const BinTable *table)
{
	StringInfoData buffer;

	pq_begintypsend(&buffer);
	send_table(&buffer, table);
	return pq_endtypsend(&buffer);
}

/* Adds what such bytes hold to a table, or refuses them */
void
add_bytes_to_table(BinTable *table, const char *bytes, size_t length)
{
	WireReader	reader;
	WireBin		bin;

	begin_sums_wire(&reader, bytes, length);
	while (next_wire_bin(&reader, &bin))
	{
		Label		label = {bin.label, bin.length};

		CHECK_FOR_INTERRUPTS();
		if (bin.weight != INFINITY)	/* sums may have overflowed */
			check_wire_weight(label, bin.weight);
		check_wire_rest(label, bin.rest, (int) reader.width);
		add_sum_to_table(table, label, bin.weight, bin.rest, (int) reader.width);
	}
	refuse_damaged_wire(&reader);
}

SQL_FUNCTION(kldiv_histogram_serialize)
{
	(void) aggregate_context(fcinfo);
	PG_RETURN_BYTEA_P(bytes_of_table((const BinTable *) PG_GETARG_POINTER(0)));
}

SQL_FUNCTION(kldiv_histogram_deserialize)
{
	BinTable   *table;
	bytea	   *bytes;

	(void) aggregate_context(fcinfo);
	bytes = PG_GETARG_BYTEA_PP(0);
	table = new_bin_table(CurrentMemoryContext, false);
	add_bytes_to_table(table, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	table->rows = 1;			/* states without rows do not travel */
	PG_RETURN_POINTER(table);
}

/* NULL if no value was seen */
SQL_FUNCTION(kldiv_histogram_final)
{
	const BinTable *table;

	(void) aggregate_context(fcinfo);
	table = PG_ARGISNULL(0) ? NULL : (const BinTable *) PG_GETARG_POINTER(0);
	if (table == NULL || table->rows == 0)
		PG_RETURN_NULL();
	PG_RETURN_HISTOGRAM(histogram_of_table(table));
}
