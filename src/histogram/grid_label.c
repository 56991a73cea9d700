/*-------------------------------------------------------------------------
 *
 * grid_label.c
 *	  width_bin_label and log_bin_label: bins that need no edges.
 *
 * The label of a value depends on the value only, so that histograms made at
 * different times and places have the same labels for the same values, and can
 * be added and compared:
 *
 *		width_bin_label	  bins of one width from an origin on: [20, 25)
 *		log_bin_label	  the value cut to so many significant digits: [1200, 1300);
 *						  mirrored if it is negative: (-1300, -1200]
 *
 * Edges are decimals of at most 15 digits, and what a value is compared with is
 * the edge that the label shows: 0.3 is in [0.3, 0.4), though 3 times 0.1 is
 * more.  Where edges cannot be told from each other, the label is the value
 * itself: in log_bin_label below 10^-322 times the last digit, in width_bin_label
 * beyond 10^13 widths.  Digits that mean decimal orders: G. Tene's HdrHistogram.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "histogram/label_of_value.h"
#include "input/parameters.h"

/* Bins of which the labels are kept: a power of two */
#define KEPT_BINS 512
#define GRID_LABEL_ROOM (2 * DOUBLE_SHORTEST_DECIMAL_LEN + 6)

#define LEAST_POWER (-323)
#define MOST_POWER 308
/* Beyond so many widths two edges may have the same 15 digits */
#define MOST_WIDTHS 1e13
#define MOST_DIGITS 15

typedef struct GridBin
{
	bool		is_kept;
	int64		number;			/* of widths, or the digits */
	int			exponent;		/* of the last digit */
	bool		is_mirrored;
	double		from;			/* of what is not mirrored: in the bin, */
	double		to;				/* not in it */
	int			length;
	char		label[GRID_LABEL_ROOM];
} GridBin;

typedef struct Grid
{
	double		width;
	double		origin;
	int			digits;
	Labeller	labeller;		/* of values that are their own labels */
	double		powers[MOST_POWER - LEAST_POWER + 1];	/* of ten, in the order of their exponents */
	GridBin		bins[KEPT_BINS];
} Grid;

/* Powers of ten that are exact */
static const double exact_powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* digits 10^exponent, rounded once */
static double
decimal(int64 digits, int exponent)
{
	char		text[40];

	/* both are exact, as a rule */
	if (digits < INT64CONST(1) << 53 && exponent >= -22 && exponent <= 22)
		return exponent < 0 ? (double) digits / exact_powers[-exponent] : (double) digits * exact_powers[exponent];
	snprintf(text, sizeof(text), "%llde%d", (long long) digits, exponent);
	return strtod(text, NULL);
}

static Grid *
grid_of_call(FunctionCallInfo fcinfo)
{
	Grid	   *grid = fcinfo->flinfo->fn_extra;

	if (grid == NULL)
	{
		grid = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(Grid));
		for (int exponent = LEAST_POWER; exponent <= MOST_POWER; exponent++)
			grid->powers[exponent - LEAST_POWER] = decimal(1, exponent);
		fcinfo->flinfo->fn_extra = grid;
	}
	return grid;
}

static void
forget_bins(Grid *grid)
{
	for (int i = 0; i < KEPT_BINS; i++)
		grid->bins[i].is_kept = false;
}

static void
write_bound(double bound, char *text)
{
	if (isinf(bound))
		strcpy(text, bound < 0.0 ? "-inf" : "inf");
	else
		double_to_shortest_decimal_buf(bound, text);
}

static void
write_label(GridBin *bin)
{
	char		from[DOUBLE_SHORTEST_DECIMAL_LEN];
	char		to[DOUBLE_SHORTEST_DECIMAL_LEN];

	write_bound(bin->is_mirrored ? -bin->to : bin->from, from);
	write_bound(bin->is_mirrored ? -bin->from : bin->to, to);
	bin->length = snprintf(bin->label, GRID_LABEL_ROOM, "%c%s, %s%c", bin->is_mirrored ? '(' : '[', from, to,
						   bin->is_mirrored ? ']' : ')');
}

/* A multiple of the width from the origin on, with 15 digits */
static double
edge_of_width(const Grid *grid, int64 number)
{
	char		text[40];

	snprintf(text, sizeof(text), "%.15g", grid->origin + (double) number * grid->width);
	return strtod(text, NULL) + 0.0;	/* not -0 */
}

static GridBin *
bin_of_grid(Grid *grid, int64 number, int exponent, bool is_mirrored)
{
	uint64		hash = ((uint64) number * 31 + (uint64) exponent * 2 + is_mirrored) * UINT64CONST(0x9E3779B97F4A7C15);
	GridBin    *bin = &grid->bins[hash >> 55];

	StaticAssertStmt(KEPT_BINS == 1 << (64 - 55), "bins are found by as many bits");
	if (bin->is_kept && bin->number == number && bin->exponent == exponent && bin->is_mirrored == is_mirrored)
		return bin;
	bin->is_kept = true;
	bin->number = number;
	bin->exponent = exponent;
	bin->is_mirrored = is_mirrored;
	bin->from = grid->digits > 0 ? decimal(number, exponent) : edge_of_width(grid, number);
	bin->to = grid->digits > 0 ? decimal(number + 1, exponent) : edge_of_width(grid, number + 1);
	write_label(bin);
	return bin;
}

static Datum
return_label(const char *label, size_t length)
{
	PG_RETURN_TEXT_P(cstring_to_text_with_len(label, (int) length));
}

/* The label that histogram_agg(value) gives */
static Datum
return_label_of_number(Grid *grid, double value)
{
	Label		label = label_of_number(&grid->labeller, value);

	return return_label(label.bytes, label.length);
}

/*
 * width_bin_label(value, width, origin): the interval [origin + k width, origin +
 * (k + 1) width) that a value is in.  "(null)" for NULL, "(nan)" for NaN,
 * "Infinity" and "-Infinity" for these.  The width is a finite number greater
 * than 0, and the origin at most 10^13 widths from 0 (22023); NULL if one of them
 * is NULL.
 */
SQL_FUNCTION(kldiv_width_bin_label)
{
	Grid	   *grid;
	GridBin    *bin;
	double		value;
	double		width;
	double		origin;
	double		number;
	int64		k;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	width = PG_GETARG_FLOAT8(1);
	origin = PG_GETARG_FLOAT8(2);
	check_argument(width > 0.0 && width <= DBL_MAX, "width", width, "a finite number greater than 0");
	check_argument(fabs(origin) <= MOST_WIDTHS * width, "origin", origin, "at most 1e13 widths from 0");
	if (PG_ARGISNULL(0))
		return return_label("(null)", 6);
	value = PG_GETARG_FLOAT8(0);
	if (isnan(value))
		return return_label("(nan)", 5);
	grid = grid_of_call(fcinfo);
	if (grid->width != width || grid->origin != origin)
		forget_bins(grid);
	grid->width = width;
	grid->origin = origin;
	number = floor(value / width - origin / width);
	if (!(fabs(number) < MOST_WIDTHS))
		return return_label_of_number(grid, value);
	k = (int64) number;
	bin = bin_of_grid(grid, k, 0, false);
	while (value < bin->from)
		bin = bin_of_grid(grid, --k, 0, false);
	while (value >= bin->to)
		bin = bin_of_grid(grid, ++k, 0, false);
	return return_label(bin->label, bin->length);
}

/* The power of ten of the first digit of a positive number */
static int
order_of(const Grid *grid, double value)
{
	int			binary;
	int			order;

	(void) frexp(value, &binary);
	order = (int) floor((binary - 1) * 0.30102999566398120);
	order = Max(order, LEAST_POWER);
	while (order < MOST_POWER && value >= grid->powers[order + 1 - LEAST_POWER])
		order++;
	return order;
}

/*
 * log_bin_label(value, digits): the interval of the numbers that begin with the
 * same digits, 1 to 15 of them: with 2, 1234 is in [1200, 1300), and no bin is
 * wider than a tenth of its lower edge.  0 is the point "0"; NULL, NaN and
 * infinities as above.  NULL if digits is NULL.
 */
SQL_FUNCTION(kldiv_log_bin_label)
{
	Grid	   *grid;
	GridBin    *bin;
	double		value;
	double		size;
	int			digits;
	int			order;
	int64		first;
	int64		k;

	if (PG_ARGISNULL(1))
		PG_RETURN_NULL();
	digits = PG_GETARG_INT32(1);
	check_argument(digits >= 1 && digits <= MOST_DIGITS, "digits", digits, "a number from 1 to 15");
	if (PG_ARGISNULL(0))
		return return_label("(null)", 6);
	value = PG_GETARG_FLOAT8(0);
	if (isnan(value))
		return return_label("(nan)", 5);
	grid = grid_of_call(fcinfo);
	size = fabs(value);
	if (size == 0.0 || isinf(size))
		return return_label_of_number(grid, value);
	if (grid->digits != digits)
		forget_bins(grid);
	grid->digits = digits;
	order = order_of(grid, size);
	if (order - digits + 1 < LEAST_POWER + 1)
		return return_label_of_number(grid, value);
	first = (int64) grid->powers[digits - 1 - LEAST_POWER];
	k = (int64) (size / grid->powers[order - digits + 1 - LEAST_POWER]);
	k = Min(Max(k, first), 10 * first - 1);
	bin = bin_of_grid(grid, k, order - digits + 1, value < 0.0);
	while (size < bin->from && k > first)
		bin = bin_of_grid(grid, --k, order - digits + 1, value < 0.0);
	while (size >= bin->to && k < 10 * first - 1)
		bin = bin_of_grid(grid, ++k, order - digits + 1, value < 0.0);
	return return_label(bin->label, bin->length);
}
