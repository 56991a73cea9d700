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

/* So few are compared all at once */
#define FEW_EDGES 16

/* Bins, and what they were made of */
typedef struct Edges
{
	MemoryContext memory;		/* of what follows, emptied when others come */
	ArrayType  *array;			/* as they came */
	double	   *values;			/* where bins end: ascending, each once or twice */
	bool	   *behind;			/* whether the value itself is in the bin below */
	double	   *starts;			/* the least number that is above: the value, or the next one behind it; then FEW_EDGES times NaN */
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

/* As wide as every CPU of 64 bits compares them; what is true is -1 */
typedef double TwoNumbers __attribute__((vector_size(16)));
typedef int64 TwoAnswers __attribute__((vector_size(16)));

/* How many of so many numbers are not above a value; the number is known to the compiler, so that it needs no loop */
static inline int
count_below(const double *starts, int count, double value)
{
	TwoNumbers	values = {value, value};
	TwoNumbers	two;
	TwoAnswers	below = {0, 0};

#pragma GCC unroll 8
	for (int i = 0; i < count; i += 2)
	{
		memcpy(&two, starts + i, sizeof(two));
		below -= values >= two;
	}
	return (int) (below[0] + below[1]);
}

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
	/* those behind the ones that are left are above the value, or NaN */
	return bin + (left > FEW_EDGES / 2 ? count_below(starts + bin, FEW_EDGES, value) : count_below(starts + bin, FEW_EDGES / 2, value));
}

/* That of a float4, which is what it is written as */
extern int	bin_of_real(const Edges *edges, float value);

/* The label of a bin, which belongs to the edges */
extern text *label_of_bin(Edges *edges, int bin);

#endif							/* KLDIV_BIN_EDGES_H */
