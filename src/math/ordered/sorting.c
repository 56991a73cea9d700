/*-------------------------------------------------------------------------
 *
 * sorting.c
 *	  Sorts numbers, alone or with a weight each.
 *
 * Many numbers by their digits, from the last to the first (D. E. Knuth, The
 * Art of Computer Programming, vol. 3, 5.2.5): six digits of 11 bits, of which
 * those are skipped that are the same in all numbers.  Few by merging runs.
 * Both are stable, so that weights can be sorted by value first, and within
 * equal values afterwards.
 *
 *-------------------------------------------------------------------------
 */
#include "math/ordered/sorting.h"

#include <string.h>

#include "math/arithmetic.h"
#include "math/assertions.h"
#include "math/ordered/polling.h"

#define DIGIT_BITS 11
#define DIGITS 6
#define BUCKETS (1 << DIGIT_BITS)

/* From here on it is worth while to count digits */
#define MANY 1500
/* Runs that are sorted by insertion before they are merged */
#define RUN 16

/* Numbers that are moved together */
typedef struct Columns
{
	double	   *values;
	double	   *weights;		/* or NULL */
} Columns;

ALWAYS_INLINE unsigned
digit_of(double value, int digit)
{
	return (unsigned) (sortable_bits(value) >> (digit * DIGIT_BITS)) & (BUCKETS - 1);
}

static void
insert_within(Columns all, size_t first, size_t end)
{
	for (size_t i = first + 1; i < end; i++)
	{
		double		value = all.values[i];
		double		weight = all.weights != NULL ? all.weights[i] : 1.0;
		size_t		place = i;

		for (; place > first && all.values[place - 1] > value; place--)
		{
			all.values[place] = all.values[place - 1];
			if (all.weights != NULL)
				all.weights[place] = all.weights[place - 1];
		}
		all.values[place] = value;
		if (all.weights != NULL)
			all.weights[place] = weight;
	}
}

/* The pieces are small enough for a copy to be heard within */
static void
copy_columns(Columns to, Columns from, size_t count, SlabRunner run)
{
	const size_t piece = 1 << 17;

	for (size_t first = 0; first < count; first += piece)
	{
		size_t		length = count - first < piece ? count - first : piece;

		poll(run);
		memcpy(to.values + first, from.values + first, length * sizeof(double));
		if (from.weights != NULL)
			memcpy(to.weights + first, from.weights + first, length * sizeof(double));
	}
}

/*
 * Merges what is before middle with what is from there to the end, each in
 * order.  The second part moves to the scratch, from where it is put back from
 * its end on; of equal numbers those of the first part stay before.
 */
static void
merge_parts(Columns all, size_t first, size_t middle, size_t end, Columns scratch, SlabRunner run)
{
	size_t		left = middle;
	size_t		right = end - middle;
	size_t		place = end;
	Polling		polling = begin_polling(run);

	if (middle == first || middle == end || all.values[middle - 1] <= all.values[middle])
		return;
	copy_columns(scratch, (Columns) {all.values + middle, all.weights != NULL ? all.weights + middle : NULL}, right, run);
	while (right > 0)
	{
		bool		takes_left = left > first && all.values[left - 1] > scratch.values[right - 1];

		poll_now_and_then(&polling);
		place--;
		all.values[place] = takes_left ? all.values[left - 1] : scratch.values[right - 1];
		if (all.weights != NULL)
			all.weights[place] = takes_left ? all.weights[left - 1] : scratch.weights[right - 1];
		left -= takes_left;
		right -= !takes_left;
	}
}

static void
sort_few(Columns all, size_t count, Columns scratch, SlabRunner run)
{
	for (size_t first = 0; first < count; first += RUN)
		insert_within(all, first, first + RUN < count ? first + RUN : count);
	for (size_t length = RUN; length < count; length *= 2)
		for (size_t first = 0; first + length < count; first += 2 * length)
			merge_parts(all, first, first + length, first + 2 * length < count ? first + 2 * length : count, scratch, run);
}

/* How often each digit is in each place */
static void
count_digits(const double *values, size_t count, uint32_t counts[DIGITS][BUCKETS], SlabRunner run)
{
	Polling		polling = begin_polling(run);

	memset(counts, 0, DIGITS * sizeof(counts[0]));
	for (size_t i = 0; i < count; i++)
	{
		poll_now_and_then(&polling);
		for (int digit = 0; digit < DIGITS; digit++)
			counts[digit][digit_of(values[i], digit)]++;
	}
}

/* Moves the numbers to where they are in the order of a digit, of which starts says where each begins */
static void
scatter(Columns from, Columns to, size_t count, int digit, uint32_t *starts, SlabRunner run)
{
	Polling		polling = begin_polling(run);

	if (from.weights == NULL)
	{
		for (size_t i = 0; i < count; i++)
		{
			poll_now_and_then(&polling);
			to.values[starts[digit_of(from.values[i], digit)]++] = from.values[i];
		}
		return;
	}
	for (size_t i = 0; i < count; i++)
	{
		size_t		place = starts[digit_of(from.values[i], digit)]++;

		poll_now_and_then(&polling);
		to.values[place] = from.values[i];
		to.weights[place] = from.weights[i];
	}
}

static void
sort_many(Columns all, size_t count, Columns scratch, SlabRunner run)
{
	uint32_t	counts[DIGITS][BUCKETS];
	Columns		from = all;
	Columns		to = scratch;

	count_digits(all.values, count, counts, run);
	for (int digit = 0; digit < DIGITS; digit++)
	{
		uint32_t	start = 0;
		Columns		other = from;

		if (counts[digit][digit_of(all.values[0], digit)] == count)
			continue;
		for (int bucket = 0; bucket < BUCKETS; bucket++)
		{
			uint32_t	length = counts[digit][bucket];

			counts[digit][bucket] = start;
			start += length;
		}
		scatter(from, to, count, digit, counts[digit], run);
		from = to;
		to = other;
	}
	if (from.values != all.values)
		copy_columns(all, from, count, run);
}

static bool
is_in_order(const double *values, size_t count, SlabRunner run)
{
	Polling		polling = begin_polling(run);

	for (size_t i = 1; i < count; i++)
	{
		poll_now_and_then(&polling);
		if (values[i - 1] > values[i])
			return false;
	}
	return true;
}

static void
sort_columns(Columns all, size_t count, Columns scratch, SlabRunner run)
{
	if (count < MANY)
		sort_few(all, count, scratch, run);
	else if (!is_in_order(all.values, count, run))
		sort_many(all, count, scratch, run);
}

/* Weights of equal values in order */
static void
sort_weights_within(Columns all, size_t count, double *scratch, SlabRunner run)
{
	Polling		polling = begin_polling(run);
	bool		in_order = true;

	for (size_t i = 0, first = 0; i < count; i++)
	{
		poll_now_and_then(&polling);
		in_order = in_order && (i == first || all.weights[i - 1] <= all.weights[i]);
		if (i + 1 < count && all.values[i + 1] == all.values[i])
			continue;
		if (!in_order)
			sort_columns((Columns) {all.weights + first, NULL}, i + 1 - first, (Columns) {scratch, NULL}, run);
		first = i + 1;
		in_order = true;
	}
}

void
sort_numbers(double *values, double *weights, size_t count, size_t sorted, double *scratch, double *weight_scratch,
			 SlabRunner run)
{
	Columns		all = {values, weights};
	Columns		room = {scratch, weights != NULL ? weight_scratch : NULL};

	assert_that(sorted <= count && count <= UINT32_MAX);
	/* a few are sorted on their own and merged in */
	if (sorted > 0 && sorted < count - sorted && !is_in_order(values + sorted, count - sorted, run))
		sorted = 0;
	sort_columns((Columns) {values + sorted, weights != NULL ? weights + sorted : NULL}, count - sorted, room, run);
	merge_parts(all, 0, sorted, count, room, run);
	if (weights != NULL)
		sort_weights_within(all, count, scratch, run);
}

size_t
first_not_below(const double *values, size_t count, double limit)
{
	size_t		low = 0;
	size_t		high = count;

	while (low < high)
	{
		size_t		middle = low + (high - low) / 2;

		if (values[middle] < limit)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
