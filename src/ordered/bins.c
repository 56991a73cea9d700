/*-------------------------------------------------------------------------
 *
 * bins.c
 *	  histogram_edges, histogram_rebin, histogram_quantile and
 *	  histogram_quantiles: of histograms whose labels are numbers or intervals.
 *
 * A number is a point, the weight of an interval is spread over it evenly, and
 * open bins stand at their edge, as for ordered measures; a label that is none
 * of these, nor "(null)" or "(nan)", is an error (22023).
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

#include "histogram/bin_edges.h"
#include "histogram/label_place.h"
#include "input/arrays.h"
#include "input/findings.h"
#include "input/parameters.h"
#include "math/ordered/quantiles.h"
#include "ordered/intervals.h"
#include "parallel/threads.h"

static int
compare_numbers(const void *left, const void *right)
{
	double		a = *(const double *) left;
	double		b = *(const double *) right;

	CHECK_FOR_INTERRUPTS();
	return (a > b) - (a < b);
}

/* One after the other in order; a number that is one of the points occurs twice, all others once */
static ArrayType *
array_of_edges(double *edges, size_t count, double *points, size_t point_count)
{
	ArrayType  *array;
	size_t		kept = 0;
	size_t		point = 0;

	qsort(edges, count, sizeof(double), compare_numbers);
	qsort(points, point_count, sizeof(double), compare_numbers);
	for (size_t i = 0; i < count; i++)
	{
		bool		is_point;

		CHECK_FOR_INTERRUPTS();
		while (point < point_count && points[point] < edges[i])
			point++;
		is_point = point < point_count && points[point] == edges[i];
		if (kept > 0 && edges[kept - 1] == edges[i] && (!is_point || (kept > 1 && edges[kept - 2] == edges[i])))
			continue;
		edges[kept++] = edges[i];
	}
	if (kept == 0)
		return construct_empty_array(FLOAT8OID);
	array = new_weight_array(1, (int[]) {(int) kept}, (int[]) {1});
	memcpy(ARR_DATA_PTR(array), edges, kept * sizeof(double));
	return array;
}

/*
 * histogram_edges(h): the finite bounds of all labels that are intervals, in
 * ascending order and once each, but for that of an interval of one point, as
 * [0, 0], which is there twice: what bin_label(value, edges) takes for the same
 * bins.  Empty if no label is an interval.
 */
SQL_FUNCTION(kldiv_histogram_edges)
{
	Histogram  *histogram = PG_GETARG_HISTOGRAM(0);
	double	   *edges = MemoryContextAllocHuge(CurrentMemoryContext, Max(histogram->count, 1) * 2 * sizeof(double));
	double	   *points = MemoryContextAllocHuge(CurrentMemoryContext, Max(histogram->count, 1) * sizeof(double));
	size_t		count = 0;
	size_t		point_count = 0;

	(void) places_of_labels(histogram, "h");
	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		LabelPlace	place = place_of_label(histogram_label(histogram, bin));

		CHECK_FOR_INTERRUPTS();
		if (place.kind != INTERVAL)
			continue;
		for (int i = 0; i < 2; i++)
			if (!isinf(place.bounds[i]))
				edges[count++] = place.bounds[i] + 0.0;
		if (place.bounds[0] == place.bounds[1] && !isinf(place.bounds[0]))
			points[point_count++] = place.bounds[0] + 0.0;
	}
	PG_RETURN_ARRAYTYPE_P(array_of_edges(edges, count, points, point_count));
}

/* The bin of values that are just below an edge, or just above it */
static int
bin_beside(const Edges *edges, double edge, bool above)
{
	int			bin = bin_of(edges, edge);

	while (above && bin < edges->count && edges->values[bin] == edge)
		bin++;
	while (!above && bin > 0 && edges->values[bin - 1] == edge)
		bin--;
	return bin;
}

/* Divides the weight of an interval among the bins that it reaches into */
static void
divide_interval(const Edges *edges, const Stretch *stretch, double *weights)
{
	for (int bin = bin_of(edges, stretch->from); bin <= edges->count; bin++)
	{
		double		from = bin > 0 ? edges->values[bin - 1] : -get_float8_infinity();
		double		to = bin < edges->count ? edges->values[bin] : get_float8_infinity();

		CHECK_FOR_INTERRUPTS();
		weights[bin] += part_between(stretch, from, to);
		if (to >= stretch->to)
			break;
	}
}

/*
 * Adds the weight of a label to the bins between edges.  An open bin is beside
 * its edge: so it is the open bin of the same edge again.
 */
static void
spread_over_edges(const Edges *edges, Label label, Stretch place, double weight, double *weights)
{
	LabelPlace	bounds = {.kind = NUMBER};

	place.weight = weight;
	if (place.from < place.to)
	{
		divide_interval(edges, &place, weights);
		return;
	}
	if (!isinf(place.from))
		bounds = place_of_label(label);
	if (bounds.kind == INTERVAL && bounds.bounds[0] != bounds.bounds[1])
		weights[bin_beside(edges, place.from, isinf(bounds.bounds[1]))] += weight;
	else
		weights[bin_of(edges, place.from)] += weight;
}

static Histogram *
rebinned_histogram(const Histogram *histogram, Edges *edges)
{
	Stretch    *places = places_of_labels(histogram, "h");
	double	   *weights = MemoryContextAllocExtended(CurrentMemoryContext, ((Size) edges->count + 1) * sizeof(double),
													 MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	BinList		bins;
	Label		duplicate;

	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		if (places[bin].weight > 0.0)
			spread_over_edges(edges, histogram_label(histogram, bin), places[bin], histogram->weights[bin], weights);
	}
	begin_bins(&bins, (uint32) edges->count + 3);
	for (int bin = 0; bin <= edges->count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		add_bin(&bins, text_label(label_of_bin(edges, bin)), weights[bin]);
	}
	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		CHECK_FOR_INTERRUPTS();
		if (places[bin].weight == 0.0)
			add_bin(&bins, histogram_label(histogram, bin), histogram->weights[bin]);
	}
	return complete_histogram(histogram_of_bins(&bins, &duplicate));
}

/*
 * histogram_rebin(h, edges): the weights over the bins that bin_label(value,
 * edges) makes, all of them, with its labels.  Points stay whole, an edge belongs
 * to the bin above it, and intervals are divided in proportion, which is exact
 * where their bounds are edges.  Open bins stay whole beside their edge.  The labels "(null)" and "(nan)" stay.  Edges are
 * as for bin_label: ascending, none NULL or NaN.
 */
SQL_FUNCTION(kldiv_histogram_rebin)
{
	Histogram  *histogram = PG_GETARG_HISTOGRAM(0);
	Edges	   *edges = new_edges(CurrentMemoryContext);

	keep_edges(edges, PG_GETARG_ARRAYTYPE_P(1));
	PG_RETURN_HISTOGRAM(rebinned_histogram(histogram, edges));
}

/* Quantiles in the order of ascending fractions; false if there is no weight */
static bool
find_quantiles(const Histogram *histogram, const double *fractions, size_t count, double *quantiles)
{
	IntervalList list = intervals_of_histogram(histogram, places_of_labels(histogram, "h"), NULL);
	Intervals	side = {list.items, list.count,
	MemoryContextAllocHuge(CurrentMemoryContext, Max(list.count, 1) * sizeof(uint32))};
	Finding		finding;

	quantiles_of_intervals(&side, fractions, count, quantiles, run_slabs_interruptibly, &finding);
	report_finding(&finding, "h", "h");
	return finding.judgement == WEIGHTS_VALID;
}

/*
 * histogram_quantile(h, fraction): the smallest position at which the
 * distribution function reaches a fraction, from 0 to 1: within an interval as
 * far as its part of the weight, at a point as percentile_disc.  NULL if h has
 * no weight.
 */
SQL_FUNCTION(kldiv_histogram_quantile)
{
	double		fraction = PG_GETARG_FLOAT8(1);
	double		quantile;

	check_argument(fraction >= 0.0 && fraction <= 1.0, "fraction", fraction, "a number from 0 to 1");
	if (!find_quantiles(PG_GETARG_HISTOGRAM(0), &fraction, 1, &quantile))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(quantile);
}

/* A fraction, and where it was in its array */
typedef struct Fraction
{
	double		fraction;
	size_t		position;
} Fraction;

static int
compare_fractions(const void *left, const void *right)
{
	return compare_numbers(&((const Fraction *) left)->fraction, &((const Fraction *) right)->fraction);
}

/* The fractions of an array that are there, in order */
static size_t
sorted_fractions(ArrayType *array, Fraction *sorted)
{
	Weights		elements = array_weights(array);
	size_t		count = 0;

	for (size_t i = 0; i < elements.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!is_present(&elements, i))
			continue;
		sorted[count] = (Fraction) {elements.values[count], count};
		if (!(sorted[count].fraction >= 0.0 && sorted[count].fraction <= 1.0))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("fraction must be a number from 0 to 1"),
					 errdetail("Argument \"fractions\" has %s at position %zu.", float8out_internal(sorted[count].fraction), i + 1)));
		count++;
	}
	qsort(sorted, count, sizeof(Fraction), compare_fractions);
	return count;
}

/*
 * histogram_quantiles(h, fractions): the quantiles of all elements of an array,
 * in an array of the same shape, with NULL for NULL.
 */
SQL_FUNCTION(kldiv_histogram_quantiles)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P_COPY(1);
	size_t		most = Max(array_weights(array).count, 1);
	Fraction   *sorted = MemoryContextAllocHuge(CurrentMemoryContext, most * sizeof(Fraction));
	double	   *fractions = MemoryContextAllocHuge(CurrentMemoryContext, most * sizeof(double));
	double	   *quantiles = MemoryContextAllocHuge(CurrentMemoryContext, most * sizeof(double));
	size_t		count = sorted_fractions(array, sorted);

	for (size_t i = 0; i < count; i++)
		fractions[i] = sorted[i].fraction;
	if (!find_quantiles(PG_GETARG_HISTOGRAM(0), fractions, count, quantiles))
		PG_RETURN_NULL();
	for (size_t i = 0; i < count; i++)
		((double *) ARR_DATA_PTR(array))[sorted[i].position] = quantiles[i];
	PG_RETURN_ARRAYTYPE_P(array);
}
