/*-------------------------------------------------------------------------
 *
 * dependence.c
 *	  From a joint distribution to the value of a measure of dependence.
 *
 * Mutual information is the sum over all cells of phi(n N, r c)/N^2, of which no
 * term is negative: see joint_loops.h for the products, and elementary.h for
 * phi.  Sums of p log p have to cancel where variables are nearly independent;
 * here nothing is left to cancel, and counts that are independent give 0.
 *
 * Terms are added up without rounding, so that the sum does not know in which
 * order they came.
 *
 *-------------------------------------------------------------------------
 */
#include "math/joint/dependence.h"

#include <math.h>

#include "math/assertions.h"
#include "math/exact_sum.h"
#include "math/instruction_set.h"
#include "math/joint/margins.h"
#include "math/measure.h"
#include "math/pair/slabs.h"
#include "math/pair/value.h"

/* A part of a table that is a slab, and the slabs whose sums wait to be added */
#define PART_ROWS 32
#define PART_COLUMNS BLOCK_SIZE
#define WAITING_SLABS 64

/* Below this r c may have lost bits, or all of them */
#define LEAST_PRODUCT 0x1p-900

/* What cells add up to */
typedef struct CellSums
{
	ExactSum	terms;
	uint64_t	observed;		/* cells that weigh something */
} CellSums;

typedef struct TermJob
{
	const JointTable *table;
	const Margins *margins;
	const JointFunctions *functions;
	bool		of_left_open;
	double		least_column;	/* the least total of a column that is not 0, scaled */
	size_t		first_slab;
	CellSums	sums[WAITING_SLABS];
} TermJob;

/*
 * The term of a cell whose r c is beyond double precision: far above it, as it
 * has to be where that matters, n N log(n N/(r c)) is all there is.
 */
static double
far_term(double cell, DoubleDouble column, const JointRow *row, double otherwise)
{
	JointProducts products = products_of_cell(cell, column, row);

	if (products.independent >= LEAST_PRODUCT || !(products.joint > 4.0 * products.independent))
		return otherwise;
	return products.joint * ((natural_log(cell) + natural_log(row->all.hi)) - (natural_log(row->total.hi) + natural_log(column.hi))) -
		products.difference;
}

static double
term_of_cell(double cell, DoubleDouble column, const JointRow *row, bool of_left_open)
{
	if (of_left_open)
		return open_term(cell, column);
	return far_term(cell, column, row, joint_term(cell, column, row));
}

/* Adds the terms of some cells that are next to each other in a row */
static void
add_part_of_row(const TermJob *job, size_t row_number, size_t column, size_t count, CellSums *sums)
{
	const Margins *margins = job->margins;
	const double *cells = job->table->weights + row_number * job->table->columns + column;
	const double *column_hi = margins->columns.hi + column;
	const double *column_lo = margins->columns.lo + column;
	JointRow	row = joint_row(margins, row_number);
	double		terms[PART_COLUMNS];

	if (row.total.hi == 0.0)
		return;
	if (job->of_left_open)
		job->functions->open_terms(cells, column_hi, column_lo, count, &row, terms);
	else
		job->functions->terms(cells, column_hi, column_lo, count, &row, terms);
	if (!job->of_left_open && row.total.hi * job->least_column < LEAST_PRODUCT)
		for (size_t i = 0; i < count; i++)
			terms[i] = far_term(cells[i] * margins->scale, scaled_column(margins, column + i), &row, terms[i]);
	for (size_t i = 0; i < count; i++)
	{
		add_exactly(&sums->terms, terms[i]);
		sums->observed += cells[i] > 0.0;
	}
}

/* How many parts of a row there are */
static size_t
parts_of_row(const JointTable *table)
{
	return (table->columns + PART_COLUMNS - 1) / PART_COLUMNS;
}

static void
add_slab(void *data, size_t slab)
{
	TermJob    *job = data;
	const JointTable *table = job->table;
	size_t		parts = parts_of_row(table);
	size_t		first = slab / parts * PART_ROWS;
	size_t		end = table->rows - first < PART_ROWS ? table->rows : first + PART_ROWS;
	size_t		column = slab % parts * PART_COLUMNS;
	size_t		columns = table->columns - column < PART_COLUMNS ? table->columns - column : PART_COLUMNS;

	for (size_t row = first; row < end; row++)
		add_part_of_row(job, row, column, columns, &job->sums[slab - job->first_slab]);
}

static void
add_sums(CellSums *sums, const CellSums *others)
{
	add_exactly(&sums->terms, others->terms.first);
	for (int i = 0; i < EXACT_SUM_PARTS - 1; i++)
		if (others->terms.rest[i] != 0.0)
			add_exactly(&sums->terms, others->terms.rest[i]);
	sums->observed += others->observed;
}

/* The least total that is not 0, and how many there are */
static size_t
count_observed(const double *totals, size_t count, double *least, SlabRunner run)
{
	size_t		observed = 0;

	*least = INFINITY;
	for (size_t i = 0; i < count; i++)
	{
		poll_at(run, i);
		observed += totals[i] > 0.0;
		*least = totals[i] > 0.0 && totals[i] < *least ? totals[i] : *least;
	}
	return observed;
}

static CellSums
sums_of_table(const JointTable *table, const Margins *margins, bool of_left_open, SlabRunner run)
{
	TermJob		job = {
		.table = table, .margins = margins, .functions = &active_vector_functions()->joint, .of_left_open = of_left_open
	};
	CellSums	all = {.observed = 0};
	size_t		slabs = (table->rows + PART_ROWS - 1) / PART_ROWS * parts_of_row(table);

	(void) count_observed(margins->columns.hi, margins->column_count, &job.least_column, run);
	job.least_column *= margins->scale;
	for (size_t first = 0; first < slabs; first += WAITING_SLABS)
	{
		size_t		count = slabs - first < WAITING_SLABS ? slabs - first : WAITING_SLABS;

		job.first_slab = first;
		memset(job.sums, 0, count * sizeof(CellSums));
		run(add_slab, &job, first, first + count);
		for (size_t i = 0; i < count; i++)
			add_sums(&all, &job.sums[i]);
	}
	return all;
}

/*
 * Adds the terms of all cells of a row that weigh nothing, r c for each column
 * but those in which the row has a cell.
 */
static void
add_absent_cells(CellSums *sums, const Margins *margins, size_t row_number, DoubleDouble present_columns)
{
	JointRow	row = joint_row(margins, row_number);
	DoubleDouble absent = dd_add(row.all, (DoubleDouble) {-present_columns.hi, -present_columns.lo});
	double		error;

	if (!(absent.hi > 0.0))
		return;
	add_exactly(&sums->terms, two_product(row.total.hi, absent.hi, &error));
	add_exactly(&sums->terms, error);
	add_exactly(&sums->terms, row.total.hi * absent.lo + row.total.lo * absent.hi);
}

static CellSums
sums_of_cells(const JointCells *cells, const Margins *margins, bool of_left_open, SlabRunner run)
{
	CellSums	sums = {.observed = 0};
	LineTotals	present = room_behind_margins(margins);

	for (size_t row = 0; row < cells->rows; row++)
	{
		poll_at(run, row);
		present.hi[row] = present.lo[row] = 0.0;
	}
	for (size_t i = 0; i < cells->count; i++)
	{
		size_t		row_number = cells->row_of[i];
		JointRow	row = joint_row(margins, row_number);
		DoubleDouble column = scaled_column(margins, cells->column_of[i]);
		DoubleDouble columns = {present.hi[row_number], present.lo[row_number]};

		poll_at(run, i);
		if (cells->weights[i] == 0.0)
			continue;
		add_exactly(&sums.terms, term_of_cell(cells->weights[i] * margins->scale, column, &row, of_left_open));
		sums.observed++;
		columns = dd_add(columns, column);
		present.hi[row_number] = columns.hi;
		present.lo[row_number] = columns.lo;
	}
	for (size_t row = 0; row < cells->rows && !of_left_open; row++)
	{
		poll_at(run, row);
		add_absent_cells(&sums, margins, row, (DoubleDouble) {present.hi[row], present.lo[row]});
	}
	return sums;
}

/* In nats; totals that are valid together are valid alone */
static double
entropy_of_totals(const double *totals, size_t count, SlabRunner run)
{
	Weights		weights = dense_weights(totals, count);
	Parameters	parameters = default_parameters(entropy_measure.takes);
	Finding		finding;

	return evaluate_measure(&entropy_measure, &weights, &weights, &parameters, run, &finding);
}

static double
smaller(double a, double b)
{
	return a < b ? a : b;
}

/* Where one variable determines the other, information is the other's entropy to the bit; where both do, that of either */
static double
information_of_sum(double sum, const Margins *margins, const Dependence *dependence)
{
	double		all = margins->all.hi * margins->scale;
	double		information = sum / all / all;
	double		most = smaller(dependence->x_entropy, dependence->y_entropy);

	if (dependence->y_determines_x || dependence->x_determines_y)
		return most;
	return smaller(information, most);
}

static bool
value_of_sums(const DependenceMeasure *measure, const CellSums *sums, const Margins *margins, double base, SlabRunner run,
			  double *value)
{
	Dependence	dependence = {.information = 0.0};
	double		sum = exact_value(&sums->terms);
	double		least;

	dependence.x_entropy = entropy_of_totals(margins->rows.hi, margins->row_count, run);
	dependence.y_entropy = entropy_of_totals(margins->columns.hi, margins->column_count, run);
	dependence.x_determines_y = sums->observed == count_observed(margins->rows.hi, margins->row_count, &least, run);
	dependence.y_determines_x = sums->observed == count_observed(margins->columns.hi, margins->column_count, &least, run);
	if (measure->of_left_open)
		dependence.x_left_open = smaller(sum / (margins->all.hi * margins->scale), dependence.x_entropy);
	else
		dependence.information = information_of_sum(sum, margins, &dependence);
	if (!measure->value(&dependence, value))
		return false;
	*value = measure->takes_base ? value_of_nats(&entropy_measure, *value, base) : *value;
	assert_that(*value >= 0.0 && *value <= DBL_MAX);
	return true;
}

bool
dependence_of_table(const DependenceMeasure *measure, const JointTable *table, double base, double *room, SlabRunner run,
					Finding *finding, double *value)
{
	Margins		margins = margins_of_table(table, room, run, finding);
	CellSums	sums;

	if (finding->judgement != WEIGHTS_VALID)
		return false;
	sums = sums_of_table(table, &margins, measure->of_left_open, run);
	return value_of_sums(measure, &sums, &margins, base, run, value);
}

bool
dependence_of_cells(const DependenceMeasure *measure, const JointCells *cells, double base, double *room, SlabRunner run,
					Finding *finding, double *value)
{
	Margins		margins = margins_of_cells(cells, room, run, finding);
	CellSums	sums;

	if (finding->judgement != WEIGHTS_VALID)
		return false;
	sums = sums_of_cells(cells, &margins, measure->of_left_open, run);
	return value_of_sums(measure, &sums, &margins, base, run, value);
}

/* a/b, to the last bit but one */
static double
quotient_of(DoubleDouble a, DoubleDouble b)
{
	double		quotient = a.hi / b.hi;
	double		error;
	double		product = two_product(quotient, b.hi, &error);

	return quotient + (((a.hi - product) - error) + (a.lo - quotient * b.lo)) / b.hi;
}

void
product_of_margins(const JointTable *table, double *room, SlabRunner run, Finding *finding, double *product)
{
	Margins		margins = margins_of_table(table, room, run, finding);

	if (finding->judgement != WEIGHTS_VALID)
		return;
	for (size_t row_number = 0; row_number < table->rows; row_number++)
	{
		JointRow	row = joint_row(&margins, row_number);

		for (size_t column = 0; column < table->columns; column++)
		{
			size_t		cell = row_number * table->columns + column;
			DoubleDouble both = dd_times(row.total, scaled_column(&margins, column));

			poll_at(run, cell);
			product[cell] = both.hi > 0.0 ? quotient_of(both, row.all) / margins.scale : 0.0;
		}
	}
}
