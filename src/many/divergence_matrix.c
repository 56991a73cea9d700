/*-------------------------------------------------------------------------
 *
 * divergence_matrix.c
 *	  divergence_matrix(): each distribution compared with each other.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "input/parameters.h"
#include "many/comparisons.h"
#include "many/histogram_distributions.h"
#include "parallel/threads.h"

/* The most rows whose K x K values fit in an array */
#define MOST_ROWS 11585

/* Work between looks at progress */
#define CHUNK_NANOSECONDS 100e6

typedef struct MatrixJob
{
	const Comparison *comparison;
	SlabRunner	run;
	double	   *values;
} MatrixJob;

/* Computes a tile and, if the measure is symmetric, its mirror image */
static void
matrix_tile(void *data, size_t number)
{
	MatrixJob  *job = data;
	Tile		tile = tile_of(job->comparison, number);
	size_t		rows = job->comparison->count;

	compare_tile(job->comparison, &tile, job->run,
				 job->values + tile.first_p * rows + tile.first_q, rows);
	if (!job->comparison->symmetric)
		return;
	for (size_t row = tile.first_p; row < tile.end_p; row++)
		for (size_t column = Max(tile.first_q, row + 1); column < tile.end_q; column++)
			job->values[column * rows + row] = job->values[row * rows + column];
}

static void
refuse_rows(size_t rows)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("too many distributions for a matrix: %zu", rows),
			 errdetail("An array holds the values of at most %d distributions, fewer if some are NULL.", MOST_ROWS),
			 errhint("divergence_pairs() returns them row by row, or only the closest ones.")));
}

/* Closes up the values of an array around those that are NULL, and marks these */
static void
pack_nulls(ArrayType *matrix, double *values, size_t rows)
{
	uint8	   *present = ARR_NULLBITMAP(matrix);
	size_t		next = 0;

	/* what is between the bitmap and the values too, so that equal matrices have equal bytes */
	memset(present, 0, (char *) values - (char *) present);
	for (size_t row = 0; row < rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		for (size_t i = row * rows; i < (row + 1) * rows; i++)
		{
			if (isnan(values[i]))
				continue;
			present[i / 8] |= (uint8) (1 << (i % 8));
			values[next++] = values[i];
		}
	}
	SET_VARSIZE(matrix, (char *) (values + next) - (char *) matrix);
}

/* An array of rows x rows, values to be filled in */
static ArrayType *
new_matrix(size_t rows, bool with_nulls)
{
	Size		overhead = with_nulls ? ARR_OVERHEAD_WITHNULLS(2, rows * rows) : ARR_OVERHEAD_NONULLS(2);
	Size		size = overhead + rows * rows * sizeof(double);
	ArrayType  *matrix;

	if (!AllocSizeIsValid(size))
		refuse_rows(rows);
	matrix = palloc(size);
	SET_VARSIZE(matrix, size);
	matrix->ndim = 2;
	matrix->dataoffset = with_nulls ? (int32) overhead : 0;
	matrix->elemtype = FLOAT8OID;
	ARR_DIMS(matrix)[0] = ARR_DIMS(matrix)[1] = (int) rows;
	ARR_LBOUND(matrix)[0] = ARR_LBOUND(matrix)[1] = 1;
	return matrix;
}

static void
fill_matrix(const Comparison *comparison, double *values)
{
	double		nanoseconds = tile_nanoseconds(comparison);
	size_t		chunk = 1 + (size_t) (CHUNK_NANOSECONDS / (nanoseconds + 1.0));
	double		pairs = (double) comparison->count * (double) comparison->count;
	MatrixJob	job = {comparison, runner_for(comparison_nanoseconds(comparison)), values};
	Progress	progress;

	begin_progress(&progress, "divergence_matrix", "values", pairs);
	for (size_t first = 0; first < comparison->tiles; first += chunk)
	{
		size_t		end = Min(first + chunk, comparison->tiles);

		run_tiles(comparison, job.run, matrix_tile, &job, first, end);
		advance_progress(&progress, pairs * (double) end / (double) comparison->tiles);
	}
}

static Datum
matrix_of(FunctionCallInfo fcinfo, DistributionsOf distributions_of)
{
	const Measure *measure;
	Parameters	parameters;
	ArrayType  *array;
	ArrayType  *matrix;
	Distributions distributions;
	Comparison *comparison;
	bool		with_nulls = false;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	measure = measure_argument(fcinfo, 1, &jsd_measure, compares_two, COMPARES_NOTHING, "");
	parameters = option_arguments(fcinfo, 2, PARAMETER_ALPHA, measure);
	array = PG_GETARG_ARRAYTYPE_P(0);
	distributions = distributions_of(array, "distributions", measure);
	if (distributions.count == 0)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(FLOAT8OID));
	if (distributions.count > MOST_ROWS)
		refuse_rows(distributions.count);

	comparison = begin_comparison(measure, &parameters, distributions, "distributions");
	for (size_t row = 0; row < distributions.count; row++)
		with_nulls |= !is_observed(comparison, row);
	matrix = new_matrix(distributions.count, with_nulls);
	fill_matrix(comparison, (double *) ARR_DATA_PTR(matrix));
	if (with_nulls)
		pack_nulls(matrix, (double *) ARR_DATA_PTR(matrix), distributions.count);
	PG_RETURN_ARRAYTYPE_P(matrix);
}

/*
 * divergence_matrix(distributions, measure, alpha, base, pseudocount, empty):
 * the values of a measure between every two rows, as an array whose element
 * [i][j] has row i as p and row j as q.  NULL in the row and column of a
 * distribution with nothing observed.
 */
SQL_FUNCTION(kldiv_divergence_matrix)
{
	return matrix_of(fcinfo, distributions_of_array);
}

/*
 * The same between every two histograms of an array, over the labels of all:
 * a pseudocount is added to each label that any of them has.
 */
SQL_FUNCTION(kldiv_divergence_matrix_histograms)
{
	return matrix_of(fcinfo, distributions_of_histograms);
}
