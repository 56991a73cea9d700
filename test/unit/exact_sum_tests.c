/*-------------------------------------------------------------------------
 *
 * exact_sum_tests.c
 *	  Sums that are not rounded, beside integers that are long enough for all.
 *
 *-------------------------------------------------------------------------
 */
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "math/exact_sum.h"

#include "exact_sum_tests.h"

/* A sum in units of the smallest number, 2^-1074, 32 bits in each */
#define LIMBS 68

typedef struct LongInteger
{
	int64_t		limbs[LIMBS];
} LongInteger;

static void
add_to_integer(LongInteger *integer, double term)
{
	int			exponent;
	int64_t		mantissa = (int64_t) ldexp(frexp(fabs(term), &exponent), 53);
	int			shift = exponent - 53 + 1074;
	int64_t		sign = term < 0.0 ? -1 : 1;

	/* a subnormal number ends with zeros */
	if (shift < 0)
	{
		mantissa >>= -shift;
		shift = 0;
	}
	for (int part = 0; part < 2; part++)
	{
		uint64_t	bits = (uint64_t) (part == 0 ? mantissa & 0xffffffff : mantissa >> 32) << (shift % 32);

		integer->limbs[shift / 32 + part] += sign * (int64_t) (bits & 0xffffffff);
		integer->limbs[shift / 32 + part + 1] += sign * (int64_t) (bits >> 32);
	}
	for (int i = 0; i + 1 < LIMBS; i++)
	{
		int64_t		carry = integer->limbs[i] >> 32;

		integer->limbs[i] -= carry * ((int64_t) 1 << 32);
		integer->limbs[i + 1] += carry;
	}
}

static int
bit_of(const LongInteger *integer, int bit)
{
	return (int) (integer->limbs[bit / 32] >> (bit % 32) & 1);
}

/* The double next to it, which is not negative; of two the even one */
static double
value_of_integer(const LongInteger *integer)
{
	int			top = LIMBS * 32 - 1;
	int			last;
	double		mantissa = 0.0;
	bool		more = false;

	while (top > 0 && !bit_of(integer, top))
		top--;
	last = top > 52 ? top - 52 : 0;
	for (int bit = top; bit >= last; bit--)
		mantissa = 2.0 * mantissa + bit_of(integer, bit);
	for (int bit = 0; bit < last - 1; bit++)
		more |= bit_of(integer, bit);
	if (last > 0 && bit_of(integer, last - 1) && (more || bit_of(integer, last)))
		mantissa += 1.0;
	return ldexp(mantissa, last - 1074);
}

static uint64_t random_state = 42;

static uint64_t
random_bits(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return random_state;
}

/* A number of so many bits at most, within so many orders of 2 around another; not so few are 0 */
static double
random_weight(int center, int spread, int bits)
{
	int			exponent = center + (int) (random_bits() % (2 * (uint64_t) spread + 1)) - spread;

	if (random_bits() % 16 == 0)
		return 0.0;
	return ldexp((double) (random_bits() >> (64 - bits) | 1), exponent - bits);
}

#define TERMS 300

/*
 * All terms in one sum, the other way around, and split among two sums of which
 * one is added to the other; then half of them taken out again.
 */
static bool
sums_are_exact(const double *terms, int count)
{
	ExactSum	forward = {.first = 0.0};
	ExactSum	backward = {.first = 0.0};
	ExactSum	parts[2] = {{.first = 0.0}, {.first = 0.0}};
	LongInteger integer = {{0}};
	LongInteger half = {{0}};
	double		expected;

	for (int i = 0; i < count; i++)
	{
		add_exactly(&forward, terms[i]);
		add_exactly(&backward, terms[count - 1 - i]);
		add_exactly(&parts[i % 3 == 0], terms[i]);
		add_to_integer(&integer, terms[i]);
		if (i % 2 == 0)
			add_to_integer(&half, terms[i]);
	}
	for (int i = 0; i < EXACT_SUM_PARTS - 1; i++)
		add_exactly(&parts[0], parts[1].rest[i]);
	add_exactly(&parts[0], parts[1].first);
	expected = value_of_integer(&integer);
	if (exact_value(&forward) != expected || exact_value(&backward) != expected ||
		exact_value(&parts[0]) != expected)
	{
		printf("# %.17g, %.17g, %.17g instead of %.17g\n", exact_value(&forward), exact_value(&backward),
			   exact_value(&parts[0]), expected);
		return false;
	}
	/* an overflow is for ever */
	if (expected == INFINITY)
		return true;
	for (int i = 1; i < count; i += 2)
		add_exactly(&forward, -terms[i]);
	return exact_value(&forward) == value_of_integer(&half);
}

/* The same with as little room as there can be: what a table of bins does */
static bool
narrow_sums_are_exact(const double *terms, int count)
{
	double		first = 0.0;
	double		rest[EXACT_SUM_PARTS - 1] = {0.0};
	double		parts[EXACT_SUM_PARTS];
	int			width = 0;
	LongInteger integer = {{0}};

	for (int i = 0; i < count; i++)
	{
		double		left;

		add_to_integer(&integer, terms[i]);
		if (add_without_rounding(&first, terms[i]))
			continue;
		left = add_to_exact_sum(&first, rest, width, terms[i]);
		if (left != 0.0)
		{
			int			needed = exact_parts(first, rest, width, left, parts);

			width = needed - 1 > width ? needed - 1 : width;
			first = parts[0];
			for (int j = 0; j < width; j++)
				rest[j] = j + 1 < needed ? parts[j + 1] : 0.0;
		}
	}
	return exact_sum_value(first, rest, width) == value_of_integer(&integer);
}

static void
test_random_sums(void (*check) (bool passed, const char *what))
{
	static const struct
	{
		int			center;
		int			spread;
		int			bits;
		const char *what;
	}			kinds[] = {
		{0, 0, 53, "numbers of one size"},
		{0, 20, 53, "fractions"},
		{0, 20, 1, "powers of two"},
		{0, 60, 53, "numbers up to 36 orders of magnitude apart"},
		{0, 1000, 53, "numbers up to 600 orders of magnitude apart"},
		{0, 1000, 1, "powers of two up to 600 orders of magnitude apart"},
		{-1040, 33, 53, "numbers around the smallest normal one"},
		{1010, 14, 53, "numbers of which few are too many"},
		{1000, 24, 1, "powers of two of which few are too many"},
	};

	for (size_t kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]); kind++)
	{
		bool		passed = true;
		char		what[120];

		for (int round = 0; round < 200 && passed; round++)
		{
			double		terms[TERMS];
			int			count = 1 + (int) (random_bits() % TERMS);

			for (int i = 0; i < count; i++)
				terms[i] = random_weight(kinds[kind].center, kinds[kind].spread, kinds[kind].bits);
			passed = sums_are_exact(terms, count) && narrow_sums_are_exact(terms, count);
		}
		snprintf(what, sizeof(what), "sums are exact in any order and split: %s", kinds[kind].what);
		check(passed, what);
	}
}

static double
sum_of(int count, const double *terms)
{
	ExactSum	sum = {.first = 0.0};

	for (int i = 0; i < count; i++)
		add_exactly(&sum, terms[i]);
	return exact_value(&sum);
}

#define SUM(...) sum_of(sizeof((double[]) {__VA_ARGS__}) / sizeof(double), (double[]) {__VA_ARGS__})

void
test_exact_sums(void (*check) (bool passed, const char *what))
{
	ExactSum	tenths = {.first = 0.0};

	check(SUM(1e16, 1, 1) == 10000000000000002.0, "1e16 + 1 + 1");
	for (int i = 0; i < 1000000; i++)
		add_exactly(&tenths, 0.1);
	check(exact_value(&tenths) == 100000.0, "0.1 a million times is 100000");
	check(SUM(1.0, 0x1p-53) == 1.0 && SUM(1.0, 0x1p-53, 0x1p-1074) == 1.0 + 0x1p-52 &&
		  SUM(1.0 + 0x1p-52, 0x1p-53) == 1.0 + 0x1p-51 && SUM(1.0 + 0x1p-52, 0x1p-53, -0x1p-1074) == 1.0 + 0x1p-52,
		  "halfway between two numbers the rest decides");
	check(SUM(DBL_MAX, 0x1p970) == INFINITY && SUM(0x1p970, DBL_MAX) == INFINITY && SUM(0x1p969, 0x1p969, DBL_MAX) == INFINITY &&
		  SUM(DBL_MAX, 0x1p970, -0x1p-1074) == INFINITY && SUM(DBL_MAX, 0x1.fffffffffffffp969) == DBL_MAX &&
		  SUM(DBL_MAX, 0x1p969, 0x1.fffffffffffffp968, 0x1p900) == DBL_MAX && SUM(DBL_MAX, -DBL_MAX, DBL_MAX) == DBL_MAX,
		  "just what rounds to more than the largest number overflows");
	check(SUM(0x1.fffffffffffffp1022, 0x1.fffffffffffffp1022, 0x1p969, 0x1p969) == INFINITY &&
		  SUM(DBL_MAX, 0x1p969, -0x1p-1074, 0x1p969) == DBL_MAX,
		  "in the middle, too");
	check(!signbit(SUM(0.0)) && !signbit(SUM(0.1, 0.2, -0.1, -0.2)) && SUM(0.1, 0.2, -0.1, -0.2) == 0.0, "what is taken out leaves 0");
	test_random_sums(check);
}
