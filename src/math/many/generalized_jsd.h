/*-------------------------------------------------------------------------
 *
 * generalized_jsd.h
 *	  Jensen and Shannon's divergence of any number of distributions.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_GENERALIZED_JSD_H
#define KLDIV_GENERALIZED_JSD_H

#include "math/many/bin_lists.h"
#include "math/weights.h"

/* What is known of a distribution that is mixed with others */
typedef struct Component Component;

extern const size_t component_size;

typedef struct Mixture
{
	size_t		count;			/* distributions */
	size_t		bins;
	const double *rows;			/* the weights of one distribution behind those of the other; or NULL, and */
	const BinLists *lists;		/* these, and the same */
	BinColumns	columns;		/* by bins */
	Component  *components;		/* with room for all */
	const Component *reference; /* the one with the largest part */
	size_t		mixed;			/* distributions that have a part */
	double		total_weight;	/* of these, scaled, */
	double		total_weight_low;	/* with what rounding took away */
	double		entropy;		/* of the parts, in nats */
} Mixture;

/* Looks at the weights of a distribution, which have to be valid to be mixed */
extern void judge_component(Mixture *mixture, size_t index, SlabRunner run, Finding *finding);

/*
 * Gives the distributions their parts, in proportion to weights, or equal ones
 * if these are NULL.  Nothing is known of the mixture if that has a part of which
 * nothing is known: the judgement is NOTHING_OBSERVED then, and where there are no parts.
 */
extern void weigh_components(Mixture *mixture, const Weights *weights, SlabRunner run, Finding *finding);

/* The divergence, in nats */
extern double generalized_jsd(const Mixture *mixture, SlabRunner run);

#endif							/* KLDIV_GENERALIZED_JSD_H */
