/*-------------------------------------------------------------------------
 *
 * evaluation.c
 *	  Validation, totals and kernel sums of weights.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "math/assertions.h"
#include "math/elementary.h"
#include "math/pair/evaluation.h"
#include "math/pair/slabs.h"

/* Scales of totals up to 2^LARGEST_EXPONENT are normal numbers */
#define LARGEST_EXPONENT 1000

/* One block of weights that can be used where they are: no need for slabs */
static bool
is_small(const Weights *weights)
{
	return weights->count <= BLOCK_SIZE && is_dense(weights);
}

static void
total_slab(void *data, size_t number)
{
	SlabJob    *job = data;
	Slab		slab = slab_of(job, number);
	Partial    *partial = slab.partial;
	double		buffer[BLOCK_SIZE];

	for (size_t bin = slab.first; bin < slab.end; bin += BLOCK_SIZE)
	{
		size_t		count = block_count(&slab, bin);
		const double *p = fetch(job->p, bin, count, &slab.p_start, false, buffer);
		Totals		totals = job->exact ? job->functions->block_totals(p, count, 1.0) :
			job->functions->block_plain_totals(p, count);

		if (bin == slab.first)
		{
			partial->slots[0].hi = totals.sum.hi;
			partial->slots[0].lo = totals.sum.lo;
		}
		else
			partial->slots[0] = add_term(partial->slots[0], totals.sum);
		partial->negative |= totals.negative;
		partial->zero |= totals.zero;
	}
}

static void
sum_slab(void *data, size_t number)
{
	SlabJob    *job = data;
	Slab		slab = slab_of(job, number);
	Partial    *partial = slab.partial;
	bool		maximum = job->kernel->takes_maximum;
	bool		pad = job->alignment->kind != PLAIN_PAIR;
	Bins		bins;
	double		p_buffer[BLOCK_SIZE];
	double		q_buffer[BLOCK_SIZE];
	double		slots[MAX_SLOTS];
	Block		block;

	bins.alignment = job->alignment;
	for (size_t bin = slab.first; bin < slab.end; bin += BLOCK_SIZE)
	{
		bins.count = block_count(&slab, bin);
		bins.p = fetch(job->p, bin, bins.count, &slab.p_start, pad, p_buffer);
		bins.q = job->q == job->p ? bins.p :
			fetch(job->q, bin, bins.count, &slab.q_start, pad, q_buffer);
		job->kernel->run(&bins, job->arguments, &block, slots);
		for (int i = 0; i < MAX_SLOTS; i++)
		{
			if (bin == slab.first || (maximum && slots[i] > partial->slots[i].hi))
				partial->slots[i] = (DoubleDouble) {slots[i], 0.0};
			else if (!maximum)
				partial->slots[i] = add_double_term(partial->slots[i], slots[i]);
		}
	}
}

/* What sum_slab() would find of few bins, by the shortest way */
static void
sum_few(const Evaluation *evaluation, const VectorKernel *kernel, const KernelArguments *arguments, double *slots)
{
	Bins		bins = {.alignment = &evaluation->alignment, .count = evaluation->p->count};
	size_t		p_start = 0;
	size_t		q_start = 0;
	double		p_buffer[FEW_BINS];
	double		q_buffer[FEW_BINS];
	Block		block;

	bins.p = fetch(evaluation->p, 0, bins.count, &p_start, true, p_buffer);
	bins.q = evaluation->q == evaluation->p ? bins.p : fetch(evaluation->q, 0, bins.count, &q_start, true, q_buffer);
	kernel->run(&bins, arguments, &block, slots);
}

/*
 * Names the first weight that is NaN, Infinity or less than the least one
 * allowed, if there is one: 0 for weights, -Infinity for logits.
 */
void
find_invalid(const Weights *weights, double least, SlabRunner run, Finding *finding)
{
	size_t		next = 0;

	for (size_t bin = 0; bin < weights->count; bin++)
	{
		double		value = is_present(weights, bin) ? weights->values[next++] : 0.0;

		poll_at(run, bin);
		if (value >= least && value <= DBL_MAX)
			continue;
		finding->judgement = value < 0.0 && value >= -DBL_MAX ? WEIGHT_NEGATIVE :
			isnan(value) ? WEIGHT_NOT_A_NUMBER : WEIGHT_INFINITE;
		finding->position = bin;
		finding->value = value;
		return;
	}
}

/*
 * The total of the weights, which are judged on the way.  Differences of first
 * order need it exact; for others, see squared_excess().
 */
WeightTotals
total_weight(const Weights *weights, const VectorFunctions *functions,
			 bool exact, SlabRunner run, Finding *finding)
{
	WeightTotals totals;
	bool		negative;

	if (is_small(weights))
	{
		Totals		block = exact ? functions->block_totals(weights->values, weights->count, 1.0) :
			functions->block_plain_totals(weights->values, weights->count);

		totals.sum.hi = block.sum.hi;
		totals.sum.lo = block.sum.lo;
		totals.positive = !block.zero;
		negative = block.negative;
	}
	else
	{
		SlabJob		job;
		const Partial *all;

		job.functions = functions;
		job.p = weights;
		job.q = weights;
		job.exact = exact;
		all = run_job(&job, total_slab, run, false);
		totals.sum.hi = all->slots[0].hi;
		totals.sum.lo = exact ? all->slots[0].lo : 0.0;
		totals.positive = !all->zero;
		negative = all->negative;
	}

	finding->judgement = WEIGHTS_VALID;
	finding->position = 0;
	finding->value = 0.0;
	if (negative || !isfinite(totals.sum.hi) || !isfinite(totals.sum.lo))
	{
		find_invalid(weights, 0.0, run, finding);
		if (finding->judgement == WEIGHTS_VALID && !isfinite(totals.sum.hi))
			finding->judgement = TOTAL_OVERFLOWS;
	}
	return totals;
}

/* The total after adding the pseudocount to each of count bins */
DoubleDouble
smoothed_total(DoubleDouble total, size_t count, double pseudocount, Finding *finding)
{
	if (pseudocount > 0.0)
	{
		/* two_product splits its arguments, which must not overflow */
		double		unit = pseudocount > 1.0 ? 0x1p-100 : 1.0;
		DoubleDouble added;

		added.hi = two_product((double) count, pseudocount * unit, &added.lo);
		added.hi /= unit;
		added.lo /= unit;
		if (!(added.hi <= DBL_MAX) && finding->judgement == WEIGHTS_VALID)
			finding->judgement = TOTAL_OVERFLOWS;
		total = dd_add(total, added);
	}
	if (finding->judgement == WEIGHTS_VALID && !isfinite(total.hi))
		finding->judgement = TOTAL_OVERFLOWS;
	else if (finding->judgement == WEIGHTS_VALID && !(total.hi > 0.0))
		finding->judgement = NOTHING_OBSERVED;
	return total;
}

static DoubleDouble
dd_scale(DoubleDouble value, double power)
{
	DoubleDouble scaled = {value.hi * power, value.lo * power};

	return scaled;
}

/*
 * A power of two that brings an extreme total to where its scale can do the
 * rest, while no weight loses bits that matters by more than its logarithm:
 * small weights would, if a large total were made smaller than need be.
 * *exponent becomes the total's new one.
 */
static double
unit_of(DoubleDouble *total, int *exponent)
{
	int			shift = 0;

	if (*exponent > LARGEST_EXPONENT)
		shift = LARGEST_EXPONENT - *exponent;
	else if (*exponent < -ORDINARY_EXPONENT)
		shift = -ORDINARY_EXPONENT - *exponent;
	*total = dd_scale(*total, power_of_two(shift));
	*exponent += shift;
	return power_of_two(shift);
}

/* The same of a total in double-double */
static DoubleDouble
cross_scale_exactly(DoubleDouble other, DoubleDouble own)
{
	return dd_scale(dd_scale(other, power_of_two(-exponent_of(other.hi))),
					power_of_two(MASS_EXPONENT - exponent_of(own.hi)));
}

bool
totals_are_ordinary(DoubleDouble p_total, DoubleDouble q_total)
{
	return exponents_are_ordinary(exponent_of(p_total.hi), exponent_of(q_total.hi));
}

/* What has to be true of an alignment before kernels are run */
static void
check_alignment(const Alignment *alignment)
{
	assert_that(alignment->p_scale.hi > 0.0 && alignment->p_scale.hi <= DBL_MAX);
	assert_that(alignment->q_scale.hi > 0.0 && alignment->q_scale.hi <= DBL_MAX);
	assert_that(alignment->mass.hi > 0.0 && alignment->mass.hi <= DBL_MAX);
	assert_that(fabs(alignment->p_scale.lo) <= alignment->p_scale.hi * 0x1p-50);
	assert_that(frexp(alignment->p_unit, &(int) {0}) == 0.5);
	assert_that(frexp(alignment->q_unit, &(int) {0}) == 0.5);
	assert_that(alignment->pseudocount >= 0.0 && alignment->fill >= 0.0);
	assert_that(!alignment->refined || alignment->kind == EXACT_PAIR);
	assert_that(!alignment->extreme || alignment->kind != PLAIN_PAIR);
	(void) alignment;
}

/* Chooses the scales that give both sides the same mass: see align.c */
void
align_totals(Evaluation *evaluation, DoubleDouble p_total, DoubleDouble q_total)
{
	Alignment  *alignment = &evaluation->alignment;
	int			p_exponent = exponent_of(p_total.hi);
	int			q_exponent = exponent_of(q_total.hi);

	alignment->refined = false;
	alignment->p_total = p_total.hi;
	alignment->q_total = q_total.hi;
	alignment->p_unit = 1.0;
	alignment->q_unit = 1.0;
	alignment->extreme = !exponents_are_ordinary(p_exponent, q_exponent);
	if (alignment->extreme)
	{
		alignment->p_log_total = natural_log(p_total.hi);
		alignment->q_log_total = natural_log(q_total.hi);
		alignment->p_unit = unit_of(&p_total, &p_exponent);
		alignment->q_unit = unit_of(&q_total, &q_exponent);
	}
	if (alignment->kind == WEIGHTED_SHARES)
	{
		alignment->p_scale.hi = power_of_two(MASS_EXPONENT - p_exponent);
		alignment->q_scale.hi = power_of_two(MASS_EXPONENT - q_exponent);
		alignment->p_scale.lo = 0.0;
		alignment->q_scale.lo = 0.0;
		alignment->mass = dd_scale(q_total, alignment->q_scale.hi);
		evaluation->weight_mass = p_total.hi * alignment->p_scale.hi;
	}
	else
	{
		alignment->p_scale = cross_scale_exactly(q_total, p_total);
		alignment->q_scale = cross_scale_exactly(p_total, q_total);
		alignment->mass.hi = p_total.hi * alignment->p_scale.hi;
		alignment->mass.lo = 0.0;
		alignment->fill *= alignment->mass.hi;
		evaluation->weight_mass = alignment->mass.hi;
	}
}

void
sum_kernel(const Evaluation *evaluation, Kernel kernel, Kernel positive,
		   const KernelArguments *arguments, Sums *sums)
{
	const Alignment *alignment = &evaluation->alignment;
	bool		all_positive = evaluation->positive && alignment->kind == PLAIN_PAIR;
	const VectorKernel *vector_kernel = &evaluation->functions->kernels[all_positive ? positive : kernel];

	check_alignment(alignment);
	assert_that(kernel > KERNEL_NONE && kernel < KERNEL_COUNT && positive > KERNEL_NONE && positive < KERNEL_COUNT);
	assert_that(evaluation->p->count == evaluation->q->count && evaluation->p->count > 0);
	if (alignment->kind == PLAIN_PAIR && is_small(evaluation->p) && is_small(evaluation->q))
	{
		Bins		bins = {alignment, evaluation->p->values, evaluation->q->values, evaluation->p->count};

		vector_kernel->run(&bins, arguments, NULL, sums->slots);
	}
	else if (evaluation->p->count <= FEW_BINS)
		sum_few(evaluation, vector_kernel, arguments, sums->slots);
	else
	{
		SlabJob		job;
		const Partial *all;

		job.functions = evaluation->functions;
		job.p = evaluation->p;
		job.q = evaluation->q;
		job.alignment = alignment;
		job.arguments = arguments;
		job.kernel = vector_kernel;
		all = run_job(&job, sum_slab, evaluation->run, vector_kernel->takes_maximum);
		for (int i = 0; i < MAX_SLOTS; i++)
			sums->slots[i] = all->slots[i].hi;
	}
	sums->mass = alignment->mass.hi;
	sums->positive = all_positive && positive != kernel;

	/* what is filled is not renormalised; weighted shares are no pairs */
	sums->excess = alignment->fill > 0.0 || alignment->kind == WEIGHTED_SHARES ? 0.0 : sums->slots[EXCESS_SLOT];
	sums->weight_mass = evaluation->weight_mass;
	sums->counting = alignment->kind == WEIGHTED_SHARES;
}

/*
 * The bin with the largest product of both weights, whichever side is called
 * p; false if no bin has both.
 */
static bool
find_common_bin(Evaluation *evaluation)
{
	Alignment  *alignment = &evaluation->alignment;
	double		p_unit = power_of_two(-exponent_of(alignment->p_total) / 2);
	double		q_unit = power_of_two(-exponent_of(alignment->q_total) / 2);
	size_t		p_next = 0;
	size_t		q_next = 0;
	double		largest = 0.0;

	for (size_t bin = 0; bin < evaluation->p->count; bin++)
	{
		double		p = is_present(evaluation->p, bin) ? evaluation->p->values[p_next++] : 0.0;
		double		q = is_present(evaluation->q, bin) ? evaluation->q->values[q_next++] : 0.0;
		double		product;

		poll_at(evaluation->run, bin);
		product = ((p + alignment->pseudocount) * p_unit * p_unit) * ((q + alignment->pseudocount) * q_unit * q_unit);
		if (product > largest)
		{
			largest = product;
			alignment->p_common = p;
			alignment->q_common = q;
		}
	}
	return largest > 0.0;
}

/* The weight of the common bin, as it is scaled */
static DoubleDouble
common_weight(double weight, double unit, double pseudocount)
{
	DoubleDouble sum;

	sum.hi = two_sum(weight, pseudocount, &sum.lo);
	return dd_scale(sum, unit);
}

/* Whether both sides are the same array of numbers */
static bool
are_identical(const Weights *p, const Weights *q, SlabRunner run)
{
	if (!is_dense(p) || !is_dense(q))
		return false;
	for (size_t bin = 0; bin < p->count; bin++)
	{
		poll_at(run, bin);
		if (p->values[bin] != q->values[bin])
			return false;
	}
	return true;
}

/*
 * Aligns a pair that looks equal once more, by one bin instead of the totals.
 * False if it is equal indeed, or not nearly so: then it stays as it was.
 */
bool
refine_alignment(Evaluation *evaluation)
{
	Alignment  *alignment = &evaluation->alignment;
	const Alignment by_totals = *alignment;
	KernelArguments none = {.power = 0.0};
	double		share_of_empty = alignment->fill / alignment->mass.hi;
	DoubleDouble p_weight;
	DoubleDouble q_weight;
	Sums		sums;

	if (are_identical(evaluation->p, evaluation->q, evaluation->run) || !find_common_bin(evaluation))
		return false;
	p_weight = common_weight(alignment->p_common, alignment->p_unit, alignment->pseudocount);
	q_weight = common_weight(alignment->q_common, alignment->q_unit, alignment->pseudocount);
	alignment->p_power = power_of_two(-exponent_of(p_weight.hi));
	alignment->q_power = power_of_two(-exponent_of(q_weight.hi));
	alignment->refined = true;
	alignment->kind = EXACT_PAIR;
	alignment->p_scale = cross_scale_exactly(q_weight, p_weight);
	alignment->q_scale = cross_scale_exactly(p_weight, q_weight);
	alignment->excess.hi = 0.0;
	alignment->excess.lo = 0.0;
	alignment->fill = 0.0;		/* the totals are those of what was observed */
	/* a pair with nothing but next to nothing in common looks equal to a measure that sees little else */
	if (!(alignment->p_scale.hi > 0.0 && alignment->p_scale.hi <= DBL_MAX &&
		  alignment->q_scale.hi > 0.0 && alignment->q_scale.hi <= DBL_MAX))
	{
		*alignment = by_totals;
		return false;
	}

	/* the second round finds what rounding left in the first one's sum */
	sum_kernel(evaluation, KERNEL_excess, KERNEL_excess, &none, &sums);
	alignment->excess.hi = sums.slots[0] / sums.slots[1];
	if (!(fabs(alignment->excess.hi) < 0x1p-20))
	{
		*alignment = by_totals;
		return false;
	}
	sum_kernel(evaluation, KERNEL_excess, KERNEL_excess, &none, &sums);
	alignment->excess.lo = sums.slots[0] / sums.slots[1];
	alignment->mass.hi = sums.slots[1];
	alignment->mass.lo = 0.0;
	alignment->fill = share_of_empty * alignment->mass.hi;
	return true;
}
