/*-------------------------------------------------------------------------
 *
 * parameters.c
 *	  Checked arguments that are not weights.
 *
 *-------------------------------------------------------------------------
 */
#include "input/parameters.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/float.h"

double
check_argument(bool right, const char *name, double value, const char *requirement)
{
	if (!right)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be %s", name, requirement),
				 errdetail("Argument \"%s\" is %s.", name, float8out_internal(value))));
	return value;
}

double
check_parameter(ParameterNumber number, double value)
{
	const Parameter *parameter = &parameter_table[number];

	return check_argument(is_allowed(parameter, value), parameter->name, value, parameter->requirement);
}

double
check_tolerance(double tolerance)
{
	return check_argument(tolerance >= 0.0 && !isinf(tolerance), "tolerance", tolerance,
				 "a finite number of at least 0");
}

double
check_temperature(double temperature)
{
	return check_argument(temperature > 0.0 && !isinf(temperature), "temperature", temperature,
				 "a finite number greater than 0");
}

void
read_parameters(FunctionCallInfo fcinfo, unsigned takes, Parameters *parameters)
{
	int			next = takes & TAKES_REFERENCE ? 2 : 1;

	for (int number = 0; number < PARAMETER_COUNT; number++)
	{
		const Parameter *parameter = &parameter_table[number];
		double		value = parameter->neutral;

		if (takes & TAKES(number))
		{
			value = PG_GETARG_FLOAT8(next++);
			if (unlikely(!is_allowed(parameter, value)))
				check_parameter(number, value);
		}
		*parameter_of(parameters, number) = value;
	}
}

/* The names of the measures that fit */
static const char *
list_of_measures(bool (*fits) (const Measure *measure))
{
	StringInfoData list;
	const Measure *measure;

	initStringInfo(&list);
	for (size_t i = 0; (measure = measure_at(i)) != NULL; i++)
		if (fits(measure))
			appendStringInfo(&list, "%s%s", list.len > 0 ? ", " : "", measure->name);
	return list.data;
}

int
choice_of_text(Datum datum, bool is_null, const char *what, const char *const *names)
{
	StringInfoData list;
	const char *name;

	if (is_null)
		return 0;
	name = TextDatumGetCString(datum);
	for (int i = 0; names[i] != NULL; i++)
		if (strcmp(name, names[i]) == 0)
			return i;
	initStringInfo(&list);
	for (int i = 0; names[i] != NULL; i++)
		appendStringInfo(&list, "%s%s", i > 0 ? ", " : "", names[i]);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("there is no %s \"%s\"", what, name),
			 errhint("Take one of %s.", list.data)));
	pg_unreachable();
}

int
choice_argument(FunctionCallInfo fcinfo, int argument, const char *what, const char *const *names)
{
	return choice_of_text(PG_ARGISNULL(argument) ? (Datum) 0 : PG_GETARG_DATUM(argument), PG_ARGISNULL(argument), what, names);
}

const Measure *
measure_argument(FunctionCallInfo fcinfo, int argument, const Measure *otherwise,
				 bool (*fits) (const Measure *measure), const char *complaint, const char *advice)
{
	const char *name;
	const Measure *measure;

	if (PG_ARGISNULL(argument))
		return otherwise;
	name = text_to_cstring(PG_GETARG_TEXT_PP(argument));
	measure = find_measure(name);
	if (measure == NULL || !fits(measure))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 measure == NULL ? errmsg("there is no measure \"%s\"", name) :
				 errmsg("measure \"%s\" %s", name, complaint),
				 errhint("Take one of %s.%s", list_of_measures(fits), measure != NULL ? advice : "")));
	return measure;
}

void
read_option(FunctionCallInfo fcinfo, int position, ParameterNumber number, const Measure *measure, Parameters *parameters)
{
	const Parameter *parameter = &parameter_table[number];
	bool		takes = (measure->takes & TAKES(number)) != 0;

	if (PG_ARGISNULL(position) && takes && isnan(parameter->otherwise))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("measure \"%s\" needs %s", measure->name, parameter->name),
				 errhint("%s", parameter->example)));
	if (PG_ARGISNULL(position))
		return;
	if (!takes)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("measure \"%s\" takes no argument \"%s\"", measure->name, parameter->name)));
	*parameter_of(parameters, number) = check_parameter(number, PG_GETARG_FLOAT8(position));
}

Parameters
option_arguments(FunctionCallInfo fcinfo, int position, ParameterNumber first, const Measure *measure)
{
	Parameters	parameters = default_parameters(measure->takes);

	for (int number = first; number < PARAMETER_COUNT; number++, position++)
		read_option(fcinfo, position, number, measure, &parameters);
	return parameters;
}
