/*-------------------------------------------------------------------------
 *
 * comparisons.c
 *	  Many distributions at once: arguments, and the way to a comparison.
 *
 *-------------------------------------------------------------------------
 */
#include "comparisons.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

/* Elements that are copied between looks at interrupts */
#define COPY_CHUNK ((size_t) 1 << 18)

static const char *
list_of_measures(void)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = 0; i < MEASURE_COUNT; i++)
	{
		const Measure *measure = get_measure(i);

		if (measure_takes(measure) & TAKES_REFERENCE)
			appendStringInfo(&list, "%s%s", list.len > 0 ? ", " : "", measure_name(measure));
	}
	return list.data;
}

/* The measure that an argument names; jsd if it is NULL */
const Measure *
measure_argument(FunctionCallInfo fcinfo, int argument)
{
	const char *name;
	const Measure *measure;

	if (PG_ARGISNULL(argument))
		return get_measure(MEASURE_jsd);
	name = text_to_cstring(PG_GETARG_TEXT_PP(argument));
	measure = find_measure(name);
	if (measure == NULL || !(measure_takes(measure) & TAKES_REFERENCE))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 measure == NULL ? errmsg("there is no measure \"%s\"", name) :
				 errmsg("measure \"%s\" is of one distribution and compares nothing", name),
				 errhint("Measures of two distributions are %s.", list_of_measures())));
	return measure;
}

/* An option that the measure may take or not; NULL is not given */
static double
option(FunctionCallInfo fcinfo, int argument, const Measure *measure, unsigned bit, const char *name,
	   double (*check) (double), double otherwise)
{
	if (PG_ARGISNULL(argument))
		return otherwise;
	if (!(measure_takes(measure) & bit))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("measure \"%s\" takes no %s", measure_name(measure), name)));
	return check(PG_GETARG_FLOAT8(argument));
}

Parameters
parameters_argument(FunctionCallInfo fcinfo, int first, const Measure *measure)
{
	unsigned	takes = measure_takes(measure);
	Parameters	parameters = DEFAULT_PARAMETERS;

	if ((takes & TAKES_ORDER) && PG_ARGISNULL(first))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("measure \"%s\" needs alpha", measure_name(measure)),
				 errhint("Give its order: alpha => 2.")));
	parameters.order = option(fcinfo, first, measure, TAKES_ORDER, "alpha", check_order, parameters.order);
	parameters.base = option(fcinfo, first + 1, measure, TAKES_BASE, "base", check_base, parameters.base);
	parameters.pseudocount = option(fcinfo, first + 2, measure, TAKES_PSEUDOCOUNT, "pseudocount",
									check_pseudocount, parameters.pseudocount);
	parameters.empty = option(fcinfo, first + 3, measure, TAKES_EMPTY, "empty", check_empty,
							  takes & TAKES_EMPTY ? DEFAULT_EMPTY : parameters.empty);
	return parameters;
}

/*
 * The rows of a detoasted array of two or more dimensions; further ones are
 * bins of joint distributions.  Weights are used where they are, or copied if
 * some are NULL.
 */
DenseRows
dense_rows(ArrayType *array, const char *name)
{
	Weights		weights = array_weights(array);
	DenseRows	dense = {weights.values, 0, 0};
	double	   *copy;
	size_t		next = 0;

	if (weights.count == 0)
		return dense;
	if (ARR_NDIM(array) < 2)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("distributions must be an array of at least two dimensions"),
				 errdetail("Argument \"%s\" has one dimension.", name),
				 errhint("Make one with a distribution in each row: array_agg(distribution ORDER BY id).")));
	dense.rows = (size_t) ARR_DIMS(array)[0];
	dense.bins = weights.count / dense.rows;
	if (weights.present == NULL)
		return dense;

	copy = MemoryContextAllocHuge(CurrentMemoryContext, weights.count * sizeof(double));
	for (size_t i = 0; i < weights.count; i++)
	{
		bool		present = (weights.present[i / 8] >> (i % 8) & 1) != 0;

		if (i % COPY_CHUNK == 0)
			CHECK_FOR_INTERRUPTS();
		copy[i] = present ? weights.values[next++] : 0.0;
	}
	dense.weights = copy;
	return dense;
}

Comparison *
begin_comparison(const Measure *measure, const Parameters *parameters, DenseRows rows, const char *name)
{
	Comparison *comparison = palloc(sizeof(Comparison));
	SlabRunner	run;

	plan_comparison(comparison, measure, parameters, rows.weights, rows.rows, rows.bins);
	place_comparison(comparison, MemoryContextAllocHuge(CurrentMemoryContext, comparison->memory_size + 1));
	run = runner_for(comparison_nanoseconds(comparison));
	for (size_t row = 0; row < rows.rows; row++)
	{
		Finding		finding;

		CHECK_FOR_INTERRUPTS();
		judge_row(comparison, row, run, &finding);
		if (finding.judgement != WEIGHTS_VALID && finding.judgement != NOTHING_OBSERVED)
			report_finding(&finding, psprintf("%s[%zu]", name, row + 1), NULL);
	}
	prepare_comparison(comparison, run);
	return comparison;
}

void
run_tiles(const Comparison *comparison, SlabRunner run, SlabTask task, void *job, size_t first, size_t end)
{
	if (!comparison->by_slabs)
		run(task, job, first, end);
	else
		run_slabs_interruptibly(task, job, first, end);
}

double
tile_nanoseconds(const Comparison *comparison)
{
	return comparison_nanoseconds(comparison) / (double) Max(comparison->tiles, 1);
}
