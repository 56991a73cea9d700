/*-------------------------------------------------------------------------
 *
 * histogram.h
 *	  The type histogram: a finite map from labels to weights.
 *
 * A value is one piece of memory: this header, the weights, where each label
 * ends, the labels one behind the other.  Labels are sorted by their bytes and
 * occur once, weights are finite and not negative (nor -0), so that equal
 * histograms have equal bytes.  The weights are aligned as the kernels need
 * them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_HISTOGRAM_H
#define KLDIV_HISTOGRAM_H

#include "kldiv.h"

#include "math/weights.h"

/* Of the stored form.  A later one has to go on reading this. */
#define HISTOGRAM_VERSION 1

typedef struct Histogram
{
	int32		vl_len_;		/* do not touch directly */
	uint32		version;
	uint32		count;			/* bins */
	uint32		unused;			/* 0 */
	double		total;			/* of the weights */
	double		weights[FLEXIBLE_ARRAY_MEMBER];
} Histogram;

/* A label, which need not end with a byte of 0 */
typedef struct Label
{
	const char *bytes;
	size_t		length;
} Label;

/* The bins beside those of numbers */
#define NULL_LABEL ((Label) {"(null)", 6})
#define NAN_LABEL ((Label) {"(nan)", 5})

static inline uint64
histogram_size(uint64 count, uint64 label_bytes)
{
	return offsetof(Histogram, weights) + count * (sizeof(double) + sizeof(uint32)) + label_bytes;
}

/* Ends of the labels, relative to histogram_labels() */
static inline uint32 *
histogram_ends(const Histogram *histogram)
{
	return (uint32 *) (histogram->weights + histogram->count);
}

static inline char *
histogram_labels(const Histogram *histogram)
{
	return (char *) (histogram_ends(histogram) + histogram->count);
}

static inline size_t
histogram_label_bytes(const Histogram *histogram)
{
	return histogram->count > 0 ? histogram_ends(histogram)[histogram->count - 1] : 0;
}

/* Bytes of the ends and the labels, which are one piece of memory: equal for equal labels */
static inline size_t
histogram_labels_size(const Histogram *histogram)
{
	return histogram->count * sizeof(uint32) + histogram_label_bytes(histogram);
}

static inline Label
histogram_label(const Histogram *histogram, uint32 bin)
{
	uint32		first = bin > 0 ? histogram_ends(histogram)[bin - 1] : 0;

	return (Label) {histogram_labels(histogram) + first, histogram_ends(histogram)[bin] - first};
}

/* Cache lines, and how many bytes of a histogram are asked for before they are needed */
#define LINE_OF_CACHE 64
#define EXPECTED_BYTES 2048

/*
 * Asks for a histogram that will be read as a whole.  In a stored row, it is far
 * from the processor, and what reads it does so in several places: waiting once
 * for all of them is half of the time of adding fifty bins.
 */
static inline void
expect_histogram(const Histogram *histogram)
{
	Size		size = Min(VARSIZE(histogram), EXPECTED_BYTES);

	for (Size offset = LINE_OF_CACHE; offset < size; offset += LINE_OF_CACHE)
		__builtin_prefetch((const char *) histogram + offset);
}

static inline Weights
histogram_weights(const Histogram *histogram)
{
	return dense_weights(histogram->weights, histogram->count);
}

/* Bytes that are copied or compared between two polls */
#define BYTES_AT_ONCE (1024 * 1024)

extern void copy_long(char *to, const char *from, size_t length);
extern int	compare_long(const char *a, const char *b, size_t length);

static inline void
copy_bytes(char *to, const char *from, size_t length)
{
	if (likely(length <= BYTES_AT_ONCE))
		memcpy(to, from, length);
	else
		copy_long(to, from, length);
}

/* Negative, 0 or positive as a is before, the same as, or behind b */
static inline int
compare_labels(Label a, Label b)
{
	size_t		common = Min(a.length, b.length);
	int			difference = likely(common <= BYTES_AT_ONCE) ? memcmp(a.bytes, b.bytes, common) :
		compare_long(a.bytes, b.bytes, common);

	return difference != 0 ? difference : (a.length > b.length) - (a.length < b.length);
}

/* histogram.c: making them */
extern Histogram *datum_histogram(Datum datum);
extern Histogram *datum_histogram_copy(Datum datum);

extern Histogram *new_histogram(uint64 count, uint64 label_bytes);
extern void append_bin(Histogram *histogram, uint32 bin, Label label, double weight);
extern Judgement total_histogram(Histogram *histogram);
extern Histogram *complete_histogram(Histogram *histogram);
extern void check_histogram(const Histogram *histogram);
extern void check_histogram_size(uint64 count, uint64 label_bytes);

/* Bins in any order, on their way into a histogram */
typedef struct BinList
{
	Label	   *labels;
	double	   *weights;
	uint32		count;
	uint32		capacity;
	uint64		label_bytes;
} BinList;

extern void begin_bins(BinList *bins, uint32 capacity);
extern void add_bin(BinList *bins, Label label, double weight);
extern Histogram *histogram_of_bins(const BinList *bins, Label *duplicate);

/* operators.c */
extern Histogram *divide_histogram(Histogram *result, double divisor);

/* io.c: NULL if an error has been noted in the context */
extern Histogram *histogram_of_text(const char *string, struct Node *context);

extern int64 find_label(const Histogram *histogram, Label label);
extern double weight_of_label(const Histogram *histogram, Label label);
extern text *label_text(Label label);
extern Label text_label(const text *value);
extern int	clipped_length(const char *bytes, size_t length, int limit);
extern char *label_for_message(Label label);

#define PG_GETARG_HISTOGRAM(n) datum_histogram(PG_GETARG_DATUM(n))
#define PG_GETARG_HISTOGRAM_COPY(n) datum_histogram_copy(PG_GETARG_DATUM(n))
#define PG_RETURN_HISTOGRAM(histogram) PG_RETURN_POINTER(histogram)

#endif							/* KLDIV_HISTOGRAM_H */
