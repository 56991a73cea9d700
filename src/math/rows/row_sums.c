/*-------------------------------------------------------------------------
 *
 * row_sums.c
 *	  What a family of measures sums over rows.  See row_scales.c for scales.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "math/rows/row_sums.h"
#include "math/pair/slabs.h"

/* What is summed: orders 1 are the families without an order */
RowFamily
summed_family(const RowState *state)
{
	if (state->family == ROWS_POWER && state->order == 1.0)
		return ROWS_RELATIVE;
	if (state->family == ROWS_POWER_ENTROPY && state->order == 1.0)
		return ROWS_ENTROPY;
	return (RowFamily) state->family;
}

bool
is_alone(const RowState *state)
{
	return state->family == ROWS_ENTROPY || state->family == ROWS_POWER_ENTROPY;
}

/* Whether x is made of q: see plan_order() */
bool
is_swapped(const RowState *state)
{
	return state->family == ROWS_POWER && state->order < 0.5 && state->order > 0.0;
}

/* b of the power kernels */
double
kernel_order_less_one(const RowState *state)
{
	if (state->family == ROWS_HELLINGER)
		return -0.5;
	return is_swapped(state) ? -state->order : state->order - 1.0;
}

/* Adds exponentials to those there are, which are relative to another exponent */
static void
add_exponentials(double *exponent, double *sum, double other_exponent, double other_sum)
{
	double		difference = other_exponent - *exponent;

	if (other_exponent > *exponent)
	{
		*sum = isfinite(difference) ? other_sum + *sum * scaled_exp(reduce_exponential(-difference)) : other_sum;
		*exponent = other_exponent;
	}
	else if (isfinite(other_exponent))
		*sum += other_sum * scaled_exp(reduce_exponential(difference));
}

/* Extreme masses are scaled as those of arrays are, for the sake of the smallest */
#define WIDE_MASS 0x1p600

/* Runs a kernel over the rows in the buffers */
static void
run_kernel(const RowState *state, Kernel kernel, bool complement, size_t count,
		   double largest, double *slots)
{
	bool		alone = is_alone(state);
	bool		swapped = is_swapped(state);
	bool		wide = state->far != 0.0;
	KernelArguments arguments = {kernel_order_less_one(state), largest};
	double		p_scale = alone || (swapped && !complement) ? state->ratio : 1.0;
	double		q_scale = alone || (!swapped && !complement) ? state->ratio : 1.0;
	double		p_unit = swapped ? state->q_unit : state->p_unit;
	double		q_unit = swapped ? state->p_unit : (alone ? state->p_unit : state->q_unit);
	Alignment	alignment;
	Bins		bins;
	Block		block;

	/* no more than the kernels read: this runs every few rows */
	alignment.pseudocount = 0.0;
	alignment.fill = 0.0;
	alignment.refined = false;
	alignment.p_total = alignment.q_total = 0.0;
	alignment.p_scale.lo = alignment.q_scale.lo = alignment.mass.lo = 0.0;
	alignment.kind = complement ? COMPLEMENT : (wide ? EXACT_PAIR : PLAIN_PAIR);
	alignment.wide = wide;
	alignment.p_scale.hi = wide ? p_scale * WIDE_MASS : p_scale * p_unit;
	alignment.q_scale.hi = wide ? q_scale * WIDE_MASS : q_scale * q_unit;
	alignment.p_unit = p_unit;
	alignment.q_unit = q_unit;
	alignment.mass.hi = wide ? WIDE_MASS : 1.0;
	if (wide)
	{
		alignment.p_log_total = -(natural_log(p_unit) + natural_log(p_scale));
		alignment.q_log_total = -(natural_log(q_unit) + natural_log(q_scale));
	}
	bins.alignment = &alignment;
	bins.p = swapped ? state->q_buffer : state->p_buffer;
	bins.q = swapped || alone ? state->p_buffer : state->q_buffer;
	bins.count = count;
	active_vector_functions()->kernels[kernel] (&bins, &arguments, &block, slots);
	if (wide && !kernel_takes_maximum(kernel) && kernel != KERNEL_EXPONENTIALS)
		for (int i = 0; i < MAX_SLOTS; i++)
			slots[i] = slots[i] > 0.0 && slots[i] < WIDE_MASS * DBL_MIN ? DBL_MIN : slots[i] / WIDE_MASS;
}

/* The same with those of the rows in the buffers */
static void
sum_exponentials(RowState *state, size_t count, bool complement, double *exponent, double *sum)
{
	double		slots[MAX_SLOTS];
	double		largest;

	run_kernel(state, KERNEL_LARGEST_EXPONENT, complement, count, 0.0, slots);
	largest = slots[0];
	slots[0] = slots[1] = 0.0;
	if (isfinite(largest))
		run_kernel(state, KERNEL_EXPONENTIALS, complement, count, largest, slots);
	add_exponentials(exponent, sum, largest, slots[0] + slots[1]);
}

static void
accumulate(DoubleDouble *sum, double term)
{
	*sum = add_double_term(*sum, term);
}

/* Powers of any order, and once more by exponents, since they may overflow */
static void
sum_powers(RowState *state, size_t count, bool complement)
{
	double		slots[MAX_SLOTS];

	if (state->order == 0.0)
	{
		run_kernel(state, KERNEL_SUPPORT, complement, count, 0.0, slots);
		accumulate(&state->sums.power.excess, slots[0]);
		accumulate(&state->sums.power.first, slots[1]);
		if (!complement)
			sum_exponentials(state, count, complement, &state->sums.power.exponent, &state->sums.power.exponentials);
		return;
	}
	if (isinf(state->order))
	{
		run_kernel(state, KERNEL_LARGEST_LOG_RATIO, complement, count, 0.0, slots);
		if (slots[0] > state->sums.power.exponent)
			state->sums.power.exponent = slots[0];
		return;
	}
	sum_exponentials(state, count, complement, &state->sums.power.exponent, &state->sums.power.exponentials);
	run_kernel(state, KERNEL_POWER, complement, count, 0.0, slots);
	accumulate(&state->sums.power.excess, slots[0]);
	accumulate(&state->sums.power.first, slots[1]);
	accumulate(&state->sums.power.power, slots[2]);
}

/* The sums of kl_divergence() and cross_entropy(), in one go where nothing is extreme */
static void
sum_relative_entropies(RowState *state, size_t count)
{
	bool		informative = state->family == ROWS_RELATIVE;
	bool		together = informative && state->far == 0.0;
	double		slots[MAX_SLOTS];
	double		information;

	run_kernel(state, together ? KERNEL_RELATIVE_ENTROPY_AND_INFORMATION : KERNEL_RELATIVE_ENTROPY,
			   false, count, 0.0, slots);
	accumulate(&state->sums.relative.phi, slots[0]);
	state->sums.relative.outside += slots[1];
	information = slots[2];
	if (informative && !together)
	{
		run_kernel(state, KERNEL_INFORMATION, true, count, 0.0, slots);
		information = slots[0];
	}
	accumulate(&state->sums.relative.information, information);
}

/* Adds the terms of the rows in the buffers, which are padded with zeros */
void
sum_buffers(RowState *state, size_t count)
{
	double		slots[MAX_SLOTS];

	switch (summed_family(state))
	{
		case ROWS_ENTROPY:
			run_kernel(state, KERNEL_INFORMATION, true, count, 0.0, slots);
			accumulate(&state->sums.entropy.information, slots[0]);
			break;
		case ROWS_RELATIVE:
			sum_relative_entropies(state, count);
			break;
		case ROWS_SYMMETRIC:
			run_kernel(state, KERNEL_SYMMETRIC_RELATIVE_ENTROPY, false, count, 0.0, slots);
			accumulate(&state->sums.symmetric.both_ways, slots[0]);
			run_kernel(state, KERNEL_RELATIVE_ENTROPY, false, count, 0.0, slots);
			accumulate(&state->sums.symmetric.phi, slots[0]);
			break;
		case ROWS_HELLINGER:
			run_kernel(state, KERNEL_HELLINGER, false, count, 0.0, slots);
			accumulate(&state->sums.hellinger.squares, slots[0]);
			/* roots of extreme masses are too small to be summed as they are */
			if (state->far != 0.0)
				sum_exponentials(state, count, false, &state->sums.hellinger.exponent,
								 &state->sums.hellinger.exponentials);
			else
				accumulate(&state->sums.hellinger.coefficient, slots[1]);
			break;
		case ROWS_CHI_SQUARE:
			run_kernel(state, KERNEL_CHI_SQUARE, false, count, 0.0, slots);
			accumulate(&state->sums.chi_square.quotients, slots[0]);
			break;
		case ROWS_POWER:
			sum_powers(state, count, false);
			break;
		case ROWS_POWER_ENTROPY:
			sum_powers(state, count, true);
			break;
		case ROWS_ALL_PAIRS:
			break;
	}
}

static void
add_to(DoubleDouble *sum, DoubleDouble other)
{
	*sum = add_term(*sum, other);
}

/* Adds the sums of another state that has the same scales */
void
add_sums(RowState *state, const RowState *other)
{
	switch (summed_family(state))
	{
		case ROWS_ENTROPY:
			add_to(&state->sums.entropy.information, other->sums.entropy.information);
			break;
		case ROWS_RELATIVE:
			add_to(&state->sums.relative.phi, other->sums.relative.phi);
			add_to(&state->sums.relative.information, other->sums.relative.information);
			state->sums.relative.outside += other->sums.relative.outside;
			break;
		case ROWS_SYMMETRIC:
			add_to(&state->sums.symmetric.both_ways, other->sums.symmetric.both_ways);
			add_to(&state->sums.symmetric.phi, other->sums.symmetric.phi);
			break;
		case ROWS_HELLINGER:
			add_to(&state->sums.hellinger.squares, other->sums.hellinger.squares);
			add_to(&state->sums.hellinger.coefficient, other->sums.hellinger.coefficient);
			add_exponentials(&state->sums.hellinger.exponent, &state->sums.hellinger.exponentials,
							 other->sums.hellinger.exponent, other->sums.hellinger.exponentials);
			break;
		case ROWS_CHI_SQUARE:
			add_to(&state->sums.chi_square.quotients, other->sums.chi_square.quotients);
			break;
		case ROWS_POWER:
		case ROWS_POWER_ENTROPY:
			add_to(&state->sums.power.excess, other->sums.power.excess);
			add_to(&state->sums.power.first, other->sums.power.first);
			add_to(&state->sums.power.power, other->sums.power.power);
			add_exponentials(&state->sums.power.exponent, &state->sums.power.exponentials,
							 other->sums.power.exponent, other->sums.power.exponentials);
			break;
		case ROWS_ALL_PAIRS:
			break;
	}
}
