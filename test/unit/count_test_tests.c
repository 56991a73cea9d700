/*-------------------------------------------------------------------------
 *
 * count_test_tests.c
 *	  Tests of counts, of pairs and tables.
 *
 *-------------------------------------------------------------------------
 */
#include "count_test_tests.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bits_tests.h"
#include "inputs.h"
#include "math/instruction_set.h"
#include "math/pair/slabs.h"
#include "math/statistics/chi_square.h"
#include "math/statistics/table_tests.h"

#define MOST_BINS 100
#define TOLERANCE 1e-14

static bool
is_near(double value, double exact)
{
	bool		passed = value == exact || fabs(value - exact) <= TOLERANCE * fabs(exact);

	if (!passed)
		printf("# %.17g, not %.17g\n", value, exact);
	return passed;
}

static size_t
read_weights(const char *text, double *weights)
{
	size_t		count = 0;
	char	   *end;

	for (; count < MOST_BINS; text = end + 1)
	{
		weights[count++] = strtod(text, &end);
		if (*end != ',')
			break;
	}
	return count;
}

static double
total_of(const double *weights, size_t bins)
{
	double		total = 0.0;

	for (size_t bin = 0; bin < bins; bin++)
		total += weights[bin];
	return total;
}

/* As SQL functions do it; merged is how many bins have become one */
static CountTest
tested_pair(SamplePair pair, TestStatistic statistic, double min_expected, size_t *merged)
{
	BinSummary	summary = summarise_bins(&pair, run_slabs_serially);
	double	   *memory = malloc((pair.bins + 1) * 3 * sizeof(double));
	uint8_t    *fates = malloc(pair.bins + 1);
	CountTest	test;

	if (memory == NULL || fates == NULL)
		abort();
	*merged = 0;
	if (summary.bins < pair.bins || smallest_expected(summary.least, &summary.expectation) < min_expected)
	{
		double	   *p = memory + pair.bins;
		double	   *q = p + pair.bins;
		MergePlan	plan;

		pool_bins(&pair, memory, run_slabs_serially);
		plan = plan_merge(memory, pair.bins, &summary.expectation, min_expected, fates, run_slabs_serially);
		merge_bins(&plan, pair.p.weights, p, run_slabs_serially);
		merge_bins(&plan, pair.q.weights, q, run_slabs_serially);
		pair.p.weights = p;
		pair.q.weights = q;
		pair.bins = bins_after(&plan);
		*merged = plan.merged;
		summary = summarise_bins(&pair, run_slabs_serially);
	}
	test = test_pair(&pair, &summary, statistic, run_slabs_serially);
	free(memory);
	free(fates);
	return test;
}

/* Counts of two samples, or of one beside what is known */
static SamplePair
pair_of_counts(const double *p, const double *q, size_t bins, bool known)
{
	double		p_total = total_of(p, bins);
	double		q_total = total_of(q, bins);

	return (SamplePair) {{p, p_total, p_total}, {q, q_total, known ? INFINITY : q_total}, bins};
}

static bool
pair_is_right(SamplePair pair, double chi_square, double g, double expected)
{
	size_t		merged;
	CountTest	by_chi_square = tested_pair(pair, CHI_SQUARE_STATISTIC, 0.0, &merged);
	CountTest	by_g = tested_pair(pair, G_STATISTIC, 0.0, &merged);

	return is_near(by_chi_square.statistic, chi_square) && is_near(by_g.statistic, g) &&
		is_near(by_chi_square.min_expected, expected) &&
		by_chi_square.p_value == chi_square_tail(by_chi_square.statistic, by_chi_square.df) &&
		by_g.p_value == chi_square_tail(by_g.statistic, by_g.df) &&
		is_near(by_g.effect_size, by_g.df > 0.0 ? sqrt(chi_square / by_g.n) : 0.0) &&
		(!isfinite(pair.q.n) || by_g.effect_size <= 1.0);
}

/* A table whose rows are behind each other, with its margins */
static void
begin_table(Table *table, const double *cells, size_t samples, size_t bins, double *margins)
{
	*table = (Table) {cells, samples, bins, margins, margins + samples, 0.0};
	total_table(table, run_slabs_serially);
}

static bool
table_is_right(const double *cells, size_t samples, size_t bins, double chi_square, double g, double expected)
{
	double		margins[MOST_BINS + 1];
	Table		table;
	TableSummary summary;
	CountTest	by_chi_square;
	CountTest	by_g;

	begin_table(&table, cells, samples, bins, margins);
	summary = summarise_table(&table, run_slabs_serially);
	by_chi_square = test_table(&table, &summary, CHI_SQUARE_STATISTIC, run_slabs_serially);
	by_g = test_table(&table, &summary, G_STATISTIC, run_slabs_serially);
	return is_near(by_chi_square.statistic, chi_square) && is_near(by_g.statistic, g) &&
		is_near(by_chi_square.min_expected, expected) && by_g.effect_size == by_chi_square.effect_size &&
		by_g.effect_size <= 1.0;
}

bool
is_about_count_tests(const char *line, bool *right)
{
	char		first[700];
	char		second[700];
	double		p[MOST_BINS];
	double		q[MOST_BINS];
	double		a;
	double		b;
	double		c;
	double		d;
	double		e;
	double		f;

	if (sscanf(line, "samples %lf %lf %lf %lf %lf %699s %699s", &a, &b, &c, &d, &e, first, second) == 7)
	{
		SamplePair	pair = {.bins = read_weights(first, p)};

		*right = read_weights(second, q) == pair.bins;
		pair.p = (Sample) {p, total_of(p, pair.bins), d};
		pair.q = (Sample) {q, total_of(q, pair.bins), e};
		*right = *right && pair_is_right(pair, a, b, c);
	}
	else if (sscanf(line, "fit %lf %lf %lf %699s %699s", &a, &b, &c, first, second) == 5)
	{
		size_t		bins = read_weights(first, p);

		*right = read_weights(second, q) == bins && pair_is_right(pair_of_counts(p, q, bins, true), a, b, c);
	}
	else if (sscanf(line, "table %lf %lf %lf %lf %699s", &a, &b, &c, &d, first) == 5)
		*right = table_is_right(p, (size_t) d, read_weights(first, p) / (size_t) d, a, b, c);
	else if (sscanf(line, "residual %lf %lf %lf %lf %lf %lf", &a, &b, &c, &d, &e, &f) == 6)
	{
		Residual	residual = standardized_residual(c, d, e, f);
		Residual	other = standardized_residual(d, c, f, e);

		*right = is_near(residual.expected, a) && is_near(residual.residual, b) && other.residual == -residual.residual &&
			residual.p_value == chi_square_tail(residual.residual * residual.residual, 1.0);
	}
	else
		return false;
	return true;
}

static bool
same_test(CountTest one, CountTest other)
{
	return memcmp(&one, &other, sizeof(CountTest)) == 0;
}

/* Rare bins, by hand */
static void
test_merging(void (*check) (bool passed, const char *what))
{
	static const double p[] = {30, 0, 20, 1, 1, 0}, q[] = {300, 0, 200, 5, 0, 4};
	static const double p_merged[] = {30, 20, 2}, q_merged[] = {300, 200, 9};
	static const double p_joined[] = {30, 22}, q_joined[] = {300, 209};
	static const double p_impossible[] = {30, 1, 20, 1}, q_known[] = {100, 0.5, 60, 0};
	double		cells[18];
	double		margins[9];
	double		merged_cells[18];
	uint8_t		fates[6];
	Table		table;
	TableSummary summary;
	Expectation expectation;
	MergePlan	plan;
	CountTest	test;
	size_t		merged;
	size_t		none;

	/* expected of the smaller sample: 0.56, 0.09 and 0.37, together 1.02, beside 30.6 and 20.4 */
	test = tested_pair(pair_of_counts(p, q, 6, false), CHI_SQUARE_STATISTIC, 1.0, &merged);
	check(merged == 3 && same_test(test, tested_pair(pair_of_counts(p_merged, q_merged, 3, false), CHI_SQUARE_STATISTIC, 0.0, &none)) &&
		  none == 0, "rare bins are one bin");
	test = tested_pair(pair_of_counts(p, q, 6, false), G_STATISTIC, 2.0, &merged);
	check(merged == 4 && same_test(test, tested_pair(pair_of_counts(p_joined, q_joined, 2, false), G_STATISTIC, 0.0, &none)),
		  "which the least of the others joins if it is still rare");
	test = tested_pair(pair_of_counts(p, q, 6, false), CHI_SQUARE_STATISTIC, 1000.0, &merged);
	check(merged == 5 && test.df == 0.0 && test.statistic == 0.0 && test.p_value == 1.0 && test.effect_size == 0.0 && test.min_expected == 52.0,
		  "until there is but one");
	test = tested_pair(pair_of_counts(p_impossible, q_known, 4, true), CHI_SQUARE_STATISTIC, 5.0, &merged);
	check(isinf(test.statistic) && test.p_value == 0.0 && test.df == 2.0 && merged == 2, "what is impossible is not merged");

	for (int sample = 0; sample < 3; sample++)
		for (int bin = 0; bin < 6; bin++)
			cells[sample * 6 + bin] = sample == 1 ? q[bin] : p[bin];
	begin_table(&table, cells, 3, 6, margins);
	summary = summarise_table(&table, run_slabs_serially);
	expectation = expectation_of_table(&table, &summary);
	plan = plan_merge(table.bin_totals, 6, &expectation, 0.9, fates, run_slabs_serially);
	merge_bins_of_table(&table, &plan, merged_cells, run_slabs_serially);
	check(plan.merged == 3 && table.bins == 3 && merged_cells[2] == 2.0 && merged_cells[5] == 9.0 && table.bin_totals[2] == 13.0 &&
		  table.bin_totals[0] == 360.0, "and of a table");
}

/* Results of inputs of all kinds with some numbers of observations */
static void
test_kinds(void (*check) (bool passed, const char *what), const char *bits_path)
{
	static const char *const kinds[] = {"flat", "sparse", "near-1e-6", "near-1e-12", "zeros", "one-sided", "skewed", "counts", "extreme",
	"far-apart", "disjoint", "proportional", "denormal"};
	static const size_t sizes[] = {2, 7, 100, 1000, 70000};
	uint64_t	checksums[2] = {0, 0};
	bool		passed = true;
	char		what[100];

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]) * sizeof(sizes) / sizeof(sizes[0]); k++)
	{
		size_t		n = sizes[k % (sizeof(sizes) / sizeof(sizes[0]))];
		const char *kind = kinds[k / (sizeof(sizes) / sizeof(sizes[0]))];
		double	   *p = malloc(n * sizeof(double));
		double	   *q = malloc(n * sizeof(double));

		if (p == NULL || q == NULL || !make_inputs(kind, n, 17, p, q))
			abort();
		for (int statistic = CHI_SQUARE_STATISTIC; statistic <= G_STATISTIC; statistic++)
		{
			SamplePair	pair = {{p, total_of(p, n), 1000.0}, {q, total_of(q, n), 77.5}, n};
			SamplePair	exchanged = {pair.q, pair.p, n};
			size_t		merged;
			CountTest	tests[8];
			size_t		sets = 0;

			if (!(pair.p.total > 0.0 && pair.q.total > 0.0 && isfinite(pair.p.total) && isfinite(pair.q.total)))
				continue;
			for (; sets < 8 && instruction_set_name(sets) != NULL; sets++)
			{
				use_instruction_set(instruction_set_name(sets));
				tests[sets] = tested_pair(pair, statistic, 0.0, &merged);
				if (!same_test(tests[sets], tests[0]) || !same_test(tests[sets], tested_pair(exchanged, statistic, 0.0, &merged)) ||
					!(tests[sets].statistic >= 0.0) || !(tests[sets].effect_size <= 1.0) ||
					(strcmp(kind, "proportional") == 0 && (tests[sets].statistic != 0.0 || tests[sets].p_value != 1.0)))
				{
					printf("# %s %zu %s: %a, %a\n", kind, n, instruction_set_name(sets), tests[sets].statistic, tests[0].statistic);
					passed = false;
				}
			}
			checksums[statistic] = checksums[statistic] * 31 + checksum_inputs(&tests[0].statistic, &tests[0].p_value, 1);
		}
		free(p);
		free(q);
	}
	check(passed, "tests of counts have the same bits everywhere, are symmetric and not negative");
	for (int statistic = CHI_SQUARE_STATISTIC; statistic <= G_STATISTIC; statistic++)
	{
		const char *name = statistic == G_STATISTIC ? "g" : "chi_square";

		snprintf(what, sizeof(what), "tests: results have the bits they always had: %s", name);
		check(has_bits(bits_path, "tests", name, checksums[statistic]), what);
	}
}

void
test_count_tests(void (*check) (bool passed, const char *what), const char *bits_path)
{
	static const double numbers[] = {0, 3, 4503599627370495, 9007199254740992, 1e300, 4503599627370495.5, 0.5};

	test_merging(check);
	test_kinds(check, bits_path);
	check(find_fraction(numbers, 7) == 5 && find_fraction(numbers, 5) == 5 && find_fraction(numbers + 6, 1) == 0 &&
		  find_fraction(&(double) {5e-324}, 1) == 0, "what is no whole number is found");
}
