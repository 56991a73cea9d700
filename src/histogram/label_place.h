/*-------------------------------------------------------------------------
 *
 * label_place.h
 *	  Where a label belongs among others that a person looks at.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_LABEL_PLACE_H
#define KLDIV_LABEL_PLACE_H

#include "histogram/histogram.h"

/* What a label is, in the order in which labels are shown */
typedef enum LabelKind
{
	MINUS_INFINITY,
	NUMBER,
	PLUS_INFINITY,
	NOT_A_NUMBER,
	WORDS,
	INTERVAL
} LabelKind;

typedef struct LabelPlace
{
	LabelKind	kind;
	bool		negative;		/* of a number in plain decimals, ... */
	Label		whole;			/* without leading zeros */
	Label		fraction;		/* without trailing zeros */
	double		bounds[2];		/* of an interval */
	bool		has_bound[2];	/* whether they are in it */
} LabelPlace;

extern LabelPlace place_of_label(Label label);

/* 0 for labels of which only the bytes are left to compare */
extern int	compare_places(const LabelPlace *a, const LabelPlace *b);

#endif							/* KLDIV_LABEL_PLACE_H */
