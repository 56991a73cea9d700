/*-------------------------------------------------------------------------
 *
 * measure.h
 *	  Measures of dependence: what two variables say about each other.
 *
 * Of a joint distribution of X, in rows, and Y, in columns, all are made of its
 * mutual information, the entropies of its margins and what one variable leaves
 * open of the other.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_JOINT_MEASURE_H
#define KLDIV_JOINT_MEASURE_H

#include <stdbool.h>

/* Names of the measures of dependence: for each, NAME_measure is its entry of the table */
#define FOR_EACH_DEPENDENCE_MEASURE(macro) \
	FOR_EACH_DEPENDENCE_IN_UNITS(macro) \
	FOR_EACH_DEPENDENCE_SHARE(macro)

/* Those in units of information, which take the base of the logarithm, and those that are shares of it */
#define FOR_EACH_DEPENDENCE_IN_UNITS(macro) \
	macro(mutual_information) \
	macro(conditional_entropy)
#define FOR_EACH_DEPENDENCE_SHARE(macro) \
	macro(normalized_mutual_information) \
	macro(theils_u)

/* In nats.  What a measure has no need of is not there. */
typedef struct Dependence
{
	double		information;	/* I(X;Y), at most either entropy */
	double		x_left_open;	/* H(X|Y), at most H(X) */
	double		x_entropy;
	double		y_entropy;
	bool		y_determines_x;	/* no column has more than one cell that weighs something */
	bool		x_determines_y;
} Dependence;

typedef struct DependenceMeasure
{
	const char *name;
	const char *description;
	bool		symmetric;		/* the same, to the bit, if rows and columns change places */
	bool		takes_base;
	bool		of_left_open;	/* made of x_left_open, not of information */
	bool		(*value) (const Dependence *dependence, double *value);	/* false if there is none */
} DependenceMeasure;

#define DECLARE_DEPENDENCE_MEASURE(name) extern const DependenceMeasure name ## _measure;
FOR_EACH_DEPENDENCE_MEASURE(DECLARE_DEPENDENCE_MEASURE)

/* All of them in the order above; NULL behind the last one */
extern const DependenceMeasure *const dependence_measures[];

#endif							/* KLDIV_JOINT_MEASURE_H */
