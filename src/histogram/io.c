/*-------------------------------------------------------------------------
 *
 * io.c
 *	  The forms of a histogram outside: JSON text and bytes.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "common/shortest_dec.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "compatibility.h"
#include "formats/histogram_text.h"
#include "histogram/bytes.h"
#include "histogram/histogram.h"
#include "parallel/threads.h"

static void
refuse_duplicate(Node *context, Label label)
{
	errsave(context,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s", "histogram"),
			 errdetail("Label \"%s\" occurs twice.", label_for_message(label))));
}

static int
count_characters(const char *text, size_t length)
{
	const char *end = text + length;
	int			count = 0;

	while (text < end)
	{
		CHECK_FOR_INTERRUPTS();
		text += pg_mblen(text);
		count++;
	}
	return count;
}

/* Raises, or notes, the error that keeps a text from being read */
static void
refuse_text(Node *context, const TextReader *reader)
{
	const char *rest = reader->text + reader->position;
	int			character = count_characters(reader->text, reader->position) + 1;
	int			shown = clipped_length(rest, reader->length - reader->position, 20);
	int			digits = 0;

	while (digits < 20 && rest[digits] != '\0' && strchr("-+.0123456789eE", rest[digits]) != NULL)
		digits++;

	switch (reader->problem)
	{
		case TEXT_FINE:
			break;
		case TEXT_UNEXPECTED:
			if (*rest == '\0')
				errsave(context,
						(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
						 errmsg("invalid input syntax for type %s", "histogram"),
						 errdetail("Expected %s at character %d, but the text ends there.",
								   reader->expected, character)));
			else
				errsave(context,
						(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
						 errmsg("invalid input syntax for type %s", "histogram"),
						 errdetail("Expected %s at character %d, but found \"%.*s\".",
								   reader->expected, character, shown, rest)));
			break;
		case TEXT_BAD_ESCAPE:
			errsave(context,
					(errcode(ERRCODE_UNTRANSLATABLE_CHARACTER),
					 errmsg("unsupported Unicode escape sequence"),
					 errdetail("\"%.*s\" at character %d is no character that text can hold in this database.",
							   Min(shown, 6), rest, character)));
			break;
		case TEXT_OUT_OF_RANGE:
			errsave(context,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("weight is out of range for type double precision"),
					 errdetail("The number at character %d is \"%.*s\".", character, digits, rest)));
			break;
		case TEXT_NEGATIVE:
			errsave(context,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("weight must not be negative"),
					 errdetail("The number at character %d is \"%.*s\".", character, digits, rest)));
			break;
	}
}

/* A character of an escape sequence in the server's encoding */
static size_t
encode_character(void *context, uint32_t character, char *bytes)
{
	unsigned char encoded[MAX_UNICODE_EQUIVALENT_STRING + 1];
	size_t		length;

	if (!encode_in_server(character, encoded))
		return 0;
	length = strlen((char *) encoded);
	if (length > MOST_ENCODED)
		return 0;
	memcpy(bytes, encoded, length);
	return length;
}

/* Reads JSON; NULL if an error has been noted in the context */
Histogram *
histogram_of_text(const char *string, Node *context)
{
	size_t		length = strlen(string);
	TextReader	reader = {.text = string, .length = length, .encode = encode_character, .run = run_slabs_interruptibly};
	TextBin		bin;
	BinList		bins;
	Label		duplicate;
	Histogram  *histogram;

	reader.labels = MemoryContextAllocHuge(CurrentMemoryContext, most_label_bytes(length));
	begin_bins(&bins, 8);
	while (next_text_bin(&reader, &bin))
	{
		CHECK_FOR_INTERRUPTS();
		add_bin(&bins, (Label) {bin.label, bin.length}, bin.weight);
	}
	if (reader.problem != TEXT_FINE)
	{
		refuse_text(context, &reader);
		return NULL;
	}
	histogram = histogram_of_bins(&bins, &duplicate);
	if (histogram == NULL)
		refuse_duplicate(context, duplicate);
	else if (total_histogram(histogram) == TOTAL_OVERFLOWS)
		errsave(context,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("total of the weights is out of range"),
				 errhint("Divide all of them by the same number; only their proportions matter.")));
	return histogram;
}

/* A label as escape_json() has it, which would take a long one at one go */
static void
append_label(StringInfo buffer, Label label)
{
	appendStringInfoChar(buffer, '"');
	for (size_t i = 0; i < label.length;)
	{
		size_t		plain = i;
		unsigned char c;

		CHECK_FOR_INTERRUPTS();
		while (plain < Min(label.length, i + BYTES_AT_ONCE) && (unsigned char) label.bytes[plain] >= 0x20 &&
			   label.bytes[plain] != '"' && label.bytes[plain] != '\\')
			plain++;
		appendBinaryStringInfo(buffer, label.bytes + i, (int) (plain - i));
		i = plain;
		c = i < label.length ? (unsigned char) label.bytes[i] : ' ';
		if (c == '"' || c == '\\')
			appendStringInfo(buffer, "\\%c", c);
		else if (c < 0x20 && strchr("\b\f\n\r\t", c) != NULL && c != '\0')
			appendStringInfo(buffer, "\\%c", "btn?fr"[c - '\b']);
		else if (c < 0x20)
			appendStringInfo(buffer, "\\u%04x", c);
		else
			continue;
		i++;
	}
	appendStringInfoChar(buffer, '"');
}

/* Weights are written with as few digits as read back the same, whatever the settings */
static void
append_text_of_histogram(StringInfo buffer, const Histogram *histogram)
{
	uint64		least = histogram_label_bytes(histogram) + (uint64) histogram->count * 7 + 2;

	/* room for all, or growing would copy what is there again and again */
	if (least < MaxAllocSize - VARHDRSZ - 1)
		enlargeStringInfo(buffer, (int) least);
	appendStringInfoChar(buffer, '{');
	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		char		number[DOUBLE_SHORTEST_DECIMAL_LEN];

		CHECK_FOR_INTERRUPTS();
		if (bin > 0)
			appendStringInfoString(buffer, ", ");
		append_label(buffer, histogram_label(histogram, bin));
		appendStringInfoString(buffer, ": ");
		appendBinaryStringInfo(buffer, number, double_to_shortest_decimal_bufn(histogram->weights[bin], number));
	}
	appendStringInfoChar(buffer, '}');
}

/*
 * histogram_in, histogram_out: a JSON object of numbers.  Labels in any order,
 * each once.  22P02 for anything else, with the position in characters.
 */
SQL_FUNCTION(kldiv_histogram_in)
{
	const char *string = PG_GETARG_CSTRING(0);
	Histogram  *histogram = histogram_of_text(string, SOFT_ERRORS(fcinfo));

	if (histogram == NULL)
		PG_RETURN_NULL();
	PG_RETURN_HISTOGRAM(histogram);
}

SQL_FUNCTION(kldiv_histogram_out)
{
	StringInfoData buffer;

	initStringInfo(&buffer);
	append_text_of_histogram(&buffer, PG_GETARG_HISTOGRAM(0));
	PG_RETURN_CSTRING(buffer.data);
}

/* To json: the text form */
SQL_FUNCTION(kldiv_histogram_to_json)
{
	StringInfoData buffer;

	/* with room for the header of a text, so that nothing has to be copied */
	initStringInfo(&buffer);
	appendStringInfoSpaces(&buffer, VARHDRSZ);
	append_text_of_histogram(&buffer, PG_GETARG_HISTOGRAM(0));
	SET_VARSIZE(buffer.data, buffer.len);
	PG_RETURN_TEXT_P(buffer.data);
}

/* From json: an object of numbers that are not negative */
SQL_FUNCTION(kldiv_json_to_histogram)
{
	Label		bytes = text_label(PG_GETARG_TEXT_PP(0));
	char	   *string = palloc(bytes.length + 1);

	copy_bytes(string, bytes.bytes, bytes.length);
	string[bytes.length] = '\0';
	PG_RETURN_HISTOGRAM(histogram_of_text(string, NULL));
}

/* A histogram from the bytes that a client sent */
static Histogram *
histogram_of_bytes(const char *bytes, size_t length)
{
	WireReader	reader;
	WireBin		bin;
	BinList		bins;
	Label		duplicate;
	Histogram  *histogram;

	begin_wire(&reader, bytes, length);
	begin_bins(&bins, reader.damaged ? 0 : reader.count);
	while (next_wire_bin(&reader, &bin))
	{
		Label		label = label_from_client((Label) {bin.label, bin.length});

		CHECK_FOR_INTERRUPTS();
		check_wire_weight(label, bin.weight);
		add_bin(&bins, label, bin.weight);
	}
	refuse_damaged_wire(&reader);
	histogram = histogram_of_bins(&bins, &duplicate);
	if (histogram == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of a histogram"),
				 errdetail("Label \"%s\" occurs twice.", label_for_message(duplicate))));
	return complete_histogram(histogram);
}

/* histogram_recv, histogram_send: see formats/histogram_wire.h; labels in the client's encoding */
SQL_FUNCTION(kldiv_histogram_recv)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	Histogram  *histogram = histogram_of_bytes(message->data + message->cursor,
											   message->len - message->cursor);

	message->cursor = message->len;
	PG_RETURN_HISTOGRAM(histogram);
}

SQL_FUNCTION(kldiv_histogram_send)
{
	Histogram  *histogram = PG_GETARG_HISTOGRAM(0);
	StringInfoData buffer;

	pq_begintypsend(&buffer);
	pq_sendint32(&buffer, HISTOGRAM_WIRE_VERSION);
	pq_sendint32(&buffer, histogram->count);
	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		Label		label = histogram_label(histogram, bin);
		Label		converted = label_to_client(label);

		CHECK_FOR_INTERRUPTS();
		send_bin(&buffer, converted, histogram->weights[bin], NULL, 0);
		if (converted.bytes != label.bytes)
			pfree(unconstify(char *, converted.bytes));
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}
