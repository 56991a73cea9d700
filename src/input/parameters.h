/*-------------------------------------------------------------------------
 *
 * parameters.h
 *	  Checked arguments that are not weights.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_INPUT_PARAMETERS_H
#define KLDIV_INPUT_PARAMETERS_H

#include "kldiv.h"

#include "math/measure.h"
#include "math/parameters.h"

/* Each returns its argument if it is right; the complaint is that it "must be" what is required */
extern double check_argument(bool right, const char *name, double value, const char *requirement);
extern double check_parameter(ParameterNumber number, double value);
extern double check_tolerance(double tolerance);
extern double check_temperature(double temperature);

/* The arguments behind those of the weights, in the order of the SQL declarations */
extern void read_parameters(FunctionCallInfo fcinfo, unsigned takes, Parameters *parameters);

/*
 * Which of the names, of which NULL is behind the last, is that of a text
 * argument; the first one if the argument is NULL.
 */
extern int choice_of_text(Datum datum, bool is_null, const char *what, const char *const *names);
extern int choice_argument(FunctionCallInfo fcinfo, int argument, const char *what, const char *const *names);

/*
 * The measure that an argument names, as its SQL functions are named; another
 * one if the argument is NULL.  The complaint says what is wrong with one that does
 * not fit, the advice more about what to do.
 */
extern const Measure *measure_argument(FunctionCallInfo fcinfo, int argument, const Measure *otherwise,
									   bool (*fits) (const Measure *measure), const char *complaint, const char *advice);

/* An option that the measure may take or not; NULL is not given */
extern void read_option(FunctionCallInfo fcinfo, int position, ParameterNumber number, const Measure *measure,
						Parameters *parameters);

/*
 * Options that the measure may take or not, in the arguments from position on;
 * NULL is not given.  The first one is a given parameter, the others follow in
 * the order of the table.
 */
extern Parameters option_arguments(FunctionCallInfo fcinfo, int position, ParameterNumber first,
								   const Measure *measure);

#endif							/* KLDIV_INPUT_PARAMETERS_H */
