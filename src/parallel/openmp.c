/*-------------------------------------------------------------------------
 *
 * openmp.c
 *	  The only file with OpenMP: a team of threads that runs slabs of work.
 *
 * This is all there is in the library kldiv_openmp.  It knows no PostgreSQL,
 * whose functions may be called by one thread only; what it needs to know
 * comes in as arguments.  Rules for threads in a server process:
 *
 * - All signals are blocked before a region and in each thread: a handler of
 *   PostgreSQL's that ran in another thread would corrupt the counters that
 *   decide whether a session can be cancelled.
 * - A region ends soon after a signal has come, so that it can be handled.
 * - libgomp ends the process if it cannot create a thread, so the threads are
 *   tried out before a team grows.
 * - Which thread runs which slab decides nothing: a slab writes its own
 *   results, and one thread combines them in order.
 *
 *-------------------------------------------------------------------------
 */
#define _GNU_SOURCE

#include "parallel/openmp.h"

#include <limits.h>
#include <omp.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>

#define EXPORT __attribute__((visibility("default")))

/* More trial threads than that are never asked for */
#define MOST_THREADS 64

/* Slabs from next to before end, and what makes the team stop earlier */
typedef struct Work
{
	SlabTask	task;
	void	   *job;
	size_t		next;			/* the next slab to take: atomic */
	size_t		end;
	int			stop;			/* take no more: atomic */
	const sigset_t *unblocked;	/* signals that can be handled after the region */
	int64_t		deadline;		/* nanoseconds of the monotonic clock */
} Work;

/* After too few threads could be created, how long to be content with that */
#define CONTENT_NANOSECONDS 1000000000

/* Threads that wait in libgomp's pool, the caller included */
static int	pool_size = 1;
/* When to try for a larger one again */
static int64_t try_again = 0;

static int64_t
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t) time.tv_sec * 1000000000 + time.tv_nsec;
}

/* Another user of libgomp in this process may have created the thread */
static void
block_own_signals(void)
{
	static __thread int blocked = 0;
	sigset_t	all;

	if (blocked)
		return;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, NULL);
	blocked = 1;
}

/* Whether a signal waits for which PostgreSQL has a handler in its main thread */
static int
signal_is_pending(const sigset_t *unblocked)
{
	sigset_t	pending;

	if (sigpending(&pending) != 0)
		return 0;
	for (int number = 1; number < NSIG; number++)
		if (sigismember(&pending, number) == 1 && sigismember(unblocked, number) == 1)
			return 1;
	return 0;
}

static void
take_slabs(Work *work, int is_main)
{
	while (!__atomic_load_n(&work->stop, __ATOMIC_RELAXED))
	{
		size_t		slab = __atomic_fetch_add(&work->next, 1, __ATOMIC_RELAXED);

		if (slab >= work->end)
			return;
		work->task(work->job, slab);
		if (is_main && (now() >= work->deadline || signal_is_pending(work->unblocked)))
			__atomic_store_n(&work->stop, 1, __ATOMIC_RELAXED);
	}
}

static void *
hold(void *mutex)
{
	pthread_mutex_lock(mutex);
	pthread_mutex_unlock(mutex);
	return NULL;
}

/*
 * The size of a team that can be had instead of a larger one: as many threads
 * as can exist at once, less one for what may change until they are needed.
 */
static int
try_threads(int wanted)
{
	pthread_t	threads[MOST_THREADS];
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	pthread_attr_t attributes;
	int			created = 0;

	if (pthread_attr_init(&attributes) != 0)
		return 1;
	pthread_attr_setstacksize(&attributes, THREAD_STACK_SIZE);
	pthread_mutex_lock(&mutex);
	while (created < wanted && created < MOST_THREADS &&
		   pthread_create(&threads[created], &attributes, hold, &mutex) == 0)
		created++;
	pthread_mutex_unlock(&mutex);
	for (int i = 0; i < created; i++)
		pthread_join(threads[i], NULL);
	pthread_attr_destroy(&attributes);

	/* wanted - 1 threads beside the caller, and one to spare */
	return created > 1 ? created : 1;
}

/* The team to run with where the pool is smaller than what is wanted */
static int
grow_to(int wanted)
{
	int			possible;

	if (now() < try_again)
		return pool_size;
	possible = try_threads(wanted);
	if (possible < wanted)
		try_again = now() + CONTENT_NANOSECONDS;
	return possible > pool_size ? possible : pool_size;
}

static int
run_region(Work *work, int threads)
{
	int			team = 1;

#pragma omp parallel num_threads(threads)
	{
		int			is_main = omp_get_thread_num() == 0;

		if (is_main)
			team = omp_get_num_threads();
		else
			block_own_signals();
		/* a thread begins with the environment of who created it, perhaps for another caller */
		enter_floating_point();
		take_slabs(work, is_main);
	}
	return team;
}

EXPORT size_t
RUN_TEAM(SlabTask task, void *job, size_t first, size_t end,
		 int threads, int64_t nanoseconds, int *team)
{
	Work		work = {task, job, first, end, 0, NULL, now() + nanoseconds};
	sigset_t	all;
	sigset_t	before;
	sigset_t	unblocked;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	sigemptyset(&unblocked);
	for (int number = 1; number < NSIG; number++)
		if (sigismember(&before, number) == 0)
			sigaddset(&unblocked, number);
	work.unblocked = &unblocked;

	if (omp_in_parallel())
		threads = 1;
	/* libgomp ends the process if it cannot create a thread */
	if (threads > pool_size)
		threads = grow_to(threads);
	if (threads > 1)
		*team = run_region(&work, threads);
	else
	{
		*team = 1;
		take_slabs(&work, 1);
	}
	/* a smaller team than the pool ends the threads it does not need */
	if (threads > 1)
		pool_size = *team;

	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return work.next < end ? work.next : end;
}

EXPORT void
RELEASE_TEAM(void)
{
	sigset_t	all;
	sigset_t	before;

	if (pool_size == 1)
		return;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	if (omp_pause_resource_all(omp_pause_hard) == 0)
		pool_size = 1;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}
