/*-------------------------------------------------------------------------
 *
 * bin_edges.c
 *	  The bins between edges, and their labels, which can be read and sorted.
 *
 * Bins are numbered as by width_bucket(value, edges): below the first edge is
 * bin 0, an edge belongs to the bin above it.  Numbers have leading zeros, so
 * that labels sort by their bytes in the order of the bins:
 * "00 (-inf, 12.5)", "01 [12.5, 20)", "02 [20, inf)".
 *
 * An edge that is repeated, as the deciles of data with many ties are, is a bin
 * of its own: "00 (-inf, 0)", "01 [0, 0]", "02 (0, 20)", "03 [20, inf)".  If it
 * were not, a shift from the ties to what is above them would not be seen.
 *
 * What a label is:
 *
 *		label	  number " " interval | "(null)" | "(nan)"
 *		number	  decimal digits: at least two, the same number for all bins
 *		interval  ("[" | "(") bound ", " bound (")" | "]")
 *		bound	  "-inf" | "inf" | the shortest decimal that reads back as the
 *				  float8, with an exponent (1e-05, 1e+15) as float8 has it
 *
 * A bracket says that the bound is in the bin, a parenthesis that it is not;
 * but that -Infinity and Infinity are in the outer bins, "(-inf, 0)" and
 * "[20, inf)", unless they have bins of one point: "[-inf, -inf]", "[inf, inf]".
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/bin_edges.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "compatibility.h"
#include "input/arrays.h"

Edges *
new_edges(MemoryContext parent)
{
	Edges	   *edges = MemoryContextAllocZero(parent, sizeof(Edges));

	edges->memory = AllocSetContextCreate(parent, "bins between edges", ALLOCSET_SMALL_SIZES);
	return edges;
}

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
		if (isnan(values[i]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("edge must not be NaN"),
					 errdetail("Argument \"edges\" has NaN at position %d.", i + 1)));
		if (i > 0 && values[i] < values[i - 1])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("edges must be in ascending order"),
					 errdetail("Argument \"edges\" has %s at position %d, behind %s.",
							   float8out_internal(values[i]), i + 1, float8out_internal(values[i - 1]))));
	}
}

/*
 * Bins end before an edge; if it is repeated, behind it as well.  Nothing ends
 * before -Infinity or behind Infinity, nor before a single Infinity: the outer
 * bins are open, with or without such edges.
 */
static void
find_ends(Edges *edges, const double *values, int count)
{
	edges->count = 0;
	for (int i = 0; i < count; i++)
	{
		bool		repeated = i > 0 && values[i] == values[i - 1];
		bool		again = i + 1 < count && values[i] == values[i + 1];

		CHECK_FOR_INTERRUPTS();
		if (repeated && i > 1 && values[i] == values[i - 2])
			continue;
		if (isinf(values[i]) && (values[i] < 0.0 ? !repeated : repeated || !again))
			continue;
		edges->values[edges->count] = values[i] + 0.0;	/* not -0 */
		edges->behind[edges->count] = repeated;
		edges->starts[edges->count] = repeated ? nextafter(edges->values[edges->count], INFINITY) : edges->values[edges->count];
		edges->count++;
	}
	for (int i = 0; i < FEW_EDGES; i++)
		edges->starts[edges->count + i] = NAN;
}

void
keep_edges(Edges *edges, ArrayType *array)
{
	int			count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	ArrayType  *copy;

	check_edges(array);
	edges->array = NULL;
	MemoryContextReset(edges->memory);
	copy = MemoryContextAlloc(edges->memory, VARSIZE(array));
	memcpy(copy, array, VARSIZE(array));
	edges->values = MemoryContextAllocHuge(edges->memory, count * sizeof(double));
	edges->behind = MemoryContextAllocHuge(edges->memory, count * sizeof(bool));
	edges->starts = MemoryContextAllocHuge(edges->memory, (count + (Size) FEW_EDGES) * sizeof(double));
	find_ends(edges, (const double *) ARR_DATA_PTR(array), count);
	edges->labels = MemoryContextAllocExtended(edges->memory, (edges->count + (Size) 1) * sizeof(text *),
											   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	edges->array = copy;
}

static bool
is_edge(const Edges *edges, double value)
{
	int			bin = bin_of(edges, value);

	return (bin > 0 && edges->values[bin - 1] == value) || (bin < edges->count && edges->values[bin] == value);
}

/*
 * A float4 as the float8 that is meant: the one with the same shortest decimal,
 * so that 0.7 is not below an edge of 0.7; but as it is if just that is an edge,
 * since edges computed from the same column are.  Both are between the float4
 * below and the one above, so that the order of values stays.
 */
int
bin_of_real(const Edges *edges, float value)
{
	char		decimal[FLOAT_SHORTEST_DECIMAL_LEN];
	int			bin = bin_of(edges, value);

	/* as a rule no edge is near */
	if (isinf(value) || is_edge(edges, value) ||
		bin_of(edges, nextafterf(value, -INFINITY)) == bin_of(edges, nextafterf(value, INFINITY)))
		return bin;
	float_to_shortest_decimal_buf(value, decimal);
	return bin_of(edges, strtod(decimal, NULL));
}

static text *
format_label(const Edges *edges, int bin)
{
	char		from[DOUBLE_SHORTEST_DECIMAL_LEN] = "-inf";
	char		to[DOUBLE_SHORTEST_DECIMAL_LEN] = "inf";
	char		label[2 * DOUBLE_SHORTEST_DECIMAL_LEN + 20];
	int			digits = snprintf(NULL, 0, "%d", edges->count);
	bool		has_from = bin > 0 && !edges->behind[bin - 1];
	bool		has_to = bin < edges->count && edges->behind[bin];

	if (bin > 0 && isinf(edges->values[bin - 1]))
	{
		/* of -Infinity or Infinity, if they are edges at all, one bin is made */
		strcpy(from, edges->values[bin - 1] < 0.0 ? "-inf" : "inf");
		has_to = has_to || edges->values[bin - 1] > 0.0;
	}
	else if (bin > 0)
		double_to_shortest_decimal_buf(edges->values[bin - 1], from);
	if (bin < edges->count && isinf(edges->values[bin]))
	{
		strcpy(to, edges->values[bin] < 0.0 ? "-inf" : "inf");
		has_from = has_from || edges->values[bin] < 0.0;
	}
	else if (bin < edges->count)
		double_to_shortest_decimal_buf(edges->values[bin], to);
	snprintf(label, sizeof(label), "%0*d %c%s, %s%c", Max(digits, 2), bin,
			 has_from ? '[' : '(', from, to, has_to ? ']' : ')');
	return cstring_to_text(label);
}

text *
label_of_bin(Edges *edges, int bin)
{
	if (edges->labels[bin] == NULL)
	{
		MemoryContext caller = MemoryContextSwitchTo(edges->memory);

		edges->labels[bin] = format_label(edges, bin);
		MemoryContextSwitchTo(caller);
	}
	return edges->labels[bin];
}
