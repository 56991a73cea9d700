/*-------------------------------------------------------------------------
 *
 * result_rows.h
 *	  Rows of a function that runs queries: all are there before the first is
 *	  returned.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_RESULT_ROWS_H
#define KLDIV_RESULT_ROWS_H

#include "kldiv.h"

#include "utils/tuplestore.h"

typedef struct ResultRows
{
	Tuplestorestate *store;
	TupleDesc	description;
} ResultRows;

/* To be called before SPI is connected to; rows are returned by PG_RETURN_NULL() */
extern ResultRows begin_result_rows(FunctionCallInfo fcinfo);

/* An argument of text, or NULL */
extern char *text_or_null(FunctionCallInfo fcinfo, int argument);

#endif							/* KLDIV_RESULT_ROWS_H */
