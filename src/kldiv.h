/*-------------------------------------------------------------------------
 *
 * kldiv.h
 *	  What every file that knows PostgreSQL includes.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_H
#define KLDIV_H

#include "postgres.h"

#include <float.h>

#include "access/tupdesc.h"
#include "fmgr.h"

#include "compatibility.h"
#include "math/floating_point.h"

/* Calls a function in the default floating-point environment, which an error leaves as it is */
extern Datum call_in_default_floating_point(PGFunction function, FunctionCallInfo fcinfo);

/*
 * A function of SQL: its declarations, and the head of its definition.  Whatever
 * the floating-point environment is that it finds, it runs in the default one.
 */
#define SQL_FUNCTION(name) \
static inline Datum name ## _body(FunctionCallInfo fcinfo); \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	if (likely(is_default_floating_point(read_floating_point()))) \
		return name ## _body(fcinfo); \
	return call_in_default_floating_point(name ## _body, fcinfo); \
} \
static inline Datum \
name ## _body(FunctionCallInfo fcinfo)

/*
 * The same behind another function, which does for most calls what there is to
 * do, or returns 0.  That one finds any floating-point environment, and must not
 * depend on it: no arithmetic, no comparison of numbers.
 */
#define SQL_FUNCTION_BEHIND(shortcut, name) \
static Datum name ## _body(FunctionCallInfo fcinfo); \
static pg_noinline Datum \
name ## _behind(FunctionCallInfo fcinfo) \
{ \
	if (likely(is_default_floating_point(read_floating_point()))) \
		return name ## _body(fcinfo); \
	return call_in_default_floating_point(name ## _body, fcinfo); \
} \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	Datum		result = shortcut(fcinfo); \
	return likely(result != (Datum) 0) ? result : name ## _behind(fcinfo); \
} \
static Datum \
name ## _body(FunctionCallInfo fcinfo)

/* Where the state of an aggregate lives; aggregate functions are not for others to call */
static inline MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	return context;
}

/* Refuses a state that has come as bytes, or as an array, from elsewhere */
pg_noreturn extern void refuse_state(const char *problem);
pg_noreturn extern void refuse_state_array(void);

/* The type of the rows that a function returns; polymorphic ones by its arguments */
extern TupleDesc result_row_type(FunctionCallInfo fcinfo);

#endif							/* KLDIV_H */
