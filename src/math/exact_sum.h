/*-------------------------------------------------------------------------
 *
 * exact_sum.h
 *	  Sums of weights that are not rounded before they are asked for.
 *
 * A sum is kept as numbers of which it is the exact sum: a first one, which is
 * all there is as long as no addition rounded, and a rest.  Its value is that
 * sum, rounded once, so it depends neither on the order of the terms nor on how
 * they were split among several sums; and a term can be taken out again.
 *
 * D. M. Priest, Algorithms for arbitrary precision floating point arithmetic,
 * ARITH 10 (1991); J. R. Shewchuk, Adaptive precision floating-point arithmetic
 * and fast robust geometric predicates, Discrete & Computational Geometry 18
 * (1997).
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_EXACT_SUM_H
#define KLDIV_EXACT_SUM_H

#include <stdbool.h>

/*
 * No sum needs more than this: from the smallest number to the largest there
 * are 2098 bits, and each part has all of the next 53.
 */
#define EXACT_SUM_PARTS 41

/* A sum and what rounding has lost of it, which is no number if the sum is too large */
static inline double
sum_with_error(double sum, double term, double *error)
{
	double		new_sum = sum + term;
	double		term_part = new_sum - sum;

	*error = (sum - (new_sum - term_part)) + (term - term_part);
	return new_sum;
}

/* Adds a term if the sum is still one number then; otherwise false, and it is as it was */
static inline bool
add_without_rounding(double *sum, double term)
{
	double		error;
	double		new_sum = sum_with_error(*sum, term, &error);

	if (!(error == 0.0))
		return false;
	*sum = new_sum;
	return true;
}

/*
 * Adds a term to first and the rest, which has so many numbers.  What is left
 * over, if that is too few, belongs to the sum as well: exact_parts() says what
 * is to be kept then.
 */
extern double add_to_exact_sum(double *first, double *rest, int width, double term);

/*
 * The fewest parts of the sum of first, rest and term, the largest first; how
 * many.  A single Infinity if a double cannot hold the sum.
 */
extern int	exact_parts(double first, const double *rest, int width, double term, double *parts);

/* The double next to the sum; Infinity beyond the largest one */
extern double exact_sum_value(double first, const double *rest, int width);

/* A sum on its own, which has all the room that it can need; zeros are an empty one */
typedef struct ExactSum
{
	double		first;
	double		rest[EXACT_SUM_PARTS - 1];
} ExactSum;

extern void add_exactly(ExactSum *sum, double term);
extern double exact_value(const ExactSum *sum);

#endif							/* KLDIV_EXACT_SUM_H */
