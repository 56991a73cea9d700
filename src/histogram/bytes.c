/*-------------------------------------------------------------------------
 *
 * bytes.c
 *	  Writing and checking the bytes of formats/histogram_wire.h.
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/bytes.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/float.h"
#include "utils/memutils.h"

static void
refuse_bytes(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary form of a histogram"),
			 errdetail("%s", detail)));
}

/* A bin, whose weight may have further parts */
void
send_bin(StringInfo buffer, Label label, double weight, const double *rest, int width)
{
	if (label.length + WIRE_BIN_SIZE + width * sizeof(double) > MaxAllocSize - buffer->len - 16)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("histogram is too large to be sent"),
				 errhint("Cut values into fewer bins, or set max_parallel_workers_per_gather to 0.")));
	pq_sendint32(buffer, (uint32) label.length);
	appendBinaryStringInfo(buffer, label.bytes, (int) label.length);
	pq_sendfloat8(buffer, weight);
	for (int i = 0; i < width; i++)
		pq_sendfloat8(buffer, rest[i]);
}

/* Behind the last bin that could be read */
void
refuse_damaged_wire(const WireReader *reader)
{
	if (!reader->damaged)
		return;
	if (reader->length < WIRE_HEADER_SIZE || reader->version == HISTOGRAM_WIRE_VERSION)
		refuse_bytes("The number of bins, or the length of a label, does not go with the number of bytes.");
	refuse_bytes(psprintf("It is of version %u; this library knows version %d.",
						  reader->version, HISTOGRAM_WIRE_VERSION));
}

void
check_wire_weight(Label label, double weight)
{
	if (!(weight >= 0.0 && weight <= DBL_MAX))
		refuse_bytes(psprintf("The weight of label \"%s\" is %s.",
							  label_for_message(label), float8out_internal(weight)));
}

/* The further parts of a sum, any of which may be negative; they are no text that anybody wrote */
void
check_wire_rest(Label label, const double *rest, int width)
{
	for (int i = 0; i < width; i++)
		if (!isfinite(rest[i]))
			refuse_bytes(psprintf("The weight of label \"%s\" is no sum.", label_for_message(label)));
}

/* Bytes that a client sent become text of the server's encoding, or are refused */
Label
label_from_client(Label label)
{
	char	   *converted;

	if (memchr(label.bytes, '\0', label.length) != NULL)
		refuse_bytes("A label has a byte of 0.");
	converted = pg_client_to_server(label.bytes, (int) label.length);
	return converted == label.bytes ? label : (Label) {converted, strlen(converted)};
}

Label
label_to_client(Label label)
{
	char	   *converted = pg_server_to_client(label.bytes, (int) label.length);

	return converted == label.bytes ? label : (Label) {converted, strlen(converted)};
}
