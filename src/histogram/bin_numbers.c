/*-------------------------------------------------------------------------
 *
 * bin_numbers.c
 *	  Whole numbers in a table of bins, which are no texts before the end.
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/bin_numbers.h"

#include "histogram/bin_keys.h"

#define MOST_DIGITS 15

/* Reads a label that is just how a whole number is written, if it can be a key */
bool
read_whole_number(Label label, int64 *number)
{
	bool		negative = label.length > 0 && label.bytes[0] == '-';
	size_t		first = negative;
	int64		digits = 0;

	if (label.length <= first || label.length > first + MOST_DIGITS)
		return false;
	if (label.bytes[first] == '0' && label.length > 1)
		return false;			/* 0 alone */
	for (size_t i = first; i < label.length; i++)
	{
		if (label.bytes[i] < '0' || label.bytes[i] > '9')
			return false;
		digits = 10 * digits + (label.bytes[i] - '0');
	}
	*number = negative ? -digits : digits;
	return true;
}

/* How many bytes the label of a number has */
uint32
number_length(int64 number)
{
	uint32		length = number < 0 ? 2 : 1;

	while ((number /= 10) != 0)
		length++;
	return length;
}

/*
 * Numbers in the order of their labels' bytes: those with a sign come first;
 * then digits decide, and of "1" and "10", which are the same if filled up with
 * zeros, the length.  All of a label is in its key, as the last byte of 0 says:
 * see formats/label_sort.h.
 */
uint64
number_sort_key(int64 number)
{
	uint64		digits = (uint64) (number < 0 ? -number : number);
	uint32		length = number_length(number) - (number < 0);

	for (uint32 i = length; i < MOST_DIGITS; i++)
		digits *= 10;
	return (uint64) (number >= 0) << 63 | (digits << 4 | length) << 8;
}
