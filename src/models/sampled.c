/*-------------------------------------------------------------------------
 *
 * sampled.c
 *	  sampled_kl_divergence: estimates from tokens that were sampled from p.
 *
 * For both: logprob is the logarithm of the probability, or density, under the
 * model that was sampled, which has to be finite; ref_logprob that under the
 * reference, which may be -Infinity: then the estimate is Infinity.  Nothing is
 * clamped.  k3, the default, and k2 are from 0 to Infinity, k1 may be negative;
 * in nats.  An estimator that is NULL gives NULL.  The formulas are in
 * math/models/log_probabilities.c.
 *
 *-------------------------------------------------------------------------
 */
#include "kldiv.h"

#include "miscadmin.h"

#include "input/arrays.h"
#include "input/numbers.h"
#include "input/parameters.h"
#include "input/real_arrays.h"
#include "math/models/log_probabilities.h"
#include "math/models/term_sum.h"

static SampledEstimator
estimator_argument(FunctionCallInfo fcinfo)
{
	return (SampledEstimator) choice_argument(fcinfo, 2, "estimator", sampled_estimator_names);
}

/* sampled_kl_divergence(logprob, ref_logprob, estimator) of one token */
SQL_FUNCTION(kldiv_sampled_kl_divergence)
{
	SampledEstimator estimator = estimator_argument(fcinfo);
	double		logprob = number_argument(fcinfo, 0, "logprob", A_FINITE_NUMBER);
	double		ref_logprob = number_argument(fcinfo, 1, "ref_logprob", A_LOGARITHM);

	PG_RETURN_FLOAT8(sampled_kl_divergence(estimator, logprob, ref_logprob) + 0.0);
}

/*
 * sampled_kl_divergence(logprob, ref_logprob, estimator): the mean over the
 * tokens of arrays of one shape.  A token that is NULL on either side is masked,
 * whatever the other side has; NULL if none is left.
 */
SQL_FUNCTION(kldiv_sampled_kl_divergence_arrays)
{
	SampledEstimator estimator = estimator_argument(fcinfo);
	ArrayType  *logprob_array = PG_GETARG_ARRAYTYPE_P(0);
	ArrayType  *ref_array = PG_GETARG_ARRAYTYPE_P(1);
	Weights		logprobs = array_weights(logprob_array);
	Weights		refs = array_weights(ref_array);
	TermSum		sum = {.infinite = false};
	size_t		next_logprob = 0;
	size_t		next_ref = 0;
	size_t		tokens = 0;

	check_same_shape(logprob_array, "logprob", ref_array, "ref_logprob");
	for (size_t i = 0; i < logprobs.count; i++)
	{
		bool		has_logprob = is_present(&logprobs, i);
		bool		has_ref = is_present(&refs, i);
		double		logprob = has_logprob ? logprobs.values[next_logprob++] : 0.0;
		double		ref_logprob = has_ref ? refs.values[next_ref++] : 0.0;

		CHECK_FOR_INTERRUPTS();
		if (!has_logprob || !has_ref)
			continue;
		checked_number(logprob, "logprob", i + 1, A_FINITE_NUMBER);
		checked_number(ref_logprob, "ref_logprob", i + 1, A_LOGARITHM);
		add_term(&sum, sampled_kl_divergence(estimator, logprob, ref_logprob));
		tokens++;
	}
	if (tokens == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(sum_over(&sum, (double) tokens) + 0.0);
}

REAL_TWIN(kldiv_sampled_kl_divergence_arrays, ARRAY_ARGUMENT(0) | ARRAY_ARGUMENT(1))
