/*-------------------------------------------------------------------------
 *
 * divergence_pairs.h
 *	  A search for pairs, for all functions that return them as rows.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_DIVERGENCE_PAIRS_H
#define KLDIV_DIVERGENCE_PAIRS_H

#include "many/comparisons.h"

#include "funcapi.h"

typedef struct Pair
{
	double		value;
	uint32		a;				/* rows */
	uint32		b;
} Pair;

typedef struct PairOptions
{
	bool		has_top;
	size_t		top;			/* only so many pairs, */
	bool		farthest;		/* the most different ones instead of the closest */
	bool		limited;
	double		within;			/* only pairs up to this value */
} PairOptions;

typedef struct PairIds
{
	Datum	   *values;
	bool	   *nulls;
} PairIds;

typedef struct PairSearch PairSearch;

extern PairOptions pair_options_argument(FunctionCallInfo fcinfo, int first);
extern PairIds *pair_ids_argument(FunctionCallInfo fcinfo, int argument, size_t rows);

extern PairSearch *begin_pair_search(Comparison *comparison, const PairOptions *options);
extern bool next_found_pair(PairSearch *search, Pair *pair);
extern Datum return_pair(FunctionCallInfo fcinfo, FuncCallContext *context, PairSearch *search,
						 const PairIds *ids);

#endif							/* KLDIV_DIVERGENCE_PAIRS_H */
