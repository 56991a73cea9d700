/*-------------------------------------------------------------------------
 *
 * pair_label.c
 *	  Labels that name a pair of values: a JSON array of two, ["a", "b"].
 *
 * Values may nest, but nothing here recurses: where a value ends, it is enough
 * to count brackets outside of texts.
 *
 *-------------------------------------------------------------------------
 */
#include "formats/pair_label.h"

#include <string.h>

#include "math/pair/slabs.h"

/* Bytes between two polls */
#define BYTES_OF_A_STEP 65536

typedef struct LabelReader
{
	const char *bytes;
	size_t		length;
	size_t		position;
	SlabRunner	run;
} LabelReader;

static void
step(LabelReader *reader)
{
	reader->position++;
	if (reader->position % BYTES_OF_A_STEP == 0)
		poll_at(reader->run, 0);
}

/* The next byte, 0 at the end */
static char
peek(const LabelReader *reader)
{
	return reader->position < reader->length ? reader->bytes[reader->position] : '\0';
}

/* A text, with the quotes around it */
static bool
take_text(LabelReader *reader)
{
	if (peek(reader) != '"')
		return false;
	step(reader);
	while (reader->position < reader->length && peek(reader) != '"')
	{
		if (peek(reader) == '\\')
			step(reader);
		step(reader);
	}
	if (reader->position >= reader->length)
		return false;
	step(reader);
	return true;
}

/* Whether bytes are a number, true, false or null, as far as what they are made of says so */
static bool
is_plain_value(const char *bytes, size_t length)
{
	if ((length == 4 && (memcmp(bytes, "true", 4) == 0 || memcmp(bytes, "null", 4) == 0)) ||
		(length == 5 && memcmp(bytes, "false", 5) == 0))
		return true;
	for (size_t i = 0; i < length; i++)
		if ((bytes[i] < '0' || bytes[i] > '9') && (i == 0 ? bytes[i] != '-' : strchr("+-.eE", bytes[i]) == NULL || bytes[i] == '\0'))
			return false;
	return length > 1 || (length == 1 && bytes[0] != '-');
}

/* An array or an object, whatever is in it */
static bool
take_nested(LabelReader *reader)
{
	size_t		depth = 0;

	do
	{
		char		byte = peek(reader);

		if (reader->position >= reader->length)
			return false;
		if (byte == '"')
		{
			if (!take_text(reader))
				return false;
			continue;
		}
		depth += byte == '[' || byte == '{';
		depth -= byte == ']' || byte == '}';
		step(reader);
	} while (depth > 0);
	return true;
}

static bool
take_value(LabelReader *reader, const char **value, size_t *length)
{
	size_t		first = reader->position;

	*value = reader->bytes + first;
	if (peek(reader) == '"')
	{
		if (!take_text(reader))
			return false;
	}
	else if (peek(reader) == '[' || peek(reader) == '{')
	{
		if (!take_nested(reader))
			return false;
	}
	else
	{
		while (reader->position < reader->length && peek(reader) != ',' && peek(reader) != ']')
			step(reader);
		if (!is_plain_value(*value, reader->position - first))
			return false;
	}
	*length = reader->position - first;
	return true;
}

static bool
take(LabelReader *reader, char wanted)
{
	if (reader->position >= reader->length || peek(reader) != wanted)
		return false;
	step(reader);
	return true;
}

bool
read_pair_label(const char *label, size_t length, SlabRunner run, PairLabel *pair)
{
	LabelReader reader = {label, length, 0, run};

	return take(&reader, '[') && take_value(&reader, &pair->first, &pair->first_length) &&
		take(&reader, ',') && take(&reader, ' ') && take_value(&reader, &pair->second, &pair->second_length) &&
		take(&reader, ']') && reader.position == length;
}
