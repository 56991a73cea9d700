/*-------------------------------------------------------------------------
 *
 * finish.h
 *	  From sums over all bins to the values of measures, in nats.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_FINISH_H
#define KLDIV_FINISH_H

#include "math/pair/evaluation.h"

/* From sums to a value in nats; NaN if the sums left the range of float8 */
typedef double (*Finish) (const Sums *sums, double order_less_one);

extern double non_negative(double value);

extern double finish_information(const Sums *sums, double order_less_one);
extern double finish_relative_entropy(const Sums *sums, double order_less_one);
extern double finish_symmetric_relative_entropy(const Sums *sums, double order_less_one);
extern double finish_jensen_shannon(const Sums *sums, double order_less_one);
extern double finish_squared_hellinger(const Sums *sums, double order_less_one);
extern double finish_bhattacharyya(const Sums *sums, double order_less_one);
extern double finish_total_variation(const Sums *sums, double order_less_one);
extern double finish_l_infinity(const Sums *sums, double order_less_one);
extern double finish_chi_square(const Sums *sums, double order_less_one);
extern double finish_renyi_of_order_zero(const Sums *sums, double order_less_one);
extern double finish_renyi_of_infinite_order(const Sums *sums, double order_less_one);
extern double finish_renyi(const Sums *sums, double order_less_one);

#endif							/* KLDIV_FINISH_H */
