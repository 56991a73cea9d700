/*-------------------------------------------------------------------------
 *
 * histogram_text.h
 *	  Reads {"label": weight, ...}: a JSON object (RFC 8259) of numbers.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_HISTOGRAM_TEXT_H
#define KLDIV_HISTOGRAM_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "math/weights.h"

typedef enum TextProblem
{
	TEXT_FINE,
	TEXT_UNEXPECTED,			/* something else was expected */
	TEXT_BAD_ESCAPE,			/* no character can be meant by an escape sequence */
	TEXT_OUT_OF_RANGE,			/* a number that double precision cannot hold */
	TEXT_NEGATIVE
} TextProblem;

/*
 * Writes a character of Unicode in the encoding that is wanted, at most
 * MOST_ENCODED bytes, and returns their number; 0 if that is impossible.
 */
#define MOST_ENCODED 16
typedef size_t (*EncodeCharacter) (void *context, uint32_t character, char *bytes);

typedef struct TextReader
{
	const char *text;			/* ends with a byte of 0 */
	size_t		length;
	size_t		position;		/* of the next byte to read; of the problem, if there is one */
	char	   *labels;			/* where labels are written, one behind the other */
	EncodeCharacter encode;
	void	   *context;
	SlabRunner	run;			/* polled while a long text is read */
	size_t		next_poll;		/* the position at which that is due */
	bool		begun;
	TextProblem problem;
	const char *expected;		/* what was expected at the position */
} TextReader;

typedef struct TextBin
{
	char	   *label;
	size_t		length;
	double		weight;			/* never negative, NaN, infinite or -0 */
} TextBin;

/* No label is longer than its text, even where it is being written */
static inline size_t
most_label_bytes(size_t text_length)
{
	return text_length + MOST_ENCODED;
}

/* False at the end of the object, or if there is a problem */
extern bool next_text_bin(TextReader *reader, TextBin *bin);

#endif							/* KLDIV_HISTOGRAM_TEXT_H */
