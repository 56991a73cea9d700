/*-------------------------------------------------------------------------
 *
 * poisson.h
 *	  Kullback and Leibler's divergence of Poisson distributions.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_POISSON_H
#define KLDIV_POISSON_H

/* In nats, of rates that are finite and not negative */
extern double poisson_kl_divergence(double p, double q);

#endif							/* KLDIV_POISSON_H */
