/*-------------------------------------------------------------------------
 *
 * pair_counts.h
 *	  How often pairs of values occur: the state of aggregates of dependence.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_PAIR_COUNTS_H
#define KLDIV_PAIR_COUNTS_H

#include "kldiv.h"

#include "histogram/bin_table.h"
#include "math/joint/dependence.h"

/* A pair of the numbers of labels; free if the count is 0 */
typedef struct PairSlot
{
	uint64		pair;			/* that of x in the upper half, */
	uint64		count;
} PairSlot;

/* A hash table that grows; all memory is in the context of the tables of labels, which many may share */
typedef struct PairCounts
{
	BinTable   *x;				/* they number labels */
	BinTable   *y;
	PairSlot   *slots;
	uint32		capacity;		/* a power of two */
	uint32		count;			/* slots in use */
} PairCounts;

extern PairCounts *new_pair_counts(MemoryContext context);

/* Adds to the count of a pair of numbers, which may be new */
extern void add_to_pair(PairCounts *counts, uint32 x, uint32 y, uint64 count);

static inline void
count_pair(PairCounts *counts, Label x, Label y)
{
	uint32		x_number = number_of_label(counts->x, x);

	add_to_pair(counts, x_number, number_of_label(counts->y, y), 1);
}

extern void add_pair_counts(PairCounts *counts, const PairCounts *others);

/* The pairs as cells, rows and columns in the order of labels, in memory of their own; not their order */
extern JointCells cells_of_pair_counts(const PairCounts *counts);

/* On their way to another process */
extern bytea *bytes_of_pair_counts(const PairCounts *counts);
extern PairCounts *pair_counts_of_bytes(MemoryContext context, const char *bytes, size_t length);

#endif							/* KLDIV_PAIR_COUNTS_H */
