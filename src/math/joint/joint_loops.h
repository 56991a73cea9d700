/*-------------------------------------------------------------------------
 *
 * joint_loops.h
 *	  The terms of a cell of a joint distribution, and the loops over cells.
 *
 * With n the weight of a cell, r and c the totals of its row and column, and N
 * the total of all, mutual information is the sum of phi(n N, r c)/N^2.  The
 * difference n N - r c is what is left of two large numbers where rows and columns
 * are nearly independent.  With a = r - n, b = c - n and d = N - r - c + n it is
 *
 *		n (a + b + d + n) - (n + a)(n + b) = n d - a b,
 *
 * in which n^2, n a and n b need not cancel any more.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_JOINT_LOOPS_H
#define KLDIV_JOINT_LOOPS_H

#include <stddef.h>

#include "math/elementary.h"

/* What the cells of a row have in common; weights are multiplied with a power of two first */
typedef struct JointRow
{
	double		scale;
	DoubleDouble total;			/* scaled, like what follows */
	DoubleDouble all;
} JointRow;

/* Totals of lines: hi[i] + lo[i], where lo is what all additions to hi[i] have been rounded by */
typedef struct LineTotals
{
	double	   *hi;
	double	   *lo;
} LineTotals;

typedef struct JointFunctions
{
	/* adds the cells of a part of a table, of which rows are so far from each other, to the totals of its rows or columns */
	void		(*add_to_rows) (const double *cells, size_t distance, size_t rows, size_t columns, LineTotals totals);
	void		(*add_to_columns) (const double *cells, size_t distance, size_t rows, size_t columns, LineTotals totals);
	/* the terms of cells that are next to each other in a row: of mutual information, or of H(X|Y) */
	void		(*terms) (const double *cells, const double *column_hi, const double *column_lo, size_t count,
						  const JointRow *row, double *terms);
	void		(*open_terms) (const double *cells, const double *column_hi, const double *column_lo, size_t count,
							   const JointRow *row, double *terms);
} JointFunctions;

/* The two products that phi is taken of, and their difference */
typedef struct JointProducts
{
	double		joint;			/* n N */
	double		independent;	/* r c */
	double		difference;
} JointProducts;

ALWAYS_INLINE DoubleDouble
scaled_total(double hi, double lo, double scale)
{
	return (DoubleDouble) {hi * scale, lo * scale};
}

/* N - ((r + c) - n), in a way that does not know rows from columns */
ALWAYS_INLINE DoubleDouble
total_of_others(double cell, DoubleDouble column, const JointRow *row)
{
	double		cross_error;
	double		cell_error;
	double		error;
	double		cross = two_sum(two_sum(row->total.hi, column.hi, &cross_error), -cell, &cell_error);
	double		high = two_sum(row->all.hi, -cross, &error);
	double		low = ((error - cell_error) - cross_error) + (row->all.lo - (row->total.lo + column.lo));
	DoubleDouble others;

	others.hi = two_sum(high, low, &others.lo);
	return others;
}

ALWAYS_INLINE JointProducts
products_of_cell(double cell, DoubleDouble column, const JointRow *row)
{
	JointProducts products;
	DoubleDouble a = dd_add_double(row->total, -cell);
	DoubleDouble b = dd_add_double(column, -cell);
	DoubleDouble d = total_of_others(cell, column, row);
	DoubleDouble together = dd_times(d, (DoubleDouble) {cell, 0.0});
	DoubleDouble apart = dd_times(a, b);

	products.joint = cell * row->all.hi;
	products.independent = row->total.hi * column.hi;
	products.difference = (together.hi - apart.hi) + (together.lo - apart.lo);
	return products;
}

/* phi(n N, r c) */
ALWAYS_INLINE double
joint_term(double cell, DoubleDouble column, const JointRow *row)
{
	JointProducts products = products_of_cell(cell, column, row);
	Reduction	r = reduce_ratio(products.joint, products.independent, products.difference);

	return reduced_phi(r, products.joint, products.independent);
}

/* n log(c/n), where c - n is computed before it is rounded */
ALWAYS_INLINE double
open_term(double cell, DoubleDouble column)
{
	double		n = cell > DBL_MIN ? cell : DBL_MIN;
	double		others = (column.hi - cell) + column.lo;
	double		log = log_ratio(column.hi > n ? column.hi : n, n, others > 0.0 ? others : 0.0);

	return cell * log;
}

#endif							/* KLDIV_JOINT_LOOPS_H */
