/*-------------------------------------------------------------------------
 *
 * threads.c
 *	  The door to threads: who may have them, how many, and progress.
 *
 * Whoever has work in slabs asks runner_for() for a SlabRunner.  Results never
 * depend on the answer: what a slab gives is combined in the order of slabs.
 *
 * OpenMP's runtime is not fit for a server process as it comes: its threads
 * handle the process's signals, spin for milliseconds after each region, hang
 * in a forked child, and failing to create one ends the process.  So it is in
 * a library of its own, kldiv_openmp, which is loaded when a call of a client
 * first has work for more than one thread, with an environment of our making.
 * A postmaster, a background worker and a session that runs short queries
 * never load it.  The rest of the rules is in openmp.c.
 *
 *-------------------------------------------------------------------------
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "kldiv.h"

#include <dlfcn.h>
#ifdef __linux__
#include <sched.h>
#endif
#include <unistd.h>

#include "access/parallel.h"
#include "access/xact.h"
#include "miscadmin.h"
#include "optimizer/cost.h"
#include "portability/instr_time.h"
#include "utils/guc.h"
#include "utils/memutils.h"

#include "parallel/openmp.h"
#include "parallel/threads.h"

/* Serial work below which another thread would not pay */
#define NANOSECONDS_WORTH_A_THREAD 10e6

/* How long a region lasts at most; then interrupts and progress are seen to */
#define REGION_NANOSECONDS INT64CONST(100000000)

#define MOST_THREADS 64

typedef enum TeamLibrary
{
	NOT_TRIED,
	LOADED,
	NOT_TO_BE_HAD
} TeamLibrary;

/* kldiv.threads, kldiv.max_threads, kldiv.progress */
static int	threads_setting = 0;
static int	max_threads_setting = 4;
static int	progress_setting = 0;

static TeamLibrary team_library = NOT_TRIED;
static RunTeam run_team = NULL;
static ReleaseTeam release_team = NULL;

/* Of the call that asked for a runner last */
static int	team_size = 1;

void
define_thread_settings(void)
{
	DefineCustomIntVariable("kldiv.threads",
							"Threads that a call with much work may use.",
							"0 is automatic: one more than max_parallel_workers_per_gather, as far as there are CPUs. 1 never starts a thread. Results do not depend on it.",
							&threads_setting,
							0, 0, MOST_THREADS,
							PGC_USERSET, GUC_NOT_IN_SAMPLE,
							NULL, NULL, NULL);
	DefineCustomIntVariable("kldiv.max_threads",
							"The most threads that kldiv.threads can ask for.",
							NULL,
							&max_threads_setting,
							4, 1, MOST_THREADS,
							PGC_SUSET, GUC_NOT_IN_SAMPLE,
							NULL, NULL, NULL);
	DefineCustomIntVariable("kldiv.progress",
							"Time between messages that say how far a call has come.",
							"0 turns these off. They are of level INFO, which every client sees.",
							&progress_setting,
							0, 0, 24 * 60 * 60,
							PGC_USERSET, GUC_NOT_IN_SAMPLE | GUC_UNIT_S,
							NULL, NULL, NULL);
}

/* CPUs that this process may use */
static int
available_cpus(void)
{
#ifdef __linux__
	cpu_set_t	cpus;

	if (sched_getaffinity(0, sizeof(cpus), &cpus) == 0)
		return CPU_COUNT(&cpus);
#endif
	return (int) sysconf(_SC_NPROCESSORS_ONLN);
}

/* How many threads the settings allow */
static int
threads_wanted(void)
{
	int			wanted = threads_setting;

	if (wanted == 0)
		wanted = Min(1 + max_parallel_workers_per_gather, available_cpus());
	return Max(1, Min(wanted, max_threads_setting));
}

/*
 * Whether this process may have threads at all.  The postmaster must not: what
 * it forks would inherit a pool without threads, and wait for them.  Where
 * PostgreSQL is parallel already, the CPUs are taken.
 */
static bool
threads_are_allowed(void)
{
	return IsUnderPostmaster && MyBackendType == B_BACKEND && !IsInParallelMode() && !IsParallelWorker();
}

/* Variables that libgomp reads when it is loaded */
static bool
is_openmp_variable(const char *entry)
{
	return strncmp(entry, "OMP_", 4) == 0 || strncmp(entry, "GOMP_", 5) == 0 || strncmp(entry, "ACC_", 4) == 0;
}

extern char **environ;

/* Takes these variables out of the environment; a NULL-terminated list of copies */
static char **
hide_openmp_variables(void)
{
	size_t		count = 0;
	char	  **hidden;

	for (char **entry = environ; *entry != NULL; entry++)
		count += is_openmp_variable(*entry);
	hidden = palloc0((count + 1) * sizeof(char *));
	count = 0;
	for (char **entry = environ; *entry != NULL; entry++)
		if (is_openmp_variable(*entry))
			hidden[count++] = pstrdup(*entry);
	for (size_t i = 0; i < count; i++)
		unsetenv(pnstrdup(hidden[i], strcspn(hidden[i], "=")));
	return hidden;
}

static void
restore_openmp_variables(char **hidden)
{
	unsetenv("OMP_WAIT_POLICY");
	unsetenv("OMP_STACKSIZE");
	unsetenv("OMP_PROC_BIND");
	unsetenv("OMP_DYNAMIC");
	for (; *hidden != NULL; hidden++)
	{
		size_t		name_length = strcspn(*hidden, "=");

		if ((*hidden)[name_length] == '=')
			setenv(pnstrdup(*hidden, name_length), *hidden + name_length + 1, 1);
	}
}

/* The library beside our own one; NULL if it cannot be loaded */
static void *
open_team_library(void)
{
	Dl_info		own;
	char		path[MAXPGPATH];
	char	  **hidden;
	char		stack_size[32];
	void	   *library;

	if (dladdr((void *) open_team_library, &own) == 0 || own.dli_fname == NULL)
		return NULL;
	strlcpy(path, own.dli_fname, sizeof(path));
	get_parent_directory(path);
	strlcat(path, "/" KLDIV_OPENMP_LIBRARY, sizeof(path));

	/* waiting threads must sleep, not spin; OpenMP must not choose the team or bind us to a CPU */
	hidden = hide_openmp_variables();
	snprintf(stack_size, sizeof(stack_size), "%dB", THREAD_STACK_SIZE);
	setenv("OMP_WAIT_POLICY", "passive", 1);
	setenv("OMP_STACKSIZE", stack_size, 1);
	setenv("OMP_PROC_BIND", "false", 1);
	setenv("OMP_DYNAMIC", "false", 1);
	library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	/* COPY ... PROGRAM would inherit what we have set */
	restore_openmp_variables(hidden);
	return library;
}

/* Whether somebody else has loaded libgomp, so that our environment comes too late */
static bool
libgomp_is_loaded(void)
{
	void	   *library = dlopen("libgomp.so.1", RTLD_LAZY | RTLD_NOLOAD);

	if (library == NULL)
		return false;
	dlclose(library);
	return true;
}

static bool
load_team_library(void)
{
	MemoryContext context;
	MemoryContext caller;
	void	   *library = NULL;

	if (team_library != NOT_TRIED)
		return team_library == LOADED;
	team_library = NOT_TO_BE_HAD;
	if (libgomp_is_loaded())
	{
		ereport(LOG, (errmsg("kldiv uses one thread: libgomp is in use by something else in this session")));
		return false;
	}

	context = AllocSetContextCreate(CurrentMemoryContext, "kldiv environment", ALLOCSET_SMALL_SIZES);
	caller = MemoryContextSwitchTo(context);
	library = open_team_library();
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(context);
	if (library != NULL && dlsym(library, "__kmpc_global_thread_num") != NULL)
	{
		/* LLVM's aborts the server if it cannot create a thread, and its threads spin */
		ereport(LOG, (errmsg("kldiv uses one thread: %s has another OpenMP runtime than gcc's", KLDIV_OPENMP_LIBRARY)));
		return false;
	}
	if (library != NULL)
	{
		run_team = (RunTeam) dlsym(library, SYMBOL_OF(RUN_TEAM));
		release_team = (ReleaseTeam) dlsym(library, SYMBOL_OF(RELEASE_TEAM));
	}
	if (run_team == NULL || release_team == NULL)
	{
		const char *error = dlerror();

		ereport(LOG, (errmsg("kldiv uses one thread: could not load %s: %s", KLDIV_OPENMP_LIBRARY,
							 error != NULL ? error : "it is not beside kldiv's own library")));
		return false;
	}
	team_library = LOADED;
	return true;
}

/* Runs slabs one after the other; a slab is at most some milliseconds of work */
void
run_slabs_interruptibly(SlabTask task, void *job, size_t first, size_t end)
{
	for (size_t slab = first; slab < end; slab++)
	{
		CHECK_FOR_INTERRUPTS();
		task(job, slab);
	}
}

static void
run_slabs_by_team(SlabTask task, void *job, size_t first, size_t end)
{
	static bool complained = false;
	int			team = team_size;

	if (end - first < 2)
	{
		run_slabs_interruptibly(task, job, first, end);
		return;
	}
	Assert(run_team != NULL && team_size > 1 && team_size <= MOST_THREADS);
	Assert(threads_are_allowed());
	while (first < end)
	{
		CHECK_FOR_INTERRUPTS();
		first = run_team(task, job, first, end, team_size, REGION_NANOSECONDS, &team);
	}
	if (team < team_size && !complained)
	{
		complained = true;
		ereport(LOG, (errmsg("kldiv uses %d of %d threads: no more can be created", team, team_size)));
	}
	CHECK_FOR_INTERRUPTS();
}

/*
 * The runner for a call with so much serial work, in nanoseconds of a fast
 * CPU.  The team is the same from call to call, since threads of a larger one
 * would end and be created again.
 */
SlabRunner
runner_for(double nanoseconds)
{
	team_size = 1;
	if (threads_setting == 1 && team_library == LOADED)
		release_team();
	if (nanoseconds < NANOSECONDS_WORTH_A_THREAD || !threads_are_allowed())
		return run_slabs_interruptibly;
	team_size = threads_wanted();
	if (team_size == 1 || !load_team_library())
	{
		team_size = 1;
		return run_slabs_interruptibly;
	}
	return run_slabs_by_team;
}

SlabRunner
runner_for_measure(const Measure *measure, size_t bins)
{
	return runner_for((double) bins * measure->nanoseconds);
}

/* Units of work are what the caller says they are */
void
begin_progress(Progress *progress, const char *what, const char *unit, double total)
{
	progress->what = what;
	progress->unit = unit;
	progress->total = total;
	INSTR_TIME_SET_CURRENT(progress->start);
	progress->next_report = progress_setting;
}

/*
 * Says how far the work has come, if it is time.  INFO goes to the client
 * whatever client_min_messages is, and never to the server's log.
 */
void
advance_progress(Progress *progress, double done)
{
	instr_time	elapsed;
	double		seconds;
	double		rate;

	if (progress_setting == 0)
		return;
	INSTR_TIME_SET_CURRENT(elapsed);
	INSTR_TIME_SUBTRACT(elapsed, progress->start);
	seconds = INSTR_TIME_GET_DOUBLE(elapsed);
	if (seconds < progress->next_report || seconds <= 0.0)
		return;
	progress->next_report = seconds + progress_setting;
	rate = done / seconds;
	ereport(INFO,
			(errmsg("%s: %.1f%% of %.0f %s, %.3g %s/s, about %.0f s to go",
					progress->what, 100.0 * done / progress->total, progress->total, progress->unit,
					rate, progress->unit, rate > 0.0 ? (progress->total - done) / rate : 0.0)));
}
