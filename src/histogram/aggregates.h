/*-------------------------------------------------------------------------
 *
 * aggregates.h
 *	  What the aggregates that add histograms have in common.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_HISTOGRAM_AGGREGATES_H
#define KLDIV_HISTOGRAM_AGGREGATES_H

#include "lib/stringinfo.h"

#include "histogram/bin_table.h"

extern void add_table_to_table(BinTable *table, const BinTable *other);
extern void send_table(StringInfo buffer, const BinTable *table);
extern bytea *bytes_of_table(const BinTable *table);
extern void add_bytes_to_table(BinTable *table, const char *bytes, size_t length);

#endif							/* KLDIV_HISTOGRAM_AGGREGATES_H */
