/*-------------------------------------------------------------------------
 *
 * arrays.h
 *	  The door between float8[] and weights.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_INPUT_ARRAYS_H
#define KLDIV_INPUT_ARRAYS_H

#include "kldiv.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "math/weights.h"

/* Room for an array that is stored under a header of one byte: those of few elements are */
typedef union ShortArray
{
	ArrayType	array;
	double		alignment;
	char		bytes[VARHDRSZ + VARATT_SHORT_MAX];
} ShortArray;

/*
 * The array of an argument, detoasted: in the caller's room if it is short,
 * since asking for memory would cost as much as a measure of ten bins.
 */
static inline ArrayType *
array_argument(Datum argument, ShortArray *room)
{
	struct varlena *stored = (struct varlena *) DatumGetPointer(argument);
	Size		length;

	/* what is stored elsewhere has a short header, too */
	if (!VARATT_IS_SHORT(stored) || VARATT_IS_EXTERNAL(stored))
		return DatumGetArrayTypeP(argument);
	length = VARSIZE_SHORT(stored) - VARHDRSZ_SHORT;
	SET_VARSIZE(room->bytes, length + VARHDRSZ);
	memcpy(VARDATA(room->bytes), VARDATA_SHORT(stored), length);
	return &room->array;
}

/* What is before the elements of an array of one dimension without NULLs */
typedef struct ArrayHead
{
	ArrayType	array;
	int			length;
	int			lower_bound;
} ArrayHead;

/*
 * The elements of such an array where they are in its row, which is no place
 * for double precision if the row keeps a header of one byte for it.  Their
 * number is 0 for an array of another kind, or one that is not in the row as a whole.
 */
static inline size_t
elements_in_place(Datum argument, const char **elements)
{
	const char *stored = DatumGetPointer(argument);
	const Size	head_size = sizeof(ArrayHead) - VARHDRSZ;
	ArrayHead	head;

	/* what is stored elsewhere has a short header, too */
	if (VARATT_IS_EXTENDED(stored) && (!VARATT_IS_SHORT(stored) || VARATT_IS_EXTERNAL(stored)))
		return 0;
	if (VARSIZE_ANY_EXHDR(stored) < head_size)
		return 0;
	memcpy((char *) &head + VARHDRSZ, VARDATA_ANY(stored), head_size);
	if (head.array.ndim != 1 || head.array.dataoffset != 0 || head.array.elemtype != FLOAT8OID || head.length <= 0)
		return 0;
	*elements = VARDATA_ANY(stored) + head_size;
	return (size_t) head.length;
}

/* Whether a detoasted array is the argument itself */
static inline bool
is_in_place(ArrayType *array, Datum argument)
{
	return (Pointer) array == DatumGetPointer(argument);
}

/* Gives back what array_argument() has allocated, if it has */
static inline void
free_array_argument(ArrayType *array, Datum argument, ShortArray *room)
{
	if (array != &room->array && !is_in_place(array, argument))
		pfree(array);
}

/* The weights in a detoasted array, which is neither copied nor checked here */
extern Weights array_weights(ArrayType *array);

/* These weights without absent bins: where they are, or in a copy in which those weigh 0 */
extern Weights all_present(Weights weights);

/*
 * The weights of a table of two dimensions, all present; any other array is an
 * error with some advice, unless it is empty.
 */
extern Weights table_weights(ArrayType *array, const char *name, const char *advice);

/* A new array without NULLs, of which the elements are to be filled in */
extern ArrayType *new_weight_array(int dimensions, const int *lengths, const int *lower_bounds);

/* "[2][3]" for a matrix of two rows and three columns */
extern char *shape_of_array(ArrayType *array);

/*
 * Two arrays as weights of the same bins; the second one has a name.  Lower
 * bounds do not matter.  An empty array saw none of the other one's bins.
 */
extern void match_named_shapes(ArrayType *p_array, ArrayType *q_array, const char *q_name, Weights *p, Weights *q);

static inline void
match_shapes(ArrayType *p_array, ArrayType *q_array, Weights *p, Weights *q)
{
	match_named_shapes(p_array, q_array, "q", p, q);
}

#endif							/* KLDIV_INPUT_ARRAYS_H */
