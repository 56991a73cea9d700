/*-------------------------------------------------------------------------
 *
 * label_of_value.h
 *	  The label that a value of SQL has in a histogram.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_LABEL_OF_VALUE_H
#define KLDIV_LABEL_OF_VALUE_H

#include "histogram/histogram.h"

/* Writes the label of a value; what it returns may be overwritten by the next call */
typedef struct Labeller Labeller;
typedef Label (*LabelOf) (Labeller *labeller, Datum value);

#define LABELLER_BUFFER 1100

/* What needs not be asked for by a call of label_of */
typedef enum LabelForm
{
	LABEL_OF_TYPE,
	LABEL_IS_TEXT,
	LABEL_IS_INT2,				/* a whole number, of so many bytes */
	LABEL_IS_INT4,
	LABEL_IS_INT8
} LabelForm;

struct Labeller
{
	LabelOf		label_of;
	LabelForm	form;
	char		buffer[LABELLER_BUFFER];
};

/* That of a float8, for which a labeller needs nothing but its buffer */
extern Label label_of_number(Labeller *labeller, double number);

/* How to write the labels of a type; false if values of it have none */
extern bool begin_labeller(Labeller *labeller, Oid type);

/* Whether a type is the one that an extension makes */
extern bool is_of_extension(Oid type, const char *extension_name);

/* What to write instead of values that have no labels */
extern const char *way_out_of_type(Oid type);

extern Labeller *new_labeller(Oid type, MemoryContext context);
extern Labeller *labeller_of_argument(FunctionCallInfo fcinfo, int argument);

#endif							/* KLDIV_LABEL_OF_VALUE_H */
