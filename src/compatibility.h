/*-------------------------------------------------------------------------
 *
 * compatibility.h
 *	  Differences between PostgreSQL 13 and later, by feature.  The only such place.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_COMPATIBILITY_H
#define KLDIV_COMPATIBILITY_H

/* 14: the functions of casts are named by their types */
#if PG_VERSION_NUM < 140000
#define F_FLOAT8_FLOAT4 F_FTOD
#endif

/* 14: the parser has modes, of which this is the one for statements */
#if PG_VERSION_NUM >= 140000
#define parse_statements(text) raw_parser(text, RAW_PARSE_DEFAULT)
#else
#define parse_statements(text) raw_parser(text)
#endif

/* 15: placeholders of unknown settings under our prefix become errors; before, warnings */
#if PG_VERSION_NUM < 150000
#define MarkGUCPrefixReserved(prefix) EmitWarningsOnPlaceholders(prefix)
#endif

/* 16: input functions may be asked to note an error instead of raising it */
#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#define SOFT_ERRORS(fcinfo) ((fcinfo)->context)
#else
#define SOFT_ERRORS(fcinfo) NULL
#define errsave(context, ...) \
	do { (void) (context); ereport(ERROR, __VA_ARGS__); } while (0)
#endif

/* 16: the varlena macros have a header of their own */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* 18: what does not return says so before its type; 19: and no more behind its arguments */
#ifndef pg_noreturn
#define pg_noreturn __attribute__((noreturn))
#endif

/*
 * 16: the conversion of a character tells whether it is possible; before, it
 * raises an error, of another kind where no encoding is known (SQL_ASCII)
 */
#if PG_VERSION_NUM >= 160000
#define encode_in_server(character, bytes) pg_unicode_to_server_noerror(character, bytes)
#else
#define encode_in_server(character, bytes) \
	(is_valid_unicode_codepoint(character) && \
	 ((character) < 0x80 || (GetDatabaseEncoding() != PG_SQL_ASCII && GetDatabaseEncoding() != PG_MULE_INTERNAL)) && \
	 (pg_unicode_to_server(character, bytes), true))
#endif

#endif							/* KLDIV_COMPATIBILITY_H */
