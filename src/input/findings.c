/*-------------------------------------------------------------------------
 *
 * findings.c
 *	  The door between what is found wrong with weights and errors.
 *
 *-------------------------------------------------------------------------
 */
#include "input/findings.h"

#include <math.h>

#include "utils/float.h"

#include "math/pair/value.h"
#include "parallel/threads.h"

void
report_finding(const Finding *finding, const char *p_name, const char *q_name)
{
	report_finding_with_advice(finding, p_name, q_name, "Compare logits or log-probabilities by softmax_kl_divergence(), or make weights of them by softmax().");
}

void
report_finding_with_advice(const Finding *finding, const char *p_name, const char *q_name, const char *if_negative)
{
	const char *name = finding->in_reference ? q_name : p_name;
	const char *problem = NULL;

	switch (finding->judgement)
	{
		case WEIGHTS_VALID:
		case NOTHING_OBSERVED:
			return;
		case TOTAL_OVERFLOWS:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("total of the weights is out of range"),
					 errdetail("The weights of argument \"%s\" add up to more than double precision can hold.",
							   name),
					 errhint("Divide all of them by the same number; only their proportions matter.")));
			break;
		case WEIGHT_NEGATIVE:
			problem = "weight must not be negative";
			break;
		case WEIGHT_NOT_A_NUMBER:
			problem = "weight must not be NaN";
			break;
		case WEIGHT_INFINITE:
			problem = "weight must be finite";
			break;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s", problem),
			 errdetail("Argument \"%s\" has %s at position %zu.",
					   name, float8out_internal(finding->value), finding->position + 1),
			 finding->judgement == WEIGHT_NEGATIVE && if_negative != NULL ? errhint("%s", if_negative) : 0));
}

void
report_logit(const Finding *finding, const char *name)
{
	if (finding->judgement == WEIGHTS_VALID || finding->judgement == NOTHING_OBSERVED)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("logit must be a finite number or -Infinity"),
			 errdetail("Argument \"%s\" has %s at position %zu.",
					   name, float8out_internal(finding->value), finding->position + 1)));
}

void
refuse_logit(double logit, const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("logit must be a finite number or -Infinity"),
			 errdetail("Argument \"%s\" is %s in a row.", name, float8out_internal(logit))));
	pg_unreachable();
}

void
refuse_weight(double weight, const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 isnan(weight) ? errmsg("weight must not be NaN") :
			 isinf(weight) ? errmsg("weight must be finite") : errmsg("weight must not be negative"),
			 errdetail("Argument \"%s\" is %s in a row.", name, float8out_internal(weight)),
			 weight < 0.0 && !isinf(weight) ?
			 errhint("If these are logits or log-probabilities, exp(x) makes weights of them.") : 0));
	pg_unreachable();
}

void
report_rows(Judgement judgement)
{
	if (judgement == TOTAL_OVERFLOWS)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("total of the weights is out of range"),
				 errhint("Divide all of them by the same number; only their proportions matter.")));
}

Datum
value_of_weights_in_general(FunctionCallInfo fcinfo, const Measure *measure, const Weights *p, const Weights *q,
							const Parameters *parameters)
{
	Finding		finding;
	double		value = evaluate_measure(measure, p, q, parameters, runner_for_measure(measure, p->count), &finding);

	report_finding(&finding, "p", "q");
	if (finding.judgement == NOTHING_OBSERVED)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}

Datum
value_of_weights(FunctionCallInfo fcinfo, const Measure *measure, const Weights *p, const Weights *q,
				 const Parameters *parameters)
{
	double		value;

	if (is_dense(p) && is_dense(q) && evaluate_few(measure, p->values, q->values, p->count, parameters, &value))
		PG_RETURN_FLOAT8(value);
	return value_of_weights_in_general(fcinfo, measure, p, q, parameters);
}
