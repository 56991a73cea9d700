/*-------------------------------------------------------------------------
 *
 * pairs.h
 *	  Histograms whose labels are pairs of values, as joint distributions.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_JOINT_PAIRS_H
#define KLDIV_JOINT_PAIRS_H

#include "histogram/histogram.h"
#include "math/joint/dependence.h"

/* The cells of a histogram in the order of its bins, and its values as they are written in labels */
typedef struct Pairs
{
	JointCells	cells;
	Label	   *row_labels;
	Label	   *column_labels;
} Pairs;

/* Labels and weights are those of the histogram; a label that is no pair is an error */
extern Pairs pairs_of_histogram(const Histogram *histogram, const char *name);

#endif							/* KLDIV_JOINT_PAIRS_H */
