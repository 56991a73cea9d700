/*-------------------------------------------------------------------------
 *
 * label_place.h
 *	  Where a label belongs among others that a person looks at, and on a line.
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
	bool		is_number;		/* an interval that is a number among intervals */
} LabelPlace;

extern LabelPlace place_of_label(Label label);

/* Makes a number, or an infinity, an interval that ends where it begins, to be compared with others */
extern void place_among_intervals(Label label, LabelPlace *place);

/* 0 for labels of which only the bytes are left to compare */
extern int	compare_places(const LabelPlace *a, const LabelPlace *b);

/* Whether a label is a position on a line */
typedef enum LabelPosition
{
	POSITION_FOUND,
	POSITION_LEFT_OUT,			/* "(null)" and "(nan)" are nowhere */
	POSITION_UNKNOWN
} LabelPosition;

/*
 * The position of a number, or the bounds of an interval, whether these are in
 * it or not.  An open bin, which has but one edge, stands there; "(-inf, inf)"
 * has none.  A number that double precision cannot hold is none.
 */
extern LabelPosition position_of_label(Label label, double *from, double *to);

#endif							/* KLDIV_LABEL_PLACE_H */
