/*-------------------------------------------------------------------------
 *
 * table_object.h
 *	  States of aggregates that are values of a type, around a table of bins.
 *
 * Citus computes an aggregate in parts only if its state is of a type that it
 * can send, and goes by its name if that is "internal".  As a flat value the
 * state would be read and written for each row, so within a process it is an
 * expanded object.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_TABLE_OBJECT_H
#define KLDIV_TABLE_OBJECT_H

#include "kldiv.h"

#include "utils/expandeddatum.h"

#include "histogram/bin_table.h"

/* What such states look like as flat values, and how these are added to a table */
typedef struct TableForm
{
	ExpandedObjectMethods methods;	/* table_object_methods */
	struct varlena *(*flat_value) (const BinTable *table);
	void		(*add_flat_value) (BinTable *table, struct varlena *value);
} TableForm;

typedef struct TableObject
{
	ExpandedObjectHeader header;
	BinTable   *table;
	struct varlena *flat;		/* as it was last asked for, or NULL */
} TableObject;

extern Size flat_size_of_table_object(ExpandedObjectHeader *header);
extern void flatten_table_object(ExpandedObjectHeader *header, void *result, Size size);

#define table_object_methods {flat_size_of_table_object, flatten_table_object}

/* The aggregate's own state in argument 0, or a new one that has what is there */
extern TableObject *own_table_object(FunctionCallInfo fcinfo, const TableForm *form);

/* The table of the state in argument 0, made of a flat value if need be */
extern const BinTable *table_of_state(FunctionCallInfo fcinfo, const TableForm *form);

/* A transition without a value, and a combine function */
extern Datum unchanged_table_object(FunctionCallInfo fcinfo);
extern Datum combine_table_objects(FunctionCallInfo fcinfo, const TableForm *form);

#endif							/* KLDIV_TABLE_OBJECT_H */
