/*-------------------------------------------------------------------------
 *
 * joint.c
 *	  From joint distributions to what functions of them return.
 *
 *-------------------------------------------------------------------------
 */
#include "joint/joint.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "input/findings.h"
#include "input/parameters.h"
#include "parallel/threads.h"

/* That a cell takes a fast CPU; for deciding how to run */
#define NANOSECONDS_OF_A_CELL 8.0

double *
allocate_margins(size_t rows, size_t columns)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(room_of_margins(rows, columns), 1) * sizeof(double));
}

JointTable
table_of_cells(const JointCells *cells)
{
	size_t		count = cells->rows * cells->columns;
	double	   *weights = MemoryContextAllocHuge(CurrentMemoryContext, Max(count, 1) * sizeof(double));

	for (size_t i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		weights[i] = 0.0;
	}
	for (size_t i = 0; i < cells->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		weights[cells->row_of[i] * cells->columns + cells->column_of[i]] = cells->weights[i];
	}
	return (JointTable) {weights, cells->rows, cells->columns};
}

SlabRunner
runner_for_table(const JointTable *table)
{
	return runner_for((double) table->rows * (double) table->columns * NANOSECONDS_OF_A_CELL);
}

static Datum
return_value(FunctionCallInfo fcinfo, bool is_value, double value, const Finding *finding)
{
	report_finding_with_advice(finding, "joint", "joint", NULL);
	if (!is_value)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}

Datum
return_dependence_of_table(FunctionCallInfo fcinfo, const DependenceMeasure *measure, const JointTable *table, double base)
{
	double	   *room = allocate_margins(table->rows, table->columns);
	double		value = 0.0;
	Finding		finding;
	bool		is_value = dependence_of_table(measure, table, base, room, runner_for_table(table), &finding, &value);

	pfree(room);
	return return_value(fcinfo, is_value, value, &finding);
}

Datum
return_dependence_of_cells(FunctionCallInfo fcinfo, const DependenceMeasure *measure, const JointCells *cells, double base)
{
	double	   *room;
	double		value = 0.0;
	Finding		finding;
	bool		is_value;

	if (are_worth_a_table(cells->count, cells->rows, cells->columns))
	{
		JointTable	table = table_of_cells(cells);
		Datum		result = return_dependence_of_table(fcinfo, measure, &table, base);

		pfree((void *) table.weights);
		return result;
	}
	room = allocate_margins(cells->rows, cells->columns);
	is_value = dependence_of_cells(measure, cells, base, room, run_slabs_interruptibly, &finding, &value);
	pfree(room);
	return return_value(fcinfo, is_value, value, &finding);
}

double
base_argument(FunctionCallInfo fcinfo, int argument, const DependenceMeasure *measure)
{
	return measure->takes_base ? check_parameter(PARAMETER_BASE, PG_GETARG_FLOAT8(argument)) : EULER;
}
