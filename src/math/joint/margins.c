/*-------------------------------------------------------------------------
 *
 * margins.c
 *	  The totals of the rows and columns of a joint distribution.
 *
 * They are in double-double: with a cell that weighs 10^30 times as much as
 * others of its row, these are what the low part is for.  Rows and columns are
 * added up in the same order, so that a table and its transpose have the same
 * totals to the last bit.
 *
 *-------------------------------------------------------------------------
 */
#include "math/joint/margins.h"

#include <math.h>

#include "math/assertions.h"
#include "math/instruction_set.h"
#include "math/pair/distribution.h"
#include "math/pair/slabs.h"

/* The total is scaled to here, so that products of totals that are 10^290 times smaller are no subnormal numbers */
#define TOTAL_EXPONENT 480

/* A part of a table that is a slab: a fraction of a millisecond */
#define PART_LINES 128
#define PART_LENGTH 512

typedef struct MarginJob
{
	const JointTable *table;
	const Margins *margins;
	const JointFunctions *functions;
	size_t		first;			/* of the cells of a line, where this part begins, and where it ends */
	size_t		end;
} MarginJob;

/* Adds a part of some rows to their totals */
static void
add_rows(void *data, size_t slab)
{
	const MarginJob *job = data;
	const JointTable *table = job->table;
	size_t		row = slab * PART_LINES;
	size_t		rows = table->rows - row < PART_LINES ? table->rows - row : PART_LINES;
	LineTotals	totals = {job->margins->rows.hi + row, job->margins->rows.lo + row};

	job->functions->add_to_rows(table->weights + row * table->columns + job->first, table->columns,
								rows, job->end - job->first, totals);
}

static void
add_columns(void *data, size_t slab)
{
	const MarginJob *job = data;
	const JointTable *table = job->table;
	size_t		column = slab * PART_LINES;
	size_t		columns = table->columns - column < PART_LINES ? table->columns - column : PART_LINES;
	LineTotals	totals = {job->margins->columns.hi + column, job->margins->columns.lo + column};

	job->functions->add_to_columns(table->weights + job->first * table->columns + column, table->columns,
								   job->end - job->first, columns, totals);
}

/* Adds up lines of some length, part by part */
static void
add_lines(MarginJob *job, SlabTask task, size_t lines, size_t length, SlabRunner run)
{
	for (job->first = 0; job->first < length; job->first = job->end)
	{
		job->end = length - job->first < PART_LENGTH ? length : job->first + PART_LENGTH;
		run(task, job, 0, (lines + PART_LINES - 1) / PART_LINES);
	}
}

/* Empty totals in the room */
static Margins
begin_margins(size_t rows, size_t columns, double *room, SlabRunner run)
{
	Margins		margins = {
		.rows = {room, room + rows}, .row_count = rows,
		.columns = {room + 2 * rows, room + 2 * rows + columns}, .column_count = columns
	};

	for (size_t i = 0; i < 2 * (rows + columns); i++)
	{
		poll_at(run, i);
		room[i] = 0.0;
	}
	return margins;
}

LineTotals
room_behind_margins(const Margins *margins)
{
	double	   *room = margins->columns.lo + margins->column_count;

	return (LineTotals) {room, room + margins->row_count};
}

/* Has the low parts below the high ones, and adds up all */
static DoubleDouble
complete_totals(LineTotals totals, size_t count, SlabRunner run)
{
	DoubleDouble sum = {0.0, 0.0};

	for (size_t i = 0; i < count; i++)
	{
		DoubleDouble total;

		poll_at(run, i);
		total.hi = two_sum(totals.hi[i], totals.lo[i], &total.lo);
		totals.hi[i] = total.hi;
		totals.lo[i] = total.lo;
		sum = dd_add(sum, total);
	}
	return sum;
}

static DoubleDouble
larger_one(DoubleDouble a, DoubleDouble b)
{
	return a.hi > b.hi || (a.hi == b.hi && a.lo > b.lo) ? a : b;
}

/* Chooses one of two sums of all, in a way that does not know rows from columns */
static void
complete_margins(Margins *margins, SlabRunner run)
{
	DoubleDouble by_rows = complete_totals(margins->rows, margins->row_count, run);
	DoubleDouble by_columns = complete_totals(margins->columns, margins->column_count, run);
	int			exponent;

	margins->all = larger_one(by_rows, by_columns);
	exponent = TOTAL_EXPONENT - exponent_of(margins->all.hi);
	margins->scale = power_of_two(exponent < 1023 ? exponent : 1023);
	assert_that(margins->all.hi > 0.0 && margins->all.hi <= DBL_MAX);
}

Margins
margins_of_table(const JointTable *table, double *room, SlabRunner run, Finding *finding)
{
	Weights		weights = dense_weights(table->weights, table->rows * table->columns);
	Margins		margins = {.row_count = table->rows, .column_count = table->columns};
	MarginJob	job = {.table = table, .margins = &margins, .functions = &active_vector_functions()->joint};

	(void) judge_weights(&weights, 0.0, run, finding);
	if (finding->judgement != WEIGHTS_VALID)
		return margins;
	margins = begin_margins(table->rows, table->columns, room, run);
	add_lines(&job, add_rows, table->rows, table->columns, run);
	add_lines(&job, add_columns, table->columns, table->rows, run);
	complete_margins(&margins, run);
	return margins;
}

static void
add_to_line(LineTotals totals, size_t line, double weight)
{
	double		error;

	totals.hi[line] = two_sum(totals.hi[line], weight, &error);
	totals.lo[line] += error;
}

Margins
margins_of_cells(const JointCells *cells, double *room, SlabRunner run, Finding *finding)
{
	Weights		weights = dense_weights(cells->weights, cells->count);
	Margins		margins = {.row_count = cells->rows, .column_count = cells->columns};

	(void) judge_weights(&weights, 0.0, run, finding);
	if (finding->judgement != WEIGHTS_VALID)
		return margins;
	margins = begin_margins(cells->rows, cells->columns, room, run);
	for (size_t i = 0; i < cells->count; i++)
	{
		poll_at(run, i);
		assert_that(cells->row_of[i] < cells->rows && cells->column_of[i] < cells->columns);
		add_to_line(margins.rows, cells->row_of[i], cells->weights[i]);
		add_to_line(margins.columns, cells->column_of[i], cells->weights[i]);
	}
	complete_margins(&margins, run);
	return margins;
}

JointRow
joint_row(const Margins *margins, size_t row)
{
	return (JointRow) {
		.scale = margins->scale,
		.total = scaled_total(margins->rows.hi[row], margins->rows.lo[row], margins->scale),
		.all = scaled_total(margins->all.hi, margins->all.lo, margins->scale)
	};
}
