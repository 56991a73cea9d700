/*-------------------------------------------------------------------------
 *
 * alignments.c
 *	  How the labels of two histograms match, kept for the next call.
 *
 * Histograms of many rows have few sets of labels: those of a column, with or
 * without its rare values.  Merging two sets takes longer than most measures,
 * comparing them with those of an earlier row takes little.  So each call site
 * keeps some pairs of sets, and where their labels are in the union.
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/alignments.h"

#include "utils/memutils.h"

#include "histogram/bin_keys.h"
#include "histogram/merge.h"

/* Pairs of label sets, and bytes, that a call site keeps: a power of 2, of which some remain free */
#define ALIGNMENT_SLOTS 64
#define MOST_ALIGNMENTS 48
#define MOST_BYTES (1024 * 1024)

/* The labels of a side, and what they weigh where the union has them: 0 where it has others */
typedef struct AlignedSide
{
	uint32		count;
	Size		size;			/* bytes of the ends and the labels */
	double	   *weights;
	uint32	   *bins;			/* in the union, of each label */
	char	   *labels;			/* ends and labels, as a histogram has them */
} AlignedSide;

typedef struct Alignment
{
	uint64		fingerprint;
	uint32		count;			/* labels of the union */
	AlignedSide sides[2];
} Alignment;

typedef struct Alignments
{
	uint32		count;
	Size		bytes;
	Alignment  *kept[ALIGNMENT_SLOTS];	/* open addressing, by fingerprint */
} Alignments;

static inline uint64
fingerprint_of_pair(const Histogram *p, const Histogram *q)
{
	return mix(fingerprint_of_labels(p) ^ mix(fingerprint_of_labels(q)));
}

static inline bool
has_labels_of(const AlignedSide *side, const Histogram *histogram)
{
	return side->count == histogram->count && side->size == histogram_labels_size(histogram) &&
		memcmp(side->labels, histogram_ends(histogram), side->size) == 0;
}

/* Where the alignment of two histograms is, or belongs */
static inline Alignment **
find_alignment(Alignments *alignments, uint64 fingerprint, const Histogram *p, const Histogram *q)
{
	uint32		slot = fingerprint % ALIGNMENT_SLOTS;

	for (;; slot = (slot + 1) % ALIGNMENT_SLOTS)
	{
		const Alignment *alignment = alignments->kept[slot];

		if (alignment == NULL ||
			(alignment->fingerprint == fingerprint && has_labels_of(&alignment->sides[0], p) &&
			 has_labels_of(&alignment->sides[1], q)))
			return &alignments->kept[slot];
	}
}

static void
drop_alignments(Alignments *alignments)
{
	for (uint32 slot = 0; slot < ALIGNMENT_SLOTS; slot++)
		if (alignments->kept[slot] != NULL)
			pfree(alignments->kept[slot]);
	memset(alignments, 0, sizeof(Alignments));
}

/* Bytes of an alignment, if no label were on both sides */
static inline uint64
alignment_size(const Histogram *p, const Histogram *q)
{
	uint64		labels = (uint64) p->count + q->count;

	return MAXALIGN(sizeof(Alignment)) + labels * (2 * sizeof(double) + sizeof(uint32)) +
		histogram_labels_size(p) + histogram_labels_size(q);
}

/* Finds the bins of the labels of both sides in their union; how many that has */
static uint32
merge_labels(const Histogram *p, const Histogram *q, uint32 *p_bins, uint32 *q_bins)
{
	uint32		count = 0;
	uint32		i = 0;
	uint32		j = 0;

	while (i < p->count || j < q->count)
	{
		int			difference = i == p->count ? 1 : j == q->count ? -1 :
			compare_labels(histogram_label(p, i), histogram_label(q, j));

		if (difference <= 0)
			p_bins[i++] = count;
		if (difference >= 0)
			q_bins[j++] = count;
		count++;
	}
	return count;
}

static Alignment *
new_alignment(MemoryContext context, uint64 fingerprint, const Histogram *p, const Histogram *q)
{
	Alignment  *alignment = MemoryContextAlloc(context, alignment_size(p, q));
	const Histogram *histograms[2] = {p, q};
	uint32		labels = p->count + q->count;
	double	   *weights = (double *) ((char *) alignment + MAXALIGN(sizeof(Alignment)));
	uint32	   *bins = (uint32 *) (weights + 2 * labels);
	char	   *content = (char *) (bins + labels);

	alignment->fingerprint = fingerprint;
	alignment->count = merge_labels(p, q, bins, bins + p->count);
	for (int i = 0; i < 2; i++)
	{
		AlignedSide *side = &alignment->sides[i];

		side->count = histograms[i]->count;
		side->size = histogram_labels_size(histograms[i]);
		side->weights = weights;
		side->bins = bins;
		side->labels = content;
		memset(weights, 0, alignment->count * sizeof(double));
		memcpy(content, histogram_ends(histograms[i]), side->size);
		weights += alignment->count;
		bins += side->count;
		content += side->size;
	}
	return alignment;
}

static const Alignment *
alignment_of_call(FmgrInfo *function, const Histogram *p, const Histogram *q)
{
	Alignments *alignments = function->fn_extra;
	uint64		fingerprint = fingerprint_of_pair(p, q);
	Alignment **alignment;
	Size		size;

	if (alignments == NULL)
		alignments = function->fn_extra = MemoryContextAllocZero(function->fn_mcxt, sizeof(Alignments));
	alignment = find_alignment(alignments, fingerprint, p, q);
	if (likely(*alignment != NULL))
		return *alignment;
	size = alignment_size(p, q);
	if (alignments->count == MOST_ALIGNMENTS || alignments->bytes + size > MOST_BYTES)
	{
		drop_alignments(alignments);
		alignment = find_alignment(alignments, fingerprint, p, q);
	}
	*alignment = new_alignment(function->fn_mcxt, fingerprint, p, q);
	alignments->count++;
	alignments->bytes += size;
	return *alignment;
}

static inline Weights
weights_in_union(const AlignedSide *side, const Histogram *histogram, uint32 count)
{
	for (uint32 bin = 0; bin < side->count; bin++)
		side->weights[side->bins[bin]] = histogram->weights[bin];
	return dense_weights(side->weights, count);
}

void
align_histograms_of_call(FunctionCallInfo fcinfo, const Histogram *p, const Histogram *q,
						 Weights *p_weights, Weights *q_weights)
{
	const Alignment *alignment;

	expect_histogram(p);
	expect_histogram(q);
	if (fcinfo->flinfo == NULL || have_same_labels(p, q) || alignment_size(p, q) > MOST_BYTES)
	{
		align_histograms(p, q, p_weights, q_weights);
		return;
	}
	alignment = alignment_of_call(fcinfo->flinfo, p, q);
	*p_weights = weights_in_union(&alignment->sides[0], p, alignment->count);
	*q_weights = weights_in_union(&alignment->sides[1], q, alignment->count);
}
