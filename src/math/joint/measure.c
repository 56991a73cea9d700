/*-------------------------------------------------------------------------
 *
 * measure.c
 *	  The table of measures of dependence.
 *
 *-------------------------------------------------------------------------
 */
#include "math/joint/measure.h"

#include <stddef.h>

static bool
information(const Dependence *dependence, double *value)
{
	*value = dependence->information;
	return true;
}

static bool
left_open(const Dependence *dependence, double *value)
{
	*value = dependence->x_left_open;
	return true;
}

/* With nothing to explain on either side, there is no share of it, as there is no correlation with a constant */
static bool
share_of_mean_entropy(const Dependence *dependence, double *value)
{
	double		entropies = dependence->x_entropy + dependence->y_entropy;

	if (!(entropies > 0.0))
		return false;
	*value = dependence->y_determines_x && dependence->x_determines_y ? 1.0 : 2.0 * dependence->information / entropies;
	return true;
}

static bool
share_of_entropy(const Dependence *dependence, double *value)
{
	if (!(dependence->x_entropy > 0.0))
		return false;
	*value = dependence->y_determines_x ? 1.0 : dependence->information / dependence->x_entropy;
	return true;
}

/* D(P_XY || P_X P_Y): T. M. Cover, J. A. Thomas, Elements of Information Theory, 2nd ed. (2006), 2.3 */
const DependenceMeasure mutual_information_measure = {
	.name = "mutual_information",
	.description = "what one variable says about the other: relative entropy of the joint distribution to independence",
	.symmetric = true,
	.takes_base = true,
	.of_left_open = false,
	.value = information
};

/* H(X|Y) = H(X) - I(X;Y): ibid., 2.2 */
const DependenceMeasure conditional_entropy_measure = {
	.name = "conditional_entropy",
	.description = "what is left open of x where y is known",
	.symmetric = false,
	.takes_base = true,
	.of_left_open = true,
	.value = left_open
};

/*
 * I relative to the mean of the entropies: T. O. Kvalseth, Entropy and
 * correlation: some comments, IEEE Transactions on Systems, Man, and Cybernetics
 * 17 (1987).  The V-measure of clusterings is the same: A. Rosenberg, J.
 * Hirschberg, V-measure, EMNLP-CoNLL (2007).
 */
const DependenceMeasure normalized_mutual_information_measure = {
	.name = "normalized_mutual_information",
	.description = "mutual information relative to the mean of both entropies",
	.symmetric = true,
	.takes_base = false,
	.of_left_open = false,
	.value = share_of_mean_entropy
};

/* The uncertainty coefficient: H. Theil, On the estimation of relationships involving qualitative variables, American Journal of Sociology 76 (1970) */
const DependenceMeasure theils_u_measure = {
	.name = "theils_u",
	.description = "the share of the entropy of x that y explains",
	.symmetric = false,
	.takes_base = false,
	.of_left_open = false,
	.value = share_of_entropy
};

#define IN_TABLE(name) &name ## _measure,

const DependenceMeasure *const dependence_measures[] = {
	FOR_EACH_DEPENDENCE_MEASURE(IN_TABLE)
	NULL
};
