/*-------------------------------------------------------------------------
 *
 * bin_table.h
 *	  Bins by label, while a histogram is being built: a hash table that grows.
 *
 * All memory is in one context that is given, which many tables may share.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_BIN_TABLE_H
#define KLDIV_BIN_TABLE_H

#include "histogram/histogram.h"
#include "math/exact_sum.h"

/*
 * key: up to 7 bytes of a label, most significant first, then its length plus
 * one; or of a longer label, where it is among the table's labels (32 bits), a
 * part of its hash (24 bits), and LONG_LABEL; or a whole number (56 bits), and
 * WHOLE_NUMBER.  0 if the slot is free.
 */
typedef struct BinSlot
{
	uint64		key;
	double		weight;			/* the first part of a sum that is not rounded: see math/exact_sum.h */
	double		rest[FLEXIBLE_ARRAY_MEMBER];	/* its other parts, as many as the table is wide */
} BinSlot;

typedef struct BinTable
{
	MemoryContext context;
	char	   *slots;			/* see table_slot() */
	uint32		slot_size;		/* bytes of each */
	int			width;			/* 0 as long as every sum is one number, as sums of counts are */
	bool		plain;			/* the width is 0, and nothing will be removed */
	bool		numbers;		/* all labels are whole numbers, whose keys they are; otherwise none is */
	bool		frozen;			/* nothing can be taken out: a sum is Infinity, or a label was added too often */
	uint32	   *members;		/* how often each label was added, or NULL if nothing will be removed */
	uint32		capacity;		/* slots */
	uint32		count;			/* slots in use */
	char	   *labels;			/* the long ones, each behind its length (32 bits) */
	Size		labels_size;
	Size		labels_used;
	Size		labels_freed;	/* of those used, what belongs to no slot any more */
	uint64		label_bytes;	/* of all labels in the table */
	int64		rows;			/* of the aggregate, that its owner has added */
	struct KnownLabels *known;	/* labels that were added together, or NULL: see known_labels.h */
	uint64		last_labels;	/* of the last histogram that was added and had others: see there */
} BinTable;

/* A bin of a table, whose weight is a sum of so many parts as the table is wide, and one */
typedef struct TableBin
{
	Label		label;
	double		weight;
	const double *rest;
} TableBin;

static inline BinSlot *
table_slot(const BinTable *table, uint32 slot)
{
	return (BinSlot *) (table->slots + (Size) slot * table->slot_size);
}

extern void begin_bin_table(BinTable *table, MemoryContext context, bool removable);
extern BinTable *new_bin_table(MemoryContext context, bool removable);
extern void end_bin_table(BinTable *table);
extern void add_to_table(BinTable *table, Label label, double weight);
extern void add_histogram_to_table(BinTable *table, const Histogram *histogram);
extern void count_in_table(BinTable *table, Label label);
extern void count_number_in_table(BinTable *table, int64 number);
extern void add_sum_to_table(BinTable *table, Label label, double weight, const double *rest, int width);

/*
 * The number of a label, which may be new: from 0, in the order in which labels
 * come.  A table that numbers labels does nothing else with its weights.
 */
extern uint32 number_of_label(BinTable *table, Label label);
extern bool table_is_worth_removing_from(const BinTable *table);
extern void remove_from_table(BinTable *table, Label label, double weight);
extern void remove_histogram_from_table(BinTable *table, const Histogram *histogram);
extern Size store_label(BinTable *table, Label label);
extern double table_weight(const BinTable *table, Label label);
extern Histogram *histogram_of_table(const BinTable *table);

/* The next bin, in no order; false at the end.  *position is 0 at first. */
extern bool next_table_bin(const BinTable *table, uint32 *position, TableBin *bin, char *room);

#define SHORT_LABEL 7
/* Room for a label that a slot has, or is made of what it has */
#define LABEL_ROOM 24

#endif							/* KLDIV_BIN_TABLE_H */
