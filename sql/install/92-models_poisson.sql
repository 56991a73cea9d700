--
-- Models: numbers of events by their rates
--

CREATE FUNCTION poisson_kl_divergence(rate_p float8, rate_q float8, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_poisson_kl_divergence'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;

COMMENT ON FUNCTION poisson_kl_divergence(float8, float8, float8) IS
'Kullback-Leibler divergence of Poisson distributions by their rates, from 0 to Infinity, in nats or what base says';
