/*-------------------------------------------------------------------------
 *
 * term_sum.h
 *	  Sums of terms of any size: of dimensions, of tokens.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TERM_SUM_H
#define KLDIV_TERM_SUM_H

#include <stdbool.h>

/* In double-double */
typedef struct LongSum
{
	double		high;
	double		low;
} LongSum;

/* Zeros are an empty sum */
typedef struct TermSum
{
	LongSum		ordinary;
	LongSum		huge;			/* of terms near the largest number, a power of two smaller */
	bool		has_huge;
	bool		infinite;		/* a term was Infinity, or made of numbers that were */
	bool		minus_infinite;
} TermSum;

extern void add_term(TermSum *sum, double term);

/* The sum divided by n; where both infinities are in it, it is Infinity */
extern double sum_over(const TermSum *sum, double n);

/* Squares, of which the root is wanted; zeros are none */
typedef struct SquareSum
{
	LongSum		small;
	LongSum		ordinary;
	LongSum		huge;
	bool		infinite;
} SquareSum;

extern void add_square(SquareSum *sum, double root);
extern double root_of_squares(const SquareSum *sum);

#endif							/* KLDIV_TERM_SUM_H */
