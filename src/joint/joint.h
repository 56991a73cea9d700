/*-------------------------------------------------------------------------
 *
 * joint.h
 *	  From joint distributions to what functions of them return.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_JOINT_H
#define KLDIV_JOINT_H

#include "kldiv.h"

#include "math/joint/dependence.h"

/* Room for the totals of rows and columns */
extern double *allocate_margins(size_t rows, size_t columns);

/* A table of cells, of which those that are not there weigh 0 */
extern JointTable table_of_cells(const JointCells *cells);

/* The runner for a table with so many cells */
extern SlabRunner runner_for_table(const JointTable *table);

/* The value of a measure, NULL if there is none; wrong weights are an error */
extern Datum return_dependence_of_table(FunctionCallInfo fcinfo, const DependenceMeasure *measure, const JointTable *table,
										double base);

/* The same of cells, by way of their table where most of it is not empty */
extern Datum return_dependence_of_cells(FunctionCallInfo fcinfo, const DependenceMeasure *measure, const JointCells *cells,
										double base);

/* The base of logarithms in an argument; of measures that take none, any */
extern double base_argument(FunctionCallInfo fcinfo, int argument, const DependenceMeasure *measure);

#endif							/* KLDIV_JOINT_H */
