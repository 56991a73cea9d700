/*-------------------------------------------------------------------------
 *
 * measure.h
 *	  What is true of a measure, and the table of all.
 *
 * Everything that anybody has to know of a measure is in its entry of the
 * table, which is in its family's file: see measures/families.h.  Whoever has
 * weights, from wherever, hands them with an entry to evaluate_measure(),
 * value_of_rows() or a comparison.
 *
 * Definitions and notation: T. M. Cover, J. A. Thomas, Elements of Information
 * Theory, 2nd ed. (2006), ch. 2 and 17; T. van Erven, P. Harremoes, Renyi
 * Divergence and Kullback-Leibler Divergence, IEEE Transactions on Information
 * Theory 60 (2014); A. L. Gibbs, F. E. Su, On Choosing and Bounding Probability
 * Metrics, International Statistical Review 70 (2002).
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_MEASURE_H
#define KLDIV_MEASURE_H

#include <stddef.h>

#include "math/measures/families.h"
#include "math/parameters.h"

/* So that what nobody has said can be told from no */
typedef enum Answer
{
	NOT_SAID,
	NO,
	YES
} Answer;

typedef enum MeasureKind
{
	KIND_NOT_SAID,
	ENTROPY,					/* of one distribution, from logarithms of its own shares */
	CROSS_ENTROPY,				/* from logarithms of q's shares, weighted with p */
	DIVERGENCE					/* of p from q: 0 if, and only if, they are equal */
} MeasureKind;

/* See pair/formula.h, rows/rows.h, many/panel_form.h and many/filter.h */
typedef struct Formula Formula;
typedef struct MeasurePlan MeasurePlan;
typedef struct RowFamily RowFamily;
typedef struct PanelForm PanelForm;
typedef struct HellingerBounds HellingerBounds;

typedef struct Measure
{
	const char *name;			/* of its SQL functions */
	const char *description;
	MeasureKind kind;
	unsigned	takes;			/* TAKES_... */
	Answer		symmetric;		/* the same, to the bit, when p and q change places */
	Answer		metric;			/* obeys the triangle inequality as well */
	Answer		additive;		/* it, or its square if it is a square root, is a sum over bins */
	const char *unit;
	const char *range;
	double		maximum;		/* for any bins; ever exceeded by none */
	double		large_sample;	/* near equality, before the transform: so many times chi-square, times alpha if that is taken; 0: nothing such */
	double		nanoseconds;	/* that a bin takes a fast CPU, all in all; for deciding how to run */
	const Formula *formula;
	void		(*plan) (MeasurePlan *plan, const Parameters *parameters);	/* what alpha changes, at its limits; NULL if none is taken */
	double		(*transform) (double value);	/* of the logarithmic value, at the end */
	const RowFamily *rows;		/* state for rows; keeps_rows says that there is none of fixed size */
	const PanelForm *panels;	/* how many are compared at once; pair_by_pair if only so */
	const HellingerBounds *bounds;	/* what is known of a value from Hellinger's distance; no_bounds if nothing */
} Measure;

#define DECLARE_MEASURE(name) extern const Measure name ## _measure;

FOR_EACH_MEASURE(DECLARE_MEASURE)

/* By position, from 0; NULL behind the last one */
extern const Measure *measure_at(size_t position);

/* By the name of its SQL functions; NULL if there is none */
extern const Measure *find_measure(const char *name);

/* What several measures have in common */
extern double as_it_is(double value);
extern double square_root(double value);

/* The value in the measure's own unit and form */
extern double value_of_nats(const Measure *measure, double nats, double base);

/* And back, of a measure that is its logarithmic value or the root of that; rounded */
extern double nats_of_value(const Measure *measure, double value, double base);

#endif							/* KLDIV_MEASURE_H */
