/*-------------------------------------------------------------------------
 *
 * arrays.h
 *	  The door between float8[] and weights.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_INPUT_ARRAYS_H
#define KLDIV_INPUT_ARRAYS_H

#include "kldiv.h"

#include "utils/array.h"

#include "math/weights.h"

/* The weights in a detoasted array, which is neither copied nor checked here */
extern Weights array_weights(ArrayType *array);

/* These weights without absent bins: where they are, or in a copy in which those weigh 0 */
extern Weights all_present(Weights weights);

/* A new array without NULLs, of which the elements are to be filled in */
extern ArrayType *new_weight_array(int dimensions, const int *lengths, const int *lower_bounds);

/*
 * Two arrays as weights of the same bins.  Lower bounds do not matter.  An
 * empty array saw none of the other one's bins.
 */
extern void match_shapes(ArrayType *p_array, ArrayType *q_array, Weights *p, Weights *q);

#endif							/* KLDIV_INPUT_ARRAYS_H */
