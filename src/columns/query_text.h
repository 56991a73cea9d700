/*-------------------------------------------------------------------------
 *
 * query_text.h
 *	  Texts of callers that become parts of queries of ours.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_QUERY_TEXT_H
#define KLDIV_QUERY_TEXT_H

#include "kldiv.h"

/*
 * The text of one SELECT, VALUES or TABLE, which may end with a semicolon and
 * comments; what comes back has no semicolon.  Anything else is an error.
 */
extern char *checked_query(const char *text);

/* The text of one expression: an argument of that name, or an error */
extern char *checked_expression(const char *text, const char *argument);

#endif							/* KLDIV_QUERY_TEXT_H */
