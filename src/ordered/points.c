/*-------------------------------------------------------------------------
 *
 * points.c
 *	  From Datums to weights at points, and what is wrong with positions.
 *
 *-------------------------------------------------------------------------
 */
#include "ordered/points.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "input/arrays.h"
#include "input/counts.h"
#include "input/findings.h"
#include "input/numbers.h"
#include "math/ordered/sorting.h"
#include "parallel/threads.h"

static double *
new_numbers(size_t count)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(count, 1) * sizeof(double));
}

void
refuse_nan(const char *name, const char *what, int64 position, const char *advice)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must not be NaN", what),
			 position < 0 ? errdetail("Argument \"%s\" is NaN in a row.", name) :
			 errdetail("Argument \"%s\" has NaN at position %lld.", name, (long long) position + 1),
			 errhint("%s", advice)));
	pg_unreachable();
}

/* Points of small groups, of which there may be many, are sorted in room on the stack */
#define FEW_POINTS 64

void
sort_points(PointList *points, size_t sorted)
{
	double		room[2 * FEW_POINTS];
	double	   *scratch = room;
	size_t		columns = points->weights != NULL ? 2 : 1;

	if (sorted == points->count)
		return;
	if (points->count > FEW_POINTS)
		scratch = new_numbers(columns * points->count);
	sort_numbers(points->values, points->weights, points->count, sorted, scratch, scratch + (columns - 1) * points->count,
				 run_slabs_interruptibly);
	if (scratch != room)
		pfree(scratch);
}

PointList
sample_of_array(ArrayType *array, const char *name, ArrayType *weights, const char *weights_name)
{
	Weights		numbers = array_weights(array);
	PointList	points = {.values = new_numbers(numbers.count)};
	const double *next = numbers.values;
	const double *all_of_them = NULL;

	if (weights != NULL)
	{
		check_same_shape(array, name, weights, weights_name);
		all_of_them = all_weights(array_weights(weights), weights_name).values;
		points.weights = new_numbers(numbers.count);
	}
	for (size_t i = 0; i < numbers.count; i++)
	{
		double		value;

		CHECK_FOR_INTERRUPTS();
		if (!is_present(&numbers, i))
			continue;
		value = *next++;
		if (isnan(value))
			refuse_nan(name, "value", (int64) i, psprintf("array_remove(%s, 'NaN') leaves it out.", name));
		if (all_of_them != NULL && all_of_them[i] == 0.0)
			continue;
		points.values[points.count] = value + 0.0;	/* not -0 */
		if (all_of_them != NULL)
			points.weights[points.count] = all_of_them[i];
		points.count++;
	}
	sort_points(&points, 0);
	return points;
}

static Points
as_points(const PointList *list)
{
	return (Points) {list->values, list->weights, list->count};
}

Datum
return_value_of_points(FunctionCallInfo fcinfo, const OrderedMeasure *measure, const PointList *p, const PointList *q,
					   const char *p_name, const char *q_name)
{
	Points		p_points = as_points(p);
	Points		q_points = as_points(q);
	Finding		finding;
	double		value = value_of_points(measure, &p_points, &q_points, run_slabs_interruptibly, &finding);

	report_finding(&finding, p_name, q_name);
	if (finding.judgement == NOTHING_OBSERVED)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}
