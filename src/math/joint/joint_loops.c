/*-------------------------------------------------------------------------
 *
 * joint_loops.c
 *	  The loops over cells of a table, compiled once per instruction set: see
 *	  pair/vector.h.
 *
 * What becomes of a cell depends on no other one, and the cells of a line are
 * added up in their order, whether it is a row or a column.
 *
 *-------------------------------------------------------------------------
 */
#include "math/joint/joint_loops.h"
#include "math/pair/vector.h"

/* T. Ogita, S. M. Rump, S. Oishi, Accurate sum and dot product, SIAM Journal on Scientific Computing 26 (2005) */
ALWAYS_INLINE void
add_cell(double *hi, double *lo, double cell)
{
	double		error;

	*hi = two_sum(*hi, cell, &error);
	*lo += error;
}

/* Lanes are rows */
void
VECTOR(add_to_rows) (const double *cells, size_t distance, size_t rows, size_t columns, LineTotals totals)
{
	size_t		whole = rows / LANES * LANES;

	for (size_t row = 0; row < whole; row += LANES)
	{
		double		hi[LANES];
		double		lo[LANES];

		memcpy(hi, totals.hi + row, sizeof(hi));
		memcpy(lo, totals.lo + row, sizeof(lo));
		for (size_t column = 0; column < columns; column++)
		{
			const double *first = cells + row * distance + column;

#pragma omp simd
			for (int j = 0; j < LANES; j++)
				add_cell(&hi[j], &lo[j], first[(size_t) j * distance]);
		}
		memcpy(totals.hi + row, hi, sizeof(hi));
		memcpy(totals.lo + row, lo, sizeof(lo));
	}
	for (size_t row = whole; row < rows; row++)
		for (size_t column = 0; column < columns; column++)
			add_cell(&totals.hi[row], &totals.lo[row], cells[row * distance + column]);
}

void
VECTOR(add_to_columns) (const double *cells, size_t distance, size_t rows, size_t columns, LineTotals totals)
{
	double	   *hi = totals.hi;
	double	   *lo = totals.lo;

	for (size_t row = 0; row < rows; row++)
	{
		const double *first = cells + row * distance;

#pragma omp simd
		for (size_t column = 0; column < columns; column++)
			add_cell(&hi[column], &lo[column], first[column]);
	}
}

void
VECTOR(joint_terms) (const double *cells, const double *column_hi, const double *column_lo, size_t count,
					 const JointRow *row, double *terms)
{
	const JointRow common = *row;

#pragma omp simd
	for (size_t i = 0; i < count; i++)
		terms[i] = joint_term(cells[i] * common.scale, scaled_total(column_hi[i], column_lo[i], common.scale), &common);
}

void
VECTOR(open_terms) (const double *cells, const double *column_hi, const double *column_lo, size_t count,
					const JointRow *row, double *terms)
{
	const double scale = row->scale;

#pragma omp simd
	for (size_t i = 0; i < count; i++)
		terms[i] = open_term(cells[i] * scale, scaled_total(column_hi[i], column_lo[i], scale));
}
