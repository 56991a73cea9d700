/*-------------------------------------------------------------------------
 *
 * text_tests.c
 *	  Tests of reading the text form of a histogram.
 *
 *-------------------------------------------------------------------------
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/histogram_text.h"

#include "text_tests.h"

/* Each text has so many times what is repeated in it */
#define REPEATED 3000000

/* Most bytes between two polls, whatever is read: this is much less than 50 ms */
#define MOST_BYTES 200000

static TextReader reader;
static size_t last_position;
static size_t largest_gap;
static size_t polls;

static void
note_poll(SlabTask task, void *job, size_t first, size_t end)
{
	size_t		gap = reader.position - last_position;

	(void) task;
	(void) job;
	(void) first;
	(void) end;
	largest_gap = gap > largest_gap ? gap : largest_gap;
	last_position = reader.position;
	polls++;
}

static size_t
encode(void *context, uint32_t character, char *bytes)
{
	(void) context;
	bytes[0] = (char) character;
	return 1;
}

/* Reads what is before, the repeated and what is behind; whether it was polled often enough, and is valid */
static bool
is_read_in_pieces(const char *before, const char *repeated, const char *behind)
{
	size_t		piece = strlen(repeated);
	size_t		length = strlen(before) + REPEATED * piece + strlen(behind);
	char	   *text = malloc(length + 1);
	char	   *labels = malloc(most_label_bytes(length));
	char	   *next = text + strlen(before);
	TextBin		bin;
	bool		valid;

	memcpy(text, before, strlen(before));
	for (size_t i = 0; i < REPEATED; i++, next += piece)
		memcpy(next, repeated, piece);
	strcpy(next, behind);
	reader = (TextReader) {.text = text, .length = length, .labels = labels, .encode = encode, .run = note_poll};
	last_position = largest_gap = polls = 0;
	while (next_text_bin(&reader, &bin))
		continue;
	valid = reader.problem == TEXT_FINE && reader.position == length;
	free(labels);
	free(text);
	if (valid && largest_gap <= MOST_BYTES && length - last_position <= MOST_BYTES && polls >= length / MOST_BYTES)
		return true;
	printf("# %s%s...%s: %zu polls in %zu bytes, %zu between two of them\n", before, repeated, behind, polls, length, largest_gap);
	return false;
}

bool
long_texts_are_read_in_pieces(void)
{
	bool		all = true;

	all &= is_read_in_pieces("{\"", "x", "\": 1}");
	all &= is_read_in_pieces("{\"", "\\u0041", "\": 1}");
	all &= is_read_in_pieces("{\"", "\\n", "\": 1}");
	all &= is_read_in_pieces("{\"a\": 1", "0", "e-3000000}");
	all &= is_read_in_pieces("{\"a\": 0.", "0", "1e3000000}");
	all &= is_read_in_pieces("{\"a\": 0.", "0", "}");
	all &= is_read_in_pieces("{\"a\": 1e-", "0", "1}");
	all &= is_read_in_pieces("", " ", "{}");
	all &= is_read_in_pieces("{\"a\":", "\n", "1}");
	all &= is_read_in_pieces("{\"a\": 1}", "\t", "");
	all &= is_read_in_pieces("{\"a\": 1", ",\"\":0", "}");
	return all;
}
