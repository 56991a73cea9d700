/*-------------------------------------------------------------------------
 *
 * adjustment.c
 *	  P-values adjusted for how many of them there are.
 *
 * C. E. Bonferroni (1936); S. Holm, A Simple Sequentially Rejective Multiple
 * Test Procedure, Scandinavian Journal of Statistics 6 (1979); Y. Benjamini, Y.
 * Hochberg, Controlling the False Discovery Rate, Journal of the Royal
 * Statistical Society B 57 (1995); Y. Benjamini, D. Yekutieli, The Control of the
 * False Discovery Rate in Multiple Testing under Dependency, Annals of Statistics
 * 29 (2001).  As adjusted p-values: S. P. Wright, Biometrics 48 (1992).
 *
 *-------------------------------------------------------------------------
 */
#include "math/statistics/adjustment.h"

#include <stddef.h>

#include "math/statistics/gamma.h"

const char *const adjustment_names[] = {"benjamini_hochberg", "benjamini_yekutieli", "holm", "bonferroni", NULL};

Adjustment
begin_adjustment(AdjustmentMethod method, double count)
{
	Adjustment	adjustment = {.method = method, .count = count, .factor = 1.0, .rank = 1.0, .extreme = 0.0};

	if (wants_largest_first(method))
	{
		adjustment.rank = count;
		adjustment.extreme = 1.0;
	}
	/* 1 + 1/2 + ... + 1/n */
	if (method == BENJAMINI_YEKUTIELI)
		adjustment.factor = digamma_difference(count + 1.0, 1.0);
	return adjustment;
}
