/*-------------------------------------------------------------------------
 *
 * parameters.h
 *	  What measures take besides p: one table of parameters.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_PARAMETERS_H
#define KLDIV_PARAMETERS_H

#include <stdbool.h>
#include <stddef.h>

/* Parameters are handed down whole, from SQL to the terms of a bin */
typedef struct Parameters
{
	double		alpha;			/* from 0 to infinity */
	double		base;			/* of the logarithm */
	double		pseudocount;	/* added to every weight */
	double		empty;			/* share that an empty bin is given */

	/* not from SQL: the samples' parts of all observations, for the terms of statistics/pooled.h */
	double		p_part;
	double		q_part;
} Parameters;

/* In the order of the SQL declarations */
typedef enum ParameterNumber
{
	PARAMETER_ALPHA,
	PARAMETER_BASE,
	PARAMETER_PSEUDOCOUNT,
	PARAMETER_EMPTY,
	PARAMETER_COUNT
} ParameterNumber;

/* What a measure takes is a set of these bits */
#define TAKES_REFERENCE		0x01	/* a second distribution, q */
#define TAKES(number)		(2u << (number))
#define TAKES_ALPHA			TAKES(PARAMETER_ALPHA)
#define TAKES_BASE			TAKES(PARAMETER_BASE)
#define TAKES_PSEUDOCOUNT	TAKES(PARAMETER_PSEUDOCOUNT)
#define TAKES_EMPTY			TAKES(PARAMETER_EMPTY)
#define TAKES_NOTHING_ELSE	0

typedef struct Parameter
{
	const char *name;			/* of the SQL argument */
	size_t		offset;			/* in Parameters */
	double		neutral;		/* for measures that do not take it */
	double		otherwise;		/* for those that do, if it is not given; NaN if it has to be */
	double		least;			/* that is allowed, */
	double		greatest;		/* and that is; NaN never is */
	const char *requirement;	/* "alpha must be ..." */
	const char *example;		/* of an SQL argument, for who has forgotten it */
} Parameter;

extern const Parameter parameter_table[PARAMETER_COUNT];

/* The base of natural logarithms as a float8; as a parameter it means nats, exactly */
#define EULER 2.718281828459045

/* What a set of parameters is if none is given; alpha is 1 where it has to be */
extern Parameters default_parameters(unsigned takes);

static inline double *
parameter_of(Parameters *parameters, ParameterNumber number)
{
	return (double *) ((char *) parameters + parameter_table[number].offset);
}

static inline bool
is_allowed(const Parameter *parameter, double value)
{
	return value >= parameter->least && value <= parameter->greatest;
}

#endif							/* KLDIV_PARAMETERS_H */
