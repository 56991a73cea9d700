/*-------------------------------------------------------------------------
 *
 * label_of_value.c
 *	  The label that a value of SQL has in a histogram.
 *
 * Two values of a type have the same label if and only if they are equal, and
 * no setting has a say in it, nor has the collation of a text.  So numbers are
 * written as plain decimals whatever their magnitude, dates as in ISO 8601, and
 * citext in lower case.
 *
 *-------------------------------------------------------------------------
 */
#include "histogram/label_of_value.h"

#include <math.h>

#include "access/transam.h"
#include "catalog/dependency.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "common/shortest_dec.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/formatting.h"
#include "utils/lsyscache.h"
#include "utils/numeric.h"
#include "utils/syscache.h"
#include "utils/uuid.h"

static Label
label_of_text(Labeller *labeller, Datum value)
{
	return text_label(DatumGetTextPP(value));
}

/* char(n): padding does not count */
static Label
label_of_bpchar(Labeller *labeller, Datum value)
{
	Label		label = text_label(DatumGetTextPP(value));

	while (label.length > 0 && label.bytes[label.length - 1] == ' ')
		label.length--;
	return label;
}

static Label
label_of_string(const char *string)
{
	return (Label) {string, strlen(string)};
}

static Label
label_of_name(Labeller *labeller, Datum value)
{
	return label_of_string(NameStr(*DatumGetName(value)));
}

/* What citext compares */
static Label
label_of_citext(Labeller *labeller, Datum value)
{
	Label		label = text_label(DatumGetTextPP(value));

	return label_of_string(str_tolower(label.bytes, label.length, DEFAULT_COLLATION_OID));
}

static Label
label_of_whole_number(Labeller *labeller, int64 value)
{
	pg_lltoa(value, labeller->buffer);
	return label_of_string(labeller->buffer);
}

static Label
label_of_oid(Labeller *labeller, Datum value)
{
	return label_of_whole_number(labeller, DatumGetObjectId(value));
}

/* "char": no character is empty, and a byte that is none alone is octal, as PostgreSQL 16 writes it */
static Label
label_of_char(Labeller *labeller, Datum value)
{
	unsigned char byte = (unsigned char) DatumGetChar(value);

	if (IS_HIGHBIT_SET(byte))
		snprintf(labeller->buffer, LABELLER_BUFFER, "\\%03o", byte);
	else
		snprintf(labeller->buffer, LABELLER_BUFFER, "%c", byte);
	return label_of_string(labeller->buffer);
}

static Label
label_of_int2(Labeller *labeller, Datum value)
{
	return label_of_whole_number(labeller, DatumGetInt16(value));
}

static Label
label_of_int4(Labeller *labeller, Datum value)
{
	return label_of_whole_number(labeller, DatumGetInt32(value));
}

static Label
label_of_int8(Labeller *labeller, Datum value)
{
	return label_of_whole_number(labeller, DatumGetInt64(value));
}

/*
 * A plain decimal from one that may have an exponent: [-]d[.ddd][e[+-]dd].  The
 * longest there are have 325 digits.
 */
static Label
without_exponent(Labeller *labeller, const char *number)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];
	char	   *next = labeller->buffer;
	int			count = 0;
	int			point = 0;		/* digits before the decimal point */
	bool		fraction = false;

	if (*number == '-')
		*next++ = *number++;
	for (; *number != '\0' && *number != 'e'; number++)
	{
		if (*number == '.')
			fraction = true;
		else
		{
			digits[count++] = *number;
			point += !fraction;
		}
	}
	if (*number == 'e')
		point += atoi(number + 1);

	if (point <= 0)
	{
		*next++ = '0';
		*next++ = '.';
		for (int i = point; i < 0; i++)
			*next++ = '0';
	}
	for (int i = 0; i < Max(count, point); i++)
	{
		if (i == point && i > 0)
			*next++ = '.';
		*next++ = i < count ? digits[i] : '0';
	}
	return (Label) {labeller->buffer, next - labeller->buffer};
}

Label
label_of_number(Labeller *labeller, double number)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];

	if (isnan(number))
		return label_of_string("NaN");
	if (isinf(number))
		return label_of_string(number > 0 ? "Infinity" : "-Infinity");
	if (number == 0.0)
		return label_of_string("0");	/* -0 too */
	double_to_shortest_decimal_buf(number, digits);
	return without_exponent(labeller, digits);
}

static Label
label_of_float8(Labeller *labeller, Datum value)
{
	return label_of_number(labeller, DatumGetFloat8(value));
}

static Label
label_of_float4(Labeller *labeller, Datum value)
{
	float		number = DatumGetFloat4(value);
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];

	if (isnan(number) || isinf(number) || number == 0.0)
		return label_of_float8(labeller, Float8GetDatum(number));
	float_to_shortest_decimal_buf(number, digits);
	return without_exponent(labeller, digits);
}

/* 1.00 is 1 */
static Label
label_of_numeric(Labeller *labeller, Datum value)
{
	return label_of_string(numeric_normalize(DatumGetNumeric(value)));
}

static Label
label_of_bool(Labeller *labeller, Datum value)
{
	return label_of_string(DatumGetBool(value) ? "true" : "false");
}

static Label
label_of_date(Labeller *labeller, Datum value)
{
	DateADT		date = DatumGetDateADT(value);
	struct pg_tm time;

	if (DATE_NOT_FINITE(date))
		return label_of_string(DATE_IS_NOBEGIN(date) ? "-infinity" : "infinity");
	j2date(date + POSTGRES_EPOCH_JDATE, &time.tm_year, &time.tm_mon, &time.tm_mday);
	EncodeDateOnly(&time, USE_ISO_DATES, labeller->buffer);
	return label_of_string(labeller->buffer);
}

static Label
label_of_uuid(Labeller *labeller, Datum value)
{
	return label_of_string(DatumGetCString(DirectFunctionCall1(uuid_out, value)));
}

static Label
label_of_enum(Labeller *labeller, Datum value)
{
	return label_of_string(DatumGetCString(DirectFunctionCall1(enum_out, value)));
}

bool
is_of_extension(Oid type, const char *extension_name)
{
	Oid			extension = type < FirstNormalObjectId ? InvalidOid :
		getExtensionOfObject(TypeRelationId, type);
	char	   *name = OidIsValid(extension) ? get_extension_name(extension) : NULL;

	return name != NULL && strcmp(name, extension_name) == 0 && get_typtype(type) == TYPTYPE_BASE &&
		!OidIsValid(get_element_type(type));
}

const char *
way_out_of_type(Oid type)
{
	type = getBaseType(type);
	switch (type)
	{
		case TIMESTAMPOID:
		case TIMESTAMPTZOID:
			return "Choose the grain: date_trunc('hour', t)::text, or t::date.";
		case TIMEOID:
		case TIMETZOID:
		case INTERVALOID:
			return "Choose the grain: extract(hour FROM t), or to_char(t, 'HH24:MI').";
	}
	if (is_of_extension(type, "kldiv"))
		return "sum(h) adds up histograms.";
	return "Write the values as text: value::text. Numbers go into bins with bin_label(value, edges).";
}

static LabelOf
label_of_type(Oid type)
{
	switch (type)
	{
		case TEXTOID:
		case VARCHAROID:
			return label_of_text;
		case BPCHAROID:
			return label_of_bpchar;
		case NAMEOID:
			return label_of_name;
		case INT2OID:
			return label_of_int2;
		case INT4OID:
			return label_of_int4;
		case INT8OID:
			return label_of_int8;
		case OIDOID:
			return label_of_oid;
		case CHAROID:
			return label_of_char;
		case FLOAT4OID:
			return label_of_float4;
		case FLOAT8OID:
			return label_of_float8;
		case NUMERICOID:
			return label_of_numeric;
		case BOOLOID:
			return label_of_bool;
		case DATEOID:
			return label_of_date;
		case UUIDOID:
			return label_of_uuid;
	}
	return type_is_enum(type) ? label_of_enum : is_of_extension(type, "citext") ? label_of_citext : NULL;
}

static LabelForm
label_form(LabelOf label_of)
{
	return label_of == label_of_text ? LABEL_IS_TEXT :
		label_of == label_of_int2 ? LABEL_IS_INT2 :
		label_of == label_of_int4 ? LABEL_IS_INT4 :
		label_of == label_of_int8 ? LABEL_IS_INT8 : LABEL_OF_TYPE;
}

bool
begin_labeller(Labeller *labeller, Oid type)
{
	labeller->label_of = label_of_type(getBaseType(type));
	labeller->form = label_form(labeller->label_of);
	return labeller->label_of != NULL;
}

/* How to write the labels of values of a type */
Labeller *
new_labeller(Oid type, MemoryContext context)
{
	Labeller   *labeller = MemoryContextAlloc(context, sizeof(Labeller));

	if (!begin_labeller(labeller, type))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("a histogram cannot be made of values of type %s", format_type_be(type)),
				 errhint("%s", way_out_of_type(type))));
	return labeller;
}

/* The same for an argument; found once for a query */
Labeller *
labeller_of_argument(FunctionCallInfo fcinfo, int argument)
{
	Labeller   *labeller = fcinfo->flinfo->fn_extra;
	Oid			type;

	if (labeller != NULL)
		return labeller;
	type = get_fn_expr_argtype(fcinfo->flinfo, argument);
	if (!OidIsValid(type))
		elog(ERROR, "could not determine the type of the values");
	labeller = new_labeller(type, fcinfo->flinfo->fn_mcxt);
	fcinfo->flinfo->fn_extra = labeller;
	return labeller;
}
