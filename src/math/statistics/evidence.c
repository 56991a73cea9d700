/*-------------------------------------------------------------------------
 *
 * evidence.c
 *	  Evidence against a null hypothesis that may be looked at at any time.
 *
 * The likelihood of counts x under a Dirichlet prior with mean q and
 * concentration c, over that under q: a martingale under the null hypothesis, so
 * that it ever exceeds 20 with probability 1/20 at most (J. Ville 1939).  As a
 * test: M. Lindon, A. Malek, Anytime-Valid Inference for Multinomial Count Data
 * (2022).  With b = c q its logarithm is
 *
 *		sum (ln Gamma(b + x) - ln Gamma(b) - x ln b)
 *			- (ln Gamma(c + n) - ln Gamma(c) - n ln c)
 *
 * in which logarithms of 10^8 leave 10.  With Stirling's formula and its error S
 * this is, without any cancellation,
 *
 *		sum (phi(b + x, (c + n) q) - 1/2 ln((b + x)/b) + S(b + x) - S(b))
 *			- (-1/2 ln((c + n)/c) + S(c + n) - S(c)),
 *
 * since b + x - (c + n) q = x - n q adds up to 0: phi(y, z) = y ln(y/z) - y + z
 * is never negative, and that difference is computed before it is rounded.
 *
 *-------------------------------------------------------------------------
 */
#include "math/statistics/evidence.h"

#include "math/assertions.h"
#include "math/statistics/gamma.h"

#define HALF_LOG_TWO_PI 0.91893853320467274

/* A smaller share times a concentration might be no number any more */
#define SMALL_SHARE 1e-240

/* What a bin has in common for all concentrations */
typedef struct Cell
{
	double		share;			/* q */
	double		log_share;		/* if it is a small one */
	double		count;			/* x */
	double		n;
	double		excess;			/* x - n q */
} Cell;

void
begin_evidence(Evidence *evidence, double concentration)
{
	double		next = 1.0;

	*evidence = (Evidence) {.count = isnan(concentration) ? MOST_CONCENTRATIONS : 1};
	for (int i = 0; i < evidence->count; i++, next *= 10.0)
		evidence->concentration[i] = isnan(concentration) ? next : concentration;
}

static void
add_to(Evidence *evidence, int i, double value)
{
	DoubleDouble sum = dd_add_double((DoubleDouble) {evidence->hi[i], evidence->lo[i]}, value);

	evidence->hi[i] = sum.hi;
	evidence->lo[i] = sum.lo;
}

/* As above, for b that is as good as 0: S(b) = -1/2 ln b - 1/2 ln(2 pi), and b + x = x */
static double
small_cell(const Cell *cell, double c)
{
	double		log_count;

	if (cell->count == 0.0)
		return 0.0;
	log_count = natural_log(cell->count);
	return cell->count * (log_count - natural_log(c + cell->n) - 1.0) - (cell->count - 1.0) * cell->log_share -
		0.5 * log_count + natural_log(c) + stirling_error(cell->count) + HALF_LOG_TWO_PI;
}

static double
cell_evidence(const Cell *cell, double c)
{
	double		b = c * cell->share;
	double		y = b + cell->count;
	double		z = (c + cell->n) * cell->share;
	double		phi;

	if (cell->share < SMALL_SHARE)
		return small_cell(cell, c);
	phi = reduced_phi(reduce_ratio(y, z, cell->excess), y, z);
	if (cell->count == 0.0)
		return phi;
	return phi - 0.5 * log_ratio(y, b, cell->count) + (stirling_error(y) - stirling_error(b));
}

/* What is to be taken away once for all cells that share n */
static double
total_evidence(double c, double n)
{
	return n == 0.0 ? 0.0 : -0.5 * log_ratio(c + n, c, n) + (stirling_error(c + n) - stirling_error(c));
}

/* x - n w/W, from exact products */
static double
excess_of(double x, double n, double w, double w_total)
{
	double		left_error;
	double		right_error;
	double		left = two_product(x, w_total, &left_error);
	double		right = two_product(n, w, &right_error);

	return ((left - right) + (left_error - right_error)) / w_total;
}

void
add_known(Evidence *evidence, const double *p, double p_total, const double *q, double q_total, size_t bins)
{
	/* exact, and so no product can leave the range of doubles */
	int			exponent = exponent_of(q_total);
	double		q_total_near_one = ldexp(q_total, -exponent);

	assert_that(p_total > 0.0 && q_total > 0.0);
	for (size_t bin = 0; bin < bins; bin++)
	{
		Cell		cell = {.share = q[bin] / q_total, .count = p[bin], .n = p_total};

		if (q[bin] == 0.0)
		{
			evidence->impossible = evidence->impossible || p[bin] > 0.0;
			continue;
		}
		if (cell.share < SMALL_SHARE)
			cell.log_share = dd_log_ratio(q[bin], q_total).hi;
		else
			cell.excess = excess_of(p[bin], p_total, ldexp(q[bin], -exponent), q_total_near_one);
		for (int i = 0; i < evidence->count; i++)
			add_to(evidence, i, cell_evidence(&cell, evidence->concentration[i]));
	}
}

void
end_known(Evidence *evidence, double p_total)
{
	for (int i = 0; i < evidence->count; i++)
		add_to(evidence, i, -total_evidence(evidence->concentration[i], p_total));
}

/* Each bin is a sample of two cells, whose shares are ratio and the rest */
void
add_assigned(Evidence *evidence, const double *p, const double *q, double ratio, size_t bins)
{
	double		log_ratio_of_shares = natural_log(ratio);

	for (size_t bin = 0; bin < bins; bin++)
	{
		double		n = p[bin] + q[bin];
		double		excess = excess_of(p[bin], n, ratio, 1.0);
		Cell		in_p = {ratio, log_ratio_of_shares, p[bin], n, excess};
		Cell		in_q = {1.0 - ratio, 0.0, q[bin], n, -excess};

		if (n == 0.0)
			continue;
		for (int i = 0; i < evidence->count; i++)
		{
			double		c = evidence->concentration[i];

			add_to(evidence, i, cell_evidence(&in_p, c) + cell_evidence(&in_q, c) - total_evidence(c, n));
		}
	}
}

double
log_evidence(const Evidence *evidence)
{
	double		largest = evidence->hi[0];
	double		sum = 0.0;

	if (evidence->impossible)
		return INFINITY;
	for (int i = 1; i < evidence->count; i++)
		largest = evidence->hi[i] > largest ? evidence->hi[i] : largest;
	for (int i = 0; i < evidence->count; i++)
		sum += exponential_of((evidence->hi[i] - largest) + evidence->lo[i]);
	return largest + natural_log(sum / evidence->count) + 0.0;
}

double
evidence_value(double log_evidence)
{
	return exponential_of(log_evidence);
}

double
evidence_p_value(double log_evidence)
{
	return log_evidence > 0.0 ? exponential_of(-log_evidence) : 1.0;
}
