/*-------------------------------------------------------------------------
 *
 * column_comparison.c
 *	  What a report says of a column in a cohort, beside a reference.
 *
 *-------------------------------------------------------------------------
 */
#include "columns/column_comparison.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "histogram/label_place.h"
#include "histogram/merge.h"
#include "input/findings.h"
#include "math/ordered/measure.h"
#include "math/pair/value.h"
#include "ordered/intervals.h"
#include "parallel/threads.h"
#include "statistics/pair_tests.h"

ColumnComparison
empty_comparison(void)
{
	double		nothing = get_float8_nan();

	return (ColumnComparison) {nothing, nothing, nothing, nothing, {NULL, 0}, nothing, nothing};
}

static double
total_of(const Weights *weights)
{
	double		total = 0.0;

	for (size_t bin = 0; bin < weights->count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		total += weights->values[bin];
	}
	return total;
}

/* Tests whether both sides are samples of one distribution; counts stand for as many observations as are independent */
static void
test_column(ColumnComparison *comparison, const Weights *p, double p_effective, const Weights *q, double q_effective)
{
	TestOptions options = default_test_options();
	SamplePair	pair = {{p->values, total_of(p), p_effective}, {q->values, total_of(q), q_effective}, p->count};
	size_t		merged;
	CountTest	test;

	options.min_expected = LEAST_EXPECTED;
	test = test_of_pair(pair, &options, &merged);
	comparison->p_value = test.p_value;
	comparison->effect_size = test.effect_size;
}

static Label
label_of_matched_bin(const Histogram *p, const Histogram *q, size_t bin)
{
	Merge		merge = begin_merge(p, q);
	MatchedBin	matched = {0};

	for (size_t i = 0; i <= bin; i++)
	{
		CHECK_FOR_INTERRUPTS();
		(void) next_bin(&merge, &matched);
	}
	return matched.label;
}

/* The bin that contributes most; of a measure that is no sum over bins, the one that does to jsd */
static void
find_top_label(ColumnComparison *comparison, const Histogram *p_histogram, const Weights *p,
			   const Histogram *q_histogram, const Weights *q, const Measure *measure)
{
	const Measure *sum = measure->additive == YES ? measure : &jsd_measure;
	Parameters	parameters = default_parameters(sum->takes);
	double	   *contributions = MemoryContextAllocHuge(CurrentMemoryContext, Max(p->count, 1) * sizeof(double));
	Finding		finding;
	size_t		top = 0;

	(void) evaluate_contributions(sum, p, q, &parameters, run_slabs_interruptibly, &finding, contributions);
	if (finding.judgement != WEIGHTS_VALID)
		return;
	for (size_t bin = 1; bin < p->count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		if (contributions[bin] > contributions[top])
			top = bin;
	}
	if (contributions[top] > 0.0)
	{
		comparison->top_label = label_of_matched_bin(p_histogram, q_histogram, top);
		comparison->top_share = p->values[top] / total_of(p);
		comparison->top_share_reference = q->values[top] / total_of(q);
	}
	pfree(contributions);
}

/*
 * Where the bins of a column of numbers are.  Those that are open at the end are
 * as wide as the reference reaches; of one that it does not reach into nobody
 * knows more than its edge.
 */
static IntervalList
closed_intervals(const Histogram *histogram, const ColumnCounts *reference)
{
	Stretch    *places = places_of_labels(histogram, "h");

	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		LabelPlace	place;

		CHECK_FOR_INTERRUPTS();
		if (places[bin].weight == 0.0)
			continue;
		place = place_of_label(histogram_label(histogram, bin));
		if (place.kind != INTERVAL || isinf(places[bin].from) || isinf(places[bin].to))
			continue;
		if (isinf(place.bounds[0]) && reference->least < places[bin].to)
			places[bin].from = reference->least;
		if (isinf(place.bounds[1]) && reference->greatest > places[bin].from)
			places[bin].to = reference->greatest;
	}
	return intervals_of_histogram(histogram, places, NULL);
}

static Intervals
as_intervals(const IntervalList *list)
{
	return (Intervals) {list->items, list->count,
		MemoryContextAllocHuge(CurrentMemoryContext, Max(list->count, 1) * sizeof(uint32))};
}

/* Whether there is a bin that could be anywhere: "(-inf, inf)", of edges that are all infinite */
static bool
has_bin_without_place(const Histogram *histogram)
{
	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		double		from;
		double		to;

		CHECK_FOR_INTERRUPTS();
		if (position_of_label(histogram_label(histogram, bin), &from, &to) == POSITION_UNKNOWN)
			return true;
	}
	return false;
}

/* How far weight has to be moved for one side to be the other; NaN if a side has no number, or one that may be anywhere */
static double
distance_of_bins(const ColumnCounts *p, const ColumnCounts *q)
{
	IntervalList p_list;
	IntervalList q_list;
	Intervals	p_intervals;
	Intervals	q_intervals;
	Finding		finding;
	double		distance;

	if (has_bin_without_place(p->histogram) || has_bin_without_place(q->histogram))
		return get_float8_nan();
	p_list = closed_intervals(p->histogram, q);
	q_list = closed_intervals(q->histogram, q);
	p_intervals = as_intervals(&p_list);
	q_intervals = as_intervals(&q_list);
	distance = value_of_intervals(&wasserstein_distance_measure, &p_intervals, &q_intervals, run_slabs_interruptibly, &finding);
	report_finding(&finding, "p", "q");
	return finding.judgement == WEIGHTS_VALID ? distance : get_float8_nan();
}

static ColumnComparison
comparison_of_column(ColumnKind kind, const Cohort *cohort, const ColumnCounts *p,
					 const Cohort *reference, const ColumnCounts *q, const Measure *measure)
{
	ColumnComparison comparison = empty_comparison();
	Parameters	parameters = default_parameters(measure->takes);
	Weights		p_weights;
	Weights		q_weights;
	Finding		finding;

	if (cohort->rows == 0 || reference->rows == 0 || kind == KIND_NO_DATA)
		return comparison;
	align_histograms(p->histogram, q->histogram, &p_weights, &q_weights);
	if (kind != KIND_TOO_MANY_VALUES || p->nulls + q->nulls > 0)
		test_column(&comparison, &p_weights, cohort->effective, &q_weights, reference->effective);
	if (kind == KIND_TOO_MANY_VALUES)
		return comparison;
	comparison.value = evaluate_measure(measure, &p_weights, &q_weights, &parameters,
										runner_for_measure(measure, p_weights.count), &finding);
	report_finding(&finding, "p", "q");
	find_top_label(&comparison, p->histogram, &p_weights, q->histogram, &q_weights, measure);
	if (kind == KIND_NUMBERS)
		comparison.binned_wasserstein = distance_of_bins(p, q);
	return comparison;
}

/* What it takes is given back before the next one: there may be many, of many labels each */
ColumnComparison
compare_column(ColumnKind kind, const Cohort *cohort, const ColumnCounts *p,
			   const Cohort *reference, const ColumnCounts *q, const Measure *measure)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "kldiv comparison", ALLOCSET_DEFAULT_SIZES);
	MemoryContext outside = MemoryContextSwitchTo(context);
	/* its label is one of the histograms */
	ColumnComparison comparison = comparison_of_column(kind, cohort, p, reference, q, measure);

	MemoryContextSwitchTo(outside);
	MemoryContextDelete(context);
	return comparison;
}
