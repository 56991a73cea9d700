/*-------------------------------------------------------------------------
 *
 * evidence.h
 *	  Evidence against a null hypothesis that may be looked at at any time.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_EVIDENCE_H
#define KLDIV_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>

/* Concentrations are from 1e-30 to 1e30 */
#define LEAST_CONCENTRATION 1e-30
#define LARGEST_CONCENTRATION 1e30

/* 1, 10, ..., 10^6 if none is given */
#define MOST_CONCENTRATIONS 7

/* Logarithms of likelihood ratios, one for each concentration: sums of hi and lo */
typedef struct Evidence
{
	int			count;
	double		concentration[MOST_CONCENTRATIONS];
	double		hi[MOST_CONCENTRATIONS];
	double		lo[MOST_CONCENTRATIONS];
	bool		impossible;		/* something was observed that the null hypothesis excludes */
} Evidence;

/* With this concentration, or a mixture of them if it is NaN */
extern void begin_evidence(Evidence *evidence, double concentration);

/*
 * Counts p against the known distribution of the weights q, whose totals are
 * given; bins may come in pieces, and the end of them is a call of its own.
 */
extern void add_known(Evidence *evidence, const double *p, double p_total, const double *q, double q_total, size_t bins);
extern void end_known(Evidence *evidence, double p_total);

/* Counts of two arms, each observation having been assigned to p with probability ratio */
extern void add_assigned(Evidence *evidence, const double *p, const double *q, double ratio, size_t bins);

/* The logarithm of the mean of the likelihood ratios */
extern double log_evidence(const Evidence *evidence);

/* Of that: the ratio itself, which may be Infinity, and min(1, 1/ratio) */
extern double evidence_value(double log_evidence);
extern double evidence_p_value(double log_evidence);

#endif							/* KLDIV_EVIDENCE_H */
