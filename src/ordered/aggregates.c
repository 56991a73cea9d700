/*-------------------------------------------------------------------------
 *
 * aggregates.c
 *	  Ordered measures over rows: wasserstein_distance(p, q, x) and so on.
 *
 * A row adds weight p to one side and q to the other at x, which may be a raw
 * value or a bin; equal x add up.  All rows of a group are kept (kept_points.c).
 *
 * The states of all measures are the same, so that measures of the same columns
 * share one.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "input/findings.h"
#include "math/ordered/points.h"
#include "ordered/kept_points.h"
#include "ordered/points.h"

#define ORDERED_STATE_VERSION 1

static inline uint64
bits_of_argument(FunctionCallInfo fcinfo, int argument)
{
	float8		value = PG_GETARG_FLOAT8(argument);
	uint64		bits;

	memcpy(&bits, &value, sizeof(bits));
	return bits;
}

static pg_noinline bool
make_room_for_plain_row(KeptPoints *kept, FunctionCallInfo fcinfo)
{
	return make_room_in_place(kept, aggregate_context(fcinfo));
}

/*
 * Adds a row that weighs 1 on one side, at a finite position, to a state that
 * there is.  Nothing is computed, bits are compared and moved.  Which side it is
 * cannot be foreseen, so nothing is decided by it.
 */
static inline Datum
add_plain_row(FunctionCallInfo fcinfo)
{
	const uint64 one = UINT64CONST(0x3FF0000000000000);
	const uint64 infinity = UINT64CONST(0x7FF0000000000000);
	const uint64 minus_zero = UINT64CONST(0x8000000000000000);
	KeptPoints *kept;
	uint64		p;
	uint64		q;
	uint64		x;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return (Datum) 0;
	p = bits_of_argument(fcinfo, 1);
	q = bits_of_argument(fcinfo, 2);
	x = bits_of_argument(fcinfo, 3);
	if (((p ^ q) != one) | ((p != 0) & (q != 0)) | ((x & infinity) == infinity) | (x == minus_zero))
		return (Datum) 0;
	kept = (KeptPoints *) PG_GETARG_POINTER(0);
	if (unlikely(kept->recent.count == BATCH_POINTS) && !make_room_for_plain_row(kept, fcinfo))
		return (Datum) 0;
	keep_point(kept, PG_GETARG_FLOAT8(3), q != 0);
	PG_RETURN_POINTER(kept);
}

/*
 * Adds a row: weights p and q at x.  A NULL weight is 0, and a row without x is
 * skipped, though a wrong weight in it is an error.
 */
SQL_FUNCTION_BEHIND(add_plain_row, kldiv_ordered_transition)
{
	MemoryContext memory = aggregate_context(fcinfo);
	KeptPoints *kept = PG_ARGISNULL(0) ? new_kept_points(memory) : (KeptPoints *) PG_GETARG_POINTER(0);
	double		p = row_weight(fcinfo, 1, "p");
	double		q = row_weight(fcinfo, 2, "q");
	double		x;

	if (PG_ARGISNULL(3))
		PG_RETURN_POINTER(kept);
	x = PG_GETARG_FLOAT8(3);
	if (unlikely(isnan(x)))
		refuse_nan("x", "position", -1, "nullif(x, 'NaN') leaves such rows out.");
	x += 0.0;					/* not -0 */
	if ((p == 1.0 && q == 0.0) || (p == 0.0 && q == 1.0))
	{
		kept = make_room_for_point(kept, memory);
		keep_point(kept, x, q == 1.0);
	}
	else if (p != 0.0 || q != 0.0)
	{
		kept = make_lists(kept, memory);
		add_to_list(&kept->sides[0], x, p);
		add_to_list(&kept->sides[1], x, q);
	}
	PG_RETURN_POINTER(kept);
}

/* Few points stay where few are, so that groups that had a worker each take no more memory than others */
static KeptPoints *
add_few(KeptPoints *kept, const PointList lists[2], MemoryContext memory)
{
	for (int i = 0; i < 2; i++)
		for (size_t j = 0; j < lists[i].count; j++)
		{
			kept = make_room_for_point(kept, memory);
			keep_point(kept, lists[i].values[j], i == 1);
		}
	return kept;
}

SQL_FUNCTION(kldiv_ordered_combine)
{
	MemoryContext memory = aggregate_context(fcinfo);
	KeptPoints *kept;
	FewKeptPoints room;
	PointList	lists[2];

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(PG_GETARG_POINTER(0));
	}
	points_in_order((KeptPoints *) PG_GETARG_POINTER(1), &room, lists);
	if (lists[0].count + lists[1].count <= FEW_KEPT_POINTS && lists[0].weights == NULL && lists[1].weights == NULL)
		PG_RETURN_POINTER(add_few(PG_ARGISNULL(0) ? new_kept_points(memory) : (KeptPoints *) PG_GETARG_POINTER(0), lists, memory));
	/* there will be as many from another process */
	kept = PG_ARGISNULL(0) ? new_kept_lists(memory, 2 * (size_t) lists[0].count, 2 * (size_t) lists[1].count) :
		make_lists((KeptPoints *) PG_GETARG_POINTER(0), memory);
	add_list(&kept->sides[0], &lists[0]);
	add_list(&kept->sides[1], &lists[1]);
	PG_RETURN_POINTER(kept);
}

static Size
bytes_of_list(const PointList *points)
{
	return 16 + points->count * sizeof(double) * (points->weights != NULL ? 2 : 1);
}

static inline void
write_number(StringInfo buffer, double number)
{
	uint64		bits;

	memcpy(&bits, &number, sizeof(bits));
	pq_writeint64(buffer, bits);
}

/* There is room for all of them, so that each takes but a moment of the millions that there may be */
static void
send_list(StringInfo buffer, const PointList *points)
{
	pq_sendint64(buffer, (int64) points->count);
	pq_sendint32(buffer, points->weights != NULL);
	for (size_t i = 0; i < points->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		write_number(buffer, points->values[i]);
		if (points->weights != NULL)
			write_number(buffer, points->weights[i]);
	}
}

/* A worker sorts what it has before it sends that: the leader has only to merge */
SQL_FUNCTION(kldiv_ordered_serialize)
{
	KeptPoints *kept;
	FewKeptPoints room;
	PointList	lists[2];
	Size		bytes;
	StringInfoData buffer;

	(void) aggregate_context(fcinfo);
	kept = (KeptPoints *) PG_GETARG_POINTER(0);
	compact_lists(kept);
	points_in_order(kept, &room, lists);
	bytes = bytes_of_list(&lists[0]) + bytes_of_list(&lists[1]);
	if (bytes > MaxAllocSize - 1024)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in a group for a parallel plan"),
				 errhint("Set max_parallel_workers_per_gather to 0, or add up the rows of each value first.")));
	pq_begintypsend(&buffer);
	enlargeStringInfo(&buffer, (int) bytes);
	pq_sendint32(&buffer, ORDERED_STATE_VERSION);
	send_list(&buffer, &lists[0]);
	send_list(&buffer, &lists[1]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

static inline double
read_number(const char **bytes)
{
	uint64		bits;
	double		number;

	memcpy(&bits, *bytes, sizeof(bits));
	*bytes += sizeof(bits);
	bits = pg_ntoh64(bits);
	memcpy(&number, &bits, sizeof(number));
	return number;
}

static void
receive_list(StringInfo buffer, Side *side)
{
	int64		count = pq_getmsgint64(buffer);
	int			is_weighted = (int) pq_getmsgint(buffer, 4);
	Size		bytes = is_weighted ? 2 * sizeof(double) : sizeof(double);
	bool		in_order = true;
	double		last = -INFINITY;
	const char *next;

	if (count < 0 || (size_t) count > (Size) (buffer->len - buffer->cursor) / bytes || is_weighted < 0 || is_weighted > 1)
		refuse_state("damaged");
	begin_list(side, CurrentMemoryContext, Max((size_t) count, 1));
	next = pq_getmsgbytes(buffer, (int) ((Size) count * bytes));
	for (int64 i = 0; i < count; i++)
	{
		double		value = read_number(&next) + 0.0;
		double		weight = is_weighted ? read_number(&next) : 1.0;

		CHECK_FOR_INTERRUPTS();
		if (isnan(value) || !(weight > 0.0 && weight <= DBL_MAX))
			refuse_state("damaged");
		in_order &= value >= last;
		last = value;
		if (is_weighted)
			add_to_list(side, value, weight);
		else
			side->points.values[side->points.count++] = value;
	}
	if (in_order)
		side->sorted = side->points.count;
	check_list(side);
}

SQL_FUNCTION(kldiv_ordered_deserialize)
{
	bytea	   *bytes;
	StringInfoData buffer;
	KeptPoints *kept;

	(void) aggregate_context(fcinfo);
	bytes = PG_GETARG_BYTEA_PP(0);
	buffer.data = VARDATA_ANY(bytes);
	buffer.len = buffer.maxlen = (int) VARSIZE_ANY_EXHDR(bytes);
	buffer.cursor = 0;
	if (pq_getmsgint(&buffer, 4) != ORDERED_STATE_VERSION)
		refuse_state("of an unknown version");
	kept = MemoryContextAlloc(CurrentMemoryContext, sizeof(KeptPoints));
	kept->recent = (PointBatch) {.has_lists = true};
	receive_list(&buffer, &kept->sides[0]);
	receive_list(&buffer, &kept->sides[1]);
	pq_getmsgend(&buffer);
	PG_RETURN_POINTER(kept);
}

static Datum
value_of_rows(FunctionCallInfo fcinfo, const OrderedMeasure *measure)
{
	FewKeptPoints room;
	PointList	lists[2];

	(void) aggregate_context(fcinfo);
	points_in_order((KeptPoints *) PG_GETARG_POINTER(0), &room, lists);
	return return_value_of_points(fcinfo, measure, &lists[0], &lists[1], "p", "q");
}

#define DEFINE_FINAL_FUNCTION(name) \
SQL_FUNCTION(kldiv_ ## name ## _final) \
{ \
	return value_of_rows(fcinfo, &name ## _measure); \
}

FOR_EACH_ORDERED_MEASURE(DEFINE_FINAL_FUNCTION)
