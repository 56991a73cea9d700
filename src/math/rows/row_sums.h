/*-------------------------------------------------------------------------
 *
 * row_sums.h
 *	  What families of measures have in common in their sums over rows.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ROW_SUMS_H
#define KLDIV_ROW_SUMS_H

#include "math/rows/row_state.h"

/* Largest exponent, and the sum of exponentials relative to it: sums of powers that may overflow */
typedef struct Exponentials
{
	double		exponent;		/* -Infinity before the first one */
	double		sum;
} Exponentials;

/* Weights within 2^+-this need no care, whatever the totals turn out to be */
#define ORDINARY_WEIGHT_EXPONENT 150

/* A weight that no unit and no total can bring to the limits of double precision */
static inline bool
is_ordinary(double weight)
{
	uint64_t	bits = bits_of(weight);
	uint64_t	least = (uint64_t) (1023 - ORDINARY_WEIGHT_EXPONENT) << 52;
	uint64_t	range = (uint64_t) (2 * ORDINARY_WEIGHT_EXPONENT) << 52;

	return bits - least < range || weight == 0.0;
}

/* -1, 0 or 1 as a b is less than c d, the same or more, without rounding; none is negative */
extern int	compare_products(double a, double b, double c, double d);

/* log((p/P)/(q/Q)) of positive weights and totals P and Q, to 100 bits before it is rounded */
extern double log_of_shares(double p, double q, DoubleDouble p_total, DoubleDouble q_total);

/* Runs a kernel over the rows in the buffers; of weighted shares, or of pairs */
extern void run_row_kernel(const RowState *state, Kernel kernel, bool weighted_shares, size_t count,
						   double largest, double *slots);

/* Adds exponentials of the rows in the buffers to those there are */
extern void sum_exponentials(RowState *state, size_t count, bool weighted_shares, Exponentials *exponentials);
extern void add_exponentials(Exponentials *exponentials, Exponentials other);

extern void accumulate(DoubleDouble *sum, double term);
extern void merge_sum(DoubleDouble *sum, DoubleDouble other);

static inline DoubleDouble
single(double value)
{
	return (DoubleDouble) {value, 0.0};
}

/* What families need not have */
extern Invariants no_invariants(const RowState *state, Bin total);
extern void restore_nothing(RowState *state, Bin total, Invariants invariants);
extern void rescale_nothing(RowState *state, const ScaleChange *change);
extern void exchange_nothing(RowState *state, Invariants *invariants);
extern double no_divergence(const RowState *state);
extern double no_log_sum(const RowState *state);
extern double no_power(double alpha);
extern bool never_exchanged(double alpha);
extern void begin_with_zeros(RowState *state);

#endif							/* KLDIV_ROW_SUMS_H */
