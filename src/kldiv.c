/*-------------------------------------------------------------------------
 *
 * kldiv.c
 *	  The library: magic block and settings, and what its files share.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/guc.h"

#include "columns/columns_memory.h"
#include "compatibility.h"
#include "histogram/columns.h"
#include "math/instruction_set.h"
#include "parallel/threads.h"

#ifdef PG_MODULE_MAGIC_EXT
PG_MODULE_MAGIC_EXT(.name = "kldiv", .version = KLDIV_VERSION);
#else
PG_MODULE_MAGIC;
#endif

PGDLLEXPORT void _PG_init(void);

TupleDesc
result_row_type(FunctionCallInfo fcinfo)
{
	TupleDesc	description;

	if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "function returning record called in context that cannot accept type record");
	return BlessTupleDesc(description);
}

void
refuse_state(const char *problem)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("state is %s", problem)));
	pg_unreachable();
}

void
refuse_state_array(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("array is not a state of this aggregate"),
			 errhint("This function is called by aggregates; their states should not be made or changed otherwise.")));
	pg_unreachable();
}

/*
 * Out of line, so that no computation is moved to where the environment is
 * another.  After an error the default stays, which is what PostgreSQL assumes.
 */
pg_noinline Datum
call_in_default_floating_point(PGFunction function, FunctionCallInfo fcinfo)
{
	FloatingPoint before = enter_floating_point();
	Datum		result = function(fcinfo);

	leave_floating_point(before);
	return result;
}

/* kldiv.instruction_set */
static char *instruction_set;

static bool
check_instruction_set(char **newval, void **extra, GucSource source)
{
	StringInfoData names;

	if (strcmp(*newval, "auto") == 0)
		return true;
	for (size_t i = 0; instruction_set_name(i) != NULL; i++)
		if (strcmp(*newval, instruction_set_name(i)) == 0)
			return true;
	initStringInfo(&names);
	for (size_t i = 0; instruction_set_name(i) != NULL; i++)
		appendStringInfo(&names, "%s\"%s\"", i > 0 ? ", " : "", instruction_set_name(i));
	GUC_check_errhint("This server offers \"auto\" and, from the narrowest to the widest, %s.", names.data);
	return false;
}

static void
assign_instruction_set(const char *newval, void *extra)
{
	use_instruction_set(newval);
}

void
_PG_init(void)
{
	DefineCustomStringVariable("kldiv.instruction_set",
							   "Vector instructions that kldiv uses.",
							   "All give the same results; \"auto\" is the widest this CPU has.",
							   &instruction_set,
							   "auto",
							   PGC_USERSET,
							   GUC_NOT_IN_SAMPLE,
							   check_instruction_set,
							   assign_instruction_set,
							   NULL);
	define_thread_settings();
	define_column_settings();
	define_columns_memory_setting();
	if (!is_default_floating_point(read_floating_point()))
		ereport(LOG,
				(errmsg("floating-point arithmetic of this session is not PostgreSQL's default"),
				 errdetail("Another library has switched denormal numbers off, or changed rounding. kldiv is not affected, other functions are.")));
	MarkGUCPrefixReserved("kldiv");
}
