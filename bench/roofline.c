/*-------------------------------------------------------------------------
 *
 * roofline.c
 *	  How far the kernels for many distributions are from what a core can do.
 *
 * Prints Markdown: for each measure and instruction set the time a bin of a pair
 * takes, in a matrix with all that belongs to it and in the kernel alone, beside
 * two limits (S. Williams, A. Waterman, D. Patterson, Roofline, Communications of
 * the ACM 52, 2009), both measured here, in turns with the kernels:
 *
 * - arithmetic: the operations of a term, on numbers that stay in registers, with
 *   as many sums at once as hide what an addition has to wait for;
 * - memory: what is loaded for a term, from an array that is in the first-level
 *   cache.  A left panel's numbers go to whole vectors one by one.
 *
 * The least CPU time of some turns, one thread.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "math/instruction_set.h"
#include "math/many/comparison.h"
#include "math/many/panel_form.h"
#include "math/pair/slabs.h"
#include "math/pair/vector.h"

#define ROWS 1000
#define BINS 256
#define TURNS 9

/* Terms of a limit that are added up at once, and how often */
#define AT_ONCE 8
#define TIMES 200000
/* Numbers that loads go around in */
#define LOADED 1024

static double
cpu_seconds(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

/* Other work on the machine only adds to a time */
static double
least(const double *times)
{
	double		value = times[0];

	for (int turn = 1; turn < TURNS; turn++)
		value = fmin(value, times[turn]);
	return value;
}

/* Keeps results from being optimised away */
static double sink = 0.0;

typedef struct Limits
{
	double	  (*products) (void);
	double	  (*differences) (void);
	double	  (*squares) (void);
	double	  (*distances) (void);
	double	  (*divisions) (void);
	double	  (*loads) (void);
} Limits;

/* Says that a register may have changed, so that what is made of it is made anew */
#define CHANGED(x) __asm__ volatile ("" : "+x"(x))

/* Runs term on a vector type that the instruction set has registers for; nanoseconds of a number */
#define DEFINE_LIMIT(name, set, vector, term) \
__attribute__((target(set), noinline)) static double \
name(void) \
{ \
	vector		sums[AT_ONCE] = {{0.0}}; \
	vector		x = {1.0}; \
	vector		y = {2.0}; \
	vector		sign = {0.0}; \
	double		start = cpu_seconds(); \
\
	CHANGED(sign); \
	for (int i = 0; i < TIMES; i++) \
		_Pragma("GCC unroll 8") \
		for (int k = 0; k < AT_ONCE; k++) \
		{ \
			CHANGED(x); \
			CHANGED(y); \
			sums[k] = term; \
		} \
	for (int k = 0; k < AT_ONCE; k++) \
		sink += sums[k][0]; \
	return 1e9 * (cpu_seconds() - start) / ((double) TIMES * AT_ONCE * (sizeof(vector) / sizeof(double))); \
}

/* Nanoseconds of a load of a whole vector */
#define DEFINE_LOADS(name, set, vector) \
__attribute__((target(set), noinline)) static double \
name(void) \
{ \
	static double numbers[LOADED] __attribute__((aligned(64))); \
	const size_t count = LOADED / (sizeof(vector) / sizeof(double)); \
	double		start; \
\
	/* pages of their own, where else all would be one of zeros */ \
	for (size_t i = 0; i < LOADED; i++) \
		numbers[i] = (double) i; \
	start = cpu_seconds(); \
	for (size_t i = 0; i < TIMES / 16; i++) \
		for (size_t k = 0; k < count; k += AT_ONCE) \
			_Pragma("GCC unroll 8") \
			for (size_t j = 0; j < AT_ONCE; j++) \
			{ \
				vector		loaded = *(volatile vector *) (numbers + (k + j) * (sizeof(vector) / sizeof(double))); \
\
				CHANGED(loaded); \
			} \
	return 1e9 * (cpu_seconds() - start) / ((double) (TIMES / 16) * (double) count); \
}

#define ABSOLUTE(type, difference) ((type) ((bits_ ## type) (difference) & ~(bits_ ## type) sign))
#define DEFINE_LIMITS(name, set, type, bytes) \
typedef double type __attribute__((vector_size(bytes))); \
typedef long long bits_ ## type __attribute__((vector_size(bytes))); \
DEFINE_LIMIT(name ## _products, set, type, sums[k] + x * y) \
DEFINE_LIMIT(name ## _differences, set, type, sums[k] + (x - y) * (x - sign)) \
DEFINE_LIMIT(name ## _squares, set, type, sums[k] + (x - y) * (x - y)) \
DEFINE_LIMIT(name ## _distances, set, type, sums[k] + ABSOLUTE(type, x - y)) \
DEFINE_LIMIT(name ## _divisions, set, type, sums[k] + x / y) \
DEFINE_LOADS(name ## _loads, set, type) \
static const Limits name ## _limits = { \
	name ## _products, name ## _differences, name ## _squares, name ## _distances, name ## _divisions, name ## _loads \
};

DEFINE_LIMITS(sse2, "sse2", Pair, 16)
DEFINE_LIMITS(avx2, "avx2", Quad, 32)
DEFINE_LIMITS(avx512, "avx512f,avx512dq,avx512vl", Octet, 64)

static double
matrix_seconds(const Measure *measure, const double *weights, double *values, bool kernel_alone)
{
	Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
	Comparison	comparison;
	Finding		finding;
	double		start = cpu_seconds();
	void	   *memory;

	plan_comparison(&comparison, measure, &parameters, weights, ROWS, BINS);
	memory = malloc(comparison.memory_size);
	place_comparison(&comparison, memory);
	for (size_t row = 0; row < ROWS; row++)
		judge_distribution(&comparison, row, run_slabs_serially, &finding);
	prepare_comparison(&comparison, run_slabs_serially);
	if (kernel_alone)
	{
		PanelKernel kernel = active_vector_functions()->panel_kernels[measure->panels->kernel];
		double		sums[LANES * LANES];

		start = cpu_seconds();
		for (size_t left = 0; left < comparison.panels; left++)
			for (size_t right = comparison.symmetric ? left : 0; right < comparison.panels; right++)
			{
				size_t		from = left * BINS * LANES;
				size_t		to = right * BINS * LANES;
				Panels		panels = {comparison.first + from, comparison.second + from,
					comparison.first + to, comparison.second + to, comparison.center};

				kernel(&panels, BINS, 0, LANES, sums);
				sink += sums[0];
			}
	}
	else
		for (size_t number = 0; number < comparison.tiles; number++)
		{
			Tile		tile = tile_of(&comparison, number);

			compare_tile(&comparison, &tile, run_slabs_serially, values + tile.first_p * ROWS + tile.first_q, ROWS);
		}
	free(memory);
	return cpu_seconds() - start;
}

/* A measure, and what a term of its kernel takes */
typedef struct Kind
{
	const char *measure;
	const char *operations;
	size_t		limit;			/* offset in Limits */
	double		numbers;		/* of a bin of a distribution that are loaded */
} Kind;

static const Kind kinds[] = {
	{"kl_divergence", "product, sum", offsetof(Limits, products), 1.0},
	{"hellinger_distance", "difference, square, sum", offsetof(Limits, squares), 1.0},
	{"jeffreys_divergence", "two differences, product, sum", offsetof(Limits, differences), 2.0},
	{"total_variation", "difference, sign, sum", offsetof(Limits, distances), 1.0},
	{"l_infinity", "difference, sign, maximum, which takes as long as a sum", offsetof(Limits, distances), 1.0},
	{"jsd", "division, sum; some 20 more are not in the limit", offsetof(Limits, divisions), 1.0}
};

/* Of how many vectors a bin of a panel is, and how many distributions share what is loaded of it: see panels.c */
typedef struct Set
{
	const char *name;
	const Limits *limits;
	double		vectors;
	double		together;
} Set;

static const Set sets[] = {{"sse2", &sse2_limits, 4.0, 4.0}, {"avx2", &avx2_limits, 2.0, 4.0}, {"avx512", &avx512_limits, 1.0, 8.0}};

static void
print_kind(const Set *set, const Kind *kind, const double *weights, double *values)
{
	const Measure *measure = find_measure(kind->measure);
	double		terms = (double) ROWS * ROWS * BINS * (measure->symmetric == YES ? 0.5 : 1.0);
	double		together = measure->panels->kernel == PANEL_ENTROPIES ? 1.0 : set->together;
	double		loads_of_term = kind->numbers * (set->vectors + together) / (together * LANES);
	double		whole[TURNS];
	double		alone[TURNS];
	double		arithmetic[TURNS];
	double		loads[TURNS];

	for (int turn = 0; turn < TURNS; turn++)
	{
		whole[turn] = 1e9 * matrix_seconds(measure, weights, values, false) / terms;
		alone[turn] = 1e9 * matrix_seconds(measure, weights, values, true) / terms;
		arithmetic[turn] = (*(double (*const *) (void)) ((const char *) set->limits + kind->limit)) ();
		loads[turn] = set->limits->loads() * loads_of_term;
	}
	printf("| %s, %s | %s | %.3f | %.3f | %.3f | %.3f | %.1f | %.1f |\n", kind->measure, set->name, kind->operations,
		   least(whole), least(alone), least(arithmetic), least(loads),
		   least(alone) / fmax(least(arithmetic), least(loads)), least(whole) / fmax(least(arithmetic), least(loads)));
}

int
main(void)
{
	double	   *weights = malloc(ROWS * BINS * sizeof(double));
	double	   *values = malloc(ROWS * ROWS * sizeof(double));

	srand48(1);
	for (size_t i = 0; i < ROWS * BINS; i++)
		weights[i] = 0.01 + drand48();
	printf("| ns a bin of a pair, 1,000 x 256 | operations | matrix | kernel | arithmetic | loads | kernel, times the higher limit | matrix |\n");
	printf("|---|---|---|---|---|---|---|---|\n");
	for (size_t i = 0; instruction_set_name(i) != NULL; i++)
		for (size_t set = 0; set < sizeof(sets) / sizeof(sets[0]); set++)
		{
			if (strcmp(instruction_set_name(i), sets[set].name) != 0)
				continue;
			use_instruction_set(sets[set].name);
			for (size_t kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]); kind++)
				print_kind(&sets[set], &kinds[kind], weights, values);
		}
	free(weights);
	free(values);
	return sink == 0.0;
}
