/*-------------------------------------------------------------------------
 *
 * array_argument.h
 *	  Arrays in memory, and arrays that are read from where they are stored.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ARRAY_ARGUMENT_H
#define KLDIV_ARRAY_ARGUMENT_H

#include "kldiv.h"

typedef struct ArrayArgument
{
	ArrayType  *array;			/* if it is read in pieces, all but the elements */
	WeightReader reader;		/* gives these */
	struct varlena *pointer;	/* to what is stored; NULL if the array is not read in pieces */
	Size		elements_start; /* bytes before the first element */
	size_t		count;			/* elements */
	struct varlena *piece;		/* that was read last, or NULL, */
	size_t		first;			/* from this element */
	size_t		end;			/* to before this one */
} ArrayArgument;

extern void open_array(ArrayArgument *argument, Datum datum, const Measure *measure, const Parameters *parameters);
extern void read_in_pieces(ArrayArgument *argument, Weights *weights);
extern void close_array(ArrayArgument *argument, Datum datum);

#endif							/* KLDIV_ARRAY_ARGUMENT_H */
