/*-------------------------------------------------------------------------
 *
 * histogram_wire.c
 *	  The bytes of a histogram between processes and machines.
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "formats/histogram_wire.h"

static uint32_t
take_32(WireReader *reader)
{
	const unsigned char *bytes = reader->bytes + reader->position;

	reader->position += 4;
	return (uint32_t) bytes[0] << 24 | (uint32_t) bytes[1] << 16 | (uint32_t) bytes[2] << 8 | bytes[3];
}

static double
take_double(WireReader *reader)
{
	uint64_t	bits = (uint64_t) take_32(reader) << 32;
	double		value;

	bits |= take_32(reader);
	memcpy(&value, &bits, sizeof(bits));
	return value;
}

static size_t
bytes_left(const WireReader *reader)
{
	return reader->length - reader->position;
}

void
begin_wire(WireReader *reader, const void *bytes, size_t length)
{
	reader->bytes = bytes;
	reader->length = length;
	reader->position = 0;
	reader->read = 0;
	reader->count = 0;
	reader->version = 0;
	reader->width = 0;
	reader->damaged = length < WIRE_HEADER_SIZE;
	if (reader->damaged)
		return;
	reader->version = take_32(reader);
	reader->count = take_32(reader);
	reader->damaged = reader->version != HISTOGRAM_WIRE_VERSION ||
		reader->count > bytes_left(reader) / WIRE_BIN_SIZE;
}

void
begin_sums_wire(WireReader *reader, const void *bytes, size_t length)
{
	begin_wire(reader, bytes, length);
	if (reader->version != HISTOGRAM_SUMS_VERSION || bytes_left(reader) < 4)
		return;
	reader->width = take_32(reader);
	reader->damaged = reader->width >= EXACT_SUM_PARTS || reader->count > bytes_left(reader) / WIRE_BIN_SIZE;
}

bool
next_wire_bin(WireReader *reader, WireBin *bin)
{
	if (reader->damaged || reader->read == reader->count)
	{
		reader->damaged |= bytes_left(reader) > 0;
		return false;
	}
	if (bytes_left(reader) >= WIRE_BIN_SIZE)
		bin->length = take_32(reader);
	else
		reader->damaged = true;
	if (reader->damaged || bytes_left(reader) < 8 * (1 + (size_t) reader->width) ||
		bin->length > bytes_left(reader) - 8 * (1 + (size_t) reader->width))
	{
		reader->damaged = true;
		return false;
	}
	bin->label = (const char *) reader->bytes + reader->position;
	reader->position += bin->length;
	bin->weight = take_double(reader);
	for (uint32_t i = 0; i < reader->width; i++)
		bin->rest[i] = take_double(reader);
	reader->read++;
	return true;
}
