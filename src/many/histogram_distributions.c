/*-------------------------------------------------------------------------
 *
 * histogram_distributions.c
 *	  Many histograms as distributions over the same bins.
 *
 * With few labels in common, rows of a weight for each label that any of them
 * has would take more memory than there is, and be nearly all 0.  So it is
 * lists_are_better() that decides; lists take 12 bytes for each bin of a
 * histogram, and while they are made some 30 for each label.
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

/* Histograms on their way to distributions; NULLs have no labels */
typedef struct HistogramList
{
	Histogram **histograms;
	int			count;
	size_t		bins;			/* of all of them, added up */
} HistogramList;

/* The labels of all histograms, each once */
static BinTable *
table_of_labels(const HistogramList *list, MemoryContext context)
{
	BinTable   *table = new_bin_table(context, false);

	for (int i = 0; i < list->count; i++)
		for (uint32 bin = 0; list->histograms[i] != NULL && bin < list->histograms[i]->count; bin++)
		{
			CHECK_FOR_INTERRUPTS();
			add_to_table(table, histogram_label(list->histograms[i], bin), 0.0);
		}
	return table;
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

/* All weights of all histograms */
static const double *
rows_of_histograms(const HistogramList *list, const Histogram *labels, const char *name, size_t most)
{
	size_t		count = (size_t) list->count;
	size_t		bins = labels->count;
	double	   *weights;

	if (bins > 0 && count > most / bins)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many labels to compare all histograms"),
				 errdetail("Argument \"%s\" has %zu histograms with %zu labels in all.", name, count, bins),
				 errhint("Keep the heaviest labels of each with histogram_top().")));
	weights = MemoryContextAllocHuge(CurrentMemoryContext, Max(count * bins, 1) * sizeof(double));
	for (size_t i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (list->histograms[i] != NULL)
			fill_weights(labels, list->histograms[i], weights + i * bins);
		else
			memset(weights + i * bins, 0, bins * sizeof(double));
	}
	return weights;
}

/* Gives each label in the table its position among the sorted ones as its weight */
static void
number_labels(BinTable *table, const Histogram *labels)
{
	for (uint32 bin = 0; bin < labels->count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		add_to_table(table, histogram_label(labels, bin), bin);
	}
}

/* The bins and weights of each histogram, without those that weigh nothing, in the order of the labels as they are there */
static const BinLists *
lists_of_histograms(const HistogramList *list, const BinTable *numbers)
{
	BinLists   *lists = palloc(sizeof(BinLists));
	size_t	   *starts = MemoryContextAllocHuge(CurrentMemoryContext, ((size_t) list->count + 1) * sizeof(size_t));
	uint32	   *bins = MemoryContextAllocHuge(CurrentMemoryContext, Max(list->bins, 1) * sizeof(uint32));
	double	   *weights = MemoryContextAllocHuge(CurrentMemoryContext, Max(list->bins, 1) * sizeof(double));
	size_t		next = 0;

	for (int i = 0; i < list->count; i++)
	{
		const Histogram *histogram = list->histograms[i];

		starts[i] = next;
		for (uint32 bin = 0; histogram != NULL && bin < histogram->count; bin++)
		{
			CHECK_FOR_INTERRUPTS();
			if (histogram->weights[bin] == 0.0)
				continue;
			bins[next] = (uint32) table_weight(numbers, histogram_label(histogram, bin));
			weights[next] = histogram->weights[bin];
			Assert(next == starts[i] || bins[next - 1] < bins[next]);
			next++;
		}
	}
	starts[list->count] = next;
	*lists = (BinLists) {starts, bins, weights};
	return lists;
}

static HistogramList
histograms_of_array(ArrayType *array, bool **nulls)
{
	HistogramList list = {NULL, 0, 0};
	Datum	   *values;
	int16		length;
	bool		by_value;
	char		alignment;

	get_typlenbyvalalign(ARR_ELEMTYPE(array), &length, &by_value, &alignment);
	deconstruct_array(array, ARR_ELEMTYPE(array), length, by_value, alignment, &values, nulls, &list.count);
	list.histograms = palloc0(Max(list.count, 1) * sizeof(Histogram *));
	for (int i = 0; i < list.count; i++)
	{
		if ((*nulls)[i])
			continue;
		list.histograms[i] = datum_histogram(values[i]);
		list.bins += list.histograms[i]->count;
	}
	pfree(values);
	return list;
}

/* Whether to have lists, of whatever histograms */
typedef enum Lists
{
	NO_LISTS,
	LISTS_IF_BETTER,
	ALWAYS_LISTS
} Lists;

/* As lists, always or where that is better for a measure; or as rows of so many weights at most */
static Distributions
gather_histograms(ArrayType *array, const char *name, Lists form, const Measure *measure, size_t most)
{
	Distributions distributions = {0};
	bool	   *nulls;
	HistogramList list = histograms_of_array(array, &nulls);
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "kldiv labels", ALLOCSET_DEFAULT_SIZES);
	BinTable   *table = table_of_labels(&list, context);
	Histogram  *labels = histogram_of_table(table);

	distributions.count = (size_t) list.count;
	distributions.bins = labels->count;
	distributions.unknown = nulls;
	if (form == ALWAYS_LISTS ||
		(form == LISTS_IF_BETTER && lists_are_better(measure, distributions.count, distributions.bins, list.bins)))
	{
		number_labels(table, labels);
		distributions.lists = lists_of_histograms(&list, table);
	}
	else
		distributions.weights = rows_of_histograms(&list, labels, name, most);
	pfree(labels);
	pfree(list.histograms);
	MemoryContextDelete(context);
	return distributions;
}

Distributions
distributions_of_histograms(ArrayType *array, const char *name, const Measure *measure)
{
	return gather_histograms(array, name, LISTS_IF_BETTER, measure, MaxAllocHugeSize / sizeof(double));
}

Distributions
rows_of_histogram_array(ArrayType *array, const char *name, size_t most)
{
	return gather_histograms(array, name, NO_LISTS, NULL, most);
}

Distributions
lists_of_histogram_array(ArrayType *array, const char *name)
{
	return gather_histograms(array, name, ALWAYS_LISTS, NULL, 0);
}
