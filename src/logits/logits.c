/*-------------------------------------------------------------------------
 *
 * logits.c
 *	  Distributions that are given by logits: softmax_kl_divergence,
 *	  softmax_cross_entropy, softmax_entropy, logsumexp.
 *
 * For all of them: logits, or log-probabilities, are arrays of any dimensions;
 * what is added to all of one makes no difference, but to logsumexp.  -Infinity
 * and NULL elements are a share of 0.  The result is NULL if a side has nothing
 * else, and in nats, or in the unit of base.  NaN and Infinity are errors
 * (22023), as is a temperature or a base that is none; so are different shapes
 * (2202E).
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "utils/array.h"

#include "input/arrays.h"
#include "input/findings.h"
#include "input/parameters.h"
#include "input/real_arrays.h"
#include "math/logits/logits.h"
#include "math/measure.h"
#include "parallel/threads.h"

/* What all but logsumexp() have behind their arrays */
typedef struct Options
{
	double		temperature;
	double		base;
} Options;

static Options
read_options(FunctionCallInfo fcinfo, int first)
{
	Options		options;

	options.temperature = check_temperature(PG_GETARG_FLOAT8(first));
	options.base = check_parameter(PARAMETER_BASE, PG_GETARG_FLOAT8(first + 1));
	return options;
}

/* The result; there is nothing wrong, but perhaps nothing at all */
static Datum
result_of(FunctionCallInfo fcinfo, double nats, double base, const Finding *finding)
{
	if (finding->judgement == NOTHING_OBSERVED)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value_of_nats(&entropy_measure, nats, base));
}

/*
 * softmax_kl_divergence(p, q, temperature, base): Kullback and Leibler's
 * divergence of softmax(p / temperature) from softmax(q / temperature), without
 * making them.  Infinity where q has -Infinity and p has not.  Never negative,
 * and 0 only if both distributions are equal.
 */
SQL_FUNCTION(kldiv_softmax_kl_divergence)
{
	Options		options = read_options(fcinfo, 2);
	ShortArray	p_room;
	ShortArray	q_room;
	ArrayType  *p_array = array_argument(PG_GETARG_DATUM(0), &p_room);
	ArrayType  *q_array = array_argument(PG_GETARG_DATUM(1), &q_room);
	Weights		p;
	Weights		q;
	Finding		finding;
	double		nats;

	match_shapes(p_array, q_array, &p, &q);
	nats = softmax_divergence(&p, &q, options.temperature, runner_for((double) p.count * NANOSECONDS_PER_LOGIT_PAIR), &finding);
	report_logit(&finding, finding.in_reference ? "q" : "p");
	free_array_argument(p_array, PG_GETARG_DATUM(0), &p_room);
	free_array_argument(q_array, PG_GETARG_DATUM(1), &q_room);
	return result_of(fcinfo, nats, options.base, &finding);
}

REAL_TWIN(kldiv_softmax_kl_divergence, ARRAY_ARGUMENT(0) | ARRAY_ARGUMENT(1))

/* The position of a label, which counts from 1 */
static size_t
position_of_label(int64 label, const Weights *logits)
{
	if (label < 1 || (uint64) label > logits->count)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("label is out of range"),
				 errdetail("Argument \"label\" is %lld, argument \"logits\" has %zu elements.", (long long) label, logits->count),
				 errhint("Labels count from 1.")));
	return (size_t) label - 1;
}

/*
 * softmax_cross_entropy(label, logits, temperature, base): -log of the share of
 * the element at a position from 1, in the order of storage if there are several
 * dimensions; Infinity if it is -Infinity or NULL.  Of an empty array it is NULL,
 * else a label that is no position is an error (2202E).
 */
SQL_FUNCTION(kldiv_softmax_cross_entropy_label)
{
	Options		options = read_options(fcinfo, 2);
	ShortArray	room;
	ArrayType  *array = array_argument(PG_GETARG_DATUM(1), &room);
	Weights		logits = array_weights(array);
	size_t		label = logits.count > 0 ? position_of_label(PG_GETARG_INT64(0), &logits) : 0;
	Finding		finding;
	double		nats = label_cross_entropy(label, &logits, options.temperature,
										   runner_for((double) logits.count * NANOSECONDS_PER_LOGIT), &finding);

	report_logit(&finding, "logits");
	free_array_argument(array, PG_GETARG_DATUM(1), &room);
	return result_of(fcinfo, nats, options.base, &finding);
}

REAL_TWIN(kldiv_softmax_cross_entropy_label, ARRAY_ARGUMENT(1))

/*
 * softmax_cross_entropy(p, logits, temperature, base): -sum p log softmax(logits
 * / temperature) of the shares of p, which are weights: see array_functions.c.
 * Infinity where p > 0 and the logit is -Infinity or NULL.
 */
SQL_FUNCTION(kldiv_softmax_cross_entropy_distribution)
{
	Options		options = read_options(fcinfo, 2);
	ShortArray	p_room;
	ShortArray	logits_room;
	ArrayType  *p_array = array_argument(PG_GETARG_DATUM(0), &p_room);
	ArrayType  *logits_array = array_argument(PG_GETARG_DATUM(1), &logits_room);
	Weights		p;
	Weights		logits;
	Finding		finding;
	double		nats;

	match_named_shapes(p_array, logits_array, "logits", &p, &logits);
	nats = distribution_cross_entropy(&p, &logits, options.temperature,
									  runner_for((double) p.count * NANOSECONDS_PER_LOGIT), &finding);
	if (finding.in_reference)
		report_logit(&finding, "logits");
	else
		report_finding(&finding, "p", NULL);
	free_array_argument(p_array, PG_GETARG_DATUM(0), &p_room);
	free_array_argument(logits_array, PG_GETARG_DATUM(1), &logits_room);
	return result_of(fcinfo, nats, options.base, &finding);
}

REAL_TWIN(kldiv_softmax_cross_entropy_distribution, ARRAY_ARGUMENT(0) | ARRAY_ARGUMENT(1))

/* softmax_entropy(logits, temperature, base): Shannon's entropy of softmax(logits / temperature) */
SQL_FUNCTION(kldiv_softmax_entropy)
{
	Options		options = read_options(fcinfo, 1);
	ShortArray	room;
	ArrayType  *array = array_argument(PG_GETARG_DATUM(0), &room);
	Weights		logits = array_weights(array);
	Finding		finding;
	double		nats = softmax_entropy(&logits, options.temperature,
									   runner_for((double) logits.count * NANOSECONDS_PER_LOGIT), &finding);

	report_logit(&finding, "logits");
	free_array_argument(array, PG_GETARG_DATUM(0), &room);
	return result_of(fcinfo, nats, options.base, &finding);
}

REAL_TWIN(kldiv_softmax_entropy, ARRAY_ARGUMENT(0))

/*
 * logsumexp(x): log sum e^x.  -Infinity if all are -Infinity; NULL if
 * there are none but NULL.  Accurate to a unit in the last place of the largest
 * element, or of the result if that is larger.
 */
SQL_FUNCTION(kldiv_logsumexp)
{
	ShortArray	room;
	ArrayType  *array = array_argument(PG_GETARG_DATUM(0), &room);
	Weights		logits = array_weights(array);
	Finding		finding;
	double		nats = log_sum_exp(&logits, runner_for((double) logits.count * NANOSECONDS_PER_LOGIT), &finding);

	report_logit(&finding, "x");
	free_array_argument(array, PG_GETARG_DATUM(0), &room);
	return result_of(fcinfo, nats, EULER, &finding);
}

REAL_TWIN(kldiv_logsumexp, ARRAY_ARGUMENT(0))
