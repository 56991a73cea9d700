/*-------------------------------------------------------------------------
 *
 * margins.h
 *	  The totals of the rows and columns of a joint distribution.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_JOINT_MARGINS_H
#define KLDIV_JOINT_MARGINS_H

#include "math/joint/dependence.h"
#include "math/joint/joint_loops.h"

typedef struct Margins
{
	LineTotals	rows;
	LineTotals	columns;
	size_t		row_count;
	size_t		column_count;
	DoubleDouble all;			/* not 0 */
	double		scale;			/* a power of two that makes products of two totals ordinary numbers */
} Margins;

/* Totals in the room that room_of_margins() is for; only if the finding is valid do they mean anything */
extern Margins margins_of_table(const JointTable *table, double *room, SlabRunner run, Finding *finding);
extern Margins margins_of_cells(const JointCells *cells, double *room, SlabRunner run, Finding *finding);

/* Unused room behind the totals, two numbers for each row */
extern LineTotals room_behind_margins(const Margins *margins);

extern JointRow joint_row(const Margins *margins, size_t row);

static inline DoubleDouble
scaled_column(const Margins *margins, size_t column)
{
	return scaled_total(margins->columns.hi[column], margins->columns.lo[column], margins->scale);
}

#endif							/* KLDIV_JOINT_MARGINS_H */
