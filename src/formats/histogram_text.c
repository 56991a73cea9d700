/*-------------------------------------------------------------------------
 *
 * histogram_text.c
 *	  Reads {"label": weight, ...}: a JSON object (RFC 8259) of numbers.
 *
 * It nests nothing, so nothing here recurses.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdlib.h>

#include "formats/histogram_text.h"

static bool
fail(TextReader *reader, TextProblem problem, const char *expected)
{
	reader->problem = problem;
	reader->expected = expected;
	return false;
}

/* The next byte, which is 0 at the end */
static char
peek(const TextReader *reader)
{
	return reader->text[reader->position];
}

static void
skip_space(TextReader *reader)
{
	while (peek(reader) == ' ' || peek(reader) == '\t' || peek(reader) == '\n' || peek(reader) == '\r')
		reader->position++;
}

static bool
take(TextReader *reader, char wanted)
{
	if (peek(reader) != wanted)
		return false;
	reader->position++;
	return true;
}

static bool
take_digits(TextReader *reader)
{
	size_t		first = reader->position;

	while (peek(reader) >= '0' && peek(reader) <= '9')
		reader->position++;
	return reader->position > first;
}

/* Four hexadecimal digits */
static bool
take_unit(TextReader *reader, uint32_t *unit)
{
	*unit = 0;
	for (int i = 0; i < 4; i++)
	{
		char		c = peek(reader);
		int			digit = c >= '0' && c <= '9' ? c - '0' :
			c >= 'a' && c <= 'f' ? c - 'a' + 10 :
			c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;

		if (digit < 0)
			return fail(reader, TEXT_UNEXPECTED, "a hexadecimal digit");
		*unit = *unit * 16 + (uint32_t) digit;
		reader->position++;
	}
	return true;
}

/* What is behind \u: one character, in one unit or a surrogate pair */
static bool
take_character(TextReader *reader, size_t escape, uint32_t *character)
{
	uint32_t	low;

	if (!take_unit(reader, character))
		return false;
	if (*character >= 0xD800 && *character < 0xDC00)
	{
		if (!take(reader, '\\') || !take(reader, 'u'))
			return fail(reader, TEXT_UNEXPECTED, "the second half of a surrogate pair");
		if (!take_unit(reader, &low))
			return false;
		if (low < 0xDC00 || low > 0xDFFF)
		{
			reader->position -= 6;
			return fail(reader, TEXT_UNEXPECTED, "the second half of a surrogate pair");
		}
		*character = 0x10000 + ((*character - 0xD800) << 10) + (low - 0xDC00);
	}
	else if (*character >= 0xDC00 && *character <= 0xDFFF)
	{
		reader->position = escape;
		return fail(reader, TEXT_UNEXPECTED, "the first half of a surrogate pair");
	}
	else if (*character == 0)
	{
		reader->position = escape;
		return fail(reader, TEXT_BAD_ESCAPE, NULL);
	}
	return true;
}

/* An escape sequence, behind its backslash */
static bool
take_escape(TextReader *reader)
{
	static const char codes[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	size_t		escape = reader->position - 1;
	uint32_t	character;
	size_t		length;

	for (int i = 0; codes[i] != '\0'; i++)
		if (take(reader, codes[i]))
		{
			*reader->labels++ = meanings[i];
			return true;
		}
	if (!take(reader, 'u'))
		return fail(reader, TEXT_UNEXPECTED, "an escape sequence");
	if (!take_character(reader, escape, &character))
		return false;
	length = reader->encode(reader->context, character, reader->labels);
	if (length == 0 || length > reader->position - escape)
	{
		reader->position = escape;
		return fail(reader, TEXT_BAD_ESCAPE, NULL);
	}
	reader->labels += length;
	return true;
}

static bool
take_label(TextReader *reader, TextBin *bin)
{
	if (!take(reader, '"'))
		return fail(reader, TEXT_UNEXPECTED, "a label in double quotes");
	bin->label = reader->labels;
	while (!take(reader, '"'))
	{
		if ((unsigned char) peek(reader) < 0x20)
			return fail(reader, TEXT_UNEXPECTED, reader->position < reader->length ?
						"an escape sequence for a control character" : "the end of the label");
		if (take(reader, '\\'))
		{
			if (!take_escape(reader))
				return false;
		}
		else
			*reader->labels++ = reader->text[reader->position++];
	}
	bin->length = (size_t) (reader->labels - bin->label);
	return true;
}

static bool
take_weight(TextReader *reader, TextBin *bin)
{
	size_t		first = reader->position;
	bool		negative = take(reader, '-');

	/* -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)? */
	if (!take(reader, '0') && !take_digits(reader))
		return fail(reader, TEXT_UNEXPECTED, "a number");
	if (take(reader, '.') && !take_digits(reader))
		return fail(reader, TEXT_UNEXPECTED, "a digit");
	if (take(reader, 'e') || take(reader, 'E'))
	{
		if (!take(reader, '+'))
			(void) take(reader, '-');
		if (!take_digits(reader))
			return fail(reader, TEXT_UNEXPECTED, "a digit");
	}

	bin->weight = strtod(reader->text + first, NULL);
	if (isinf(bin->weight))
	{
		reader->position = first;
		return fail(reader, TEXT_OUT_OF_RANGE, NULL);
	}
	if (bin->weight == 0.0)
	{
		/* as for float8, a number that is lost is out of range */
		for (size_t i = first; i < reader->position && reader->text[i] != 'e' && reader->text[i] != 'E'; i++)
			if (reader->text[i] >= '1' && reader->text[i] <= '9')
			{
				reader->position = first;
				return fail(reader, TEXT_OUT_OF_RANGE, NULL);
			}
		bin->weight = 0.0;		/* not -0 */
	}
	else if (negative)
	{
		reader->position = first;
		return fail(reader, TEXT_NEGATIVE, NULL);
	}
	return true;
}

/* Whether there is another bin: takes what is before it, or the end */
static bool
take_separator(TextReader *reader)
{
	skip_space(reader);
	if (!reader->begun)
	{
		reader->begun = true;
		if (!take(reader, '{'))
			return fail(reader, TEXT_UNEXPECTED, "\"{\"");
		skip_space(reader);
		if (peek(reader) != '}')
			return true;
	}
	else if (take(reader, ','))
	{
		skip_space(reader);
		return true;
	}
	if (!take(reader, '}'))
		return fail(reader, TEXT_UNEXPECTED, "\",\" or \"}\"");
	skip_space(reader);
	if (reader->position < reader->length)
		return fail(reader, TEXT_UNEXPECTED, "the end");
	return false;
}

bool
next_text_bin(TextReader *reader, TextBin *bin)
{
	if (!take_separator(reader) || !take_label(reader, bin))
		return false;
	skip_space(reader);
	if (!take(reader, ':'))
		return fail(reader, TEXT_UNEXPECTED, "\":\"");
	skip_space(reader);
	return take_weight(reader, bin);
}
