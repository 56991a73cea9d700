/*-------------------------------------------------------------------------
 *
 * row_sums.c
 *	  What families of measures have in common in their sums over rows.
 *
 *-------------------------------------------------------------------------
 */
#include "math/rows/row_sums.h"

#include <math.h>

#include "math/assertions.h"
#include "math/instruction_set.h"
#include "math/pair/slabs.h"
#include "math/rows/row_scales.h"

static int
compare(double a, double b)
{
	return (a > b) - (a < b);
}

int
compare_products(double a, double b, double c, double d)
{
	int			exponents[4] = {0, 0, 0, 0};
	double		left_error;
	double		right_error;
	double		left;
	double		right;
	int			shift;

	if (!(is_ordinary(a) && is_ordinary(b) && is_ordinary(c) && is_ordinary(d)))
	{
		a = frexp(a, &exponents[0]);
		b = frexp(b, &exponents[1]);
		c = frexp(c, &exponents[2]);
		d = frexp(d, &exponents[3]);
	}
	left = two_product(a, b, &left_error);
	right = two_product(c, d, &right_error);
	shift = (exponents[0] + exponents[1]) - (exponents[2] + exponents[3]);
	if (left == 0.0 || right == 0.0)
		return compare(left, right);
	if (shift < -2 || shift > 2)
		return shift > 0 ? 1 : -1;
	left = ldexp(left, shift);
	return left != right ? compare(left, right) : compare(ldexp(left_error, shift), right_error);
}

double
log_of_shares(double p, double q, DoubleDouble p_total, DoubleDouble q_total)
{
	int			exponents[4];
	double		p_error;
	double		q_error;
	double		x;
	double		y;
	double		d;
	int			shift;

	p = frexp(p, &exponents[0]);
	q = frexp(q, &exponents[1]);
	p_total.hi = frexp(p_total.hi, &exponents[2]);
	q_total.hi = frexp(q_total.hi, &exponents[3]);
	x = two_product(p, q_total.hi, &p_error);
	y = two_product(q, p_total.hi, &q_error);
	p_error += p * ldexp(q_total.lo, -exponents[3]);
	q_error += q * ldexp(p_total.lo, -exponents[2]);
	shift = (exponents[0] + exponents[3]) - (exponents[1] + exponents[2]);
	if (shift < -2 || shift > 2)
		return log_ratio(x, y, x - y) + shift * LN2;
	x = ldexp(x, shift);
	d = (x - y) + (ldexp(p_error, shift) - q_error);
	return log_ratio(x, y, d);
}

void
run_row_kernel(const RowState *state, Kernel kernel, bool weighted_shares, size_t count,
			   double largest, double *slots)
{
	const RowFamily *family = row_state_family(state);
	const VectorKernel *vector_kernel = &active_vector_functions()->kernels[kernel];
	bool		alone = family->alone == YES;
	bool		exchanged = family->exchanged(state->alpha);
	bool		extreme = state->extreme != 0.0;
	Parameters	parameters = {.alpha = state->alpha};
	KernelArguments arguments = {&parameters, family->power(state->alpha), largest};
	double		p_scale = alone || (exchanged && !weighted_shares) ? state->ratio : 1.0;
	double		q_scale = alone || (!exchanged && !weighted_shares) ? state->ratio : 1.0;
	double		p_unit = exchanged ? state->q_unit : state->p_unit;
	double		q_unit = exchanged ? state->p_unit : (alone ? state->p_unit : state->q_unit);
	Alignment	alignment;
	Bins		bins;
	Block		block;

	/* no more than the kernels read: this runs every few rows */
	alignment.pseudocount = 0.0;
	alignment.fill = 0.0;
	alignment.refined = false;
	alignment.p_total = alignment.q_total = 0.0;
	alignment.p_scale.lo = alignment.q_scale.lo = alignment.mass.lo = 0.0;
	alignment.kind = weighted_shares ? WEIGHTED_SHARES : (extreme ? EXACT_PAIR : PLAIN_PAIR);
	/* extreme weights are scaled as those of arrays are, for the sake of the smallest */
	alignment.extreme = extreme;
	alignment.p_scale.hi = extreme ? p_scale * FULL_MASS : p_scale * p_unit;
	alignment.q_scale.hi = extreme ? q_scale * FULL_MASS : q_scale * q_unit;
	alignment.p_unit = p_unit;
	alignment.q_unit = q_unit;
	alignment.mass.hi = extreme ? FULL_MASS : 1.0;
	if (extreme)
	{
		alignment.p_log_total = -(natural_log(p_unit) + natural_log(p_scale));
		alignment.q_log_total = -(natural_log(q_unit) + natural_log(q_scale));
	}
	bins.alignment = &alignment;
	bins.p = exchanged ? state->q_buffer : state->p_buffer;
	bins.q = exchanged || alone ? state->p_buffer : state->q_buffer;
	bins.count = count;
	assert_that(count > 0 && count <= ROW_BUFFER && vector_kernel->run != NULL);
	vector_kernel->run(&bins, &arguments, &block, slots);
	if (extreme && !vector_kernel->takes_maximum && kernel != KERNEL_exponentials)
		for (int i = 0; i < MAX_SLOTS; i++)
			slots[i] = slots[i] > 0.0 && slots[i] < FULL_MASS * DBL_MIN ? DBL_MIN : slots[i] / FULL_MASS;
}

void
add_exponentials(Exponentials *exponentials, Exponentials other)
{
	double		difference = other.exponent - exponentials->exponent;

	if (other.exponent > exponentials->exponent)
	{
		exponentials->sum = isfinite(difference) ?
			other.sum + exponentials->sum * scaled_exp(reduce_exponential(-difference)) : other.sum;
		exponentials->exponent = other.exponent;
	}
	else if (isfinite(other.exponent))
		exponentials->sum += other.sum * scaled_exp(reduce_exponential(difference));
}

void
sum_exponentials(RowState *state, size_t count, bool weighted_shares, Exponentials *exponentials)
{
	double		slots[MAX_SLOTS];
	double		largest;

	run_row_kernel(state, KERNEL_largest_exponent, weighted_shares, count, 0.0, slots);
	largest = slots[0];
	slots[0] = slots[1] = 0.0;
	if (isfinite(largest))
		run_row_kernel(state, KERNEL_exponentials, weighted_shares, count, largest, slots);
	add_exponentials(exponentials, (Exponentials) {largest, slots[0] + slots[1]});
}

void
accumulate(DoubleDouble *sum, double term)
{
	*sum = add_double_term(*sum, term);
}

void
merge_sum(DoubleDouble *sum, DoubleDouble other)
{
	*sum = add_term(*sum, other);
}

Invariants
no_invariants(const RowState *state, Bin total)
{
	(void) state;
	(void) total;
	return (Invariants) {0.0, 0.0};
}

void
restore_nothing(RowState *state, Bin total, Invariants invariants)
{
	(void) state;
	(void) total;
	(void) invariants;
}

void
rescale_nothing(RowState *state, const ScaleChange *change)
{
	(void) state;
	(void) change;
}

void
exchange_nothing(RowState *state, Invariants *invariants)
{
	(void) state;
	(void) invariants;
}

double
no_divergence(const RowState *state)
{
	(void) state;
	return INFINITY;
}

double
no_log_sum(const RowState *state)
{
	(void) state;
	return 0.0;
}

double
no_power(double alpha)
{
	(void) alpha;
	return 0.0;
}

bool
never_exchanged(double alpha)
{
	(void) alpha;
	return false;
}

void
begin_with_zeros(RowState *state)
{
	(void) state;
}
