/*-------------------------------------------------------------------------
 *
 * histogram.c
 *	  The type histogram: making and reading values.
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/histogram.h"

#include <math.h>

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "formats/label_sort.h"
#include "input/findings.h"
#include "math/pair/distribution.h"
#include "parallel/threads.h"

static Histogram *
checked(Histogram *histogram)
{
	if (histogram->version != HISTOGRAM_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("histogram is stored in version %u, which this library does not know",
						histogram->version)));
	return histogram;
}

/* A histogram, detoasted: labels can be read and weights added up where they are */
Histogram *
datum_histogram(Datum datum)
{
	return checked((Histogram *) PG_DETOAST_DATUM(datum));
}

/* One that may be changed, or has to outlive the call: it is in the current memory context */
Histogram *
datum_histogram_copy(Datum datum)
{
	return checked((Histogram *) PG_DETOAST_DATUM_COPY(datum));
}

void
check_histogram_size(uint64 count, uint64 label_bytes)
{
	if (count > MaxAllocSize || label_bytes > MaxAllocSize ||
		histogram_size(count, label_bytes) > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("histogram is too large"),
				 errdetail("Its labels, and 12 bytes for each of them, have to fit into 1 GB."),
				 errhint("Cut values into fewer bins, for instance with bin_label().")));
}

/* Room for bins, which append_bin() has to fill in the order of their labels */
Histogram *
new_histogram(uint64 count, uint64 label_bytes)
{
	Histogram  *histogram;

	check_histogram_size(count, label_bytes);
	histogram = palloc(histogram_size(count, label_bytes));
	SET_VARSIZE(histogram, histogram_size(count, label_bytes));
	histogram->version = HISTOGRAM_VERSION;
	histogram->count = (uint32) count;
	histogram->unused = 0;
	histogram->total = 0.0;
	return histogram;
}

void
append_bin(Histogram *histogram, uint32 bin, Label label, double weight)
{
	uint32	   *ends = histogram_ends(histogram);
	uint32		first = bin > 0 ? ends[bin - 1] : 0;

	copy_bytes(histogram_labels(histogram) + first, label.bytes, label.length);
	ends[bin] = first + (uint32) label.length;
	histogram->weights[bin] = weight;
}

/* Copies bytes that may take longer than a cancel request may wait */
void
copy_long(char *to, const char *from, size_t length)
{
	while (length > 0)
	{
		size_t		part = Min(length, BYTES_AT_ONCE);

		CHECK_FOR_INTERRUPTS();
		memcpy(to, from, part);
		to += part;
		from += part;
		length -= part;
	}
}

/* The same of a comparison */
int
compare_long(const char *a, const char *b, size_t length)
{
	int			difference = 0;

	for (size_t i = 0; i < length && difference == 0; i += BYTES_AT_ONCE)
	{
		CHECK_FOR_INTERRUPTS();
		difference = memcmp(a + i, b + i, Min(length - i, BYTES_AT_ONCE));
	}
	return difference;
}

/* Adds up the weights */
Judgement
total_histogram(Histogram *histogram)
{
	Weights		weights = histogram_weights(histogram);
	Finding		finding;
	double		total = judge_weights(&weights, 0.0, run_slabs_interruptibly, &finding);

	histogram->total = finding.judgement == WEIGHTS_VALID ? total : 0.0;
	/* what a weight overflowed to while it was added up */
	return finding.judgement == WEIGHT_INFINITE ? TOTAL_OVERFLOWS : finding.judgement;
}

/* What has to be true of a histogram that anybody can get: see histogram.h */
void
check_histogram(const Histogram *histogram)
{
#ifdef USE_ASSERT_CHECKING
	Assert(histogram->version == HISTOGRAM_VERSION);
	Assert(histogram->unused == 0);
	Assert(VARSIZE(histogram) == histogram_size(histogram->count, histogram_label_bytes(histogram)));
	Assert(histogram->total >= 0.0 && histogram->total <= DBL_MAX);
	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		Assert(histogram->weights[bin] >= 0.0 && histogram->weights[bin] <= DBL_MAX);
		Assert(!signbit(histogram->weights[bin]));
		Assert(bin == 0 || histogram_ends(histogram)[bin - 1] <= histogram_ends(histogram)[bin]);
		Assert(bin == 0 || compare_labels(histogram_label(histogram, bin - 1), histogram_label(histogram, bin)) < 0);
	}
#endif
}

/* Judges and totals the weights, and raises the error that they ask for */
Histogram *
complete_histogram(Histogram *histogram)
{
	report_rows(total_histogram(histogram));
	check_histogram(histogram);
	return histogram;
}

void
begin_bins(BinList *bins, uint32 capacity)
{
	bins->capacity = Max(capacity, 8);
	bins->count = 0;
	bins->label_bytes = 0;
	bins->labels = MemoryContextAllocHuge(CurrentMemoryContext, bins->capacity * sizeof(Label));
	bins->weights = MemoryContextAllocHuge(CurrentMemoryContext, bins->capacity * sizeof(double));
}

void
add_bin(BinList *bins, Label label, double weight)
{
	if (bins->count == bins->capacity)
	{
		check_histogram_size((uint64) bins->count + 1, bins->label_bytes);
		bins->capacity *= 2;
		bins->labels = repalloc_huge(bins->labels, bins->capacity * sizeof(Label));
		bins->weights = repalloc_huge(bins->weights, bins->capacity * sizeof(double));
	}
	bins->labels[bins->count] = label;
	bins->weights[bins->count] = weight + 0.0;	/* not -0 */
	bins->count++;
	bins->label_bytes += label.length;
}

static const char *
label_at(const void *labels, uint32_t index, size_t *length)
{
	const Label *label = (const Label *) labels + index;

	*length = label->length;
	return label->bytes;
}

/*
 * Sorts bins into a histogram, of which the total is still to be found.  NULL,
 * and a label, if one occurs twice.
 *
 * Where the weights and the ends of the labels will be, there are the keys and
 * the order of the labels first.
 */
Histogram *
histogram_of_bins(const BinList *bins, Label *duplicate)
{
	Histogram  *histogram = new_histogram(bins->count, bins->label_bytes);
	uint64	   *keys = (uint64 *) histogram->weights;
	uint32	   *order = histogram_ends(histogram);

	for (uint32 i = 0; i < bins->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		keys[i] = label_key(bins->labels[i].bytes, bins->labels[i].length, 0);
		order[i] = i;
	}
	sort_labels(keys, order, bins->count, label_at, bins->labels, run_slabs_interruptibly);
	for (uint32 bin = 0; bin < bins->count; bin++)
	{
		uint32		index = order[bin];

		CHECK_FOR_INTERRUPTS();
		append_bin(histogram, bin, bins->labels[index], bins->weights[index]);
		if (bin > 0 && compare_labels(histogram_label(histogram, bin - 1), bins->labels[index]) == 0)
		{
			*duplicate = bins->labels[index];
			return NULL;
		}
	}
	return histogram;
}

/* The bin of a label, or -1 */
int64
find_label(const Histogram *histogram, Label label)
{
	int64		low = 0;
	int64		high = (int64) histogram->count - 1;

	while (low <= high)
	{
		int64		middle = (low + high) / 2;
		int			difference = compare_labels(label, histogram_label(histogram, (uint32) middle));

		if (difference == 0)
			return middle;
		if (difference < 0)
			high = middle - 1;
		else
			low = middle + 1;
	}
	return -1;
}

/* 0 if it is not there */
double
weight_of_label(const Histogram *histogram, Label label)
{
	int64		bin = find_label(histogram, label);

	return bin < 0 ? 0.0 : histogram->weights[bin];
}

text *
label_text(Label label)
{
	text	   *result = palloc(VARHDRSZ + label.length);

	SET_VARSIZE(result, VARHDRSZ + label.length);
	copy_bytes(VARDATA(result), label.bytes, label.length);
	return result;
}

/*
 * The length of a text that is cut between characters, at a number of bytes.
 * In SQL_ASCII too, where the server sees none: a client that speaks UTF-8
 * refuses half of one.
 */
int
clipped_length(const char *bytes, size_t length, int limit)
{
	int			clipped = pg_mbcliplen(bytes, (int) Min(length, (size_t) limit + MAX_MULTIBYTE_CHAR_LEN), limit);

	if (GetDatabaseEncoding() == PG_SQL_ASCII && (size_t) clipped < length)
		for (int back = 0; back < 3 && clipped > 0 && ((unsigned char) bytes[clipped] & 0xC0) == 0x80; back++)
			clipped--;
	return clipped;
}

/* A label for messages, cut if it is long */
char *
label_for_message(Label label)
{
	int			length = clipped_length(label.bytes, label.length, 100);

	return psprintf("%.*s%s", length, label.bytes, length < (int) label.length ? "..." : "");
}

Label
text_label(const text *value)
{
	return (Label) {VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value)};
}
