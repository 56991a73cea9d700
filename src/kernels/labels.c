/*-------------------------------------------------------------------------
 *
 * labels.c
 *	  Sorts labels by their bytes.
 *
 * J. L. Bentley, R. Sedgewick, Fast Algorithms for Sorting and Searching
 * Strings, SODA 1997: quicksort that splits into less, equal and greater by
 * one character, and goes on with the next character where they are equal.  A
 * character is eight bytes here, so a prefix that labels have in common is
 * looked at once, not in every comparison.
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "labels.h"
#include "slabs.h"

#define INSERTION_LIMIT 12

typedef struct Sort
{
	uint64_t   *keys;
	uint32_t   *order;
	LabelAt		label_at;
	const void *labels;
	SlabRunner	run;
} Sort;

/* Labels that are equal up to depth */
typedef struct Range
{
	size_t		first;
	size_t		end;
	size_t		depth;
} Range;

/* The smaller of three parts are sorted first, so few wait: two for each halving of a size_t */
#define MAX_WAITING (2 * 8 * sizeof(size_t))

static void
swap(const Sort *sort, size_t i, size_t j)
{
	uint64_t	key = sort->keys[i];
	uint32_t	index = sort->order[i];

	sort->keys[i] = sort->keys[j];
	sort->order[i] = sort->order[j];
	sort->keys[j] = key;
	sort->order[j] = index;
}

/* Whether label i comes before label j, both equal up to depth */
static bool
comes_before(const Sort *sort, size_t i, size_t j, size_t depth)
{
	size_t		i_length;
	size_t		j_length;
	const char *i_label;
	const char *j_label;
	int			difference;

	if (sort->keys[i] != sort->keys[j])
		return sort->keys[i] < sort->keys[j];
	if ((sort->keys[i] & 0xFF) == 0)
		return false;			/* they are equal */
	i_label = sort->label_at(sort->labels, sort->order[i], &i_length);
	j_label = sort->label_at(sort->labels, sort->order[j], &j_length);
	depth += 8;
	difference = memcmp(i_label + depth, j_label + depth,
						(i_length < j_length ? i_length : j_length) - depth);
	return difference != 0 ? difference < 0 : i_length < j_length;
}

static void
insertion_sort(const Sort *sort, Range range)
{
	for (size_t i = range.first + 1; i < range.end; i++)
		for (size_t j = i; j > range.first && comes_before(sort, j, j - 1, range.depth); j--)
			swap(sort, j, j - 1);
}

static uint64_t
median(uint64_t a, uint64_t b, uint64_t c)
{
	if (a < b)
		return b < c ? b : a < c ? c : a;
	return a < c ? a : b < c ? c : b;
}

/* The median of three medians */
static uint64_t
choose_pivot(const Sort *sort, Range range)
{
	const uint64_t *keys = sort->keys + range.first;
	size_t		step = (range.end - range.first) / 9;

	return median(median(keys[0], keys[step], keys[2 * step]),
				  median(keys[3 * step], keys[4 * step], keys[5 * step]),
				  median(keys[6 * step], keys[7 * step], keys[8 * step]));
}

/* Moves what is less than the pivot before what is equal to it, and that before the rest */
static void
partition(const Sort *sort, Range range, uint64_t pivot, size_t *equal, size_t *greater)
{
	size_t		less_end = range.first;
	size_t		next = range.first;
	size_t		rest = range.end;

	for (size_t step = 1; next < rest; step++)
	{
		uint64_t	key = sort->keys[next];

		breathe(sort->run, step);
		if (key < pivot)
			swap(sort, less_end++, next++);
		else if (key > pivot)
			swap(sort, next, --rest);
		else
			next++;
	}
	*equal = less_end;
	*greater = rest;
}

/* The keys of the next eight bytes; an empty range if the labels have ended */
static Range
deepen(const Sort *sort, Range range)
{
	if (range.end - range.first < 2 || (sort->keys[range.first] & 0xFF) == 0)
	{
		range.end = range.first;
		return range;
	}
	range.depth += 8;
	for (size_t i = range.first; i < range.end; i++)
	{
		size_t		length;
		const char *label = sort->label_at(sort->labels, sort->order[i], &length);

		breathe(sort->run, i - range.first + 1);
		sort->keys[i] = label_key(label, length, range.depth);
	}
	return range;
}

static size_t
size_of(Range range)
{
	return range.end - range.first;
}

/* Exchanges two parts unless the first one is the larger */
static void
order_by_size(Range *a, Range *b)
{
	Range		other = *a;

	if (size_of(*a) >= size_of(*b))
		return;
	*a = *b;
	*b = other;
}

/* Splits a range into three, from the largest to the smallest */
static void
split(const Sort *sort, Range range, Range *parts)
{
	size_t		equal;
	size_t		greater;

	partition(sort, range, choose_pivot(sort, range), &equal, &greater);
	parts[0] = (Range) {range.first, equal, range.depth};
	parts[1] = deepen(sort, (Range) {equal, greater, range.depth});
	parts[2] = (Range) {greater, range.end, range.depth};
	order_by_size(&parts[0], &parts[1]);
	order_by_size(&parts[1], &parts[2]);
	order_by_size(&parts[0], &parts[1]);
}

void
sort_labels(uint64_t *keys, uint32_t *order, size_t count,
			LabelAt label_at, const void *labels, SlabRunner run)
{
	Sort		sort = {keys, order, label_at, labels, run};
	Range		waiting[MAX_WAITING];
	size_t		waiting_count = 0;

	waiting[waiting_count++] = (Range) {0, count, 0};
	while (waiting_count > 0)
	{
		Range		range = waiting[--waiting_count];
		Range		parts[3];

		if (size_of(range) <= INSERTION_LIMIT)
		{
			insertion_sort(&sort, range);
			continue;
		}
		split(&sort, range, parts);
		for (int i = 0; i < 3 && size_of(parts[i]) > 1; i++)
			waiting[waiting_count++] = parts[i];
	}
}
