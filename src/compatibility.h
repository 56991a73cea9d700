/*-------------------------------------------------------------------------
 *
 * compatibility.h
 *	  Differences between PostgreSQL 13 and later, by feature.  The only such place.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_COMPATIBILITY_H
#define KLDIV_COMPATIBILITY_H

/* 15: placeholders of unknown settings under our prefix become errors; before, warnings */
#if PG_VERSION_NUM < 150000
#define MarkGUCPrefixReserved(prefix) EmitWarningsOnPlaceholders(prefix)
#endif

#endif							/* KLDIV_COMPATIBILITY_H */
