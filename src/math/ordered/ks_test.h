/*-------------------------------------------------------------------------
 *
 * ks_test.h
 *	  What the statistic of Kolmogorov and Smirnov is by chance.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ORDERED_KS_TEST_H
#define KLDIV_ORDERED_KS_TEST_H

#include "math/weights.h"

/* Room that ks_tail() needs, in numbers */
#define KS_ROOM 3200

/*
 * The probability that two samples of one continuous distribution, of at least
 * one value each, have this statistic, from 0 to 1, or a larger one.
 */
extern double ks_tail(double statistic, double n_p, double n_q, double *room, SlabRunner run);

#endif							/* KLDIV_ORDERED_KS_TEST_H */
