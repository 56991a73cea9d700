/*-------------------------------------------------------------------------
 *
 * sorting.c
 *	  Sorts numbers, alone or with a weight each.
 *
 * Many numbers by their digits (D. E. Knuth, The Art of Computer Programming,
 * vol. 3, 5.2.5): two digits, which begin where the numbers differ.  Most are
 * in order then, and those that have both in common are sorted on their own.
 * A few by how many are less (ibid., 5.2, algorithm C).  Both are stable, so
 * that weights can be sorted by value first, and within equal values afterwards.
 *
 *-------------------------------------------------------------------------
 */
#include "math/ordered/sorting.h"

#include <string.h>

#include "math/arithmetic.h"
#include "math/assertions.h"
#include "math/ordered/polling.h"

/* Digits are shorter where it would take longer to go through all that there are */
#define MOST_DIGIT_BITS 11
#define FEWEST_DIGIT_BITS 8
#define MANY 1500

/* So many are not worth while counting digits of */
#define FEW 48
/* Nor is counting what is less, where only a few digits are the same */
#define SHORT 4

/* Numbers that are moved together */
typedef struct Columns
{
	double	   *values;
	double	   *weights;		/* or NULL */
} Columns;

/* Which digits numbers are sorted by: the first two in which they differ */
typedef struct Digits
{
	uint64_t	lowest;			/* of the numbers, as bits that sort like them */
	int			bits;			/* of a digit */
	int			behind;			/* bits behind both */
} Digits;

/* How many numbers have a digit, or where those that have it begin */
typedef uint32_t DigitCounts[1 << MOST_DIGIT_BITS];

/* Both digits */
ALWAYS_INLINE uint64_t
key_of(double value, Digits digits)
{
	return (sortable_bits(value) - digits.lowest) >> digits.behind;
}

/* Number 0 is the last one */
ALWAYS_INLINE size_t
digit_of(double value, Digits digits, int number)
{
	return key_of(value, digits) >> (number * digits.bits) & (((size_t) 1 << digits.bits) - 1);
}

static void
insert(Columns all, size_t count)
{
	for (size_t i = 1; i < count; i++)
	{
		double		value = all.values[i];
		double		weight = all.weights != NULL ? all.weights[i] : 1.0;
		size_t		place = i;

		for (; place > 0 && all.values[place - 1] > value; place--)
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

typedef double TwoNumbers __attribute__((vector_size(16)));
typedef int64_t TwoAnswers __attribute__((vector_size(16)));

/*
 * A number goes to the place that has as many before it as are less, or to the
 * next one that is free if others are equal; nothing has to be foreseen.
 */
static void
sort_few(Columns all, size_t count)
{
	TwoNumbers	numbers[FEW / 2];
	double		weights[FEW];
	size_t		pairs = (count + 1) / 2;
	uint64_t	taken = 0;

	numbers[pairs - 1] = (TwoNumbers) {INFINITY, INFINITY};
	memcpy(numbers, all.values, count * sizeof(double));
	if (all.weights != NULL)
		memcpy(weights, all.weights, count * sizeof(double));
	for (size_t i = 0; i < count; i++)
	{
		double		value = numbers[i / 2][i % 2];
		TwoNumbers	number = {value, value};
		TwoAnswers	less = {0, 0};
		size_t		place;

		for (size_t pair = 0; pair < pairs; pair++)
			less += numbers[pair] < number;
		place = (size_t) -(less[0] + less[1]);
		while (taken >> place & 1)
			place++;
		taken |= (uint64_t) 1 << place;
		all.values[place] = value;
		if (all.weights != NULL)
			all.weights[place] = weights[i];
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
 * Merges what is before middle with others, for which there is room from there
 * on, each in order.  They are put in from the end on; of equal numbers those
 * that were there stay before.
 */
static void
merge_others(Columns all, size_t first, size_t middle, Columns others, size_t count, SlabRunner run)
{
	size_t		left = middle;
	size_t		right = count;
	size_t		place = middle + count;
	Polling		polling = begin_polling(run);

	while (right > 0)
	{
		bool		takes_left = left > first && all.values[left - 1] > others.values[right - 1];

		poll_now_and_then(&polling);
		place--;
		all.values[place] = takes_left ? all.values[left - 1] : others.values[right - 1];
		if (all.weights != NULL)
			all.weights[place] = takes_left ? all.weights[left - 1] : others.weights[right - 1];
		left -= takes_left;
		right -= !takes_left;
	}
}

/* Merges what is before middle with what is from there to the end, each in order; the latter moves to the scratch first */
static void
merge_parts(Columns all, size_t first, size_t middle, size_t end, Columns scratch, SlabRunner run)
{
	if (middle == first || middle == end || all.values[middle - 1] <= all.values[middle])
		return;
	copy_columns(scratch, (Columns) {all.values + middle, all.weights != NULL ? all.weights + middle : NULL}, end - middle, run);
	merge_others(all, first, middle, scratch, end - middle, run);
}

void
merge_numbers(double *values, size_t count, const double *others, size_t more, SlabRunner run)
{
	/* those are read only */
	merge_others((Columns) {values, NULL}, 0, count, (Columns) {(double *) others, NULL}, more, run);
}

/* The digits to sort by; whether there is anything to sort */
static bool
find_digits(const double *values, size_t count, Digits *digits, SlabRunner run)
{
	Polling		polling = begin_polling(run);
	uint64_t	lowest = sortable_bits(values[0]);
	uint64_t	highest = lowest;
	uint64_t	before = lowest;
	bool		in_order = true;

	for (size_t i = 1; i < count; i++)
	{
		uint64_t	bits = sortable_bits(values[i]);

		poll_now_and_then(&polling);
		in_order &= before <= bits;
		before = bits;
		lowest = bits < lowest ? bits : lowest;
		highest = bits > highest ? bits : highest;
	}
	*digits = (Digits) {.lowest = lowest, .bits = count < MANY ? FEWEST_DIGIT_BITS : MOST_DIGIT_BITS};
	while ((highest - lowest) >> digits->behind >> (2 * digits->bits) != 0)
		digits->behind++;
	return !in_order;
}

static void
count_digits(const double *values, size_t count, Digits digits, DigitCounts counts[2], SlabRunner run)
{
	Polling		polling = begin_polling(run);

	for (int number = 0; number < 2; number++)
		memset(counts[number], 0, sizeof(counts[number][0]) << digits.bits);
	for (size_t i = 0; i < count; i++)
	{
		poll_now_and_then(&polling);
		counts[0][digit_of(values[i], digits, 0)]++;
		counts[1][digit_of(values[i], digits, 1)]++;
	}
}

/* From how many there are to where they begin */
static void
add_up(DigitCounts counts, int bits)
{
	uint32_t	start = 0;

	for (int digit = 0; digit < 1 << bits; digit++)
	{
		uint32_t	length = counts[digit];

		counts[digit] = start;
		start += length;
	}
}

/* Moves the numbers to where they are in the order of a digit */
ALWAYS_INLINE void
scatter(Columns from, Columns to, size_t count, Digits digits, int number, DigitCounts starts, SlabRunner run)
{
	Polling		polling = begin_polling(run);

	if (from.weights == NULL)
	{
		for (size_t i = 0; i < count; i++)
		{
			poll_now_and_then(&polling);
			to.values[starts[digit_of(from.values[i], digits, number)]++] = from.values[i];
		}
		return;
	}
	for (size_t i = 0; i < count; i++)
	{
		size_t		place = starts[digit_of(from.values[i], digits, number)]++;

		poll_now_and_then(&polling);
		to.values[place] = from.values[i];
		to.weights[place] = from.weights[i];
	}
}

static void sort_columns(Columns all, size_t count, Columns scratch, SlabRunner run);

/* Sorts what has the same digits; that differs further behind, so these calls are nested four times at most */
static void
sort_within_keys(Columns all, size_t count, Digits digits, Columns scratch, SlabRunner run)
{
	Polling		polling = begin_polling(run);
	size_t		first = 0;
	uint64_t	key = key_of(all.values[0], digits);
	bool		in_order = true;

	for (size_t i = 1; i <= count; i++)
	{
		uint64_t	next = i < count ? key_of(all.values[i], digits) : ~key;

		poll_now_and_then(&polling);
		if (next == key)
		{
			in_order = in_order && all.values[i - 1] <= all.values[i];
			continue;
		}
		if (!in_order)
			sort_columns((Columns) {all.values + first, all.weights != NULL ? all.weights + first : NULL}, i - first, scratch, run);
		key = next;
		first = i;
		in_order = true;
	}
}

static void
sort_many(Columns all, size_t count, Columns scratch, SlabRunner run)
{
	DigitCounts counts[2];
	Digits		digits;

	if (!find_digits(all.values, count, &digits, run))
		return;
	count_digits(all.values, count, digits, counts, run);
	add_up(counts[0], digits.bits);
	add_up(counts[1], digits.bits);
	scatter(all, scratch, count, digits, 0, counts[0], run);
	scatter(scratch, all, count, digits, 1, counts[1], run);
	if (digits.behind > 0)
		sort_within_keys(all, count, digits, scratch, run);
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
	if (count <= SHORT)
		insert(all, count);
	else if (count <= FEW)
		sort_few(all, count);
	else
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
	/* only a few are sorted on their own and merged in, since that takes no less time than sorting all does */
	if (count - sorted > sorted / 8 && !is_in_order(values + sorted, count - sorted, run))
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
