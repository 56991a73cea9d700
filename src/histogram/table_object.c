/*-------------------------------------------------------------------------
 *
 * table_object.c
 *	  States of aggregates that are values of a type, around a table of bins.
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/table_object.h"

#include "utils/memutils.h"

#include "compatibility.h"

#define CONTEXT_NAME "kldiv tables of bins"

Size
flat_size_of_table_object(ExpandedObjectHeader *header)
{
	TableObject *object = (TableObject *) header;
	const TableForm *form = (const TableForm *) header->eoh_methods;
	MemoryContext caller = MemoryContextSwitchTo(header->eoh_context);

	if (object->flat != NULL)
		pfree(object->flat);
	object->flat = NULL;
	object->flat = form->flat_value(object->table);
	MemoryContextSwitchTo(caller);
	return VARSIZE(object->flat);
}

void
flatten_table_object(ExpandedObjectHeader *header, void *result, Size size)
{
	TableObject *object = (TableObject *) header;

	Assert(object->flat != NULL && size == VARSIZE(object->flat));
	memcpy(result, object->flat, size);
	pfree(object->flat);
	object->flat = NULL;
}

/*
 * The executor leaves an object where it is if its context is a child of the
 * aggregate's.  All groups share one, since hash aggregation visits every child
 * for each new group.  So no object may ever be deleted, which would delete the
 * context; the executor does so only when a transition returns another one.
 */
static MemoryContext
context_of_objects(MemoryContext parent)
{
	for (MemoryContext child = parent->firstchild; child != NULL; child = child->nextchild)
		if (child->name != NULL && strcmp(child->name, CONTEXT_NAME) == 0)
			return child;
	return AllocSetContextCreate(parent, CONTEXT_NAME, ALLOCSET_DEFAULT_SIZES);
}

/* The object in an argument; NULL if there is a flat value instead */
static TableObject *
object_of_argument(FunctionCallInfo fcinfo, int argument, const TableForm *form)
{
	Datum		state = PG_GETARG_DATUM(argument);

	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(state)) ||
		DatumGetEOHP(state)->eoh_methods != &form->methods)
		return NULL;
	return (TableObject *) DatumGetEOHP(state);
}

TableObject *
own_table_object(FunctionCallInfo fcinfo, const TableForm *form)
{
	MemoryContext context = aggregate_context(fcinfo);
	TableObject *object = PG_ARGISNULL(0) ? NULL : object_of_argument(fcinfo, 0, form);

	if (object != NULL && VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(PG_GETARG_DATUM(0))))
		return object;
	context = context_of_objects(context);
	object = MemoryContextAllocZero(context, sizeof(TableObject));
	EOH_init_header(&object->header, &form->methods, context);
	object->table = new_bin_table(context, false);
	if (!PG_ARGISNULL(0))
		form->add_flat_value(object->table, PG_DETOAST_DATUM(PG_GETARG_DATUM(0)));
	return object;
}

const BinTable *
table_of_state(FunctionCallInfo fcinfo, const TableForm *form)
{
	const TableObject *object;
	BinTable   *table;

	(void) aggregate_context(fcinfo);
	object = object_of_argument(fcinfo, 0, form);
	if (object != NULL)
		return object->table;
	table = new_bin_table(CurrentMemoryContext, false);
	form->add_flat_value(table, PG_DETOAST_DATUM(PG_GETARG_DATUM(0)));
	return table;
}

/* A state in which nothing is yet is no state */
Datum
unchanged_table_object(FunctionCallInfo fcinfo)
{
	(void) aggregate_context(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	return PG_GETARG_DATUM(0);
}

Datum
combine_table_objects(FunctionCallInfo fcinfo, const TableForm *form)
{
	TableObject *object;

	if (PG_ARGISNULL(1) && PG_ARGISNULL(0))
		return unchanged_table_object(fcinfo);
	object = own_table_object(fcinfo, form);
	if (!PG_ARGISNULL(1))
		form->add_flat_value(object->table, PG_DETOAST_DATUM(PG_GETARG_DATUM(1)));	/* an object is flattened by this */
	return EOHPGetRWDatum(&object->header);
}
