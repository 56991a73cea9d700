/*-------------------------------------------------------------------------
 *
 * comparisons.c
 *	  Many distributions at once: arguments, and the way to a comparison.
 *
 *-------------------------------------------------------------------------
 */
#include "many/comparisons.h"

#include "miscadmin.h"
#include "utils/memutils.h"

/*
 * The rows of a detoasted array of two or more dimensions; further ones are
 * bins of joint distributions.  Weights are used where they are, or copied if
 * some are NULL.
 */
DenseRows
dense_rows(ArrayType *array, const char *name)
{
	Weights		weights = array_weights(array);
	DenseRows	dense = {weights.values, 0, 0, NULL};

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
	dense.weights = all_present(weights).values;
	return dense;
}

Comparison *
begin_comparison(const Measure *measure, const Parameters *parameters, DenseRows rows, const char *name)
{
	Comparison *comparison = palloc(sizeof(Comparison));
	SlabRunner	run;

	/* tiles are counted in a size_t, and may be as small as a row */
	if (rows.rows > (size_t) 1 << (sizeof(size_t) * 4 - 1))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many distributions"),
				 errdetail("Argument \"%s\" has %zu of them.", name, rows.rows)));
	plan_comparison(comparison, measure, parameters, rows.weights, rows.rows, rows.bins);
	if (comparison->memory_size >= MaxAllocHugeSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many distributions"),
				 errdetail("Argument \"%s\" has %zu of them with %zu bins each, for which %llu bytes would be needed.",
						   name, rows.rows, rows.bins, (unsigned long long) comparison->memory_size)));
	place_comparison(comparison, MemoryContextAllocHuge(CurrentMemoryContext, comparison->memory_size + 1));
	run = runner_for(comparison_nanoseconds(comparison));
	for (size_t row = 0; row < rows.rows; row++)
	{
		Finding		finding;

		CHECK_FOR_INTERRUPTS();
		if (rows.unknown != NULL && rows.unknown[row])
		{
			forget_row(comparison, row);
			continue;
		}
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
