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

/* Where the state of an aggregate lives; aggregate functions are not for others to call */
static inline MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	return context;
}

/* The type of the rows that a function returns; polymorphic ones by its arguments */
extern TupleDesc result_row_type(FunctionCallInfo fcinfo);

#endif							/* KLDIV_H */
