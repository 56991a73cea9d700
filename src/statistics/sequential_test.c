/*-------------------------------------------------------------------------
 *
 * sequential_test.c
 *	  sequential_test(p, q, concentration, ratio) over arrays and histograms.
 *
 * For both: p are counts, of all that was observed so far.  q are the weights of
 * the distribution that p should have; or, if ratio is given, counts of the other
 * arm of an experiment, each observation of which was assigned to p with that
 * probability.  The result is a row: e_value, how much more likely what was
 * observed is under other distributions (the mean of such ratios, see
 * math/statistics/evidence.c), from 0 to Infinity; its logarithm; and
 * p_value = min(1, 1/e_value).  Under the null hypothesis e_value ever is 20 or
 * more, however often one looks, with probability 1/20 at most.  A bin that q
 * excludes but that was observed makes e_value Infinity, a bin that nobody has
 * counts nothing.  NULL if a side is NULL or has nothing.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"

#include "histogram/histogram.h"
#include "histogram/merge.h"
#include "input/arrays.h"
#include "input/counts.h"
#include "input/parameters.h"
#include "math/statistics/evidence.h"

/* Bins between two looks for interrupts: some milliseconds */
#define PIECE 1024

/* Options, NaN if they are not given */
typedef struct SequentialOptions
{
	double		concentration;
	double		ratio;
} SequentialOptions;

static SequentialOptions
read_options(FunctionCallInfo fcinfo)
{
	SequentialOptions options = {NAN, NAN};

	if (!PG_ARGISNULL(2))
	{
		options.concentration = PG_GETARG_FLOAT8(2);
		check_argument(options.concentration >= LEAST_CONCENTRATION && options.concentration <= LARGEST_CONCENTRATION,
					   "concentration", options.concentration, "a number from 1e-30 to 1e30");
	}
	if (!PG_ARGISNULL(3))
	{
		options.ratio = PG_GETARG_FLOAT8(3);
		check_argument(options.ratio > 0.0 && options.ratio < 1.0, "ratio", options.ratio,
					   "a number between 0 and 1, without these");
	}
	return options;
}

static double
log_evidence_of(SequentialOptions options, Counts p, Counts q)
{
	Evidence	evidence;

	begin_evidence(&evidence, options.concentration);
	for (size_t first = 0; first < p.bins; first += PIECE)
	{
		size_t		bins = Min(PIECE, p.bins - first);

		CHECK_FOR_INTERRUPTS();
		if (isnan(options.ratio))
			add_known(&evidence, p.values + first, p.total, q.values + first, q.total, bins);
		else
			add_assigned(&evidence, p.values + first, q.values + first, options.ratio, bins);
	}
	if (isnan(options.ratio))
		end_known(&evidence, p.total);
	return log_evidence(&evidence);
}

static Datum
test_weights(FunctionCallInfo fcinfo, SequentialOptions options, Weights p_weights, Weights q_weights)
{
	Counts		p = counts_of_weights(p_weights, "p", ONLY_COUNTS);
	Counts		q = isnan(options.ratio) ? all_weights(q_weights, "q") : counts_of_weights(q_weights, "q", ONLY_COUNTS);
	double		log_e_value;
	Datum		values[3];
	bool		nulls[3] = {false, false, false};

	if (p.total == 0.0 || q.total == 0.0)
		PG_RETURN_NULL();
	log_e_value = log_evidence_of(options, p, q);
	values[0] = Float8GetDatum(evidence_value(log_e_value));
	values[1] = Float8GetDatum(log_e_value);
	values[2] = Float8GetDatum(evidence_p_value(log_e_value));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(result_row_type(fcinfo), values, nulls)));
}

SQL_FUNCTION(kldiv_sequential_test_arrays)
{
	SequentialOptions options = read_options(fcinfo);
	Weights		p;
	Weights		q;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	match_shapes(PG_GETARG_ARRAYTYPE_P(0), PG_GETARG_ARRAYTYPE_P(1), &p, &q);
	return test_weights(fcinfo, options, p, q);
}

SQL_FUNCTION(kldiv_sequential_test_histograms)
{
	SequentialOptions options = read_options(fcinfo);
	Weights		p;
	Weights		q;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	align_histograms(PG_GETARG_HISTOGRAM(0), PG_GETARG_HISTOGRAM(1), &p, &q);
	return test_weights(fcinfo, options, p, q);
}
