/*-------------------------------------------------------------------------
 *
 * functions.c
 *	  Making histograms of arrays, what is in them, and parts of them.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "histogram/histogram.h"
#include "input/arrays.h"
#include "input/findings.h"
#include "math/exact_sum.h"
#include "math/pair/distribution.h"
#include "parallel/threads.h"

/*
 * histogram(labels, weights): arrays of one dimension and the same length.  A
 * NULL weight is 0; a label must not be NULL, nor occur twice.
 */
SQL_FUNCTION(kldiv_histogram_of_arrays)
{
	ArrayType  *label_array = PG_GETARG_ARRAYTYPE_P(0);
	ArrayType  *weight_array = PG_GETARG_ARRAYTYPE_P(1);
	Weights		weights = array_weights(weight_array);
	Finding		finding;
	BinList		bins;
	Label		duplicate;
	Histogram  *histogram;
	ArrayIterator iterator;
	Datum		value;
	bool		is_null;

	if (ARR_NDIM(label_array) > 1 || ARR_NDIM(weight_array) > 1 ||
		(size_t) ArrayGetNItems(ARR_NDIM(label_array), ARR_DIMS(label_array)) != weights.count)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("labels and weights must be arrays of one dimension and the same length")));
	judge_weights(&weights, 0.0, run_slabs_interruptibly, &finding);
	report_finding(&finding, "weights", "weights");
	weights = all_present(weights);

	begin_bins(&bins, (uint32) weights.count);
	iterator = array_create_iterator(label_array, 0, NULL);
	for (size_t i = 0; array_iterate(iterator, &value, &is_null); i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (is_null)
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("label must not be NULL"),
					 errdetail("Argument \"labels\" has NULL at position %zu.", i + 1),
					 errhint("Name the bin, for instance coalesce(label, '(null)').")));
		add_bin(&bins, text_label(DatumGetTextPP(value)), weights.values[i]);
	}
	histogram = histogram_of_bins(&bins, &duplicate);
	if (histogram == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("label must not occur twice"),
				 errdetail("Argument \"labels\" has \"%s\" more than once.", label_for_message(duplicate)),
				 errhint("histogram_agg(label, weight) adds up what belongs to the same label.")));
	PG_RETURN_HISTOGRAM(complete_histogram(histogram));
}

/* histogram_total(h): sum of the weights, 0 if there are none */
SQL_FUNCTION(kldiv_histogram_total)
{
	Histogram  *histogram = PG_GETARG_HISTOGRAM(0);

	PG_RETURN_FLOAT8(histogram->total);
}

/* histogram_bin_count(h): number of labels, those of weight 0 included */
SQL_FUNCTION(kldiv_histogram_bin_count)
{
	Histogram  *histogram = PG_GETARG_HISTOGRAM(0);

	PG_RETURN_INT32((int32) histogram->count);
}

/* histogram_weight(h, label): 0 for a label that is not there */
SQL_FUNCTION(kldiv_histogram_weight)
{
	Histogram  *histogram = PG_GETARG_HISTOGRAM(0);

	PG_RETURN_FLOAT8(weight_of_label(histogram, text_label(PG_GETARG_TEXT_PP(1))));
}

/* histogram_labels(h): all labels, sorted by their bytes */
SQL_FUNCTION(kldiv_histogram_labels)
{
	Histogram  *histogram = PG_GETARG_HISTOGRAM(0);
	Datum	   *labels;

	if (histogram->count > MaxArraySize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("histogram has more bins than an array can have elements"),
				 errhint("histogram_bins() returns them as rows.")));
	labels = palloc(Max(histogram->count, 1) * sizeof(Datum));
	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		labels[bin] = PointerGetDatum(label_text(histogram_label(histogram, bin)));
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(labels, (int) histogram->count, TEXTOID, -1, false, TYPALIGN_INT));
}

/* histogram_weights(h): the weights, in the order of histogram_labels(h) */
SQL_FUNCTION(kldiv_histogram_weights)
{
	Histogram  *histogram = PG_GETARG_HISTOGRAM(0);
	ArrayType  *array;

	if (histogram->count == 0)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(FLOAT8OID));
	array = new_weight_array(1, (int[]) {(int) histogram->count}, (int[]) {1});
	memcpy(ARR_DATA_PTR(array), histogram->weights, histogram->count * sizeof(double));
	PG_RETURN_ARRAYTYPE_P(array);
}

/* histogram_trim(h): without the bins of weight 0 */
SQL_FUNCTION(kldiv_histogram_trim)
{
	Histogram  *histogram = PG_GETARG_HISTOGRAM(0);
	Histogram  *result;
	uint64		count = 0;
	uint64		label_bytes = 0;
	uint32		next = 0;

	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		if (histogram->weights[bin] > 0.0)
		{
			count++;
			label_bytes += histogram_label(histogram, bin).length;
		}
	}
	result = new_histogram(count, label_bytes);
	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		if (histogram->weights[bin] > 0.0)
			append_bin(result, next++, histogram_label(histogram, bin), histogram->weights[bin]);
	}
	PG_RETURN_HISTOGRAM(complete_histogram(result));
}

/* histogram_bins(h): a row for each bin, sorted by label */
SQL_FUNCTION(kldiv_histogram_bins)
{
	FuncCallContext *context;
	const Histogram *histogram;
	uint32		bin;
	Datum		values[2];
	bool		nulls[2] = {false, false};

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;

		context = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(context->multi_call_memory_ctx);
		histogram = PG_GETARG_HISTOGRAM_COPY(0);
		context->user_fctx = unconstify(Histogram *, histogram);
		context->max_calls = histogram->count;
		context->tuple_desc = result_row_type(fcinfo);
		MemoryContextSwitchTo(caller);
	}
	context = SRF_PERCALL_SETUP();
	if (context->call_cntr >= context->max_calls)
		SRF_RETURN_DONE(context);
	histogram = context->user_fctx;
	bin = (uint32) context->call_cntr;
	values[0] = PointerGetDatum(label_text(histogram_label(histogram, bin)));
	values[1] = Float8GetDatum(histogram->weights[bin]);
	SRF_RETURN_NEXT(context, HeapTupleGetDatum(heap_form_tuple(context->tuple_desc, values, nulls)));
}

/* A bin that may be among the heaviest */
typedef struct HeavyBin
{
	double		weight;
	uint32		bin;
} HeavyBin;

/* The heaviest first; of equal ones the first label */
static int
compare_heavy_bins(const void *left, const void *right)
{
	const HeavyBin *a = left;
	const HeavyBin *b = right;

	CHECK_FOR_INTERRUPTS();
	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return (a->bin > b->bin) - (a->bin < b->bin);
}

/* What the rest of histogram_top() is called if nothing else is asked for */
#define OTHER "(other)"

/*
 * The rest would not be told from a bin that has its name already.  But the bin
 * that an earlier call left, under the name that is never asked for, is a rest
 * itself.
 */
static void
check_other(const Histogram *histogram, Label other)
{
	if (find_label(histogram, other) < 0 || compare_labels(other, (Label) {OTHER, strlen(OTHER)}) == 0)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the rest must not have the label of a bin"),
			 errdetail("Argument \"other\" is \"%s\", which the histogram has.", label_for_message(other)),
			 errhint("Choose another label. Only the rest of an earlier call, \"%s\", is added to.", OTHER)));
}

/*
 * histogram_top(h, k, other): the k heaviest bins, and the rest added up under
 * the label other, which must not be that of a bin; but "(other)" may, and if
 * it is one of the k, it gets the rest as well.  NULL as other drops the rest.
 */
SQL_FUNCTION(kldiv_histogram_top)
{
	Histogram  *histogram;
	int32		k;
	Label		other = {NULL, 0};
	bool		has_other = !PG_ARGISNULL(2);
	HeavyBin   *heavy;
	BinList		bins;
	Label		duplicate;
	ExactSum	rest = {.first = 0.0};
	int64		other_bin = -1;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	histogram = PG_GETARG_HISTOGRAM(0);
	k = PG_GETARG_INT32(1);
	if (k < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("k must be at least 0"),
				 errdetail("Argument \"k\" is %d.", k)));
	if (histogram->count <= (uint32) k)
		PG_RETURN_HISTOGRAM(histogram);
	if (has_other)
	{
		other = text_label(PG_GETARG_TEXT_PP(2));
		check_other(histogram, other);
	}

	heavy = MemoryContextAllocHuge(CurrentMemoryContext, histogram->count * sizeof(HeavyBin));
	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		heavy[bin] = (HeavyBin) {histogram->weights[bin], bin};
	}
	qsort(heavy, histogram->count, sizeof(HeavyBin), compare_heavy_bins);

	begin_bins(&bins, (uint32) k + 1);
	for (uint32 i = 0; i < (uint32) k; i++)
	{
		Label		label = histogram_label(histogram, heavy[i].bin);

		CHECK_FOR_INTERRUPTS();
		if (has_other && compare_labels(label, other) == 0)
			other_bin = bins.count;
		add_bin(&bins, label, heavy[i].weight);
	}
	for (uint32 i = (uint32) k; i < histogram->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		add_exactly(&rest, heavy[i].weight);
	}
	if (other_bin >= 0)
	{
		add_exactly(&rest, bins.weights[other_bin]);
		bins.weights[other_bin] = exact_value(&rest);
	}
	else if (has_other)
		add_bin(&bins, other, exact_value(&rest));
	PG_RETURN_HISTOGRAM(complete_histogram(histogram_of_bins(&bins, &duplicate)));
}

static int
compare_for_order(const void *left, const void *right)
{
	CHECK_FOR_INTERRUPTS();
	return compare_labels(*(const Label *) left, *(const Label *) right);
}

/* The labels of an array of text, sorted, each once */
static uint32
distinct_labels(ArrayType *array, Label **labels)
{
	ArrayIterator iterator = array_create_iterator(array, 0, NULL);
	size_t		count = (size_t) ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	uint32		distinct = 0;
	Datum		value;
	bool		is_null;

	*labels = MemoryContextAllocHuge(CurrentMemoryContext, Max(count, 1) * sizeof(Label));
	for (size_t i = 0; array_iterate(iterator, &value, &is_null); i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (is_null)
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("label must not be NULL"),
					 errdetail("Argument \"labels\" has NULL at position %zu.", i + 1)));
		(*labels)[i] = text_label(DatumGetTextPP(value));
	}
	qsort(*labels, count, sizeof(Label), compare_for_order);
	for (size_t i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (i == 0 || compare_labels((*labels)[i], (*labels)[distinct - 1]) != 0)
			(*labels)[distinct++] = (*labels)[i];
	}
	return distinct;
}

/* A bin of the rest cannot be told from one that is listed, unless it has the name that is never asked for */
static void
check_not_listed(Label other)
{
	if (compare_labels(other, (Label) {OTHER, strlen(OTHER)}) == 0)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the rest must not have the label of a bin"),
			 errdetail("Argument \"other\" is \"%s\", which is one of the labels.", label_for_message(other)),
			 errhint("Choose another label.")));
}

/* Gives bins, which are sorted, the weights of the histogram; the others go to the rest */
static void
take_weights(const Histogram *histogram, BinList *bins, ExactSum *rest)
{
	uint32		next = 0;

	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		Label		label = histogram_label(histogram, bin);
		int			difference = -1;

		while (next < bins->count && (difference = compare_labels(bins->labels[next], label)) < 0)
		{
			CHECK_FOR_INTERRUPTS();
			next++;
		}
		CHECK_FOR_INTERRUPTS();
		if (difference == 0 && next < bins->count)
			bins->weights[next] = histogram->weights[bin];
		else
			add_exactly(rest, histogram->weights[bin]);
	}
}

/*
 * histogram_keep(h, labels, other): a bin for each of the labels, of weight 0 if
 * it is not there, and all others added up under the label other, which must not
 * be that of a bin or one of the labels; but "(other)" may, and if it is one of
 * the labels, it gets the rest as well.  NULL as other drops the rest; NULL if h
 * or the array is NULL.  Labels count once, in any order; none of them may be NULL.
 *
 * Since only labels decide, two histograms that keep the same ones are sums of the
 * same bins, and neither KL nor another f-divergence between them is more than
 * that of the histograms that they are of (I. Csiszar, Studia Scientiarum
 * Mathematicarum Hungarica 2, 1967), whatever was not seen of these.
 */
SQL_FUNCTION(kldiv_histogram_keep)
{
	Histogram  *histogram;
	Label	   *labels;
	Label		other = {NULL, 0};
	uint32		count;
	int64		other_bin = -1;
	ExactSum	rest = {.first = 0.0};
	BinList		bins;
	Label		duplicate;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	histogram = PG_GETARG_HISTOGRAM(0);
	count = distinct_labels(PG_GETARG_ARRAYTYPE_P(1), &labels);
	if (!PG_ARGISNULL(2))
	{
		other = text_label(PG_GETARG_TEXT_PP(2));
		check_other(histogram, other);
	}
	begin_bins(&bins, count + 1);
	for (uint32 i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!PG_ARGISNULL(2) && compare_labels(labels[i], other) == 0)
			other_bin = i;
		add_bin(&bins, labels[i], 0.0);
	}
	take_weights(histogram, &bins, &rest);
	if (other_bin >= 0)
	{
		check_not_listed(other);
		add_exactly(&rest, bins.weights[other_bin]);
		bins.weights[other_bin] = exact_value(&rest);
	}
	else if (!PG_ARGISNULL(2))
		add_bin(&bins, other, exact_value(&rest));
	PG_RETURN_HISTOGRAM(complete_histogram(histogram_of_bins(&bins, &duplicate)));
}
