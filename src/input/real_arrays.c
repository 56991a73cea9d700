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
#define MOST_ARRAYS 4
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

/* Elements of an array that are not NULL */
static size_t
count_values(ArrayType *array, size_t element_size)
{
	if (ARR_HASNULL(array))
		return (ARR_SIZE(array) - ARR_DATA_OFFSET(array)) / element_size;
	return (size_t) ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
}

/* Bytes of an array of the same shape and NULLs before the elements */
static Size
overhead_of(ArrayType *array)
{
	if (ARR_HASNULL(array))
		return ARR_OVERHEAD_WITHNULLS(ARR_NDIM(array), ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)));
	return ARR_OVERHEAD_NONULLS(ARR_NDIM(array));
}

/* Fills in what is before the elements of such an array */
static void
copy_shape(ArrayType *array, ArrayType *copy, Size size, Oid element_type)
{
	Size		overhead = overhead_of(array);

	/* dimensions, lower bounds and NULLs are in the same places, whatever the elements are */
	memcpy(copy, array, overhead);
	SET_VARSIZE(copy, size);
	copy->elemtype = element_type;
}

/* The same array in double precision, in the caller's room if it is small */
static ArrayType *
widened_array(ArrayType *array, WideArray *room)
{
	size_t		values = count_values(array, sizeof(float4));
	Size		size = overhead_of(array) + values * sizeof(float8);
	ArrayType  *wide = &room->array;

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
	copy_shape(array, wide, size, FLOAT8OID);
	for (size_t first = 0; first < values; first += PIECE_SIZE)
	{
		CHECK_FOR_INTERRUPTS();
		widen_reals((const float4 *) ARR_DATA_PTR(array) + first, Min(values - first, PIECE_SIZE), (float8 *) ARR_DATA_PTR(wide) + first);
	}
	return wide;
}

ArrayType *
narrowed_array(ArrayType *array)
{
	size_t		values = count_values(array, sizeof(float8));
	Size		size = overhead_of(array) + values * sizeof(float4);
	const float8 *from = (const float8 *) ARR_DATA_PTR(array);
	ArrayType  *narrow = palloc(size);
	float4	   *to;

	copy_shape(array, narrow, size, FLOAT4OID);
	to = (float4 *) ARR_DATA_PTR(narrow);
	for (size_t i = 0; i < values; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!(from[i] >= -FLT_MAX && from[i] <= FLT_MAX) || (float8) (float4) from[i] != from[i])
			return NULL;
		to[i] = (float4) from[i];
	}
	return narrow;
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
