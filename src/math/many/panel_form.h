/*-------------------------------------------------------------------------
 *
 * panel_form.h
 *	  How many distributions are compared at once, faster than pair by pair.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_PANEL_FORM_H
#define KLDIV_PANEL_FORM_H

#include "math/measure.h"
#include "math/pair/vector.h"

/* What has been found for p and each q of a panel, in units of FULL_MASS */
typedef struct PanelSums
{
	const double *pair;			/* by the kernel, over all bins */
	double		p_own;			/* what p adds to all its pairs, as p, */
	const double *q_own;		/* and what q would add as p */
	const double *q_other;		/* what q adds to all its pairs, as q */
	const double *q_magnitude;	/* of what was added up for that */
} PanelSums;

struct PanelForm
{
	PanelKernelNumber kernel;	/* PANEL_NONE if each pair is evaluated alone */
	PanelPreparationNumber preparation;
	Answer		two_numbers;	/* for each bin of a distribution, instead of one */
	Answer		zeros_matter;	/* a value is infinite where only one side is 0, unless these are filled */
	double		disjoint;		/* the value in nats of distributions without a bin in common, or FOUND_OTHERWISE */
	double		nanoseconds;	/* that a bin of a pair takes a fast CPU */
	/* of p and each of LANES q, in nats; NaN if it may be inaccurate */
	void		(*values) (const PanelSums *sums, double *values);
};

/* No bin in common: a value that is right without being looked for */
#define FOUND_OTHERWISE 0.0

/* A value must not be smaller than what is added up for it by more than this: see comparison.c */
#define MOST_CANCELLATION 32.0

extern const PanelForm pair_by_pair;

#endif							/* KLDIV_PANEL_FORM_H */
