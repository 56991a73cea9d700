/*-------------------------------------------------------------------------
 *
 * exact_values.c
 *	  Compares the kernels with exact_values.txt, values of 60 digits and more.
 *
 * The file holds lines of
 *
 *		pair FAMILY N SEED CHECKSUM
 *		value MEASURE PARAMETER PSEUDOCOUNT EXPECTED TOLERANCE
 *
 * where values belong to the pair above them.  The weights come from
 * make_inputs(), and the checksum tells whether they are the ones that the
 * values were computed for.
 *
 *-------------------------------------------------------------------------
 */
#include "exact_values.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inputs.h"

#define NAME_SIZE		40
#define LINE_SIZE		256
#define MOST_MEASURES	32

/* Below this a result may be 0; the tolerance in the file is then "tiny". */
#define TINY			1e-300

/* The worst error of a measure, for the table at the end. */
typedef struct Accuracy
{
	char		measure[NAME_SIZE];
	int			cases;
	double		worst;
	char		where[LINE_SIZE];
} Accuracy;

/* A line that begins with "value". */
typedef struct ReferenceValue
{
	char		measure[NAME_SIZE];
	char		parameter_text[NAME_SIZE];	/* for messages: "-" for none */
	double		parameter;
	double		pseudocount;
	double		expected;
	double		tolerance;
	bool		tiny;
} ReferenceValue;

typedef struct ReferenceRun
{
	Evaluator evaluate;
	int		   *test_number;
	int			failed_tests;

	/* the pair being checked; no pair yet if family is empty */
	char		family[NAME_SIZE];
	size_t		n;
	double	   *p;
	double	   *q;
	bool		skip;			/* the weights are not those of the file */
	int			values;
	int			failed_values;

	Accuracy	accuracy[MOST_MEASURES];
	int			measures;
} ReferenceRun;

static void
report_test(ReferenceRun *run, bool ok, const char *name)
{
	(*run->test_number)++;
	printf("%s %d - %s\n", ok ? "ok" : "not ok", *run->test_number, name);
	if (!ok)
		run->failed_tests++;
}

static void
finish_pair(ReferenceRun *run)
{
	char		name[LINE_SIZE];

	if (run->family[0] == '\0')
		return;
	snprintf(name, sizeof(name), "exact values, %s n=%zu",
			 run->family, run->n);

	/* a pair without a value would be a test that cannot fail */
	report_test(run, run->values > 0 && run->failed_values == 0, name);
	free(run->p);
	free(run->q);
	run->p = run->q = NULL;
	run->family[0] = '\0';
}

/* Fills p and q; false, and says why, when they are not those of the file. */
static bool
generate_pair(ReferenceRun *run, uint64_t seed, uint64_t checksum)
{
	run->p = malloc(run->n * sizeof(double));
	run->q = malloc(run->n * sizeof(double));
	if (run->p == NULL || run->q == NULL)
		printf("# out of memory for n=%zu\n", run->n);
	else if (!make_inputs(run->family, run->n, seed, run->p, run->q))
		printf("# no family %s of n=%zu\n", run->family, run->n);
	else if (checksum_inputs(run->p, run->q, run->n) != checksum)
		printf("# the weights of %s n=%zu are not those of the file\n",
			   run->family, run->n);
	else
		return true;
	return false;
}

/* False when the line is malformed. */
static bool
start_pair(ReferenceRun *run, const char *line)
{
	uint64_t	seed;
	uint64_t	checksum;

	finish_pair(run);
	run->values = run->failed_values = 0;
	if (sscanf(line, "pair %39s %zu %" SCNu64 " %" SCNx64,
			   run->family, &run->n, &seed, &checksum) != 4 || run->n == 0)
	{
		run->family[0] = '\0';
		return false;
	}

	run->skip = !generate_pair(run, seed, checksum);
	if (run->skip)
		run->failed_values++;
	return true;
}

/* Sets *number from all of text; inf and nan are never written that way. */
static bool
parse_number(const char *text, double *number)
{
	char	   *end;

	if (strcmp(text, "Infinity") == 0)
	{
		*number = HUGE_VAL;
		return true;
	}
	*number = strtod(text, &end);
	return end != text && *end == '\0' && isfinite(*number);
}

static bool
parse_value(const char *line, ReferenceValue *value)
{
	char		pseudocount[NAME_SIZE];
	char		expected[NAME_SIZE];
	char		tolerance[NAME_SIZE];

	if (sscanf(line, "value %39s %39s %39s %39s %39s",
			   value->measure, value->parameter_text, pseudocount,
			   expected, tolerance) != 5)
		return false;

	value->parameter = 0.0;
	value->tolerance = 0.0;
	value->tiny = strcmp(tolerance, "tiny") == 0;
	return (strcmp(value->parameter_text, "-") == 0 ||
			parse_number(value->parameter_text, &value->parameter)) &&
		parse_number(pseudocount, &value->pseudocount) &&
		parse_number(expected, &value->expected) &&
		(value->tiny || parse_number(tolerance, &value->tolerance));
}

/* What no result may exceed, however small the excess. */
static double
upper_bound(const char *measure)
{
	const double ln2 = 0.69314718055994530942;

	if (strcmp(measure, "jsd") == 0)
		return ln2;
	if (strcmp(measure, "js_distance") == 0)
		return sqrt(ln2);
	if (strcmp(measure, "hellinger_distance") == 0 ||
		strcmp(measure, "total_variation") == 0 ||
		strcmp(measure, "l_infinity") == 0)
		return 1.0;
	return HUGE_VAL;
}

/* The relative error; where none is defined, 0 if right and else Infinity. */
static double
relative_error(const ReferenceValue *value, double got)
{
	if (isnan(got) || signbit(got) || got > upper_bound(value->measure))
		return HUGE_VAL;
	if (value->tiny)
		return got <= TINY ? 0.0 : HUGE_VAL;
	if (got == value->expected)
		return 0.0;
	if (isinf(got) || isinf(value->expected) || value->expected == 0.0)
		return HUGE_VAL;
	return fabs(got - value->expected) / value->expected;
}

static void
describe_case(const ReferenceRun *run, const ReferenceValue *value,
			  char *text, size_t size)
{
	size_t		used;

	snprintf(text, size, "%s n=%zu", run->family, run->n);
	if (strcmp(value->parameter_text, "-") != 0)
	{
		used = strlen(text);
		snprintf(text + used, size - used, " parameter=%s",
				 value->parameter_text);
	}
	if (value->pseudocount > 0.0)
	{
		used = strlen(text);
		snprintf(text + used, size - used, " pseudocount=%g",
				 value->pseudocount);
	}
}

static void
note_accuracy(ReferenceRun *run, const ReferenceValue *value, double error)
{
	Accuracy   *row = run->accuracy;
	Accuracy   *end = run->accuracy + run->measures;

	while (row < end && strcmp(row->measure, value->measure) != 0)
		row++;
	if (row == run->accuracy + MOST_MEASURES)
		return;
	if (row == end)
	{
		memset(row, 0, sizeof(*row));
		strcpy(row->measure, value->measure);
		run->measures++;
	}
	row->cases++;
	if (row->cases == 1 || error > row->worst)
	{
		row->worst = error;
		describe_case(run, value, row->where, sizeof(row->where));
	}
}

static bool
check_value(ReferenceRun *run, const char *line)
{
	ReferenceValue value;
	char		where[LINE_SIZE];
	double		got;
	double		error;

	if (run->family[0] == '\0' || !parse_value(line, &value))
		return false;

	run->values++;
	if (run->skip)
		return true;
	got = run->evaluate(value.measure, value.parameter, value.pseudocount,
						run->p, run->q, run->n);
	error = relative_error(&value, got);
	note_accuracy(run, &value, error);
	if (error > value.tolerance)
	{
		run->failed_values++;
		describe_case(run, &value, where, sizeof(where));
		printf("# %s of %s got %.17g expected %.17g relative error %.2g\n",
			   value.measure, where, got, value.expected, error);
	}
	return true;
}

static void
print_accuracy(const ReferenceRun *run)
{
	printf("# | measure | cases | worst relative error | family |\n");
	printf("# |---|---|---|---|\n");
	for (int i = 0; i < run->measures; i++)
	{
		const Accuracy *row = &run->accuracy[i];

		printf("# | %s | %d | %.1e | %s |\n", row->measure, row->cases,
			   row->worst, row->worst > 0.0 ? row->where : "");
	}
}

/* Goes through the file; false when a line cannot be used. */
static bool
check_lines(ReferenceRun *run, FILE *file)
{
	char		line[LINE_SIZE];
	bool		usable = true;

	while (usable && fgets(line, sizeof(line), file) != NULL)
	{
		if (line[0] == '#' || line[0] == '\n')
			continue;
		if (strncmp(line, "pair ", 5) == 0)
			usable = start_pair(run, line);
		else
			usable = check_value(run, line);
		if (!usable)
			printf("# cannot use the line: %s", line);
	}
	if (!usable)
		run->failed_values++;
	finish_pair(run);
	return usable && !ferror(file);
}

int
check_exact_values(const char *path, Evaluator evaluate,
				int *test_number)
{
	ReferenceRun *run = calloc(1, sizeof(ReferenceRun));
	FILE	   *file = fopen(path, "r");
	int			failed_tests = 1;
	bool		usable;

	if (run == NULL || file == NULL)
	{
		(*test_number)++;
		printf("not ok %d - open %s\n", *test_number, path);
	}
	else
	{
		run->evaluate = evaluate;
		run->test_number = test_number;
		usable = check_lines(run, file);
		report_test(run, usable && run->measures > 0,
					"exact values read to the end");
		print_accuracy(run);
		failed_tests = run->failed_tests;
	}

	if (file != NULL)
		fclose(file);
	free(run);
	return failed_tests;
}
