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
#include "math/measures/relative_entropy_one_pass.h"

#include <math.h>

#include "math/assertions.h"
#include "math/instruction_set.h"
#include "math/measures/relative_entropy.h"
#include "math/pair/slabs.h"

/*
 * So many slabs, about, have a block in the sample: a stream takes its time to
 * get at one.  Part of the definition of results.
 */
#define SAMPLED_SLABS 8

/* Work on the slabs of a pair */
typedef struct OnePassJob
{
	SlabJob		job;			/* first, since tasks are handed a pointer to it */
	const WeightSource *p;
	const WeightSource *q;
	bool		hopeless;		/* some slab has found that all is in vain */
} OnePassJob;

/* The weights of count bins from first on, as fetch() gives them */
static const double *
read_source(const WeightSource *source, size_t first, size_t count, size_t *start, double *buffer)
{
	if (source->stream != NULL)
		return source->stream->read(source->stream, first, count);
	return fetch(&source->weights, first, count, start, false, buffer);
}

/* Totals of the first block of a slab, if it is one of the sample: 0 of p, 1 of q */
static void
sample_slab(void *data, size_t number)
{
	OnePassJob *one_pass = data;
	SlabJob    *job = &one_pass->job;
	Slab		slab = slab_of(job, number);
	size_t		count = block_count(&slab, slab.first);
	double		buffer[BLOCK_SIZE];
	const double *weights;

	if (number % (1 + job->p->count / (SAMPLED_SLABS * SLAB_SIZE)) != 0)
		return;
	weights = read_source(one_pass->p, slab.first, count, &slab.p_start, buffer);
	slab.partial->slots[0] = job->functions->block_plain_totals(weights, count).sum;
	weights = read_source(one_pass->q, slab.first, count, &slab.q_start, buffer);
	slab.partial->slots[1] = job->functions->block_plain_totals(weights, count).sum;
}

/* Adds up the terms of a slab's bins; see unjudged_relative_entropy_terms() for the slots */
static void
sum_unjudged_slab(void *data, size_t number)
{
	OnePassJob *one_pass = data;
	SlabJob    *job = &one_pass->job;
	Slab		slab = slab_of(job, number);
	Bins		bins = {.alignment = job->alignment};
	double		p_buffer[BLOCK_SIZE];
	double		q_buffer[BLOCK_SIZE];
	double		slots[MAX_SLOTS];

	if (__atomic_load_n(&one_pass->hopeless, __ATOMIC_RELAXED))
		return;
	for (size_t bin = slab.first; bin < slab.end; bin += BLOCK_SIZE)
	{
		bins.count = block_count(&slab, bin);
		bins.p = read_source(one_pass->p, bin, bins.count, &slab.p_start, p_buffer);
		bins.q = read_source(one_pass->q, bin, bins.count, &slab.q_start, q_buffer);
		job->kernel->run(&bins, job->arguments, NULL, slots);
		for (int i = 0; i < MAX_SLOTS; i++)
			slab.partial->slots[i] = bin == slab.first ? (DoubleDouble) {slots[i], 0.0} :
				add_double_term(slab.partial->slots[i], slots[i]);
	}
	if (!(slab.partial->slots[2].hi <= DBL_MAX))
		__atomic_store_n(&one_pass->hopeless, true, __ATOMIC_RELAXED);
}

/* Equal sides have to be found equal, which needs their exact totals */
static bool
begin_alike(const WeightSource *p, const WeightSource *q)
{
	size_t		p_start = 0;
	size_t		q_start = 0;
	double		p_buffer[BLOCK_SIZE];
	double		q_buffer[BLOCK_SIZE];

	return p->weights.present == NULL && q->weights.present == NULL &&
		memcmp(read_source(p, 0, BLOCK_SIZE, &p_start, p_buffer),
			   read_source(q, 0, BLOCK_SIZE, &q_start, q_buffer), BLOCK_SIZE * sizeof(double)) == 0;
}

/* Whether all weights are as they should be, and the totals within reach */
static bool
are_sound(double mass, double excess)
{
	return mass < 0x1p700 && excess < mass && excess > -0x1p700;
}

/* Whether both sides are equal, or not far from it: then a sum of small terms is not enough */
static bool
are_indistinct(double phi, double mass)
{
	return !(phi > 0x1p-100 * mass);
}

/* Whether the term of the totals is so small that subtracting it costs no digits */
static bool
is_accurate(double phi, double mass, double excess, double total_phi)
{
	return fabs(excess) < 0.5 * mass && total_phi < 0.25 * phi;
}

/* Tries the scales of these totals, and then those of the totals that were found; false if that is not enough */
static bool
try_scales(OnePassJob *one_pass, Evaluation *evaluation, DoubleDouble p_total, DoubleDouble q_total, double *value)
{
	SlabJob    *job = &one_pass->job;

	for (int try = 0; try < 2 && totals_are_ordinary(p_total, q_total); try++)
	{
		const Partial *sums;
		double		phi;
		double		mass;
		double		excess;
		double		total_phi;

		align_totals(evaluation, p_total, q_total);
		job->alignment = &evaluation->alignment;
		sums = run_job(job, sum_unjudged_slab, evaluation->run, false);
		phi = sums->slots[0].hi;
		mass = sums->slots[2].hi;
		excess = sums->slots[EXCESS_SLOT].hi;
		if (!are_sound(mass, excess) || are_indistinct(phi, mass))
			return false;
		total_phi = reduced_phi(reduce_ratio(mass, mass - excess, excess), mass, mass - excess);
		*value = (phi - total_phi) / mass;
		if (is_accurate(phi, mass, excess, total_phi))
			return true;

		/* the sample was misleading, but now we have the totals */
		p_total = (DoubleDouble) {mass / evaluation->alignment.p_scale.hi, 0.0};
		q_total = (DoubleDouble) {(mass - excess) / evaluation->alignment.q_scale.hi, 0.0};
	}
	return false;
}

/* The divergence in nats; false if it has to be found another way */
static bool
in_one_pass(Evaluation *evaluation, const WeightSource *p, const WeightSource *q, double *value)
{
	KernelArguments none = {.power = 0.0};
	OnePassJob	one_pass;
	const Partial *sample;

	assert_that(p->weights.count == q->weights.count);
	assert_that(p->stream == NULL || (p->weights.values == NULL && p->weights.present == NULL));
	assert_that(q->stream == NULL || (q->weights.values == NULL && q->weights.present == NULL));
	if (p->weights.count <= SLAB_SIZE || begin_alike(p, q))
		return false;
	one_pass.p = p;
	one_pass.q = q;
	one_pass.hopeless = false;
	one_pass.job.functions = evaluation->functions;
	one_pass.job.p = &p->weights;
	one_pass.job.q = &q->weights;
	one_pass.job.arguments = &none;
	one_pass.job.kernel = &evaluation->functions->kernels[KERNEL_unjudged_relative_entropy];
	sample = run_job(&one_pass.job, sample_slab, evaluation->run, false);
	if (!(sample->slots[0].hi > 0.0 && sample->slots[1].hi > 0.0))
		return false;

	evaluation->alignment.kind = PLAIN_PAIR;
	evaluation->positive = false;
	return try_scales(&one_pass, evaluation, sample->slots[0], sample->slots[1], value);
}

bool
relative_entropy_in_one_pass(Evaluation *evaluation, double *value)
{
	WeightSource p;
	WeightSource q;

	/* asked before anything is copied, since most calls are over few bins */
	if (evaluation->p->count <= SLAB_SIZE)
		return false;
	p = (WeightSource) {*evaluation->p, NULL};
	q = (WeightSource) {*evaluation->q, NULL};
	return in_one_pass(evaluation, &p, &q, value);
}

bool
relative_entropy_of_sources(const WeightSource *p, const WeightSource *q, SlabRunner run, double *value)
{
	Evaluation	evaluation = {.functions = active_vector_functions(), .run = run};

	return in_one_pass(&evaluation, p, q, value);
}
