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

#include "compatibility.h"

/* Bins, and what they were made of */
typedef struct Edges
{
	MemoryContext memory;		/* of what follows, emptied when others come */
	ArrayType  *array;			/* as they came */
	double	   *values;			/* where bins end: ascending, each once or twice */
	bool	   *behind;			/* whether the value itself is in the bin below */
	double	   *starts;			/* the least number that is above: the value, or the next one behind it */
	int			count;
	text	  **labels;			/* of the count + 1 bins; NULL until one is asked for */
} Edges;

/* No bins yet; their memory is a child of this one */
extern Edges *new_edges(MemoryContext parent);

/* The bins between the elements of an array, which is checked */
extern void keep_edges(Edges *edges, ArrayType *array);

/* Whether these are bins between the elements of an array, to the byte */
static inline bool
are_edges(const Edges *edges, const ArrayType *array)
{
	return edges->array != NULL && VARSIZE(edges->array) == VARSIZE(array) &&
		memcmp(edges->array, array, VARSIZE(array)) == 0;
}

/*
 * The bin of a value: how many of the others end below it.  Steps of one width,
 * of which each goes on or not, have no branches that could be foreseen wrongly.
 */
static inline int
bin_of(const Edges *edges, double value)
{
	const double *start = edges->starts;
	int			left = edges->count;

	while (left > 1)
	{
		int			half = left / 2;

		start += value >= start[half - 1] ? half : 0;
		left -= half;
	}
	return (int) (start - edges->starts) + (left == 1 && value >= *start);
}

/* That of a float4, which is what it is written as */
extern int	bin_of_real(const Edges *edges, float value);

/* The label of a bin, which belongs to the edges */
extern text *label_of_bin(Edges *edges, int bin);

#endif							/* KLDIV_BIN_EDGES_H */
