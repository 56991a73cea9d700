--
-- Measures over arrays
--
-- STRICT: a NULL array or parameter gives NULL; a NULL element is a bin of weight 0.
--

CREATE FUNCTION entropy(p float8[], base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_entropy_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION entropy(float8[], float8) IS
'-sum p ln p of the shares of p: Shannon entropy in nats, or in the unit of base (2: bits); from 0 to ln of the number of bins; NULL if nothing was observed';

CREATE FUNCTION perplexity(p float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_perplexity_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION perplexity(float8[]) IS
'exp of the entropy in nats: the effective number of bins, from 1 to the number of bins; NULL if nothing was observed';

CREATE FUNCTION renyi_entropy(p float8[], alpha float8, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_renyi_entropy_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION renyi_entropy(float8[], float8, float8) IS
'1/(1-alpha) ln sum p^alpha: Renyi entropy of order alpha in nats, or in the unit of base; order 0: Hartley, 1: Shannon, Infinity: min-entropy; NULL if nothing was observed';

CREATE FUNCTION cross_entropy(p float8[], q float8[], base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_cross_entropy_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION cross_entropy(float8[], float8[], float8, float8) IS
'-sum p ln q: cross-entropy of p relative to the reference q in nats, or in the unit of base; Infinity where p > 0 and q = 0; NULL if nothing was observed on a side';

CREATE FUNCTION kl_divergence(p float8[], q float8[], base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_kl_divergence_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kl_divergence(float8[], float8[], float8, float8) IS
'sum p ln(p/q): Kullback-Leibler divergence of p from the reference q in nats, or in the unit of base; 0 only if equal; Infinity where p > 0 and q = 0; NULL if nothing was observed on a side';

CREATE FUNCTION jeffreys_divergence(p float8[], q float8[], base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_jeffreys_divergence_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION jeffreys_divergence(float8[], float8[], float8, float8) IS
'sum (p-q) ln(p/q): Jeffreys divergence, KL in both directions, in nats or in the unit of base; symmetric; Infinity where only one of p and q is 0; NULL if nothing was observed on a side';

CREATE FUNCTION jsd(p float8[], q float8[], base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_jsd_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION jsd(float8[], float8[], float8, float8) IS
'Jensen-Shannon divergence (not its root) in nats, or in the unit of base; symmetric; from 0 to ln 2 (1 bit); NULL if nothing was observed on a side';

CREATE FUNCTION js_distance(p float8[], q float8[], base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_js_distance_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION js_distance(float8[], float8[], float8, float8) IS
'square root of the Jensen-Shannon divergence, a metric; symmetric; from 0 to sqrt(ln 2), or to 1 with base 2; NULL if nothing was observed on a side';

CREATE FUNCTION renyi(p float8[], q float8[], alpha float8, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_renyi_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION renyi(float8[], float8[], float8, float8, float8) IS
'1/(alpha-1) ln sum p^alpha q^(1-alpha): Renyi divergence of order alpha of p from the reference q in nats, or in the unit of base; order 1: KL, Infinity: ln max p/q; NULL if nothing was observed on a side';

CREATE FUNCTION hellinger_distance(p float8[], q float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_hellinger_distance_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION hellinger_distance(float8[], float8[]) IS
'sqrt(1 - sum sqrt(p q)): Hellinger distance, a metric; symmetric; from 0 to 1; NULL if nothing was observed on a side';

CREATE FUNCTION bhattacharyya_distance(p float8[], q float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_bhattacharyya_distance_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION bhattacharyya_distance(float8[], float8[]) IS
'-ln sum sqrt(p q): Bhattacharyya distance in nats; symmetric; Infinity if p and q have no bin in common; NULL if nothing was observed on a side';

CREATE FUNCTION total_variation(p float8[], q float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_total_variation_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION total_variation(float8[], float8[]) IS
'half of sum |p-q|: total variation distance, a metric; symmetric; from 0 to 1; NULL if nothing was observed on a side';

CREATE FUNCTION l_infinity(p float8[], q float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_l_infinity_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION l_infinity(float8[], float8[]) IS
'max |p-q|: the largest difference of shares, a metric; symmetric; from 0 to 1; NULL if nothing was observed on a side';

CREATE FUNCTION chi_square_divergence(p float8[], q float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_chi_square_divergence_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chi_square_divergence(float8[], float8[]) IS
'sum (p-q)^2/q: Pearson chi-square divergence of p from the reference q (the test statistic is N times it); Infinity where p > 0 and q = 0; NULL if nothing was observed on a side';

CREATE FUNCTION psi(p float8[], q float8[], empty float8 DEFAULT 0.0001)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_psi_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION psi(float8[], float8[], float8) IS
'sum (p-q) ln(p/q): population stability index in nats, where a share of exactly 0 counts as empty; symmetric; NULL if nothing was observed on a side';
