/*-------------------------------------------------------------------------
 *
 * hellinger_embeddings.c
 *	  hellinger_embeddings: histograms as points whose distances are Hellinger's.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "histogram/bin_table.h"
#include "histogram/histogram.h"
#include "histogram/merge.h"
#include "math/pair/distribution.h"
#include "parallel/threads.h"

/* The labels of all histograms, each once; NULLs have none */
static Histogram *
labels_of_all(Histogram **histograms, int count)
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

/* The point of one histogram, in which something was observed */
static void
embed_histogram(const Histogram *labels, const Histogram *histogram, double *weights, double *point)
{
	Merge		merge = begin_merge(labels, histogram);
	MatchedBin	matched;
	Weights		all = dense_weights(weights, labels->count);
	Finding		finding;
	double		total;

	for (uint32 bin = 0; next_bin(&merge, &matched); bin++)
		weights[bin] = matched.q;
	total = judge_weights(&all, 0.0, run_slabs_interruptibly, &finding);
	Assert(finding.judgement == WEIGHTS_VALID);
	embed_roots(&all, total, run_slabs_interruptibly, point);
}

/*
 * An array with a row of so many numbers for each histogram.  The rows of those
 * in which nothing was observed are NULL, and take no room in the data behind.
 */
static ArrayType *
new_points(Histogram **histograms, int rows, uint32 bins)
{
	int			count = ArrayGetNItems(2, (int[]) {rows, (int) bins});
	int			known = 0;
	Size		size;
	ArrayType  *array;

	for (int i = 0; i < rows; i++)
		known += histograms[i] != NULL;
	size = (known < rows ? ARR_OVERHEAD_WITHNULLS(2, count) : ARR_OVERHEAD_NONULLS(2)) + (Size) known * bins * sizeof(float8);
	if (!AllocSizeIsValid(size))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many labels to embed all histograms"),
				 errdetail("Argument \"distributions\" has %d histograms with %u labels in all.", rows, bins),
				 errhint("Keep the heaviest labels of each with histogram_top().")));
	array = palloc0(size);
	SET_VARSIZE(array, size);
	array->ndim = 2;
	array->dataoffset = known < rows ? ARR_OVERHEAD_WITHNULLS(2, count) : 0;
	array->elemtype = FLOAT8OID;
	memcpy(ARR_DIMS(array), ((int[]) {rows, (int) bins}), 2 * sizeof(int));
	memcpy(ARR_LBOUND(array), ((int[]) {1, 1}), 2 * sizeof(int));
	if (known < rows)
		for (int i = 0; i < count; i++)
		{
			CHECK_FOR_INTERRUPTS();
			if (histograms[i / (int) bins] != NULL)
				ARR_NULLBITMAP(array)[i / 8] |= 1 << (i % 8);
		}
	return array;
}

/*
 * hellinger_embeddings(distributions): a row for each histogram, with what
 * hellinger_embedding() gives of its weights, for every label that any of them
 * has, in the order of their bytes.  The row of a NULL, or of one in which
 * nothing was observed, is of NULLs.  An empty array if there are no labels.
 */
SQL_FUNCTION(kldiv_hellinger_embeddings)
{
	ArrayType  *distributions = PG_GETARG_ARRAYTYPE_P(0);
	Histogram **histograms;
	Datum	   *values;
	bool	   *nulls;
	int			count;
	int16		length;
	bool		by_value;
	char		alignment;
	Histogram  *labels;
	double	   *weights;
	double	   *next;
	ArrayType  *points;

	get_typlenbyvalalign(ARR_ELEMTYPE(distributions), &length, &by_value, &alignment);
	deconstruct_array(distributions, ARR_ELEMTYPE(distributions), length, by_value, alignment, &values, &nulls, &count);
	histograms = palloc0(Max(count, 1) * sizeof(Histogram *));
	for (int i = 0; i < count; i++)
		if (!nulls[i])
			histograms[i] = datum_histogram(values[i]);
	labels = labels_of_all(histograms, count);
	if (labels->count == 0)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(FLOAT8OID));

	for (int i = 0; i < count; i++)
		if (histograms[i] != NULL && histograms[i]->total == 0.0)
			histograms[i] = NULL;
	points = new_points(histograms, count, labels->count);
	next = (double *) ARR_DATA_PTR(points);
	weights = palloc(labels->count * sizeof(double));
	for (int i = 0; i < count; i++)
		if (histograms[i] != NULL)
		{
			embed_histogram(labels, histograms[i], weights, next);
			next += labels->count;
		}
	PG_RETURN_ARRAYTYPE_P(points);
}
