/*-------------------------------------------------------------------------
 *
 * matrix.c
 *	  Speed of the kernels for many distributions, beside loops over libm.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "math/many/comparison.h"
#include "math/instruction_set.h"
#include "math/pair/slabs.h"
#include "math/pair/value.h"
#include "math/rows/rows.h"

#define ROWS 1000
#define BINS 256
#define TURNS 5

static double
cpu_seconds(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

/* What one writes first: shares, and a logarithm or two a bin */
static void
libm_matrix(const double *shares, bool jensen_shannon, double *values)
{
	for (size_t i = 0; i < ROWS; i++)
		for (size_t j = jensen_shannon ? i : 0; j < ROWS; j++)
		{
			const double *p = shares + i * BINS;
			const double *q = shares + j * BINS;
			double		sum = 0.0;

			for (size_t bin = 0; bin < BINS; bin++)
			{
				double		m = 0.5 * (p[bin] + q[bin]);

				if (jensen_shannon)
					sum += 0.5 * (p[bin] > 0.0 ? p[bin] * log(p[bin] / m) : 0.0) +
						0.5 * (q[bin] > 0.0 ? q[bin] * log(q[bin] / m) : 0.0);
				else if (p[bin] > 0.0)
					sum += p[bin] * log(p[bin] / q[bin]);
			}
			values[i * ROWS + j] = sum;
		}
}

static double
own_seconds(const char *name, const double *weights, double *values)
{
	Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
	double		best = INFINITY;

	for (int turn = 0; turn < TURNS; turn++)
	{
		double		start = cpu_seconds();
		Comparison	comparison;
		Finding		finding;
		void	   *memory;

		plan_comparison(&comparison, find_measure(name), &parameters, weights, ROWS, BINS);
		memory = malloc(comparison.memory_size);
		place_comparison(&comparison, memory);
		for (size_t row = 0; row < ROWS; row++)
			judge_distribution(&comparison, row, run_slabs_serially, &finding);
		prepare_comparison(&comparison, run_slabs_serially);
		for (size_t number = 0; number < comparison.tiles; number++)
		{
			Tile		tile = tile_of(&comparison, number);

			compare_tile(&comparison, &tile, run_slabs_serially,
						 values + tile.first_p * ROWS + tile.first_q, ROWS);
		}
		free(memory);
		best = fmin(best, cpu_seconds() - start);
	}
	return best;
}

int
main(void)
{
	double	   *shares = malloc(ROWS * BINS * sizeof(double));
	double	   *values = malloc(ROWS * ROWS * sizeof(double));
	static const char *const names[] = {"jsd", "kl_divergence", "jeffreys_divergence", "hellinger_distance", "total_variation", "l_infinity"};

	srand48(1);
	for (size_t row = 0; row < ROWS; row++)
	{
		double		total = 0.0;

		for (size_t bin = 0; bin < BINS; bin++)
			total += shares[row * BINS + bin] = drand48();
		for (size_t bin = 0; bin < BINS; bin++)
			shares[row * BINS + bin] /= total;
	}
	printf("| all pairs of 1,000 x 256, CPU time | loop over libm |");
	for (size_t i = 0; instruction_set_name(i) != NULL; i++)
		printf(" %s |", instruction_set_name(i));
	printf("\n|---|---|");
	for (size_t i = 0; instruction_set_name(i) != NULL; i++)
		printf("---|");
	printf("\n");
	for (size_t name = 0; name < sizeof(names) / sizeof(names[0]); name++)
	{
		double		libm = 0.0;

		if (name < 2)
		{
			double		start = cpu_seconds();

			libm_matrix(shares, name == 0, values);
			libm = cpu_seconds() - start;
			printf("| %s | %.0f ms |", names[name], 1e3 * libm);
		}
		else
			printf("| %s | |", names[name]);
		for (size_t i = 0; instruction_set_name(i) != NULL; i++)
		{
			double		own;

			use_instruction_set(instruction_set_name(i));
			own = own_seconds(names[name], shares, values);
			if (libm > 0.0)
				printf(" %.1f ms, %.1fx |", 1e3 * own, libm / own);
			else
				printf(" %.1f ms |", 1e3 * own);
		}
		printf("\n");
	}
	return 0;
}
