/*-------------------------------------------------------------------------
 *
 * merge.h
 *	  Two histograms, label by label.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_HISTOGRAM_MERGE_H
#define KLDIV_HISTOGRAM_MERGE_H

#include "histogram/histogram.h"

/* What both have of a label; 0 if one does not have it */
typedef struct MatchedBin
{
	Label		label;
	double		p;
	double		q;
} MatchedBin;

typedef struct Merge
{
	const Histogram *p;
	const Histogram *q;
	uint32		p_next;
	uint32		q_next;
} Merge;

extern bool have_same_labels(const Histogram *p, const Histogram *q);
extern Merge begin_merge(const Histogram *p, const Histogram *q);
extern bool next_bin(Merge *merge, MatchedBin *pair);
extern uint32 union_count(const Histogram *p, const Histogram *q, uint64 *label_bytes);
extern void align_histograms(const Histogram *p, const Histogram *q, Weights *p_weights, Weights *q_weights);

#endif							/* KLDIV_HISTOGRAM_MERGE_H */
