/*-------------------------------------------------------------------------
 *
 * histogram_distributions.c
 *	  Many histograms as rows of weights of the same bins.
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/histogram.h"

#include "miscadmin.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "histogram/bin_table.h"
#include "many/comparisons.h"

/* The labels of all histograms, each once; NULLs have none */
static Histogram *
all_labels(Histogram **histograms, int count)
{
	BinTable   *table = new_bin_table(CurrentMemoryContext, false);

	for (int i = 0; i < count; i++)
		for (uint32 bin = 0; histograms[i] != NULL && bin < histograms[i]->count; bin++)
		{
			CHECK_FOR_INTERRUPTS();
			add_to_table(table, histogram_label(histograms[i], bin), 0.0);
		}
	return histogram_of_table(table);
}

/* The weights of one histogram, 0 for labels that it does not have */
static void
fill_row(const Histogram *labels, const Histogram *histogram, double *row)
{
	Merge		merge = begin_merge(labels, histogram);
	BinPair		pair;

	for (uint32 bin = 0; next_pair(&merge, &pair); bin++)
		row[bin] = pair.q;
}

/*
 * The rows of an array of histograms, of which each has a bin for every label
 * that any of them has.  Of a NULL nothing is known, whatever pseudocount is added.
 */
DenseRows
dense_rows_of_histograms(ArrayType *array, const char *name)
{
	DenseRows	dense = {NULL, 0, 0, NULL};
	Datum	   *values;
	bool	   *nulls;
	int			count;
	Histogram **histograms;
	Histogram  *labels;
	double	   *weights;
	int16		length;
	bool		by_value;
	char		alignment;

	get_typlenbyvalalign(ARR_ELEMTYPE(array), &length, &by_value, &alignment);
	deconstruct_array(array, ARR_ELEMTYPE(array), length, by_value, alignment, &values, &nulls, &count);
	histograms = palloc0(Max(count, 1) * sizeof(Histogram *));
	for (int i = 0; i < count; i++)
		if (!nulls[i])
			histograms[i] = datum_histogram(values[i]);
	labels = all_labels(histograms, count);
	dense.rows = (size_t) count;
	dense.bins = labels->count;
	if (dense.bins > 0 && dense.rows > MaxAllocHugeSize / sizeof(double) / dense.bins)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many labels to compare all histograms"),
				 errdetail("Argument \"%s\" has %zu histograms with %zu labels in all.",
						   name, dense.rows, dense.bins),
				 errhint("Keep the heaviest labels of each with histogram_top().")));

	weights = MemoryContextAllocHuge(CurrentMemoryContext, Max(dense.rows * dense.bins, 1) * sizeof(double));
	for (int i = 0; i < count; i++)
	{
		double	   *row = weights + (size_t) i * dense.bins;

		CHECK_FOR_INTERRUPTS();
		if (histograms[i] != NULL)
			fill_row(labels, histograms[i], row);
		else
			memset(row, 0, dense.bins * sizeof(double));
	}
	dense.weights = weights;
	dense.unknown = nulls;
	return dense;
}
