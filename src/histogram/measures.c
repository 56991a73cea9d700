/*-------------------------------------------------------------------------
 *
 * measures.c
 *	  The measures over histograms: entropy(p), kl_divergence(p, q) and so on.
 *
 * One SQL function for each entry of the table in math/measure.c, as in
 * array_functions.c.  Bins are matched by label; a label of one side only
 * weighs 0 on the other, and pseudocounts are added to the labels of either.
 * NULL if a side has no weight at all.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "histogram/alignments.h"
#include "histogram/histogram.h"
#include "input/findings.h"
#include "input/parameters.h"
#include "math/pair/distribution.h"
#include "parallel/threads.h"

static Datum
value_of_histograms(FunctionCallInfo fcinfo, const Measure *measure)
{
	unsigned	takes = measure->takes;
	Parameters	parameters;
	Histogram  *p_histogram = PG_GETARG_HISTOGRAM(0);
	Histogram  *q_histogram = takes & TAKES_REFERENCE ? PG_GETARG_HISTOGRAM(1) : p_histogram;
	Weights		p;
	Weights		q;

	read_parameters(fcinfo, takes, &parameters);
	align_histograms_of_call(fcinfo, p_histogram, q_histogram, &p, &q);
	return value_of_weights(fcinfo, measure, &p, &q, &parameters);
}

#define DEFINE_HISTOGRAM_FUNCTION(name) \
SQL_FUNCTION(kldiv_ ## name ## _histograms) \
{ \
	return value_of_histograms(fcinfo, &name ## _measure); \
}

FOR_EACH_MEASURE(DEFINE_HISTOGRAM_FUNCTION)

/*
 * to_distribution(h, pseudocount): the weights divided by their total, after
 * adding the pseudocount to each; NULL if nothing was observed.
 */
SQL_FUNCTION(kldiv_histogram_to_distribution)
{
	double		pseudocount = check_parameter(PARAMETER_PSEUDOCOUNT, PG_GETARG_FLOAT8(1));
	Histogram  *result = PG_GETARG_HISTOGRAM_COPY(0);
	Weights		weights = histogram_weights(result);
	Finding		finding;
	double		total = judge_weights(&weights, pseudocount, run_slabs_interruptibly, &finding);

	report_finding(&finding, "h", "h");
	if (finding.judgement == NOTHING_OBSERVED)
		PG_RETURN_NULL();
	normalise(&weights, pseudocount, total, run_slabs_interruptibly, result->weights);
	PG_RETURN_HISTOGRAM(complete_histogram(result));
}
