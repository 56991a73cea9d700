/*-------------------------------------------------------------------------
 *
 * columns_query.h
 *	  A caller's query, its columns, and how queries of ours read them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_COLUMNS_QUERY_H
#define KLDIV_COLUMNS_QUERY_H

#include "kldiv.h"

#include "executor/spi.h"
#include "lib/stringinfo.h"

#include "parallel/threads.h"

/* What values of a type are, where it matters how they are read */
typedef enum ValueNature
{
	NATURE_OTHER,
	NATURE_FRACTION,			/* float8, real: numbers, however few */
	NATURE_NUMBER,				/* integers and numeric: numbers, unless they are few */
	NATURE_DATE,				/* date and timestamps */
	NATURE_WITHOUT_LABEL		/* of a type that histogram_agg does not take */
} ValueNature;

/* How a column is read, and in reports what there is to say instead */
typedef enum ColumnKind
{
	KIND_UNDECIDED,
	KIND_VALUES,				/* each value is a bin */
	KIND_NUMBERS,				/* bins between edges */
	KIND_MONTHS,				/* each month is a bin */
	KIND_TOO_MANY_VALUES,		/* only NULLs are told from others */
	KIND_CONSTANT,				/* one value; read as values */
	KIND_NO_DATA				/* no values; read as values */
} ColumnKind;

extern const char *const kind_names[];

typedef struct Column
{
	char	   *name;
	int			number;			/* in the query, from 1 */
	Oid			type;			/* below domains */
	ValueNature nature;
	ColumnKind	kind;
	double	   *edges;			/* of numbers, ascending */
	int			edge_count;
} Column;

/* What queries of ours are made of; all memory is of the SPI procedure */
typedef struct ColumnsQuery
{
	const char *schema;			/* where our functions are, quoted */
	Oid			extension;		/* that they are members of */
	Oid			histogram_type;
	const char *text;			/* as the caller gave it */
	const char *cohort;			/* a column's name or an expression, as given, or NULL */
	const char *unit;
	TupleDesc	description;	/* of the query */
	Column	   *columns;		/* that are looked at */
	int			count;
	const char *function;		/* which one was called */
	Progress	progress;
	int			passes;			/* over the query, that have come to an end */
} ColumnsQuery;

/*
 * Prepares what is needed of an SQL function's arguments; SPI is connected.
 * Columns are those that an argument names, an array of text; if it is NULL all
 * but the ones that are the cohort and the unit.
 */
extern ColumnsQuery *begin_columns_query(FunctionCallInfo fcinfo, const char *text, const char *cohort, const char *unit,
										 int names);

/* Appends the query in the place of a table r, with columns cohort, unit (if they are there), and c1, c2 ...; groups of cohort have one text each */
extern void append_source(StringInfo sql, const ColumnsQuery *query);

/* Appends a column as histograms_agg is to see it, with its edges */
extern void append_column(StringInfo sql, const Column *column);

/* Says how many passes over the query there will be, before the first */
extern void expect_passes(ColumnsQuery *query, int passes);

/* Runs a query of ours in the caller's snapshot, which is one pass; a result is in SPI_tuptable */
extern void run_query(ColumnsQuery *query, const char *sql);

/* A value of the result; text is a copy */
extern Datum result_value(uint64 row, int column, bool *is_null);
extern char *result_text(uint64 row, int column);

#endif							/* KLDIV_COLUMNS_QUERY_H */
