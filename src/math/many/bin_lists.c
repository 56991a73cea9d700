/*-------------------------------------------------------------------------
 *
 * bin_lists.c
 *	  Distributions with few bins in common, each with a list of its own bins.
 *
 * The loops over two lists look at the bin that is next on either side and go on where
 * it is the smaller one, on both sides where it is the same.  Which one it is
 * cannot be foretold, so that they calculate instead of branching.
 *
 *-------------------------------------------------------------------------
 */
#include "math/many/bin_lists.h"

#include <string.h>

#include "math/ordered/polling.h"
#include "math/pair/slabs.h"

/* Bins that are copied at once where only one side has any */
#define RUN 8

/* Between two polls */
#define BINS_WITHOUT_POLL SLAB_SIZE

size_t
most_listed_bins(const BinLists *lists, size_t count)
{
	size_t		longest = 0;
	size_t		second = 0;

	for (size_t index = 0; index < count; index++)
	{
		size_t		length = lists->starts[index + 1] - lists->starts[index];

		if (length > longest)
		{
			second = longest;
			longest = length;
		}
		else if (length > second)
			second = length;
	}
	return longest + second;
}

/* A list that is being walked through */
typedef struct Walk
{
	const uint32_t *bins;
	const double *weights;
	size_t		next;
	size_t		count;
} Walk;

static Walk
begin_walk(const BinLists *lists, size_t index)
{
	size_t		start = lists->starts[index];

	return (Walk) {lists->bins + start, lists->weights + start, 0, lists->starts[index + 1] - start};
}

bool
list_exceeds(const BinLists *lists, size_t p, size_t q, SlabRunner run)
{
	Walk		p_walk = begin_walk(lists, p);
	Walk		q_walk = begin_walk(lists, q);

	/* mostly the ends of the lists are enough to know it */
	if (p_walk.count > q_walk.count)
		return true;
	if (p_walk.count > 0 && p_walk.bins[p_walk.count - 1] > q_walk.bins[q_walk.count - 1])
		return true;
	for (size_t step = 0; p_walk.next < p_walk.count; step++)
	{
		poll_at(run, step);
		if (q_walk.next == q_walk.count || p_walk.bins[p_walk.next] < q_walk.bins[q_walk.next])
			return true;
		p_walk.next += p_walk.bins[p_walk.next] == q_walk.bins[q_walk.next];
		q_walk.next++;
	}
	return false;
}

/* Bins of one side, without the other; how many */
static size_t
copy_run(Walk *walk, size_t count, double *own, double *other)
{
	memcpy(own, walk->weights + walk->next, count * sizeof(double));
	memset(other, 0, count * sizeof(double));
	walk->next += count;
	return count;
}

/* All that are left of one side */
static size_t
copy_rest(Walk *walk, SlabRunner run, double *own, double *other)
{
	size_t		copied = 0;

	while (walk->next < walk->count)
	{
		size_t		left = walk->count - walk->next;

		poll_at(run, 0);
		copied += copy_run(walk, left < BINS_WITHOUT_POLL ? left : BINS_WITHOUT_POLL, own + copied, other + copied);
	}
	return copied;
}

/* The next RUN bins of both together, where each list has at least as many left */
static size_t
merge_run(Walk *p, Walk *q, double *p_weights, double *q_weights)
{
	size_t		p_next = p->next;
	size_t		q_next = q->next;

	if (p->bins[p_next + RUN - 1] < q->bins[q_next])
		return copy_run(p, RUN, p_weights, q_weights);
	if (q->bins[q_next + RUN - 1] < p->bins[p_next])
		return copy_run(q, RUN, q_weights, p_weights);
	for (int i = 0; i < RUN; i++)
	{
		uint32_t	p_bin = p->bins[p_next];
		uint32_t	q_bin = q->bins[q_next];
		double		p_weight = p->weights[p_next];
		double		q_weight = q->weights[q_next];

		p_weights[i] = p_bin <= q_bin ? p_weight : 0.0;
		q_weights[i] = q_bin <= p_bin ? q_weight : 0.0;
		p_next += p_bin <= q_bin;
		q_next += q_bin <= p_bin;
	}
	p->next = p_next;
	q->next = q_next;
	return RUN;
}

size_t
merge_lists(const BinLists *lists, size_t p, size_t q, SlabRunner run, double *p_weights, double *q_weights)
{
	Walk		p_walk = begin_walk(lists, p);
	Walk		q_walk = begin_walk(lists, q);
	size_t		count = 0;

	for (size_t next_poll = 0; p_walk.count - p_walk.next >= RUN && q_walk.count - q_walk.next >= RUN;)
	{
		if (count >= next_poll)
		{
			poll_at(run, 0);
			next_poll += BINS_WITHOUT_POLL;
		}
		count += merge_run(&p_walk, &q_walk, p_weights + count, q_weights + count);
	}
	while (p_walk.next < p_walk.count && q_walk.next < q_walk.count)
	{
		uint32_t	p_bin = p_walk.bins[p_walk.next];
		uint32_t	q_bin = q_walk.bins[q_walk.next];

		p_weights[count] = p_bin <= q_bin ? p_walk.weights[p_walk.next] : 0.0;
		q_weights[count++] = q_bin <= p_bin ? q_walk.weights[q_walk.next] : 0.0;
		p_walk.next += p_bin <= q_bin;
		q_walk.next += q_bin <= p_bin;
	}
	count += copy_rest(&p_walk, run, p_weights + count, q_weights + count);
	return count + copy_rest(&q_walk, run, q_weights + count, p_weights + count);
}

void
turn_lists(const BinLists *lists, size_t count, size_t bins,
		   size_t *starts, uint32_t *distributions, double *weights, SlabRunner run)
{
	Polling		polling = begin_polling(run);
	size_t		listed = lists->starts[count];

	for (size_t bin = 0; bin <= bins; bin++)
	{
		poll_now_and_then(&polling);
		starts[bin] = 0;
	}
	for (size_t i = 0; i < listed; i++)
	{
		poll_now_and_then(&polling);
		starts[lists->bins[i]]++;
	}
	/* where each ends, from which it is filled backwards to where it begins */
	for (size_t bin = 1; bin <= bins; bin++)
	{
		poll_now_and_then(&polling);
		starts[bin] += starts[bin - 1];
	}
	for (size_t index = count; index-- > 0;)
		for (size_t i = lists->starts[index + 1]; i-- > lists->starts[index];)
		{
			size_t		place = --starts[lists->bins[i]];

			poll_now_and_then(&polling);
			distributions[place] = (uint32_t) index;
			weights[place] = lists->weights[i];
		}
}
