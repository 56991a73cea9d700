/*-------------------------------------------------------------------------
 *
 * points.h
 *	  From Datums to weights at points, and what is wrong with positions.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ORDERED_POINT_LISTS_H
#define KLDIV_ORDERED_POINT_LISTS_H

#include "kldiv.h"

#include "utils/array.h"

#include "compatibility.h"
#include "math/ordered/points.h"

/* Points that are being collected, and then sorted; fewer than 2^27, since that is what an array can have */
typedef struct PointList
{
	double	   *values;
	double	   *weights;		/* NULL if all are 1 */
	uint32		count;
	uint32		capacity;
} PointList;

/* Refuses a position, of an array if its place there is given, from 0 */
pg_noreturn extern void refuse_nan(const char *name, const char *what, int64 position, const char *advice);

/* Sorts points, of which the first, so many, are in order already */
extern void sort_points(PointList *points, size_t sorted);

/* The numbers of a sample in order; NULL elements are left out, as are those that weigh nothing */
extern PointList sample_of_array(ArrayType *array, const char *name, ArrayType *weights, const char *weights_name);

/* The value of sorted points, or NULL if a side has nothing */
extern Datum return_value_of_points(FunctionCallInfo fcinfo, const OrderedMeasure *measure, const PointList *p,
									const PointList *q, const char *p_name, const char *q_name);

#endif							/* KLDIV_ORDERED_POINT_LISTS_H */
