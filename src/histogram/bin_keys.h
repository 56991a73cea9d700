/*-------------------------------------------------------------------------
 *
 * bin_keys.h
 *	  Labels as numbers: what is compared first in a table of bins.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_BIN_KEYS_H
#define KLDIV_BIN_KEYS_H

#include "histogram/bin_numbers.h"
#include "histogram/bin_table.h"

/* The last byte of the key of a long label; a short one's is at most 8 */
#define LONG_LABEL 0xFF

/* A reversible mixing of bits: D. Stafford's variant 13 of the finalizer of MurmurHash3 */
static inline uint64
mix(uint64 bits)
{
	bits = (bits ^ (bits >> 30)) * UINT64CONST(0xBF58476D1CE4E5B9);
	bits = (bits ^ (bits >> 27)) * UINT64CONST(0x94D049BB133111EB);
	return bits ^ (bits >> 31);
}

static inline bool
is_long(uint64 key)
{
	return (key & 0xFF) == LONG_LABEL;
}

/* The last byte of the key of a whole number, which is in the others */
#define WHOLE_NUMBER 0xFE

/* Numbers of more than 15 digits are kept as text */
#define LARGEST_NUMBER INT64CONST(999999999999999)

static inline bool
is_number_key(uint64 key)
{
	return (key & 0xFF) == WHOLE_NUMBER;
}

static inline bool
has_number_key(int64 number)
{
	return number >= -LARGEST_NUMBER && number <= LARGEST_NUMBER;
}

static inline uint64
number_key(int64 number)
{
	return (uint64) number << 8 | WHOLE_NUMBER;
}

static inline int64
number_of_key(uint64 key)
{
	return (int64) key >> 8;
}

static inline uint64
load_8(const char *bytes)
{
	uint64		word;

	memcpy(&word, bytes, sizeof(word));
	return word;
}

/* Four bytes, most significant first */
static inline uint64
load_4(const char *bytes)
{
	const unsigned char *b = (const unsigned char *) bytes;

	return (uint64) b[0] << 24 | (uint64) b[1] << 16 | (uint64) b[2] << 8 | b[3];
}

static inline uint64
short_key(Label label)
{
	const unsigned char *b = (const unsigned char *) label.bytes;
	size_t		n = label.length;

	if (n >= 4)
		return load_4(label.bytes) << 32 | load_4(label.bytes + n - 4) << (64 - 8 * n) | (n + 1);
	if (n == 0)
		return 1;
	/* of one to three bytes the first, the middle and the last one */
	return (uint64) b[0] << 56 | (uint64) b[n / 2] << (56 - 8 * (n / 2)) | (uint64) b[n - 1] << (64 - 8 * n) | (n + 1);
}

/*
 * Where labels are in a table is for nobody to know, or whoever chooses labels
 * could choose ones that collide.  No result depends on it.
 */
extern uint64 bin_hash_seeds[2];	/* odd numbers */

/*
 * A hash of up to 16 bytes, as two words that may overlap: its upper bits are to
 * be taken.  M. Dietzfelbinger, T. Hagerup, J. Katajainen, M. Penttonen, A
 * reliable randomized algorithm for the closest-pair problem, J. Algorithms 25
 * (1997), for one word; the sum for two is its usual extension.
 */
static inline uint64
hash_words(uint64 first, uint64 last)
{
	return first * bin_hash_seeds[0] + last * bin_hash_seeds[1];
}

static inline uint64
hash_bytes_of(Label label)
{
	uint64		hash = label.length * bin_hash_seeds[0];
	size_t		i = 0;

	if (likely(label.length <= 16))
		return hash_words(load_8(label.bytes), load_8(label.bytes + label.length - 8));
	for (; i + 8 < label.length; i += 8)
		hash = mix(hash ^ load_8(label.bytes + i));
	return mix(hash ^ load_8(label.bytes + label.length - 8));
}

/* The part of a long label's key that does not depend on where it is kept */
static inline uint64
long_key(Label label)
{
	return (hash_bytes_of(label) >> 40) << 8 | LONG_LABEL;
}

/* Whether two long labels are the same; up to 16 bytes are two words, which may overlap */
static inline bool
same_long_label(Label a, Label b)
{
	if (a.length != b.length)
		return false;
	if (a.length > 16)
		return memcmp(a.bytes, b.bytes, a.length) == 0;
	return load_8(a.bytes) == load_8(b.bytes) &&
		load_8(a.bytes + a.length - 8) == load_8(b.bytes + b.length - 8);
}

/* Of a set of labels: the same for the same labels, and others for most others; never 0 */
static inline uint64
fingerprint_of_labels(const Histogram *histogram)
{
	size_t		size = histogram_labels_size(histogram);
	const char *bytes = (const char *) histogram_ends(histogram);

	if (size < sizeof(uint64))
		return size + 1;
	return mix(load_8(bytes + size - sizeof(uint64)) ^ mix(load_8(bytes + size / 2 - 4) ^ (uint64) histogram->count << 32 ^ size)) | 1;
}

#endif							/* KLDIV_BIN_KEYS_H */
