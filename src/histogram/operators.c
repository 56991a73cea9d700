/*-------------------------------------------------------------------------
 *
 * operators.c
 *	  Comparison, hashing and arithmetic of histograms.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/float.h"

#include "compatibility.h"
#include "histogram/histogram.h"
#include "histogram/merge.h"

/* What is behind the header: equal histograms have equal bytes there */
static size_t
content_size(const Histogram *histogram)
{
	return VARSIZE(histogram) - offsetof(Histogram, weights);
}

static bool
are_equal(const Histogram *a, const Histogram *b)
{
	return a->count == b->count && content_size(a) == content_size(b) &&
		memcmp(a->weights, b->weights, content_size(a)) == 0;
}

/*
 * An order that says nothing about distributions, so that histograms can be
 * sorted and grouped: by the first bin that differs, its label before its
 * weight; one that is the beginning of another comes first.
 */
static int
compare(const Histogram *a, const Histogram *b)
{
	for (uint32 bin = 0; bin < a->count && bin < b->count; bin++)
	{
		int			difference = compare_labels(histogram_label(a, bin), histogram_label(b, bin));

		CHECK_FOR_INTERRUPTS();
		if (difference != 0)
			return difference < 0 ? -1 : 1;
		if (a->weights[bin] != b->weights[bin])
			return a->weights[bin] < b->weights[bin] ? -1 : 1;
	}
	return (a->count > b->count) - (a->count < b->count);
}

static int
compare_arguments(FunctionCallInfo fcinfo)
{
	Histogram  *a = PG_GETARG_HISTOGRAM(0);
	Histogram  *b = PG_GETARG_HISTOGRAM(1);
	int			result = compare(a, b);

	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return result;
}

static bool
arguments_are_equal(FunctionCallInfo fcinfo)
{
	Histogram  *a = PG_GETARG_HISTOGRAM(0);
	Histogram  *b = PG_GETARG_HISTOGRAM(1);
	bool		result = are_equal(a, b);

	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return result;
}

/* = and <>: the same labels with the same weights; a bin of weight 0 is not the same as none */
SQL_FUNCTION(kldiv_histogram_eq)
{
	PG_RETURN_BOOL(arguments_are_equal(fcinfo));
}

SQL_FUNCTION(kldiv_histogram_ne)
{
	PG_RETURN_BOOL(!arguments_are_equal(fcinfo));
}

SQL_FUNCTION(kldiv_histogram_lt)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) < 0);
}

SQL_FUNCTION(kldiv_histogram_le)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) <= 0);
}

SQL_FUNCTION(kldiv_histogram_gt)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) > 0);
}

SQL_FUNCTION(kldiv_histogram_ge)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) >= 0);
}

SQL_FUNCTION(kldiv_histogram_cmp)
{
	PG_RETURN_INT32(compare_arguments(fcinfo));
}

SQL_FUNCTION(kldiv_histogram_hash)
{
	Histogram  *histogram = PG_GETARG_HISTOGRAM(0);
	Datum		result = hash_any((const unsigned char *) histogram->weights, (int) content_size(histogram));

	PG_FREE_IF_COPY(histogram, 0);
	return result;
}

SQL_FUNCTION(kldiv_histogram_hash_extended)
{
	Histogram  *histogram = PG_GETARG_HISTOGRAM(0);
	Datum		result = hash_any_extended((const unsigned char *) histogram->weights,
										   (int) content_size(histogram), (uint64) PG_GETARG_INT64(1));

	PG_FREE_IF_COPY(histogram, 0);
	return result;
}

/* The labels of both sides, with weights that are still to be filled in */
static Histogram *
union_of(const Histogram *a, const Histogram *b)
{
	uint64		label_bytes;
	uint32		count = union_count(a, b, &label_bytes);

	return new_histogram(count, label_bytes);
}

/* h + h: merges, adding the weights of each label */
SQL_FUNCTION(kldiv_histogram_plus)
{
	Histogram  *a = PG_GETARG_HISTOGRAM(0);
	Histogram  *b = PG_GETARG_HISTOGRAM(1);
	Histogram  *result = union_of(a, b);
	Merge		merge = begin_merge(a, b);
	MatchedBin		pair;

	for (uint32 bin = 0; next_bin(&merge, &pair); bin++)
		append_bin(result, bin, pair.label, pair.p + pair.q);
	PG_RETURN_HISTOGRAM(complete_histogram(result));
}

/*
 * Weights that are fractions are rounded when they are added up or taken away,
 * so that 0.3 - 0.1 is a little less than 0.2.  What is missing by less than
 * this share of what is taken away is such noise.
 */
#define ROUNDING_NOISE 1e-9

/*
 * p - q, where noise is 0: whole numbers have none.  False if it is really
 * negative.
 */
static bool
take_away(double p, double q, double *difference)
{
	bool		whole = p == rint(p) && q == rint(q);

	*difference = Max(p - q, 0.0);
	return p >= q || (!whole && q - p <= ROUNDING_NOISE * q);
}

/*
 * h - h: takes away weights; every label remains, if need be with weight 0.
 * 22003 where a weight would be negative by more than rounding can explain.
 */
SQL_FUNCTION(kldiv_histogram_minus)
{
	Histogram  *a = PG_GETARG_HISTOGRAM(0);
	Histogram  *b = PG_GETARG_HISTOGRAM(1);
	Histogram  *result = union_of(a, b);
	Merge		merge = begin_merge(a, b);
	MatchedBin		pair;

	for (uint32 bin = 0; next_bin(&merge, &pair); bin++)
	{
		double		difference;

		if (!take_away(pair.p, pair.q, &difference))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("difference of histograms must not be negative"),
					 errdetail("Label \"%s\" has weight %s, from which %s cannot be taken away.",
							   label_for_message(pair.label), float8out_internal(pair.p),
							   float8out_internal(pair.q))));
		append_bin(result, bin, pair.label, difference);
	}
	PG_RETURN_HISTOGRAM(complete_histogram(result));
}

static Datum
multiply(Histogram *result, double factor)
{
	if (!(factor >= 0.0 && factor <= DBL_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("factor must be a finite number of at least 0"),
				 errdetail("The factor is %s.", float8out_internal(factor))));
	for (uint32 bin = 0; bin < result->count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		result->weights[bin] = result->weights[bin] * factor + 0.0;
	}
	PG_RETURN_HISTOGRAM(complete_histogram(result));
}

/* h * factor, factor * h: every weight times a finite number of at least 0 */
SQL_FUNCTION(kldiv_histogram_times)
{
	return multiply(PG_GETARG_HISTOGRAM_COPY(0), PG_GETARG_FLOAT8(1));
}

SQL_FUNCTION(kldiv_times_histogram)
{
	return multiply(PG_GETARG_HISTOGRAM_COPY(1), PG_GETARG_FLOAT8(0));
}

/* Every weight of a histogram that may be changed, divided by a finite number above 0 */
Histogram *
divide_histogram(Histogram *result, double divisor)
{
	if (divisor == 0.0)
		ereport(ERROR, (errcode(ERRCODE_DIVISION_BY_ZERO), errmsg("division by zero")));
	if (!(divisor > 0.0 && divisor <= DBL_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("divisor must be a finite number above 0"),
				 errdetail("The divisor is %s.", float8out_internal(divisor))));
	for (uint32 bin = 0; bin < result->count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		result->weights[bin] /= divisor;
	}
	return complete_histogram(result);
}

/* h / divisor */
SQL_FUNCTION(kldiv_histogram_divide)
{
	PG_RETURN_HISTOGRAM(divide_histogram(PG_GETARG_HISTOGRAM_COPY(0), PG_GETARG_FLOAT8(1)));
}

/* h -> label: what histogram_weight() gives */
SQL_FUNCTION(kldiv_histogram_arrow)
{
	PG_RETURN_FLOAT8(weight_of_label(PG_GETARG_HISTOGRAM(0), text_label(PG_GETARG_TEXT_PP(1))));
}
