/*-------------------------------------------------------------------------
 *
 * test_results.c
 *	  The options of tests of counts, and what they return.
 *
 *-------------------------------------------------------------------------
 */
#include "statistics/test_results.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "input/parameters.h"

static const char *const statistic_names[] = {
	[CHI_SQUARE_STATISTIC] = "chi_square",
	[G_STATISTIC] = "g",
	NULL
};

/* How many observations stand behind a side; NaN if that is not given */
static double
size_argument(FunctionCallInfo fcinfo, int argument, const char *name)
{
	double		size;

	if (argument == 0 || PG_ARGISNULL(argument))
		return NAN;
	size = PG_GETARG_FLOAT8(argument);
	if (size == INFINITY)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be finite", name),
				 errdetail("Argument \"%s\" is Infinity.", name),
				 errhint("A sample beside a distribution that is known is for goodness_of_fit_test().")));
	/* a ratio of two such sizes is a number */
	return check_argument(size == 0.0 || (size >= 1e-30 && size <= 1e30), name, size, "0 or a number from 1e-30 to 1e30");
}

static void
refuse_replicates(FunctionCallInfo fcinfo, int argument)
{
	int32		replicates = PG_ARGISNULL(argument) ? 0 : PG_GETARG_INT32(argument);

	check_argument(replicates >= 0, "replicates", replicates, "a number of at least 0");
	if (replicates > 0)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("tests by resampling are not supported yet"),
				 errdetail("Argument \"replicates\" is %d.", replicates),
				 errhint("Take 0, and merge rare bins: min_expected => 2.")));
}

TestOptions
default_test_options(void)
{
	return (TestOptions) {.statistic = CHI_SQUARE_STATISTIC, .n_p = NAN, .n_q = NAN, .min_expected = 0.0};
}

TestOptions
test_options(FunctionCallInfo fcinfo, const TestArguments *arguments)
{
	TestOptions options = default_test_options();
	int			min_expected = arguments->min_expected;

	options.statistic = (TestStatistic) choice_argument(fcinfo, arguments->statistic, "statistic", statistic_names);
	refuse_replicates(fcinfo, arguments->replicates);
	options.n_p = size_argument(fcinfo, arguments->n_p, "n_p");
	options.n_q = size_argument(fcinfo, arguments->n_q, "n_q");
	if (!PG_ARGISNULL(min_expected))
		options.min_expected = PG_GETARG_FLOAT8(min_expected);
	check_argument(options.min_expected >= 0.0 && !isinf(options.min_expected), "min_expected", options.min_expected,
				   "a finite number of at least 0");
	return options;
}

void *
allocate_elements(size_t count, size_t size)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(count, 1) * size);
}

/* The type of the result, which a call site looks up once */
static TupleDesc
result_type(FunctionCallInfo fcinfo)
{
	MemoryContext caller;

	if (fcinfo->flinfo->fn_extra == NULL)
	{
		caller = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
		fcinfo->flinfo->fn_extra = result_row_type(fcinfo);
		MemoryContextSwitchTo(caller);
	}
	return fcinfo->flinfo->fn_extra;
}

Datum
return_test(FunctionCallInfo fcinfo, const CountTest *test, TestStatistic statistic, size_t merged)
{
	const char *name = statistic_names[statistic];
	Datum		values[8];
	bool		nulls[8] = {false};

	values[0] = Float8GetDatum(test->statistic);
	values[1] = Float8GetDatum(test->df);
	values[2] = Float8GetDatum(test->p_value);
	values[3] = Float8GetDatum(test->effect_size);
	values[4] = Float8GetDatum(test->null_effect_size);
	values[5] = Float8GetDatum(test->min_expected);
	values[6] = Float8GetDatum(test->n);
	values[7] = PointerGetDatum(cstring_to_text(merged > 1 ? psprintf("%s, %zu bins merged", name, merged) : name));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(result_type(fcinfo), values, nulls)));
}
