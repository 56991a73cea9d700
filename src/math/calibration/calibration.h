/*-------------------------------------------------------------------------
 *
 * calibration.h
 *	  Predicted probabilities beside what happened.
 *
 * Rows are added to groups: those of a bin of predictions, or all.  A group has
 * the number of its rows, of those that are marked (the outcome was true, or the
 * loss infinite), and an exact sum.  So a state depends neither on the order of
 * the rows nor on how they were split, and a row can be taken out again.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_CALIBRATION_H
#define KLDIV_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>

/* Bins of predictions, at most */
#define MOST_PREDICTION_BINS 10000

/*
 * What a state begins with.  Behind it are the groups: three numbers each, and as many
 * as the sums have parts behind the first one.
 */
typedef struct CalibrationState
{
	double		groups;
	double		width;			/* parts of a sum behind the first one */
} CalibrationState;

typedef struct CalibrationGroup
{
	double		rows;
	double		marked;
	double		sum;
	double		rest[];
} CalibrationGroup;

/* Numbers in a state, its beginning included */
extern size_t calibration_state_length(size_t groups, size_t width);

/* Whether so many numbers are a state; what its groups say is not looked at */
extern bool has_length_of_state(const double *numbers, size_t length);

/* Whether they are one that rows can have left */
extern bool is_calibration_state(const double *numbers, size_t length);

/* An empty state, in zeros */
extern void begin_calibration(CalibrationState *state, size_t groups, size_t width);

/* Copies a state to where sums have more parts; the copy has zeros before */
extern void widen_calibration(const CalibrationState *state, CalibrationState *wider, size_t width);

/*
 * Adds to a group, or takes out with minus signs.  Returns 0, or the parts that sums
 * need: then nothing has changed, and the state is to be widened.
 */
extern size_t add_to_group(CalibrationState *state, size_t group, double rows, double marked, double term);

/* Adds a state of as many groups; returns as above, but what has been added so far may be there then */
extern size_t add_calibration(CalibrationState *state, const CalibrationState *other);

/* The bin of a prediction, from 0, of so many of equal width; 1 is in the last one */
extern size_t bin_of_prediction(double predicted, size_t bins);

/* -ln of the probability that was predicted for what happened; Infinity if that was 0 */
extern double loss_of_prediction(bool outcome, double predicted);

/* Rows of all groups */
extern double rows_of_calibration(const CalibrationState *state);

/* Of bins: the values; there are rows */
extern double expected_calibration_error(const CalibrationState *state);
extern double calibration_divergence(const CalibrationState *state);

/* Of the only group, whose sum is of losses and whose marks are infinite ones */
extern double mean_loss(const CalibrationState *state);

#endif							/* KLDIV_CALIBRATION_H */
