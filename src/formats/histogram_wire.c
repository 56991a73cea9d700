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
	reader->damaged = length < WIRE_HEADER_SIZE;
	if (reader->damaged)
		return;
	reader->version = take_32(reader);
	reader->count = take_32(reader);
	reader->damaged = reader->version != HISTOGRAM_WIRE_VERSION ||
		reader->count > bytes_left(reader) / WIRE_BIN_SIZE;
}

bool
next_wire_bin(WireReader *reader, WireBin *bin)
{
	uint64_t	bits;

	if (reader->damaged || reader->read == reader->count)
	{
		reader->damaged |= bytes_left(reader) > 0;
		return false;
	}
	if (bytes_left(reader) >= WIRE_BIN_SIZE)
		bin->length = take_32(reader);
	else
		reader->damaged = true;
	if (reader->damaged || bin->length > bytes_left(reader) - 8)
	{
		reader->damaged = true;
		return false;
	}
	bin->label = (const char *) reader->bytes + reader->position;
	reader->position += bin->length;
	bits = (uint64_t) take_32(reader) << 32;
	bits |= take_32(reader);
	memcpy(&bin->weight, &bits, sizeof(bits));
	reader->read++;
	return true;
}
