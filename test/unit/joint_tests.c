/*-------------------------------------------------------------------------
 *
 * joint_tests.c
 *	  Measures of dependence.
 *
 *-------------------------------------------------------------------------
 */
#include "joint_tests.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inputs.h"
#include "math/instruction_set.h"
#include "math/joint/dependence.h"
#include "math/measure.h"
#include "math/pair/slabs.h"
#include "math/pair/value.h"

#define MOST_CELLS 200
#define LINE_LENGTH 20000
#define TOLERANCE 1e-14
#define NATS 2.718281828459045

static double worst_error = 0.0;

/* NaN is that there is no value */
static bool
is_near(double value, double exact)
{
	double		error = fabs((value - exact) / exact);

	if (value == exact || (isnan(value) && isnan(exact)))
		return true;
	if (error > worst_error && fabs(exact) > DBL_MIN)
		worst_error = error;
	if (error <= TOLERANCE || fabs(value - exact) <= 5e-324)
		return true;
	printf("# %.17g, not %.17g\n", value, exact);
	return false;
}

static void *
allocate(size_t count, size_t size)
{
	void	   *memory = malloc((count + 1) * size);

	if (memory == NULL)
		abort();
	return memory;
}

static double
value_of_table(const DependenceMeasure *measure, const double *weights, size_t rows, size_t columns)
{
	JointTable	table = {weights, rows, columns};
	double	   *room = allocate(room_of_margins(rows, columns), sizeof(double));
	Finding		finding;
	double		value;

	if (!dependence_of_table(measure, &table, NATS, room, run_slabs_serially, &finding, &value))
		value = NAN;
	free(room);
	return value;
}

/* The same of cells that are not 0, from the last one to the first, or of all */
static double
value_of_cells(const DependenceMeasure *measure, const double *weights, size_t rows, size_t columns, bool all)
{
	size_t		count = rows * columns;
	double	   *cells = allocate(count, sizeof(double));
	uint32_t   *row_of = allocate(count, sizeof(uint32_t));
	uint32_t   *column_of = allocate(count, sizeof(uint32_t));
	double	   *room = allocate(room_of_margins(rows, columns), sizeof(double));
	JointCells	joint = {cells, row_of, column_of, 0, rows, columns};
	Finding		finding;
	double		value;

	for (size_t i = count; i-- > 0;)
	{
		if (weights[i] == 0.0 && !all)
			continue;
		cells[joint.count] = weights[i];
		row_of[joint.count] = (uint32_t) (i / columns);
		column_of[joint.count++] = (uint32_t) (i % columns);
	}
	if (!dependence_of_cells(measure, &joint, NATS, room, run_slabs_serially, &finding, &value))
		value = NAN;
	free(cells);
	free(row_of);
	free(column_of);
	free(room);
	return value;
}

static void
transpose(const double *weights, size_t rows, size_t columns, double *result)
{
	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < columns; j++)
			result[j * rows + i] = weights[i * columns + j];
}

static bool
are_same(double a, double b)
{
	return a == b || (isnan(a) && isnan(b));
}

/* How many times as much as the least weight that is not 0 the largest one is */
static double
spread_of(const double *weights, size_t count)
{
	double		largest = 0.0;
	double		least = DBL_MAX;

	for (size_t i = 0; i < count; i++)
	{
		largest = fmax(largest, weights[i]);
		least = weights[i] > 0.0 ? fmin(least, weights[i]) : least;
	}
	return largest / least;
}

static bool
line_is_right(const char *line)
{
	static double weights[MOST_CELLS];
	static double turned[MOST_CELLS];
	static char text[LINE_LENGTH];
	size_t		rows;
	size_t		columns;
	double		exact[4];
	char	   *next = text;
	bool		right = true;

	if (sscanf(line, "%zu %zu %lf %lf %lf %lf %s", &rows, &columns, &exact[0], &exact[1], &exact[2], &exact[3], text) != 7 ||
		rows * columns > MOST_CELLS)
		return false;
	for (size_t i = 0; i < rows * columns; i++, next++)
		weights[i] = strtod(next, &next);
	transpose(weights, rows, columns, turned);
	for (int i = 0; dependence_measures[i] != NULL; i++)
	{
		const DependenceMeasure *measure = dependence_measures[i];
		double		value = value_of_table(measure, weights, rows, columns);

		right = is_near(value, exact[i]) && right;
		if (spread_of(weights, rows * columns) < 1e60)
		{
			right = is_near(value_of_cells(measure, weights, rows, columns, false), exact[i]) && right;
			right = is_near(value_of_cells(measure, weights, rows, columns, true), exact[i]) && right;
		}
		if (measure->symmetric && !are_same(value_of_table(measure, turned, columns, rows), value))
		{
			printf("# %s is not symmetric\n", measure->name);
			right = false;
		}
	}
	return right;
}

static void
test_exact_values(Check check, const char *path)
{
	static char line[LINE_LENGTH];
	FILE	   *file = fopen(path, "r");
	int			lines = 0;
	bool		passed = true;

	if (file == NULL)
		abort();
	while (fgets(line, sizeof(line), file) != NULL)
	{
		if (line[0] == '#')
			continue;
		lines++;
		if (!line_is_right(line))
		{
			printf("# %.200s\n", line);
			passed = false;
		}
	}
	fclose(file);
	printf("# dependence: relative error at most %.2g\n", worst_error);
	check(passed && lines > 100, "the exact values of measures of dependence");
}

static uint64_t
next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 20;
}

/* Whole numbers, fractions, and weights of all magnitudes; many are 0 */
static double
weight_of_kind(int kind, uint64_t random)
{
	if (random % 5 == 0)
		return 0.0;
	if (kind == 0)
		return (double) (random % 1000);
	if (kind == 1)
		return (double) random / 3.0;
	return ldexp((double) random / 3.0, (int) (random >> 10) % 2000 - 1000);
}

static double
entropy_of(const double *totals, size_t count)
{
	Weights		weights = dense_weights(totals, count);
	Parameters	parameters = default_parameters(entropy_measure.takes);
	Finding		finding;

	return evaluate_measure(&entropy_measure, &weights, &weights, &parameters, run_slabs_serially, &finding);
}

/* Whether information is at most the entropy of whole margins, and shares at most 1 */
static bool
is_bounded(const double *values, const double *weights, size_t rows, size_t columns)
{
	double	   *totals = allocate(rows + columns, sizeof(double));
	double		x;
	double		y;

	memset(totals, 0, (rows + columns) * sizeof(double));
	for (size_t i = 0; i < rows * columns; i++)
	{
		totals[i / columns] += weights[i];
		totals[rows + i % columns] += weights[i];
	}
	x = entropy_of(totals, rows);
	y = entropy_of(totals + rows, columns);
	free(totals);
	return values[0] >= 0.0 && values[0] <= x && values[0] <= y && values[1] >= 0.0 && values[1] <= x &&
		!(values[2] > 1.0) && !(values[3] > 1.0);
}

/* Adds up pairs of neighbouring columns: what a variable says cannot become more */
static double
information_of_merged(const double *weights, size_t rows, size_t columns)
{
	size_t		merged_columns = (columns + 1) / 2;
	double	   *merged = allocate(rows * merged_columns, sizeof(double));
	double		value;

	memset(merged, 0, rows * merged_columns * sizeof(double));
	for (size_t i = 0; i < rows * columns; i++)
		merged[i / columns * merged_columns + i % columns / 2] += weights[i];
	value = value_of_table(&mutual_information_measure, merged, rows, merged_columns);
	free(merged);
	return value;
}

/* Relative entropy to the product of the margins */
static double
divergence_from_product(const double *weights, size_t rows, size_t columns)
{
	JointTable	table = {weights, rows, columns};
	double	   *room = allocate(room_of_margins(rows, columns), sizeof(double));
	double	   *product = allocate(rows * columns, sizeof(double));
	Weights		p = dense_weights(weights, rows * columns);
	Weights		q = dense_weights(product, rows * columns);
	Parameters	parameters = default_parameters(kl_divergence_measure.takes);
	Finding		finding;
	double		value;

	product_of_margins(&table, room, run_slabs_serially, &finding, product);
	value = evaluate_measure(&kl_divergence_measure, &p, &q, &parameters, run_slabs_serially, &finding);
	free(room);
	free(product);
	return value;
}

/* Tables of several sizes and kinds, large ones in many slabs */
static void
test_properties(Check check, const char *bits_path)
{
	static const size_t shapes[][2] = {{1, 1}, {2, 50}, {7, 8}, {9, 1}, {130, 17}, {33, 1100}, {2100, 3}};
	uint64_t	checksums[4] = {0};
	uint64_t	state = 5;
	bool		symmetric = true;
	bool		bounded = true;
	bool		same_cells = true;
	bool		processed = true;
	bool		divergent = true;
	bool		any_set = true;

	for (size_t shape = 0; shape < sizeof(shapes) / sizeof(shapes[0]); shape++)
		for (int kind = 0; kind < 3; kind++)
		{
			size_t		rows = shapes[shape][0];
			size_t		columns = shapes[shape][1];
			double	   *weights = allocate(rows * columns, sizeof(double));
			double	   *turned = allocate(rows * columns, sizeof(double));
			double		values[4];

			for (size_t i = 0; i < rows * columns; i++)
				weights[i] = weight_of_kind(kind, next_random(&state));
			transpose(weights, rows, columns, turned);
			for (int i = 0; i < 4; i++)
			{
				const DependenceMeasure *measure = dependence_measures[i];

				values[i] = value_of_table(measure, weights, rows, columns);
				if (measure->symmetric)
					symmetric = symmetric && are_same(value_of_table(measure, turned, columns, rows), values[i]);
				if (kind == 0)
					same_cells = same_cells && (are_same(values[i], value_of_cells(measure, weights, rows, columns, false)) ||
												is_near(value_of_cells(measure, weights, rows, columns, true), values[i]));
				for (size_t set = 0; instruction_set_name(set) != NULL; set++)
				{
					use_instruction_set(instruction_set_name(set));
					any_set = any_set && are_same(value_of_table(measure, weights, rows, columns), values[i]);
				}
				use_instruction_set("auto");
				if (!isnan(values[i]))
					checksums[i] = checksums[i] * 31 + checksum_inputs(&values[i], &values[i], 1);
			}
			bounded = bounded && (kind > 0 || isnan(values[0]) || is_bounded(values, weights, rows, columns));
			processed = processed && !(information_of_merged(weights, rows, columns) > values[0] * (1 + 1e-14));
			if (kind < 2 && !isnan(values[0]) && fabs(divergence_from_product(weights, rows, columns) - values[0]) > 1e-13 * values[0] + 1e-300)
			{
				printf("# %zu x %zu: %.17g, but %.17g from the product\n", rows, columns, values[0], divergence_from_product(weights, rows, columns));
				divergent = false;
			}
			free(weights);
			free(turned);
		}
	check(symmetric, "information is symmetric to the bit");
	check(bounded, "no more is explained than there is, and no share is more than 1");
	check(same_cells, "cells have the value of their table");
	check(processed, "merging values adds no information");
	check(divergent, "information is the divergence from the product of the margins");
	check(any_set, "measures of dependence are the same with every instruction set");
	for (int i = 0; dependence_measures[i] != NULL; i++)
	{
		char		what[100];

		snprintf(what, sizeof(what), "%s has the bits that it had", dependence_measures[i]->name);
		check(has_bits(bits_path, "dependence", dependence_measures[i]->name, checksums[i]), what);
	}
}

static void
test_special_cases(Check check)
{
	static const double independent[] = {6e9, 27e9, 12e9, 10e9, 45e9, 20e9, 14e9, 63e9, 28e9};
	static const double determined[] = {0, 3, 0, 7, 0, 0, 0, 0, 5};
	static const double nearly[] = {0, 3, 1, 7, 0, 0, 0, 0, 5};
	static const double zeros[4] = {0.0};
	static const double wrong[] = {1, 2, -1, 4};
	JointTable	table = {wrong, 2, 2};
	double		room[24];
	double		product[4];
	Finding		finding;

	check(value_of_table(&mutual_information_measure, independent, 3, 3) == 0.0 &&
		  value_of_cells(&mutual_information_measure, independent, 3, 3, true) == 0.0, "information of independent counts is 0");
	check(value_of_table(&theils_u_measure, nearly, 3, 3) < 1.0 &&
		  value_of_table(&theils_u_measure, determined, 3, 3) == 1.0 &&
		  value_of_table(&normalized_mutual_information_measure, determined, 3, 3) == 1.0 &&
		  value_of_table(&conditional_entropy_measure, determined, 3, 3) == 0.0, "what is determined is explained as a whole");
	check(isnan(value_of_table(&mutual_information_measure, zeros, 2, 2)) &&
		  isnan(value_of_table(&mutual_information_measure, zeros, 0, 0)), "of nothing there is no information");
	product_of_margins(&table, room, run_slabs_serially, &finding, product);
	check(finding.judgement == WEIGHT_NEGATIVE && finding.position == 2, "a wrong cell is found");
	table.weights = independent;
	product_of_margins(&table, room, run_slabs_serially, &finding, product);
	check(finding.judgement == WEIGHTS_VALID && product[0] == 10.8e9, "the product of margins has the total of the table");
}

void
test_joint(Check check, const char *path, const char *bits_path)
{
	test_exact_values(check, path);
	test_properties(check, bits_path);
	test_special_cases(check);
}
