/*-------------------------------------------------------------------------
 *
 * kept_row_aggregates.h
 *	  Measures and tests over rows that need all of them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_KEPT_ROW_AGGREGATES_H
#define KLDIV_KEPT_ROW_AGGREGATES_H

#include "kldiv.h"

#include "math/measure.h"
#include "math/weights.h"

/* All rows that an aggregate has kept, for its final function; false if there are none */
extern bool kept_rows(FunctionCallInfo fcinfo, Weights *p, Weights *q);

/* The value of all rows that an aggregate has kept */
extern Datum finish_kept_rows(FunctionCallInfo fcinfo, const Measure *measure);

#endif							/* KLDIV_KEPT_ROW_AGGREGATES_H */
