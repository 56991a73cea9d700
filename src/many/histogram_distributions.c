/*-------------------------------------------------------------------------
 *
 * histogram_distributions.c
 *	  Many histograms as distributions over the same bins.
 *
 *-------------------------------------------------------------------------
 */
#include "many/histogram_distributions.h"

#include "miscadmin.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "histogram/bin_table.h"
#include "histogram/histogram.h"
#include "histogram/merge.h"

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
fill_weights(const Histogram *labels, const Histogram *histogram, double *weights)
{
	Merge		merge = begin_merge(labels, histogram);
	MatchedBin	matched;

	for (uint32 bin = 0; next_bin(&merge, &matched); bin++)
		weights[bin] = matched.q;
}

Distributions
distributions_of_histograms(ArrayType *array, const char *name)
{
	Distributions dense = {NULL, 0, 0, NULL};
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
	dense.count = (size_t) count;
	dense.bins = labels->count;
	if (dense.bins > 0 && dense.count > MaxAllocHugeSize / sizeof(double) / dense.bins)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many labels to compare all histograms"),
				 errdetail("Argument \"%s\" has %zu histograms with %zu labels in all.",
						   name, dense.count, dense.bins),
				 errhint("Keep the heaviest labels of each with histogram_top().")));

	weights = MemoryContextAllocHuge(CurrentMemoryContext, Max(dense.count * dense.bins, 1) * sizeof(double));
	for (int i = 0; i < count; i++)
	{
		double	   *own = weights + (size_t) i * dense.bins;

		CHECK_FOR_INTERRUPTS();
		if (histograms[i] != NULL)
			fill_weights(labels, histograms[i], own);
		else
			memset(own, 0, dense.bins * sizeof(double));
	}
	dense.weights = weights;
	dense.unknown = nulls;
	return dense;
}
