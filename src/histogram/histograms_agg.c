/*-------------------------------------------------------------------------
 *
 * histograms_agg.c
 *	  histograms_agg(column, ...): a histogram of each column, from one call a row.
 *
 * An array of float8 behind a number is no column, but the edges between which
 * the column is counted, in every row the same.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "nodes/primnodes.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"

#include "compatibility.h"
#include "histogram/aggregates.h"
#include "histogram/bin_edges.h"
#include "histogram/columns.h"
#include "histogram/label_of_value.h"
#include "histogram/value_counts.h"

/* Of the bytes of a state: this version, the columns (32 bits each); of each column how it was counted (8 bits), ... */
#define COLUMNS_VERSION 1
#define BY_LABEL 'l'			/* ... the number of its bytes (32 bits), and these: see formats/histogram_wire.h */
#define BY_BIN 'b'				/* the least and the greatest number, and the same */
#define TOO_MANY 't'			/* the number of rows with a value (64 bits) */

/* The state: columns as the call has them */
typedef struct Columns
{
	int			count;
	ValueCounts counts[FLEXIBLE_ARRAY_MEMBER];
} Columns;

/* kldiv.max_column_values */
static int	max_column_values;

/* So long may labels be, if there are as many as there may be */
#define MEAN_LABEL 400

void
define_column_settings(void)
{
	DefineCustomIntVariable("kldiv.max_column_values",
							"The most distinct values of a column that histograms_agg counts.",
							"A column that has more is NULL. Their labels may take 400 bytes on average.",
							&max_column_values,
							10000, 1, 1000000,
							PGC_USERSET, GUC_NOT_IN_SAMPLE,
							NULL, NULL, NULL);
}

static Columns *
new_columns(MemoryContext context, int count)
{
	Columns    *columns = MemoryContextAlloc(context, offsetof(Columns, counts) + count * sizeof(ValueCounts));
	ValueLimits limits = {(uint64) max_column_values, (uint64) max_column_values * MEAN_LABEL};

	columns->count = count;
	for (int i = 0; i < count; i++)
		begin_value_counts(&columns->counts[i], context, limits, false);
	return columns;
}

/* Adds a row */
SQL_FUNCTION(kldiv_columns_add)
{
	ColumnPlan *plan = fcinfo->flinfo->fn_extra;
	Columns    *columns;
	ValueCounts *counts;
	int			count;

	if (unlikely(plan == NULL))
		plan = plan_columns(fcinfo);
	count = plan->count;
	if (unlikely(PG_ARGISNULL(0)))
		columns = new_columns(aggregate_context(fcinfo), plan->count);
	else
		columns = (Columns *) PG_GETARG_POINTER(0);
	counts = columns->counts;
	for (PlannedColumn *column = plan->columns; column < plan->columns + count; column++)
		count_value_of_column(counts++, column, fcinfo);
	PG_RETURN_POINTER(columns);
}

SQL_FUNCTION(kldiv_columns_combine)
{
	MemoryContext context = aggregate_context(fcinfo);
	Columns    *other;
	Columns    *columns;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	other = (Columns *) PG_GETARG_POINTER(1);
	columns = PG_ARGISNULL(0) ? new_columns(context, other->count) : (Columns *) PG_GETARG_POINTER(0);
	if (columns->count != other->count)
		refuse_state("of another number of columns");
	for (int i = 0; i < columns->count; i++)
		add_value_counts(&columns->counts[i], &other->counts[i]);
	PG_RETURN_POINTER(columns);
}

static void
send_counts(StringInfo buffer, ValueCounts *counts)
{
	int			position;
	uint32		size;

	pq_sendbyte(buffer, counts->too_many ? TOO_MANY : counts->by_bin ? BY_BIN : BY_LABEL);
	if (counts->too_many)
	{
		pq_sendint64(buffer, counts->forgotten);
		return;
	}
	if (counts->by_bin)
	{
		pq_sendfloat8(buffer, counts->least);
		pq_sendfloat8(buffer, counts->greatest);
	}
	position = buffer->len;
	pq_sendint32(buffer, 0);
	send_table(buffer, table_of_counts(counts));
	size = pg_hton32((uint32) (buffer->len - position - sizeof(size)));
	memcpy(buffer->data + position, &size, sizeof(size));
}

SQL_FUNCTION(kldiv_columns_serialize)
{
	Columns    *columns;
	StringInfoData buffer;

	(void) aggregate_context(fcinfo);
	columns = (Columns *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buffer);
	pq_sendint32(&buffer, COLUMNS_VERSION);
	pq_sendint32(&buffer, (uint32) columns->count);
	for (int i = 0; i < columns->count; i++)
		send_counts(&buffer, &columns->counts[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

static void
receive_counts(StringInfo message, ValueCounts *counts)
{
	int			how = pq_getmsgbyte(message);
	int			size;

	if (how == TOO_MANY)
	{
		give_up_counting(counts);
		counts->forgotten = pq_getmsgint64(message);
	}
	else if (how == BY_LABEL || how == BY_BIN)
	{
		counts->by_bin = how == BY_BIN;
		if (counts->by_bin)
		{
			counts->least = pq_getmsgfloat8(message);
			counts->greatest = pq_getmsgfloat8(message);
			if (isnan(counts->least) || isnan(counts->greatest))
				refuse_state("damaged");
		}
		size = (int) pq_getmsgint(message, 4);
		add_bytes_to_table(&counts->table, pq_getmsgbytes(message, size), size);
	}
	else
		refuse_state("damaged");
}

SQL_FUNCTION(kldiv_columns_deserialize)
{
	bytea	   *bytes;
	StringInfoData message;
	Columns    *columns;
	uint32		count;

	(void) aggregate_context(fcinfo);
	bytes = PG_GETARG_BYTEA_PP(0);
	message.data = VARDATA_ANY(bytes);
	message.len = message.maxlen = (int) VARSIZE_ANY_EXHDR(bytes);
	message.cursor = 0;
	if (pq_getmsgint(&message, 4) != COLUMNS_VERSION)
		refuse_state("of an unknown version");
	count = pq_getmsgint(&message, 4);
	if (count == 0 || count > FUNC_MAX_ARGS)
		refuse_state("damaged");
	columns = new_columns(CurrentMemoryContext, (int) count);
	for (int i = 0; i < columns->count; i++)
		receive_counts(&message, &columns->counts[i]);
	pq_getmsgend(&message);
	PG_RETURN_POINTER(columns);
}

/* STRICT: NULL if there was no row.  An empty histogram where no value was; NULL where too many were */
SQL_FUNCTION(kldiv_columns_final)
{
	Columns    *columns;
	Oid			type = get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid));
	Datum	   *histograms;
	bool	   *nulls;
	int			lower = 1;
	int16		length;
	bool		by_value;
	char		alignment;

	(void) aggregate_context(fcinfo);
	columns = (Columns *) PG_GETARG_POINTER(0);
	histograms = palloc(columns->count * sizeof(Datum));
	nulls = palloc(columns->count * sizeof(bool));
	for (int i = 0; i < columns->count; i++)
	{
		nulls[i] = columns->counts[i].too_many;
		histograms[i] = nulls[i] ? (Datum) 0 : PointerGetDatum(histogram_of_counts(&columns->counts[i]));
	}
	get_typlenbyvalalign(type, &length, &by_value, &alignment);
	PG_RETURN_ARRAYTYPE_P(construct_md_array(histograms, nulls, 1, &columns->count, &lower,
											 type, length, by_value, alignment));
}

static void
set_fact(Datum *facts, bool *nulls, int place, bool is_known, double fact)
{
	nulls[place] = !is_known;
	facts[place] = Float8GetDatum(is_known ? fact : 0.0);
}

/*
 * STRICT.  What kldiv_column_facts knows of each column of the same call of
 * histograms_agg, with which it shares its state: how many rows have a value, if
 * there are too many; and of numbers between edges the least and the greatest
 * finite one in the two bins that are open.  NULL for what is not known.
 */
SQL_FUNCTION(kldiv_columns_facts_final)
{
	const Columns *columns;
	Datum	   *facts;
	bool	   *nulls;
	int			length;

	(void) aggregate_context(fcinfo);
	columns = (const Columns *) PG_GETARG_POINTER(0);
	length = 3 * columns->count;
	facts = palloc(length * sizeof(Datum));
	nulls = palloc(length * sizeof(bool));
	for (int i = 0; i < columns->count; i++)
	{
		const ValueCounts *counts = &columns->counts[i];

		set_fact(facts, nulls, 3 * i, counts->too_many, (double) counts->forgotten);
		set_fact(facts, nulls, 3 * i + 1, counts->least <= DBL_MAX, counts->least);
		set_fact(facts, nulls, 3 * i + 2, counts->greatest >= -DBL_MAX, counts->greatest);
	}
	PG_RETURN_ARRAYTYPE_P(construct_md_array(facts, nulls, 1, &length, (int[]) {1}, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL,
											 TYPALIGN_DOUBLE));
}
