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

/* So few are compared one by one */
#define FEW_EDGES 16

/*
 * The bin of a value: how many of the others end below it.  There are no
 * branches that depend on the value, since they would be foreseen wrongly.
 */
static inline int
bin_of(const Edges *edges, double value)
{
	const double *starts = edges->starts;
	int			left = edges->count;
	int			bin = 0;

	while (left > FEW_EDGES)
	{
		int			half = left / 2;

		bin += half & -(int) (value >= starts[bin + half - 1]);
		left -= half;
	}
	starts += bin;
	for (int i = 0; i < left; i++)
		bin += value >= starts[i];
	return bin;
}

/* That of a float4, which is what it is written as */
extern int	bin_of_real(const Edges *edges, float value);

/* The label of a bin, which belongs to the edges */
extern text *label_of_bin(Edges *edges, int bin);

#endif							/* KLDIV_BIN_EDGES_H */
