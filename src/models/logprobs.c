/*-------------------------------------------------------------------------
 *
 * logprobs.c
 *	  logprobs_to_histogram: what an interface tells of the next token.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/fmgrprotos.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "histogram/histogram.h"
#include "math/exact_sum.h"
#include "math/models/log_probabilities.h"

static void
refuse_logprob(Label token, const char *found)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("log-probability must be a number"),
			 errdetail("Argument \"logprobs\" has %s for \"%s\".", found, label_for_message(token))));
}

/* The number of a token; of null, for which nothing is left, -Infinity */
static double
read_logprob(const JsonbValue *value, Label token)
{
	switch (value->type)
	{
		case jbvNull:
			return -get_float8_infinity();
		case jbvNumeric:
			return DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow, NumericGetDatum(value->val.numeric)));
		case jbvString:
			refuse_logprob(token, "a string");
			break;
		case jbvBool:
			refuse_logprob(token, "a boolean");
			break;
		default:
			refuse_logprob(token, "an array or object");
	}
	pg_unreachable();
}

static void
check_is_object(Jsonb *logprobs)
{
	if (JB_ROOT_IS_OBJECT(logprobs))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("log-probabilities must be an object of tokens"),
			 errdetail("Argument \"logprobs\" is %s.", JB_ROOT_IS_SCALAR(logprobs) ? "a single value" : "an array"),
			 errhint("Of an array of objects: (SELECT jsonb_object_agg(e ->> 'token', e -> 'logprob') FROM jsonb_array_elements(logprobs) AS e)")));
}

static void
check_total(double total)
{
	if (!(total > LARGEST_TOTAL))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("probabilities add up to more than 1"),
			 errdetail("Those of argument \"logprobs\" add up to %s.", float8out_internal(total)),
			 errhint("Are these logits? softmax() makes probabilities of all logits of a token.")));
}

static void
check_rest_is_new(const Histogram *histogram, Label rest)
{
	if (find_label(histogram, rest) < 0)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the rest must not have the label of a token"),
			 errdetail("Argument \"other\" is \"%s\", which is a token.", label_for_message(rest)),
			 errhint("Choose another label.")));
}

/* Its bins, with weights that are probabilities; the logarithm of the largest one */
static double
read_logprobs(Jsonb *logprobs, BinList *bins)
{
	JsonbIterator *iterator = JsonbIteratorInit(&logprobs->root);
	JsonbIteratorToken part;
	JsonbValue	value;
	Label		token = {NULL, 0};
	double		largest = -get_float8_infinity();

	while ((part = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		double		logprob;

		CHECK_FOR_INTERRUPTS();
		if (part == WJB_KEY)
			token = (Label) {value.val.string.val, value.val.string.len};
		if (part != WJB_VALUE)
			continue;
		logprob = read_logprob(&value, token);
		largest = Max(largest, logprob);
		check_total(probability_of(logprob));
		add_bin(bins, token, probability_of(logprob));
	}
	return largest;
}

/*
 * What the probabilities leave of 1.  What the largest one leaves is computed
 * before that is rounded: of a token that is nearly certain, no digit is lost.
 */
static double
rest_of_one(const BinList *bins, double largest)
{
	ExactSum	total = {.first = 0.0};
	ExactSum	rest = {.first = 0.0};

	add_exactly(&rest, rest_of_probability(largest));
	add_exactly(&rest, probability_of(largest));
	for (uint32 bin = 0; bin < bins->count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		add_exactly(&total, bins->weights[bin]);
		add_exactly(&rest, -bins->weights[bin]);
	}
	check_total(exact_value(&total));
	return Max(exact_value(&rest), 0.0);
}

/*
 * logprobs_to_histogram(logprobs, other): of {"token": logprob}, e^logprob by
 * token, and what is left of 1, at least 0, under the label other, which must not
 * be a token; NULL as other leaves it out.  null is a probability of 0.  It is an
 * error if the probabilities add up to more than rounding can make of 1.  NULL if
 * logprobs is NULL.
 */
SQL_FUNCTION(kldiv_logprobs_to_histogram)
{
	Jsonb	   *logprobs;
	BinList		bins;
	Label		duplicate;
	double		rest;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	logprobs = PG_GETARG_JSONB_P(0);
	check_is_object(logprobs);
	begin_bins(&bins, JB_ROOT_COUNT(logprobs) + 1);
	rest = rest_of_one(&bins, read_logprobs(logprobs, &bins));
	if (!PG_ARGISNULL(1))
	{
		Label		other = text_label(PG_GETARG_TEXT_PP(1));

		check_rest_is_new(histogram_of_bins(&bins, &duplicate), other);
		add_bin(&bins, other, rest);
	}
	PG_RETURN_HISTOGRAM(complete_histogram(histogram_of_bins(&bins, &duplicate)));
}
