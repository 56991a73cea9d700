/*-------------------------------------------------------------------------
 *
 * stored_arrays.c
 *	  Pairs of arrays that are read from where they are stored.
 *
 * A long array is kept in chunks of a TOAST table, and put together in memory
 * when a function takes it as a whole.  New memory of that size costs more time
 * than copying into it.  So where one pass may be enough, long arrays are taken
 * in pieces, which are used while they are in the cache.  A compressed array is
 * not: each piece would be decompressed from the beginning of the array.
 *
 *-------------------------------------------------------------------------
 */
#include "input/stored_arrays.h"

#include "access/detoast.h"
#include "catalog/pg_type.h"
#include "utils/array.h"

#include "compatibility.h"
#include "input/arrays.h"
#include "math/pair/value.h"
#include "parallel/threads.h"

/* Smaller arrays are in memory before pieces of them have been found */
#define LEAST_SIZE (1024 * 1024)

/* Elements of a piece: two of them fit into a cache that one CPU has to itself */
#define PIECE_SIZE 49152

/* An array in pieces, or as a whole */
typedef struct Side
{
	ArrayType  *array;			/* of one in pieces only what is before the elements */
	WeightStream stream;		/* gives the elements */
	struct varlena *pointer;	/* to what is stored; NULL if the array is here as a whole */
	Size		elements_start; /* bytes before the first element */
	size_t		count;			/* elements */
	struct varlena *piece;		/* that was read last, or NULL, */
	size_t		first;			/* from this element */
	size_t		end;			/* to before this one, where the next piece begins */
} Side;

/* Whether it is worth while, and possible, to have some bytes of a value without the others */
static bool
is_stored_at_length(Datum datum)
{
	return VARATT_IS_EXTERNAL_ONDISK(DatumGetPointer(datum)) &&
		toast_raw_datum_size(datum) >= LEAST_SIZE &&
		toast_datum_size(datum) == toast_raw_datum_size(datum) - VARHDRSZ;
}

/*
 * Bytes of a stored array, which are counted from the beginning it has in
 * memory.  Its length there is not stored: if start is right behind it, that of
 * the result is in its place.
 */
static struct varlena *
read_bytes(struct varlena *pointer, Size start, Size size)
{
	struct varlena *bytes = detoast_attr_slice(pointer, (int32) (start - VARHDRSZ), (int32) size);

	if (VARSIZE(bytes) != VARHDRSZ + size)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg_internal("stored array ends after byte %zu instead of %zu",
								 start + VARSIZE(bytes) - VARHDRSZ, start + size)));
	return bytes;
}

/*
 * Elements from first on.  Where these follow the ones before, more are read:
 * most of the time they are taken from the first to the last.
 */
static const double *
read_elements(WeightStream *stream, size_t first, size_t count)
{
	Side	   *side = (Side *) ((char *) stream - offsetof(Side, stream));

	if (first < side->first || first + count > side->end)
	{
		if (first == side->end)
			count = Min(Max(count, PIECE_SIZE), side->count - first);
		if (side->piece != NULL)
			pfree(side->piece);
		side->piece = NULL;
		/* from VARHDRSZ bytes before: these and the piece's own header leave the elements aligned */
		side->piece = read_bytes(side->pointer, side->elements_start + first * sizeof(float8) - VARHDRSZ,
								 count * sizeof(float8) + VARHDRSZ);
		side->first = first;
		side->end = first + count;
	}
	Assert(first >= side->first && first + count <= side->end && side->end <= side->count);
	return (const double *) (VARDATA(side->piece) + VARHDRSZ) + (first - side->first);
}

/*
 * Gets what is before the elements.  No array if it cannot be read in pieces: it
 * is short, compressed, not in a table, may have NULLs, or its size is not that
 * of its elements.
 */
static void
open_in_pieces(Side *side, Datum datum)
{
	struct varlena *pointer = (struct varlena *) DatumGetPointer(datum);
	ArrayType  *head;

	memset(side, 0, sizeof(*side));
	if (!is_stored_at_length(datum))
		return;
	head = (ArrayType *) read_bytes(pointer, VARHDRSZ, ARR_OVERHEAD_NONULLS(MAXDIM) - VARHDRSZ);
	if (ARR_NDIM(head) > 0 && ARR_NDIM(head) <= MAXDIM && !ARR_HASNULL(head) && ARR_ELEMTYPE(head) == FLOAT8OID)
	{
		side->elements_start = ARR_OVERHEAD_NONULLS(ARR_NDIM(head));
		side->count = (size_t) ArrayGetNItems(ARR_NDIM(head), ARR_DIMS(head));
		if (side->elements_start + side->count * sizeof(float8) == toast_raw_datum_size(datum))
		{
			side->array = head;
			side->stream.read = read_elements;
			side->pointer = pointer;
			/* nothing has been read: no element follows the last one */
			side->first = side->end = side->count;
			return;
		}
	}
	pfree(head);
}

/* Weights of the array's shape, which are read in pieces if the array is */
static WeightSource
source_of(Side *side, Weights weights)
{
	if (side->pointer == NULL)
		return (WeightSource) {weights, NULL};
	return (WeightSource) {{.count = weights.count}, &side->stream};
}

static void
close_side(Side *side, Datum datum)
{
	if (side->piece != NULL)
		pfree(side->piece);
	if (PointerGetDatum(side->array) != datum)
		pfree(side->array);
}

bool
value_of_stored_pair(const Measure *measure, Datum p, Datum q, const Parameters *parameters, double *value)
{
	Side		p_side;
	Side		q_side;
	Weights		p_weights;
	Weights		q_weights;
	WeightSource p_source;
	WeightSource q_source;
	bool		found;

	/* most calls are over short arrays, and go no further */
	if (!(is_stored_at_length(p) || is_stored_at_length(q)) || !may_need_one_pass(measure, parameters))
		return false;
	open_in_pieces(&p_side, p);
	open_in_pieces(&q_side, q);
	if (p_side.array == NULL && q_side.array == NULL)
		return false;
	if (p_side.array == NULL)
		p_side.array = DatumGetArrayTypeP(p);
	if (q_side.array == NULL)
		q_side.array = DatumGetArrayTypeP(q);
	match_shapes(p_side.array, q_side.array, &p_weights, &q_weights);
	p_source = source_of(&p_side, p_weights);
	q_source = source_of(&q_side, q_weights);
	found = evaluate_in_one_pass(measure, &p_source, &q_source, parameters, run_slabs_interruptibly, value);
	close_side(&p_side, p);
	close_side(&q_side, q);
	return found;
}
