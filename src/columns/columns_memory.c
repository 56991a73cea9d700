/*-------------------------------------------------------------------------
 *
 * columns_memory.c
 *	  How much memory functions over the columns of a query may take.
 *
 *-------------------------------------------------------------------------
 */
#include "columns/columns_memory.h"

#include <limits.h>

#include "utils/guc.h"
#include "utils/memutils.h"

#define KILOBYTE ((Size) 1024)

/* kldiv.max_columns_memory, in kilobytes */
static int	max_columns_memory;

void
define_columns_memory_setting(void)
{
	DefineCustomIntVariable("kldiv.max_columns_memory",
							"The most memory for numbers, and for histograms, of functions over the columns of a query.",
							"Each process may take as much for the numbers between which it finds edges, and a call for its histograms, each of which counts as at least 1 kB.",
							&max_columns_memory,
							1024 * 1024, 64, MAX_KILOBYTES,
							PGC_USERSET, GUC_NOT_IN_SAMPLE | GUC_UNIT_KB,
							NULL, NULL, NULL);
}

void
check_memory_for_numbers(MemoryContext context, Size more)
{
	if (MemoryContextMemAllocated(context, true) + more > max_columns_memory * KILOBYTE)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many numbers to find edges between them"),
				 errdetail("All numbers of all columns are kept, 8 bytes each, and may take %d kB.", max_columns_memory),
				 errhint("Find edges in a part of the rows, with column_edges('SELECT * FROM t TABLESAMPLE system (1)'), and hand them on; or raise kldiv.max_columns_memory.")));
}

int64
most_histograms(void)
{
	return max_columns_memory;
}

void
check_memory_for_histograms(int64 cohorts, int columns, Size bytes)
{
	if (cohorts * columns <= most_histograms() && bytes <= max_columns_memory * KILOBYTE)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("histograms of cohorts take too much memory"),
			 errdetail("There is one of each of %d columns in each cohort. They may take %d kB, and each counts as at least 1 kB.", columns, max_columns_memory),
			 errhint("Take a cohort with fewer values, or some of the rows or columns at a time; or raise kldiv.max_columns_memory.")));
}
