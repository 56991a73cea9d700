/*-------------------------------------------------------------------------
 *
 * aggregates.c
 *	  expected_calibration_error, calibration_divergence and log_loss over rows.
 *
 * A row is what happened and the probability that was predicted for it; one with
 * a NULL is skipped, NULL if there is no other.  A prediction that is no number
 * from 0 to 1 is an error (22023), and so are bins that are not from 1 to 10000, or
 * not the same in every row.
 *
 * A state is a float8[] that holds a CalibrationState, so that partial ones
 * travel as they are.  Its sums are exact: the bits of the result depend neither
 * on the order of rows nor on workers, nor on rows that have left a moving frame.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "compatibility.h"
#include "input/arrays.h"
#include "input/numbers.h"
#include "input/parameters.h"
#include "math/calibration/calibration.h"

/* Parts of a sum to begin with: enough for predictions that are of about the same size */
#define USUAL_WIDTH 1

/* The same for all rows: bins, or one group for log_loss */
#define ONE_GROUP 1

static CalibrationState *
state_of(ArrayType *array)
{
	return (CalibrationState *) ARR_DATA_PTR(array);
}

/* Whether a state can be read and written in an array */
static inline bool
has_shape_of_state(ArrayType *array)
{
	return ARR_NDIM(array) == 1 && !ARR_HASNULL(array) && ARR_ELEMTYPE(array) == FLOAT8OID &&
		VARSIZE(array) == ARR_OVERHEAD_NONULLS(1) + (Size) ARR_DIMS(array)[0] * sizeof(float8) &&
		has_length_of_state((const double *) ARR_DATA_PTR(array), (size_t) ARR_DIMS(array)[0]);
}

/* The state in an argument, which may be anything that plain SQL has passed */
static ArrayType *
state_argument(FunctionCallInfo fcinfo, int argument)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argument);

	if (!has_shape_of_state(array) ||
		!is_calibration_state((const double *) ARR_DATA_PTR(array), (size_t) ARR_DIMS(array)[0]))
		refuse_state_array();
	return array;
}

static ArrayType *
new_state(size_t groups, size_t width)
{
	int			length = (int) calibration_state_length(groups, width);
	int			lower_bound = 1;
	ArrayType  *array = new_weight_array(1, &length, &lower_bound);

	memset(ARR_DATA_PTR(array), 0, length * sizeof(float8));
	begin_calibration(state_of(array), groups, width);
	return array;
}

/* A copy of which the sums have so many parts behind the first one */
static ArrayType *
wider_state(ArrayType *array, size_t width)
{
	ArrayType  *wider = new_state((size_t) state_of(array)->groups, width);

	widen_calibration(state_of(array), state_of(wider), width);
	return wider;
}

/* The state in argument 0 that may be changed: in place if it is an aggregate's own, else a checked copy */
static inline ArrayType *
own_state(FunctionCallInfo fcinfo, size_t groups)
{
	ArrayType  *array = (ArrayType *) PG_GETARG_POINTER(0);

	if (PG_ARGISNULL(0))
		return new_state(groups, USUAL_WIDTH);
	if (likely(AggCheckCallContext(fcinfo, NULL) && !VARATT_IS_EXTENDED(array) && has_shape_of_state(array)))
		return array;
	array = state_argument(fcinfo, 0);
	return wider_state(array, (size_t) state_of(array)->width);
}

static void
refuse_other_bins(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("bins must be the same in every row of a group")));
}

/* Adds a row to a group of the state in argument 0, or takes it out by a sign of -1 */
static Datum
count_row(FunctionCallInfo fcinfo, size_t groups, size_t group, bool marked, double term, double sign)
{
	ArrayType  *array = own_state(fcinfo, groups);
	size_t		width;

	if (unlikely((size_t) state_of(array)->groups != groups))
		refuse_other_bins();
	while (unlikely((width = add_to_group(state_of(array), group, sign, marked ? sign : 0.0, sign * term)) > 0))
		array = wider_state(array, width);
	PG_RETURN_ARRAYTYPE_P(array);
}

static Datum
return_unchanged(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/* A row of outcome, predicted and bins */
static inline Datum
count_prediction(FunctionCallInfo fcinfo, double sign)
{
	double		predicted;
	int32		bins;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return return_unchanged(fcinfo);
	predicted = checked_number(PG_GETARG_FLOAT8(2), "predicted", 0, A_PROBABILITY);
	bins = PG_GETARG_INT32(3);
	if (unlikely(bins < 1 || bins > MOST_PREDICTION_BINS))
		check_argument(false, "bins", bins, "a number from 1 to 10000");
	return count_row(fcinfo, (size_t) bins, bin_of_prediction(predicted, (size_t) bins), PG_GETARG_BOOL(1), predicted, sign);
}

SQL_FUNCTION(kldiv_calibration_transition)
{
	return count_prediction(fcinfo, 1.0);
}

SQL_FUNCTION(kldiv_calibration_move_out)
{
	return count_prediction(fcinfo, -1.0);
}

/* A row of outcome and predicted: of infinite losses only the number is kept */
static inline Datum
count_loss(FunctionCallInfo fcinfo, double sign)
{
	double		predicted;
	double		loss;
	bool		infinite;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return return_unchanged(fcinfo);
	predicted = checked_number(PG_GETARG_FLOAT8(2), "predicted", 0, A_PROBABILITY);
	loss = loss_of_prediction(PG_GETARG_BOOL(1), predicted);
	infinite = isinf(loss);
	return count_row(fcinfo, ONE_GROUP, 0, infinite, infinite ? 0.0 : loss, sign);
}

SQL_FUNCTION(kldiv_log_loss_transition)
{
	return count_loss(fcinfo, 1.0);
}

SQL_FUNCTION(kldiv_log_loss_move_out)
{
	return count_loss(fcinfo, -1.0);
}

/* Adds a state of any of these aggregates to another one of the same; NULL is one without rows */
SQL_FUNCTION(kldiv_calibration_combine)
{
	ArrayType  *array;
	ArrayType  *other;
	ArrayType  *sum;
	size_t		width;

	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	array = state_argument(fcinfo, PG_ARGISNULL(0) ? 1 : 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_ARRAYTYPE_P(array);
	other = state_argument(fcinfo, 1);
	if (state_of(array)->groups != state_of(other)->groups)
		refuse_other_bins();
	sum = wider_state(array, (size_t) state_of(array)->width);
	while ((width = add_calibration(state_of(sum), state_of(other))) > 0)
		sum = wider_state(array, width);
	PG_RETURN_ARRAYTYPE_P(sum);
}

/* A value of a state, NULL if all rows were skipped or have left */
static Datum
return_value(FunctionCallInfo fcinfo, double (*value) (const CalibrationState *state))
{
	const CalibrationState *state = state_of(state_argument(fcinfo, 0));

	if (rows_of_calibration(state) == 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value(state));
}

/*
 * sum over bins of n_b/N |mean outcome - mean prediction|, from 0 to 1, where bin k
 * of B is the predictions in [k/B, (k + 1)/B), and 1 is in the last one.
 */
SQL_FUNCTION(kldiv_expected_calibration_error_final)
{
	return return_value(fcinfo, expected_calibration_error);
}

/* sum over the same bins of n_b/N D(Bernoulli of the mean outcome || that of the mean prediction), in nats; from 0 to Infinity */
SQL_FUNCTION(kldiv_calibration_divergence_final)
{
	return return_value(fcinfo, calibration_divergence);
}

/* The mean of -ln of what was predicted for what happened, in nats; from 0 to Infinity, if that was 0 in any row */
SQL_FUNCTION(kldiv_log_loss_final)
{
	return return_value(fcinfo, mean_loss);
}
