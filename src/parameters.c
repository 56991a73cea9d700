/*-------------------------------------------------------------------------
 *
 * parameters.c
 *	  Checks of the arguments that are not weights.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

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
