/*-------------------------------------------------------------------------
 *
 * measure.c
 *	  The table of measures, made of the entries of all families.
 *
 *-------------------------------------------------------------------------
 */
#include "math/measure.h"

#include <math.h>
#include <string.h>

#include "math/assertions.h"
#include "math/elementary.h"

#define MEASURE_POINTER(name) &name ## _measure,

static const Measure *const measure_table[] = {
	FOR_EACH_MEASURE(MEASURE_POINTER)
	NULL
};

#define MEASURE_COUNT (sizeof(measure_table) / sizeof(measure_table[0]) - 1)

const Measure *
measure_at(size_t position)
{
	return position < MEASURE_COUNT ? measure_table[position] : NULL;
}

const Measure *
find_measure(const char *name)
{
	for (size_t i = 0; i < MEASURE_COUNT; i++)
		if (strcmp(measure_table[i]->name, name) == 0)
			return measure_table[i];
	return NULL;
}

double
as_it_is(double value)
{
	return value;
}

double
square_root(double value)
{
	return sqrt(value);
}

double
value_of_nats(const Measure *measure, double nats, double base)
{
	if (base != EULER)
		nats /= natural_log(base);
	return measure->transform(nats) + 0.0;
}

double
nats_of_value(const Measure *measure, double value, double base)
{
	double		nats = measure->transform == square_root ? value * value : value;

	assert_that(measure->transform == square_root || measure->transform == as_it_is);
	return base == EULER ? nats : nats * natural_log(base);
}
