/*-------------------------------------------------------------------------
 *
 * generalized_jsd.c
 *	  Jensen and Shannon's divergence of any number of distributions.
 *
 * With parts w_k that add up to 1, and the mixture m = sum w_k p_k, it is
 * sum w_k D(p_k||m): J. Lin, Divergence Measures Based on the Shannon Entropy,
 * IEEE Transactions on Information Theory 37 (1991), section V.
 *
 * As everywhere, D is the sum of phi(p, m), which has all digits if p - m has.
 * Where all distributions have a bin, that difference is (p_k - r) - sum w_l (p_l - r)
 * for any r; the one that is taken is the share of the heaviest distribution, and a
 * difference of two shares is (p_k R - r P_k)/(P_k R), the numerator of which is
 * rounded when the difference has been taken.  So proportional counts give exactly
 * 0, and a bin that is as heavy in all distributions adds nothing, however light
 * the others are.  An error of d_k = p_k - r is relative to it, and adds to the value
 * no more than that: with w_r the weight of the heaviest distribution, the variance
 * of the d_k is at least w_r times the mean of their squares, and of what is lost
 * where most are far from r and near each other, as small a part of the value.
 *
 * Where some do not have the bin, they are as far from the mixture as can be, and
 * shares with their errors will do.  The mixture itself may be rounded, if p - m
 * is the difference from what it was rounded to: sum w_k phi(p_k, m') is
 * sum w_k phi(p_k, m) + phi(m, m') (A. Banerjee et al., Clustering with Bregman
 * Divergences, Journal of Machine Learning Research 6 (2005), section 3).
 *
 * Bins are independent of each other: each has a sum of its own, and a slab is
 * so many bins.
 *
 *-------------------------------------------------------------------------
 */
#include "math/many/generalized_jsd.h"

#include <math.h>

#include "math/assertions.h"
#include "math/ordered/polling.h"
#include "math/pair/distribution.h"
#include "math/statistics/precise.h"

/* Totals are scaled to here, so that products of weights have room for their errors below them */
#define TOTAL_EXPONENT 400
/* A share of 1, so that the logarithm sees no denormal numbers */
#define FULL_SHARE 0x1p600
/* A value above this is of distributions that differ */
#define INDISTINCT 0x1p-190
/* Weights that are looked at in a slab, and slabs whose sums wait to be added up; part of the definition of results */
#define SLAB_WEIGHTS 16384
#define GROUP_SLABS 256

struct Component
{
	double		scale;			/* a power of two, which brings the total to where products of totals are numbers */
	DoubleDouble total;			/* scaled */
	DoubleDouble inverse;		/* of the total, as FULL_SHARE is 1 */
	double		weight;			/* scaled; 0 if the distribution is not mixed */
	double		part;			/* of the mixture; all together are 1 */
	double		apart_scale;	/* from products with the reference's total to shares */
};

const size_t component_size = sizeof(Component);

/* The weights of one bin, of all distributions or of those that have it */
typedef struct Column
{
	const double *weights;
	size_t		stride;			/* from one to the next */
	const uint32_t *distributions;	/* that these are of; NULL if of all */
	size_t		count;
} Column;

typedef struct MixtureJob
{
	const Mixture *mixture;
	size_t		slab_bins;
	size_t		first_slab;
	bool		overlap[GROUP_SLABS];
	DoubleDouble sums[GROUP_SLABS];
} MixtureJob;

static Weights
weights_of(const Mixture *mixture, size_t index)
{
	return mixture->rows != NULL ? dense_weights(mixture->rows + index * mixture->bins, mixture->bins) :
		listed_weights(mixture->lists, index);
}

/* The power of two that brings a positive number to 2^TOTAL_EXPONENT, or as near as a power can */
static double
scale_of_total(double total)
{
	int			exponent = TOTAL_EXPONENT - exponent_of(total);

	return power_of_two(exponent < 1023 ? exponent : 1023);
}

static DoubleDouble
scaled_total(const Weights *weights, double scale, SlabRunner run)
{
	Polling		polling = begin_polling(run);
	DoubleDouble total = {0.0, 0.0};

	for (size_t i = 0; i < weights->count; i++)
	{
		poll_now_and_then(&polling);
		total = dd_add_double(total, weights->values[i] * scale);
	}
	return total;
}

void
judge_component(Mixture *mixture, size_t index, SlabRunner run, Finding *finding)
{
	Weights		weights = weights_of(mixture, index);
	double		total = judge_weights(&weights, 0.0, run, finding);
	Component  *component = &mixture->components[index];

	*component = (Component) {.scale = 0.0};
	if (finding->judgement != WEIGHTS_VALID)
		return;
	component->scale = scale_of_total(total);
	component->total = scaled_total(&weights, component->scale, run);
	component->inverse = dd_quotient(FULL_SHARE, component->total);
}

/* -w ln w */
static double
entropy_term(DoubleDouble part)
{
	if (part.hi < 0x1p-900)
		return -part.hi * natural_log(part.hi);
	return part.hi * log_ratio(1.0, part.hi, (1.0 - part.hi) - part.lo);
}

/* Has differences of shares taken from those of the distribution with the largest part */
static void
choose_reference(Mixture *mixture, Polling *polling)
{
	const Component *reference = NULL;

	for (size_t index = 0; index < mixture->count; index++)
	{
		const Component *component = &mixture->components[index];

		poll_now_and_then(polling);
		if (component->weight > 0.0 && (reference == NULL || component->weight > reference->weight))
			reference = component;
	}
	for (size_t index = 0; index < mixture->count && reference != NULL; index++)
	{
		poll_now_and_then(polling);
		mixture->components[index].apart_scale = mixture->components[index].inverse.hi / reference->total.hi;
	}
	mixture->reference = reference;
}

void
weigh_components(Mixture *mixture, const Weights *weights, SlabRunner run, Finding *finding)
{
	Polling		polling = begin_polling(run);
	double		scale = 1.0;
	DoubleDouble total = {(double) mixture->count, 0.0};
	DoubleDouble entropy = {0.0, 0.0};
	double		first = 0.0;
	bool		equal = true;

	*finding = (Finding) {.judgement = mixture->count > 0 ? WEIGHTS_VALID : NOTHING_OBSERVED};
	if (weights != NULL)
	{
		double		plain_total = judge_weights(weights, 0.0, run, finding);

		if (finding->judgement != WEIGHTS_VALID)
			return;
		scale = scale_of_total(plain_total);
		total = scaled_total(weights, scale, run);
	}
	mixture->mixed = 0;
	for (size_t index = 0; index < mixture->count; index++)
	{
		Component  *component = &mixture->components[index];
		double		weight = weights != NULL ? weights->values[index] * scale : 1.0;
		DoubleDouble part;

		poll_now_and_then(&polling);
		if (!(weight > 0.0))
			continue;
		if (component->scale == 0.0)
			finding->judgement = NOTHING_OBSERVED;
		part = dd_quotient(weight, total);
		if (!(part.hi > 0.0))
			continue;
		component->weight = weight;
		component->part = part.hi;
		first = mixture->mixed == 0 ? weight : first;
		equal &= weight == first;
		mixture->mixed++;
		entropy = dd_add_double(entropy, entropy_term(part));
	}
	mixture->total_weight = total.hi;
	mixture->total_weight_low = total.lo;
	mixture->entropy = equal && mixture->mixed > 0 ? dd_log_ratio((double) mixture->mixed, 1.0).hi : entropy.hi;
	choose_reference(mixture, &polling);
}

static Column
column_of(const Mixture *mixture, size_t bin)
{
	size_t		start;

	if (mixture->rows != NULL)
		return (Column) {mixture->rows + bin, mixture->bins, NULL, mixture->count};
	start = mixture->columns.starts[bin];
	return (Column) {mixture->columns.weights + start, 1, mixture->columns.distributions + start,
		mixture->columns.starts[bin + 1] - start};
}

static inline const Component *
component_of(const Mixture *mixture, const Column *column, size_t entry)
{
	return &mixture->components[column->distributions != NULL ? column->distributions[entry] : entry];
}

/* What a mixed distribution has of the bin, scaled; 0 if there is none */
static inline double
weight_in(const Component *component, const Column *column, size_t entry)
{
	return component->weight > 0.0 ? column->weights[entry * column->stride] * component->scale : 0.0;
}

/* A share and its error, as FULL_SHARE is 1 */
static inline DoubleDouble
share_of(const Component *component, double weight)
{
	double		error;
	double		share = two_product(weight, component->inverse.hi, &error);

	return (DoubleDouble) {share, error + weight * component->inverse.lo};
}

/* The share of a weight apart from that of the reference, as FULL_SHARE is 1 */
static inline double
share_apart(const Component *component, double weight, const Component *reference, double reference_weight)
{
	double		error;
	double		reference_error;
	double		product = two_product(weight, reference->total.hi, &error);
	double		reference_product = two_product(reference_weight, component->total.hi, &reference_error);
	double		low = weight * reference->total.lo - reference_weight * component->total.lo;

	return ((product - reference_product) + ((error - reference_error) + low)) * component->apart_scale;
}

/* How many mixed distributions have the bin */
static size_t
count_present(const Mixture *mixture, const Column *column, Polling *polling)
{
	size_t		present = 0;

	for (size_t entry = 0; entry < column->count; entry++)
	{
		poll_now_and_then(polling);
		present += weight_in(component_of(mixture, column, entry), column, entry) > 0.0;
	}
	return present;
}

/*
 * The part of the distributions that do not have the bin.  If most do not, it is
 * what is left without the others, since to look at all of them would take longer
 * than to look at those that do.
 */
static double
absent_part(const Mixture *mixture, const Column *column, size_t present, Polling *polling)
{
	DoubleDouble weight = {0.0, 0.0};
	size_t		entry = 0;

	if (mixture->mixed - present > present)
	{
		weight = (DoubleDouble) {mixture->total_weight, mixture->total_weight_low};
		for (; entry < column->count; entry++)
		{
			const Component *component = component_of(mixture, column, entry);

			poll_now_and_then(polling);
			if (weight_in(component, column, entry) > 0.0)
				weight = dd_add_double(weight, -component->weight);
		}
		return weight.hi / mixture->total_weight;
	}
	for (size_t index = 0; index < mixture->count; index++)
	{
		const Component *component = &mixture->components[index];
		bool		is_entry = column->distributions == NULL ||
			(entry < column->count && column->distributions[entry] == index);

		poll_now_and_then(polling);
		if (!is_entry || !(weight_in(component, column, entry) > 0.0))
			weight = dd_add_double(weight, component->weight);
		entry += is_entry;
	}
	return weight.hi / mixture->total_weight;
}

/* sum w_k phi(p_k, m) of a bin that all distributions have */
static DoubleDouble
sum_of_full_column(const Mixture *mixture, const Column *column, Polling *polling)
{
	const Component *reference = mixture->reference;
	size_t		reference_entry = 0;
	double		reference_weight;
	DoubleDouble mean_apart = {0.0, 0.0};
	double		mean;
	DoubleDouble sum = {0.0, 0.0};

	for (; component_of(mixture, column, reference_entry) != reference; reference_entry++)
		poll_now_and_then(polling);
	reference_weight = weight_in(reference, column, reference_entry);
	for (size_t entry = 0; entry < column->count; entry++)
	{
		const Component *component = component_of(mixture, column, entry);
		double		weight = weight_in(component, column, entry);

		poll_now_and_then(polling);
		if (weight > 0.0)
			mean_apart = dd_add_double(mean_apart, component->part * share_apart(component, weight, reference, reference_weight));
	}
	mean = dd_add(share_of(reference, reference_weight), mean_apart).hi;
	for (size_t entry = 0; entry < column->count; entry++)
	{
		const Component *component = component_of(mixture, column, entry);
		double		weight = weight_in(component, column, entry);
		double		share;
		double		apart;

		poll_now_and_then(polling);
		if (!(weight > 0.0))
			continue;
		share = share_of(component, weight).hi;
		apart = (share_apart(component, weight, reference, reference_weight) - mean_apart.hi) - mean_apart.lo;
		sum = dd_add_double(sum, component->part * reduced_phi(reduce_ratio(share, mean, apart), share, mean));
	}
	return sum;
}

/* The same of a bin that so many of them have, but not all: of each of the others, phi(0, m) is m */
static DoubleDouble
sum_of_column_with_gaps(const Mixture *mixture, const Column *column, size_t present, Polling *polling)
{
	DoubleDouble mean = {0.0, 0.0};
	DoubleDouble sum = {0.0, 0.0};

	for (size_t entry = 0; entry < column->count; entry++)
	{
		const Component *component = component_of(mixture, column, entry);

		poll_now_and_then(polling);
		mean = dd_add_double(mean, component->part * share_of(component, weight_in(component, column, entry)).hi);
	}
	for (size_t entry = 0; entry < column->count; entry++)
	{
		const Component *component = component_of(mixture, column, entry);
		double		weight = weight_in(component, column, entry);
		DoubleDouble share;
		double		apart;

		poll_now_and_then(polling);
		if (!(weight > 0.0))
			continue;
		share = share_of(component, weight);
		apart = (share.hi - mean.hi) + (share.lo - mean.lo);
		sum = dd_add_double(sum, component->part * reduced_phi(reduce_ratio(share.hi, mean.hi, apart), share.hi, mean.hi));
	}
	return dd_add_double(sum, absent_part(mixture, column, present, polling) * mean.hi);
}

/* The sum of a bin; whether more than one distribution has it */
static DoubleDouble
sum_of_column(const Mixture *mixture, size_t bin, bool *overlap, Polling *polling)
{
	Column		column = column_of(mixture, bin);
	size_t		present = count_present(mixture, &column, polling);

	*overlap = present > 1;
	if (present == 0)
		return (DoubleDouble) {0.0, 0.0};
	if (present == mixture->mixed)
		return sum_of_full_column(mixture, &column, polling);
	return sum_of_column_with_gaps(mixture, &column, present, polling);
}

/* Within a slab there is nobody to ask whether to go on */
static void
go_on(SlabTask task, void *job, size_t first, size_t end)
{
	(void) task;
	(void) job;
	(void) first;
	(void) end;
}

static void
sum_slab_with(MixtureJob *job, size_t slab, SlabRunner run)
{
	size_t		index = slab - job->first_slab;
	size_t		first = slab * job->slab_bins;
	size_t		left = job->mixture->bins - first;
	size_t		end = left < job->slab_bins ? job->mixture->bins : first + job->slab_bins;
	Polling		polling = begin_polling(run);

	assert_that(index < GROUP_SLABS);
	job->overlap[index] = false;
	job->sums[index] = (DoubleDouble) {0.0, 0.0};
	for (size_t bin = first; bin < end; bin++)
	{
		bool		overlap;

		job->sums[index] = dd_add(job->sums[index], sum_of_column(job->mixture, bin, &overlap, &polling));
		job->overlap[index] |= overlap;
	}
}

static void
sum_slab(void *job, size_t slab)
{
	sum_slab_with(job, slab, go_on);
}

/* The sum over all bins, in slabs; a bin that is more than a slab is looked at where others can stop it */
static double
sum_of_columns(const Mixture *mixture, bool *overlap, SlabRunner run)
{
	MixtureJob	job = {.mixture = mixture};
	size_t		count = mixture->count > 0 ? mixture->count : 1;
	DoubleDouble sum = {0.0, 0.0};
	size_t		slabs;

	job.slab_bins = count < SLAB_WEIGHTS ? SLAB_WEIGHTS / count : 1;
	slabs = (mixture->bins + job.slab_bins - 1) / job.slab_bins;
	*overlap = false;
	for (size_t first = 0; first < slabs; first += GROUP_SLABS)
	{
		size_t		end = slabs - first < GROUP_SLABS ? slabs : first + GROUP_SLABS;

		job.first_slab = first;
		if (count <= 2 * SLAB_WEIGHTS)
			run(sum_slab, &job, first, end);
		else
			for (size_t slab = first; slab < end; slab++)
				sum_slab_with(&job, slab, run);
		for (size_t slab = first; slab < end; slab++)
		{
			sum = dd_add(sum, job.sums[slab - first]);
			*overlap |= job.overlap[slab - first];
		}
	}
	return sum.hi;
}

/* Whether the weights of one distribution are so many times those of the other, in exact arithmetic */
static bool
are_proportional(const Mixture *mixture, size_t p_index, size_t q_index, Polling *polling)
{
	Weights		p = weights_of(mixture, p_index);
	Weights		q = weights_of(mixture, q_index);
	double		p_scale = mixture->components[p_index].scale;
	double		q_scale = mixture->components[q_index].scale;
	size_t		heaviest = 0;

	if (p.count != q.count || (mixture->rows == NULL &&
							   memcmp(mixture->lists->bins + mixture->lists->starts[p_index],
									  mixture->lists->bins + mixture->lists->starts[q_index], p.count * sizeof(uint32_t)) != 0))
		return false;
	for (size_t bin = 0; bin < p.count; bin++)
	{
		poll_now_and_then(polling);
		heaviest = p.values[bin] > p.values[heaviest] ? bin : heaviest;
	}
	for (size_t bin = 0; bin < p.count; bin++)
	{
		double		p_error;
		double		q_error;
		double		p_product = two_product(p.values[bin] * p_scale, q.values[heaviest] * q_scale, &p_error);
		double		q_product = two_product(q.values[bin] * q_scale, p.values[heaviest] * p_scale, &q_error);

		poll_now_and_then(polling);
		if (p_product != q_product || p_error != q_error)
			return false;
	}
	return true;
}

static bool
all_are_proportional(const Mixture *mixture, SlabRunner run)
{
	Polling		polling = begin_polling(run);
	size_t		first = mixture->count;

	for (size_t index = 0; index < mixture->count; index++)
	{
		if (!(mixture->components[index].weight > 0.0))
			continue;
		if (first == mixture->count)
			first = index;
		else if (!are_proportional(mixture, first, index, &polling))
			return false;
	}
	return true;
}

double
generalized_jsd(const Mixture *mixture, SlabRunner run)
{
	bool		overlap;
	double		value = sum_of_columns(mixture, &overlap, run) / FULL_SHARE;

	if (mixture->mixed < 2)
		return 0.0;
	if (!overlap)
		return mixture->entropy;
	/* what rounding of totals has left of it */
	if (value < INDISTINCT && all_are_proportional(mixture, run))
		return 0.0;
	return value < mixture->entropy ? value : mixture->entropy;
}
