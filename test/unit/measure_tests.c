/*-------------------------------------------------------------------------
 *
 * measure_tests.c
 *	  The table of measures: no cell is missing, and what it says is true.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/instruction_set.h"
#include "math/many/panel_form.h"
#include "math/pair/formula.h"
#include "math/pair/slabs.h"
#include "math/pair/value.h"
#include "math/rows/row_state.h"

#include "inputs.h"
#include "measure_tests.h"

static bool passed;

static void
want(bool right, const char *name, const char *cell)
{
	if (right)
		return;
	passed = false;
	printf("# %s: %s\n", name, cell);
}

static bool
is_answer(Answer answer)
{
	return answer == NO || answer == YES;
}

static bool
is_text(const char *text)
{
	return text != NULL && strlen(text) > 0;
}

static void
check_formula(const char *name, const Formula *formula)
{
	want(formula->kernel > KERNEL_NONE && formula->kernel < KERNEL_COUNT, name, "formula.kernel");
	want(formula->positive > KERNEL_NONE && formula->positive < KERNEL_COUNT, name, "formula.positive");
	want(is_answer(formula->first_order), name, "formula.first_order");
	want(is_answer(formula->supports_only), name, "formula.supports_only");
	want(formula->value != NULL, name, "formula.value");
	want((formula->log_sum == NULL) == (formula->of_log_sum == NULL), name, "formula.log_sum and .of_log_sum");
}

static void
check_sums(const char *name, const RowSums *sums)
{
	want(sums->add != NULL && sums->merge != NULL && sums->invariants != NULL && sums->restore != NULL &&
		 sums->rescale != NULL && sums->exchange != NULL && sums->divergence != NULL &&
		 sums->to_sums != NULL && sums->log_sum != NULL, name, "rows.sums");
}

static void
check_rows(const Measure *measure)
{
	const RowFamily *rows = measure->rows;
	static const double alphas[] = {-1.0, 0.0, 0.3, 1.0, 2.0, INFINITY};

	want(is_answer(rows->fixed_size), measure->name, "rows.fixed_size");
	if (rows->fixed_size == NO)
		return;
	want(rows->code >= 1.0 && rows->code < MOST_ROW_CODES && rows->code == floor(rows->code), measure->name, "rows.code");
	want(is_answer(rows->alone) && is_answer(rows->symmetric) && is_answer(rows->takes_alpha), measure->name, "rows' answers");
	want((rows->alone == YES) == !(measure->takes & TAKES_REFERENCE), measure->name, "rows.alone");
	want(rows->symmetric == NO || measure->symmetric == YES, measure->name, "rows.symmetric");
	want((rows->takes_alpha == YES) == ((measure->takes & TAKES_ALPHA) != 0), measure->name, "rows.takes_alpha");
	want(rows->sums != NULL && rows->power != NULL && rows->exchanged != NULL && rows->begin != NULL, measure->name, "rows' functions");
	want((rows->keep_apart != NULL) == (rows->merge_apart != NULL) && (rows->keep_apart != NULL) == (rows->add_apart != NULL),
		 measure->name, "rows that are kept apart");
	for (size_t i = 0; i < sizeof(alphas) / sizeof(alphas[0]); i++)
		check_sums(measure->name, rows->sums(alphas[i]));
}

static void
check_panels(const char *name, const PanelForm *panels)
{
	want(is_answer(panels->two_numbers) && is_answer(panels->zeros_matter), name, "panels' answers");
	want(panels->disjoint >= 0.0, name, "panels' value of what is disjoint");
	if (panels == &pair_by_pair)
		return;
	want(panels->kernel > PANEL_NONE && panels->kernel < PANEL_COUNT, name, "panels.kernel");
	want(panels->preparation > PREPARE_NOTHING && panels->preparation < PREPARATION_COUNT, name, "panels.preparation");
	want(panels->nanoseconds > 0.0 && panels->values != NULL, name, "panels.nanoseconds and .values");
}

/* Every cell of the table, of a measure and of what it refers to */
static void
check_cells(const Measure *measure)
{
	static const double alphas[] = {0.0, 0.3, 0.5, 1.0, 2.0, INFINITY};

	want(is_text(measure->name) && is_text(measure->description) && is_text(measure->unit) && is_text(measure->range),
		 measure->name, "texts");
	want(find_measure(measure->name) == measure, measure->name, "name");
	want(measure->kind == ENTROPY || measure->kind == CROSS_ENTROPY || measure->kind == DIVERGENCE, measure->name, "kind");
	want((measure->kind == ENTROPY) == !(measure->takes & TAKES_REFERENCE), measure->name, "kind and takes");
	want(is_answer(measure->symmetric) && is_answer(measure->metric) && is_answer(measure->additive), measure->name, "answers");
	want(measure->metric == NO || (measure->symmetric == YES && measure->kind == DIVERGENCE), measure->name, "metric");
	want(measure->maximum > 0.0, measure->name, "maximum");
	want(measure->large_sample >= 0.0 && (measure->large_sample == 0.0 || measure->kind == DIVERGENCE), measure->name, "large_sample");
	want(measure->nanoseconds > 0.0, measure->name, "nanoseconds");
	want((measure->plan != NULL) == ((measure->takes & TAKES_ALPHA) != 0), measure->name, "plan");
	want(measure->transform != NULL && measure->formula != NULL && measure->rows != NULL && measure->panels != NULL &&
		 measure->bounds != NULL,
		 measure->name, "transform, formula, rows, panels, bounds");
	if (!passed)
		return;
	for (size_t i = 0; i < sizeof(alphas) / sizeof(alphas[0]); i++)
	{
		Parameters	parameters = default_parameters(measure->takes);
		MeasurePlan plan;

		parameters.alpha = alphas[i];
		make_plan(&plan, measure, &parameters);
		check_formula(measure->name, plan.formula);
	}
	check_rows(measure);
	check_panels(measure->name, measure->panels);
}

static double
value_of(const Measure *measure, const double *p, const double *q, size_t n)
{
	Parameters	parameters = default_parameters(measure->takes);
	Weights		p_weights = dense_weights(p, n);
	Weights		q_weights = dense_weights(q, n);
	Finding		finding;

	parameters.alpha = measure->takes & TAKES_ALPHA ? 0.7 : parameters.alpha;
	return evaluate_measure(measure, &p_weights, &q_weights, &parameters, run_slabs_serially, &finding);
}

/*
 * Near equality a measure is as many times the chi-square divergence as the
 * table says, before its transform, whatever the difference; or nothing such.
 */
static void
check_near_equality(const Measure *measure)
{
	static const double changes[2][4] = {{1, -1, 1, -1}, {3, -1, -1, -1}};
	static const double q[4] = {0.1, 0.2, 0.3, 0.4};
	double		ratios[2];
	double		alpha = measure->takes & TAKES_ALPHA ? 0.7 : 1.0;

	for (size_t i = 0; i < 2; i++)
	{
		double		p[4];
		double		value;

		for (size_t k = 0; k < 4; k++)
			p[k] = q[k] + 1e-6 * changes[i][k];
		value = value_of(measure, p, q, 4);
		/* what a transform did to a small value: it left it as it is, or took the root */
		value = measure->transform(0.25) == 0.5 ? value * value : value;
		ratios[i] = value / value_of(&chi_square_divergence_measure, p, q, 4) / alpha;
	}
	want(measure->large_sample == 0.0 || fabs(ratios[0] / measure->large_sample - 1.0) < 1e-4, measure->name, "large_sample: another one");
	want(measure->large_sample > 0.0 || fabs(ratios[1] / ratios[0] - 1.0) > 1e-4, measure->name, "large_sample: there is one");
}

/* Whether a measure is symmetric, a metric and at most its maximum, where samples can tell, is as the table says */
static void
check_truth(const Measure *measure)
{
	/* two points and what is between them: where the triangle inequality is broken if it is */
	static const double left[2] = {1, 1e-3};
	static const double right[2] = {1e-3, 1};
	static const double between[2] = {1, 1};
	static const char *const families[] = {"flat", "sparse", "zeros", "disjoint", "skewed", "one-sided"};
	double		p[64];
	double		q[64];
	double		r[64];
	bool		symmetric = true;
	bool		triangle = value_of(measure, left, right, 2) <=
		(value_of(measure, left, between, 2) + value_of(measure, between, right, 2)) * (1.0 + 1e-12);

	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
	{
		double		forward;
		double		backward;

		make_inputs(families[i], 64, 3, p, r);
		make_inputs(families[i], 64, 5, p, q);
		forward = value_of(measure, p, q, 64);
		backward = value_of(measure, q, p, 64);
		symmetric = symmetric && memcmp(&forward, &backward, sizeof(double)) == 0;
		want(forward >= 0.0 && forward <= measure->maximum, measure->name, "a value is above the maximum");
		triangle = triangle && forward <= (value_of(measure, p, r, 64) + value_of(measure, r, q, 64)) * (1.0 + 1e-12);
	}
	if (!(measure->takes & TAKES_REFERENCE))
		return;
	want(symmetric == (measure->symmetric == YES), measure->name, "symmetric");
	want(measure->kind != DIVERGENCE || measure->symmetric == NO || triangle == (measure->metric == YES), measure->name, "metric");
	want(measure->kind != DIVERGENCE || value_of(measure, p, p, 64) == 0.0, measure->name, "0 for equal distributions");
	if (measure->kind == DIVERGENCE)
		check_near_equality(measure);
}

void
test_measures(void (*check) (bool passed, const char *what))
{
	const Measure *measure;
	size_t		count = 0;
	char		what[150];

	for (; (measure = measure_at(count)) != NULL; count++)
	{
		passed = true;
		check_cells(measure);
		snprintf(what, sizeof(what), "the table says everything: %s", measure->name);
		check(passed, what);
		passed = true;
		check_truth(measure);
		snprintf(what, sizeof(what), "what the table says is true: %s", measure->name);
		check(passed, what);
	}
	check(count >= 15 && find_measure("nonsense") == NULL, "there are measures, and no others");

	passed = true;
	for (size_t i = 0; instruction_set_name(i) != NULL; i++)
	{
		const VectorFunctions *functions;

		use_instruction_set(instruction_set_name(i));
		functions = active_vector_functions();
		for (int kernel = KERNEL_NONE + 1; kernel < KERNEL_COUNT; kernel++)
			want(functions->kernels[kernel].run != NULL, instruction_set_name(i), "a kernel is missing");
		for (int kernel = PANEL_NONE + 1; kernel < PANEL_COUNT; kernel++)
			want(functions->panel_kernels[kernel] != NULL, instruction_set_name(i), "a panel kernel is missing");
		for (int preparation = PREPARE_NOTHING + 1; preparation < PREPARATION_COUNT; preparation++)
			want(functions->panel_preparations[preparation] != NULL, instruction_set_name(i), "a preparation is missing");
	}
	use_instruction_set("auto");
	check(passed, "every instruction set has every kernel");
}
