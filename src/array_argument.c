/*-------------------------------------------------------------------------
 *
 * array_argument.c
 *	  Arrays in memory, and arrays that are read from where they are stored.
 *
 * A long array is kept in chunks of a TOAST table, and put together in memory
 * when a function takes it as a whole.  New memory of that size costs more time
 * than copying into it.  So a measure that takes each weight once gets a long
 * array in pieces, which are used while they are in the cache.  A compressed
 * array is not read in pieces: each would be decompressed from the beginning
 * of the array.
 *
 *-------------------------------------------------------------------------
 */
#include "array_argument.h"

#include "access/detoast.h"
#include "catalog/pg_type.h"
#include "compatibility.h"

/* Smaller arrays are in memory before pieces of them have been found */
#define LEAST_SIZE (1024 * 1024)

/* Elements of a piece: two of them fit into a cache that one CPU has to itself */
#define PIECE_SIZE 49152

/* Whether it is worth while, and possible, to have some bytes of a value without the others */
static bool
is_stored_at_length(Datum datum)
{
	return VARATT_IS_EXTERNAL_ONDISK(DatumGetPointer(datum)) &&
		toast_raw_datum_size(datum) >= LEAST_SIZE &&
		toast_datum_size(datum) == toast_raw_datum_size(datum) - VARHDRSZ;
}

/* Bytes of a stored value; the length at its beginning counts, but is not to be had */
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
read_elements(WeightReader *reader, size_t first, size_t count)
{
	ArrayArgument *argument = (ArrayArgument *) ((char *) reader - offsetof(ArrayArgument, reader));

	if (first < argument->first || first + count > argument->end)
	{
		if (first == argument->end)
			count = Min(Max(count, PIECE_SIZE), argument->count - first);
		if (argument->piece != NULL)
			pfree(argument->piece);
		argument->piece = NULL;
		/* together with as much before them as a length takes, elements are aligned */
		argument->piece = read_bytes(argument->pointer,
									 argument->elements_start + first * sizeof(float8) - VARHDRSZ,
									 count * sizeof(float8) + VARHDRSZ);
		argument->first = first;
		argument->end = first + count;
	}
	return (const double *) (VARDATA(argument->piece) + VARHDRSZ) + (first - argument->first);
}

/* Gets what is before the elements; false if the array is another than what can be read in pieces */
static bool
open_stored_array(ArrayArgument *argument, Datum datum)
{
	struct varlena *pointer = (struct varlena *) DatumGetPointer(datum);
	ArrayType  *head = (ArrayType *) read_bytes(pointer, VARHDRSZ, ARR_OVERHEAD_NONULLS(MAXDIM) - VARHDRSZ);

	argument->elements_start = ARR_OVERHEAD_NONULLS(ARR_NDIM(head));
	argument->count = (size_t) ArrayGetNItems(ARR_NDIM(head), ARR_DIMS(head));
	if (ARR_HASNULL(head) || ARR_ELEMTYPE(head) != FLOAT8OID ||
		argument->elements_start + argument->count * sizeof(float8) != toast_raw_datum_size(datum))
	{
		pfree(head);
		return false;
	}
	argument->array = head;
	argument->reader.read = read_elements;
	argument->pointer = pointer;
	argument->piece = NULL;
	argument->first = argument->end = 0;
	return true;
}

/* Gets an array, in pieces if that is better for a measure */
void
open_array(ArrayArgument *argument, Datum datum, const Measure *measure, const Parameters *parameters)
{
	argument->pointer = NULL;
	if (is_stored_at_length(datum) &&
		measure_reads_once(measure, parameters, toast_raw_datum_size(datum) / sizeof(float8)) &&
		open_stored_array(argument, datum))
		return;
	argument->array = DatumGetArrayTypeP(datum);
}

/* Has the weights of an array's shape read in pieces, if the array is */
void
read_in_pieces(ArrayArgument *argument, Weights *weights)
{
	if (argument->pointer == NULL)
		return;
	weights->values = NULL;
	weights->reader = &argument->reader;
}

/* Frees what the array has that its datum has not */
void
close_array(ArrayArgument *argument, Datum datum)
{
	if (argument->pointer != NULL && argument->piece != NULL)
		pfree(argument->piece);
	if (PointerGetDatum(argument->array) != datum)
		pfree(argument->array);
}
