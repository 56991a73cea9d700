/*-------------------------------------------------------------------------
 *
 * average.c
 *	  avg(histogram): sum(h) / count(h), to the bit.
 *
 * Its state is a bytea: Citus, which knows aggregates by their names, has avg
 * computed as a sum and a count unless the state is of a type that it can send.
 * As bytes the state would be read and written for each row, so within a
 * process it is an expanded object around the same table as that of sum().
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "libpq/pqformat.h"
#include "utils/expandeddatum.h"
#include "utils/memutils.h"

#include "compatibility.h"
#include "histogram/aggregates.h"
#include "histogram/bin_table.h"
#include "histogram/histogram.h"

/* Bytes of a state: this version (32 bits), rows (64 bits), the table as aggregates.c sends it */
#define AVERAGE_VERSION 1
#define AVERAGE_HEADER 12

#define CONTEXT_NAME "kldiv averages"

typedef struct Average
{
	ExpandedObjectHeader header;
	BinTable   *table;			/* whose rows are the histograms that were added */
	bytea	   *bytes;			/* as they were last asked for, or NULL */
} Average;

static Size
size_of_bytes(ExpandedObjectHeader *header)
{
	Average    *average = (Average *) header;
	MemoryContext caller = MemoryContextSwitchTo(average->header.eoh_context);
	bytea	   *table = bytes_of_table(average->table);
	StringInfoData buffer;

	if (average->bytes != NULL)
		pfree(average->bytes);
	average->bytes = NULL;
	pq_begintypsend(&buffer);
	pq_sendint32(&buffer, AVERAGE_VERSION);
	pq_sendint64(&buffer, average->table->rows);
	pq_sendbytes(&buffer, VARDATA(table), (int) (VARSIZE(table) - VARHDRSZ));
	average->bytes = pq_endtypsend(&buffer);
	pfree(table);
	MemoryContextSwitchTo(caller);
	return VARSIZE(average->bytes);
}

static void
write_bytes(ExpandedObjectHeader *header, void *result, Size size)
{
	Average    *average = (Average *) header;

	Assert(average->bytes != NULL && size == VARSIZE(average->bytes));
	memcpy(result, average->bytes, size);
	pfree(average->bytes);
	average->bytes = NULL;
}

static const ExpandedObjectMethods average_methods = {size_of_bytes, write_bytes};

/*
 * The executor leaves an object where it is if its context is a child of the
 * aggregate's.  All groups share one, since hash aggregation visits every child
 * for each new group.  So no object may ever be deleted, which would delete the
 * context; the executor does so only when a transition returns another one.
 */
static MemoryContext
context_of_averages(MemoryContext parent)
{
	for (MemoryContext child = parent->firstchild; child != NULL; child = child->nextchild)
		if (child->name != NULL && strcmp(child->name, CONTEXT_NAME) == 0)
			return child;
	return AllocSetContextCreate(parent, CONTEXT_NAME, ALLOCSET_DEFAULT_SIZES);
}

static void
add_bytes(BinTable *table, bytea *bytes)
{
	StringInfoData message;
	int64		rows;

	message.data = VARDATA_ANY(bytes);
	message.len = message.maxlen = (int) VARSIZE_ANY_EXHDR(bytes);
	message.cursor = 0;
	if (message.len < AVERAGE_HEADER || pq_getmsgint(&message, 4) != AVERAGE_VERSION)
		elog(ERROR, "state of avg(histogram) is not of version %d", AVERAGE_VERSION);
	rows = pq_getmsgint64(&message);
	if (rows <= 0 || rows > PG_INT64_MAX - table->rows)
		elog(ERROR, "state of avg(histogram) has no possible number of rows");
	add_bytes_to_table(table, message.data + message.cursor, message.len - message.cursor);
	table->rows += rows;
}

/* The object in an argument; NULL if there are bytes instead */
static Average *
object_of_argument(FunctionCallInfo fcinfo, int argument)
{
	Datum		state = PG_GETARG_DATUM(argument);

	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(state)) ||
		DatumGetEOHP(state)->eoh_methods != &average_methods)
		return NULL;
	return (Average *) DatumGetEOHP(state);
}

/* The aggregate's own state in argument 0, or a new one that has what is there */
static Average *
own_average(FunctionCallInfo fcinfo)
{
	MemoryContext context = aggregate_context(fcinfo);
	Average    *average = PG_ARGISNULL(0) ? NULL : object_of_argument(fcinfo, 0);

	if (average != NULL && VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(PG_GETARG_DATUM(0))))
		return average;
	context = context_of_averages(context);
	average = MemoryContextAllocZero(context, sizeof(Average));
	EOH_init_header(&average->header, &average_methods, context);
	average->table = new_bin_table(context, false);
	if (!PG_ARGISNULL(0))
		add_bytes(average->table, PG_GETARG_BYTEA_PP(0));
	return average;
}

/* avg(histogram): adds one, label by label; NULL is skipped */
SQL_FUNCTION(kldiv_average_add)
{
	Average    *average;
	Histogram  *histogram;

	if (PG_ARGISNULL(1) && PG_ARGISNULL(0))
	{
		(void) aggregate_context(fcinfo);
		PG_RETURN_NULL();
	}
	average = own_average(fcinfo);
	if (PG_ARGISNULL(1))
		return EOHPGetRWDatum(&average->header);
	histogram = PG_GETARG_HISTOGRAM(1);
	add_histogram_to_table(average->table, histogram);
	average->table->rows++;
	PG_FREE_IF_COPY(histogram, 1);
	return EOHPGetRWDatum(&average->header);
}

SQL_FUNCTION(kldiv_average_combine)
{
	Average    *average;

	if (PG_ARGISNULL(1) && PG_ARGISNULL(0))
	{
		(void) aggregate_context(fcinfo);
		PG_RETURN_NULL();
	}
	average = own_average(fcinfo);
	if (!PG_ARGISNULL(1))
		add_bytes(average->table, PG_GETARG_BYTEA_PP(1));	/* an object, too, is flattened by this */
	return EOHPGetRWDatum(&average->header);
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
	const Average *average;
	BinTable   *table;

	(void) aggregate_context(fcinfo);
	average = object_of_argument(fcinfo, 0);
	if (average != NULL)
		return average_of_table(average->table);
	table = new_bin_table(CurrentMemoryContext, false);
	add_bytes(table, PG_GETARG_BYTEA_PP(0));
	return average_of_table(table);
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
