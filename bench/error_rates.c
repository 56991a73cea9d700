/*-------------------------------------------------------------------------
 *
 * error_rates.c
 *	  How often the tests of counts are wrong, by simulation.
 *
 *	  error_rates [DRAWS]		20000, if not said
 *
 * Prints Markdown.  Every table has a seed of its own, and nothing in it depends
 * on the machine, so that the same number of draws gives the same text
 * everywhere.  Ends with status 1 if something is over its bar.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/measure.h"
#include "math/pair/slabs.h"
#include "math/pair/value.h"
#include "math/statistics/chi_square.h"
#include "math/statistics/count_tests.h"
#include "math/statistics/evidence.h"

#define MOST_BINS 200
#define LOOKS 100
#define ROWS_A_DAY 100

static bool over_a_bar = false;

/*-- random numbers --*/

/* S. Vigna's splitmix64 */
static uint64_t
next_random(uint64_t *seed)
{
	uint64_t	x = *seed += 0x9e3779b97f4a7c15;

	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
	return x ^ (x >> 31);
}

/* A distribution to draw from: A. J. Walker's alias method, ACM Transactions on Mathematical Software 3 (1977) */
typedef struct Drawer
{
	size_t		bins;
	double		threshold[MOST_BINS];	/* the bin itself below this, of 2^32; its alias from there on */
	size_t		alias[MOST_BINS];
} Drawer;

static Drawer
drawer_of(const double *weights, size_t bins)
{
	Drawer		drawer = {.bins = bins};
	double		total = 0.0;
	size_t		small[MOST_BINS];
	size_t		large[MOST_BINS];
	size_t		small_count = 0;
	size_t		large_count = 0;

	for (size_t bin = 0; bin < bins; bin++)
		total += weights[bin];
	for (size_t bin = 0; bin < bins; bin++)
	{
		drawer.threshold[bin] = weights[bin] / total * (double) bins * 0x1p32;
		drawer.alias[bin] = bin;
		if (drawer.threshold[bin] < 0x1p32)
			small[small_count++] = bin;
		else
			large[large_count++] = bin;
	}
	while (small_count > 0 && large_count > 0)
	{
		size_t		less = small[--small_count];
		size_t		more = large[large_count - 1];

		drawer.alias[less] = more;
		drawer.threshold[more] -= 0x1p32 - drawer.threshold[less];
		if (drawer.threshold[more] < 0x1p32)
			small[small_count++] = large[--large_count];
	}
	while (small_count > 0)
		drawer.threshold[small[--small_count]] = 0x1p32;
	return drawer;
}

static size_t
draw_bin(const Drawer *drawer, uint64_t *seed)
{
	uint64_t	random = next_random(seed);
	size_t		bin = (size_t) ((random >> 32) * drawer->bins >> 32);

	return (double) (random & UINT32_MAX) < drawer->threshold[bin] ? bin : drawer->alias[bin];
}

static void
draw_counts(const Drawer *drawer, size_t n, uint64_t *seed, double *counts)
{
	memset(counts, 0, drawer->bins * sizeof(double));
	for (size_t i = 0; i < n; i++)
		counts[draw_bin(drawer, seed)] += 1.0;
}

typedef enum Shape
{
	UNIFORM,
	ZIPF						/* the k-th bin has a share in proportion to k^-1.5 */
} Shape;

static Drawer
drawer_of_shape(Shape shape, size_t bins)
{
	double		weights[MOST_BINS];

	for (size_t bin = 0; bin < bins; bin++)
	{
		double		rank = (double) (bin + 1);

		weights[bin] = shape == UNIFORM ? 1.0 : 1.0 / (rank * sqrt(rank));
	}
	return drawer_of(weights, bins);
}

/*-- the tests --*/

static double
total_of(const double *counts, size_t bins)
{
	double		total = 0.0;

	for (size_t bin = 0; bin < bins; bin++)
		total += counts[bin];
	return total;
}

/* The p-value of homogeneity_test(p, q, min_expected => ...), of so many observations */
static double
homogeneity_p_value(const double *p, const double *q, size_t bins, double n_p, double n_q, double min_expected)
{
	double		pooled[MOST_BINS];
	double		p_merged[MOST_BINS];
	double		q_merged[MOST_BINS];
	uint8_t		fates[MOST_BINS];
	SamplePair	pair = {{p, total_of(p, bins), n_p}, {q, total_of(q, bins), n_q}, bins};
	BinSummary	summary = summarise_bins(&pair, run_slabs_serially);
	MergePlan	plan;

	pool_bins(&pair, pooled, run_slabs_serially);
	plan = plan_merge(pooled, bins, &summary.expectation, min_expected, fates, run_slabs_serially);
	merge_bins(&plan, p, p_merged, run_slabs_serially);
	merge_bins(&plan, q, q_merged, run_slabs_serially);
	pair.p.weights = p_merged;
	pair.q.weights = q_merged;
	pair.bins = bins_after(&plan);
	summary = summarise_bins(&pair, run_slabs_serially);
	return test_pair(&pair, &summary, CHI_SQUARE_STATISTIC, run_slabs_serially).p_value;
}

#define NO_BAR INFINITY
#define DRAWS 20000

/* With fewer draws a percentage is over its bar only if that is more than chance */
static double
margin_of(double bar, size_t draws)
{
	return isinf(bar) || draws >= DRAWS ? 0.0 : 4.0 * sqrt(bar * (100.0 - bar) / (double) draws);
}

/* A percentage for a table, in bold if it is over a bar */
static const char *
percent(size_t count, size_t of, double bar)
{
	static char texts[8][32];
	static int	next = 0;
	char	   *text = texts[next++ % 8];
	double		share = 100.0 * (double) count / (double) of;

	snprintf(text, sizeof(texts[0]), share > bar ? "**%.2f**" : "%.2f", share);
	over_a_bar |= share > bar;
	return text;
}

/*-- no difference at all --*/

static void
test_equal_samples(size_t smaller, size_t ratio, size_t bins, Shape shape, size_t draws)
{
	const Drawer drawer = drawer_of_shape(shape, bins);
	uint64_t	seed = ((uint64_t) smaller << 40) + (ratio << 20) + (bins << 4) + shape;
	size_t		found[2][2] = {{0, 0}, {0, 0}};
	double		p[MOST_BINS];
	double		q[MOST_BINS];

	for (size_t draw = 0; draw < draws; draw++)
	{
		draw_counts(&drawer, smaller, &seed, p);
		draw_counts(&drawer, smaller * ratio, &seed, q);
		for (int merged = 0; merged < 2; merged++)
		{
			double		p_value = homogeneity_p_value(p, q, bins, (double) smaller, (double) (smaller * ratio),
													  merged ? 2.0 : 0.0);

			found[merged][0] += p_value < 0.05;
			found[merged][1] += p_value < 0.001;
		}
	}
	printf("| %zu : %zu | %zu | %s | %s | %s | %s | %s |\n", smaller, smaller * ratio, bins,
		   shape == UNIFORM ? "uniform" : "Zipf",
		   percent(found[0][0], draws, NO_BAR), percent(found[0][1], draws, NO_BAR),
		   percent(found[1][0], draws, 6.5), percent(found[1][1], draws, 0.5));
}

static void
test_all_equal_samples(size_t draws)
{
	static const size_t smaller[] = {100, 300, 1000};
	static const size_t ratios[] = {1, 10, 100};
	static const size_t bins[] = {11, 50, 200};

	printf("## homogeneity_test where nothing differs\n\n"
		   "Percent of tests that find a difference, of %zu draws each. With `min_expected => 2` the bars are 6.5 and 0.5.\n\n"
		   "| rows | bins | shape | p < 0.05 | p < 0.001 | p < 0.05, merged | p < 0.001, merged |\n"
		   "|---|---|---|---|---|---|---|\n", draws);
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < 3; j++)
			for (size_t k = 0; k < 3; k++)
				for (Shape shape = UNIFORM; shape <= ZIPF; shape++)
					test_equal_samples(smaller[i], ratios[j], bins[k], shape, draws);
}

/*-- a difference --*/

/* 50 even bins, of which p has half as much again of one half, and as much less of the other */
static void
test_tilted_samples(size_t draws)
{
	const double limits[] = {0.0, 1.0, 2.0, 5.0};
	const Drawer even = drawer_of_shape(UNIFORM, 50);
	double		weights[50];
	Drawer		tilted;
	double		p[MOST_BINS];
	double		q[MOST_BINS];
	size_t		found[4] = {0};
	uint64_t	seed = 1;

	for (size_t bin = 0; bin < 50; bin++)
		weights[bin] = bin < 25 ? 1.5 : 0.5;
	tilted = drawer_of(weights, 50);
	for (size_t draw = 0; draw < draws; draw++)
	{
		draw_counts(&tilted, 100, &seed, p);
		draw_counts(&even, 10000, &seed, q);
		for (int i = 0; i < 4; i++)
			found[i] += homogeneity_p_value(p, q, 50, 100.0, 10000.0, limits[i]) < 0.05;
	}
	printf("\n## homogeneity_test where something differs\n\n"
		   "100 rows beside 10,000, 50 even bins of which half have 1.5 times and half 0.5 times as many: percent with\n"
		   "p < 0.05, of %zu draws. The bar for `min_expected => 2` is at least 45.\n\n"
		   "| min_expected 0 | 1 | 2 | 5 |\n|---|---|---|---|\n| %s | %s | %s | %s |\n", draws,
		   percent(found[0], draws, NO_BAR), percent(found[1], draws, NO_BAR),
		   percent(found[2], draws, NO_BAR), percent(found[3], draws, NO_BAR));
	over_a_bar |= 100.0 * (double) found[2] < (45.0 - margin_of(45.0, draws)) * (double) draws;
}

/*-- the rule of thumb --*/

static void
read_psi_by_rule(size_t draws)
{
	static const size_t sizes[] = {100, 200, 500, 1000};
	Parameters	parameters = default_parameters(psi_measure.takes);

	printf("\n## psi by rule of thumb where nothing differs\n\n"
		   "Percent of psi above 0.1 and 0.25, 11 bins, %zu draws; beside it homogeneity_test with `min_expected => 2`.\n\n"
		   "| rows | shape | psi > 0.1 | psi > 0.25 | p < 0.05 |\n|---|---|---|---|---|\n", draws);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (Shape shape = UNIFORM; shape <= ZIPF; shape++)
		{
			const size_t n = sizes[i];
			const Drawer drawer = drawer_of_shape(shape, 11);
			uint64_t	seed = (n << 4) + shape;
			size_t		moderate = 0;
			size_t		large = 0;
			size_t		significant = 0;
			double		p[MOST_BINS];
			double		q[MOST_BINS];

			for (size_t draw = 0; draw < draws; draw++)
			{
				Weights		p_weights = dense_weights(p, 11);
				Weights		q_weights = dense_weights(q, 11);
				Finding		finding;
				double		psi;

				draw_counts(&drawer, n, &seed, p);
				draw_counts(&drawer, n, &seed, q);
				psi = evaluate_measure(&psi_measure, &p_weights, &q_weights, &parameters, run_slabs_serially, &finding);
				moderate += psi > 0.1;
				large += psi > 0.25;
				significant += homogeneity_p_value(p, q, 11, (double) n, (double) n, 2.0) < 0.05;
			}
			printf("| %zu : %zu | %s | %s | %s | %s |\n", n, n, shape == UNIFORM ? "uniform" : "Zipf",
				   percent(moderate, draws, NO_BAR), percent(large, draws, NO_BAR), percent(significant, draws, 6.5));
		}
}

/*-- a look every day --*/

typedef enum Experiment
{
	KNOWN_SHARES,				/* a sample beside what is known */
	TWO_ARMS,					/* each row goes to either arm with probability 1/2 */
	FROZEN_SAMPLE				/* a sample beside another one that is taken for known: what not to do */
} Experiment;

/* Whether any of the looks alarms, by p < 0.05 of a fit and by evidence of 20; the last evidence is added up */
static void
look_daily(Experiment experiment, const Drawer *drawer, uint64_t *seed, bool *by_p_value, bool *by_evidence, double *evidences)
{
	double		p[MOST_BINS] = {0.0};
	double		q[MOST_BINS];
	double		known[MOST_BINS];
	double		log_ratio = 0.0;

	for (size_t bin = 0; bin < drawer->bins; bin++)
		q[bin] = experiment == TWO_ARMS ? 0.0 : 1.0;
	if (experiment == FROZEN_SAMPLE)
		draw_counts(drawer, 10000, seed, q);
	*by_p_value = *by_evidence = false;
	for (int day = 1; day <= LOOKS; day++)
	{
		Evidence	evidence;
		double		n_p;
		double		n_q;

		for (int row = 0; row < ROWS_A_DAY; row++)
		{
			bool		to_q = experiment == TWO_ARMS && next_random(seed) >> 63 != 0;

			(to_q ? q : p)[draw_bin(drawer, seed)] += 1.0;
		}
		n_p = total_of(p, drawer->bins);
		n_q = total_of(q, drawer->bins);
		memcpy(known, q, sizeof(known));
		begin_evidence(&evidence, NAN);
		if (experiment == TWO_ARMS)
			add_assigned(&evidence, p, q, 0.5, drawer->bins);
		else
		{
			add_known(&evidence, p, n_p, known, n_q, drawer->bins);
			end_known(&evidence, n_p);
		}
		log_ratio = log_evidence(&evidence);
		*by_evidence |= evidence_value(log_ratio) >= 20.0;
		*by_p_value |= homogeneity_p_value(p, q, drawer->bins, n_p, experiment == TWO_ARMS ? n_q : INFINITY, 0.0) < 0.05;
	}
	*evidences += evidence_value(log_ratio);
}

static void
look_every_day(size_t draws)
{
	static const struct
	{
		Experiment	experiment;
		const char *name;
		bool		valid;
	}			rows[] = {
		{KNOWN_SHARES, "a sample beside what is known", true},
		{TWO_ARMS, "two arms, `ratio => 0.5`", true},
		{FROZEN_SAMPLE, "a sample beside 10,000 rows taken for known (wrong)", false}
	};
	const Drawer drawer = drawer_of_shape(UNIFORM, 11);

	printf("\n## A look every day where nothing differs\n\n"
		   "%d days of %d rows, 11 bins, a look at all of them so far every day: percent of %zu experiments in which any\n"
		   "look alarms, and the mean of `e_value` at the end. The bar of sequential_test is 5, that of the mean 1 where it\n"
		   "is right.\n\n"
		   "| | chi-square, p < 0.05 | sequential_test, e >= 20 | mean of e |\n|---|---|---|---|\n", LOOKS, ROWS_A_DAY, draws);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
	{
		uint64_t	seed = 1000 + i;
		size_t		by_p_value = 0;
		size_t		by_evidence = 0;
		double		evidences = 0.0;

		for (size_t draw = 0; draw < draws; draw++)
		{
			bool		found_by_p_value;
			bool		found_by_evidence;

			look_daily(rows[i].experiment, &drawer, &seed, &found_by_p_value, &found_by_evidence, &evidences);
			by_p_value += found_by_p_value;
			by_evidence += found_by_evidence;
		}
		printf("| %s | %s | %s | %.2g |\n", rows[i].name, percent(by_p_value, draws, NO_BAR),
			   percent(by_evidence, draws, rows[i].valid ? 5.0 : NO_BAR), evidences / (double) draws);
		over_a_bar |= rows[i].valid && evidences > (double) draws;
	}
}

/*-- rows that belong together --*/

/*
 * An arm of users who have from 1 to 10,000 rows each, few of them many, and
 * mostly one value of their own.  How many rows, and how many independent ones
 * these are worth: L. Kish, Survey Sampling (1965).
 */
static void
draw_users(const Drawer *drawer, size_t users, uint64_t *seed, double *counts, double *rows, double *worth)
{
	double		squares = 0.0;

	memset(counts, 0, drawer->bins * sizeof(double));
	*rows = 0.0;
	for (size_t user = 0; user < users; user++)
	{
		double		uniform = ((double) (next_random(seed) >> 12) + 0.5) * 0x1p-52;
		double		size = fmin(ceil(1.0 / uniform), 10000.0);

		counts[draw_bin(drawer, seed)] += size;
		*rows += size;
		squares += size * size;
	}
	*worth = *rows * *rows / squares;
}

static void
test_users(size_t draws)
{
	const Drawer drawer = drawer_of_shape(UNIFORM, 5);
	uint64_t	seed = 2000;
	size_t		found[3] = {0};
	double		p[MOST_BINS];
	double		q[MOST_BINS];

	for (size_t draw = 0; draw < draws; draw++)
	{
		double		rows[2];
		double		worth[2];

		draw_users(&drawer, 1000, &seed, p, &rows[0], &worth[0]);
		draw_users(&drawer, 1000, &seed, q, &rows[1], &worth[1]);
		found[0] += homogeneity_p_value(p, q, 5, rows[0], rows[1], 2.0) < 0.05;
		found[1] += homogeneity_p_value(p, q, 5, 1000.0, 1000.0, 2.0) < 0.05;
		found[2] += homogeneity_p_value(p, q, 5, worth[0], worth[1], 2.0) < 0.05;
	}
	printf("\n## Rows of users where nothing differs\n\n"
		   "Two arms of 1,000 users with 1 to 10,000 rows each, all of a user alike, 5 bins: percent of %zu tests with p < 0.05,\n"
		   "by what is said to stand behind a side. The bar of the effective number is 6.5.\n\n"
		   "| n is the number of rows | of users | (sum of m)^2 / sum of m^2 |\n|---|---|---|\n| %s | %s | %s |\n", draws,
		   percent(found[0], draws, NO_BAR), percent(found[1], draws, NO_BAR), percent(found[2], draws, 6.5));
}

int
main(int argc, char **argv)
{
	size_t		draws = argc > 1 ? strtoul(argv[1], NULL, 10) : DRAWS;

	if (draws == 0)
	{
		fprintf(stderr, "usage: error_rates [DRAWS]\n");
		return 2;
	}
	printf("# Error rates of the tests of counts\n\nPercentages in bold are over a bar.\n\n");
	test_all_equal_samples(draws);
	test_tilted_samples(draws);
	read_psi_by_rule(draws);
	look_every_day(draws / 10 + 1);
	test_users(draws);
	if (over_a_bar)
		fprintf(stderr, "error_rates: something is over its bar\n");
	return over_a_bar;
}
