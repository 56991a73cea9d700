/*-------------------------------------------------------------------------
 *
 * row_state.h
 *	  Sums over one row per bin, in a state of fixed size.
 *
 * The totals of p and q are known only at the end.  Till then x = p p_unit and
 * y = q q_unit ratio, where units are powers of two and the ratio keeps the
 * total of y near that of x.  For every such ratio the sum of a measure's
 * terms less the same term of the totals is what the distributions make of it;
 * so the sums can be carried over when the ratio has to change, and sums of
 * different states can be added.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ROW_STATE_H
#define KLDIV_ROW_STATE_H

#include "math/arithmetic.h"
#include "math/pair/evaluation.h"
#include "math/measure.h"

#define ROW_STATE_VERSION 1

/* Rows that wait to be summed together */
#define ROW_BUFFER 16

/* What of a bin that only one side has goes into psi */
typedef struct OneSided
{
	double		count;
	double		mass;
	double		mass_log;		/* sum of mass log(mass)/1024, which cannot overflow */
	double		log;			/* sum of log(mass) */
} OneSided;

/* An array of doubles: states are float8[] in SQL, which outlives releases */
struct RowState
{
	double		version;
	double		family;
	double		order;			/* ORDER_UNKNOWN, ORDER_NULL or alpha */
	double		buffered;		/* rows in the buffers */
	double		far;			/* 1 if a mass in the buffers is extreme */
	double		p_unit;			/* 0 before the first sums */
	double		q_unit;
	double		ratio;
	double		p_reference;	/* the first row that both sides have */
	double		q_reference;
	double		different;		/* 1 if a row is not in the proportion of that one, exactly */
	double		largest;		/* weight, which entropies keep apart from the others */
	double		orientation;	/* of symmetric families: see add_row(); 0 as long as p = q */
	DoubleDouble p_total;		/* of the rows in the sums */
	DoubleDouble q_total;
	union
	{
		struct
		{
			DoubleDouble phi;
			DoubleDouble information;
			double		outside;
		}			relative;
		struct
		{
			DoubleDouble both_ways;
			DoubleDouble phi;
			OneSided	p;
			OneSided	q;
		}			symmetric;
		struct
		{
			DoubleDouble squares;
			DoubleDouble coefficient;	/* of ordinary rows */
			double		exponent;	/* the largest one of the others */
			double		exponentials;
		}			hellinger;
		struct
		{
			DoubleDouble quotients;
		}			chi_square;
		struct
		{
			DoubleDouble information;
		}			entropy;
		struct
		{
			DoubleDouble excess;	/* of order 0, support */
			DoubleDouble first;
			DoubleDouble power;
			double		exponent;	/* the largest one, or the largest log ratio */
			double		exponentials;
		}			power;
		double		reserved[12];
	}			sums;
	double		p_buffer[ROW_BUFFER];
	double		q_buffer[ROW_BUFFER];
};

_Static_assert(sizeof(RowState) == ROW_STATE_LENGTH * sizeof(double), "a state is an array of doubles");

#define ORDER_UNKNOWN (-1.0)
#define ORDER_NULL (-2.0)

/* row_state.c */
extern void flush_rows(RowState *state);

/* row_sums.c */
extern double divergence_sum(const RowState *state);
extern void sum_buffers(RowState *state, size_t count);
extern void rescale_sums(RowState *state, double p_unit, double q_unit, double ratio);
extern void add_sums(RowState *state, const RowState *other);
extern void exchange_sides(RowState *state);

/* row_values.c */
extern void rows_to_sums(const RowState *state, Kernel kernel, double empty, Sums *sums);
extern double rows_log_of_power_sum(const RowState *state);

/* values.c */
extern double value_of_rows(const Measure *measure, const RowState *state);

#endif							/* KLDIV_ROW_STATE_H */
