--
-- Ordered data: estimates from samples, without bins
--

CREATE FUNCTION knn_kl_divergence(x float8[], y float8[], k integer DEFAULT 5, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_knn_kl_divergence'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION knn_kl_divergence(float8[], float8[], integer, float8) IS
'estimate of the divergence of Kullback and Leibler between the distributions of two samples of values, by k-th nearest neighbours; may be negative near 0; in nats, or as base says; NULL if there are too few values';

-- Not STRICT: an option that is NULL is one that was not given.

CREATE FUNCTION differential_entropy(x float8[], method text DEFAULT 'auto', window_length integer DEFAULT NULL, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_differential_entropy'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION differential_entropy(float8[], text, integer, float8) IS
'estimate of the entropy of the density that a sample of values is of, by spacings; method auto, vasicek, ebrahimi or van_es; in nats, or as base says; NULL if there are fewer than 5 values';
