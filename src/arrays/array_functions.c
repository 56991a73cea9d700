/*-------------------------------------------------------------------------
 *
 * array_functions.c
 *	  The measures over float8[]: entropy(p), kl_divergence(p, q) and so on.
 *
 * One SQL function for each entry of the table in math/measure.c, where
 * what it computes is described.  For all of them: p and q are arrays of any
 * dimensions, of the same shape; weights are normalised by their totals; a
 * NULL element weighs 0; the result is NULL if a side has no weight at all;
 * negative weights, NaN, infinities and totals out of range are errors, as are
 * different shapes and wrong parameters.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "utils/array.h"

#include "input/arrays.h"
#include "input/findings.h"
#include "input/parameters.h"
#include "input/real_arrays.h"
#include "input/stored_arrays.h"
#include "math/pair/value.h"

#define CACHE_LINE 64

/* An array of so many bytes, which has few bins, is asked for at once */
#define MOST_EXPECTED (ARR_OVERHEAD_NONULLS(1) + 64 * sizeof(float8))

/* Where the arrays are that a call site is given for an argument, row by row */
typedef struct RowAddresses
{
	intptr_t	last;
	ptrdiff_t	stride;
	bool		jumped;			/* from a page to another */
} RowAddresses;

/*
 * The distance in memory to the array that the next call will probably be
 * given: a scan takes the rows of a page one by one.  0 if none is to be seen.
 */
static ptrdiff_t
stride_of_rows(RowAddresses *addresses, Datum array)
{
	intptr_t	distance = (intptr_t) DatumGetPointer(array) - addresses->last;

	addresses->last = (intptr_t) DatumGetPointer(array);
	if (distance > -BLCKSZ && distance < BLCKSZ)
	{
		addresses->stride = distance;
		addresses->jumped = false;
	}
	else
	{
		addresses->stride = addresses->jumped ? 0 : addresses->stride;
		addresses->jumped = true;
	}
	return addresses->stride;
}

/* Those of both arguments, which the call site keeps; NULL if there is none, but a call from C */
static RowAddresses *
row_addresses(FmgrInfo *function)
{
	if (function != NULL && function->fn_extra == NULL)
		function->fn_extra = MemoryContextAllocZero(function->fn_mcxt, 2 * sizeof(RowAddresses));
	return function == NULL ? NULL : function->fn_extra;
}

/*
 * Has what the next call will probably be given on its way from memory, if that
 * is but some cache lines: its row's header too, which is wanted first.  What
 * is left is a stride for those who read more.
 */
static inline ptrdiff_t
expect_next_row(RowAddresses *addresses, Datum array)
{
	ptrdiff_t	stride = stride_of_rows(addresses, array);
	uintptr_t	start = (uintptr_t) DatumGetPointer(array) + (uintptr_t) stride;
	Size		size = VARSIZE_ANY(DatumGetPointer(array));

	if (stride == 0 || size > MOST_EXPECTED)
		return stride;
	__builtin_prefetch((const void *) (start - CACHE_LINE));
	for (Size offset = 0; offset < size; offset += CACHE_LINE)
		__builtin_prefetch((const void *) (start + offset));
	return 0;
}

/* The value of a pair of few bins, where these are; false if anything about the arrays is unusual */
static inline bool
value_of_few(FunctionCallInfo fcinfo, const Measure *measure, const Parameters *parameters, double *value)
{
	const char *p;
	const char *q;
	size_t		count = elements_in_place(PG_GETARG_DATUM(0), &p);

	return count > 0 && elements_in_place(PG_GETARG_DATUM(1), &q) == count &&
		evaluate_few(measure, p, q, count, parameters, value);
}

static Datum
value_of_arrays(FunctionCallInfo fcinfo, const Measure *measure)
{
	unsigned	takes = measure->takes;
	Parameters	parameters;
	RowAddresses *addresses = row_addresses(fcinfo->flinfo);
	ptrdiff_t	p_stride = 0;
	ptrdiff_t	q_stride = 0;
	ShortArray	p_room;
	ShortArray	q_room;
	ArrayType  *p_array;
	ArrayType  *q_array;
	Weights		p;
	Weights		q;
	double		short_cut;
	Datum		value;

	read_parameters(fcinfo, takes, &parameters);
	if (addresses != NULL)
	{
		p_stride = expect_next_row(&addresses[0], PG_GETARG_DATUM(0));
		q_stride = takes & TAKES_REFERENCE ? expect_next_row(&addresses[1], PG_GETARG_DATUM(1)) : 0;
	}
	if (takes & TAKES_REFERENCE &&
		(value_of_few(fcinfo, measure, &parameters, &short_cut) ||
		 value_of_stored_pair(measure, PG_GETARG_DATUM(0), PG_GETARG_DATUM(1), &parameters, &short_cut)))
		PG_RETURN_FLOAT8(short_cut);

	p_array = array_argument(PG_GETARG_DATUM(0), &p_room);
	q_array = takes & TAKES_REFERENCE ? array_argument(PG_GETARG_DATUM(1), &q_room) : NULL;
	if (q_array != NULL)
		match_shapes(p_array, q_array, &p, &q);
	else
		q = p = array_weights(p_array);
	p.stride = is_in_place(p_array, PG_GETARG_DATUM(0)) ? p_stride : 0;
	q.stride = q_array != NULL && is_in_place(q_array, PG_GETARG_DATUM(1)) ? q_stride : 0;
	value = value_of_weights_in_general(fcinfo, measure, &p, &q, &parameters);

	free_array_argument(p_array, PG_GETARG_DATUM(0), &p_room);
	if (q_array != NULL)
		free_array_argument(q_array, PG_GETARG_DATUM(1), &q_room);
	return value;
}

/* And its twin over real[] */
#define DEFINE_ARRAY_FUNCTION(name) \
SQL_FUNCTION(kldiv_ ## name ## _arrays) \
{ \
	return value_of_arrays(fcinfo, &name ## _measure); \
} \
REAL_TWIN(kldiv_ ## name ## _arrays, \
		  ARRAY_ARGUMENT(0) | (name ## _measure.takes & TAKES_REFERENCE ? ARRAY_ARGUMENT(1) : 0))

FOR_EACH_MEASURE(DEFINE_ARRAY_FUNCTION)
