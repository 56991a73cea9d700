/*-------------------------------------------------------------------------
 *
 * shown_kinds.c
 *	  The kind of a column as a report shows it.
 *
 *-------------------------------------------------------------------------
 */
#include "columns/shown_kinds.h"

#include "miscadmin.h"

#include "histogram/label_place.h"

/* Whether a label says which value it is of */
static bool
is_of_one_value(const Column *column, Label label)
{
	LabelPlace	place;

	if (column->kind == KIND_MONTHS)
		return false;
	if (column->kind != KIND_NUMBERS)
		return true;
	place = place_of_label(label);
	return place.kind == INTERVAL && place.bounds[0] == place.bounds[1];
}

/* How many labels a column has in all cohorts, but for that of NULL: 0, 1, or 2 for more; which one is in label */
static int
count_labels(const Cohorts *cohorts, int column, Label *label)
{
	Label		null_label = NULL_LABEL;
	int			found = 0;

	for (int c = 0; c < cohorts->count; c++)
	{
		const Histogram *histogram = cohorts->items[c].columns[column].histogram;

		for (uint32 bin = 0; bin < histogram->count; bin++)
		{
			Label		other = histogram_label(histogram, bin);

			CHECK_FOR_INTERRUPTS();
			if (histogram->weights[bin] == 0.0 || compare_labels(other, null_label) == 0)
				continue;
			if (found > 0 && compare_labels(other, *label) != 0)
				return 2;
			*label = other;
			found = 1;
		}
	}
	return found;
}

ColumnKind *
shown_kinds(const ColumnsQuery *query, const Cohorts *cohorts)
{
	ColumnKind *kinds = palloc(Max(query->count, 1) * sizeof(ColumnKind));

	for (int i = 0; i < query->count; i++)
	{
		Label		label = {NULL, 0};
		int			labels;

		kinds[i] = query->columns[i].kind;
		if (kinds[i] == KIND_TOO_MANY_VALUES)
			continue;
		labels = count_labels(cohorts, i, &label);
		if (labels == 0)
			kinds[i] = KIND_NO_DATA;
		else if (labels == 1 && is_of_one_value(&query->columns[i], label))
			kinds[i] = KIND_CONSTANT;
		else if (kinds[i] == KIND_NO_DATA)
			kinds[i] = KIND_VALUES; /* the reference has none, others have */
	}
	return kinds;
}
