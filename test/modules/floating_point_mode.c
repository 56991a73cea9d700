/*
 * A library as others are in a session: it changes the floating-point
 * environment of the whole process, and leaves it so.
 */
#include "postgres.h"

#include "fmgr.h"

#include "math/floating_point.h"

PG_MODULE_MAGIC;

/* Sets the control bits, and returns them as they were */
PG_FUNCTION_INFO_V1(set_floating_point_mode);
Datum
set_floating_point_mode(PG_FUNCTION_ARGS)
{
	FloatingPoint before = read_floating_point();

	write_floating_point((before & ~FLOATING_POINT_CONTROL) | ((FloatingPoint) PG_GETARG_INT64(0) & FLOATING_POINT_CONTROL));
	PG_RETURN_INT64((int64) (before & FLOATING_POINT_CONTROL));
}

PG_FUNCTION_INFO_V1(floating_point_mode);
Datum
floating_point_mode(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) (read_floating_point() & FLOATING_POINT_CONTROL));
}
