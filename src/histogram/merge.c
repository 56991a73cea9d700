/*-------------------------------------------------------------------------
 *
 * merge.c
 *	  Walks through two or many histograms, label by label.
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/merge.h"

#include "miscadmin.h"

#include "histogram/histogram.h"

Merge
begin_merge(const Histogram *p, const Histogram *q)
{
	return (Merge) {p, q, 0, 0};
}

/* The next label of either side, in order, and what it weighs on both; false at the end */
bool
next_bin(Merge *merge, MatchedBin *pair)
{
	bool		p_left = merge->p_next < merge->p->count;
	bool		q_left = merge->q_next < merge->q->count;
	Label		p_label = {NULL, 0};
	Label		q_label = {NULL, 0};
	int			difference;

	if (!p_left && !q_left)
		return false;
	CHECK_FOR_INTERRUPTS();
	if (p_left)
		p_label = histogram_label(merge->p, merge->p_next);
	if (q_left)
		q_label = histogram_label(merge->q, merge->q_next);
	difference = !p_left ? 1 : !q_left ? -1 : compare_labels(p_label, q_label);
	pair->label = difference <= 0 ? p_label : q_label;
	pair->p = difference <= 0 ? merge->p->weights[merge->p_next++] : 0.0;
	pair->q = difference >= 0 ? merge->q->weights[merge->q_next++] : 0.0;
	return true;
}

bool
have_same_labels(const Histogram *p, const Histogram *q)
{
	size_t		label_bytes = histogram_label_bytes(p);

	return p == q || (p->count == q->count && label_bytes == histogram_label_bytes(q) &&
		memcmp(histogram_ends(p), histogram_ends(q), p->count * sizeof(uint32) + label_bytes) == 0);
}

/* The number of labels on either side, and of their bytes */
uint32
union_count(const Histogram *p, const Histogram *q, uint64 *label_bytes)
{
	Merge		merge = begin_merge(p, q);
	MatchedBin		pair;
	uint64		count = 0;

	*label_bytes = 0;
	while (next_bin(&merge, &pair))
	{
		count++;
		*label_bytes += pair.label.length;
	}
	check_histogram_size(count, *label_bytes);
	return (uint32) count;
}

/*
 * The weights of the same bins, one for each label of either side, in the order
 * of the labels; in new memory unless both sides have the same labels.
 */
void
align_histograms(const Histogram *p, const Histogram *q, Weights *p_weights, Weights *q_weights)
{
	Merge		merge = begin_merge(p, q);
	MatchedBin		pair;
	uint64		label_bytes;
	uint32		count;
	uint32		bin = 0;
	double	   *p_values;
	double	   *q_values;

	*p_weights = histogram_weights(p);
	*q_weights = histogram_weights(q);
	if (have_same_labels(p, q))
		return;
	count = union_count(p, q, &label_bytes);
	p_values = palloc(count * sizeof(double));
	q_values = palloc(count * sizeof(double));
	for (; next_bin(&merge, &pair); bin++)
	{
		p_values[bin] = pair.p;
		q_values[bin] = pair.q;
	}
	*p_weights = dense_weights(p_values, count);
	*q_weights = dense_weights(q_values, count);
}
