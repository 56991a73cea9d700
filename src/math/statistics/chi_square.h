/*-------------------------------------------------------------------------
 *
 * chi_square.h
 *	  The chi-square distribution: its upper tail, and the inverse.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_STATISTICS_CHI_SQUARE_H
#define KLDIV_STATISTICS_CHI_SQUARE_H

/* More degrees of freedom are not computed */
#define MOST_DEGREES_OF_FREEDOM 1e9

/* P(chi-square > statistic), for a statistic and degrees of freedom from 0 on */
extern double chi_square_tail(double statistic, double df);

/* The statistic that is exceeded with this probability, from 0 to 1; df > 0 */
extern double chi_square_tail_inverse(double level, double df);

#endif							/* KLDIV_STATISTICS_CHI_SQUARE_H */
