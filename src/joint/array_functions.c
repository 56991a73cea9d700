/*-------------------------------------------------------------------------
 *
 * array_functions.c
 *	  Measures of dependence over arrays of two dimensions.
 *
 * A cell is the weight of a value of x, its row, together with one of y, its
 * column: a count or a probability.  NULL weighs 0; negative weights, NaN and
 * infinities are errors (22023), and so is an array that has not two dimensions
 * (2202E).  NULL if the argument is NULL, or nothing was observed.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "input/arrays.h"
#include "input/findings.h"
#include "input/real_arrays.h"
#include "joint/joint.h"
#include "parallel/threads.h"

/* Two columns of arrays and numbers look like a table and a base */
static const char advice[] = "The dependence of two columns, of which one has arrays, is that of its texts: x::text, y. Two samples are compared by jsd(p, q) and its kin.";

/* False if it has no cells */
static bool
table_of_array(ArrayType *array, JointTable *table)
{
	Weights		weights = table_weights(array, "joint", advice);

	if (weights.count == 0)
		return false;
	*table = (JointTable) {weights.values, (size_t) ARR_DIMS(array)[0], (size_t) ARR_DIMS(array)[1]};
	return true;
}

static Datum
value_of_array(FunctionCallInfo fcinfo, const DependenceMeasure *measure)
{
	JointTable	table;
	double		base = base_argument(fcinfo, 1, measure);

	if (!table_of_array(PG_GETARG_ARRAYTYPE_P(0), &table))
		PG_RETURN_NULL();
	return return_dependence_of_table(fcinfo, measure, &table, base);
}

/*
 * mutual_information(joint, base), from 0 to the smaller one of the entropies of
 * x and y; conditional_entropy(joint, base), of x where y is known, from 0 to the
 * entropy of x; theils_u(joint), mutual information relative to the entropy of
 * x, and normalized_mutual_information(joint), relative to the mean of both, from
 * 0 to 1, and NULL where that is 0.
 */
#define DEFINE_ARRAY_FUNCTION(name) \
SQL_FUNCTION(kldiv_ ## name ## _array) \
{ \
	return value_of_array(fcinfo, &name ## _measure); \
} \
\
REAL_TWIN(kldiv_ ## name ## _array, ARRAY_ARGUMENT(0))

FOR_EACH_DEPENDENCE_MEASURE(DEFINE_ARRAY_FUNCTION)

/*
 * product_of_margins(joint): what the cells weigh if rows and columns with the
 * same totals are independent, r c/N; of the same shape, total and margins.
 */
SQL_FUNCTION(kldiv_product_of_margins_array)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	JointTable	table;
	ArrayType  *product;
	double	   *room;
	Finding		finding;

	if (!table_of_array(array, &table))
		PG_RETURN_NULL();
	product = new_weight_array(2, ARR_DIMS(array), ARR_LBOUND(array));
	room = allocate_margins(table.rows, table.columns);
	product_of_margins(&table, room, run_slabs_interruptibly, &finding, (double *) ARR_DATA_PTR(product));
	report_finding_with_advice(&finding, "joint", "joint", NULL);
	if (finding.judgement == NOTHING_OBSERVED)
		PG_RETURN_NULL();
	PG_RETURN_ARRAYTYPE_P(product);
}

REAL_TWIN(kldiv_product_of_margins_array, ARRAY_ARGUMENT(0))
