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

static Label
label_of_pair(Label first, Label second)
{
	size_t		length = first.length + second.length + 4;
	char	   *bytes = MemoryContextAllocHuge(CurrentMemoryContext, length);

	bytes[0] = '[';
	copy_bytes(bytes + 1, first.bytes, first.length);
	memcpy(bytes + 1 + first.length, ", ", 2);
	copy_bytes(bytes + 3 + first.length, second.bytes, second.length);
	bytes[length - 1] = ']';
	return (Label) {bytes, length};
}

/* Refuses a product that is too large before it is computed */
static void
check_product_size(const Pairs *pairs)
{
	uint64		first_bytes = 0;
	uint64		second_bytes = 0;
	uint64		count = (uint64) pairs->cells.rows * pairs->cells.columns;
	double		bytes;

	for (size_t row = 0; row < pairs->cells.rows; row++)
		first_bytes += pairs->row_labels[row].length;
	for (size_t column = 0; column < pairs->cells.columns; column++)
		second_bytes += pairs->column_labels[column].length;
	bytes = (double) first_bytes * pairs->cells.columns + (double) second_bytes * pairs->cells.rows + 4.0 * count;
	check_histogram_size(count, bytes < PG_UINT32_MAX ? (uint64) bytes : PG_UINT32_MAX);
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
	double	   *product;
	Finding		finding;
	Label		duplicate;
	Histogram  *histogram;

	check_product_size(&pairs);
	table = table_of_cells(&pairs.cells);
	product = MemoryContextAllocHuge(CurrentMemoryContext, Max(table.rows * table.columns, 1) * sizeof(double));
	product_of_margins(&table, allocate_margins(table.rows, table.columns), run_slabs_interruptibly, &finding, product);
	report_finding_with_advice(&finding, "joint", "joint", NULL);
	if (finding.judgement == NOTHING_OBSERVED)
		PG_RETURN_NULL();
	begin_bins(&bins, (uint32) (table.rows * table.columns));
	for (size_t cell = 0; cell < table.rows * table.columns; cell++)
	{
		CHECK_FOR_INTERRUPTS();
		add_bin(&bins, label_of_pair(pairs.row_labels[cell / table.columns], pairs.column_labels[cell % table.columns]),
				product[cell]);
	}
	histogram = histogram_of_bins(&bins, &duplicate);
	if (histogram == NULL)
		elog(ERROR, "a pair is there twice");
	PG_RETURN_HISTOGRAM(complete_histogram(histogram));
}
