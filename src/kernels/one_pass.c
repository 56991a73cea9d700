/*-------------------------------------------------------------------------
 *
 * one_pass.c
 *	  Kullback and Leibler's divergence of long arrays, in one pass.
 *
 * Arrays that do not fit into the caches come from memory once for their
 * totals and once for their terms.  But with masses x and y of any totals X
 * and Y,
 *
 *		D(p||q) = (sum phi(x, y) - phi(X, Y))/X
 *
 * since phi is a Bregman divergence: A. Banerjee et al., Clustering with
 * Bregman Divergences, Journal of Machine Learning Research 6 (2005).  So a
 * sample of the bins is enough to scale both sides nearly alike, and totals
 * and judgement of the weights are by-products of the terms.  Where the sample
 * was misleading or a weight needs a second look, both passes follow.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "elementary.h"
#include "evaluate.h"
#include "slabs.h"

/* Totals of the first block of a slab: 0 of p, 1 of q */
static void
sample_slab(void *data, size_t number)
{
	Job		   *job = data;
	Slab		slab = slab_of(job, number);
	size_t		count = block_count(&slab, slab.first);
	double		buffer[BLOCK_SIZE];
	const double *weights;

	weights = fetch(job->p, slab.first, count, &slab.p_start, false, buffer);
	slab.partial->slots[0] = job->functions->block_plain_totals(weights, count).sum;
	weights = fetch(job->q, slab.first, count, &slab.q_start, false, buffer);
	slab.partial->slots[1] = job->functions->block_plain_totals(weights, count).sum;
}

/* Whether the sums mean what they should, and most of them is not the term of the totals */
static bool
are_trustworthy(const Sums *sums, double total_phi)
{
	double		sum = sums->slots[0];

	return sums->slots[1] == 0.0 && sums->mass < 0x1p700 &&
		fabs(sums->excess) < 0.5 * sums->mass &&
		total_phi < 0.25 * sum && sum > 0x1p-100 * sums->mass;
}

/*
 * The divergence in nats.  False if it is not worth trying, or has to be found
 * another way.
 */
bool
relative_entropy_in_one_pass(Evaluation *evaluation, double *value)
{
	KernelArguments none = {0.0, 0.0};
	double		total_phi;
	double		y;
	Sums		sums;
	Job			job;
	const Partial *sample;

	if (evaluation->p->count <= SLAB_SIZE)
		return false;
	job.functions = evaluation->functions;
	job.p = evaluation->p;
	job.q = evaluation->q;
	sample = run_job(&job, sample_slab, evaluation->run, false);
	if (!(sample->slots[0].hi > 0.0 && sample->slots[1].hi > 0.0 &&
		  totals_are_ordinary(sample->slots[0], sample->slots[1])))
		return false;

	evaluation->alignment.kind = PLAIN_PAIR;
	evaluation->positive = false;
	align_totals(evaluation, sample->slots[0], sample->slots[1]);
	sum_kernel(evaluation, KERNEL_UNJUDGED_RELATIVE_ENTROPY, &none, &sums);
	sums.mass = sums.slots[2];
	y = sums.mass - sums.excess;
	total_phi = reduced_phi(reduce_ratio(sums.mass, y, sums.excess), sums.mass, y);
	*value = (sums.slots[0] - total_phi) / sums.mass;
	return are_trustworthy(&sums, total_phi);
}
