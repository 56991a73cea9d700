/*-------------------------------------------------------------------------
 *
 * kept_row_aggregates.c
 *	  The measures over rows that need all of them: jsd, js_distance,
 *	  total_variation, l_infinity.
 *
 * What a row adds to these depends on the totals of all rows, so the rows are
 * kept: 16 bytes each, in arrays that double when they are full.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#define PAIRS_VERSION 1
#define FIRST_CAPACITY 16
/* as many as an array can have */
#define MOST_PAIRS (MaxAllocSize / sizeof(float8) - 16)

typedef struct Pairs
{
	size_t		count;
	size_t		capacity;
	double	   *p;
	double	   *q;
} Pairs;

static void
refuse_more_pairs(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("too many rows in a group"),
			 errdetail("This aggregate keeps every row of a group, at most %zu.", (size_t) MOST_PAIRS),
			 errhint("Add up the weights of each bin first, so that a bin is one row.")));
}

static Pairs *
new_pairs(MemoryContext context, size_t capacity)
{
	Pairs	   *pairs = MemoryContextAlloc(context, sizeof(Pairs));

	pairs->count = 0;
	pairs->capacity = capacity;
	pairs->p = MemoryContextAllocHuge(context, capacity * sizeof(double));
	pairs->q = MemoryContextAllocHuge(context, capacity * sizeof(double));
	return pairs;
}

/* Makes room for count more pairs */
static void
reserve(Pairs *pairs, size_t count)
{
	size_t		capacity = pairs->capacity;

	if (count > MOST_PAIRS - pairs->count)
		refuse_more_pairs();
	while (capacity < pairs->count + count)
		capacity = Min(2 * capacity, MOST_PAIRS);
	if (capacity == pairs->capacity)
		return;
	pairs->p = repalloc_huge(pairs->p, capacity * sizeof(double));
	pairs->q = repalloc_huge(pairs->q, capacity * sizeof(double));
	pairs->capacity = capacity;
}

PG_FUNCTION_INFO_V1(kldiv_pairs_transition);
Datum
kldiv_pairs_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	Pairs	   *pairs = PG_ARGISNULL(0) ? new_pairs(context, FIRST_CAPACITY) :
		(Pairs *) PG_GETARG_POINTER(0);

	if (pairs->count == pairs->capacity)
		reserve(pairs, 1);
	pairs->p[pairs->count] = row_weight(fcinfo, 1, "p");
	pairs->q[pairs->count] = row_weight(fcinfo, 2, "q");
	pairs->count++;
	PG_RETURN_POINTER(pairs);
}

PG_FUNCTION_INFO_V1(kldiv_pairs_combine);
Datum
kldiv_pairs_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	Pairs	   *pairs;
	Pairs	   *other;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(PG_GETARG_POINTER(0));
	}
	other = (Pairs *) PG_GETARG_POINTER(1);
	pairs = PG_ARGISNULL(0) ? new_pairs(context, FIRST_CAPACITY) : (Pairs *) PG_GETARG_POINTER(0);
	reserve(pairs, other->count);
	memcpy(pairs->p + pairs->count, other->p, other->count * sizeof(double));
	memcpy(pairs->q + pairs->count, other->q, other->count * sizeof(double));
	pairs->count += other->count;
	PG_RETURN_POINTER(pairs);
}

PG_FUNCTION_INFO_V1(kldiv_pairs_serialize);
Datum
kldiv_pairs_serialize(PG_FUNCTION_ARGS)
{
	Pairs	   *pairs;
	StringInfoData buffer;

	(void) aggregate_context(fcinfo);
	pairs = (Pairs *) PG_GETARG_POINTER(0);
	if (pairs->count > (MaxAllocSize - 1024) / (2 * sizeof(double)))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in a group for a parallel plan"),
				 errhint("Set max_parallel_workers_per_gather to 0, or add up the weights of each bin first.")));
	pq_begintypsend(&buffer);
	enlargeStringInfo(&buffer, (int) (pairs->count * 2 * sizeof(double) + 16));
	pq_sendint32(&buffer, PAIRS_VERSION);
	pq_sendint64(&buffer, (int64) pairs->count);
	for (size_t i = 0; i < pairs->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendfloat8(&buffer, pairs->p[i]);
		pq_sendfloat8(&buffer, pairs->q[i]);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

PG_FUNCTION_INFO_V1(kldiv_pairs_deserialize);
Datum
kldiv_pairs_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *bytes;
	StringInfoData buffer;
	int64		count;
	Pairs	   *pairs;

	(void) aggregate_context(fcinfo);
	bytes = PG_GETARG_BYTEA_PP(0);
	initStringInfo(&buffer);
	appendBinaryStringInfo(&buffer, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	if (pq_getmsgint(&buffer, 4) != PAIRS_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("state of an unknown version")));
	count = pq_getmsgint64(&buffer);
	if (count < 0 || (size_t) count != (buffer.len - buffer.cursor) / (2 * sizeof(double)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("state is damaged")));
	pairs = new_pairs(CurrentMemoryContext, count > 0 ? (size_t) count : 1);
	for (int64 i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pairs->p[i] = pq_getmsgfloat8(&buffer);
		pairs->q[i] = pq_getmsgfloat8(&buffer);
	}
	pairs->count = (size_t) count;
	pq_getmsgend(&buffer);
	pfree(buffer.data);
	PG_RETURN_POINTER(pairs);
}

Datum
finish_pairs(FunctionCallInfo fcinfo, const Measure *measure)
{
	Parameters	parameters = DEFAULT_PARAMETERS;
	Pairs	   *pairs;
	Weights		p;
	Weights		q;

	(void) aggregate_context(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	pairs = (Pairs *) PG_GETARG_POINTER(0);
	p = dense_weights(pairs->p, pairs->count);
	q = dense_weights(pairs->q, pairs->count);
	return measure_weights(fcinfo, measure, &p, &q, &parameters);
}
