/*
 * Fuzz target: the text form of a histogram.  Any bytes are read without harm;
 * what is accepted has valid weights, and a position is never beyond the end.
 */
#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "formats/histogram_text.h"
#include "math/pair/slabs.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A server of UTF-8, where the last character of each plane has no equivalent */
static size_t
encode(void *context, uint32_t character, char *bytes)
{
	(void) context;
	if ((character & 0xFFFF) == 0xFFFF)
		return 0;
	if (character < 0x80)
	{
		bytes[0] = (char) character;
		return 1;
	}
	memset(bytes, 0x80, character < 0x800 ? 2 : character < 0x10000 ? 3 : 4);
	return character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
}

static void
require(int condition)
{
	if (!condition)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char	   *text = malloc(size + 1);
	char	   *labels = malloc(most_label_bytes(size));
	char	   *end = labels;
	TextReader	reader = {.text = text, .labels = labels, .encode = encode, .run = run_slabs_serially};
	TextBin		bin;

	/* a C string, as the server hands it over */
	memcpy(text, data, size);
	text[size] = '\0';
	reader.length = strlen(text);
	while (next_text_bin(&reader, &bin))
	{
		require(bin.weight >= 0.0 && bin.weight <= DBL_MAX);
		require(bin.label == end && memchr(bin.label, '\0', bin.length) == NULL);
		end = bin.label + bin.length;
	}
	require(reader.position <= reader.length && (size_t) (end - labels) <= reader.length);
	require((reader.problem == TEXT_UNEXPECTED) == (reader.expected != NULL));
	require(reader.problem != TEXT_FINE || reader.position == reader.length);
	free(labels);
	free(text);
	return 0;
}
