/*-------------------------------------------------------------------------
 *
 * generalized_jsd.h
 *	  Jensen and Shannon's divergence of many distributions.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_MANY_GENERALIZED_JSD_H
#define KLDIV_MANY_GENERALIZED_JSD_H

#include "kldiv.h"

#include "many/comparisons.h"

/* The divergence in nats, with a weight for each distribution, or equal ones; NaN if nothing is known of one */
extern double value_of_many(Distributions distributions, const Weights *weights);

#endif							/* KLDIV_MANY_GENERALIZED_JSD_H */
