/*-------------------------------------------------------------------------
 *
 * parameters.c
 *	  What measures take besides p: one table of parameters.
 *
 *-------------------------------------------------------------------------
 */
#include "math/parameters.h"

#include <float.h>
#include <math.h>

/* Whatever is greater than 1 is at least this */
#define JUST_ABOVE_1 (1.0 + DBL_EPSILON)

const Parameter parameter_table[PARAMETER_COUNT] = {
	[PARAMETER_ALPHA] = {
		.name = "alpha",
		.offset = offsetof(Parameters, alpha),
		.neutral = 1.0,
		.otherwise = NAN,
		.least = 0.0,
		.greatest = INFINITY,
		.requirement = "a number of at least 0, or Infinity",
		.example = "Give its order: alpha => 2."
	},
	[PARAMETER_BASE] = {
		.name = "base",
		.offset = offsetof(Parameters, base),
		.neutral = EULER,
		.otherwise = EULER,
		.least = JUST_ABOVE_1,
		.greatest = DBL_MAX,
		.requirement = "a finite number greater than 1",
		.example = "Take bits: base => 2."
	},
	[PARAMETER_PSEUDOCOUNT] = {
		.name = "pseudocount",
		.offset = offsetof(Parameters, pseudocount),
		.neutral = 0.0,
		.otherwise = 0.0,
		.least = 0.0,
		.greatest = DBL_MAX,
		.requirement = "a finite number of at least 0",
		.example = "Add one half: pseudocount => 0.5."
	},
	[PARAMETER_EMPTY] = {
		.name = "empty",
		.offset = offsetof(Parameters, empty),
		.neutral = 0.0,
		.otherwise = 0.0001,
		.least = 0.0,
		.greatest = 1.0,
		.requirement = "a share between 0 and 1",
		.example = "Fill nothing: empty => 0."
	},
};

Parameters
default_parameters(unsigned takes)
{
	Parameters	parameters = {.p_part = 0.0, .q_part = 0.0};

	for (int number = 0; number < PARAMETER_COUNT; number++)
	{
		const Parameter *parameter = &parameter_table[number];
		bool		otherwise = (takes & TAKES(number)) && !isnan(parameter->otherwise);

		*parameter_of(&parameters, number) = otherwise ? parameter->otherwise : parameter->neutral;
	}
	return parameters;
}
