/*-------------------------------------------------------------------------
 *
 * average.c
 *	  avg(histogram): sum(h) / count(h), to the bit.
 *
 * Its state is a bytea: Citus would have avg computed as a sum and a count
 * unless the state is of a type that it can send.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "libpq/pqformat.h"

#include "compatibility.h"
#include "histogram/aggregates.h"
#include "histogram/histogram.h"
#include "histogram/table_object.h"

/* Bytes of a state: this version (32 bits), rows (64 bits), the table as aggregates.c sends it */
#define AVERAGE_VERSION 1
#define AVERAGE_HEADER 12

/* The rows of the table are the histograms that were added */
static struct varlena *
bytes_of_average(const BinTable *table)
{
	bytea	   *bins = bytes_of_table(table);
	StringInfoData buffer;

	pq_begintypsend(&buffer);
	pq_sendint32(&buffer, AVERAGE_VERSION);
	pq_sendint64(&buffer, table->rows);
	pq_sendbytes(&buffer, VARDATA(bins), (int) (VARSIZE(bins) - VARHDRSZ));
	pfree(bins);
	return pq_endtypsend(&buffer);
}

static void
add_bytes(BinTable *table, struct varlena *bytes)
{
	StringInfoData message;
	int64		rows;

	message.data = VARDATA_ANY(bytes);
	message.len = message.maxlen = (int) VARSIZE_ANY_EXHDR(bytes);
	message.cursor = 0;
	if (message.len < AVERAGE_HEADER || pq_getmsgint(&message, 4) != AVERAGE_VERSION)
		refuse_state("of an unknown version");
	rows = pq_getmsgint64(&message);
	if (rows <= 0 || rows > PG_INT64_MAX - table->rows)
		refuse_state("damaged");
	add_bytes_to_table(table, message.data + message.cursor, message.len - message.cursor);
	table->rows += rows;
}

static const TableForm average_form = {table_object_methods, bytes_of_average, add_bytes};

/* avg(histogram): adds one, label by label; NULL is skipped */
SQL_FUNCTION(kldiv_average_add)
{
	TableObject *average;
	Histogram  *histogram;

	if (PG_ARGISNULL(1))
		return unchanged_table_object(fcinfo);
	average = own_table_object(fcinfo, &average_form);
	histogram = PG_GETARG_HISTOGRAM(1);
	add_histogram_to_table(average->table, histogram);
	average->table->rows++;
	PG_FREE_IF_COPY(histogram, 1);
	return EOHPGetRWDatum(&average->header);
}

SQL_FUNCTION(kldiv_average_combine)
{
	return combine_table_objects(fcinfo, &average_form);
}

static Datum
average_of_table(const BinTable *table)
{
	if (table->rows == 0)
		return (Datum) 0;
	return PointerGetDatum(divide_histogram(histogram_of_table(table), (double) table->rows));
}

/* STRICT: NULL if there was no histogram */
SQL_FUNCTION(kldiv_average_final)
{
	return average_of_table(table_of_state(fcinfo, &average_form));
}

/* The same of the state of sum() in a moving frame */
SQL_FUNCTION(kldiv_average_moving_final)
{
	const BinTable *table;

	(void) aggregate_context(fcinfo);
	table = (const BinTable *) PG_GETARG_POINTER(0);
	if (table->rows == 0)
		PG_RETURN_NULL();
	return average_of_table(table);
}
