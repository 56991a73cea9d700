/*-------------------------------------------------------------------------
 *
 * relative_entropy_one_pass.c
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
 * was misleading, a second pass has the totals.  Where a weight needs a closer
 * look, or the sides may be equal, the usual two passes follow.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "math/elementary.h"
#include "math/pair/evaluation.h"
#include "math/pair/slabs.h"

/*
 * So many slabs, about, have a block in the sample: a reader takes its time to
 * get at one.  Part of the definition of results.
 */
#define SAMPLED_SLABS 8

/* Totals of the first block of a slab, if it is one of the sample: 0 of p, 1 of q */
static void
sample_slab(void *data, size_t number)
{
	Job		   *job = data;
	Slab		slab = slab_of(job, number);
	size_t		count = block_count(&slab, slab.first);
	double		buffer[BLOCK_SIZE];
	const double *weights;

	if (number % (1 + job->p->count / (SAMPLED_SLABS * SLAB_SIZE)) != 0)
		return;
	weights = fetch(job->p, slab.first, count, &slab.p_start, false, buffer);
	slab.partial->slots[0] = job->functions->block_plain_totals(weights, count).sum;
	weights = fetch(job->q, slab.first, count, &slab.q_start, false, buffer);
	slab.partial->slots[1] = job->functions->block_plain_totals(weights, count).sum;
}

/* Totals of the sample; false if they are no good as scales */
static bool
take_sample(const Evaluation *evaluation, DoubleDouble *p_total, DoubleDouble *q_total)
{
	Job			job;
	const Partial *sample;

	job.functions = evaluation->functions;
	job.p = evaluation->p;
	job.q = evaluation->q;
	sample = run_job(&job, sample_slab, evaluation->run, false);
	*p_total = sample->slots[0];
	*q_total = sample->slots[1];
	return p_total->hi > 0.0 && q_total->hi > 0.0;
}

/* Equal sides have to be found equal, which needs their exact totals */
static bool
begin_alike(const Weights *p, const Weights *q)
{
	size_t		p_start = 0;
	size_t		q_start = 0;
	double		p_buffer[BLOCK_SIZE];
	double		q_buffer[BLOCK_SIZE];

	return p->present == NULL && q->present == NULL &&
		memcmp(fetch(p, 0, BLOCK_SIZE, &p_start, false, p_buffer),
			   fetch(q, 0, BLOCK_SIZE, &q_start, false, q_buffer), BLOCK_SIZE * sizeof(double)) == 0;
}

/* Whether all weights are as they should be, and the totals within reach */
static bool
are_sound(const Sums *sums)
{
	return sums->slots[1] == 0.0 && sums->mass < 0x1p700 &&
		sums->excess < sums->mass && sums->excess > -0x1p700;
}

/* Whether both sides are equal, or not far from it: then a sum of small terms is not enough */
static bool
are_indistinct(const Sums *sums)
{
	return !(sums->slots[0] > 0x1p-100 * sums->mass);
}

/* Whether the term of the totals is so small that subtracting it costs no digits */
static bool
are_accurate(const Sums *sums, double total_phi)
{
	return fabs(sums->excess) < 0.5 * sums->mass && total_phi < 0.25 * sums->slots[0];
}

/* The divergence in nats; false if it has to be found another way */
bool
relative_entropy_in_one_pass(Evaluation *evaluation, double *value)
{
	const Alignment *alignment = &evaluation->alignment;
	KernelArguments none = {0.0, 0.0};
	DoubleDouble p_total;
	DoubleDouble q_total;

	if (evaluation->p->count <= SLAB_SIZE || begin_alike(evaluation->p, evaluation->q) ||
		!take_sample(evaluation, &p_total, &q_total))
		return false;

	evaluation->alignment.kind = PLAIN_PAIR;
	evaluation->positive = false;
	for (int try = 0; try < 2 && totals_are_ordinary(p_total, q_total); try++)
	{
		double		total_phi;
		double		y;
		Sums		sums;

		align_totals(evaluation, p_total, q_total);
		sum_kernel(evaluation, KERNEL_UNJUDGED_RELATIVE_ENTROPY, &none, &sums);
		sums.mass = sums.slots[2];
		if (!are_sound(&sums) || are_indistinct(&sums))
			return false;
		y = sums.mass - sums.excess;
		total_phi = reduced_phi(reduce_ratio(sums.mass, y, sums.excess), sums.mass, y);
		*value = (sums.slots[0] - total_phi) / sums.mass;
		if (are_accurate(&sums, total_phi))
			return true;

		/* the sample was misleading, but now we have the totals */
		p_total = (DoubleDouble) {sums.mass / alignment->p_scale.hi, 0.0};
		q_total = (DoubleDouble) {y / alignment->q_scale.hi, 0.0};
	}
	return false;
}
