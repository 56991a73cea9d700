/*-------------------------------------------------------------------------
 *
 * real_arrays.c
 *	  Twins of functions over float8[], which take real[] as it is.
 *
 *-------------------------------------------------------------------------
 */
#include "input/real_arrays.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "input/arrays.h"
#include "math/reals.h"

/* Functions have no more arrays than this, and no more arguments */
#define MOST_ARRAYS 2
#define MOST_ARGUMENTS 8

/* Elements of arrays that are widened on the stack */
#define FEW_ELEMENTS 64

/* Elements between two looks for a cancel */
#define PIECE_SIZE 65536

/* Room for an array of double precision with few elements, any dimensions and NULLs */
typedef union WideArray
{
	ArrayType	array;
	double		alignment;
	char		bytes[MAXALIGN(sizeof(ArrayType) + 2 * MAXDIM * sizeof(int) + FEW_ELEMENTS / 8) + FEW_ELEMENTS * sizeof(double)];
} WideArray;

/* The same array in double precision, in the caller's room if it is small */
static ArrayType *
widened_array(ArrayType *array, WideArray *room)
{
	size_t		count = (size_t) ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	size_t		values = ARR_HASNULL(array) ? (ARR_SIZE(array) - ARR_DATA_OFFSET(array)) / sizeof(float4) : count;
	Size		overhead = ARR_HASNULL(array) ? ARR_OVERHEAD_WITHNULLS(ARR_NDIM(array), (int) count) : ARR_OVERHEAD_NONULLS(ARR_NDIM(array));
	Size		size = overhead + values * sizeof(float8);
	ArrayType  *wide = &room->array;
	bits8	   *present;

	if (unlikely(ARR_ELEMTYPE(array) != FLOAT4OID))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("argument must be an array of real")));
	if (!AllocSizeIsValid(size))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("array size exceeds the maximum allowed (%d)", (int) MaxAllocSize)));
	if (size > sizeof(WideArray))
		wide = palloc(size);
	SET_VARSIZE(wide, size);
	wide->ndim = ARR_NDIM(array);
	wide->dataoffset = ARR_HASNULL(array) ? (int32) overhead : 0;
	wide->elemtype = FLOAT8OID;
	memcpy(ARR_DIMS(wide), ARR_DIMS(array), 2 * ARR_NDIM(array) * sizeof(int));
	present = ARR_NULLBITMAP(wide);
	if (present != NULL)
		memcpy(present, (char *) array + (present - (bits8 *) wide), (count + 7) / 8);
	for (size_t first = 0; first < values; first += PIECE_SIZE)
	{
		CHECK_FOR_INTERRUPTS();
		widen_reals((const float4 *) ARR_DATA_PTR(array) + first, Min(values - first, PIECE_SIZE), (float8 *) ARR_DATA_PTR(wide) + first);
	}
	return wide;
}

Datum
call_with_real_arrays(PGFunction function, FunctionCallInfo fcinfo, unsigned arrays)
{
	LOCAL_FCINFO(call, MOST_ARGUMENTS);
	WideArray	rooms[MOST_ARRAYS];
	ArrayType  *wide[MOST_ARRAYS];
	int			used = 0;
	Datum		result;

	Assert(fcinfo->nargs <= MOST_ARGUMENTS);
	memcpy(call, fcinfo, SizeForFunctionCallInfo(fcinfo->nargs));
	for (int i = 0; i < fcinfo->nargs; i++)
	{
		ShortArray	short_room;
		ArrayType  *array;

		if (!(arrays & ARRAY_ARGUMENT(i)) || fcinfo->args[i].isnull)
			continue;
		Assert(used < MOST_ARRAYS);
		array = array_argument(fcinfo->args[i].value, &short_room);
		wide[used] = widened_array(array, &rooms[used]);
		free_array_argument(array, fcinfo->args[i].value, &short_room);
		call->args[i].value = PointerGetDatum(wide[used]);
		used++;
	}
	result = function(call);
	fcinfo->isnull = call->isnull;
	for (int i = 0; i < used; i++)
		if (wide[i] != &rooms[i].array)
			pfree(wide[i]);
	return result;
}
