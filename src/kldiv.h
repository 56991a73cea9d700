/*-------------------------------------------------------------------------
 *
 * kldiv.h
 *	  What the PostgreSQL side of kldiv shares.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_H
#define KLDIV_H

#include "postgres.h"

#include <float.h>

#include "access/tupdesc.h"
#include "fmgr.h"
#include "utils/array.h"

#include "math/measure.h"
#include "parallel/threads.h"

/* weights.c: the door from arrays to weights, and from findings to errors */
extern Weights array_weights(ArrayType *array);
extern Weights all_present(Weights weights);
extern ArrayType *new_weight_array(int dimensions, const int *lengths, const int *lower_bounds);
extern void match_shapes(ArrayType *p_array, ArrayType *q_array, Weights *p, Weights *q);
extern void report_finding(const Finding *finding, const char *p_name, const char *q_name);
extern void report_logit(const Finding *finding);

extern Datum measure_weights(FunctionCallInfo fcinfo, const Measure *measure, const Weights *p, const Weights *q,
							 const Parameters *parameters);

extern TupleDesc result_row_type(FunctionCallInfo fcinfo);

extern void refuse_weight(double weight, const char *name) __attribute__((noreturn));
extern void report_rows(Judgement judgement);

/* pair_aggregates.c */
extern Datum finish_pairs(FunctionCallInfo fcinfo, const Measure *measure);

/* parameters.c: checked arguments that are not weights */
extern double check_order(double order);
extern double check_base(double base);
extern double check_pseudocount(double pseudocount);
extern double check_empty(double empty);
extern double check_tolerance(double tolerance);
extern double check_temperature(double temperature);
extern Parameters read_parameters(FunctionCallInfo fcinfo, unsigned takes);

extern const Measure *measure_argument(FunctionCallInfo fcinfo, int argument,
									   bool (*fits) (const Measure *measure), const char *complaint);
extern bool measure_is_of_two(const Measure *measure);
extern Parameters option_arguments(FunctionCallInfo fcinfo, int first, const Measure *measure);
extern Parameters option_arguments_with_order(FunctionCallInfo fcinfo, int first, const Measure *measure);

/* Where the state of an aggregate lives; aggregate functions are not for others to call */
static inline MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	return context;
}

/* The weight in an argument of a transition function; NULL is a bin not seen */
static inline double
row_weight(FunctionCallInfo fcinfo, int argument, const char *name)
{
	double		weight = PG_ARGISNULL(argument) ? 0.0 : PG_GETARG_FLOAT8(argument);

	if (unlikely(!(weight >= 0.0 && weight <= DBL_MAX)))
		refuse_weight(weight, name);
	return weight;
}

#endif							/* KLDIV_H */
