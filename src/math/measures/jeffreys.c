/*-------------------------------------------------------------------------
 *
 * jeffreys.c
 *	  Relative entropy in both directions: Jeffreys' divergence and the
 *	  population stability index.
 *
 * H. Jeffreys, An Invariant Form for the Prior Probability in Estimation
 * Problems, Proceedings of the Royal Society A 186 (1946).
 *
 *-------------------------------------------------------------------------
 */
#include "math/measures/jeffreys.h"

#include <math.h>

#include "math/many/filter.h"
#include "math/many/panel_form.h"
#include "math/measures/relative_entropy.h"
#include "math/pair/formula.h"
#include "math/rows/row_scales.h"
#include "math/rows/row_sums.h"

/* sum (p - q) log(p/q) */
static double
jeffreys_value(const Sums *sums, const KernelArguments *arguments)
{
	(void) arguments;
	return sums->slots[1] > 0.0 ? INFINITY : sums->slots[0] / sums->mass - squared_excess(sums);
}

static const Formula jeffreys_formula = {
	.kernel = KERNEL_symmetric_relative_entropy,
	.positive = KERNEL_symmetric_relative_entropy,
	.first_order = NO,
	.supports_only = NO,
	.value = jeffreys_value
};

/*-- rows --*/

/*
 * What of the bins that only one side has goes into psi, but for their number:
 * sums whose roundings are kept together in one double, since there is no room
 * for more.
 */
typedef struct OneSided
{
	double		mass;
	double		mass_log;		/* sum of mass log(mass)/1024, which cannot overflow */
	double		log;			/* sum of log(mass) */
	double		roundings;		/* of all three: see read_sums() */
} OneSided;

typedef struct SymmetricSums
{
	DoubleDouble both_ways;
	DoubleDouble phi;
	OneSided	p;
	OneSided	q;
} SymmetricSums;

DEFINE_ROW_SUMS(SymmetricSums, symmetric_state)

/* The rounding of a sum in [2^e, 2^(e+1)) is an integer, at most 2^16, in units of 2^(e-69), */
#define ROUNDINGS_IN_ONE 0x1p69
/* and those of three sums are the digits of a number with this base */
#define ROUNDING_BASE 0x1p18

#define EXPONENT_BITS ((uint64_t) 0x7ff << 52)

static double
nearest_integer(double value)
{
	const double round_to_integer = 6755399441055744.0; /* 1.5 * 2^52 */

	return (value + round_to_integer) - round_to_integer;
}

static DoubleDouble
with_rounding(double sum, double rounding)
{
	return (DoubleDouble) {sum, double_of(bits_of(sum) & EXPONENT_BITS) * (rounding * (1.0 / ROUNDINGS_IN_ONE))};
}

static void
read_sums(const OneSided *side, DoubleDouble *sums)
{
	double		first_two = nearest_integer(side->roundings / ROUNDING_BASE);
	double		first = nearest_integer(first_two / ROUNDING_BASE);

	sums[0] = with_rounding(side->mass, first);
	sums[1] = with_rounding(side->mass_log, first_two - first * ROUNDING_BASE);
	sums[2] = with_rounding(side->log, side->roundings - first_two * ROUNDING_BASE);
}

/* The largest numbers have none, which is no harm */
static double
rounding_of(DoubleDouble sum)
{
	double		inverse = double_of(((uint64_t) 2046 << 52) - (bits_of(sum.hi) & EXPONENT_BITS));

	return nearest_integer(sum.lo * inverse * ROUNDINGS_IN_ONE);
}

static void
write_sums(OneSided *side, const DoubleDouble *sums)
{
	side->mass = sums[0].hi;
	side->mass_log = sums[1].hi;
	side->log = sums[2].hi;
	side->roundings = (rounding_of(sums[0]) * ROUNDING_BASE + rounding_of(sums[1])) * ROUNDING_BASE +
		rounding_of(sums[2]);
}

static void
add_one_sided(OneSided *side, double mass)
{
	double		log = natural_log(mass);
	DoubleDouble sums[3];

	read_sums(side, sums);
	/* a total that overflows need not stay Infinity: NaN is no total either */
	sums[0] = dd_add_double(sums[0], mass);
	sums[1] = dd_add_double(sums[1], mass * (log / 1024.0));
	sums[2] = dd_add_double(sums[2], log);
	write_sums(side, sums);
}

static void
merge_one_sided(OneSided *side, const OneSided *other)
{
	DoubleDouble sums[3];
	DoubleDouble others[3];

	read_sums(side, sums);
	read_sums(other, others);
	for (int i = 0; i < 3; i++)
		merge_sum(&sums[i], others[i]);
	write_sums(side, sums);
}

static bool
keep_apart(RowState *state, double p, double q)
{
	if (q == 0.0)
	{
		add_one_sided(&symmetric_state(state)->p, p);
		state->p_first += 1.0;
	}
	else if (p == 0.0)
	{
		add_one_sided(&symmetric_state(state)->q, q);
		state->q_first += 1.0;
	}
	return p == 0.0 || q == 0.0;
}

static void
merge_apart(RowState *state, const RowState *other)
{
	merge_one_sided(&symmetric_state(state)->p, &symmetric_state_of(other)->p);
	merge_one_sided(&symmetric_state(state)->q, &symmetric_state_of(other)->q);
	if (other->different != 0.0)
	{
		state->p_first += other->p_first;
		state->q_first += other->q_first;
	}
}

static void
add_apart(const RowState *state, double *p_total, double *q_total)
{
	*p_total += symmetric_state_of(state)->p.mass;
	*q_total += symmetric_state_of(state)->q.mass;
}

static void
add(RowState *state, size_t count)
{
	SymmetricSums *sums = symmetric_state(state);
	double		slots[MAX_SLOTS];

	run_row_kernel(state, KERNEL_symmetric_relative_entropy, false, count, 0.0, slots);
	accumulate(&sums->both_ways, slots[0]);
	run_row_kernel(state, KERNEL_relative_entropy, false, count, 0.0, slots);
	accumulate(&sums->phi, slots[0]);
}

static void
merge(RowState *state, const RowState *other)
{
	merge_sum(&symmetric_state(state)->both_ways, symmetric_state_of(other)->both_ways);
	merge_sum(&symmetric_state(state)->phi, symmetric_state_of(other)->phi);
}

/* D in both directions */
static Invariants
invariants(const RowState *state, Bin total)
{
	const SymmetricSums *sums = symmetric_state_of(state);

	return (Invariants) {
		.first = (sums->phi.hi - phi_of(total)) / total.x,
		.second = ((sums->both_ways.hi - sums->phi.hi) - phi_of(exchanged_bin(total))) / total.y
	};
}

static void
restore(RowState *state, Bin total, Invariants invariants)
{
	SymmetricSums *sums = symmetric_state(state);

	sums->phi = single(invariants.first * total.x + phi_of(total));
	sums->both_ways = single(sums->phi.hi + (invariants.second * total.y + phi_of(exchanged_bin(total))));
}

static void
exchange(RowState *state, Invariants *invariants)
{
	SymmetricSums *sums = symmetric_state(state);
	OneSided	p = sums->p;

	sums->p = sums->q;
	sums->q = p;
	*invariants = (Invariants) {invariants->second, invariants->first};
}

static double
divergence(const RowState *state)
{
	return symmetric_state_of(state)->phi.hi;
}

/* Bins of one side, with shares s: sum (s - empty) log(s/empty) */
static double
one_sided_sum(const OneSided *side, double count, double total, double empty)
{
	double		log_total;
	double		log_empty;

	if (side->mass == 0.0 || empty == 0.0)
		return 0.0;
	log_total = natural_log(total);
	log_empty = natural_log(empty);
	return 1024.0 * ((side->mass_log - side->mass * (log_total / 1024.0)) / total) -
		empty * (side->log - count * log_total) - log_empty * (side->mass / total - count * empty);
}

/* a D + b D' + (a - b) log(a/b), where a and b are the shares of the bins that both sides have */
static double
symmetric_sum(const RowState *state, Invariants invariants, double empty)
{
	const OneSided *p = &symmetric_state_of(state)->p;
	const OneSided *q = &symmetric_state_of(state)->q;
	double		p_total = state->p_total.hi + p->mass;
	double		q_total = state->q_total.hi + q->mass;
	double		a = state->p_total.hi / p_total;
	double		b = state->q_total.hi / q_total;
	double		value = a * invariants.first + b * invariants.second;

	/* shares that have underflowed count through their logarithms */
	if (a > DBL_MIN && b > DBL_MIN)
		value += (a - b) * log_ratio(a, b, a - b);
	else if (state->p_total.hi > 0.0 && state->q_total.hi > 0.0)
		value += (a - b) * ((natural_log(state->p_total.hi) - natural_log(p_total)) -
							(natural_log(state->q_total.hi) - natural_log(q_total)));
	return value + one_sided_sum(p, state->p_first, p_total, empty) +
		one_sided_sum(q, state->q_first, q_total, empty);
}

static void
to_sums(const RowState *state, const MeasurePlan *plan, Bin total, Invariants invariants, Sums *sums)
{
	double		empty = plan->arguments.parameters->empty;

	(void) total;
	if (state->different != 0.0)
		sums->slots[0] = symmetric_sum(state, invariants, empty);
	if (empty == 0.0)
		sums->slots[1] = symmetric_state_of(state)->p.mass + symmetric_state_of(state)->q.mass;
}

static const RowSums symmetric_sums = {
	.add = add,
	.merge = merge,
	.invariants = invariants,
	.restore = restore,
	.rescale = rescale_nothing,
	.exchange = exchange,
	.divergence = divergence,
	.to_sums = to_sums,
	.log_sum = no_log_sum
};

static const RowSums *
sums_for(double alpha)
{
	(void) alpha;
	return &symmetric_sums;
}

const RowFamily symmetric_rows = {
	.code = ROW_CODE_symmetric,
	.fixed_size = YES,
	.alone = NO,
	.symmetric = YES,
	.takes_alpha = NO,
	.sums = sums_for,
	.power = no_power,
	.exchanged = never_exchanged,
	.begin = begin_with_zeros,
	.keep_apart = keep_apart,
	.merge_apart = merge_apart,
	.add_apart = add_apart
};

/*-- many --*/

/* (x - y) (log x - log y) */
static void
logarithm_values(const PanelSums *sums, double *values)
{
	for (int q = 0; q < LANES; q++)
	{
		double		value = sums->pair[q] / FULL_MASS;

		values[q] = value < 0x1p-12 ? NAN : value;
	}
}

static const PanelForm logarithm_panels = {
	.kernel = PANEL_DIFFERENCES,
	.preparation = PREPARE_LOGARITHMS,
	.two_numbers = YES,
	.zeros_matter = YES,
	.disjoint = FOUND_OTHERWISE,
	.nanoseconds = 0.15,
	.values = logarithm_values
};

/* Of each direction at least -2 log(1 - H^2), as of relative entropy */
static double
most_squared_hellinger(double nats, const Parameters *parameters)
{
	(void) parameters;
	return -scaled_expm1(reduce_exponential(-0.25 * nats));
}

static const HellingerBounds jeffreys_bounds = {
	.most = most_squared_hellinger,
	.least = NULL,
	.by_entropies = NO
};

/*-- measures --*/

/* D(p||q) + D(q||p) */
const Measure jeffreys_divergence_measure = {
	.name = "jeffreys_divergence",
	.description = "relative entropy in both directions, added up",
	.kind = DIVERGENCE,
	.takes = TAKES_REFERENCE | TAKES_BASE | TAKES_PSEUDOCOUNT,
	.symmetric = YES,
	.metric = NO,
	.additive = YES,
	.unit = "nats",
	.range = "0 to Infinity",
	.maximum = INFINITY,
	.large_sample = 1.0,
	.nanoseconds = 1.5,
	.formula = &jeffreys_formula,
	.transform = as_it_is,
	.rows = &symmetric_rows,
	.panels = &logarithm_panels,
	.bounds = &jeffreys_bounds
};

/* sum (p - q) log(p/q), where a share of exactly 0 counts as the parameter empty */
const Measure psi_measure = {
	.name = "psi",
	.description = "population stability index: Jeffreys' divergence where empty shares are filled",
	.kind = DIVERGENCE,
	.takes = TAKES_REFERENCE | TAKES_EMPTY,
	.symmetric = YES,
	.metric = NO,
	.additive = YES,
	.unit = "nats",
	.range = "0 to Infinity",
	.maximum = INFINITY,
	.large_sample = 1.0,
	.nanoseconds = 1.5,
	.formula = &jeffreys_formula,
	.transform = as_it_is,
	.rows = &symmetric_rows,
	.panels = &logarithm_panels,
	.bounds = &no_bounds
};
