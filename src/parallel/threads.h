/*-------------------------------------------------------------------------
 *
 * threads.h
 *	  The door to threads, and progress of long work: see parallel.c.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_PARALLEL_H
#define KLDIV_PARALLEL_H

#include "portability/instr_time.h"

#include "math/measure.h"
#include "math/weights.h"

/* Long work that says how far it has come */
typedef struct Progress
{
	const char *what;
	const char *unit;
	double		total;			/* units */
	double		next_report;	/* seconds after the start */
	instr_time	start;
} Progress;

extern void define_thread_settings(void);

extern SlabRunner runner_for(double nanoseconds);
extern SlabRunner runner_for_measure(const Measure *measure, size_t bins);
extern void run_slabs_interruptibly(SlabTask task, void *job, size_t first, size_t end);

extern void begin_progress(Progress *progress, const char *what, const char *unit, double total);
extern void advance_progress(Progress *progress, double done);

#endif							/* KLDIV_PARALLEL_H */
