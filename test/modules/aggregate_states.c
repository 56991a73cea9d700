/*
 * What comes from a parallel worker, or another server: a state as bytes.  Uses
 * such bytes as the executor does, so that damaged ones can be tried.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_aggregate.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "nodes/execnodes.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

PG_MODULE_MAGIC;

/* Calls a function of an aggregate with one argument, or two */
static Datum
call_within(AggState *aggregate, Oid function, int arguments, Datum first, Datum second, bool second_is_null, bool *is_null)
{
	LOCAL_FCINFO(fcinfo, 2);
	FmgrInfo	info;
	Datum		result;

	fmgr_info(function, &info);
	InitFunctionCallInfoData(*fcinfo, &info, arguments, InvalidOid, (Node *) aggregate, NULL);
	fcinfo->args[0].value = first;
	fcinfo->args[0].isnull = false;
	fcinfo->args[1].value = second;
	fcinfo->args[1].isnull = second_is_null;
	result = FunctionCallInvoke(fcinfo);
	*is_null = fcinfo->isnull;
	return result;
}

/* The result of an aggregate whose state comes as bytes; of the state added to itself, sent on and received again, if so asked */
PG_FUNCTION_INFO_V1(result_of_state);
Datum
result_of_state(PG_FUNCTION_ARGS)
{
	Oid			oid = PG_GETARG_OID(0);
	Datum		bytes = PG_GETARG_DATUM(1);
	bool		twice = PG_GETARG_BOOL(2);
	HeapTuple	tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(oid));
	FormData_pg_aggregate form;
	AggState   *aggregate = makeNode(AggState);
	Datum		state;
	Datum		other;
	Datum		result;
	bool		is_null;
	Oid			output;
	bool		is_varlena;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "%u is no aggregate", oid);
	form = *(Form_pg_aggregate) GETSTRUCT(tuple);
	ReleaseSysCache(tuple);
	aggregate->curaggcontext = CreateStandaloneExprContext();
	state = call_within(aggregate, form.aggdeserialfn, 2, bytes, (Datum) 0, true, &is_null);
	if (twice)
	{
		other = call_within(aggregate, form.aggdeserialfn, 2, bytes, (Datum) 0, true, &is_null);
		state = call_within(aggregate, form.aggcombinefn, 2, state, other, false, &is_null);
		bytes = call_within(aggregate, form.aggserialfn, 1, state, (Datum) 0, true, &is_null);
		state = call_within(aggregate, form.aggdeserialfn, 2, bytes, (Datum) 0, true, &is_null);
	}
	result = call_within(aggregate, form.aggfinalfn, 1, state, (Datum) 0, true, &is_null);
	if (is_null)
		PG_RETURN_NULL();
	getTypeOutputInfo(get_func_rettype(oid), &output, &is_varlena);
	PG_RETURN_DATUM(OidFunctionCall1(F_TEXTIN, CStringGetDatum(OidOutputFunctionCall(output, result))));
}
