/*-------------------------------------------------------------------------
 *
 * known_labels.h
 *	  Labels that a table of bins has seen together, and where they are in it.
 *
 * Histograms that are added up mostly have the same labels.  These are compared
 * as a whole with those of a histogram before, instead of each of them being
 * looked for.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_KNOWN_LABELS_H
#define KLDIV_KNOWN_LABELS_H

#include "histogram/bin_table.h"

typedef struct KnownLabels
{
	uint32		count;			/* labels */
	bool		usable;			/* the slots are right: none has moved since they were noted */
	Size		size;			/* bytes of the ends and the labels */
	uint32		slots[FLEXIBLE_ARRAY_MEMBER];	/* of each label; then the ends and the labels, as a histogram has them */
} KnownLabels;

/* Whether the slots of the labels of a histogram are known */
extern bool has_known_labels(const BinTable *table, const Histogram *histogram);

/* Labels and sums of a table of which all labels are known, into a histogram of that size */
extern void read_known_slots(const BinTable *table, Histogram *histogram);

/* Slots of the table have moved, or one is free now */
static inline void
forget_slots(BinTable *table)
{
	if (unlikely(table->known != NULL))
		table->known->usable = false;
}

/* Whether the known labels are all that the table has */
static inline bool
knows_all_labels(const BinTable *table)
{
	return table->known != NULL && table->known->usable && table->known->count == table->count;
}

#endif							/* KLDIV_KNOWN_LABELS_H */
