/*-------------------------------------------------------------------------
 *
 * assertions.h
 *	  What has to be true, below the wall.
 *
 * Compiled in for servers with assertions and for the sanitized unit tests.
 * Files that know PostgreSQL use its Assert().
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ASSERTIONS_H
#define KLDIV_ASSERTIONS_H

#ifdef KLDIV_ASSERTIONS

#include <stdio.h>
#include <stdlib.h>

static inline void
assertion_failed(const char *condition, const char *file, int line)
{
	fprintf(stderr, "%s:%d: not true: %s\n", file, line, condition);
	abort();
}

#define assert_that(condition) ((condition) ? (void) 0 : assertion_failed(#condition, __FILE__, __LINE__))
#else
#define assert_that(condition) ((void) 0)
#endif

#endif							/* KLDIV_ASSERTIONS_H */
