/*-------------------------------------------------------------------------
 *
 * histogram_functions.c
 *	  Measures of dependence over histograms of pairs.
 *
 * A label is a pair of values as jsonb_build_array(x, y)::text writes it, of
 * which the first one is that of x; any other label is an error (22023).  For
 * the rest they are as those over arrays.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "miscadmin.h"

#include "histogram/histogram.h"
#include "input/findings.h"
#include "joint/joint.h"
#include "joint/pairs.h"
#include "parallel/threads.h"

static Datum
value_of_histogram(FunctionCallInfo fcinfo, const DependenceMeasure *measure)
{
	double		base = base_argument(fcinfo, 1, measure);
	Pairs		pairs = pairs_of_histogram(PG_GETARG_HISTOGRAM(0), "joint");

	return return_dependence_of_cells(fcinfo, measure, &pairs.cells, base);
}

#define DEFINE_HISTOGRAM_FUNCTION(name) \
SQL_FUNCTION(kldiv_ ## name ## _histogram) \
{ \
	return value_of_histogram(fcinfo, &name ## _measure); \
}

FOR_EACH_DEPENDENCE_MEASURE(DEFINE_HISTOGRAM_FUNCTION)

/* What is around the values in a label */
#define BYTES_AROUND_PAIR 4

static Label
label_of_pair(Label first, Label second, char *bytes)
{
	size_t		length = first.length + second.length + BYTES_AROUND_PAIR;

	bytes[0] = '[';
	copy_bytes(bytes + 1, first.bytes, first.length);
	memcpy(bytes + 1 + first.length, ", ", 2);
	copy_bytes(bytes + 3 + first.length, second.bytes, second.length);
	bytes[length - 1] = ']';
	return (Label) {bytes, length};
}

static double
bytes_of_labels(const Label *labels, size_t count)
{
	double		bytes = 0.0;

	for (size_t i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		bytes += labels[i].length;
	}
	return bytes;
}

/* Room for the labels of all pairs; a product that is too large is refused before it is computed */
static char *
allocate_labels(const Pairs *pairs)
{
	double		rows = pairs->cells.rows;
	double		columns = pairs->cells.columns;
	double		bytes = bytes_of_labels(pairs->row_labels, pairs->cells.rows) * columns +
		bytes_of_labels(pairs->column_labels, pairs->cells.columns) * rows + BYTES_AROUND_PAIR * rows * columns;

	check_histogram_size((uint64) Min(rows * columns, PG_UINT32_MAX), (uint64) Min(bytes, PG_UINT32_MAX));
	return MemoryContextAllocHuge(CurrentMemoryContext, (Size) bytes + 1);
}

/*
 * product_of_margins(joint): a bin for each pair of values that there are, in
 * the joint distribution or not.
 */
SQL_FUNCTION(kldiv_product_of_margins_histogram)
{
	Pairs		pairs = pairs_of_histogram(PG_GETARG_HISTOGRAM(0), "joint");
	JointTable	table;
	BinList		bins;
	char	   *labels = allocate_labels(&pairs);
	double	   *product;
	Finding		finding;
	Label		duplicate;
	Histogram  *histogram;

	table = table_of_cells(&pairs.cells);
	product = MemoryContextAllocHuge(CurrentMemoryContext, Max(table.rows * table.columns, 1) * sizeof(double));
	product_of_margins(&table, allocate_margins(table.rows, table.columns), run_slabs_interruptibly, &finding, product);
	report_finding_with_advice(&finding, "joint", "joint", NULL);
	if (finding.judgement == NOTHING_OBSERVED)
		PG_RETURN_NULL();
	begin_bins(&bins, (uint32) (table.rows * table.columns));
	for (size_t cell = 0; cell < table.rows * table.columns; cell++)
	{
		Label		label = label_of_pair(pairs.row_labels[cell / table.columns],
										  pairs.column_labels[cell % table.columns], labels);

		CHECK_FOR_INTERRUPTS();
		add_bin(&bins, label, product[cell]);
		labels += label.length;
	}
	histogram = histogram_of_bins(&bins, &duplicate);
	if (histogram == NULL)
		elog(ERROR, "a pair is there twice");
	PG_RETURN_HISTOGRAM(complete_histogram(histogram));
}
