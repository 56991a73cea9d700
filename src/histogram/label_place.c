/*-------------------------------------------------------------------------
 *
 * label_place.c
 *	  Where a label belongs among others that a person looks at.
 *
 * Numbers come in numeric order, exactly; then words by their bytes, "(null)"
 * among them; then intervals by their bounds, those of bin_label() with or
 * without the number of the bin: "03 [20, 40)", "[0, 0]", "(0, 20)".  Where
 * there are intervals, numbers have their places among them: "(-20, -10]",
 * "0", "[10, 20)", as log_bin_label() has them.
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/label_place.h"

#include <math.h>

#include "miscadmin.h"

/* No interval of bin_label() has as many bytes; longer labels are words */
#define MAX_INTERVAL 100

/* Digits at the beginning of a label */
static Label
leading_digits(Label label)
{
	size_t		length = 0;

	while (length < label.length && label.bytes[length] >= '0' && label.bytes[length] <= '9')
	{
		CHECK_FOR_INTERRUPTS();
		length++;
	}
	return (Label) {label.bytes, length};
}

/* A label without some bytes at its beginning */
static Label
behind(Label label, size_t length)
{
	return (Label) {label.bytes + length, label.length - length};
}

/* [-]digits[.digits] */
static bool
read_number(Label rest, LabelPlace *place)
{
	place->negative = rest.length > 0 && rest.bytes[0] == '-';
	rest = behind(rest, place->negative);
	place->whole = leading_digits(rest);
	if (place->whole.length == 0)
		return false;
	rest = behind(rest, place->whole.length);
	while (place->whole.length > 0 && place->whole.bytes[0] == '0')
		place->whole = behind(place->whole, 1);
	place->fraction = (Label) {rest.bytes, 0};
	if (rest.length == 0)
		return true;
	rest = behind(rest, 1);
	place->fraction = leading_digits(rest);
	if (rest.bytes[-1] != '.' || rest.length == 0 || place->fraction.length < rest.length)
		return false;
	while (place->fraction.length > 0 && place->fraction.bytes[place->fraction.length - 1] == '0')
		place->fraction.length--;
	return true;
}

/* Powers of ten that are exact */
static const double powers_of_ten[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/*
 * A decimal of few digits: its length, or 0.  What strtod() gives, since the
 * digits are exact as one number, and a quotient of two that are is rounded once.
 */
static size_t
read_short_decimal(const char *text, double *bound)
{
	const char *next = text + (text[0] == '-');
	int64		digits = 0;
	int			count = 0;
	int			behind_point = 0;
	bool		has_point = false;

	for (; (*next >= '0' && *next <= '9') || (*next == '.' && !has_point); next++)
	{
		if (*next == '.')
		{
			has_point = true;
			continue;
		}
		digits = digits * 10 + (*next - '0');
		behind_point += has_point;
		if (++count > 15)
			return 0;
	}
	if (count == 0 || *next == '.' || *next == 'e' || *next == 'E' || *next == 'x' || *next == 'X')
		return 0;
	*bound = (double) digits / powers_of_ten[behind_point];
	if (text[0] == '-')
		*bound = -*bound;
	return (size_t) (next - text);
}

/* A bound of an interval: its length, or 0 */
static size_t
read_bound(const char *text, double *bound)
{
	size_t		sign = text[0] == '-';
	size_t		length = read_short_decimal(text, bound);
	char	   *end;

	if (length > 0)
		return length;
	if (strncmp(text + sign, "inf", 3) == 0)
	{
		*bound = sign ? -INFINITY : INFINITY;
		return sign + 3;
	}
	/* what strtod() takes besides decimals begins with a letter or a blank */
	if (text[sign] < '0' || text[sign] > '9' || text[sign + 1] == 'x' || text[sign + 1] == 'X')
		return 0;
	*bound = strtod(text, &end);
	return (size_t) (end - text);
}

/* [digits " "] ("[" | "(") [bound] "," [" "] [bound] (")" | "]"); see bin_edges.c */
static bool
read_interval(Label label, LabelPlace *place)
{
	char		copy[MAX_INTERVAL + 1];
	const char *text = copy;
	size_t		length;

	if (label.length > MAX_INTERVAL)
		return false;
	memcpy(copy, label.bytes, label.length);
	copy[label.length] = '\0';
	length = leading_digits(label).length;
	if (length > 0 && text[length] != ' ')
		return false;
	text += length > 0 ? length + 1 : 0;
	if (*text != '[' && *text != '(')
		return false;
	place->has_bound[0] = *text++ == '[';
	/* a range of SQL shows no bound where it has none */
	place->bounds[0] = -INFINITY;
	length = read_bound(text, &place->bounds[0]);
	if ((length == 0 && place->has_bound[0]) || text[length] != ',')
		return false;
	text += length + 1;
	text += *text == ' ';
	place->bounds[1] = INFINITY;
	length = read_bound(text, &place->bounds[1]);
	if ((length == 0 && text[length] == ']') || (text[length] != ']' && text[length] != ')'))
		return false;
	place->has_bound[1] = text[length] == ']';
	return text[length + 1] == '\0';
}

static bool
label_is(Label label, const char *string)
{
	return compare_labels(label, (Label) {string, strlen(string)}) == 0;
}

/* A number in any decimal form as float8 */
static bool
number_of_label(Label label, double *number)
{
	char		room[MAX_INTERVAL + 1];
	char	   *copy = label.length <= MAX_INTERVAL ? room : palloc(label.length + 1);
	size_t		length;

	copy_bytes(copy, label.bytes, label.length);
	copy[label.length] = '\0';
	length = read_bound(copy, number);
	if (copy != room)
		pfree(copy);
	return length > 0 && length == label.length && !isinf(*number);
}

LabelPosition
position_of_label(Label label, double *from, double *to)
{
	LabelPlace	place = place_of_label(label);

	switch (place.kind)
	{
		case MINUS_INFINITY:
		case PLUS_INFINITY:
			*from = *to = place.kind == PLUS_INFINITY ? INFINITY : -INFINITY;
			return POSITION_FOUND;
		case NUMBER:
		case WORDS:
			if (label_is(label, "(null)") || label_is(label, "(nan)"))
				return POSITION_LEFT_OUT;
			if (!number_of_label(label, from))
				return POSITION_UNKNOWN;
			*from += 0.0;		/* not -0 */
			*to = *from;
			return POSITION_FOUND;
		case NOT_A_NUMBER:
			return POSITION_UNKNOWN;
		case INTERVAL:
			break;
	}
	*from = place.bounds[0] + 0.0;
	*to = place.bounds[1] + 0.0;
	if (*from > *to || (isinf(*from) && isinf(*to) && *from != *to))
		return POSITION_UNKNOWN;
	/* of an open bin nothing is known but its edge */
	if (isinf(*from))
		*from = *to;
	else if (isinf(*to))
		*to = *from;
	return POSITION_FOUND;
}

LabelPlace
place_of_label(Label label)
{
	LabelPlace	place = {.kind = WORDS};

	/* only intervals end with a bracket; many labels are */
	if (label.length > 0 && (label.bytes[label.length - 1] == ')' || label.bytes[label.length - 1] == ']'))
		place.kind = read_interval(label, &place) ? INTERVAL : WORDS;
	else
		place.kind = label_is(label, "-Infinity") ? MINUS_INFINITY :
			label_is(label, "Infinity") ? PLUS_INFINITY :
			label_is(label, "NaN") ? NOT_A_NUMBER :
			read_number(label, &place) ? NUMBER : WORDS;
	return place;
}

/* Exact, whatever the magnitudes: the labels of a numeric column are not always distinct as float8 */
static int
compare_numbers(const LabelPlace *a, const LabelPlace *b)
{
	int			difference;

	if (a->negative != b->negative)
		return a->negative ? -1 : 1;
	difference = (a->whole.length > b->whole.length) - (a->whole.length < b->whole.length);
	if (difference == 0)
		difference = compare_labels(a->whole, b->whole);
	if (difference == 0)
		difference = compare_labels(a->fraction, b->fraction);
	return a->negative ? -difference : difference;
}

void
place_among_intervals(Label label, LabelPlace *place)
{
	double		position;

	if (place->kind == MINUS_INFINITY)
		position = -INFINITY;
	else if (place->kind == PLUS_INFINITY || (place->kind == NUMBER && !number_of_label(label, &position)))
		position = place->negative ? -INFINITY : INFINITY;
	else if (place->kind != NUMBER)
		return;
	place->is_number = place->kind == NUMBER;
	place->kind = INTERVAL;
	place->bounds[0] = place->bounds[1] = position;
	place->has_bound[0] = place->has_bound[1] = true;
}

/*
 * By where they begin, then by where they end: [0, 0] is before [0, 20) and
 * (0, 20).  Numbers among them, which have the bounds of the nearest float8,
 * are in their own order.
 */
static int
compare_intervals(const LabelPlace *a, const LabelPlace *b)
{
	if (a->bounds[0] != b->bounds[0])
		return a->bounds[0] < b->bounds[0] ? -1 : 1;
	if (a->has_bound[0] != b->has_bound[0])
		return a->has_bound[0] ? -1 : 1;
	if (a->bounds[1] != b->bounds[1])
		return a->bounds[1] < b->bounds[1] ? -1 : 1;
	if (a->has_bound[1] != b->has_bound[1])
		return (int) a->has_bound[1] - (int) b->has_bound[1];
	return a->is_number && b->is_number ? compare_numbers(a, b) : (int) a->is_number - (int) b->is_number;
}

int
compare_places(const LabelPlace *a, const LabelPlace *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return a->kind == NUMBER ? compare_numbers(a, b) :
		a->kind == INTERVAL ? compare_intervals(a, b) : 0;
}
