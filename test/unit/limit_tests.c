/*-------------------------------------------------------------------------
 *
 * limit_tests.c
 *	  Values at the limits of double precision, beside those of 60 digits:
 *	  what differs by next to nothing, huge alpha, extreme totals, and long
 *	  sums over rows.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "math/instruction_set.h"
#include "math/measure.h"
#include "math/pair/distribution.h"
#include "math/pair/slabs.h"
#include "math/pair/value.h"
#include "math/rows/rows.h"

#include "limit_tests.h"

typedef void (*Check) (bool passed, const char *what);

typedef enum Group
{
	HUGE_ALPHA,
	PSEUDOCOUNTS,
	ROOTS,
	FAR_SHARES,
	EMPTY_SHARES,
	GROUP_COUNT
} Group;

static const char *const group_names[GROUP_COUNT] = {
	[HUGE_ALPHA] = "a huge alpha near equality",
	[PSEUDOCOUNTS] = "weights far below a pseudocount",
	[ROOTS] = "roots whose squares are no numbers",
	[FAR_SHARES] = "shares far below a total",
	[EMPTY_SHARES] = "tiny shares for empty bins"
};

typedef struct LimitCase
{
	Group		group;
	const char *measure;
	double		alpha;
	double		pseudocount;
	double		empty;
	size_t		n;
	double		p[4];
	double		q[4];
	double		expected;
	double		tolerance;
} LimitCase;

#define THREE 9007199254740994.0, 9007199254740994.0, 9007199254740991.0
#define OTHER_THREE 9007199254740991.0, 9007199254740991.0, 9007199254740994.0

static const LimitCase cases[] = {
	{HUGE_ALPHA, "renyi", 1e10, 0, 0, 4, {0.54, 0.76, 0.87, 0.6}, {0.5400010000000001, 0.76, 0.87, 0.6}, 3.6098908059742183455e-7, 1e-14},
	{HUGE_ALPHA, "renyi", 1e15, 0, 0, 4, {0.54, 0.76, 0.87, 0.6}, {0.5400010000000001, 0.76, 0.87, 0.6}, 3.6101076495405099025e-7, 1e-14},
	{HUGE_ALPHA, "renyi", 1e18, 0, 0, 3, {THREE}, {OTHER_THREE}, 2.2163913981692313149e-16, 1e-14},
	{HUGE_ALPHA, "renyi", 1e40, 0, 0, 3, {THREE}, {OTHER_THREE}, 2.2204460492503129576e-16, 1e-14},
	{HUGE_ALPHA, "renyi", 1e60, 0, 0, 3, {THREE}, {OTHER_THREE}, 2.2204460492503129576e-16, 1e-14},
	{HUGE_ALPHA, "renyi", 1e61, 0, 0, 3, {THREE}, {OTHER_THREE}, 2.2204460492503129576e-16, 1e-14},
	{PSEUDOCOUNTS, "kl_divergence", 1, 0.1, 0, 3, {0.3, 1e-20, 0.7}, {0.3, 2e-20, 0.7}, 3.5502958579881651741e-40, 1e-14},
	{PSEUDOCOUNTS, "jsd", 1, 0.1, 0, 3, {0.3, 1e-20, 0.7}, {0.3, 2e-20, 0.7}, 8.8757396449704129355e-41, 1e-14},
	{PSEUDOCOUNTS, "kl_divergence", 1, 0.1, 0, 3, {0.3, 1e-40, 0.7}, {0.3, 2e-40, 0.7}, 3.5502958579881650622e-80, 1e-14},
	{PSEUDOCOUNTS, "jeffreys_divergence", 1, 0.1, 0, 3, {0.3, 1e-40, 0.7}, {0.3, 2e-40, 0.7}, 7.1005917159763301244e-80, 1e-14},
	{PSEUDOCOUNTS, "renyi", INFINITY, 0.1, 0, 3, {0.3, 1e-40, 0.7}, {0.3, 2e-40, 0.7}, 7.6923076923076919937e-41, 1e-14},
	{ROOTS, "hellinger_distance", 1, 0, 0, 2, {1, 1e-310}, {1, 2e-310}, 2.9289321881345202819e-156, 1e-14},
	{ROOTS, "js_distance", 1, 0, 0, 2, {1, 1e-310}, {1, 2e-310}, 2.9146100665045826491e-156, 1e-14},
	{ROOTS, "hellinger_distance", 1, 0, 0, 2, {1e200, 1e-124}, {1e200, 2e-124}, 2.9289321881345247026e-163, 1e-14},
	{ROOTS, "js_distance", 1, 0, 0, 2, {1e200, 1e-124}, {1e200, 2e-124}, 2.9146100665045870481e-163, 1e-14},
	{ROOTS, "hellinger_distance", 1, 0, 0, 2, {1e300, 1e-170}, {2e300, 1e-170}, 2.0710678118654751724e-236, 1e-14},
	{FAR_SHARES, "chi_square_divergence", 1, 0, 0, 2, {1e-85, 1e-239}, {1e133, 1e-268}, 1.0000000000000002616e93, 1e-14},
	{FAR_SHARES, "chi_square_divergence", 1, 0, 0, 2, {0x1p300, 0x1p-750}, {0x1p300, 5e-324}, 2.8328471873628494494e-219, 1e-14},
	{FAR_SHARES, "chi_square_divergence", 1, 0, 0, 2, {1e300, 1e-130}, {1e300, 1e-282}, 1.0000000000000001011e-278, 1e-12},
	{EMPTY_SHARES, "psi", 1, 0, 1e-40, 4, {3, 4.5, 0, 2e-40}, {1, 1.5, 3e-40, 1e-40}, 9.052632577321289337e-42, 1e-14},
	{EMPTY_SHARES, "psi", 1, 0, 1e-100, 3, {1, 1.5, 0}, {1, 1.5, 3e-100}, 3.6464311358790925971e-102, 1e-14}
};

static bool
is_near(const char *what, double value, double expected, double tolerance)
{
	bool		near = fabs(value - expected) <= tolerance * expected;

	if (!near)
		printf("# %s: %.17g, right is %.17g\n", what, value, expected);
	return near;
}

static double
value_of(const char *name, double alpha, double pseudocount, double empty,
		 const double *p, const double *q, size_t n)
{
	const Measure *measure = find_measure(name);
	Parameters	parameters = default_parameters(measure->takes);
	Weights		p_weights = dense_weights(p, n);
	Weights		q_weights = dense_weights(q, n);
	Finding		finding;

	parameters.alpha = alpha;
	parameters.pseudocount = pseudocount;
	parameters.empty = empty;
	return evaluate_measure(measure, &p_weights, &q_weights, &parameters, run_slabs_serially, &finding);
}

/* A distribution from its copy, and from itself three times as large, with masses that underflow */
static bool
equal_is_zero(void)
{
	static const double p[5] = {0x1.8p840, 0x1.4p-350, 0x1p-860, 1.0, 0x1.cp-1040};
	double		q[5];
	bool		right = true;

	for (int factor = 1; factor <= 3; factor += 2)
	{
		for (size_t bin = 0; bin < 5; bin++)
			q[bin] = factor * p[bin];
		for (size_t i = 0; measure_at(i) != NULL; i++)
			if (measure_at(i)->kind == DIVERGENCE)
				right = right && value_of(measure_at(i)->name, 2.0, 0.0, 0.0, p, q, 5) == 0.0;
	}
	return right;
}

static bool
group_is_right(Group group)
{
	bool		right = true;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		const LimitCase *limit = &cases[i];

		if (limit->group == group &&
			!is_near(limit->measure,
					 value_of(limit->measure, limit->alpha, limit->pseudocount, limit->empty, limit->p, limit->q, limit->n),
					 limit->expected, limit->tolerance))
			right = false;
	}
	return right;
}

/* Plain sums of these are off by 1e-15 */
static bool
coarse_totals_are_right(void)
{
	static const struct
	{
		const char *measure;
		double		alpha;
		double		expected;
	}			values[] = {
		{"kl_divergence", 1, 1.1983564098409449094e-33},
		{"jeffreys_divergence", 1, 2.3967128196818898631e-33},
		{"psi", 1, 2.3967128196818898631e-33},
		{"jsd", 1, 2.9958910246023623289e-34},
		{"js_distance", 1, 1.7308642421063421833e-17},
		{"chi_square_divergence", 1, 2.3967128196818897301e-33},
		{"hellinger_distance", 1, 1.7308642421063421833e-17},
		{"bhattacharyya_distance", 1, 2.9958910246023623289e-34},
		{"renyi", 0.3, 3.5950692295228346883e-34},
		{"renyi", 2, 2.3967128196818897301e-33},
		{"renyi", 1e18, 1.8370185684461388969e-17}
	};
	double		p[128];
	double		q[128];
	bool		right = true;

	for (int i = 0; i < 128; i++)
	{
		p[i] = i < 8 ? 0x1p53 : 1.0;
		q[i] = i < 8 ? 3.0 * 0x1p53 : 3.0;
	}
	q[0] += 4.0;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (!is_near(values[i].measure, value_of(values[i].measure, values[i].alpha, 0.0, 0.0, p, q, 128),
					 values[i].expected, 1e-14))
			right = false;
	return right;
}

/* All bins differ, by a thousandth of what one of them does: the largest, by which the others are scaled */
static bool
one_bin_apart_is_right(void)
{
	double		p[1000];
	double		q[1000];

	for (int i = 0; i < 1000; i++)
		p[i] = q[i] = 1.0 + i * 7919 % 1000 / 1e6;
	q[321] += 0x1p-52;
	return is_near("renyi", value_of("renyi", INFINITY, 0.0, 0.0, p, q, 1000), 2.2193374901739711824e-19, 1e-14) &&
		is_near("renyi", value_of("renyi", 1e30, 0.0, 0.0, p, q, 1000), 2.2193374901739611724e-19, 1e-14);
}

static bool
distributions_are_right(void)
{
	static const double logits[2] = {1e308, -1e308};
	static const double more_logits[3] = {1.7e308, -1.7e308, 0.0};
	static const double tiny[2] = {1e300, 1e-20};
	Weights		weights = dense_weights(logits, 2);
	double		shares[3];
	Finding		finding;
	bool		right;

	softmax(&weights, 1e308, run_slabs_serially, shares, &finding);
	right = is_near("softmax", shares[0], 0.88079707797788244406, 1e-15) &&
		is_near("softmax", shares[1], 0.11920292202211755594, 1e-15);
	weights = dense_weights(more_logits, 3);
	softmax(&weights, 1e307, run_slabs_serially, shares, &finding);
	right = is_near("softmax", shares[1], 1.7139083605872726262e-15, 1e-14) &&
		is_near("softmax", shares[2], 4.1399375473943250547e-8, 1e-14) && right;
	weights = dense_weights(tiny, 2);
	embed_roots(&weights, 1e300, run_slabs_serially, shares);
	return is_near("hellinger_embedding", shares[1], 7.0710678118654752440e-161, 1e-15) && right;
}

/*-- rows --*/

/* A RowState is opaque here, but it is an array of doubles */
typedef struct Rows
{
	double		state[ROW_STATE_LENGTH];
} Rows;

static RowState *
begin(Rows *rows, const Measure *measure, double alpha)
{
	RowState   *state = (RowState *) rows->state;

	begin_rows(state, measure->rows);
	if (measure->rows->takes_alpha == YES)
		set_rows_alpha(state, alpha);
	return state;
}

/* In two states, the second of which begins at a row */
static double
value_by_rows(const char *name, double alpha, const double *p, const double *q, size_t n, size_t second)
{
	const Measure *measure = find_measure(name);
	Rows		rows[2];
	Judgement	judgement;

	for (int part = 0; part < 2; part++)
	{
		RowState   *state = begin(&rows[part], measure, alpha);

		for (size_t i = part == 0 ? 0 : second; i < (part == 0 ? second : n); i++)
			add_row(state, measure->rows, p[i], measure->takes & TAKES_REFERENCE ? q[i] : 0.0);
	}
	add_rows((RowState *) rows[0].state, (RowState *) rows[1].state);
	return are_row_numbers_sound((RowState *) rows[0].state) ?
		value_of_rows(measure, (RowState *) rows[0].state, &judgement) : NAN;
}

/* alpha = Infinity, in states whose scales are a million apart */
static bool
largest_ratio_is_right(void)
{
	double		p[21] = {1.0};
	double		q[21] = {1.0};

	for (int i = 1; i <= 20; i++)
	{
		p[i] = 1e-6 * i;
		q[i] = p[i] * (1.0 + 1e-6 * (i % 7));
	}
	return is_near("renyi", value_by_rows("renyi", INFINITY, p, q, 21, 1), 7.1385009121902702555e-10, 1e-15) &&
		is_near("renyi", value_by_rows("renyi", INFINITY, p, q, 21, 0), 7.1385009121902702555e-10, 1e-15) &&
		is_near("renyi", value_by_rows("renyi", INFINITY, p, q, 21, 17), 7.1385009121902702555e-10, 1e-15);
}

static bool
infinite_alphas_are_right(void)
{
	static const double p[2] = {3.0, 3.0};
	static const double q[2] = {1.0, 2.0};

	return is_near("renyi_entropy", value_by_rows("renyi_entropy", 1e61, p, q, 2, 1), 0.69314718055994530942, 1e-15) &&
		is_near("renyi_entropy", value_by_rows("renyi_entropy", 1e60, p, q, 2, 1), 0.69314718055994530942, 1e-15) &&
		is_near("renyi", value_by_rows("renyi", 1e61, p, q, 2, 1), 0.40546510810816438198, 1e-15) &&
		is_near("renyi", value_by_rows("renyi", 1e60, p, q, 2, 1), 0.40546510810816438198, 1e-15);
}

static bool
tiny_alphas_are_right(void)
{
	static const double p[18] = {3, 5, 6, 4, 5, 8, 4, 4, 8, 6, 8, 3, 1, 1, 8, 1, 2, 1e9};
	static const double q[18] = {3, 1, 6, 4, 2, 2, 1, 2, 1, 3, 3, 3, 1, 3, 7, 6, 5, 1e9};

	return is_near("renyi", value_by_rows("renyi", 1e-9, p, q, 18, 18), 2.5604558286451273903e-17, 1e-13) &&
		is_near("renyi", value_by_rows("renyi", 1e-9, p, q, 18, 7), 2.5604558286451273903e-17, 1e-13);
}

/* A million bins that only one side has, from either side, in one state and in two */
static bool
one_sided_rows_are_right(void)
{
	size_t		n = 1000001;
	double	   *p = malloc(n * sizeof(double));
	double	   *q = calloc(n, sizeof(double));
	bool		right;

	if (p == NULL || q == NULL)
		abort();
	for (size_t i = 0; i < n; i++)
		p[i] = 0.1;
	p[0] = q[0] = 100000.0;
	right = is_near("psi", value_by_rows("psi", 1.0, p, q, n, n), 527.52915156180964941, 1e-14) &&
		is_near("psi", value_by_rows("psi", 1.0, q, p, n, n), 527.52915156180964941, 1e-14) &&
		is_near("psi", value_by_rows("psi", 1.0, p, q, n, 300007), 527.52915156180964941, 1e-14);
	free(p);
	free(q);
	return right;
}

/* Less than sums can tell is not 0, unless a bin was filled */
static bool
only_filled_rows_are_equal(void)
{
	static const double p[2] = {5.0, 1e-38};
	static const double q[2] = {3.5, 7.000006999999999e-39};
	static const double filled_p[2] = {9999.0, 1.0};
	static const double filled_q[2] = {9999.0, 0.0};

	return value_by_rows("psi", 1.0, p, q, 2, 1) > 0.0 &&
		value_by_rows("jeffreys_divergence", 1.0, p, q, 2, 2) > 0.0 &&
		value_by_rows("psi", 1.0, filled_p, filled_q, 2, 1) < 1e-7;
}

void
test_limits(Check check)
{
	for (int set = 0; instruction_set_name(set) != NULL; set++)
	{
		use_instruction_set(instruction_set_name(set));
		for (int group = 0; group < GROUP_COUNT; group++)
		{
			char		what[100];

			snprintf(what, sizeof(what), "limits: %s, with %s", group_names[group], instruction_set_name(set));
			check(group_is_right((Group) group), what);
		}
		check(coarse_totals_are_right(), "limits: totals whose plain sums are too coarse");
		check(equal_is_zero(), "limits: what is equal, with masses that underflow");
		check(one_bin_apart_is_right(), "limits: one bin apart from all others");
	}
	check(distributions_are_right(), "limits: making distributions");
	check(largest_ratio_is_right(), "limits: rows of alpha = Infinity, in states of other scales");
	check(infinite_alphas_are_right(), "limits: rows of an alpha that is as good as Infinity");
	check(tiny_alphas_are_right(), "limits: rows of a tiny alpha");
	check(one_sided_rows_are_right(), "limits: rows that only one side has, a million of them");
	check(only_filled_rows_are_equal(), "limits: rows that differ are not equal unless filled");
}
