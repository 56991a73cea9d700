/*-------------------------------------------------------------------------
 *
 * kernels.c
 *	  Times the kernels beside plain loops over libm, on the same data.
 *
 * Prints Markdown: nanoseconds per bin, and how many times faster than the
 * plain loop, for each instruction set of this CPU.  Medians of interleaved
 * runs in one process, one thread.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "math/measure.h"
#include "math/instruction_set.h"
#include "math/pair/slabs.h"
#include "math/pair/value.h"
#include "math/rows/rows.h"

#include "../test/unit/inputs.h"

#define RUNS 15

/* Keeps results from being optimised away */
static double sink = 0.0;

static const size_t sizes[] = {100, 1024, 65536, 1048576};

#define SIZE_COUNT (sizeof(sizes) / sizeof(sizes[0]))

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + 1e-9 * now.tv_nsec;
}

/* Validated total; NAN if a weight is wrong */
static double
plain_total(const double *weights, size_t n)
{
	double		total = 0.0;

	for (size_t i = 0; i < n; i++)
	{
		if (!(weights[i] >= 0.0) || isinf(weights[i]))
			return NAN;
		total += weights[i];
	}
	return total;
}

/* What one would write by hand: validation, normalisation, zeros, libm's log */
static double
plain_kl_divergence(const double *p, const double *q, size_t n)
{
	double		p_total = plain_total(p, n);
	double		q_total = plain_total(q, n);
	double		sum = 0.0;

	for (size_t i = 0; i < n; i++)
	{
		double		x = p[i] / p_total;
		double		y = q[i] / q_total;

		if (x > 0.0)
			sum += y > 0.0 ? x * log(x / y) : INFINITY;
	}
	return sum;
}

static double
plain_jsd(const double *p, const double *q, size_t n)
{
	double		p_total = plain_total(p, n);
	double		q_total = plain_total(q, n);
	double		sum = 0.0;

	for (size_t i = 0; i < n; i++)
	{
		double		x = p[i] / p_total;
		double		y = q[i] / q_total;
		double		middle = 0.5 * (x + y);

		if (x > 0.0)
			sum += x * log(x / middle);
		if (y > 0.0)
			sum += y * log(y / middle);
	}
	return 0.5 * sum;
}

static double
kernel_value(const Measure *measure, const double *p, const double *q, size_t n)
{
	Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
	Weights		p_weights = dense_weights(p, n);
	Weights		q_weights = dense_weights(q, n);
	Finding		finding;

	return evaluate_measure(measure, &p_weights, &q_weights, &parameters,
							run_slabs_serially, &finding);
}

static int
compare(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

static double
median(double *times)
{
	qsort(times, RUNS, sizeof(double), compare);
	return times[RUNS / 2];
}

/* One row: plain loop, then each instruction set, all interleaved */
static void
bench(const Measure *measure, double (*plain) (const double *, const double *, size_t),
	  const double *p, const double *q, size_t n)
{
	double		times[4][RUNS];
	int			repeats = (int) (4000000 / n) + 1;
	double		plain_time;

	for (int run = 0; run < RUNS; run++)
	{
		for (size_t set = 0; set == 0 || instruction_set_name(set - 1) != NULL; set++)
		{
			double		start;

			if (set > 0)
				use_instruction_set(instruction_set_name(set - 1));
			start = seconds();
			for (int i = 0; i < repeats; i++)
				sink += set == 0 ? plain(p, q, n) : kernel_value(measure, p, q, n);
			times[set][run] = (seconds() - start) / repeats / n * 1e9;
		}
	}
	plain_time = median(times[0]);
	printf("| %s | %zu | %.2f ns |", measure->name, n, plain_time);
	for (size_t set = 1; instruction_set_name(set - 1) != NULL; set++)
		printf(" %.2f ns, %.1fx |", median(times[set]), plain_time / median(times[set]));
	printf("\n");
}

int
main(void)
{
	size_t		n = sizes[SIZE_COUNT - 1];
	double	   *p = malloc(n * sizeof(double));
	double	   *q = malloc(n * sizeof(double));

	make_inputs("flat", n, 1, p, q);
	printf("| measure | bins | plain loop, libm |");
	for (size_t set = 0; instruction_set_name(set) != NULL; set++)
		printf(" %s |", instruction_set_name(set));
	printf("\n|---|---|---|");
	for (size_t set = 0; instruction_set_name(set) != NULL; set++)
		printf("---|");
	printf("\n");
	for (size_t i = 0; i < SIZE_COUNT; i++)
	{
		bench(&kl_divergence_measure, plain_kl_divergence, p, q, sizes[i]);
		bench(&jsd_measure, plain_jsd, p, q, sizes[i]);
	}
	free(p);
	free(q);
	return sink == 0.0;
}
