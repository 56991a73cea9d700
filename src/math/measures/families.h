/*-------------------------------------------------------------------------
 *
 * families.h
 *	  The families of measures.
 *
 * A family is a pair of files of this folder.  Its header names what it has:
 * measures, states for rows and, for the other side of the wall, kernels and
 * their terms.  A new family is a new pair and its lines here.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_FAMILIES_H
#define KLDIV_FAMILIES_H

#include "math/measures/chi_square.h"
#include "math/measures/entropy.h"
#include "math/measures/hellinger.h"
#include "math/measures/jeffreys.h"
#include "math/measures/jensen_shannon.h"
#include "math/measures/relative_entropy.h"
#include "math/measures/renyi.h"
#include "math/measures/variation.h"
#include "math/statistics/pooled.h"

/* macro(name): NAME_measure is the measure, name that of its SQL functions */
#define FOR_EACH_MEASURE(macro) \
	ENTROPY_MEASURES(macro) \
	RELATIVE_ENTROPY_MEASURES(macro) \
	JEFFREYS_MEASURES(macro) \
	JENSEN_SHANNON_MEASURES(macro) \
	RENYI_MEASURES(macro) \
	HELLINGER_MEASURES(macro) \
	VARIATION_MEASURES(macro) \
	CHI_SQUARE_MEASURES(macro)

/* macro(name, code): NAME_rows is a kind of state for rows, the code its number in states, which outlive releases */
#define FOR_EACH_ROW_FAMILY(macro) \
	ENTROPY_ROW_FAMILIES(macro) \
	RELATIVE_ENTROPY_ROW_FAMILIES(macro) \
	JEFFREYS_ROW_FAMILIES(macro) \
	RENYI_ROW_FAMILIES(macro) \
	HELLINGER_ROW_FAMILIES(macro) \
	CHI_SQUARE_ROW_FAMILIES(macro)

#ifndef POSTGRES_H

/* sum(name, series, padding) or maximum(name): name_terms() or name_term() is what is added up: see sums.c */
#define FOR_EACH_KERNEL(sum, maximum) \
	sum(excess, 0, PADDED_WITH_ZEROS) \
	ENTROPY_KERNELS(sum, maximum) \
	RELATIVE_ENTROPY_KERNELS(sum, maximum) \
	JEFFREYS_KERNELS(sum, maximum) \
	JENSEN_SHANNON_KERNELS(sum, maximum) \
	RENYI_KERNELS(sum, maximum) \
	HELLINGER_KERNELS(sum, maximum) \
	VARIATION_KERNELS(sum, maximum) \
	CHI_SQUARE_KERNELS(sum, maximum) \
	POOLED_KERNELS(sum, maximum)

#define SUM_KERNEL_NUMBER(name, series, padding) KERNEL_ ## name,
#define MAXIMUM_KERNEL_NUMBER(name) KERNEL_ ## name,

typedef enum Kernel
{
	KERNEL_NONE,
	FOR_EACH_KERNEL(SUM_KERNEL_NUMBER, MAXIMUM_KERNEL_NUMBER)
	KERNEL_COUNT
} Kernel;

#endif							/* POSTGRES_H */

#endif							/* KLDIV_FAMILIES_H */
