--
-- Ordered data: p-values of ks_statistic
--

CREATE FUNCTION ks_p_value(statistic float8, n_p float8, n_q float8)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_ks_p_value'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION ks_p_value(float8, float8, float8) IS
'the probability that samples of n_p and n_q values of one distribution have this ks_statistic or a larger one; exact up to n_p n_q = 10^7 and for small samples, else by Kolmogorov''s limit; NULL for a sample of 0 values';
