/*-------------------------------------------------------------------------
 *
 * counts.h
 *	  The door between weights and numbers of observations.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_INPUT_COUNTS_H
#define KLDIV_INPUT_COUNTS_H

#include "kldiv.h"

#include "math/weights.h"

/* Numbers of observations of all bins, absent ones too; a total of 0 is nothing observed */
typedef struct Counts
{
	const double *values;
	size_t		bins;
	double		total;
} Counts;

/* A door for one argument: what to say of weights that are no counts */
typedef enum CountsAdvice
{
	ONLY_COUNTS,				/* there is no way around */
	OR_SHARES_OF_N_P,			/* the function takes n_p */
	OR_SHARES_OF_N				/* n_p and n_q */
} CountsAdvice;

/* Weights of any kind, as they are: those of a distribution that is known */
extern Counts all_weights(Weights weights, const char *name);

/* Weights, which have to be whole numbers, together at most 2^53 */
extern Counts counts_of_weights(Weights weights, const char *name, CountsAdvice advice);

/* Refuses a total of several that are counts */
extern void check_total_of_counts(double total, const char *name);

#endif							/* KLDIV_INPUT_COUNTS_H */
