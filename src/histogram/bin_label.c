/*-------------------------------------------------------------------------
 *
 * bin_label.c
 *	  bin_label: the bin of a number as text that can be read and sorted.
 *
 * Bins are numbered as by width_bucket(value, edges): below the first edge is
 * bin 0, an edge belongs to the bin above it.  Numbers have leading zeros, so
 * that labels sort by their bytes in the order of the bins:
 * "00 (-inf, 12.5)", "01 [12.5, 20)", "02 [20, inf)".
 *
 * Equal edges count once, since the deciles of data with many ties have some.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "input/arrays.h"

/* What is known of the edges of the last call; a query has the same ones in every row, as a rule */
typedef struct Edges
{
	MemoryContext memory;		/* of what follows, emptied when others come */
	ArrayType  *array;			/* as they came */
	double	   *values;			/* ascending, each once */
	int			count;
	text	  **labels;			/* of the count + 1 bins; NULL until one is asked for */
} Edges;

static void
check_edges(ArrayType *array)
{
	const double *values = (const double *) ARR_DATA_PTR(array);
	int			count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));

	if (ARR_NDIM(array) > 1 || count == 0)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("edges must be an array of one dimension with at least one element"),
				 count == 0 ? errdetail("Argument \"edges\" is empty.") :
				 errdetail("Argument \"edges\" has %d dimensions.", ARR_NDIM(array))));
	if (array_contains_nulls(array))
	{
		Weights		edges = array_weights(array);
		size_t		first = 0;

		while (is_present(&edges, first))
			first++;
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("edge must not be NULL"),
				 errdetail("Argument \"edges\" has NULL at position %zu.", first + 1)));
	}
	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (isnan(values[i]) || isinf(values[i]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("edge must be finite"),
					 errdetail("Argument \"edges\" has %s at position %d.", float8out_internal(values[i]), i + 1),
					 errhint("The outer bins are open: no edge is needed at their ends.")));
		if (i > 0 && values[i] < values[i - 1])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("edges must be in ascending order"),
					 errdetail("Argument \"edges\" has %s at position %d, behind %s.",
							   float8out_internal(values[i]), i + 1, float8out_internal(values[i - 1]))));
	}
}

static void
keep_edges(Edges *edges, ArrayType *array)
{
	const double *values = (const double *) ARR_DATA_PTR(array);
	int			count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	ArrayType  *copy;

	check_edges(array);
	edges->array = NULL;
	MemoryContextReset(edges->memory);
	copy = MemoryContextAlloc(edges->memory, VARSIZE(array));
	memcpy(copy, array, VARSIZE(array));
	edges->values = MemoryContextAllocHuge(edges->memory, count * sizeof(double));
	edges->count = 0;
	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (i == 0 || values[i] > values[i - 1])
			edges->values[edges->count++] = values[i] + 0.0;	/* not -0 */
	}
	edges->labels = MemoryContextAllocExtended(edges->memory, (edges->count + (Size) 1) * sizeof(text *),
											   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	edges->array = copy;
}

static Edges *
edges_of_argument(FunctionCallInfo fcinfo, int argument)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argument);
	Edges	   *edges = fcinfo->flinfo->fn_extra;

	if (edges == NULL)
	{
		edges = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(Edges));
		edges->memory = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "bin_label", ALLOCSET_SMALL_SIZES);
		fcinfo->flinfo->fn_extra = edges;
	}
	if (edges->array == NULL || VARSIZE(edges->array) != VARSIZE(array) ||
		memcmp(edges->array, array, VARSIZE(array)) != 0)
		keep_edges(edges, array);
	return edges;
}

/* The number of edges that are not above a value */
static int
bin_of(const Edges *edges, double value)
{
	int			low = 0;
	int			high = edges->count;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;

		if (value < edges->values[middle])
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static text *
format_label(const Edges *edges, int bin)
{
	char		from[DOUBLE_SHORTEST_DECIMAL_LEN] = "-inf";
	char		to[DOUBLE_SHORTEST_DECIMAL_LEN] = "inf";
	char		label[2 * DOUBLE_SHORTEST_DECIMAL_LEN + 20];
	int			digits = snprintf(NULL, 0, "%d", edges->count);

	if (bin > 0)
		double_to_shortest_decimal_buf(edges->values[bin - 1], from);
	if (bin < edges->count)
		double_to_shortest_decimal_buf(edges->values[bin], to);
	snprintf(label, sizeof(label), "%0*d %c%s, %s)", Max(digits, 2), bin, bin > 0 ? '[' : '(', from, to);
	return cstring_to_text(label);
}

/*
 * bin_label(value, edges): the number of the bin between edges and its bounds;
 * "(null)" for NULL and "(nan)" for NaN, so that their shares are seen.
 */
PG_FUNCTION_INFO_V1(kldiv_bin_label);
Datum
kldiv_bin_label(PG_FUNCTION_ARGS)
{
	Edges	   *edges;
	text	   *result;
	int			bin;

	if (PG_ARGISNULL(1))
		PG_RETURN_NULL();
	edges = edges_of_argument(fcinfo, 1);
	if (PG_ARGISNULL(0))
		PG_RETURN_TEXT_P(cstring_to_text("(null)"));
	if (isnan(PG_GETARG_FLOAT8(0)))
		PG_RETURN_TEXT_P(cstring_to_text("(nan)"));

	bin = bin_of(edges, PG_GETARG_FLOAT8(0));
	if (edges->labels[bin] == NULL)
	{
		MemoryContext caller = MemoryContextSwitchTo(edges->memory);

		edges->labels[bin] = format_label(edges, bin);
		MemoryContextSwitchTo(caller);
	}
	/* the caller may free what it gets */
	result = palloc(VARSIZE(edges->labels[bin]));
	memcpy(result, edges->labels[bin], VARSIZE(edges->labels[bin]));
	PG_RETURN_TEXT_P(result);
}
