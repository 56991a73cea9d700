/*-------------------------------------------------------------------------
 *
 * logit_loops.c
 *	  The loops over logits, compiled once per instruction set: see pair/vector.h.
 *
 * Choices are made by masks of sign bits: of a conditional expression gcc makes
 * branches, or computes both sides of more than is chosen.
 *
 *-------------------------------------------------------------------------
 */
#include "math/elementary.h"
#include "math/pair/vector.h"

/* Weights of less are 0, even if multiplied with the largest difference of logits: e^-1416 is 2^-2043 */
#define LEAST_WIDE_EXPONENT (-1416.0)

/* All bits set if the sign bit is not, or none: so that SSE2 needs no shift that copies the sign */
ALWAYS_INLINE uint64_t
mask_of_no_sign(double value)
{
	return (bits_of(value) >> 63) - 1;
}

ALWAYS_INLINE double
if_set(uint64_t mask, double value)
{
	return double_of(bits_of(value) & mask);
}

ALWAYS_INLINE double
either(uint64_t mask, double if_set, double if_not)
{
	return double_of((bits_of(if_set) & mask) | (bits_of(if_not) & ~mask));
}

/* The larger one of a number and a finite one */
ALWAYS_INLINE double
at_least(double least, double value)
{
	return either(mask_of_no_sign(value - least), value, least);
}

/* Whether a scaled logit is none, in the sign bit */
ALWAYS_INLINE uint64_t
is_no_logit(double logit)
{
	return bits_of(logit - 0.5 * NO_LOGIT);
}

/* (logit - largest)/temperature; the low part has what the high one has been rounded by */
ALWAYS_INLINE DoubleDouble
exponent_of_logit(double logit, DoubleDouble largest, const LogitScale *scale, const bool ordinary, const bool divided)
{
	DoubleDouble exponent;

	exponent.hi = two_sum(logit, -largest.hi, &exponent.lo);
	if (!ordinary)
		exponent.hi = fast_two_sum(exponent.hi, exponent.lo - largest.lo, &exponent.lo);
	if (divided)
	{
		double		quotient = exponent.hi * scale->inverse;
		double		product = quotient * scale->temperature;
		double		error = product_error(quotient, scale->temperature, scale->temperature_high,
										  scale->temperature - scale->temperature_high, product);
		double		rest = ((exponent.hi - product) - error + exponent.lo) * scale->inverse;

		/* a rest below 2^-60 is of no use, nor that of what is nearly 0 or far beyond */
		uint64_t	is_useful = ~mask_of_no_sign(quotient + 0x1p-8) & mask_of_no_sign(quotient + 2048.0);

		exponent.hi = quotient;
		exponent.lo = if_set(is_useful, rest);
	}
	return exponent;
}

/* e^exponent as a product of three numbers, of which two are powers of two */
typedef struct WideExponential
{
	double		mantissa;
	double		first_scale;
	double		second_scale;
	uint64_t	is_positive;	/* a mask; if it is not set, the others mean nothing */
} WideExponential;

/*
 * Half of the binary exponent goes into either scale, so that weights which
 * double precision cannot hold can be multiplied with large differences.
 */
ALWAYS_INLINE WideExponential
wide_exponential(DoubleDouble exponent)
{
	const uint64_t bias = (uint64_t) 1023 << 52;
	WideExponential e;
	double		w = at_least(LEAST_WIDE_EXPONENT, exponent.hi);
	double		shifted = w * (1.0 / LN2) + ROUND_TO_INTEGER;
	double		n = shifted - ROUND_TO_INTEGER;
	double		r = ((w - n * LN2_HIGH) - n * LN2_LOW) + exponent.lo;
	uint64_t	first = bits_of(shifted) >> 1;

	e.mantissa = 1.0 + (r + exponential_remainder(r));
	e.first_scale = double_of((first << 52) + bias);
	e.second_scale = double_of(((bits_of(shifted) - first) << 52) + bias);
	e.is_positive = mask_of_no_sign(exponent.hi - LEAST_WIDE_EXPONENT);
	return e;
}

/* The same of an exponent that needs no care */
ALWAYS_INLINE WideExponential
ordinary_exponential(DoubleDouble exponent)
{
	WideExponential e;
	double		shifted = exponent.hi * (1.0 / LN2) + ROUND_TO_INTEGER;
	double		n = shifted - ROUND_TO_INTEGER;
	double		r = ((exponent.hi - n * LN2_HIGH) - n * LN2_LOW) + exponent.lo;

	e.mantissa = 1.0 + (r + exponential_remainder(r));
	e.first_scale = double_of((bits_of(shifted) << 52) + ((uint64_t) 1023 << 52));
	e.second_scale = 1.0;
	e.is_positive = UINT64_MAX;
	return e;
}

LogitRange
VECTOR(range_of_logits) (const double *logits, size_t count)
{
	double		largest[LANES];
	double		least[LANES];
	uint64_t	wrong[LANES] = {0};
	uint64_t	none[LANES] = {0};
	size_t		part_count = count / LANES * LANES;
	const double *part = logits;
	double		rest[LANES];
	LogitRange	range = {-INFINITY, INFINITY, false, false};

	for (int j = 0; j < LANES; j++)
	{
		largest[j] = -INFINITY;
		least[j] = INFINITY;
	}
	for (int k = 0; k < 2; k++)
	{
		for (size_t i = 0; i < part_count; i += LANES)
		{
#pragma omp simd
			for (int j = 0; j < LANES; j++)
			{
				double		logit = part[i + j];
				double		finite = logit >= -DBL_MAX ? logit : INFINITY;

				largest[j] = logit > largest[j] ? logit : largest[j];
				least[j] = finite < least[j] ? finite : least[j];
				wrong[j] |= logit <= DBL_MAX ? 0 : UINT64_MAX;
				none[j] |= logit >= -DBL_MAX ? 0 : UINT64_MAX;
			}
		}
		/* of the rest, one logit is repeated */
		part_count = pad_rest(logits, count, logits[count - 1], rest);
		part = rest;
	}
	for (int j = 0; j < LANES; j++)
	{
		range.largest = largest[j] > range.largest ? largest[j] : range.largest;
		range.least = least[j] < range.least ? least[j] : range.least;
		range.wrong |= wrong[j] != 0;
		range.has_none |= none[j] != 0;
	}
	return range;
}

/* Sums of lanes, for three or four slots */
typedef struct LogitLanes
{
	double		slots[4][LANES];
	uint64_t	infinite[LANES];	/* in the sign bit */
} LogitLanes;

ALWAYS_INLINE void
add_part(LogitLanes *sums, const LogitLanes *part)
{
#pragma omp simd
	for (int j = 0; j < LANES; j++)
	{
		sums->slots[0][j] += part->slots[0][j];
		sums->slots[1][j] += part->slots[1][j];
		sums->slots[2][j] += part->slots[2][j];
		sums->slots[3][j] += part->slots[3][j];
		sums->infinite[j] |= part->infinite[j];
	}
}

ALWAYS_INLINE void
write_slots(const LogitLanes *sums, int infinite_slot, double *slots)
{
	uint64_t	infinite = 0;

	for (int j = 0; j < LANES; j++)
		infinite |= sums->infinite[j];
	for (int k = 0; k < 4; k++)
		slots[k] = sum_of_lanes(sums->slots[k]);
	if (infinite >> 63)
		slots[infinite_slot] = INFINITY;
}

/* The larger weight of a pair, and what the other one is made of */
typedef struct PairWeights
{
	uint64_t	q_smaller;		/* a mask: or equal */
	double		w;				/* -|d|, where d = log(x/y) */
	WideExponential larger;
} PairWeights;

ALWAYS_INLINE PairWeights
weights_of_pair(double a, double b, const LogitPair *pair, const bool ordinary, const bool divided)
{
	PairWeights weights;
	double		error;
	double		offset_error;
	double		difference = two_sum(two_sum(a, -b, &error), -pair->offset.hi, &offset_error);
	double		d = difference + (offset_error + (error - pair->offset.lo));
	DoubleDouble largest;
	DoubleDouble exponent;

	if (divided)
		d *= pair->scale.inverse;
	weights.q_smaller = mask_of_no_sign(d);
	weights.w = double_of(bits_of(d) | (uint64_t) 1 << 63);
	largest.hi = either(weights.q_smaller, pair->p_largest, pair->q_largest.hi);
	largest.lo = ordinary ? 0.0 : if_set(~weights.q_smaller, pair->q_largest.lo);
	exponent = exponent_of_logit(either(weights.q_smaller, a, b), largest, &pair->scale, ordinary, divided);
	weights.larger = ordinary ? ordinary_exponential(exponent) : wide_exponential(exponent);
	return weights;
}

/*
 * Adds what a bin of a pair has to add, where d = log(x/y):
 *
 *		phi(x, y) = x log(x/y) - x + y = x (e^-d - 1 + d) = y (1 - e^d + d e^d)
 *
 * by the first form if d >= 0 and by the second if not.  Both times the larger
 * of x and y is multiplied with a function of w = -|d|, which cannot overflow and
 * keeps its digits for small w; no logarithm is needed.  Their sum is w (e^w - 1),
 * which has the first one made of the second.
 */
ALWAYS_INLINE void
add_pair(LogitLanes *sums, double p, double q, size_t j, const LogitPair *pair, const bool ordinary, const bool divided)
{
	double		a = p * pair->scale.power;
	double		b = q * pair->scale.power;
	double		a_or_none = ordinary ? a : at_least(NO_LOGIT, a);
	double		b_or_none = ordinary ? b : at_least(NO_LOGIT, b);
	PairWeights weights = weights_of_pair(a_or_none, b_or_none, pair, ordinary, divided);
	double		w = ordinary ? weights.w : at_least(-708.0, weights.w);
	Exponential e = reduce_clamped_exponential(w);
	double		power = e.r + e.second;
	double		decay = e.scale * (1.0 + power);
	double		lost = (1.0 - e.scale) - e.scale * power;
	double		phi_of_y = (1.0 - e.scale) + e.scale * ((w - e.r) + (w * power - e.second));
	double		phi_of_x = -weights.w * lost - phi_of_y;

	double		half = weights.larger.first_scale * weights.larger.mantissa;
	double		mass = half * weights.larger.second_scale;
	double		phi = half * (weights.larger.second_scale * either(weights.q_smaller, phi_of_x, phi_of_y));
	double		smaller;
	double		excess;

	if (!ordinary)
	{
		mass = if_set(weights.larger.is_positive, mass);
		phi = if_set(weights.larger.is_positive, phi);
		sums->infinite[j] |= is_no_logit(b_or_none) & ~is_no_logit(a_or_none);
	}
	smaller = mass * decay;
	excess = mass * lost;
	sums->slots[PAIR_PHI][j] += phi;
	sums->slots[PAIR_X][j] += either(weights.q_smaller, mass, smaller);
	sums->slots[PAIR_Y][j] += either(weights.q_smaller, smaller, mass);
	sums->slots[PAIR_DIFFERENCE][j] += either(weights.q_smaller, excess, -excess);
}

ALWAYS_INLINE void
add_pairs(LogitLanes *sums, const double *p, const double *q, size_t count, const LogitPair *pair,
		  const bool ordinary, const bool divided)
{
	for (size_t start = 0; start < count; start += SHORT_SUM * LANES)
	{
		size_t		end = count - start < SHORT_SUM * LANES ? count : start + SHORT_SUM * LANES;
		LogitLanes	part = {{{0.0}}, {0}};

		for (size_t i = start; i < end; i += LANES)
		{
#pragma omp simd
			for (int j = 0; j < LANES; j++)
				add_pair(&part, p[i + j], q[i + j], j, pair, ordinary, divided);
		}
		add_part(sums, &part);
	}
}

ALWAYS_INLINE void
sum_pairs(const double *p, const double *q, size_t count, const LogitPair *pair, double *slots,
		  const bool ordinary, const bool divided)
{
	LogitLanes	sums = {{{0.0}}, {0}};
	size_t		part_count = count / LANES * LANES;
	double		p_rest[LANES];
	double		q_rest[LANES];

	add_pairs(&sums, p, q, part_count, pair, ordinary, divided);
	part_count = pad_rest(p, count, -INFINITY, p_rest);
	pad_rest(q, count, -INFINITY, q_rest);
	add_pairs(&sums, p_rest, q_rest, part_count, pair, false, divided);
	write_slots(&sums, PAIR_PHI, slots);
}

void
VECTOR(sum_logit_pair) (const double *p, const double *q, size_t count, const LogitPair *pair, double *slots)
{
	bool		divided = pair->scale.temperature != 1.0;

	if (pair->ordinary && divided)
		sum_pairs(p, q, count, pair, slots, true, true);
	else if (pair->ordinary)
		sum_pairs(p, q, count, pair, slots, true, false);
	else if (divided)
		sum_pairs(p, q, count, pair, slots, false, true);
	else
		sum_pairs(p, q, count, pair, slots, false, false);
}

/* Adds what a bin of one side has to add; weighted with its own weight, or with those that are given */
ALWAYS_INLINE void
add_side(LogitLanes *sums, const double *logits, const double *weights, size_t j, const LogitSide *side,
		 const bool divided, const bool weighted)
{
	double		logit = at_least(NO_LOGIT, logits[j] * side->scale.power);
	DoubleDouble largest = {side->largest, 0.0};
	DoubleDouble exponent = exponent_of_logit(logit, largest, &side->scale, true, divided);
	WideExponential e = wide_exponential(exponent);
	double		half = e.first_scale * e.mantissa;
	double		distance = -(exponent.hi + exponent.lo);
	uint64_t	is_smaller = ~mask_of_no_sign(exponent.hi);

	sums->slots[SIDE_REST][j] += if_set(e.is_positive & is_smaller, half * e.second_scale);
	sums->slots[SIDE_LARGEST][j] += if_set(~is_smaller, 1.0);
	if (weighted)
	{
		double		weight = weights[j] * side->weight_power;
		uint64_t	is_weight = ~mask_of_no_sign(-weights[j] + 0.0);

		sums->slots[SIDE_DISTANCE][j] += if_set(is_weight, weight * distance);
		sums->infinite[j] |= is_weight & is_no_logit(logit);
	}
	else
		sums->slots[SIDE_DISTANCE][j] += if_set(e.is_positive, half * (e.second_scale * distance));
}

ALWAYS_INLINE void
add_sides(LogitLanes *sums, const double *logits, const double *weights, size_t count, const LogitSide *side,
		  const bool divided, const bool weighted)
{
	for (size_t start = 0; start < count; start += SHORT_SUM * LANES)
	{
		size_t		end = count - start < SHORT_SUM * LANES ? count : start + SHORT_SUM * LANES;
		LogitLanes	part = {{{0.0}}, {0}};

		for (size_t i = start; i < end; i += LANES)
		{
#pragma omp simd
			for (int j = 0; j < LANES; j++)
				add_side(&part, logits + i, weights + i, j, side, divided, weighted);
		}
		add_part(sums, &part);
	}
}

void
VECTOR(sum_logits) (const double *logits, const double *weights, size_t count, const LogitSide *side, double *slots)
{
	LogitLanes	sums = {{{0.0}}, {0}};
	bool		divided = side->scale.temperature != 1.0;
	size_t		part_count = count / LANES * LANES;
	double		rest[LANES];
	double		weights_rest[LANES];
	const double *part = logits;
	const double *weights_part = weights != NULL ? weights : logits;

	for (int k = 0; k < 2; k++)
	{
		if (weights != NULL && divided)
			add_sides(&sums, part, weights_part, part_count, side, true, true);
		else if (weights != NULL)
			add_sides(&sums, part, weights_part, part_count, side, false, true);
		else if (divided)
			add_sides(&sums, part, weights_part, part_count, side, true, false);
		else
			add_sides(&sums, part, weights_part, part_count, side, false, false);
		part_count = pad_rest(logits, count, -INFINITY, rest);
		pad_rest(weights != NULL ? weights : logits, count, 0.0, weights_rest);
		part = rest;
		weights_part = weights_rest;
	}
	write_slots(&sums, SIDE_DISTANCE, slots);
}
