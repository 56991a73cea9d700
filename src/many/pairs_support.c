/*-------------------------------------------------------------------------
 *
 * pairs_support.c
 *	  What the planner can know of divergence_pairs(): how many rows there will be.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "math/measure.h"

/* Arguments of divergence_pairs() */
enum
{
	IDS_ARGUMENT,
	DISTRIBUTIONS_ARGUMENT,
	MEASURE_ARGUMENT,
	TOP_ARGUMENT
};

/* An argument if it is known while the query is planned, or NULL; in custom plans, parameters are */
static Const *
known_argument(const SupportRequestRows *request, List *arguments, int number)
{
	Node	   *argument;

	if (number >= list_length(arguments))
		return NULL;
	argument = list_nth(arguments, number);
	if (request->root != NULL)
		argument = estimate_expression_value(request->root, argument);
	return IsA(argument, Const) ? (Const *) argument : NULL;
}

/* Elements of the first dimension of an array that is known; negative if it is not */
static double
known_length(const Const *argument)
{
	AnyArrayType *array;

	if (argument == NULL)
		return -1.0;
	if (argument->constisnull)
		return 0.0;
	array = DatumGetAnyArrayP(argument->constvalue);
	return AARR_NDIM(array) > 0 ? AARR_DIMS(array)[0] : 0.0;
}

/* Whether pairs are compared in both orders */
static bool
is_known_not_symmetric(const Const *argument)
{
	const Measure *measure;

	if (argument == NULL || argument->constisnull)
		return false;
	measure = find_measure(text_to_cstring(DatumGetTextPP(argument->constvalue)));
	return measure != NULL && measure->symmetric != YES;
}

/*
 * The rows of a call: no more than top, and if one of its arrays is known, no
 * more than there are pairs.  Of the other calls nothing is known.
 */
static bool
estimate_rows(SupportRequestRows *request)
{
	List	   *arguments;
	Const	   *top;
	double		count;
	double		rows = -1.0;

	if (!IsA(request->node, FuncExpr))
		return false;
	arguments = ((FuncExpr *) request->node)->args;
	count = known_length(known_argument(request, arguments, IDS_ARGUMENT));
	if (count < 0.0)
		count = known_length(known_argument(request, arguments, DISTRIBUTIONS_ARGUMENT));
	if (count >= 0.0)
		rows = Max(count * (count - 1.0), 0.0) *
			(is_known_not_symmetric(known_argument(request, arguments, MEASURE_ARGUMENT)) ? 1.0 : 0.5);
	top = known_argument(request, arguments, TOP_ARGUMENT);
	if (top != NULL && !top->constisnull && (rows < 0.0 || DatumGetInt32(top->constvalue) < rows))
		rows = Max(DatumGetInt32(top->constvalue), 0);
	request->rows = rows;
	return rows >= 0.0;
}

/* kldiv_divergence_pairs_support(request): the number of rows of a call of divergence_pairs(), for the planner */
SQL_FUNCTION(kldiv_divergence_pairs_support)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (IsA(request, SupportRequestRows) && estimate_rows((SupportRequestRows *) request))
		PG_RETURN_POINTER(request);
	PG_RETURN_POINTER(NULL);
}
