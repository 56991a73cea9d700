/*-------------------------------------------------------------------------
 *
 * divergence_pairs.c
 *	  divergence_pairs(): the pairs of many distributions as rows, all of
 *	  them, the closest or most different ones, or those within a threshold.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/float.h"
#include "utils/lsyscache.h"

#include "input/parameters.h"
#include "many/histogram_distributions.h"
#include "many/pair_search.h"

typedef struct PairIds
{
	Datum	   *values;
	bool	   *nulls;
} PairIds;

/* Arguments from top on: top, within, farthest */
static PairOptions
pair_options_argument(FunctionCallInfo fcinfo, int first)
{
	PairOptions options = {0};

	options.has_top = !PG_ARGISNULL(first);
	if (options.has_top)
	{
		int32		top = PG_GETARG_INT32(first);

		if (top < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("top must be a number of at least 0"),
					 errdetail("Argument \"top\" is %d.", top)));
		options.top = (size_t) top;
	}
	options.limited = !PG_ARGISNULL(first + 1);
	if (options.limited)
	{
		options.within = PG_GETARG_FLOAT8(first + 1);
		if (!(options.within >= 0.0))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("within must be a number of at least 0"),
					 errdetail("Argument \"within\" is %s.", float8out_internal(options.within))));
	}
	options.farthest = !PG_ARGISNULL(first + 2) && PG_GETARG_BOOL(first + 2);
	if (options.farthest && !options.has_top)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("farthest needs top"),
				 errhint("Say how many of the most different pairs you want: top => 10.")));
	return options;
}

/* Names of the rows, which are made part of the search's memory */
static PairIds *
pair_ids_argument(FunctionCallInfo fcinfo, int argument, size_t rows)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P_COPY(argument);
	PairIds    *ids = palloc(sizeof(PairIds));
	int16		length;
	bool		by_value;
	char		alignment;
	int			count;

	get_typlenbyvalalign(ARR_ELEMTYPE(array), &length, &by_value, &alignment);
	deconstruct_array(array, ARR_ELEMTYPE(array), length, by_value, alignment, &ids->values, &ids->nulls, &count);
	if ((size_t) count != rows)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("there must be as many ids as distributions"),
				 errdetail("Number of elements of argument \"ids\": %d; of argument \"distributions\": %zu.", count, rows)));
	return ids;
}

/* Returns a pair as a row of a, b, divergence, or ends the set */
static Datum
return_pair(FunctionCallInfo fcinfo, FuncCallContext *context, PairSearch *search, const PairIds *ids)
{
	Candidate	pair;
	Datum		values[3];
	bool		nulls[3];

	if (!next_found_pair(search, &pair))
		SRF_RETURN_DONE(context);
	values[0] = ids->values[pair.p];
	nulls[0] = ids->nulls[pair.p];
	values[1] = ids->values[pair.q];
	nulls[1] = ids->nulls[pair.q];
	nulls[2] = isnan(pair.value);
	values[2] = Float8GetDatum(nulls[2] ? 0.0 : pair.value);
	SRF_RETURN_NEXT(context, HeapTupleGetDatum(heap_form_tuple(context->tuple_desc, values, nulls)));
}

typedef struct PairsCall
{
	PairSearch *search;
	PairIds    *ids;
} PairsCall;

/* What a first call sets up; NULL if there is nothing to compare */
static PairsCall *
begin_pairs(FunctionCallInfo fcinfo, DistributionsOf distributions_of)
{
	PairsCall  *call = palloc(sizeof(PairsCall));
	const Measure *measure = measure_argument(fcinfo, 2, &jsd_measure, compares_two, COMPARES_NOTHING, "");
	PairOptions options = pair_options_argument(fcinfo, 3);
	Parameters	parameters = option_arguments(fcinfo, 6, PARAMETER_ALPHA, measure);

	/* a copy, which outlives this call */
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P_COPY(1);
	Distributions distributions = distributions_of(array, "distributions", measure);

	if (!distributions.in_array)
		pfree(array);
	call->ids = pair_ids_argument(fcinfo, 0, distributions.count);
	call->search = begin_pair_search(begin_comparison(measure, &parameters, distributions, "distributions"), &options);
	return call;
}

static Datum
pairs_of(FunctionCallInfo fcinfo, DistributionsOf distributions_of)
{
	FuncCallContext *context;
	PairsCall  *call;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;

		context = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(context->multi_call_memory_ctx);
		if (!PG_ARGISNULL(0) && !PG_ARGISNULL(1))
			context->user_fctx = begin_pairs(fcinfo, distributions_of);
		context->tuple_desc = result_row_type(fcinfo);
		MemoryContextSwitchTo(caller);
	}
	context = SRF_PERCALL_SETUP();
	call = context->user_fctx;
	if (call == NULL)
		SRF_RETURN_DONE(context);
	return return_pair(fcinfo, context, call->search, call->ids);
}

/*
 * divergence_pairs(ids, distributions, measure, top, within, farthest, alpha,
 * base, pseudocount, empty): a row a, b, divergence for each pair of
 * distributions, once if the measure is symmetric and in both orders if not.
 */
SQL_FUNCTION(kldiv_divergence_pairs)
{
	return pairs_of(fcinfo, distributions_of_array);
}

/*
 * The same for histograms, over the labels of all: a pseudocount is added to
 * each label that any of them has.
 */
SQL_FUNCTION(kldiv_divergence_pairs_histograms)
{
	return pairs_of(fcinfo, distributions_of_histograms);
}
