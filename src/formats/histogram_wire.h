/*-------------------------------------------------------------------------
 *
 * histogram_wire.h
 *	  The bytes of a histogram between processes and machines.
 *
 * A version (32 bits), the number of bins (32 bits), then of each bin the
 * length of its label (32 bits), the label, and its weight (IEEE 754 binary64);
 * all big-endian, in no order.
 *
 * States of aggregates have the same bytes as long as no sum needed more than a
 * double.  Otherwise their version is another, the number of bins is followed
 * by the number of further parts of each sum (32 bits), and each weight by
 * these parts: see math/exact_sum.h.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_HISTOGRAM_WIRE_H
#define KLDIV_HISTOGRAM_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "math/exact_sum.h"

#define HISTOGRAM_WIRE_VERSION 1
#define HISTOGRAM_SUMS_VERSION 2
#define WIRE_HEADER_SIZE 8
/* of a bin whose label is empty */
#define WIRE_BIN_SIZE 12

typedef struct WireReader
{
	const unsigned char *bytes;
	size_t		length;
	size_t		position;
	uint32_t	version;
	uint32_t	count;			/* bins; not more than the bytes have room for */
	uint32_t	read;
	uint32_t	width;			/* further parts of each weight */
	bool		damaged;
} WireReader;

typedef struct WireBin
{
	const char *label;
	size_t		length;
	double		weight;			/* any bits whatsoever */
	double		rest[EXACT_SUM_PARTS - 1];	/* so are these */
} WireBin;

extern void begin_wire(WireReader *reader, const void *bytes, size_t length);

/* The same, but weights may have further parts */
extern void begin_sums_wire(WireReader *reader, const void *bytes, size_t length);

/* False behind the last bin, or if the bytes are damaged */
extern bool next_wire_bin(WireReader *reader, WireBin *bin);

#endif							/* KLDIV_HISTOGRAM_WIRE_H */
