/*-------------------------------------------------------------------------
 *
 * sums.c
 *	  The sum kernels: for each kernel of the families, loops over its terms;
 *	  and the table of all that is built for an instruction set.
 *
 *-------------------------------------------------------------------------
 */
#include "math/pair/loops.h"
#include "math/pair/vector.h"

#define DEFINE_SUM(name, series, padding) \
static void \
name ## _kernel(const Bins *bins, const KernelArguments *arguments, Block *block, double *slots) \
{ \
	sum_bins(bins, arguments, block, slots, name ## _terms, series, padding); \
}

#define DEFINE_MAXIMUM(name) \
static void \
name ## _kernel(const Bins *bins, const KernelArguments *arguments, Block *block, double *slots) \
{ \
	find_largest(bins, arguments, block, slots, name ## _term); \
}

FOR_EACH_KERNEL(DEFINE_SUM, DEFINE_MAXIMUM)

#define LIST_SUM(name, series, padding) [KERNEL_ ## name] = {name ## _kernel, false},
#define LIST_MAXIMUM(name) [KERNEL_ ## name] = {name ## _kernel, true},

const VectorFunctions VECTOR(vector_functions) = {
	.block_totals = VECTOR(block_totals),
	.block_plain_totals = VECTOR(block_plain_totals),
	.collect_few = VECTOR(collect_few),
	.widen = VECTOR(widen),
	.kernels = {
		FOR_EACH_KERNEL(LIST_SUM, LIST_MAXIMUM)
	},
	.panel_kernels = {
		[PANEL_ENTROPIES] = VECTOR(panel_entropies),
		[PANEL_PRODUCTS] = VECTOR(panel_products),
		[PANEL_DIFFERENCES] = VECTOR(panel_differences),
		[PANEL_SQUARES] = VECTOR(panel_squares),
		[PANEL_DISTANCES] = VECTOR(panel_distances),
		[PANEL_LARGEST] = VECTOR(panel_largest),
	},
	.panel_preparations = {
		[PREPARE_ENTROPIES] = VECTOR(prepare_entropies),
		[PREPARE_RELATIVE_ENTROPIES] = VECTOR(prepare_relative_entropies),
		[PREPARE_SURPRISALS] = VECTOR(prepare_surprisals),
		[PREPARE_LOGARITHMS] = VECTOR(prepare_logarithms),
		[PREPARE_ROOTS] = VECTOR(prepare_roots),
		[PREPARE_MASSES] = VECTOR(prepare_masses),
	},
	.filter = {
		.shares = VECTOR(filter_shares),
		.products = VECTOR(filter_products),
		.entropy_of_sum = VECTOR(filter_entropy_of_sum),
	},
	.logits = {
		.range = VECTOR(range_of_logits),
		.sum_pair = VECTOR(sum_logit_pair),
		.sum = VECTOR(sum_logits),
	},
	.joint = {
		.add_to_rows = VECTOR(add_to_rows),
		.add_to_columns = VECTOR(add_to_columns),
		.terms = VECTOR(joint_terms),
		.open_terms = VECTOR(open_terms),
	}
};
