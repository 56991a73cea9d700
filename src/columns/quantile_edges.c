/*-------------------------------------------------------------------------
 *
 * quantile_edges.c
 *	  kldiv_quantile_edges(value, bins): what there is to know of a column before
 *	  it is read as numbers.
 *
 * The aggregate tells whether integers, numerics or dates have few values, and
 * divides numbers at their quantiles, which are exact: those of percentile_disc.
 * A quantile that is repeated, as those of data with ties are, is there twice,
 * for a bin of one point.  It keeps all numbers, 8 bytes each, but not those of
 * a column with few values; dates are not kept at all.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "common/shortest_dec.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "columns/columns_memory.h"
#include "columns/few_values.h"
#include "input/arrays.h"
#include "input/numbers.h"
#include "input/parameters.h"
#include "math/ordered/selection.h"
#include "parallel/threads.h"

#define EDGES_STATE_VERSION 1
#define FIRST_CAPACITY 64
#define MOST_BINS 1001
/* As many as an array can have */
#define MOST_VALUES (MaxAllocSize / sizeof(float8) - 16)

/* Values of a column: counted as long as they are few, if its type may have few; then, unless they are dates, kept */
typedef struct EdgesState
{
	MemoryContext memory;
	Oid			type;
	int32		bins;			/* negative: values are not few, however few they are */
	bool		is_few;
	FewValues	few;
	double	   *values;
	size_t		count;
	size_t		capacity;
} EdgesState;

static bool
may_be_few(Oid type)
{
	return type != FLOAT8OID && type != FLOAT4OID;
}

static EdgesState *
new_state(MemoryContext memory, Oid type, int32 bins)
{
	EdgesState *state = MemoryContextAllocZero(memory, sizeof(EdgesState));

	state->memory = memory;
	state->type = type;
	state->bins = bins;
	state->is_few = bins > 0 && may_be_few(type);
	return state;
}

static void
reserve(EdgesState *state, size_t more)
{
	size_t		capacity = Max(state->capacity, FIRST_CAPACITY);

	if (more <= state->capacity - state->count)
		return;
	if (more > MOST_VALUES - state->count)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows to find the quantiles of a column"),
				 errdetail("All of its values are kept, at most %zu.", (size_t) MOST_VALUES),
				 errhint("Find edges in a part of the rows, with column_edges('SELECT * FROM t TABLESAMPLE system (1)'), and hand them on.")));
	while (capacity < state->count + more)
		capacity = Min(2 * capacity, MOST_VALUES);
	check_memory_for_numbers(state->memory, (capacity - state->capacity) * sizeof(double));
	if (state->values == NULL)
		state->values = MemoryContextAllocHuge(state->memory, capacity * sizeof(double));
	else
		state->values = repalloc_huge(state->values, capacity * sizeof(double));
	state->capacity = capacity;
}

static void
keep_value(EdgesState *state, double value, int64 times)
{
	if (state->type == DATEOID)
		return;
	reserve(state, (size_t) times);
	while (times-- > 0)
	{
		CHECK_FOR_INTERRUPTS();
		state->values[state->count++] = value;
	}
}

/* There are too many values to be few */
static void
keep_few_values(EdgesState *state)
{
	state->is_few = false;
	for (int slot = 0; slot < FEW_SLOTS; slot++)
		if (state->few.slots[slot].times > 0)
			keep_value(state, state->few.slots[slot].value, state->few.slots[slot].times);
}

static void
add_value(EdgesState *state, double value, int64 times)
{
	if (state->is_few && add_to_few(&state->few, value, times))
		return;
	if (state->is_few)
		keep_few_values(state);
	keep_value(state, value, times);
}

/* The type of the values, which have to be numbers or dates */
static Oid
type_argument(FunctionCallInfo fcinfo)
{
	Oid			type = getBaseType(get_fn_expr_argtype(fcinfo->flinfo, 1));

	if (type != FLOAT8OID && type != FLOAT4OID && type != INT2OID && type != INT4OID && type != INT8OID &&
		type != NUMERICOID && type != DATEOID)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("edges cannot be found between values of type %s", format_type_be(type))));
	return type;
}

static bool
is_number_of_bins(int32 bins)
{
	return (bins >= 2 && bins <= MOST_BINS) || (bins <= -2 && bins >= -MOST_BINS);
}

static int32
bins_argument(FunctionCallInfo fcinfo)
{
	int32		bins = PG_ARGISNULL(2) ? 0 : PG_GETARG_INT32(2);

	return (int32) check_argument(is_number_of_bins(bins), "bins", bins, "from 2 to 1001, or negative for numbers that are never few");
}

/* Adds a row; NULL and NaN have no place among numbers */
SQL_FUNCTION(kldiv_edges_add)
{
	EdgesState *state = PG_ARGISNULL(0) ? NULL : (EdgesState *) PG_GETARG_POINTER(0);
	double		value;

	if (PG_ARGISNULL(1))
	{
		if (state == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(state);
	}
	if (state == NULL)
		state = new_state(aggregate_context(fcinfo), type_argument(fcinfo), bins_argument(fcinfo));
	value = number_of_value(state->type, PG_GETARG_DATUM(1)) + 0.0;	/* not -0 */
	if (isnan(value))
		PG_RETURN_POINTER(state);
	if (!state->is_few && state->count < state->capacity)
		state->values[state->count++] = value;
	else
		add_value(state, value, 1);
	PG_RETURN_POINTER(state);
}

/* Adds what another state has seen */
static void
add_state(EdgesState *state, const EdgesState *other)
{
	if (state->type != other->type || state->bins != other->bins)
		elog(ERROR, "states of kldiv_quantile_edges are of different columns");
	if (other->is_few)
	{
		for (int slot = 0; slot < FEW_SLOTS; slot++)
			if (other->few.slots[slot].times > 0)
				add_value(state, other->few.slots[slot].value, other->few.slots[slot].times);
		return;
	}
	if (state->is_few)
		keep_few_values(state);
	reserve(state, other->count);
	for (size_t i = 0; i < other->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		state->values[state->count++] = other->values[i];
	}
}

SQL_FUNCTION(kldiv_edges_combine)
{
	MemoryContext context = aggregate_context(fcinfo);
	const EdgesState *other;
	EdgesState *state;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	other = (const EdgesState *) PG_GETARG_POINTER(1);
	state = PG_ARGISNULL(0) ? new_state(context, other->type, other->bins) : (EdgesState *) PG_GETARG_POINTER(0);
	add_state(state, other);
	PG_RETURN_POINTER(state);
}

/* The bytes of a state: version, type, bins, whether values are few; then those with their numbers, or all of them */
SQL_FUNCTION(kldiv_edges_serialize)
{
	const EdgesState *state;
	StringInfoData buffer;

	(void) aggregate_context(fcinfo);
	state = (const EdgesState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buffer);
	pq_sendint32(&buffer, EDGES_STATE_VERSION);
	pq_sendint32(&buffer, state->type);
	pq_sendint32(&buffer, (uint32) state->bins);
	pq_sendbyte(&buffer, state->is_few);
	pq_sendint64(&buffer, state->is_few ? (uint64) state->few.count : (uint64) state->count);
	for (int slot = 0; state->is_few && slot < FEW_SLOTS; slot++)
	{
		if (state->few.slots[slot].times == 0)
			continue;
		pq_sendfloat8(&buffer, state->few.slots[slot].value);
		pq_sendint64(&buffer, (uint64) state->few.slots[slot].times);
	}
	for (size_t i = 0; i < state->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendfloat8(&buffer, state->values[i]);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

static double
received_value(StringInfo message)
{
	double		value = pq_getmsgfloat8(message);

	if (isnan(value) || (value == 0.0 && signbit(value)))
		refuse_state("damaged");
	return value;
}

static void
receive_values(EdgesState *state, bool is_few, StringInfo message)
{
	int64		count = pq_getmsgint64(message);
	int			size = is_few ? 2 * sizeof(float8) : sizeof(float8);

	if (count < 0 || (message->len - message->cursor) % size != 0 || count != (message->len - message->cursor) / size ||
		(is_few && (!state->is_few || count > FEW_VALUES)))
		refuse_state("damaged");
	if (!is_few)
	{
		state->is_few = false;
		reserve(state, (size_t) count);
	}
	for (int64 i = 0; i < count; i++)
	{
		double		value = received_value(message);
		int64		times = is_few ? pq_getmsgint64(message) : 1;

		CHECK_FOR_INTERRUPTS();
		if (is_few && (times <= 0 || times > PG_INT64_MAX / (2 * FEW_VALUES)))
			refuse_state("damaged");
		add_value(state, value, times);
	}
}

SQL_FUNCTION(kldiv_edges_deserialize)
{
	bytea	   *bytes;
	StringInfoData message;
	EdgesState *state;
	Oid			type;
	int32		bins;
	bool		is_few;

	(void) aggregate_context(fcinfo);
	bytes = PG_GETARG_BYTEA_PP(0);
	message.data = VARDATA_ANY(bytes);
	message.len = message.maxlen = (int) VARSIZE_ANY_EXHDR(bytes);
	message.cursor = 0;
	if (pq_getmsgint(&message, 4) != EDGES_STATE_VERSION)
		refuse_state("of an unknown version");
	type = pq_getmsgint(&message, 4);
	bins = (int32) pq_getmsgint(&message, 4);
	if (!is_number_of_bins(bins))
		refuse_state("damaged");
	is_few = pq_getmsgbyte(&message) != 0;
	state = new_state(CurrentMemoryContext, type, bins);
	receive_values(state, is_few, &message);
	pq_getmsgend(&message);
	PG_RETURN_POINTER(state);
}

/* The float8 that is meant by one that was a float4: see bin_edges.c */
static void
write_as_meant(double *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
	{
		char		decimal[FLOAT_SHORTEST_DECIMAL_LEN];

		if (isinf(numbers[i]))
			continue;
		float_to_shortest_decimal_buf((float) numbers[i], decimal);
		numbers[i] = strtod(decimal, NULL);
	}
}

static ArrayType *
array_of_numbers(const double *numbers, size_t count)
{
	ArrayType  *array;

	if (count == 0)
		return construct_empty_array(FLOAT8OID);
	array = new_weight_array(1, (int[]) {(int) count}, (int[]) {1});
	memcpy(ARR_DATA_PTR(array), numbers, count * sizeof(double));
	return array;
}

/* The least number, the edges between as many parts as there are to be bins, and the greatest number */
static ArrayType *
edges_of_values(const EdgesState *state)
{
	size_t		bins = (size_t) abs(state->bins);
	double	   *numbers = palloc((bins + 1) * sizeof(double));
	size_t	   *ranks = palloc(bins * sizeof(size_t));
	double	   *scratch = MemoryContextAllocHuge(CurrentMemoryContext, state->count * sizeof(double));
	double		least = INFINITY;
	double		greatest = -INFINITY;
	size_t		count;
	ArrayType  *array;

	for (size_t i = 0; i < state->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!isinf(state->values[i]))
		{
			least = Min(least, state->values[i]);
			greatest = Max(greatest, state->values[i]);
		}
	}
	numbers[0] = least;
	count = 1 + quantile_edges(state->values, state->count, bins, ranks, numbers + 1, scratch,
							   run_slabs_interruptibly);
	numbers[count++] = greatest;
	if (state->type == FLOAT4OID)
		write_as_meant(numbers, count);
	pfree(scratch);
	array = array_of_numbers(numbers, count);
	return array;
}

/*
 * STRICT: NULL if there was no value.  An empty array if values are few; one with
 * a number if dates are not.  Otherwise the least number that is finite, edges
 * of bins, and the greatest.  Values are in another order afterwards, which is
 * no other state.
 */
SQL_FUNCTION(kldiv_edges_final)
{
	const EdgesState *state;

	(void) aggregate_context(fcinfo);
	state = (const EdgesState *) PG_GETARG_POINTER(0);
	if (state->is_few && state->few.count > 0)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(FLOAT8OID));
	if (state->type == DATEOID && !state->is_few)
		PG_RETURN_ARRAYTYPE_P(array_of_numbers(&(double) {0.0}, 1));
	if (state->count == 0)
		PG_RETURN_NULL();
	PG_RETURN_ARRAYTYPE_P(edges_of_values(state));
}
