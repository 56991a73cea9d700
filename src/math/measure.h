/*-------------------------------------------------------------------------
 *
 * measure.h
 *	  The measures, and what others have to know of the kernels to use them.
 *
 * Every measure is one entry of the table in measure.c.  Whoever has weights,
 * from wherever, calls evaluate_measure() with that entry.  Nothing here
 * allocates, raises errors or knows about threads: evaluation reports a
 * Finding, and hands its slabs of work to a SlabRunner.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_MEASURE_H
#define KLDIV_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Gets weights from where they are kept, a piece at a time, for one thread */
typedef struct WeightReader WeightReader;

struct WeightReader
{
	/* the weights of count bins from first on, which stay where they are until the next call */
	const double *(*read) (WeightReader *reader, size_t first, size_t count);
};

/* Weights of consecutive bins; absent ones weigh 0 */
typedef struct Weights
{
	const double *values;		/* of the bins that are present, packed; NULL if none is, or with a reader */
	const uint8_t *present;		/* a bit for each bin, or NULL if all are */
	size_t		count;			/* bins */
	ptrdiff_t	stride;			/* bytes to the values that are probably wanted next, 0 if nobody knows */
	WeightReader *reader;		/* has the values of all bins; only for evaluate_in_one_pass() */
} Weights;

/* Weights of bins that are all present */
static inline Weights
dense_weights(const double *values, size_t count)
{
	return (Weights) {.values = values, .count = count};
}

/* Whether all bins have a value, so that these can be used where they are */
static inline bool
is_dense(const Weights *weights)
{
	return weights->values != NULL && weights->present == NULL;
}

/* Whether a bin has a value; its weight is 0 if not */
static inline bool
is_present(const Weights *weights, size_t bin)
{
	if (weights->values == NULL)
		return false;
	return weights->present == NULL || (weights->present[bin / 8] >> (bin % 8) & 1) != 0;
}

/* What a measure takes besides weights; a set of these bits describes a measure */
#define TAKES_REFERENCE		0x01	/* a second distribution, q */
#define TAKES_ORDER			0x02
#define TAKES_BASE			0x04
#define TAKES_PSEUDOCOUNT	0x08
#define TAKES_EMPTY			0x10

typedef struct Parameters
{
	double		order;			/* alpha, from 0 to infinity */
	double		base;			/* of the logarithm */
	double		pseudocount;	/* added to every weight */
	double		empty;			/* share that an empty bin is given */
} Parameters;

/* What a parameter is if nobody says otherwise; there is no default order */
#define DEFAULT_PARAMETERS {.order = 1.0, .base = 2.718281828459045, .pseudocount = 0.0, .empty = 0.0}

/* What psi gives an empty share, if nobody says otherwise */
#define DEFAULT_EMPTY 0.0001

typedef enum Judgement
{
	WEIGHTS_VALID,
	WEIGHT_NOT_A_NUMBER,
	WEIGHT_INFINITE,
	WEIGHT_NEGATIVE,
	TOTAL_OVERFLOWS,
	NOTHING_OBSERVED			/* no bins or all weights 0: not an error */
} Judgement;

/* What is wrong with weights, and where */
typedef struct Finding
{
	Judgement	judgement;
	bool		in_reference;	/* in q, not p */
	size_t		position;		/* of the bin, from 0 */
	double		value;
} Finding;

typedef struct Measure Measure;

/* All measures, by their SQL names; the table in measure.c describes them */
#define FOR_EACH_MEASURE(macro) \
	macro(entropy) \
	macro(perplexity) \
	macro(renyi_entropy) \
	macro(cross_entropy) \
	macro(kl_divergence) \
	macro(jeffreys_divergence) \
	macro(jsd) \
	macro(js_distance) \
	macro(renyi) \
	macro(hellinger_distance) \
	macro(bhattacharyya_distance) \
	macro(total_variation) \
	macro(l_infinity) \
	macro(chi_square_divergence) \
	macro(psi)

#define MEASURE_IDENTIFIER(name) MEASURE_ ## name,

typedef enum MeasureIdentifier
{
	FOR_EACH_MEASURE(MEASURE_IDENTIFIER)
	MEASURE_COUNT
} MeasureIdentifier;

/*
 * Runs task(job, slab) for the slabs from first to before end, in any order
 * and from any threads; between slabs it may abandon the evaluation (longjmp).
 */
typedef void (*SlabTask) (void *job, size_t slab);
typedef void (*SlabRunner) (SlabTask task, void *job, size_t first, size_t end);

extern void run_slabs_serially(SlabTask task, void *job, size_t first, size_t end);

extern const Measure *find_measure(const char *name);
extern const Measure *get_measure(MeasureIdentifier identifier);
extern const char *measure_name(const Measure *measure);
extern unsigned measure_takes(const Measure *measure);

/*
 * The value of a measure.  p and q have equal counts; q is ignored by measures
 * of one distribution.  The value means something only if the weights are
 * found valid.
 */
extern double evaluate_measure(const Measure *measure, const Weights *p, const Weights *q,
							   const Parameters *parameters, SlabRunner run, Finding *finding);

/* Whether a measure may need but one pass over many bins */
extern bool may_need_one_pass(const Measure *measure, const Parameters *parameters);

/*
 * For such a measure, what evaluate_measure() would give, to the bit, while
 * each weight is read once, or a second time.  False if there are few bins or
 * there is more to do, or something is wrong: then the weights are needed in
 * memory.
 */
extern bool evaluate_in_one_pass(const Measure *measure, const Weights *p, const Weights *q,
								 const Parameters *parameters, SlabRunner run, double *value);

/* Whether a measure, or its square if it is a square root, is a sum over bins */
extern bool measure_is_additive(const Measure *measure);

/*
 * What each bin contributes to an additive measure, or to its square; returns
 * their sum.  All bins have to be present.  Only written if the finding is valid.
 */
extern double evaluate_contributions(const Measure *measure, const Weights *p, const Weights *q,
									 const Parameters *parameters, SlabRunner run, Finding *finding,
									 double *contributions);

/*
 * Rows: bins that come one by one.  A state belongs to a family of measures
 * that sum the same terms; it is an array of ROW_STATE_LENGTH doubles without
 * pointers, and a copy of it is a state.
 */
typedef enum RowFamily
{
	ROWS_ENTROPY = 1,
	ROWS_POWER_ENTROPY,
	ROWS_RELATIVE,
	ROWS_SYMMETRIC,
	ROWS_HELLINGER,
	ROWS_CHI_SQUARE,
	ROWS_POWER,
	ROWS_ALL_PAIRS				/* no state of fixed size will do: keep the rows */
} RowFamily;

typedef struct RowState RowState;

#define ROW_STATE_LENGTH 61

/* Whether a family's measures take an order, which begin_order() has to set */
static inline bool
family_takes_order(RowFamily family)
{
	return family == ROWS_POWER_ENTROPY || family == ROWS_POWER;
}

/* Whether the value is the same, to the bit, when the sides are exchanged */
extern bool measure_is_symmetric(const Measure *measure);
/* Whether the value is 0 if both sides are equal */
extern bool measure_is_divergence(const Measure *measure);

/* Time that a bin takes a fast CPU, all in all; for deciding how to run an evaluation */
extern double measure_nanoseconds(const Measure *measure);

extern RowFamily measure_rows(const Measure *measure);

extern void begin_rows(RowState *state, RowFamily family);
extern RowFamily row_state_family(const RowState *state);

/* NaN for NULL, as in set_rows_order() */
extern double row_state_order(const RowState *state);
extern bool is_row_state(const RowState *state, RowFamily family);

/* Order of all rows; NaN for NULL.  False if the rows so far have another one. */
extern bool set_rows_order(RowState *state, double order);

/* p and q are finite and not negative; q is 0 for a single distribution */
extern void add_row(RowState *state, RowFamily family, double p, double q);
extern void add_rows(RowState *state, const RowState *other);

/*
 * The value, which is NULL unless the judgement is WEIGHTS_VALID.  Reads a
 * copy of the state.
 */
extern double measure_of_rows(const Measure *measure, const RowState *state, Judgement *judgement);

/*
 * Judges weights with a pseudocount and gives their total.
 */
extern double judge_weights(const Weights *weights, double pseudocount,
							SlabRunner run, Finding *finding);

/* Shares of the total; judge_weights() has given it */
extern void normalise(const Weights *weights, double pseudocount, double total,
					  SlabRunner run, double *shares);

/* The root of half of each share; judge_weights() has given the total */
extern void embed_hellinger(const Weights *weights, double total, SlabRunner run, double *coordinates);

/*
 * Shares proportional to exp(logit / temperature), where -Infinity is a weight
 * of 0.  Only if the finding is valid have shares been written.
 */
extern void softmax(const Weights *logits, double temperature,
					SlabRunner run, double *shares, Finding *finding);

/* Instruction sets, narrowest first; NULL behind the last one this CPU has */
extern const char *instruction_set_name(size_t index);

/*
 * Makes evaluation use the named one, or the widest for "auto"; false if there
 * is none of that name.  For tests: all give the same bits.
 */
extern bool use_instruction_set(const char *name);

#endif							/* KLDIV_MEASURE_H */
