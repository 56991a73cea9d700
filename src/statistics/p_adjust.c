/*-------------------------------------------------------------------------
 *
 * p_adjust.c
 *	  p_adjust(p_value, method) OVER (...) and p_adjust(p_values, method).
 *
 * For both: p-values are from 0 to 1, else it is an error; those that are NULL
 * stay so and do not count; the result is in the same range, and at least the
 * p-value.  The method, whose names are in math/statistics/adjustment.c, may be
 * NULL: not given.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/float.h"
#include "utils/memutils.h"
#include "windowapi.h"

#include "input/arrays.h"
#include "input/parameters.h"
#include "statistics/p_adjust.h"

/* A p-value, and where its adjusted one belongs */
typedef struct Candidate
{
	double		p;
	size_t		position;
} Candidate;

static int
compare_candidates(const void *left, const void *right)
{
	double		a = ((const Candidate *) left)->p;
	double		b = ((const Candidate *) right)->p;

	CHECK_FOR_INTERRUPTS();
	return (a > b) - (a < b);
}

void
adjust_p_values(AdjustmentMethod method, double *values, size_t count)
{
	Candidate  *candidates = NULL;
	size_t		next = 0;
	Adjustment	adjustment;

	if (!needs_no_order(method))
		candidates = MemoryContextAllocHuge(CurrentMemoryContext, Max(count, 1) * sizeof(Candidate));
	for (size_t i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (isnan(values[i]))
			continue;
		if (candidates != NULL)
			candidates[next] = (Candidate) {values[i], i};
		next++;
	}
	adjustment = begin_adjustment(method, (double) next);
	if (candidates == NULL)
	{
		for (size_t i = 0; i < count; i++)
		{
			CHECK_FOR_INTERRUPTS();
			values[i] = isnan(values[i]) ? values[i] : next_adjusted(&adjustment, values[i]);
		}
		return;
	}
	qsort(candidates, next, sizeof(Candidate), compare_candidates);
	for (size_t i = 0; i < next; i++)
	{
		const Candidate *candidate = &candidates[wants_largest_first(method) ? next - 1 - i : i];

		CHECK_FOR_INTERRUPTS();
		values[candidate->position] = next_adjusted(&adjustment, candidate->p);
	}
	pfree(candidates);
}

/* The window function's, of a partition: made at its first row */
typedef struct AdjustedPartition
{
	bool		is_made;
	AdjustmentMethod method;
	double		values[FLEXIBLE_ARRAY_MEMBER];	/* NaN for NULL */
} AdjustedPartition;

#define MOST_ROWS ((int64) ((MaxAllocSize - offsetof(AdjustedPartition, values)) / sizeof(double)))

static void
read_partition(WindowObject window, AdjustedPartition *partition, int64 rows)
{
	for (int64 row = 0; row < rows; row++)
	{
		bool		is_null;
		bool		is_out;
		Datum		datum = WinGetFuncArgInPartition(window, 0, (int) row, WINDOW_SEEK_HEAD, false, &is_null, &is_out);
		double		p = is_null ? get_float8_nan() : DatumGetFloat8(datum);

		CHECK_FOR_INTERRUPTS();
		if (!is_null)
			check_argument(p >= 0.0 && p <= 1.0, "p_value", p, "a number from 0 to 1");
		partition->values[row] = p;
	}
}

/*
 * p_adjust(p_value, method): a window function over the whole partition, for
 * which neither its order nor the frame matters.  The method has to be the same
 * in all its rows.
 */
SQL_FUNCTION(kldiv_p_adjust)
{
	WindowObject window = PG_WINDOW_OBJECT();
	int64		rows = WinGetPartitionRowCount(window);
	int64		row = WinGetCurrentPosition(window);
	AdjustedPartition *partition;

	if (rows > MOST_ROWS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("partition has too many rows for p_adjust"),
				 errdetail("It has %lld rows; the limit is %lld.", (long long) rows, (long long) MOST_ROWS)));
	partition = WinGetPartitionLocalMemory(window, offsetof(AdjustedPartition, values) + rows * sizeof(double));
	if (!partition->is_made || !get_fn_expr_arg_stable(fcinfo->flinfo, 1))
	{
		bool		is_null;
		Datum		name = WinGetFuncArgCurrent(window, 1, &is_null);
		AdjustmentMethod method = (AdjustmentMethod) choice_of_text(name, is_null, "method", adjustment_names);

		if (partition->is_made && method != partition->method)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("method must be the same in all rows of a partition"),
					 errdetail("Argument \"method\" is %s and %s.", adjustment_names[partition->method], adjustment_names[method])));
		partition->method = method;
	}
	if (!partition->is_made)
	{
		read_partition(window, partition, rows);
		adjust_p_values(partition->method, partition->values, (size_t) rows);
		partition->is_made = true;
	}
	if (isnan(partition->values[row]))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(partition->values[row]);
}

/* An array of the same shape, with the same NULLs */
static ArrayType *
adjusted_array(ArrayType *array, AdjustmentMethod method)
{
	ArrayType  *result = (ArrayType *) palloc(VARSIZE(array));
	Weights		given = array_weights(array);
	double	   *values;
	size_t		next = 0;

	memcpy(result, array, VARSIZE(array));
	values = (double *) ARR_DATA_PTR(result);
	for (size_t i = 0; i < given.count; i++)
	{
		double		p;

		CHECK_FOR_INTERRUPTS();
		if (!is_present(&given, i))
			continue;
		p = given.values[next++];
		if (!(p >= 0.0 && p <= 1.0))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("p-value must be a number from 0 to 1"),
					 errdetail("Argument \"p_values\" has %s at position %zu.", float8out_internal(p), i + 1)));
	}
	adjust_p_values(method, values, next);
	return result;
}

SQL_FUNCTION(kldiv_p_adjust_array)
{
	AdjustmentMethod method = (AdjustmentMethod) choice_argument(fcinfo, 1, "method", adjustment_names);

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_ARRAYTYPE_P(adjusted_array(PG_GETARG_ARRAYTYPE_P(0), method));
}
