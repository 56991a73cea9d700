/*-------------------------------------------------------------------------
 *
 * logsumexp_aggregate.c
 *	  logsumexp(logit) over rows.
 *
 * A state is a float8[] that holds an ExponentialSum, so that partial ones
 * travel as they are.  A NULL row is none; NULL if there is no other.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "input/arrays.h"
#include "input/findings.h"
#include "math/logits/logits.h"

#define STATE_LENGTH (sizeof(ExponentialSum) / sizeof(float8))
#define STATE_SIZE (ARR_OVERHEAD_NONULLS(1) + sizeof(ExponentialSum))

static ExponentialSum *
state_of(ArrayType *array)
{
	return (ExponentialSum *) ARR_DATA_PTR(array);
}

static inline bool
has_shape_of_state(ArrayType *array)
{
	return VARSIZE(array) == STATE_SIZE && ARR_NDIM(array) == 1 && !ARR_HASNULL(array) && ARR_ELEMTYPE(array) == FLOAT8OID;
}

/* A sum of nothing is that of zeros, any other one at least about the exponential of its origin */
static bool
is_sum(const ExponentialSum *sum)
{
	if (sum->origin == -INFINITY)
		return sum->sum == 0.0 && sum->sum_low == 0.0;
	return fabs(sum->origin) <= DBL_MAX && sum->sum > 0.0 && sum->sum <= DBL_MAX && fabs(sum->sum_low) <= sum->sum;
}

/* The state in an argument, checked unless it is an aggregate's own; what plain SQL passes may be anything */
static ArrayType *
state_argument(FunctionCallInfo fcinfo, int argument)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argument);

	if (!has_shape_of_state(array) || !is_sum(state_of(array)))
		refuse_state_array();
	return array;
}

static ArrayType *
new_state(ExponentialSum sum)
{
	int			length = (int) STATE_LENGTH;
	int			lower_bound = 1;
	ArrayType  *array = new_weight_array(1, &length, &lower_bound);

	*state_of(array) = sum;
	return array;
}

/* Adds a row, in place if the state is an aggregate's own */
SQL_FUNCTION(kldiv_logsumexp_transition)
{
	ArrayType  *array;
	double		logit;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	logit = PG_GETARG_FLOAT8(1);
	if (unlikely(!(logit <= DBL_MAX)))
		refuse_logit(logit, "logit");
	if (PG_ARGISNULL(0))
		array = new_state(no_exponentials());
	else if (AggCheckCallContext(fcinfo, NULL) && !VARATT_IS_EXTENDED(PG_GETARG_POINTER(0)) &&
			 has_shape_of_state((ArrayType *) PG_GETARG_POINTER(0)))
		array = (ArrayType *) PG_GETARG_POINTER(0);
	else
		array = new_state(*state_of(state_argument(fcinfo, 0)));
	add_exponential(state_of(array), logit);
	PG_RETURN_ARRAYTYPE_P(array);
}

/* Adds a state to another one; NULL is one without rows */
SQL_FUNCTION(kldiv_logsumexp_combine)
{
	ExponentialSum sum;

	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_ARRAYTYPE_P(new_state(*state_of(state_argument(fcinfo, PG_ARGISNULL(0) ? 1 : 0))));
	sum = *state_of(state_argument(fcinfo, 0));
	add_exponential_sum(&sum, state_of(state_argument(fcinfo, 1)));
	PG_RETURN_ARRAYTYPE_P(new_state(sum));
}

/* The logarithm of the sum; -Infinity if all rows are */
SQL_FUNCTION(kldiv_logsumexp_final)
{
	PG_RETURN_FLOAT8(log_of_exponentials(state_of(state_argument(fcinfo, 0))));
}
