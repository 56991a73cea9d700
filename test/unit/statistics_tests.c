/*-------------------------------------------------------------------------
 *
 * statistics_tests.c
 *	  Numbers of tests and estimates.
 *
 *-------------------------------------------------------------------------
 */
#include "statistics_tests.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/statistics/chi_square.h"
#include "math/statistics/gamma.h"
#include "math/statistics/noncentral.h"

/* Of the exact value; below 1e-300 half of the smallest number more */
static bool
is_near(double value, double exact, double tolerance)
{
	bool		passed = fabs(value - exact) <= tolerance * fabs(exact) + (exact < 1e-300 ? 0x1.8p-1074 : 0.0);

	if (!passed)
		printf("# %.17g, not %.17g\n", value, exact);
	return passed;
}

/* The quantile of a tail, or of what it was rounded to: by its own error, or by that of its tail */
static bool
inverse_fits(double df, double statistic, double p, double tolerance)
{
	double		inverse = chi_square_tail_inverse(p, df);

	if (!(p > 1e-300 && p < 1.0 - 1e-12) || inverse == 0.0)
		return true;
	tolerance = tolerance > 1e-13 ? tolerance : 1e-13;
	if (fabs(inverse - statistic) <= tolerance * statistic || fabs(chi_square_tail(inverse, df) - p) <= tolerance * p)
		return true;
	printf("# inverse for p = %.17g, df = %g: %.17g, not %.17g\n", p, df, inverse, statistic);
	return false;
}

static bool
check_line(const char *line)
{
	double		a;
	double		b;
	double		c;
	double		d;

	if (sscanf(line, "tail %lf %lf %lf %lf", &a, &b, &c, &d) == 4)
		return is_near(chi_square_tail(b, a), c, d) && inverse_fits(a, b, c, d);
	if (sscanf(line, "noncentral %lf %lf %lf %lf", &a, &b, &c, &d) == 4)
		return is_near(noncentral_tail(c, a, b), d, 1e-14) &&
			(d > 0.999 || is_near(noncentrality_of_power(c, a, d), b, 1e-12));
	if (sscanf(line, "stirling %lf %lf", &a, &b) == 2)
		return fabs(stirling_error(a) - b) <= 4e-16 * (b > 1.0 ? b : 1.0);
	if (sscanf(line, "digamma %lf %lf %lf", &a, &b, &c) == 3)
		return is_near(digamma_difference(a, b), c, 1e-15);
	return line[0] == '#';
}

static void
test_table(void (*check) (bool passed, const char *what), const char *path)
{
	FILE	   *file = fopen(path, "r");
	char		line[200];
	char		what[230];
	int			count = 0;

	if (file == NULL)
	{
		perror(path);
		exit(2);
	}
	while (fgets(line, sizeof(line), file) != NULL)
	{
		line[strcspn(line, "\n")] = '\0';
		snprintf(what, sizeof(what), "the exact value: %s", line);
		check(check_line(line), what);
		count++;
	}
	fclose(file);
	check(count > 350, "there are exact values");
}

/* From a value to the next one it never grows by more than its error, and never leaves [0, 1] */
static void
test_monotone(void (*check) (bool passed, const char *what))
{
	static const double degrees[] = {1e-300, 1e-9, 0.3, 0.99, 1, 1.9, 2, 7.3, 31, 1000, 77777, 1e7};
	bool		passed = true;
	char		what[100];

	for (size_t i = 0; i < sizeof(degrees) / sizeof(degrees[0]); i++)
	{
		double		df = degrees[i];
		double		width = sqrt(2.0 * df);
		double		last = 1.0;

		passed = chi_square_tail(0.0, df) == 1.0 && chi_square_tail(INFINITY, df) == 0.0;
		for (int step = 1; step < 3000; step++)
		{
			double		x = step < 1000 ? df * pow(0.001 * step, 4.0) : df + (width + 1.0) * pow((step - 1000) / 150.0, 2.0);
			double		tail = chi_square_tail(x, df);

			passed = passed && tail >= 0.0 && tail <= 1.0 && tail <= last * (1.0 + (df > 1e6 ? 1e-13 : 1e-14));
			last = tail;
		}
		snprintf(what, sizeof(what), "chi-square's tail falls: df = %g", df);
		check(passed, what);
	}
}

/* At 0 degrees of freedom, at the ends, and where a number is hardly one */
static void
test_limits(void (*check) (bool passed, const char *what))
{
	check(chi_square_tail(0.0, 0.0) == 1.0 && chi_square_tail(5e-324, 0.0) == 0.0, "0 degrees of freedom are a point");
	check(chi_square_tail_inverse(0.0, 3.0) == INFINITY && chi_square_tail_inverse(1.0, 3.0) == 0.0, "quantiles at the ends");
	check(fabs(chi_square_tail(1.0, 1e-310) / 1e-310 - 0.5 * 0.55977359477616) < 1e-10, "the tail is proportional to few degrees of freedom");
	check(chi_square_tail(5e-324, 1.0) == 1.0 && chi_square_tail(DBL_MAX, 1e9) == 0.0 && chi_square_tail(DBL_MAX, 5e-324) == 0.0,
		  "the smallest and the largest statistic");
	check(chi_square_tail_inverse(5e-324, 1.0) > 1470.0 && chi_square_tail_inverse(5e-324, 1e9) > 1e9, "the smallest level");
	check(chi_square_tail_inverse(0.5, 1e-3) == 0.0 && chi_square_tail_inverse(1.0 - 0x1p-53, 1.0) > 1e-33 &&
		  chi_square_tail_inverse(1e-3, 5e-324) == 0.0, "quantiles below the smallest number");
	check(noncentrality_of_power(3.84, 1.0, 1.0 - 0x1p-53) > 90.0, "the largest power");
}

void
test_statistics(void (*check) (bool passed, const char *what), const char *path)
{
	test_limits(check);
	test_monotone(check);
	test_table(check, path);
}
