/*-------------------------------------------------------------------------
 *
 * distribution.h
 *	  From weights, or logits, to distributions.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_DISTRIBUTION_H
#define KLDIV_DISTRIBUTION_H

#include "math/weights.h"

/* Judges weights with a pseudocount and gives their total */
extern double judge_weights(const Weights *weights, double pseudocount,
							SlabRunner run, Finding *finding);

/* Shares of the total; judge_weights() has given it */
extern void normalise(const Weights *weights, double pseudocount, double total,
					  SlabRunner run, double *shares);

/* The root of half of each share; judge_weights() has given the total */
extern void embed_roots(const Weights *weights, double total, SlabRunner run, double *coordinates);

/*
 * Shares proportional to exp(logit / temperature), where -Infinity is a weight
 * of 0.  Only if the finding is valid have shares been written.
 */
extern void softmax(const Weights *logits, double temperature,
					SlabRunner run, double *shares, Finding *finding);

#endif							/* KLDIV_DISTRIBUTION_H */
