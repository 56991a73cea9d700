/*-------------------------------------------------------------------------
 *
 * logits.c
 *	  Times the divergence of logits beside what it replaces, on the same data.
 *
 * Prints Markdown: nanoseconds per pair of logits, and how many times faster
 * than the form with log_softmax over libm, and than softmax() of both sides and
 * kl_divergence(), both of this library.  Medians of interleaved runs in one
 * process, one thread.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "math/instruction_set.h"
#include "math/logits/logits.h"
#include "math/measure.h"
#include "math/pair/distribution.h"
#include "math/pair/slabs.h"
#include "math/pair/value.h"

#define RUNS 15

/* Keeps results from being optimised away */
static double sink = 0.0;

static const size_t sizes[] = {1000, 32768, 131072};

#define SIZE_COUNT (sizeof(sizes) / sizeof(sizes[0]))

static double *p_shares;
static double *q_shares;

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + 1e-9 * now.tv_nsec;
}

static double
plain_log_sum_exp(const double *logits, size_t n)
{
	double		largest = -INFINITY;
	double		sum = 0.0;

	for (size_t i = 0; i < n; i++)
		largest = logits[i] > largest ? logits[i] : largest;
	for (size_t i = 0; i < n; i++)
		sum += exp(logits[i] - largest);
	return largest + log(sum);
}

/* sum e^lp (lp - lq) with lp = log_softmax(p), as torch computes it */
static double
by_log_softmax(const double *p, const double *q, size_t n)
{
	double		p_norm = plain_log_sum_exp(p, n);
	double		q_norm = plain_log_sum_exp(q, n);
	double		sum = 0.0;

	for (size_t i = 0; i < n; i++)
	{
		double		log_p = p[i] - p_norm;

		sum += exp(log_p) * (log_p - (q[i] - q_norm));
	}
	return sum;
}

static double
by_softmax(const double *p, const double *q, size_t n)
{
	Weights		p_logits = dense_weights(p, n);
	Weights		q_logits = dense_weights(q, n);
	Weights		p_weights = dense_weights(p_shares, n);
	Weights		q_weights = dense_weights(q_shares, n);
	Parameters	parameters = default_parameters(TAKES_NOTHING_ELSE);
	Finding		finding;

	softmax(&p_logits, 1.0, run_slabs_serially, p_shares, &finding);
	softmax(&q_logits, 1.0, run_slabs_serially, q_shares, &finding);
	return evaluate_measure(&kl_divergence_measure, &p_weights, &q_weights, &parameters, run_slabs_serially, &finding);
}

static double
by_logits(const double *p, const double *q, size_t n)
{
	Weights		p_logits = dense_weights(p, n);
	Weights		q_logits = dense_weights(q, n);
	Finding		finding;

	return softmax_divergence(&p_logits, &q_logits, 1.0, run_slabs_serially, &finding);
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

static void
bench(const double *p, const double *q, size_t n)
{
	static double (*const ways[]) (const double *, const double *, size_t) = {by_log_softmax, by_softmax, by_logits};
	double		times[3][RUNS];
	int			repeats = (int) (2000000 / n) + 1;
	double		medians[3];

	for (size_t set = 0; instruction_set_name(set) != NULL; set++)
	{
		use_instruction_set(instruction_set_name(set));
		for (int run = 0; run < RUNS; run++)
			for (int way = 0; way < 3; way++)
			{
				double		start = seconds();

				for (int i = 0; i < repeats; i++)
					sink += ways[way] (p, q, n);
				times[way][run] = (seconds() - start) / repeats / (double) n * 1e9;
			}
		for (int way = 0; way < 3; way++)
			medians[way] = median(times[way]);
		printf("| %zu | %s | %.2f ns | %.2f ns | %.2f ns | %.1fx | %.1fx |\n", n, instruction_set_name(set), medians[0], medians[1],
			   medians[2], medians[0] / medians[2], medians[1] / medians[2]);
	}
}

int
main(void)
{
	size_t		n = sizes[SIZE_COUNT - 1];
	double	   *p = malloc(n * sizeof(double));
	double	   *q = malloc(n * sizeof(double));

	p_shares = malloc(n * sizeof(double));
	q_shares = malloc(n * sizeof(double));
	srand(1);
	for (size_t i = 0; i < n; i++)
	{
		/* nearly normal, of standard deviation 3, and a student that is 0.3 off */
		p[i] = q[i] = 0.0;
		for (int k = 0; k < 12; k++)
		{
			p[i] += 3.0 * ((double) rand() / RAND_MAX - 0.5);
			q[i] += 0.3 * ((double) rand() / RAND_MAX - 0.5);
		}
		q[i] += p[i];
	}
	printf("| logits | instruction set | log_softmax, libm | softmax() and kl_divergence() | softmax_kl_divergence() | faster than the first | and than the second |\n");
	printf("|---|---|---|---|---|---|---|\n");
	for (size_t i = 0; i < SIZE_COUNT; i++)
		bench(p, q, sizes[i]);
	free(p);
	free(q);
	free(p_shares);
	free(q_shares);
	return sink == 0.0;
}
