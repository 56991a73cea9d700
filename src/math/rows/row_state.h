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
 * different states can be added.  Let f be the terms and X, Y the totals of x
 * and y.  Then
 *
 *		sum f(x, y) = D w(X, Y) + f(X, Y)
 *
 * with D a function of the shares alone, an invariant, and for
 *
 *		phi(x, y):				w = X
 *		(sqrt x - sqrt y)^2:	w = sqrt(XY), f(X, Y) likewise
 *		(x - y)^2/y:			w = X^2/Y
 *		x^alpha y^-b:			w = X^alpha Y^-b; less x + b(x - y): the same w
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ROW_STATE_H
#define KLDIV_ROW_STATE_H

#include "math/pair/formula.h"
#include "math/rows/rows.h"

#define ROW_STATE_VERSION 2

/* Rows that wait to be summed together */
#define ROW_BUFFER 16

/* Doubles that a family has for its sums */
#define ROW_SUMS_LENGTH 12

/* An array of doubles: states are float8[] in SQL, which outlives releases */
struct RowState
{
	double		version;
	double		family;			/* its code */
	double		alpha;			/* ALPHA_UNKNOWN, ALPHA_NULL or the number */
	double		buffered;		/* rows in the buffers */
	double		extreme;		/* 1 if a weight in the buffers may need its logarithm */
	double		p_unit;			/* 0 before the first sums */
	double		q_unit;
	double		ratio;
	double		p_first;		/* the first row that both sides have, until rows differ; */
	double		q_first;		/* from then on, numbers of rows that are kept apart */
	double		different;		/* 1 if a row is not in the proportion of that one, exactly */
	double		largest;		/* weight, which single distributions keep apart from the others */
	double		orientation;	/* of symmetric families: see add_row(); 0 as long as p = q */
	DoubleDouble p_total;		/* of the rows in the sums */
	DoubleDouble q_total;
	double		sums[ROW_SUMS_LENGTH];	/* a struct of the family's own */
	double		p_buffer[ROW_BUFFER];
	double		q_buffer[ROW_BUFFER];
};

_Static_assert(sizeof(RowState) == ROW_STATE_LENGTH * sizeof(double), "a state is an array of doubles");

#define ALPHA_UNKNOWN (-1.0)
#define ALPHA_NULL (-2.0)

/* The family's view of its sums: functions that give it for a state, to change or to read */
#define DEFINE_ROW_SUMS(Type, name) \
_Static_assert(sizeof(Type) <= ROW_SUMS_LENGTH * sizeof(double), "there is room for the sums"); \
static inline Type * \
name(RowState *state) \
{ \
	return (Type *) state->sums; \
} \
static inline const Type * \
name ## _of(const RowState *state) \
{ \
	return (const Type *) state->sums; \
}

/* The parts of sums that do not depend on the scales */
typedef struct Invariants
{
	double		first;			/* D */
	double		second;			/* D of the other direction, or a sum relative to w */
} Invariants;

/* How the scales of x and y change */
typedef struct ScaleChange
{
	double		p_factor;
	double		q_factor;
	double		q_unit;			/* the new one */
	double		log_p;			/* of the factors, which may be beyond the range of numbers */
	double		log_q;
	double		log_quotient;
} ScaleChange;

/* What is summed for a family.  All of it is there; row_sums.h has what does nothing. */
struct RowSums
{
	/* adds the terms of the rows in the buffers, which are padded with zeros */
	void		(*add) (RowState *state, size_t count);
	/* adds the sums of another state that has the same scales */
	void		(*merge) (RowState *state, const RowState *other);
	/* the invariants, where neither total is 0 */
	Invariants	(*invariants) (const RowState *state, Bin total);
	/* the sums, from these, for the scales that the state has now */
	void		(*restore) (RowState *state, Bin total, Invariants invariants);
	/* changes what invariants do not give back, while the state has its old scales */
	void		(*rescale) (RowState *state, const ScaleChange *change);
	/* p becomes q and q p: what is to be done besides exchanging totals and scales */
	void		(*exchange) (RowState *state, Invariants *invariants);
	/*
	 * The sum that a divergence is made of, about (x - y)^2/y in all; infinite
	 * if it does not depend on the ratio of the totals in this way.
	 */
	double		(*divergence) (const RowState *state);
	/* sums over shares, for the formula */
	void		(*to_sums) (const RowState *state, const MeasurePlan *plan, Bin total, Invariants invariants, Sums *sums);
	/* log of a sum of powers over shares: see Formula */
	double		(*log_sum) (const RowState *state);
};

extern const RowSums *sums_of_state(const RowState *state);

#endif							/* KLDIV_ROW_STATE_H */
