/*-------------------------------------------------------------------------
 *
 * polling.h
 *	  Loops that are no slabs give others a chance to stop them.
 *
 * A step depends on the one before, so these loops cannot be cut into slabs that
 * run in any order; the runner has to be one that stays in this thread.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ORDERED_POLLING_H
#define KLDIV_ORDERED_POLLING_H

#include "math/weights.h"

/* Steps between two polls: of nanoseconds each, as a rule */
#define STEPS_WITHOUT_POLL 32768

typedef struct Polling
{
	SlabRunner	run;
	unsigned	left;			/* steps before the next poll */
} Polling;

static inline void
nothing_to_do(void *job, size_t slab)
{
	(void) job;
	(void) slab;
}

static inline void
poll(SlabRunner run)
{
	run(nothing_to_do, NULL, 0, 1);
}

static inline Polling
begin_polling(SlabRunner run)
{
	return (Polling) {run, STEPS_WITHOUT_POLL};
}

static inline void
poll_now_and_then(Polling *polling)
{
	if (--polling->left == 0)
	{
		polling->left = STEPS_WITHOUT_POLL;
		poll(polling->run);
	}
}

#endif							/* KLDIV_ORDERED_POLLING_H */
