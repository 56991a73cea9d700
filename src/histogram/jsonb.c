/*-------------------------------------------------------------------------
 *
 * jsonb.c
 *	  A histogram as jsonb, and back.
 *
 * The functions of jsonb.h would make it of its text, and would sort and write
 * all of it between two polls: seconds for a million labels.  So its stored
 * form is written here.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"
#include "utils/numeric.h"

#include "histogram/histogram.h"

/* One pass of a radix sort takes so many bits of a length */
#define RADIX_BITS 8
#define RADIX (1 << RADIX_BITS)

/* Sorts bins by so many bits of the lengths of their labels; equal ones stay in their order */
static void
sort_by_length(const Histogram *histogram, const uint32 *from, uint32 *to, int shift)
{
	uint32		first[RADIX + 1] = {0};

	for (uint32 i = 0; i < histogram->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		first[(histogram_label(histogram, from[i]).length >> shift) % RADIX + 1]++;
	}
	for (int value = 0; value < RADIX; value++)
		first[value + 1] += first[value];
	for (uint32 i = 0; i < histogram->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		to[first[(histogram_label(histogram, from[i]).length >> shift) % RADIX]++] = from[i];
	}
}

/* The bins in the order of jsonb's keys: shorter ones first, those of one length by their bytes */
static uint32 *
order_of_keys(const Histogram *histogram)
{
	Size		size = Max(histogram->count, 1) * sizeof(uint32);
	uint32	   *order = MemoryContextAllocHuge(CurrentMemoryContext, size);
	uint32	   *other = MemoryContextAllocHuge(CurrentMemoryContext, size);
	size_t		longest = 0;

	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		order[bin] = bin;
		longest = Max(longest, histogram_label(histogram, bin).length);
	}
	for (int shift = 0; longest >> shift > 0; shift += RADIX_BITS)
	{
		uint32	   *sorted = other;

		sort_by_length(histogram, order, sorted, shift);
		other = order;
		order = sorted;
	}
	pfree(other);
	return order;
}

/* What has been written of a jsonb object */
typedef struct JsonbWriter
{
	char	   *data;			/* of keys and values */
	uint64		used;
	uint64		size;
	JEntry	   *entries;
	uint32		entry;			/* the next one */
} JsonbWriter;

/* Room behind what is written, which the next bytes take */
static char *
take_room(JsonbWriter *writer, uint64 length)
{
	if (writer->used + length > JENTRY_OFFLENMASK)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("histogram is too large for jsonb"),
				 errdetail("Its labels and weights have to fit into %u bytes there.", (unsigned) JENTRY_OFFLENMASK)));
	if (writer->used + length > writer->size)
	{
		writer->size = Max(writer->size * 2, writer->used + length);
		writer->data = repalloc_huge(writer->data, writer->size);
	}
	writer->used += length;
	return writer->data + writer->used - length;
}

/* Every so many entries have an offset in the place of their length */
static void
finish_entry(JsonbWriter *writer, uint32 type, uint64 length)
{
	bool		has_offset = writer->entry % JB_OFFSET_STRIDE == 0;

	writer->entries[writer->entry++] = type |
		(has_offset ? JENTRY_HAS_OFF | (JEntry) writer->used : (JEntry) length);
}

static void
write_weight(JsonbWriter *writer, double weight)
{
	char		number[DOUBLE_SHORTEST_DECIMAL_LEN];
	uint64		begin = writer->used;
	uint64		padding = INTALIGN(begin) - begin;
	Datum		numeric;

	double_to_shortest_decimal_buf(weight, number);
	numeric = DirectFunctionCall3(numeric_in, CStringGetDatum(number), ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
	memset(take_room(writer, padding), 0, padding);
	memcpy(take_room(writer, VARSIZE_ANY(DatumGetPointer(numeric))), DatumGetPointer(numeric),
		   VARSIZE_ANY(DatumGetPointer(numeric)));
	finish_entry(writer, JENTRY_ISNUMERIC, writer->used - begin);
	pfree(DatumGetPointer(numeric));
}

/* To jsonb: an object of numbers */
SQL_FUNCTION(kldiv_histogram_to_jsonb)
{
	const Histogram *histogram = PG_GETARG_HISTOGRAM(0);
	uint32	   *order = order_of_keys(histogram);
	JsonbWriter writer = {.size = 1024};
	Size		header = offsetof(Jsonb, root.children) + 2 * (Size) histogram->count * sizeof(JEntry);
	Jsonb	   *jsonb;

	writer.data = palloc(writer.size);
	writer.entries = MemoryContextAllocHuge(CurrentMemoryContext, Max(histogram->count, 1) * 2 * sizeof(JEntry));
	for (uint32 i = 0; i < histogram->count; i++)
	{
		Label		label = histogram_label(histogram, order[i]);

		CHECK_FOR_INTERRUPTS();
		copy_bytes(take_room(&writer, label.length), label.bytes, label.length);
		finish_entry(&writer, JENTRY_ISSTRING, label.length);
	}
	for (uint32 i = 0; i < histogram->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		write_weight(&writer, histogram->weights[order[i]]);
	}
	jsonb = palloc(header + writer.used);
	SET_VARSIZE(jsonb, header + writer.used);
	jsonb->root.header = histogram->count | JB_FOBJECT;
	copy_bytes((char *) jsonb->root.children, (char *) writer.entries, 2 * (Size) histogram->count * sizeof(JEntry));
	copy_bytes((char *) jsonb + header, writer.data, writer.used);
	PG_RETURN_JSONB_P(jsonb);
}

/* A value that can be a weight; any other is for those to complain of who know where it stands in the text */
static bool
read_weight(const JsonbValue *value, double *weight)
{
	*weight = 0.0;
	if (value->type == jbvNull)
		return true;
	if (value->type != jbvNumeric)
		return false;
	*weight = strtod(DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value->val.numeric))), NULL);
	return *weight > 0.0 ? !isinf(*weight) :
		*weight == 0.0 && DatumGetBool(DirectFunctionCall2(numeric_eq, NumericGetDatum(value->val.numeric),
														   DirectFunctionCall1(int4_numeric, Int32GetDatum(0))));
}

/* The bins of an object of weights; false if it is none */
static bool
read_bins(Jsonb *jsonb, BinList *bins)
{
	JsonbIterator *iterator = JsonbIteratorInit(&jsonb->root);
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext scratch;
	JsonbValue	value;
	Label		label = {NULL, 0};
	double		weight = 0.0;
	bool		valid = true;
	JsonbIteratorToken token;

	if (!JB_ROOT_IS_OBJECT(jsonb))
		return false;
	scratch = AllocSetContextCreate(caller, "jsonb to histogram", ALLOCSET_SMALL_SIZES);
	begin_bins(bins, JB_ROOT_COUNT(jsonb));
	while (valid && (token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		CHECK_FOR_INTERRUPTS();
		if (token == WJB_KEY)
			label = (Label) {value.val.string.val, value.val.string.len};
		if (token != WJB_VALUE)
			continue;
		MemoryContextSwitchTo(scratch);
		valid = read_weight(&value, &weight);
		MemoryContextSwitchTo(caller);
		MemoryContextReset(scratch);
		add_bin(bins, label, weight);
	}
	MemoryContextDelete(scratch);
	return valid;
}

/* From jsonb, which has dropped duplicate labels already: the same as from its text */
SQL_FUNCTION(kldiv_jsonb_to_histogram)
{
	Jsonb	   *jsonb = PG_GETARG_JSONB_P(0);
	BinList		bins;
	Label		duplicate;

	if (read_bins(jsonb, &bins))
		PG_RETURN_HISTOGRAM(complete_histogram(histogram_of_bins(&bins, &duplicate)));
	PG_RETURN_HISTOGRAM(histogram_of_text(JsonbToCString(NULL, &jsonb->root, VARSIZE(jsonb)), NULL));
}
