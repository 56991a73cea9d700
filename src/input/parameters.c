/*-------------------------------------------------------------------------
 *
 * parameters.c
 *	  Checks of the arguments that are not weights.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/float.h"

/* Returns the argument if it is right */
static double
check_parameter(bool right, const char *name, double value, const char *requirement)
{
	if (!right)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be %s", name, requirement),
				 errdetail("Argument \"%s\" is %s.", name, float8out_internal(value))));
	return value;
}

double
check_order(double order)
{
	return check_parameter(order >= 0.0, "alpha", order, "a number of at least 0, or Infinity");
}

double
check_base(double base)
{
	return check_parameter(base > 1.0 && !isinf(base), "base", base,
						   "a finite number greater than 1");
}

double
check_pseudocount(double pseudocount)
{
	return check_parameter(pseudocount >= 0.0 && !isinf(pseudocount), "pseudocount", pseudocount,
						   "a finite number of at least 0");
}

double
check_empty(double empty)
{
	return check_parameter(empty >= 0.0 && empty <= 1.0, "empty", empty,
						   "a share between 0 and 1");
}

double
check_tolerance(double tolerance)
{
	return check_parameter(tolerance >= 0.0 && !isinf(tolerance), "tolerance", tolerance,
						   "a finite number of at least 0");
}

double
check_temperature(double temperature)
{
	return check_parameter(temperature > 0.0 && !isinf(temperature), "temperature", temperature,
						   "a finite number greater than 0");
}

/* Reads the arguments behind those of the weights, in the order of the SQL declarations */
Parameters
read_parameters(FunctionCallInfo fcinfo, unsigned takes)
{
	Parameters	parameters = DEFAULT_PARAMETERS;
	int			next = takes & TAKES_REFERENCE ? 2 : 1;

	if (takes & TAKES_ORDER)
		parameters.order = check_order(PG_GETARG_FLOAT8(next++));
	if (takes & TAKES_BASE)
		parameters.base = check_base(PG_GETARG_FLOAT8(next++));
	if (takes & TAKES_PSEUDOCOUNT)
		parameters.pseudocount = check_pseudocount(PG_GETARG_FLOAT8(next++));
	if (takes & TAKES_EMPTY)
		parameters.empty = check_empty(PG_GETARG_FLOAT8(next++));
	return parameters;
}

/* The names of the measures that fit */
static const char *
list_of_measures(bool (*fits) (const Measure *measure))
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = 0; i < MEASURE_COUNT; i++)
		if (fits(get_measure(i)))
			appendStringInfo(&list, "%s%s", list.len > 0 ? ", " : "", measure_name(get_measure(i)));
	return list.data;
}

/*
 * The measure that an argument names, as its SQL functions are named; jsd if
 * the argument is NULL.  The complaint says what is wrong with one that does
 * not fit.
 */
const Measure *
measure_argument(FunctionCallInfo fcinfo, int argument, bool (*fits) (const Measure *measure),
				 const char *complaint)
{
	const char *name;
	const Measure *measure;

	if (PG_ARGISNULL(argument))
		return get_measure(MEASURE_jsd);
	name = text_to_cstring(PG_GETARG_TEXT_PP(argument));
	measure = find_measure(name);
	if (measure == NULL || !fits(measure))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 measure == NULL ? errmsg("there is no measure \"%s\"", name) :
				 errmsg("measure \"%s\" %s", name, complaint),
				 errhint("Take one of %s.", list_of_measures(fits))));
	return measure;
}

bool
measure_is_of_two(const Measure *measure)
{
	return (measure_takes(measure) & TAKES_REFERENCE) != 0;
}

/* An option that the measure may take or not; NULL is not given */
static double
option(FunctionCallInfo fcinfo, int argument, const Measure *measure, unsigned bit, const char *name,
	   double (*check) (double), double otherwise)
{
	if (PG_ARGISNULL(argument))
		return otherwise;
	if (!(measure_takes(measure) & bit))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("measure \"%s\" takes no argument \"%s\"", measure_name(measure), name)));
	return check(PG_GETARG_FLOAT8(argument));
}

/* The options base, pseudocount and empty, in the arguments from first on */
Parameters
option_arguments(FunctionCallInfo fcinfo, int first, const Measure *measure)
{
	Parameters	parameters = DEFAULT_PARAMETERS;

	parameters.base = option(fcinfo, first, measure, TAKES_BASE, "base", check_base, parameters.base);
	parameters.pseudocount = option(fcinfo, first + 1, measure, TAKES_PSEUDOCOUNT, "pseudocount",
									check_pseudocount, parameters.pseudocount);
	parameters.empty = option(fcinfo, first + 2, measure, TAKES_EMPTY, "empty", check_empty,
							  measure_takes(measure) & TAKES_EMPTY ? DEFAULT_EMPTY : parameters.empty);
	return parameters;
}

/* The same with alpha before them, which a measure that takes it needs */
Parameters
option_arguments_with_order(FunctionCallInfo fcinfo, int first, const Measure *measure)
{
	Parameters	parameters = option_arguments(fcinfo, first + 1, measure);

	if ((measure_takes(measure) & TAKES_ORDER) && PG_ARGISNULL(first))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("measure \"%s\" needs alpha", measure_name(measure)),
				 errhint("Give its order: alpha => 2.")));
	parameters.order = option(fcinfo, first, measure, TAKES_ORDER, "alpha", check_order, parameters.order);
	return parameters;
}
