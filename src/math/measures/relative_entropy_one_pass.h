/*-------------------------------------------------------------------------
 *
 * relative_entropy_one_pass.h
 *	  Relative entropy of long arrays, in one reading of their weights.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_RELATIVE_ENTROPY_ONE_PASS_H
#define KLDIV_RELATIVE_ENTROPY_ONE_PASS_H

#include "math/pair/evaluation.h"
#include "math/pair/value.h"

/* The divergence in nats; false if it has to be found another way */
extern bool relative_entropy_in_one_pass(Evaluation *evaluation, double *value);

/* That of weights which may not be in memory */
extern bool relative_entropy_of_sources(const WeightSource *p, const WeightSource *q, SlabRunner run, double *value);

#endif							/* KLDIV_RELATIVE_ENTROPY_ONE_PASS_H */
