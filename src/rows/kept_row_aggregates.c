/*-------------------------------------------------------------------------
 *
 * kept_row_aggregates.c
 *	  What needs all rows: jsd, js_distance, total_variation, l_infinity, and
 *	  tests of counts.
 *
 * What a row adds to these depends on the totals of all rows, so the rows are
 * kept: 16 bytes each, in arrays that double when they are full.
 *
 *-------------------------------------------------------------------------
 */
#include "rows/kept_row_aggregates.h"

#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "input/findings.h"

#define KEPT_ROWS_VERSION 1
#define FIRST_CAPACITY 16
/* as many as an array can have */
#define MOST_ROWS (MaxAllocSize / sizeof(float8) - 16)

typedef struct KeptRows
{
	size_t		count;
	size_t		capacity;
	double	   *p;
	double	   *q;
} KeptRows;

static void
refuse_more_rows(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("too many rows in a group"),
			 errdetail("This aggregate keeps every row of a group, at most %zu.", (size_t) MOST_ROWS),
			 errhint("Add up the weights of each bin first, so that a bin is one row.")));
}

static KeptRows *
new_rows(MemoryContext context, size_t capacity)
{
	KeptRows   *rows = MemoryContextAlloc(context, sizeof(KeptRows));

	rows->count = 0;
	rows->capacity = capacity;
	rows->p = MemoryContextAllocHuge(context, capacity * sizeof(double));
	rows->q = MemoryContextAllocHuge(context, capacity * sizeof(double));
	return rows;
}

/* Makes room for count more rows */
static void
reserve(KeptRows *rows, size_t count)
{
	size_t		capacity = rows->capacity;

	if (count > MOST_ROWS - rows->count)
		refuse_more_rows();
	while (capacity < rows->count + count)
		capacity = Min(2 * capacity, MOST_ROWS);
	if (capacity == rows->capacity)
		return;
	rows->p = repalloc_huge(rows->p, capacity * sizeof(double));
	rows->q = repalloc_huge(rows->q, capacity * sizeof(double));
	rows->capacity = capacity;
}

SQL_FUNCTION(kldiv_pairs_transition)
{
	MemoryContext context = aggregate_context(fcinfo);
	KeptRows   *rows = PG_ARGISNULL(0) ? new_rows(context, FIRST_CAPACITY) :
		(KeptRows *) PG_GETARG_POINTER(0);

	if (rows->count == rows->capacity)
		reserve(rows, 1);
	Assert(rows->count < rows->capacity);
	rows->p[rows->count] = row_weight(fcinfo, 1, "p");
	rows->q[rows->count] = row_weight(fcinfo, 2, "q");
	rows->count++;
	PG_RETURN_POINTER(rows);
}

SQL_FUNCTION(kldiv_pairs_combine)
{
	MemoryContext context = aggregate_context(fcinfo);
	KeptRows   *rows;
	KeptRows   *other;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(PG_GETARG_POINTER(0));
	}
	other = (KeptRows *) PG_GETARG_POINTER(1);
	rows = PG_ARGISNULL(0) ? new_rows(context, FIRST_CAPACITY) : (KeptRows *) PG_GETARG_POINTER(0);
	reserve(rows, other->count);
	Assert(rows->count + other->count <= rows->capacity);
	memcpy(rows->p + rows->count, other->p, other->count * sizeof(double));
	memcpy(rows->q + rows->count, other->q, other->count * sizeof(double));
	rows->count += other->count;
	PG_RETURN_POINTER(rows);
}

SQL_FUNCTION(kldiv_pairs_serialize)
{
	KeptRows   *rows;
	StringInfoData buffer;

	(void) aggregate_context(fcinfo);
	rows = (KeptRows *) PG_GETARG_POINTER(0);
	if (rows->count > (MaxAllocSize - 1024) / (2 * sizeof(double)))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in a group for a parallel plan"),
				 errhint("Set max_parallel_workers_per_gather to 0, or add up the weights of each bin first.")));
	pq_begintypsend(&buffer);
	enlargeStringInfo(&buffer, (int) (rows->count * 2 * sizeof(double) + 16));
	pq_sendint32(&buffer, KEPT_ROWS_VERSION);
	pq_sendint64(&buffer, (int64) rows->count);
	for (size_t i = 0; i < rows->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendfloat8(&buffer, rows->p[i]);
		pq_sendfloat8(&buffer, rows->q[i]);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

SQL_FUNCTION(kldiv_pairs_deserialize)
{
	bytea	   *bytes;
	StringInfoData buffer;
	int64		count;
	KeptRows   *rows;

	(void) aggregate_context(fcinfo);
	bytes = PG_GETARG_BYTEA_PP(0);
	initStringInfo(&buffer);
	appendBinaryStringInfo(&buffer, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	if (pq_getmsgint(&buffer, 4) != KEPT_ROWS_VERSION)
		refuse_state("of an unknown version");
	count = pq_getmsgint64(&buffer);
	if (count < 0 || (size_t) count != (buffer.len - buffer.cursor) / (2 * sizeof(double)))
		refuse_state("damaged");
	rows = new_rows(CurrentMemoryContext, count > 0 ? (size_t) count : 1);
	for (int64 i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		rows->p[i] = pq_getmsgfloat8(&buffer);
		rows->q[i] = pq_getmsgfloat8(&buffer);
	}
	rows->count = (size_t) count;
	pq_getmsgend(&buffer);
	pfree(buffer.data);
	PG_RETURN_POINTER(rows);
}

bool
kept_rows(FunctionCallInfo fcinfo, Weights *p, Weights *q)
{
	KeptRows   *rows;

	(void) aggregate_context(fcinfo);
	if (PG_ARGISNULL(0))
		return false;
	rows = (KeptRows *) PG_GETARG_POINTER(0);
	*p = dense_weights(rows->p, rows->count);
	*q = dense_weights(rows->q, rows->count);
	return true;
}

Datum
finish_kept_rows(FunctionCallInfo fcinfo, const Measure *measure)
{
	Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
	Weights		p;
	Weights		q;

	if (!kept_rows(fcinfo, &p, &q))
		PG_RETURN_NULL();
	return value_of_weights(fcinfo, measure, &p, &q, &parameters);
}
