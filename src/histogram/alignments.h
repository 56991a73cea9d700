/*-------------------------------------------------------------------------
 *
 * alignments.h
 *	  How the labels of two histograms match, kept for the next call.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ALIGNMENTS_H
#define KLDIV_ALIGNMENTS_H

#include "histogram/histogram.h"

/*
 * The same as align_histograms(); the weights may be in memory that belongs to
 * the call site, and are there until its next call.
 */
extern void align_histograms_of_call(FunctionCallInfo fcinfo, const Histogram *p, const Histogram *q,
									 Weights *p_weights, Weights *q_weights);

#endif							/* KLDIV_ALIGNMENTS_H */
