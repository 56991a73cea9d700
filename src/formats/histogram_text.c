/*-------------------------------------------------------------------------
 *
 * histogram_text.c
 *	  Reads {"label": weight, ...}: a JSON object (RFC 8259) of numbers.
 *
 * It nests nothing, so nothing here recurses.  A null is a weight of 0, as it
 * is everywhere else.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/histogram_text.h"
#include "math/pair/slabs.h"

/* Bytes that are read between two polls: much less than a millisecond */
#define BYTES_OF_A_STEP 65536

/*
 * The digits that can matter to a double, of which a point halfway between two
 * has at most 767: of those behind it matters whether one is not 0
 */
#define MOST_DIGITS 800

static bool
fail(TextReader *reader, TextProblem problem, const char *expected)
{
	reader->problem = problem;
	reader->expected = expected;
	return false;
}

/* Lets the runner end the reading, if many bytes were read since it last could */
static void
poll_when_due(TextReader *reader)
{
	if (reader->position < reader->next_poll)
		return;
	reader->next_poll = reader->position + BYTES_OF_A_STEP;
	poll_at(reader->run, 0);
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
	{
		reader->position++;
		poll_when_due(reader);
	}
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
	{
		reader->position++;
		poll_when_due(reader);
	}
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

/* Bytes of a label that stand for themselves, up to the next poll */
static void
take_plain_bytes(TextReader *reader)
{
	const char *bytes = reader->text + reader->position;
	size_t		length = 0;

	while (length < BYTES_OF_A_STEP && (unsigned char) bytes[length] >= 0x20 &&
		   bytes[length] != '"' && bytes[length] != '\\')
		length++;
	memcpy(reader->labels, bytes, length);
	reader->labels += length;
	reader->position += length;
}

static bool
take_label(TextReader *reader, TextBin *bin)
{
	if (!take(reader, '"'))
		return fail(reader, TEXT_UNEXPECTED, "a label in double quotes");
	bin->label = reader->labels;
	while (!take(reader, '"'))
	{
		poll_when_due(reader);
		if ((unsigned char) peek(reader) < 0x20)
			return fail(reader, TEXT_UNEXPECTED, reader->position < reader->length ?
						"an escape sequence for a control character" : "the end of the label");
		if (take(reader, '\\'))
		{
			if (!take_escape(reader))
				return false;
		}
		else
			take_plain_bytes(reader);
	}
	bin->length = (size_t) (reader->labels - bin->label);
	return true;
}

/* Polls in a second look at a number that begins at a position, at its byte i */
static void
poll_again(TextReader *reader, size_t first, size_t i)
{
	if ((i - first) % BYTES_OF_A_STEP == 0)
		poll_at(reader->run, 0);
}

/* The exponent of a number, from its first byte to the reader's position; one that is larger than any other is cut */
static int64_t
read_exponent(TextReader *reader, size_t first)
{
	const int64_t limit = INT64_C(1) << 50;
	bool		negative = reader->text[first] == '-';
	int64_t		exponent = 0;

	for (size_t i = first; i < reader->position && exponent < limit; i++)
	{
		poll_again(reader, first, i);
		if (reader->text[i] >= '0' && reader->text[i] <= '9')
			exponent = exponent * 10 + (reader->text[i] - '0');
	}
	return negative ? -exponent : exponent;
}

/*
 * The absolute value of a number of any length, which ends at the reader's
 * position.  strtod() would read it all at one go; it gets the digits that can
 * matter, with an exponent.
 */
static double
long_number(TextReader *reader, size_t first)
{
	char		number[MOST_DIGITS + 40];
	size_t		digits = 0;
	int64_t		exponent = 0;
	bool		fraction = false;
	bool		rest = false;
	size_t		i;

	for (i = first; i < reader->position && reader->text[i] != 'e' && reader->text[i] != 'E'; i++)
	{
		char		c = reader->text[i];

		poll_again(reader, first, i);
		if (c == '.')
			fraction = true;
		if (c < '0' || c > '9')
			continue;
		if (digits < MOST_DIGITS && (digits > 0 || c != '0'))
		{
			number[digits++] = c;
			exponent -= fraction;
		}
		else if (digits == 0)
			exponent -= fraction;
		else
		{
			rest |= c != '0';
			exponent += !fraction;
		}
	}
	if (digits == 0)
		return 0.0;
	if (i < reader->position)
		exponent += read_exponent(reader, i + 1);
	exponent = exponent > 100000 ? 100000 : exponent < -100000 ? -100000 : exponent;
	/* what is behind the last digit is less than one of it, and more than nothing */
	snprintf(number + digits, sizeof(number) - digits, "%se%ld", rest ? "1" : "", (long) exponent - rest);
	return strtod(number, NULL);
}

/* -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)? */
static bool
take_number(TextReader *reader)
{
	(void) take(reader, '-');
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
	return true;
}

/* Whether a number, up to the reader's position, has a digit that is not 0 before its exponent */
static bool
has_digits(TextReader *reader, size_t first)
{
	for (size_t i = first; i < reader->position && reader->text[i] != 'e' && reader->text[i] != 'E'; i++)
	{
		poll_again(reader, first, i);
		if (reader->text[i] >= '1' && reader->text[i] <= '9')
			return true;
	}
	return false;
}

static bool
take_weight(TextReader *reader, TextBin *bin)
{
	size_t		first = reader->position;
	bool		negative = peek(reader) == '-';

	bin->weight = 0.0;
	if (strncmp(reader->text + first, "null", 4) == 0)
	{
		reader->position += 4;
		return true;
	}
	if (!take_number(reader))
		return false;
	bin->weight = reader->position - first <= MOST_DIGITS ? fabs(strtod(reader->text + first, NULL)) :
		long_number(reader, first);
	if (isinf(bin->weight) || (bin->weight == 0.0 && has_digits(reader, first)))
	{
		/* as for float8, a number that is lost is out of range */
		reader->position = first;
		return fail(reader, TEXT_OUT_OF_RANGE, NULL);
	}
	if (negative && bin->weight > 0.0)
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
