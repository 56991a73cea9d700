--
-- Distributions that are given by logits, or by log-probabilities
--
-- STRICT: a NULL array or parameter gives NULL; a NULL element is a share of 0, as -Infinity is.
--

CREATE FUNCTION softmax_kl_divergence(p float8[], q float8[], temperature float8 DEFAULT 1, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_softmax_kl_divergence'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION softmax_kl_divergence(float8[], float8[], float8, float8) IS
'Kullback-Leibler divergence of softmax(p/temperature) from the reference softmax(q/temperature), both logits, in nats, or in the unit of base; 0 only if equal; Infinity where only q is -Infinity; NULL if all of a side is';

CREATE FUNCTION softmax_cross_entropy(label bigint, logits float8[], temperature float8 DEFAULT 1, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_softmax_cross_entropy_label'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION softmax_cross_entropy(bigint, float8[], float8, float8) IS
'-ln of the element of softmax(logits/temperature) that label counts from 1, in nats, or in the unit of base; Infinity if its logit is -Infinity; NULL if all are';

CREATE FUNCTION softmax_cross_entropy(p float8[], logits float8[], temperature float8 DEFAULT 1, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_softmax_cross_entropy_distribution'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION softmax_cross_entropy(float8[], float8[], float8, float8) IS
'-sum p ln softmax(logits/temperature) of the shares of weights p, in nats, or in the unit of base; Infinity where p > 0 and the logit is -Infinity; NULL if nothing was observed, or all logits are -Infinity';

CREATE FUNCTION softmax_entropy(logits float8[], temperature float8 DEFAULT 1, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_softmax_entropy'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION softmax_entropy(float8[], float8, float8) IS
'Shannon entropy of softmax(logits/temperature) in nats, or in the unit of base; from 0 to ln of the number of elements; NULL if all are -Infinity';

CREATE FUNCTION logsumexp(x float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_logsumexp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION logsumexp(float8[]) IS
'ln sum exp(x), whatever the range of exp; -Infinity if all are; NULL if there are none';

-- Not STRICT: a row that is NULL is none.  The state is a float8[], so that partial aggregates travel as they are.

CREATE FUNCTION kldiv_logsumexp_transition(state float8[], logit float8)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_logsumexp_transition'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_logsumexp_transition(float8[], float8) IS
'implementation of kldiv aggregates: adds a row';

CREATE FUNCTION kldiv_logsumexp_combine(state float8[], other float8[])
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_logsumexp_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION kldiv_logsumexp_combine(float8[], float8[]) IS
'implementation of kldiv aggregates: adds a state';

CREATE FUNCTION kldiv_logsumexp_final(state float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_logsumexp_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_logsumexp_final(float8[]) IS
'implementation of kldiv aggregates: the value';

CREATE AGGREGATE logsumexp(logit float8) (
	SFUNC = kldiv_logsumexp_transition, STYPE = float8[], SSPACE = 64,
	FINALFUNC = kldiv_logsumexp_final, COMBINEFUNC = kldiv_logsumexp_combine, PARALLEL = SAFE
);

COMMENT ON AGGREGATE logsumexp(float8) IS
'ln sum exp(logit) over the rows of a group, whatever the range of exp; -Infinity if all are; NULL if there are none';
