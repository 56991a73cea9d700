/*-------------------------------------------------------------------------
 *
 * comparisons.c
 *	  Many distributions at once: arguments, and the way to a comparison.
 *
 *-------------------------------------------------------------------------
 */
#include "many/comparisons.h"

#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "input/arrays.h"
#include "input/findings.h"
#include "parallel/threads.h"

bool
compares_two(const Measure *measure)
{
	return (measure->takes & TAKES_REFERENCE) != 0;
}

Distributions
distributions_of_array(ArrayType *array, const char *name, const Measure *measure)
{
	Weights		weights = array_weights(array);
	Distributions dense = {.weights = weights.values};

	if (weights.count == 0)
		return dense;
	if (ARR_NDIM(array) < 2)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("distributions must be an array of at least two dimensions"),
				 errdetail("Argument \"%s\" has one dimension.", name),
				 errhint("Make one with a distribution in each row: ARRAY[p, q], or array_agg(distribution ORDER BY id).")));
	dense.count = (size_t) ARR_DIMS(array)[0];
	dense.bins = weights.count / dense.count;
	dense.weights = all_present(weights).values;
	dense.in_array = true;
	return dense;
}

Comparison *
begin_comparison(const Measure *measure, const Parameters *parameters, Distributions distributions, const char *name)
{
	Comparison *comparison = palloc(sizeof(Comparison));
	SlabRunner	run;

	/* tiles are counted in a size_t, and may be as small as one pair */
	if (distributions.count > (size_t) 1 << (sizeof(size_t) * 4 - 1))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many distributions"),
				 errdetail("Argument \"%s\" has %zu of them.", name, distributions.count)));
	if (distributions.lists != NULL)
		plan_comparison_of_lists(comparison, measure, parameters, distributions.lists, distributions.count, distributions.bins);
	else
		plan_comparison(comparison, measure, parameters, distributions.weights, distributions.count, distributions.bins);
	if (comparison->memory_size >= MaxAllocHugeSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many distributions"),
				 errdetail("Argument \"%s\" has %zu of them with %zu bins each, for which %llu bytes would be needed.",
						   name, distributions.count, distributions.bins, (unsigned long long) comparison->memory_size)));
	place_comparison(comparison, MemoryContextAllocHuge(CurrentMemoryContext, comparison->memory_size + 1));
	run = runner_for(comparison_nanoseconds(comparison));
	for (size_t index = 0; index < distributions.count; index++)
	{
		Finding		finding;

		CHECK_FOR_INTERRUPTS();
		if (distributions.unknown != NULL && distributions.unknown[index])
		{
			forget_distribution(comparison, index);
			continue;
		}
		judge_distribution(comparison, index, run, &finding);
		if (finding.judgement != WEIGHTS_VALID && finding.judgement != NOTHING_OBSERVED)
			report_finding(&finding, psprintf("%s[%zu]", name, index + 1), NULL);
	}
	prepare_comparison(comparison, run);
	return comparison;
}

void
run_tiles(const Comparison *comparison, SlabRunner run, SlabTask task, void *job, size_t first, size_t end)
{
	if (comparison->by_slabs)
		run = run_slabs_interruptibly;
	while (first < end)
	{
		size_t		next = Min(end, first + comparison->at_once);

		run(task, job, first, next);
		first = next;
	}
}

double
tile_nanoseconds(const Comparison *comparison)
{
	return comparison_nanoseconds(comparison) / (double) Max(comparison->tiles, 1);
}
