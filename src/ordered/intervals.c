/*-------------------------------------------------------------------------
 *
 * intervals.c
 *	  From histograms to weights on a line.
 *
 *-------------------------------------------------------------------------
 */
#include "ordered/intervals.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "histogram/label_place.h"

static int
compare_intervals(const void *left, const void *right)
{
	CHECK_FOR_INTERRUPTS();
	return compare_places_of_intervals(left, right);
}

static void
refuse_label(Label label, const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("label is neither a number nor an interval"),
			 errdetail("Argument \"%s\" has the label \"%s\".", name, label_for_message(label)),
			 errhint("Positions are labels such as 12.5 or [10, 20), as histogram_agg(x) and bin_label(x, edges) make them; (null) and (nan) are left out. The rest of histogram_top() is nowhere.")));
}

static Stretch *
new_stretches(size_t count)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(count, 1) * sizeof(Stretch));
}

Stretch *
places_of_labels(const Histogram *histogram, const char *name)
{
	Stretch    *places = new_stretches(histogram->count);

	for (uint32 bin = 0; bin < histogram->count; bin++)
	{
		Label		label = histogram_label(histogram, bin);
		LabelPosition position = position_of_label(label, &places[bin].from, &places[bin].to);

		CHECK_FOR_INTERRUPTS();
		if (position == POSITION_UNKNOWN)
			refuse_label(label, name);
		places[bin].weight = position == POSITION_LEFT_OUT ? 0.0 : 1.0;
	}
	return places;
}

static int
compare_bins_by_place(const void *left, const void *right, void *places)
{
	uint32		a = *(const uint32 *) left;
	uint32		b = *(const uint32 *) right;
	int			difference = compare_intervals((const Stretch *) places + a, (const Stretch *) places + b);

	return difference != 0 ? difference : (a > b) - (a < b);
}

uint32 *
order_of_places(const Stretch *places, uint32 count)
{
	uint32	   *order;
	bool		in_order = true;

	for (uint32 bin = 1; bin < count && in_order; bin++)
		in_order = compare_intervals(&places[bin - 1], &places[bin]) <= 0;
	if (in_order)
		return NULL;
	order = MemoryContextAllocHuge(CurrentMemoryContext, count * sizeof(uint32));
	for (uint32 bin = 0; bin < count; bin++)
		order[bin] = bin;
	qsort_arg(order, count, sizeof(uint32), compare_bins_by_place, unconstify(Stretch *, places));
	return order;
}

IntervalList
intervals_of_histogram(const Histogram *histogram, const Stretch *places, const uint32 *order)
{
	IntervalList list = {.items = new_stretches(histogram->count), .are_points = true};
	bool		in_order = true;

	for (uint32 i = 0; i < histogram->count; i++)
	{
		uint32		bin = order != NULL ? order[i] : i;
		Stretch		item = places[bin];

		CHECK_FOR_INTERRUPTS();
		item.weight *= histogram->weights[bin];
		if (item.weight == 0.0)
			continue;
		in_order = in_order && (list.count == 0 || compare_places_of_intervals(&list.items[list.count - 1], &item) <= 0);
		list.are_points = list.are_points && item.from == item.to;
		list.items[list.count++] = item;
	}
	/* without a known order, or at one place by weight */
	if (!in_order)
		qsort(list.items, list.count, sizeof(Stretch), compare_intervals);
	return list;
}
