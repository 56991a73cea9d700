/*-------------------------------------------------------------------------
 *
 * findings.h
 *	  The door between what is found wrong with weights and errors.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_FINDINGS_H
#define KLDIV_FINDINGS_H

#include "kldiv.h"

#include "compatibility.h"

#include "math/measure.h"
#include "math/weights.h"

/*
 * Raises the error that a finding asks for.  Returns if there is nothing to
 * complain about: nothing observed is no error.
 */
extern void report_finding(const Finding *finding, const char *p_name, const char *q_name);

/* The same for weights that are no logits; NULL if there is nothing to say of a negative one */
extern void report_finding_with_advice(const Finding *finding, const char *p_name, const char *q_name,
									   const char *if_negative);

/* The error for logits, of which only NaN and Infinity are wrong */
extern void report_logit(const Finding *finding, const char *name);

/* The error for a logit in a row */
pg_noreturn extern void refuse_logit(double logit, const char *name);

/* The error for a wrong weight in a row */
pg_noreturn extern void refuse_weight(double weight, const char *name);

/* Raises the error that totals of rows ask for; rows themselves were judged before */
extern void report_rows(Judgement judgement);

/* What a function of a measure returns: NULL if nothing was observed, an error if weights are wrong */
extern Datum value_of_weights(FunctionCallInfo fcinfo, const Measure *measure, const Weights *p, const Weights *q,
							  const Parameters *parameters);

/* The same for weights for which evaluate_few() has been tried */
extern Datum value_of_weights_in_general(FunctionCallInfo fcinfo, const Measure *measure, const Weights *p, const Weights *q,
										 const Parameters *parameters);

/* The weight in an argument of a transition function; NULL is a bin not seen */
static inline double
row_weight(FunctionCallInfo fcinfo, int argument, const char *name)
{
	double		weight = PG_ARGISNULL(argument) ? 0.0 : PG_GETARG_FLOAT8(argument);

	if (unlikely(!(weight >= 0.0 && weight <= DBL_MAX)))
		refuse_weight(weight, name);
	return weight;
}

#endif							/* KLDIV_FINDINGS_H */
