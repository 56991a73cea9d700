/*-------------------------------------------------------------------------
 *
 * dependence.h
 *	  From a joint distribution to the value of a measure of dependence.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_JOINT_DEPENDENCE_H
#define KLDIV_JOINT_DEPENDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "math/joint/measure.h"
#include "math/weights.h"

/* Weights of all pairs, row by row */
typedef struct JointTable
{
	const double *weights;
	size_t		rows;
	size_t		columns;
} JointTable;

/* Weights of some pairs, in any order; no pair is there twice, and all others weigh 0 */
typedef struct JointCells
{
	const double *weights;
	const uint32_t *row_of;
	const uint32_t *column_of;
	size_t		count;
	size_t		rows;
	size_t		columns;
} JointCells;

/* Room for the totals of rows and columns, in numbers; for cells, and for what they leave open of each row as well */
static inline size_t
room_of_margins(size_t rows, size_t columns)
{
	return 4 * rows + 2 * columns;
}

/* Whether cells are as well put into a table, which takes at most 8 times as much memory */
static inline bool
are_worth_a_table(size_t cells, size_t rows, size_t columns)
{
	return rows == 0 || columns <= (cells > 8192 ? 8 * cells : 65536) / rows;
}

/*
 * The value; false if there is none, since nothing has been observed, or there is
 * nothing to explain.  Positions of findings are those of weights.
 *
 * That of a table is symmetric to the bit, and so is that of cells that are
 * counts; it does not depend on their order then, and differs from that of the
 * table by its last bits at most.
 */
extern bool dependence_of_table(const DependenceMeasure *measure, const JointTable *table, double base,
								double *room, SlabRunner run, Finding *finding, double *value);
extern bool dependence_of_cells(const DependenceMeasure *measure, const JointCells *cells, double base,
								double *room, SlabRunner run, Finding *finding, double *value);

/*
 * The weights that independent rows and columns with the same margins have,
 * r c/N, of the same total; only if the finding is valid have they been written.
 */
extern void product_of_margins(const JointTable *table, double *room, SlabRunner run, Finding *finding, double *product);

#endif							/* KLDIV_JOINT_DEPENDENCE_H */
