--
-- Statistics: the entropy of the distribution that counts are a sample of
--

CREATE FUNCTION entropy_estimate(p float8[], estimator text DEFAULT 'chao_wang_jost', base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_entropy_estimate_array'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION entropy_estimate(float8[], text, float8) IS
'entropy of the distribution that the counts p are a sample of, bins that were not seen included; estimator chao_wang_jost, chao_shen, miller_madow or shrink; in nats, or as base says; NULL if nothing was observed';

CREATE FUNCTION entropy_estimate(p histogram, estimator text DEFAULT 'chao_wang_jost', base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_entropy_estimate_histogram'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION entropy_estimate(histogram, text, float8) IS
'entropy of the distribution that the counts p are a sample of, bins that were not seen included; estimator chao_wang_jost, chao_shen, miller_madow or shrink; in nats, or as base says; NULL if nothing was observed';
