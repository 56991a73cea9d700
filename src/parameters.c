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

/* The measure of a name, which is that of its SQL functions */
const Measure *
measure_of_name(const char *name)
{
	const Measure *measure = find_measure(name);
	StringInfoData names;

	if (measure != NULL)
		return measure;
	initStringInfo(&names);
	for (int i = 0; i < MEASURE_COUNT; i++)
		appendStringInfo(&names, "%s%s", i > 0 ? ", " : "", measure_name(get_measure(i)));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown measure \"%s\"", name),
			 errhint("Measures are %s.", names.data)));
}
