--
-- Measures over histograms, and histograms as distributions
--
-- As over arrays; bins are matched by label, and a label of one side only
-- weighs 0 on the other.
--

CREATE FUNCTION entropy(p histogram, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_entropy_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION entropy(histogram, float8) IS
'-sum p ln p of the shares of p: Shannon entropy in nats, or in the unit of base (2: bits); from 0 to ln of the number of bins; NULL if nothing was observed';

CREATE FUNCTION perplexity(p histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_perplexity_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION perplexity(histogram) IS
'exp of the entropy in nats: the effective number of bins, from 1 to the number of bins; NULL if nothing was observed';

CREATE FUNCTION renyi_entropy(p histogram, alpha float8, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_renyi_entropy_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION renyi_entropy(histogram, float8, float8) IS
'1/(1-alpha) ln sum p^alpha: Renyi entropy of order alpha in nats, or in the unit of base; order 0: Hartley, 1: Shannon, Infinity: min-entropy; NULL if nothing was observed';

CREATE FUNCTION cross_entropy(p histogram, q histogram, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_cross_entropy_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION cross_entropy(histogram, histogram, float8, float8) IS
'-sum p ln q: cross-entropy of p relative to the reference q in nats, or in the unit of base; Infinity where p > 0 and q = 0; NULL if nothing was observed on a side';

CREATE FUNCTION kl_divergence(p histogram, q histogram, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_kl_divergence_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kl_divergence(histogram, histogram, float8, float8) IS
'sum p ln(p/q): Kullback-Leibler divergence of p from the reference q in nats, or in the unit of base; 0 only if equal; Infinity where p > 0 and q = 0; NULL if nothing was observed on a side';

CREATE FUNCTION jeffreys_divergence(p histogram, q histogram, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_jeffreys_divergence_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION jeffreys_divergence(histogram, histogram, float8, float8) IS
'sum (p-q) ln(p/q): Jeffreys divergence, KL in both directions, in nats or in the unit of base; symmetric; Infinity where only one of p and q is 0; NULL if nothing was observed on a side';

CREATE FUNCTION jsd(p histogram, q histogram, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_jsd_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION jsd(histogram, histogram, float8, float8) IS
'Jensen-Shannon divergence (not its root) in nats, or in the unit of base; symmetric; from 0 to ln 2 (1 bit); NULL if nothing was observed on a side';

CREATE FUNCTION js_distance(p histogram, q histogram, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_js_distance_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION js_distance(histogram, histogram, float8, float8) IS
'square root of the Jensen-Shannon divergence, a metric; symmetric; from 0 to sqrt(ln 2), or to 1 with base 2; NULL if nothing was observed on a side';

CREATE FUNCTION renyi(p histogram, q histogram, alpha float8, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_renyi_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION renyi(histogram, histogram, float8, float8, float8) IS
'1/(alpha-1) ln sum p^alpha q^(1-alpha): Renyi divergence of order alpha of p from the reference q in nats, or in the unit of base; order 1: KL, Infinity: ln max p/q; NULL if nothing was observed on a side';

CREATE FUNCTION hellinger_distance(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_hellinger_distance_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION hellinger_distance(histogram, histogram) IS
'sqrt(1 - sum sqrt(p q)): Hellinger distance, a metric; symmetric; from 0 to 1; NULL if nothing was observed on a side';

CREATE FUNCTION bhattacharyya_distance(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_bhattacharyya_distance_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION bhattacharyya_distance(histogram, histogram) IS
'-ln sum sqrt(p q): Bhattacharyya distance in nats; symmetric; Infinity if p and q have no bin in common; NULL if nothing was observed on a side';

CREATE FUNCTION total_variation(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_total_variation_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION total_variation(histogram, histogram) IS
'half of sum |p-q|: total variation distance, a metric; symmetric; from 0 to 1; NULL if nothing was observed on a side';

CREATE FUNCTION l_infinity(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_l_infinity_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION l_infinity(histogram, histogram) IS
'max |p-q|: the largest difference of shares, a metric; symmetric; from 0 to 1; NULL if nothing was observed on a side';

CREATE FUNCTION chi_square_divergence(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_chi_square_divergence_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chi_square_divergence(histogram, histogram) IS
'sum (p-q)^2/q: Pearson chi-square divergence of p from the reference q (the test statistic is N times it); Infinity where p > 0 and q = 0; NULL if nothing was observed on a side';

CREATE FUNCTION psi(p histogram, q histogram, empty float8 DEFAULT 0.0001)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_psi_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION psi(histogram, histogram, float8) IS
'sum (p-q) ln(p/q): population stability index in nats, where a share of exactly 0 counts as empty; symmetric; NULL if nothing was observed on a side';

CREATE FUNCTION to_distribution(h histogram, pseudocount float8 DEFAULT 0)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_to_distribution'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION to_distribution(histogram, float8) IS
'the weights divided by their total, after adding pseudocount to each; NULL if nothing was observed';
