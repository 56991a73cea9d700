/*-------------------------------------------------------------------------
 *
 * count_tests.h
 *	  Tests of counts: whether a difference can be chance.
 *
 * Two samples, and a sample beside a known distribution, by the chi-square
 * distribution that their statistics have where expected counts are not too
 * small.  Tables are in table_tests.h.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_COUNT_TESTS_H
#define KLDIV_COUNT_TESTS_H

#include "math/statistics/rare_bins.h"
#include "math/weights.h"

typedef enum TestStatistic
{
	CHI_SQUARE_STATISTIC,		/* Pearson's */
	G_STATISTIC					/* the likelihood ratio's */
} TestStatistic;

typedef struct CountTest
{
	double		statistic;
	double		df;				/* degrees of freedom */
	double		p_value;
	double		effect_size;	/* Cramer's V; of a fit Cohen's w */
	double		null_effect_size;	/* what chance alone gives */
	double		min_expected;	/* the smallest expected count */
	double		n;				/* observations */
} CountTest;

/* One side of a pair: valid weights with a total greater than 0, and how many observations they stand for */
typedef struct Sample
{
	const double *weights;
	double		total;
	double		n;				/* Infinity: the distribution is known */
} Sample;

/* Two samples of the same bins, or a sample p and what is known, q */
typedef struct SamplePair
{
	Sample		p;
	Sample		q;
	size_t		bins;
} SamplePair;

/* What is known of the bins of a pair before it is tested */
typedef struct BinSummary
{
	size_t		bins;			/* that either side has */
	double		least;			/* pooled count of these */
	Expectation expectation;	/* what makes a smallest expected count of a pooled one */
} BinSummary;

extern BinSummary summarise_bins(const SamplePair *pair, SlabRunner run);

/*
 * The pooled count of each bin, by which rare ones are merged.  A bin that was
 * observed though q is known not to have it gets Infinity: what is impossible
 * must not hide among what is rare.
 */
extern void pool_bins(const SamplePair *pair, double *pooled, SlabRunner run);

/* Every bin is one that either side has */
extern CountTest test_pair(const SamplePair *pair, const BinSummary *summary, TestStatistic statistic, SlabRunner run);

/*
 * What is made of both statistics, the degrees of freedom and the smaller number
 * of samples or bins less one, in which chi-square can be n times as large.
 */
extern CountTest complete_test(double chi_square, double statistic, double df, double n, double dimensions,
							   double min_expected);

/* A bin of two samples beside what is expected of p in it */
typedef struct Residual
{
	double		expected;
	double		residual;		/* in standard deviations; NaN if there is no other bin */
	double		p_value;		/* of both tails */
} Residual;

/* Adjusted for the margins: S. J. Haberman, Biometrics 29 (1973) */
extern Residual standardized_residual(double p, double q, double p_total, double q_total);

/* The position of the first weight that is no whole number, or how many there are; none is negative */
extern size_t find_fraction(const double *weights, size_t count);

#endif							/* KLDIV_COUNT_TESTS_H */
