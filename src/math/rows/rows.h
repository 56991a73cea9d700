/*-------------------------------------------------------------------------
 *
 * rows.h
 *	  Rows: bins that come one by one.
 *
 * A state belongs to a family of measures that sum the same terms, or of one
 * that keeps its rows elsewhere.  It is an array of ROW_STATE_LENGTH doubles
 * without pointers, and a copy of it is a state.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ROWS_H
#define KLDIV_ROWS_H

#include "math/measure.h"
#include "math/weights.h"

typedef struct RowState RowState;

/* See row_state.h */
typedef struct RowSums RowSums;

#define ROW_STATE_LENGTH 61

/* What a kind of state is for, and what is done with it */
struct RowFamily
{
	double		code;			/* in states */
	Answer		fixed_size;		/* NO if no such state will do: then the rows are kept, and nothing below matters */
	Answer		alone;			/* of one distribution, whose largest weight is kept apart */
	Answer		symmetric;		/* so are all its measures: the larger side is p */
	Answer		takes_alpha;	/* which set_rows_alpha() has to be told */
	const RowSums *(*sums) (double alpha);	/* what is summed for alpha, or whatever it is */
	double		(*power) (double alpha);	/* b of the kernels */
	bool		(*exchanged) (double alpha);	/* whether the kernels are given p's weights as y and q's as x */
	void		(*begin) (RowState *state);	/* what is not 0 in the sums of no rows */

	/* rows that only one side has may be kept apart; NULL if they are not */
	bool		(*keep_apart) (RowState *state, double p, double q);
	void		(*merge_apart) (RowState *state, const RowState *other);
	void		(*add_apart) (const RowState *state, double *p_total, double *q_total);
};

#define DECLARE_ROW_FAMILY(name, code) extern const RowFamily name ## _rows;
#define ROW_FAMILY_CODE(name, code) ROW_CODE_ ## name = code,

FOR_EACH_ROW_FAMILY(DECLARE_ROW_FAMILY)

enum
{
	FOR_EACH_ROW_FAMILY(ROW_FAMILY_CODE)
	MOST_ROW_CODES = 32
};

/* Of measures to whose value a row adds what depends on the totals of all rows */
extern const RowFamily keeps_rows;

extern void begin_rows(RowState *state, const RowFamily *family);

/* Whether state is safe to use; its numbers may still be nonsense */
extern bool is_row_state(const RowState *state, const RowFamily *family);

/*
 * Whether a state's numbers can be those of rows: for tests.  Who makes up a
 * state in SQL gets nonsense, and no more than that.
 */
extern bool are_row_numbers_sound(const RowState *state);

/* The one that a state says it is of, or keeps_rows */
extern const RowFamily *row_state_family(const RowState *state);

/* alpha of all rows; NaN for NULL.  False if the rows so far have another one. */
extern bool set_rows_alpha(RowState *state, double alpha);
extern double row_state_alpha(const RowState *state);

/* p and q are finite and not negative; q is 0 for a single distribution */
extern void add_row(RowState *state, const RowFamily *family, double p, double q);

/* Adds the rows of another state of the same family and alpha */
extern void add_rows(RowState *state, const RowState *other);

/*
 * The value, which is NULL unless the judgement is WEIGHTS_VALID.  Reads a
 * copy of the state.
 */
extern double value_of_rows(const Measure *measure, const RowState *state, Judgement *judgement);

#endif							/* KLDIV_ROWS_H */
