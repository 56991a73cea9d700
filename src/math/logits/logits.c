/*-------------------------------------------------------------------------
 *
 * logits.c
 *	  Distributions that are given by logits, without making them.
 *
 * Weights are e^((z - m)/T) with the largest logit m of a side, so that one of
 * them is 1 and none is larger.  For Kullback and Leibler's divergence the
 * logarithm of a bin's two weights is known,
 *
 *		d = ((a - b) - (m_a - m_b))/T,
 *
 * and is computed before anything is rounded: see logit_loops.c.  With
 * phi(x, y) = x log(x/y) - x + y, which is never negative, and totals X and Y of
 * the weights, it is
 *
 *		[sum phi(x, y) - phi(X, Y)]/X
 *
 * whatever the totals are.  Where both terms are nearly the same, m_b is moved
 * so that the totals are too, and the second one is next to nothing.
 *
 *-------------------------------------------------------------------------
 */
#include "math/logits/logits.h"

#include <math.h>

#include "math/assertions.h"
#include "math/elementary.h"
#include "math/instruction_set.h"
#include "math/pair/evaluation.h"
#include "math/pair/slabs.h"

/* Temperatures of less than this part of the largest logit's limit count as this; see scale_of() */
#define LEAST_TEMPERATURE 0x1p-900

/* Above this part of the sum, what the totals add is worth a second look */
#define SECOND_LOOK 0.9

/* A job of the loops over logits */
typedef struct LogitJob
{
	SlabJob		job;			/* first, since tasks are handed a pointer to it */
	LogitSide	side;
	LogitPair	pair;
	bool		weighted;		/* q has the logits, p weights for them */
} LogitJob;

static const double *
fetch_logits(const Weights *logits, size_t first, size_t count, size_t *start, double *buffer)
{
	return fetch_or(logits, first, count, start, false, -INFINITY, buffer);
}

/* Adds a block's sums to those of the slab */
static void
add_slots(Partial *partial, const double *slots)
{
	for (int i = 0; i < MAX_SLOTS; i++)
		partial->slots[i] = add_double_term(partial->slots[i], slots[i]);
}

static void
range_slab(void *data, size_t number)
{
	LogitJob   *logit_job = data;
	SlabJob    *job = &logit_job->job;
	Slab		slab = slab_of(job, number);
	double		buffer[BLOCK_SIZE];
	double		largest = -INFINITY;
	double		least = INFINITY;

	for (size_t bin = slab.first; bin < slab.end; bin += BLOCK_SIZE)
	{
		size_t		count = block_count(&slab, bin);
		LogitRange	range = job->functions->logits.range(fetch_logits(job->p, bin, count, &slab.p_start, buffer), count);

		largest = range.largest > largest ? range.largest : largest;
		least = range.least < least ? range.least : least;
		slab.partial->negative |= range.wrong;
		slab.partial->zero |= range.has_none;
	}
	/* of both, the largest is kept of all slabs */
	slab.partial->slots[0].hi = largest;
	slab.partial->slots[1].hi = -least;
}

/* Judges logits, and finds what there is */
static LogitRange
judge_logits(LogitJob *logit_job, const Weights *logits, SlabRunner run, Finding *finding)
{
	LogitRange	range = {-INFINITY, INFINITY, false, true};

	*finding = (Finding) {WEIGHTS_VALID, false, 0, 0.0};
	logit_job->job.functions = active_vector_functions();
	logit_job->job.p = logit_job->job.q = logits;
	if (logits->count > 0)
	{
		const Partial *all = run_job(&logit_job->job, range_slab, run, true);

		range = (LogitRange) {all->slots[0].hi, -all->slots[1].hi, all->negative, all->zero};
	}
	if (range.wrong)
		find_invalid(logits, -INFINITY, run, finding);
	else if (!(range.largest >= -DBL_MAX))
		finding->judgement = NOTHING_OBSERVED;
	return range;
}

/*
 * The power of two that brings the temperature near 1, unless logits were too
 * large then, whose differences have to be numbers.  A temperature of 1 is left
 * alone if it can be.  Logits of both sides with more than 2^1900 between the
 * largest and the temperature have the temperature raised to that: two of them
 * that differ are as far apart as exponentials can tell all the same, but for
 * those that are smaller by as much.
 */
static LogitScale
scale_of(double magnitude, double temperature)
{
	int			most = LARGEST_LOGIT_EXPONENT - exponent_of(magnitude);
	int			exponent = 1 - exponent_of(temperature);
	LogitScale	scale;

	exponent = exponent < most ? exponent : most;
	exponent = exponent < 1000 ? exponent : 1000;
	exponent = exponent > -1000 ? exponent : -1000;
	scale.power = power_of_two(exponent);
	scale.temperature = temperature * scale.power;
	if (scale.temperature < LEAST_TEMPERATURE)
		scale.temperature = LEAST_TEMPERATURE;
	scale.temperature_high = split_nearest(scale.temperature);
	scale.inverse = 1.0 / scale.temperature;
	return scale;
}

/* The largest of the finite numbers, without their signs */
static double
magnitude_of(LogitRange range)
{
	return fmax(fabs(range.largest), fabs(range.least));
}

/* Whether no exponent is far below 0 */
static bool
is_ordinary(LogitRange range, double temperature)
{
	return !range.has_none && range.least - range.largest > LEAST_ORDINARY_EXPONENT * temperature;
}

static void
pair_slab(void *data, size_t number)
{
	LogitJob   *logit_job = data;
	SlabJob    *job = &logit_job->job;
	Slab		slab = slab_of(job, number);
	double		p_buffer[BLOCK_SIZE];
	double		q_buffer[BLOCK_SIZE];
	double		slots[MAX_SLOTS];

	for (size_t bin = slab.first; bin < slab.end; bin += BLOCK_SIZE)
	{
		size_t		count = block_count(&slab, bin);
		const double *p = fetch_logits(job->p, bin, count, &slab.p_start, p_buffer);
		const double *q = fetch_logits(job->q, bin, count, &slab.q_start, q_buffer);

		job->functions->logits.sum_pair(p, q, count, &logit_job->pair, slots);
		add_slots(slab.partial, slots);
	}
}

/* phi of both totals */
static double
phi_of_totals(const Partial *sums)
{
	double		x = sums->slots[PAIR_X].hi;
	double		y = sums->slots[PAIR_Y].hi;

	return reduced_phi(reduce_positive_ratio(x, y, sums->slots[PAIR_DIFFERENCE].hi), x, y);
}

double
softmax_divergence(const Weights *p, const Weights *q, double temperature, SlabRunner run, Finding *finding)
{
	LogitJob	logit_job;
	LogitPair  *pair = &logit_job.pair;
	LogitRange	p_range;
	LogitRange	q_range;
	const Partial *sums;
	Finding		q_finding;
	double		between;

	assert_that(p->count == q->count && temperature > 0.0 && temperature <= DBL_MAX);
	p_range = judge_logits(&logit_job, p, run, finding);
	q_range = judge_logits(&logit_job, q, run, &q_finding);
	q_finding.in_reference = true;
	if (finding->judgement == WEIGHTS_VALID || (finding->judgement == NOTHING_OBSERVED && q_finding.judgement != WEIGHTS_VALID))
		*finding = q_finding;
	if (finding->judgement != WEIGHTS_VALID)
		return 0.0;

	pair->scale = scale_of(fmax(magnitude_of(p_range), magnitude_of(q_range)), temperature);
	pair->ordinary = is_ordinary(p_range, temperature) && is_ordinary(q_range, temperature);
	pair->p_largest = p_range.largest * pair->scale.power;
	pair->q_largest = (DoubleDouble) {q_range.largest * pair->scale.power, 0.0};
	pair->offset.hi = two_sum(pair->p_largest, -pair->q_largest.hi, &pair->offset.lo);
	logit_job.job.p = p;
	logit_job.job.q = q;
	sums = run_job(&logit_job.job, pair_slab, run, false);
	between = phi_of_totals(sums);
	if (between > SECOND_LOOK * sums->slots[PAIR_PHI].hi)
	{
		double		x = sums->slots[PAIR_X].hi;
		double		y = sums->slots[PAIR_Y].hi;
		double		moved = -log_ratio(x, y, sums->slots[PAIR_DIFFERENCE].hi) * pair->scale.temperature;

		pair->ordinary = false;
		pair->q_largest.hi = two_sum(pair->q_largest.hi, moved, &pair->q_largest.lo);
		pair->offset = dd_add((DoubleDouble) {pair->p_largest, 0.0},
							  (DoubleDouble) {-pair->q_largest.hi, -pair->q_largest.lo});
		sums = run_job(&logit_job.job, pair_slab, run, false);
		between = phi_of_totals(sums);
	}
	return sums->slots[PAIR_PHI].hi > between ? (sums->slots[PAIR_PHI].hi - between) / sums->slots[PAIR_X].hi : 0.0;
}

static void
side_slab(void *data, size_t number)
{
	LogitJob   *logit_job = data;
	SlabJob    *job = &logit_job->job;
	Slab		slab = slab_of(job, number);
	double		p_buffer[BLOCK_SIZE];
	double		q_buffer[BLOCK_SIZE];
	double		slots[MAX_SLOTS];

	for (size_t bin = slab.first; bin < slab.end; bin += BLOCK_SIZE)
	{
		size_t		count = block_count(&slab, bin);
		const double *weights = logit_job->weighted ? fetch(job->p, bin, count, &slab.p_start, false, p_buffer) : NULL;
		const double *logits = fetch_logits(job->q, bin, count, &slab.q_start, q_buffer);

		job->functions->logits.sum(logits, weights, count, &logit_job->side, slots);
		add_slots(slab.partial, slots);
	}
}

/* Sums over one side, of which the range is known; with weights, if there are any, for the distances */
static const Partial *
sum_side(LogitJob *logit_job, const Weights *weights, const Weights *logits, LogitRange range, double temperature,
		 SlabRunner run)
{
	logit_job->side.scale = scale_of(magnitude_of(range), temperature);
	logit_job->side.largest = range.largest * logit_job->side.scale.power;
	logit_job->weighted = weights != NULL;
	logit_job->job.p = weights != NULL ? weights : logits;
	logit_job->job.q = logits;
	return run_job(&logit_job->job, side_slab, run, false);
}

/* log of the total of the weights, which are 1 or more; near 1 the rest counts */
static double
log_of_total(const Partial *sums)
{
	return log_one_plus((sums->slots[SIDE_LARGEST].hi - 1.0) + sums->slots[SIDE_REST].hi);
}

/* The logit of a bin */
static double
logit_at(const Weights *logits, size_t bin)
{
	if (!is_present(logits, bin))
		return -INFINITY;
	return logits->values[count_present(logits, 0, bin)];
}

double
label_cross_entropy(size_t label, const Weights *logits, double temperature, SlabRunner run, Finding *finding)
{
	LogitJob	logit_job;
	LogitRange	range = judge_logits(&logit_job, logits, run, finding);
	LogitScale  *scale = &logit_job.side.scale;
	const Partial *sums;
	double		logit;
	double		error;
	double		distance;

	if (finding->judgement != WEIGHTS_VALID)
		return 0.0;
	assert_that(label < logits->count);
	logit = logit_at(logits, label);
	if (logit < -DBL_MAX)
		return INFINITY;
	sums = sum_side(&logit_job, NULL, logits, range, temperature, run);
	distance = two_sum(logit_job.side.largest, -logit * scale->power, &error);
	return log_of_total(sums) + (distance + error) / scale->temperature;
}

double
distribution_cross_entropy(const Weights *p, const Weights *logits, double temperature, SlabRunner run, Finding *finding)
{
	LogitJob	logit_job;
	LogitRange	range;
	const Partial *sums;
	WeightTotals totals;
	Finding		logits_finding;

	assert_that(p->count == logits->count);
	finding->in_reference = false;
	totals = total_weight(p, active_vector_functions(), false, run, finding);
	(void) smoothed_total(totals.sum, p->count, 0.0, finding);
	range = judge_logits(&logit_job, logits, run, &logits_finding);
	logits_finding.in_reference = true;
	if (finding->judgement == WEIGHTS_VALID ||
		(finding->judgement == NOTHING_OBSERVED && logits_finding.judgement != WEIGHTS_VALID))
		*finding = logits_finding;
	if (finding->judgement != WEIGHTS_VALID)
		return 0.0;
	logit_job.side.weight_power = power_of_two(-exponent_of(totals.sum.hi) < 1000 ? -exponent_of(totals.sum.hi) : 1000);
	sums = sum_side(&logit_job, p, logits, range, temperature, run);
	return log_of_total(sums) + sums->slots[SIDE_DISTANCE].hi / (totals.sum.hi * logit_job.side.weight_power);
}

double
softmax_entropy(const Weights *logits, double temperature, SlabRunner run, Finding *finding)
{
	LogitJob	logit_job;
	LogitRange	range = judge_logits(&logit_job, logits, run, finding);
	const Partial *sums;

	if (finding->judgement != WEIGHTS_VALID)
		return 0.0;
	sums = sum_side(&logit_job, NULL, logits, range, temperature, run);
	return log_of_total(sums) + sums->slots[SIDE_DISTANCE].hi / (sums->slots[SIDE_LARGEST].hi + sums->slots[SIDE_REST].hi);
}

double
log_sum_exp(const Weights *logits, SlabRunner run, Finding *finding)
{
	LogitJob	logit_job;
	LogitRange	range = judge_logits(&logit_job, logits, run, finding);

	if (finding->judgement == NOTHING_OBSERVED && count_present(logits, 0, logits->count) > 0)
		finding->judgement = WEIGHTS_VALID;
	else if (finding->judgement == WEIGHTS_VALID)
		return range.largest + log_of_total(sum_side(&logit_job, NULL, logits, range, 1.0, run));
	return -INFINITY;
}
