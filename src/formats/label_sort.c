/*-------------------------------------------------------------------------
 *
 * label_sort.c
 *	  Sorts labels by their bytes.
 *
 * J. L. Bentley, R. Sedgewick, Fast Algorithms for Sorting and Searching
 * Strings, SODA 1997: quicksort that splits into less, equal and greater by
 * one character, and goes on with what follows where they are equal.  A
 * character is eight bytes here, and a prefix that labels have in common is
 * skipped as a whole.  Where splits go badly again and again, heapsort takes
 * over, so that no order of labels makes it slow.
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "formats/label_sort.h"
#include "math/assertions.h"
#include "math/pair/slabs.h"

#define INSERTION_LIMIT 12
/* Bytes that are compared in a step of work */
#define BYTES_OF_A_STEP 64

typedef struct Sort
{
	uint64_t   *keys;
	uint32_t   *order;
	LabelAt		label_at;
	const void *labels;
	SlabRunner	run;
	size_t		steps;			/* since the runner was given a chance */
} Sort;

/* Labels that are equal up to depth */
typedef struct Range
{
	size_t		first;
	size_t		end;
	size_t		depth;
	int			patience;		/* bad splits that are put up with */
} Range;

/* The smaller of three parts are sorted first, so few wait: two for each halving of a size_t */
#define MAX_WAITING (2 * 8 * sizeof(size_t))

static size_t
size_of(Range range)
{
	return range.end - range.first;
}

static void
work(Sort *sort, size_t steps)
{
	sort->steps += steps;
	if (sort->steps < SLAB_SIZE)
		return;
	sort->steps = 0;
	poll_at(sort->run, 0);
}

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
comes_before(Sort *sort, size_t i, size_t j, size_t depth)
{
	size_t		i_length;
	size_t		j_length;
	const char *i_label;
	const char *j_label;
	size_t		common;
	int			difference;

	work(sort, 1);
	if (sort->keys[i] != sort->keys[j])
		return sort->keys[i] < sort->keys[j];
	if ((sort->keys[i] & 0xFF) == 0)
		return false;			/* they are equal */
	i_label = sort->label_at(sort->labels, sort->order[i], &i_length);
	j_label = sort->label_at(sort->labels, sort->order[j], &j_length);
	depth += 8;
	common = (i_length < j_length ? i_length : j_length) - depth;
	work(sort, common / BYTES_OF_A_STEP);
	difference = memcmp(i_label + depth, j_label + depth, common);
	return difference != 0 ? difference < 0 : i_length < j_length;
}

static void
insertion_sort(Sort *sort, Range range)
{
	for (size_t i = range.first + 1; i < range.end; i++)
		for (size_t j = i; j > range.first && comes_before(sort, j, j - 1, range.depth); j--)
			swap(sort, j, j - 1);
}

/* Moves the first label of a heap down to where it belongs; children come before their parents */
static void
sift_down(Sort *sort, Range heap, size_t parent)
{
	for (;;)
	{
		size_t		child = 2 * parent + 1;

		if (child >= size_of(heap))
			return;
		if (child + 1 < size_of(heap) &&
			comes_before(sort, heap.first + child, heap.first + child + 1, heap.depth))
			child++;
		if (!comes_before(sort, heap.first + parent, heap.first + child, heap.depth))
			return;
		swap(sort, heap.first + parent, heap.first + child);
		parent = child;
	}
}

static void
heap_sort(Sort *sort, Range range)
{
	for (size_t parent = size_of(range) / 2; parent > 0; parent--)
		sift_down(sort, range, parent - 1);
	while (size_of(range) > 1)
	{
		range.end--;
		swap(sort, range.first, range.end);
		sift_down(sort, range, 0);
	}
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
	size_t		step = size_of(range) / 9;

	return median(median(keys[0], keys[step], keys[2 * step]),
				  median(keys[3 * step], keys[4 * step], keys[5 * step]),
				  median(keys[6 * step], keys[7 * step], keys[8 * step]));
}

/* Moves what is less than the pivot before what is equal to it, and that before the rest */
static void
partition(Sort *sort, Range range, uint64_t pivot, size_t *equal, size_t *greater)
{
	size_t		less_end = range.first;
	size_t		next = range.first;
	size_t		rest = range.end;

	while (next < rest)
	{
		uint64_t	key = sort->keys[next];

		work(sort, 1);
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

/* How many bytes from depth on all labels of a range have in common */
static size_t
common_bytes(Sort *sort, Range range, size_t depth)
{
	size_t		common;
	const char *first = sort->label_at(sort->labels, sort->order[range.first], &common);

	common -= depth;
	for (size_t i = range.first + 1; i < range.end && common > 0; i++)
	{
		size_t		length;
		const char *label = sort->label_at(sort->labels, sort->order[i], &length);
		size_t		same = 0;

		if (length - depth < common)
			common = length - depth;
		while (same < common && label[depth + same] == first[depth + same])
			same++;
		common = same;
		work(sort, 1 + same / BYTES_OF_A_STEP);
	}
	return common;
}

/* The keys behind what all labels have in common; an empty range if the labels have ended */
static Range
deepen(Sort *sort, Range range)
{
	if (size_of(range) < 2 || (sort->keys[range.first] & 0xFF) == 0)
	{
		range.end = range.first;
		return range;
	}
	range.depth += 8;
	range.depth += common_bytes(sort, range, range.depth);
	for (size_t i = range.first; i < range.end; i++)
	{
		size_t		length;
		const char *label = sort->label_at(sort->labels, sort->order[i], &length);

		work(sort, 1);
		sort->keys[i] = label_key(label, length, range.depth);
	}
	return range;
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
split(Sort *sort, Range range, Range *parts)
{
	size_t		equal;
	size_t		greater;

	partition(sort, range, choose_pivot(sort, range), &equal, &greater);
	if ((equal - range.first) / 7 > size_of(range) / 8 || (range.end - greater) / 7 > size_of(range) / 8)
		range.patience--;
	parts[0] = (Range) {range.first, equal, range.depth, range.patience};
	parts[1] = deepen(sort, (Range) {equal, greater, range.depth, range.patience});
	parts[2] = (Range) {greater, range.end, range.depth, range.patience};
	order_by_size(&parts[0], &parts[1]);
	order_by_size(&parts[1], &parts[2]);
	order_by_size(&parts[0], &parts[1]);
}

void
sort_labels(uint64_t *keys, uint32_t *order, size_t count,
			LabelAt label_at, const void *labels, SlabRunner run)
{
	Sort		sort = {keys, order, label_at, labels, run, 0};
	Range		waiting[MAX_WAITING];
	size_t		waiting_count = 0;
	int			patience = 4;

	for (size_t size = count; size > 1; size /= 2)
		patience++;
	waiting[waiting_count++] = (Range) {0, count, 0, patience};
	while (waiting_count > 0)
	{
		Range		range = waiting[--waiting_count];
		Range		parts[3];

		if (size_of(range) <= INSERTION_LIMIT)
			insertion_sort(&sort, range);
		else if (range.patience == 0)
			heap_sort(&sort, range);
		else
		{
			split(&sort, range, parts);
			for (int i = 0; i < 3 && size_of(parts[i]) > 1; i++)
			{
				assert_that(waiting_count < MAX_WAITING && parts[i].first < parts[i].end && parts[i].end <= count);
				waiting[waiting_count++] = parts[i];
			}
		}
	}
}
