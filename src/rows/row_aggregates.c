/*-------------------------------------------------------------------------
 *
 * row_aggregates.c
 *	  The measures over one row per bin, in states of fixed size.
 *
 * A state is a float8[] that holds a RowState: see math/rows/rows.h.  One
 * transition function for each family of measures, one combine function for
 * all, a final function for each measure.  NULL weights are bins that were not
 * seen; NULL if a side has no weight at all.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "input/findings.h"
#include "input/parameters.h"
#include "math/rows/rows.h"
#include "rows/kept_row_aggregates.h"

#define STATE_SIZE (ARR_OVERHEAD_NONULLS(1) + ROW_STATE_LENGTH * sizeof(float8))

static RowState *
state_of(ArrayType *array)
{
	Assert(VARSIZE(array) == STATE_SIZE);
	return (RowState *) ARR_DATA_PTR(array);
}

static ArrayType *
new_state(const RowFamily *family)
{
	ArrayType  *array = palloc0(STATE_SIZE);

	SET_VARSIZE(array, STATE_SIZE);
	array->ndim = 1;
	array->elemtype = FLOAT8OID;
	ARR_DIMS(array)[0] = ROW_STATE_LENGTH;
	ARR_LBOUND(array)[0] = 1;
	begin_rows(state_of(array), family);
	return array;
}

/* Whether a RowState can be read and written in an array */
static inline bool
has_shape_of_state(ArrayType *array)
{
	return VARSIZE(array) == STATE_SIZE && ARR_NDIM(array) == 1 && !ARR_HASNULL(array);
}

/* Refuses arrays that are no states; what a state's numbers say is its owner's business */
static void
check_state(ArrayType *array, const RowFamily *family)
{
	if (!has_shape_of_state(array) || ARR_ELEMTYPE(array) != FLOAT8OID ||
		!is_row_state(state_of(array), family))
		refuse_state_array();
}

/*
 * A state to begin with, or a checked copy of what plain SQL has passed.  The
 * executor copies it to where aggregates live.
 */
static pg_noinline ArrayType *
other_state(FunctionCallInfo fcinfo, const RowFamily *family)
{
	ArrayType  *array;
	ArrayType  *copy;

	if (PG_ARGISNULL(0))
		return new_state(family);
	array = PG_GETARG_ARRAYTYPE_P(0);
	check_state(array, family);
	copy = palloc(STATE_SIZE);
	memcpy(copy, array, STATE_SIZE);
	return copy;
}

/*
 * The state in argument 0 that may be changed: in place if it is an
 * aggregate's own, of which no more is checked than that it is safe to write
 * to; else a copy.
 */
static inline ArrayType *
own_state(FunctionCallInfo fcinfo, const RowFamily *family)
{
	if (!PG_ARGISNULL(0) && AggCheckCallContext(fcinfo, NULL))
	{
		ArrayType  *array = (ArrayType *) PG_GETARG_POINTER(0);

		if (likely(!VARATT_IS_EXTENDED(array) && has_shape_of_state(array)))
			return array;
	}
	return other_state(fcinfo, family);
}

/* alpha, NaN for NULL, has to be the same in all rows */
static void
take_alpha(RowState *state, double alpha)
{
	if (!set_rows_alpha(state, alpha))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("alpha must be the same in every row of a group")));
}

static inline Datum
add_weights(FunctionCallInfo fcinfo, const RowFamily *family)
{
	bool		alone = family->alone == YES;
	int			alpha_argument = alone ? 2 : 3;
	ArrayType  *array = own_state(fcinfo, family);
	RowState   *state = state_of(array);
	double		p;
	double		q;

	if (family->takes_alpha == YES)
		take_alpha(state, PG_ARGISNULL(alpha_argument) ? NAN :
				   check_parameter(PARAMETER_ALPHA, PG_GETARG_FLOAT8(alpha_argument)));
	/* one after the other, so that p is blamed first */
	p = row_weight(fcinfo, 1, "p");
	q = alone ? 0.0 : row_weight(fcinfo, 2, "q");
	add_row(state, family, p, q);
	PG_RETURN_ARRAYTYPE_P(array);
}

#define DEFINE_TRANSITION(name, code) \
SQL_FUNCTION(kldiv_ ## name ## _transition) \
{ \
	return add_weights(fcinfo, &name ## _rows); \
}

FOR_EACH_ROW_FAMILY(DEFINE_TRANSITION)

/* Whatever family states are of, both have to be of the same one */
SQL_FUNCTION(kldiv_rows_combine)
{
	ArrayType  *array;
	ArrayType  *other;
	const RowFamily *family;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	other = PG_GETARG_ARRAYTYPE_P(1);
	family = has_shape_of_state(other) ? row_state_family(state_of(other)) : &keeps_rows;
	check_state(other, family);
	if (PG_ARGISNULL(0))
		PG_RETURN_ARRAYTYPE_P(other);
	array = own_state(fcinfo, family);
	if (family->takes_alpha == YES)
		take_alpha(state_of(array), row_state_alpha(state_of(other)));
	add_rows(state_of(array), state_of(other));
	PG_RETURN_ARRAYTYPE_P(array);
}

static Datum
finish_rows(FunctionCallInfo fcinfo, const Measure *measure)
{
	ArrayType  *array;
	Judgement	judgement;
	double		value;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	array = PG_GETARG_ARRAYTYPE_P(0);
	check_state(array, measure->rows);
	value = value_of_rows(measure, state_of(array), &judgement);
	report_rows(judgement);
	if (judgement == NOTHING_OBSERVED)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}

/* The final functions of measures with states of fixed size, or with all rows */
#define DEFINE_FINAL(name) \
SQL_FUNCTION(kldiv_ ## name ## _final) \
{ \
	const Measure *measure = &name ## _measure; \
\
	return measure->rows->fixed_size == YES ? finish_rows(fcinfo, measure) : finish_kept_rows(fcinfo, measure); \
}

FOR_EACH_MEASURE(DEFINE_FINAL)
