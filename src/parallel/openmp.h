/*-------------------------------------------------------------------------
 *
 * openmp.h
 *	  What the library with the threads offers to parallel.c.
 *
 * It is a library of its own, kldiv_openmp, loaded when a call first has work
 * for a second thread: see parallel.c.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_OPENMP_H
#define KLDIV_OPENMP_H

#include <stdint.h>

#include "math/weights.h"

/* Bytes of stack of a thread; a slab takes less than half of that */
#define THREAD_STACK_SIZE (512 * 1024)

/*
 * Runs task(job, slab) for slabs from first on, with a team of at most threads
 * threads, until all before end are done, a signal waits to be handled or the
 * time is over.  Returns the first slab that is not done; at least one is.
 * *team becomes the number of threads that took part.
 */
typedef size_t (*RunTeam) (SlabTask task, void *job, size_t first, size_t end,
						   int threads, int64_t nanoseconds, int *team);

/* Ends all threads that wait for the next call */
typedef void (*ReleaseTeam) (void);

/*
 * The names carry the number of this interface, since a session may load a
 * library that is newer than its own: to change it is to count it up.
 */
#define RUN_TEAM kldiv_openmp_run_1
#define RELEASE_TEAM kldiv_openmp_release_1
#define SYMBOL_OF(name) SYMBOL_OF_EXPANDED(name)
#define SYMBOL_OF_EXPANDED(name) #name

extern size_t RUN_TEAM(SlabTask task, void *job, size_t first, size_t end,
					   int threads, int64_t nanoseconds, int *team);
extern void RELEASE_TEAM(void);

#endif							/* KLDIV_OPENMP_H */
