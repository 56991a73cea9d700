/*-------------------------------------------------------------------------
 *
 * value.h
 *	  From two distributions, or one, to the value of a measure.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_VALUE_H
#define KLDIV_VALUE_H

#include "math/measure.h"
#include "math/weights.h"

/*
 * The value of a measure.  p and q have equal counts; q is ignored by measures
 * of one distribution.  The value means something only if the weights are
 * found valid.
 */
extern double evaluate_measure(const Measure *measure, const Weights *p, const Weights *q,
							   const Parameters *parameters, SlabRunner run, Finding *finding);

/*
 * The value of few bins that are all present, and need not be aligned in memory,
 * if nothing about them is out of the ordinary; false is for evaluate_measure() to see to.
 */
extern bool evaluate_few(const Measure *measure, const void *p, const void *q, size_t count,
						 const Parameters *parameters, double *value);

/*
 * What each bin contributes to an additive measure, or to its square; returns
 * their sum.  All bins have to be present.  Only written if the finding is valid.
 */
extern double evaluate_contributions(const Measure *measure, const Weights *p, const Weights *q,
									 const Parameters *parameters, SlabRunner run, Finding *finding,
									 double *contributions);

/* Gets weights from where they are kept, a piece at a time, for one thread */
typedef struct WeightStream WeightStream;

struct WeightStream
{
	/* the weights of some bins from first on, which stay where they are until the next call */
	const double *(*read) (WeightStream *stream, size_t first, size_t count);
};

/* Weights of one side that are in memory, or of bins that are all present in a stream */
typedef struct WeightSource
{
	Weights		weights;		/* of a stream, the count of bins only */
	WeightStream *stream;		/* NULL if they are in memory */
} WeightSource;

/* Whether a measure may need but one reading of many bins */
extern bool may_need_one_pass(const Measure *measure, const Parameters *parameters);

/*
 * For such a measure, what evaluate_measure() would give, to the bit, while
 * each weight is read once, or a second time.  False if there are few bins or
 * there is more to do, or something is wrong: then the weights are needed in
 * memory.
 */
extern bool evaluate_in_one_pass(const Measure *measure, const WeightSource *p, const WeightSource *q,
								 const Parameters *parameters, SlabRunner run, double *value);

#endif							/* KLDIV_VALUE_H */
