/*-------------------------------------------------------------------------
 *
 * adjustment.h
 *	  P-values adjusted for how many of them there are.
 *
 * The adjusted one of a p-value depends on its rank, and is never less than
 * that of a smaller one: whoever has them sorted hands them one by one, in the
 * method's direction.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ADJUSTMENT_H
#define KLDIV_ADJUSTMENT_H

/* In the order of their names, which end with NULL; the first one is the default */
typedef enum AdjustmentMethod
{
	BENJAMINI_HOCHBERG,
	BENJAMINI_YEKUTIELI,
	HOLM,
	BONFERRONI
} AdjustmentMethod;

extern const char *const adjustment_names[];

typedef struct Adjustment
{
	AdjustmentMethod method;
	double		count;			/* of all p-values */
	double		factor;			/* of all of them */
	double		rank;			/* of the next one, from 1 for the smallest */
	double		extreme;		/* adjusted value so far */
} Adjustment;

/* Bonferroni's values do not depend on the rank: any order will do */
static inline int
needs_no_order(AdjustmentMethod method)
{
	return method == BONFERRONI;
}

/* Others want the largest one first, or the smallest */
static inline int
wants_largest_first(AdjustmentMethod method)
{
	return method == BENJAMINI_HOCHBERG || method == BENJAMINI_YEKUTIELI;
}

/* For so many p-values.  For Benjamini and Yekutieli it adds up as many terms */
extern Adjustment begin_adjustment(AdjustmentMethod method, double count);

/* The adjusted value of the next p-value */
static inline double
next_adjusted(Adjustment *adjustment, double p)
{
	double		value;

	p += 0.0;					/* never -0 */
	switch (adjustment->method)
	{
		case BENJAMINI_HOCHBERG:
		case BENJAMINI_YEKUTIELI:
			value = adjustment->factor * adjustment->count / adjustment->rank * p;
			adjustment->rank -= 1.0;
			adjustment->extreme = value < adjustment->extreme ? value : adjustment->extreme;
			return adjustment->extreme;
		case HOLM:
			value = (adjustment->count + 1.0 - adjustment->rank) * p;
			adjustment->rank += 1.0;
			adjustment->extreme = value > adjustment->extreme ? value : adjustment->extreme;
			return adjustment->extreme < 1.0 ? adjustment->extreme : 1.0;
		case BONFERRONI:
			break;
	}
	value = adjustment->count * p;
	return value < 1.0 ? value : 1.0;
}

#endif							/* KLDIV_ADJUSTMENT_H */
