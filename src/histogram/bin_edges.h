/*-------------------------------------------------------------------------
 *
 * bin_edges.h
 *	  The bins between edges, and their labels.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_BIN_EDGES_H
#define KLDIV_BIN_EDGES_H

#include "kldiv.h"

#include "utils/array.h"

/* Bins, and what they were made of */
typedef struct Edges
{
	MemoryContext memory;		/* of what follows, emptied when others come */
	ArrayType  *array;			/* as they came */
	double	   *values;			/* where bins end: ascending, each once or twice */
	bool	   *behind;			/* whether the value itself is in the bin below */
	int			count;
	text	  **labels;			/* of the count + 1 bins; NULL until one is asked for */
} Edges;

/* No bins yet; their memory is a child of this one */
extern Edges *new_edges(MemoryContext parent);

/* The bins between the elements of an array, which is checked */
extern void keep_edges(Edges *edges, ArrayType *array);

/* The bin of a value: how many of the others end below it */
extern int	bin_of(const Edges *edges, double value);

/* The label of a bin, which belongs to the edges */
extern text *label_of_bin(Edges *edges, int bin);

#endif							/* KLDIV_BIN_EDGES_H */
