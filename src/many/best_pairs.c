/*-------------------------------------------------------------------------
 *
 * best_pairs.c
 *	  The closest or most different pairs of those that have been seen: a heap.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "miscadmin.h"

#include "many/best_pairs.h"

/* Room for so many of the best pairs at first */
#define FIRST_CAPACITY 1024

/* Whether a comes before b; positions decide between equal values */
static bool
comes_before(const BestPairs *best, const Candidate *a, const Candidate *b)
{
	if (a->value != b->value)
		return best->farthest ? a->value > b->value : a->value < b->value;
	return a->p != b->p ? a->p < b->p : a->q < b->q;
}

static int
compare_for_sort(const void *a, const void *b, void *best)
{
	CHECK_FOR_INTERRUPTS();
	return comes_before(best, a, b) ? -1 : comes_before(best, b, a) ? 1 : 0;
}

/* Moves a pair down the heap from a position, whose children come before it */
static void
sift_down(BestPairs *best, size_t position)
{
	Candidate  *heap = best->pairs;
	Candidate	pair = heap[position];

	for (;;)
	{
		size_t		child = 2 * position + 1;

		if (child >= best->count)
			break;
		if (child + 1 < best->count && comes_before(best, &heap[child], &heap[child + 1]))
			child++;
		if (!comes_before(best, &pair, &heap[child]))
			break;
		heap[position] = heap[child];
		position = child;
	}
	heap[position] = pair;
}

static void
sift_up(BestPairs *best, size_t position)
{
	Candidate  *heap = best->pairs;
	Candidate	pair = heap[position];

	while (position > 0 && comes_before(best, &heap[(position - 1) / 2], &pair))
	{
		heap[position] = heap[(position - 1) / 2];
		position = (position - 1) / 2;
	}
	heap[position] = pair;
}

void
begin_best_pairs(BestPairs *best, size_t most, bool farthest)
{
	best->most = most;
	best->farthest = farthest;
	best->count = 0;
	best->capacity = Min(FIRST_CAPACITY, most);
	best->pairs = palloc(Max(best->capacity, 1) * sizeof(Candidate));
}

void
keep_pair(BestPairs *best, const Candidate *pair)
{
	Assert(best->count <= best->most && best->count <= best->capacity);
	if (isnan(pair->value))
		return;
	if (best->count == best->most)
	{
		if (best->count > 0 && comes_before(best, pair, &best->pairs[0]))
		{
			best->pairs[0] = *pair;
			sift_down(best, 0);
		}
		return;
	}
	if (best->count == best->capacity)
	{
		best->capacity = Min(2 * best->capacity, best->most);
		best->pairs = repalloc_huge(best->pairs, best->capacity * sizeof(Candidate));
	}
	best->pairs[best->count] = *pair;
	sift_up(best, best->count++);
}

void
sort_best_pairs(BestPairs *best)
{
	qsort_arg(best->pairs, best->count, sizeof(Candidate), compare_for_sort, best);
}
