--
-- Statistics: values of a divergence that chance exceeds, and that samples can show
--

CREATE FUNCTION divergence_critical_value(bins bigint, n_p float8, n_q float8, measure text DEFAULT 'psi', level float8 DEFAULT 0.05, alpha float8 DEFAULT NULL)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_divergence_critical_value'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION divergence_critical_value(bigint, float8, float8, text, float8, float8) IS
'what the measure of samples of n_p and n_q observations from one distribution exceeds with probability level, where each bin expects 20 or more; in nats; n may be Infinity; NULL if nothing was observed; alpha if the measure takes one';

CREATE FUNCTION detectable_divergence(bins bigint, n_p float8, n_q float8, measure text DEFAULT 'psi', level float8 DEFAULT 0.05, power float8 DEFAULT 0.8, alpha float8 DEFAULT NULL)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_detectable_divergence'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION detectable_divergence(bigint, float8, float8, text, float8, float8, float8) IS
'the measure of a difference that samples of n_p and n_q observations show, by exceeding the critical value of level, with probability power; in nats; n may be Infinity; proportional to 1/n_p + 1/n_q (its root for distances); NULL if nothing was observed';
