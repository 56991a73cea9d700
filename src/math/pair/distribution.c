/*-------------------------------------------------------------------------
 *
 * distribution.c
 *	  From weights, or logits, to distributions.
 *
 *-------------------------------------------------------------------------
 */
#include "math/pair/distribution.h"

#include <math.h>

#include "math/elementary.h"
#include "math/instruction_set.h"
#include "math/pair/evaluation.h"
#include "math/pair/slabs.h"

/* exp() of less than this is 0 */
#define LEAST_EXPONENT (-746.0)
/* Quotients of less may have lost bits */
#define LEAST_EXACT_SHARE 0x1p-960

/* A job that writes a number for each bin */
typedef struct OutputJob
{
	SlabJob		job;			/* first, since tasks are handed a pointer to it */
	double		shift;			/* added to, or subtracted from, the values, */
	double		divisor;		/* which are then divided by this */
	double	   *output;
} OutputJob;

double
judge_weights(const Weights *weights, double pseudocount, SlabRunner run, Finding *finding)
{
	WeightTotals totals;

	finding->in_reference = false;
	totals = total_weight(weights, active_vector_functions(), true, run, finding);
	return smoothed_total(totals.sum, weights->count, pseudocount, finding).hi;
}

static void
normalise_slab(void *data, size_t number)
{
	OutputJob  *output_job = data;
	SlabJob    *job = &output_job->job;
	Slab		slab = slab_of(job, number);
	double		buffer[BLOCK_SIZE];

	for (size_t bin = slab.first; bin < slab.end; bin += BLOCK_SIZE)
	{
		size_t		count = block_count(&slab, bin);
		const double *weights = fetch(job->p, bin, count, &slab.p_start, false, buffer);

		for (size_t i = 0; i < count; i++)
			output_job->output[bin + i] = (weights[i] + output_job->shift) / output_job->divisor + 0.0;
	}
}

void
normalise(const Weights *weights, double pseudocount, double total,
		  SlabRunner run, double *shares)
{
	OutputJob	output_job;

	output_job.job.p = weights;
	output_job.job.q = weights;
	output_job.shift = pseudocount;
	output_job.divisor = total;
	output_job.output = shares;
	run_job(&output_job.job, normalise_slab, run, false);
}

/* Roots have twice the range of shares: what is too small for a share is made of those of weight and total */
static void
embed_slab(void *data, size_t number)
{
	OutputJob  *output_job = data;
	SlabJob    *job = &output_job->job;
	Slab		slab = slab_of(job, number);
	double		buffer[BLOCK_SIZE];

	for (size_t bin = slab.first; bin < slab.end; bin += BLOCK_SIZE)
	{
		size_t		count = block_count(&slab, bin);
		const double *weights = fetch(job->p, bin, count, &slab.p_start, false, buffer);

		for (size_t i = 0; i < count; i++)
		{
			double		share = weights[i] / output_job->divisor;

			output_job->output[bin + i] = share > LEAST_EXACT_SHARE ? sqrt(0.5 * share) + 0.0 :
				sqrt(2.0 * weights[i]) / (2.0 * sqrt(output_job->divisor)) + 0.0;
		}
	}
}

/*
 * sum (sqrt(p/2) - sqrt(q/2))^2 = 1 - sum sqrt(pq): the Euclidean distance of
 * such points is the root of that.
 */
void
embed_roots(const Weights *weights, double total, SlabRunner run, double *coordinates)
{
	OutputJob	output_job;

	output_job.job.p = weights;
	output_job.job.q = weights;
	output_job.divisor = total;
	output_job.output = coordinates;
	run_job(&output_job.job, embed_slab, run, false);
}

/* exp(w) for w <= 0, through the subnormal numbers */
static double
exp_of_negative(double w)
{
	double		root;

	if (w > -700.0)
		return scaled_exp(reduce_exponential(w));
	if (!(w > LEAST_EXPONENT))
		return 0.0;
	root = scaled_exp(reduce_exponential(0.5 * w));
	return root * root;
}

/* Finds the largest logit; the flag of the partial says that one is NaN or Infinity */
static void
largest_logit_slab(void *data, size_t number)
{
	SlabJob    *job = data;
	Slab		slab = slab_of(job, number);
	double		largest = -INFINITY;

	for (size_t bin = slab.first; bin < slab.end; bin++)
	{
		double		logit = is_present(job->p, bin) ? job->p->values[slab.p_start++] : -INFINITY;

		if (!(logit <= DBL_MAX))
			slab.partial->negative = true;
		largest = logit > largest ? logit : largest;
	}
	slab.partial->slots[0].hi = largest;
}

/*
 * (logit - largest)/temperature.  A difference beyond the largest number is
 * that of halves, doubled: temperatures can be that high too.
 */
static double
exponent_of_logit(double logit, double largest, double temperature)
{
	double		difference = logit - largest;

	if (difference < -DBL_MAX)
		return (0.5 * logit - 0.5 * largest) / temperature * 2.0;
	return difference / temperature;
}

static void
exponential_slab(void *data, size_t number)
{
	OutputJob  *output_job = data;
	SlabJob    *job = &output_job->job;
	Slab		slab = slab_of(job, number);

	for (size_t bin = slab.first; bin < slab.end; bin++)
	{
		double		logit = is_present(job->p, bin) ? job->p->values[slab.p_start++] : -INFINITY;

		output_job->output[bin] = exp_of_negative(exponent_of_logit(logit, output_job->shift, output_job->divisor));
	}
}

void
softmax(const Weights *logits, double temperature, SlabRunner run, double *shares, Finding *finding)
{
	OutputJob	output_job;
	const Partial *largest;
	Weights		exponentials = dense_weights(shares, logits->count);
	double		total;

	*finding = (Finding) {WEIGHTS_VALID, false, 0, 0.0};
	output_job.job.p = logits;
	output_job.job.q = logits;
	largest = run_job(&output_job.job, largest_logit_slab, run, true);
	if (largest->negative)
		find_invalid(logits, -INFINITY, run, finding);
	else if (logits->count == 0 || largest->slots[0].hi < -DBL_MAX)
		finding->judgement = NOTHING_OBSERVED;
	if (finding->judgement != WEIGHTS_VALID)
		return;

	output_job.shift = largest->slots[0].hi;
	output_job.divisor = temperature;
	output_job.output = shares;
	run_job(&output_job.job, exponential_slab, run, false);
	total = judge_weights(&exponentials, 0.0, run, finding);
	normalise(&exponentials, 0.0, total, run, shares);
}
