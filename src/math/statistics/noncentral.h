/*-------------------------------------------------------------------------
 *
 * noncentral.h
 *	  The noncentral chi-square distribution: the power of tests.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_NONCENTRAL_H
#define KLDIV_NONCENTRAL_H

/* P(X > statistic) if X has this noncentrality, up to 1e9 */
extern double noncentral_tail(double statistic, double df, double noncentrality);

/* The noncentrality for which that is power; the statistic is one with a smaller tail at 0 */
extern double noncentrality_of_power(double statistic, double df, double power);

#endif							/* KLDIV_NONCENTRAL_H */
