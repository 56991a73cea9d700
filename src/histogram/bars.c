/*-------------------------------------------------------------------------
 *
 * bars.c
 *	  histogram_bars: a histogram as lines of text that a person can look at.
 *
 * A line has a label, its share in percent and a bar; the longest bar of all
 * is as long as was asked for.  Of two histograms a label has two lines, one
 * below the other, so that the eye can compare their bars.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "funcapi.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "histogram/histogram.h"
#include "histogram/label_place.h"
#include "histogram/merge.h"

/* Longer bars than this nobody can look at */
#define MAX_WIDTH 1000

/* Columns of a terminal, and characters, which may take none; what is longer is cut */
#define MAX_LABEL_COLUMNS 40
#define MAX_LABEL_CHARACTERS 160

/* A bar is made of full blocks and one of up to seven eighths; elsewhere than in Unicode, of # */
#define EIGHTHS 8

/* A label, where it belongs, and its weights in p and q */
typedef struct Bar
{
	Label		label;
	LabelPlace	place;
	double		weights[2];
} Bar;

typedef struct Bars
{
	Bar		   *bars;
	uint32		count;
	int			sides;
	int			width;			/* of the longest bar */
	int			label_columns;
	double		totals[2];
	double		largest;		/* share */
} Bars;

static int
compare_bars(const void *left, const void *right)
{
	const Bar  *a = left;
	const Bar  *b = right;
	int			difference;

	CHECK_FOR_INTERRUPTS();
	difference = compare_places(&a->place, &b->place);
	return difference != 0 ? difference : compare_labels(a->label, b->label);
}

/* Whether bars and the mark of a cut label can be drawn with Unicode */
static bool
has_blocks(void)
{
	return GetDatabaseEncoding() == PG_UTF8;
}

/*
 * Characters that are not seen, or break the line, or change the direction of
 * what is around them; but not the joiners, which many scripts need
 */
static bool
is_invisible(const char *character)
{
	pg_wchar	code = utf8_to_unicode((const unsigned char *) character);

	return code == 0x00AD || code == 0x061C || code == 0x200B || code == 0x200E || code == 0x200F ||
		(code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF;
}

/*
 * The encoding in which the next character of a label can be read.  SQL_ASCII
 * is none, but a client that speaks UTF-8 refuses half a character of it, so
 * bytes that are one in UTF-8 are taken for it.
 */
static int
encoding_of_character(Label rest)
{
	int			length = pg_utf_mblen((const unsigned char *) rest.bytes);

	if (GetDatabaseEncoding() == PG_SQL_ASCII && length > 1 && (size_t) length <= rest.length &&
		pg_utf8_islegal((const unsigned char *) rest.bytes, length))
		return PG_UTF8;
	return GetDatabaseEncoding();
}

/* A character that could not be told from others as it is, in a form that can; or an empty string */
static void
make_visible(const char *character, int encoding, int columns, char *visible, size_t size)
{
	visible[0] = '\0';
	if (*character == '\n' || *character == '\r' || *character == '\t')
		snprintf(visible, size, "\\%c", *character == '\n' ? 'n' : *character == '\r' ? 'r' : 't');
	else if (*character == '\\')
		snprintf(visible, size, "\\\\");
	else if (encoding == PG_UTF8 && (columns < 0 || is_invisible(character)))
		snprintf(visible, size, "\\u%04X", (unsigned) utf8_to_unicode((const unsigned char *) character));
	else if (columns < 0)
		snprintf(visible, size, "\\x%02X", (unsigned char) *character);
}

/*
 * Appends the next character of a label, in a visible form, unless it has more
 * columns than are left.  Returns its columns, or -1.
 */
static int
append_character(StringInfo line, Label *rest, int columns_left)
{
	int			encoding = encoding_of_character(*rest);
	const char *character = rest->bytes;
	int			length = Min(pg_encoding_mblen(encoding, character), (int) rest->length);
	int			columns = pg_encoding_dsplen(encoding, character);
	char		visible[16];

	make_visible(character, encoding, columns, visible, sizeof(visible));
	if (visible[0] != '\0')
		columns = (int) strlen(visible);
	if (columns > columns_left)
		return -1;
	if (visible[0] != '\0')
		appendStringInfoString(line, visible);
	else
		appendBinaryStringInfo(line, character, length);
	*rest = (Label) {rest->bytes + length, rest->length - length};
	return columns;
}

/* Appends a label, cut if it is long, and returns its columns */
static int
append_label(StringInfo line, Label label)
{
	const char *mark = has_blocks() ? "…" : "...";
	int			mark_columns = has_blocks() ? 1 : 3;
	int			columns = 0;
	int			columns_at_mark = 0;
	int			length_at_mark = line->len;

	if (label.length == 0)
		label = (Label) {"''", 2};
	for (int characters = 0; label.length > 0; characters++)
	{
		int			more = append_character(line, &label, MAX_LABEL_COLUMNS - columns);

		if (more < 0 || characters == MAX_LABEL_CHARACTERS)
		{
			line->len = length_at_mark;
			appendStringInfoString(line, mark);
			return columns_at_mark + mark_columns;
		}
		columns += more;
		if (columns <= MAX_LABEL_COLUMNS - mark_columns)
		{
			columns_at_mark = columns;
			length_at_mark = line->len;
		}
	}
	return columns;
}

static void
append_percent(StringInfo line, double weight, double total)
{
	double		share = weight / total;

	if (!(total > 0.0))
		appendStringInfoString(line, "     -");
	else if (weight > 0.0 && share < 0.0005)
		appendStringInfoString(line, " <0.1%");
	else if (weight < total && share >= 0.9995)
		appendStringInfoString(line, ">99.9%");
	else
		appendStringInfo(line, "%5.1f%%", share * 100.0);
}

/* Any weight shows, however small */
static void
append_bar(StringInfo line, double share_of_largest, int width)
{
	int			parts = has_blocks() ? EIGHTHS : 1;
	int			length = Max((int) (share_of_largest * width * parts + 0.5), 1);

	for (int i = 0; i < length / parts; i++)
		appendStringInfoString(line, has_blocks() ? "█" : "#");
	if (length % parts > 0)
	{
		/* U+2588 is a full block; the next seven lack an eighth more each */
		char		block[] = {'\xE2', '\x96', (char) (0x90 - length % parts), '\0'};

		appendStringInfoString(line, block);
	}
}

static text *
format_line(const Bars *bars, const Bar *bar, int side)
{
	StringInfoData line;
	int			columns = 0;
	double		weight = bar->weights[side];
	double		total = bars->totals[side];

	initStringInfo(&line);
	if (side == 0)
		columns = append_label(&line, bar->label);
	appendStringInfoSpaces(&line, bars->label_columns - columns + 1);
	if (bars->sides > 1)
		appendStringInfoString(&line, side == 0 ? "p " : "q ");
	append_percent(&line, weight, total);
	if (total > 0.0 && weight > 0.0)
	{
		appendStringInfoChar(&line, ' ');
		append_bar(&line, weight / total / bars->largest, bars->width);
	}
	return cstring_to_text_with_len(line.data, line.len);
}

/* Numbers among intervals, such as the 0 of log_bin_label(), are where they are on the line */
static void
sort_bars(Bars *bars, bool has_intervals)
{
	for (uint32 i = 0; i < bars->count && has_intervals; i++)
	{
		CHECK_FOR_INTERRUPTS();
		place_among_intervals(bars->bars[i].label, &bars->bars[i].place);
	}
	qsort(bars->bars, bars->count, sizeof(Bar), compare_bars);
}

static void
measure_bars(Bars *bars)
{
	StringInfoData line;
	bool		has_intervals = false;

	initStringInfo(&line);
	for (uint32 i = 0; i < bars->count; i++)
	{
		Bar		   *bar = &bars->bars[i];

		CHECK_FOR_INTERRUPTS();
		bar->place = place_of_label(bar->label);
		has_intervals = has_intervals || bar->place.kind == INTERVAL;
		resetStringInfo(&line);
		bars->label_columns = Max(bars->label_columns, append_label(&line, bar->label));
		for (int side = 0; side < bars->sides; side++)
			if (bars->totals[side] > 0.0)
				bars->largest = Max(bars->largest, bar->weights[side] / bars->totals[side]);
	}
	pfree(line.data);
	sort_bars(bars, has_intervals);
}

static Bars *
bars_of_arguments(FunctionCallInfo fcinfo, int sides)
{
	Bars	   *bars = palloc0(sizeof(Bars));
	const Histogram *p = PG_GETARG_HISTOGRAM_COPY(0);
	const Histogram *q = sides > 1 ? PG_GETARG_HISTOGRAM_COPY(1) : p;
	Merge		merge = begin_merge(p, q);
	MatchedBin		pair;
	uint64		label_bytes;
	Size		count = union_count(p, q, &label_bytes);

	bars->width = PG_GETARG_INT32(sides);
	if (bars->width < 1 || bars->width > MAX_WIDTH)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("width must be between 1 and %d", MAX_WIDTH),
				 errdetail("Argument \"width\" is %d.", bars->width)));
	if (count > MaxAllocHugeSize / sizeof(Bar))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("histogram has too many bins to be shown"),
				 errhint("histogram_top() keeps the heaviest ones.")));
	bars->sides = sides;
	bars->totals[0] = p->total;
	bars->totals[1] = q->total;
	bars->bars = MemoryContextAllocHuge(CurrentMemoryContext, Max(count, 1) * sizeof(Bar));
	while (next_bin(&merge, &pair))
		bars->bars[bars->count++] = (Bar) {.label = pair.label, .weights = {pair.p, pair.q}};
	measure_bars(bars);
	return bars;
}

static Datum
next_line(FunctionCallInfo fcinfo, int sides)
{
	FuncCallContext *context;
	const Bars *bars;
	text	   *line;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;

		context = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(context->multi_call_memory_ctx);
		bars = bars_of_arguments(fcinfo, sides);
		context->user_fctx = unconstify(Bars *, bars);
		context->max_calls = (uint64) bars->count * sides;
		MemoryContextSwitchTo(caller);
	}
	context = SRF_PERCALL_SETUP();
	if (context->call_cntr >= context->max_calls)
		SRF_RETURN_DONE(context);
	bars = context->user_fctx;
	line = format_line(bars, &bars->bars[context->call_cntr / sides], (int) (context->call_cntr % sides));
	SRF_RETURN_NEXT(context, PointerGetDatum(line));
}

/* histogram_bars(h, width): a line for each bin */
SQL_FUNCTION(kldiv_histogram_bars)
{
	return next_line(fcinfo, 1);
}

/* histogram_bars(p, q, width): two lines for each label of either side, p's and q's */
SQL_FUNCTION(kldiv_histogram_bars_of_two)
{
	return next_line(fcinfo, 2);
}
