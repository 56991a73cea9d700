/*-------------------------------------------------------------------------
 *
 * real_arrays_support.c
 *	  Has the planner call a function's twin for real[] where its arrays are cast
 *	  from that.
 *
 * The twin of f is kldiv_f_real in the schema of f, over real[] where f is over
 * float8[].  It is found by its name, since the extension may be moved; it takes
 * the place of f only if it is the same owner's, and if whoever may call the one
 * may call the other: the planner's choice must not go around a REVOKE.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "access/htup_details.h"
#include "catalog/pg_language.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/syscache.h"

#include "compatibility.h"
#include "input/real_arrays.h"

/* The array of real that an argument is cast from, or NULL */
static Node *
cast_from_reals(Node *argument)
{
	ArrayCoerceExpr *cast = (ArrayCoerceExpr *) argument;

	if (!IsA(argument, ArrayCoerceExpr) || exprType((Node *) cast->arg) != FLOAT4ARRAYOID ||
		!IsA(cast->elemexpr, FuncExpr) || ((FuncExpr *) cast->elemexpr)->funcid != F_FLOAT8_FLOAT4)
		return NULL;
	return (Node *) cast->arg;
}

/* A constant array as one of real, if its elements are no more than that, or NULL */
static Node *
constant_of_reals(Node *argument)
{
	Const	   *constant = (Const *) argument;
	ArrayType  *array;

	if (!IsA(argument, Const) || constant->constisnull)
		return NULL;
	array = narrowed_array(DatumGetArrayTypeP(constant->constvalue));
	if (array == NULL)
		return NULL;
	return (Node *) makeConst(FLOAT4ARRAYOID, -1, constant->constcollid, -1, PointerGetDatum(array), false, false);
}

/* The arguments with arrays of real; NIL if not all arrays are, or none needs to be */
static List *
arguments_of_twin(List *arguments)
{
	List	   *result = NIL;
	bool		has_cast = false;
	ListCell   *cell;

	foreach(cell, arguments)
	{
		Node	   *argument = lfirst(cell);

		if (exprType(argument) == FLOAT8ARRAYOID)
			has_cast |= cast_from_reals(argument) != NULL;
	}
	foreach(cell, arguments)
	{
		Node	   *argument = lfirst(cell);

		if (has_cast && exprType(argument) == FLOAT8ARRAYOID)
		{
			Node	   *reals = cast_from_reals(argument);

			argument = reals != NULL ? reals : constant_of_reals(argument);
			if (argument == NULL)
				return NIL;
		}
		result = lappend(result, argument);
	}
	return has_cast ? result : NIL;
}

/* The privileges of a function, sorted */
static Acl *
privileges_of(HeapTuple tuple)
{
	bool		is_null;
	Datum		datum = SysCacheGetAttr(PROCOID, tuple, Anum_pg_proc_proacl, &is_null);
	Acl		   *privileges = is_null ? acldefault(OBJECT_FUNCTION, ((Form_pg_proc) GETSTRUCT(tuple))->proowner) :
		DatumGetAclPCopy(datum);

	aclitemsort(privileges);
	return privileges;
}

/* Whether somebody has changed how a function is called, which its twin would not heed */
static bool
is_called_plainly(HeapTuple tuple)
{
	Form_pg_proc function = (Form_pg_proc) GETSTRUCT(tuple);

	return heap_attisnull(tuple, Anum_pg_proc_proconfig, NULL) && !function->prosecdef && function->prolang == ClanguageId;
}

/* The twin of a function, InvalidOid if it has none that may take its place */
static Oid
twin_of(Oid function_oid)
{
	HeapTuple	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function_oid));
	Form_pg_proc function;
	oidvector  *types;
	char		name[2 * NAMEDATALEN];
	HeapTuple	twin_tuple;
	Oid			twin = InvalidOid;

	if (!HeapTupleIsValid(tuple))
		return InvalidOid;
	function = (Form_pg_proc) GETSTRUCT(tuple);
	types = buildoidvector(function->proargtypes.values, function->pronargs);
	for (int i = 0; i < types->dim1; i++)
		if (types->values[i] == FLOAT8ARRAYOID)
			types->values[i] = FLOAT4ARRAYOID;
	snprintf(name, sizeof(name), "kldiv_%s_real", NameStr(function->proname));
	twin_tuple = SearchSysCache3(PROCNAMEARGSNSP, PointerGetDatum(name), PointerGetDatum(types), ObjectIdGetDatum(function->pronamespace));
	if (HeapTupleIsValid(twin_tuple))
	{
		Form_pg_proc candidate = (Form_pg_proc) GETSTRUCT(twin_tuple);

		if (candidate->proowner == function->proowner && candidate->prorettype == function->prorettype &&
			is_called_plainly(tuple) && is_called_plainly(twin_tuple) && aclequal(privileges_of(tuple), privileges_of(twin_tuple)))
			twin = candidate->oid;
		ReleaseSysCache(twin_tuple);
	}
	ReleaseSysCache(tuple);
	return twin;
}

/* kldiv_real_support(request): for the planner, the call of the twin instead of that of a function whose arrays are cast from real[] */
SQL_FUNCTION(kldiv_real_support)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);
	FuncExpr   *call;
	FuncExpr   *twin_call;
	List	   *arguments;
	Oid			twin;

	if (!IsA(request, SupportRequestSimplify))
		PG_RETURN_POINTER(NULL);
	call = ((SupportRequestSimplify *) request)->fcall;
	arguments = arguments_of_twin(call->args);
	if (arguments == NIL)
		PG_RETURN_POINTER(NULL);
	twin = twin_of(call->funcid);
	if (!OidIsValid(twin))
		PG_RETURN_POINTER(NULL);
	twin_call = makeFuncExpr(twin, call->funcresulttype, arguments, call->funccollid, call->inputcollid, COERCE_EXPLICIT_CALL);
	twin_call->location = call->location;
	PG_RETURN_POINTER(twin_call);
}
