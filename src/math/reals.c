/*-------------------------------------------------------------------------
 *
 * reals.c
 *	  From single to double precision.
 *
 *-------------------------------------------------------------------------
 */
#include "math/reals.h"

#include "math/instruction_set.h"
#include "math/pair/vector.h"

void
widen_reals(const float *reals, size_t count, double *values)
{
	active_vector_functions()->widen(reals, count, values);
}
