/*-------------------------------------------------------------------------
 *
 * label_sort.h
 *	  Sorts labels by their bytes.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_LABELS_H
#define KLDIV_LABELS_H

#include <stddef.h>
#include <stdint.h>

#include "math/weights.h"

/* A label has no byte of 0; LabelAt gives those that are longer than 7 bytes */
typedef const char *(*LabelAt) (const void *labels, uint32_t index, size_t *length);

/*
 * The bytes of a label from depth on as one number, most significant first:
 * numbers compare as the bytes do.  Behind the end are zeros, so that the last
 * byte is 0 if and only if the label ends here.
 */
static inline uint64_t
label_key(const char *label, size_t length, size_t depth)
{
	const unsigned char *bytes = (const unsigned char *) label + depth;
	size_t		left = length > depth ? length - depth : 0;
	uint64_t	key = 0;

	if (left > 8)
		left = 8;
	for (size_t i = 0; i < left; i++)
		key |= (uint64_t) bytes[i] << (56 - 8 * i);
	return key;
}

/*
 * Sorts order[], which holds the indexes of labels, by the labels; keys[] are
 * their label_key() at depth 0, and are destroyed.  Needs no memory.
 */
extern void sort_labels(uint64_t *keys, uint32_t *order, size_t count,
						LabelAt label_at, const void *labels, SlabRunner run);

#endif							/* KLDIV_LABELS_H */
