--
-- Models: log-probabilities of tokens that were sampled
--

CREATE FUNCTION sampled_kl_divergence(logprob float8, ref_logprob float8, estimator text DEFAULT 'k3')
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_sampled_kl_divergence'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;

COMMENT ON FUNCTION sampled_kl_divergence(float8, float8, text) IS
'estimate of the Kullback-Leibler divergence from the model that a token was sampled from to a reference, by its log-probability in both; estimator k3 (e^d - 1 - d, d = ref_logprob - logprob), k1 (-d) or k2 (d^2/2); in nats';

CREATE FUNCTION sampled_kl_divergence(logprob float8[], ref_logprob float8[], estimator text DEFAULT 'k3')
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_sampled_kl_divergence_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION sampled_kl_divergence(float8[], float8[], text) IS
'mean over tokens of the estimate of the Kullback-Leibler divergence from the model that they were sampled from to a reference; a NULL on either side masks a token; estimator k3, k1 or k2; in nats; NULL if no token is left';
