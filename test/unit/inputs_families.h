/*-------------------------------------------------------------------------
 *
 * inputs_families.h
 *	  What inputs.c shares with the files of families, and nobody else.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TEST_INPUTS_FAMILIES_H
#define KLDIV_TEST_INPUTS_FAMILIES_H

#include <stddef.h>
#include <stdint.h>

/* Where we are, and what the family's row in the table says. */
typedef struct InputSource
{
	uint64_t	state;			/* of splitmix64 */
	size_t		bin;
	size_t		bins;
	double		epsilon;		/* relative perturbation of q */
	double		factor;			/* between the totals of p and q */
} InputSource;

typedef void (*BinMaker) (InputSource *source, double *p, double *q);

typedef struct InputFamily
{
	const char *name;
	BinMaker	make_bin;
	double		epsilon;
	double		factor;
	size_t		least_bins;
} InputFamily;

/* Each ends with a row of no name. */
extern const InputFamily ordinary_families[];
extern const InputFamily near_families[];

/* Draws, each of which advances the source. */
extern double unit(InputSource *source);
extern int64_t below(InputSource *source, int64_t limit);
extern double perturbed(InputSource *source, double value);
extern double skewed_weight(InputSource *source);
extern double denormal_weight(InputSource *source);

extern double eighth_power(double u);

#endif							/* KLDIV_TEST_INPUTS_FAMILIES_H */
