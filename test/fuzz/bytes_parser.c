/*
 * Fuzz target: the binary form of a histogram, and the sorting of its labels.
 * Any bytes are read without harm; labels lie within them, and are in order
 * after they have been sorted.
 */
#include <stdlib.h>
#include <string.h>

#include "formats/histogram_wire.h"
#include "formats/label_sort.h"
#include "math/pair/slabs.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(int condition)
{
	if (!condition)
		abort();
}

static const char *
label_at(const void *labels, uint32_t index, size_t *length)
{
	const WireBin *bin = (const WireBin *) labels + index;

	require(bin->length > 7);	/* shorter ones are told apart by their keys */
	*length = bin->length;
	return bin->label;
}

static int
compare(const WireBin *a, const WireBin *b)
{
	int			difference = memcmp(a->label, b->label, a->length < b->length ? a->length : b->length);

	return difference != 0 ? difference : (a->length > b->length) - (a->length < b->length);
}

/* The same bytes as a state of an aggregate, whose weights may have further parts */
static void
read_as_sums(const uint8_t *bytes, size_t size)
{
	WireReader	reader;
	WireBin		bin;

	begin_sums_wire(&reader, bytes, size);
	while (next_wire_bin(&reader, &bin))
		require((const uint8_t *) bin.label >= bytes && (const uint8_t *) bin.label + bin.length <= bytes + size);
	require(reader.position <= size && (reader.damaged || reader.position == size));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t    *bytes = malloc(size + 1);
	WireBin    *bins = malloc((size / WIRE_BIN_SIZE + 1) * sizeof(WireBin));
	uint64_t   *keys = malloc((size / WIRE_BIN_SIZE + 1) * sizeof(uint64_t));
	uint32_t   *order = malloc((size / WIRE_BIN_SIZE + 1) * sizeof(uint32_t));
	uint32_t	count = 0;
	WireReader	reader;

	memcpy(bytes, data, size);
	begin_wire(&reader, bytes, size);
	while (next_wire_bin(&reader, &bins[count]))
	{
		const uint8_t *label = (const uint8_t *) bins[count].label;

		require(label >= bytes && label + bins[count].length <= bytes + size);
		if (memchr(label, '\0', bins[count].length) == NULL)	/* as in the server */
			count++;
	}
	require(reader.position <= size && (reader.damaged || reader.position == size));
	read_as_sums(bytes, size);

	for (uint32_t i = 0; i < count; i++)
	{
		keys[i] = label_key(bins[i].label, bins[i].length, 0);
		order[i] = i;
	}
	sort_labels(keys, order, count, label_at, bins, run_slabs_serially);
	for (uint32_t i = 1; i < count; i++)
		require(compare(&bins[order[i - 1]], &bins[order[i]]) <= 0);
	free(order);
	free(keys);
	free(bins);
	free(bytes);
	return 0;
}
