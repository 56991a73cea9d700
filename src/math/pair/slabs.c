/*-------------------------------------------------------------------------
 *
 * slabs.c
 *	  Cuts arrays of any length into slabs of work, and adds up what they give.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "math/pair/slabs.h"

#include "math/assertions.h"

void
run_slabs_serially(SlabTask task, void *job, size_t first, size_t end)
{
	for (size_t slab = first; slab < end; slab++)
		task(job, slab);
}

/* Number of values among the bins from first to before end; first is a multiple of 8 */
size_t
count_present(const Weights *weights, size_t first, size_t end)
{
	size_t		count = 0;
	size_t		bin = first;

	if (weights->values == NULL)
		return 0;
	if (weights->present == NULL)
		return end - first;
	for (; bin + 8 <= end; bin += 8)
		count += (size_t) __builtin_popcount(weights->present[bin / 8]);
	for (; bin < end; bin++)
		count += is_present(weights, bin);
	return count;
}

/*
 * The values of count bins from first on: where they are, or in buffer if bins
 * are absent, whose value is given, or are to be padded with these to whole lanes.
 * *start is where their values begin, and is moved behind them.
 */
const double *
fetch_or(const Weights *weights, size_t first, size_t count, size_t *start, bool pad, double absent, double *buffer)
{
	size_t		padded = whole_lanes(count);
	size_t		next = *start;

	assert_that(first + count <= weights->count && count > 0 && count <= BLOCK_SIZE && next <= first);
	if (is_dense(weights) && (count == padded || !pad))
	{
		*start += count;
		return weights->values + next;
	}
	if (is_dense(weights))
	{
		memcpy(buffer, weights->values + next, count * sizeof(double));
		next += count;
	}
	else
		for (size_t i = 0; i < count; i++)
			buffer[i] = is_present(weights, first + i) ? weights->values[next++] : absent;
	for (size_t i = count; i < padded; i++)
		buffer[i] = absent;
	*start = next;
	return buffer;
}

Slab
slab_of(SlabJob *job, size_t number)
{
	size_t		first = number * SLAB_SIZE;
	size_t		index = number - job->first_slab;
	Slab		slab;

	assert_that(number >= job->first_slab && index < GROUP_SLABS && first < job->p->count);
	slab.first = first;
	slab.end = job->p->count - first < SLAB_SIZE ? job->p->count : first + SLAB_SIZE;
	slab.p_start = job->p_start[index];
	slab.q_start = job->q_start[index];
	slab.partial = &job->partials[index];
	return slab;
}

static void
clear(Partial *partial)
{
	for (int i = 0; i < MAX_SLOTS; i++)
	{
		partial->slots[i].hi = 0.0;
		partial->slots[i].lo = 0.0;
	}
	partial->negative = false;
	partial->zero = false;
}

/* Runs a task over all slabs, group by group, and combines their sums in order */
const Partial *
run_job(SlabJob *job, SlabTask task, SlabRunner run, bool maximum)
{
	size_t		slab_count = (job->p->count + SLAB_SIZE - 1) / SLAB_SIZE;
	size_t		p_start = 0;
	size_t		q_start = 0;
	Partial    *all = &job->all;

	assert_that(job->p->count == job->q->count);
	clear(all);
	if (slab_count == 1)
	{
		job->first_slab = 0;
		job->p_start[0] = 0;
		job->q_start[0] = 0;
		clear(&job->partials[0]);
		run(task, job, 0, 1);
		return &job->partials[0];
	}
	for (size_t first = 0; first < slab_count; first += GROUP_SLABS)
	{
		size_t		end = slab_count - first < GROUP_SLABS ? slab_count : first + GROUP_SLABS;

		job->first_slab = first;
		for (size_t slab = first; slab < end; slab++)
		{
			size_t		bin = slab * SLAB_SIZE;
			size_t		next = job->p->count - bin < SLAB_SIZE ? job->p->count : bin + SLAB_SIZE;

			clear(&job->partials[slab - first]);
			job->p_start[slab - first] = p_start;
			job->q_start[slab - first] = q_start;
			p_start += count_present(job->p, bin, next);
			q_start += count_present(job->q, bin, next);
		}
		run(task, job, first, end);
		for (size_t slab = first; slab < end; slab++)
		{
			Partial    *partial = &job->partials[slab - first];

			for (int i = 0; i < MAX_SLOTS; i++)
			{
				if (slab == 0 || (maximum && partial->slots[i].hi > all->slots[i].hi))
					all->slots[i] = partial->slots[i];
				else if (!maximum)
					all->slots[i] = add_term(all->slots[i], partial->slots[i]);
			}
			all->negative |= partial->negative;
			all->zero |= partial->zero;
		}
	}
	return all;
}

static void
do_nothing(void *job, size_t slab)
{
	(void) job;
	(void) slab;
}

/* Lets the runner abandon a plain loop over bins now and then */
void
poll_at(SlabRunner run, size_t bin)
{
	if (bin % SLAB_SIZE == 0)
		run(do_nothing, NULL, 0, 1);
}
