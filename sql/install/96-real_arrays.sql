--
-- Twins of functions over float8[], for real[] without a cast
--
-- Not for users: kldiv_real_support has the planner call the twin where a call
-- casts its arrays from real[].  The twins have names of their own, since an
-- overload for real[] would leave untyped literals without a type.
--

CREATE FUNCTION kldiv_real_support(request internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_real_support'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_real_support(internal) IS
'planner support of functions over float8[]: calls their twins for real[] where arrays are cast from that';

CREATE FUNCTION kldiv_entropy_real(p real[], base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_entropy_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_entropy_real(real[], float8) IS
'implementation of entropy over real[]';

ALTER FUNCTION entropy(float8[], float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_perplexity_real(p real[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_perplexity_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_perplexity_real(real[]) IS
'implementation of perplexity over real[]';

ALTER FUNCTION perplexity(float8[])
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_renyi_entropy_real(p real[], alpha float8, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_renyi_entropy_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_renyi_entropy_real(real[], float8, float8) IS
'implementation of renyi_entropy over real[]';

ALTER FUNCTION renyi_entropy(float8[], float8, float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_cross_entropy_real(p real[], q real[], base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_cross_entropy_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_cross_entropy_real(real[], real[], float8, float8) IS
'implementation of cross_entropy over real[]';

ALTER FUNCTION cross_entropy(float8[], float8[], float8, float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_kl_divergence_real(p real[], q real[], base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_kl_divergence_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_kl_divergence_real(real[], real[], float8, float8) IS
'implementation of kl_divergence over real[]';

ALTER FUNCTION kl_divergence(float8[], float8[], float8, float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_jeffreys_divergence_real(p real[], q real[], base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_jeffreys_divergence_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_jeffreys_divergence_real(real[], real[], float8, float8) IS
'implementation of jeffreys_divergence over real[]';

ALTER FUNCTION jeffreys_divergence(float8[], float8[], float8, float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_jsd_real(p real[], q real[], base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_jsd_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_jsd_real(real[], real[], float8, float8) IS
'implementation of jsd over real[]';

ALTER FUNCTION jsd(float8[], float8[], float8, float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_js_distance_real(p real[], q real[], base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_js_distance_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_js_distance_real(real[], real[], float8, float8) IS
'implementation of js_distance over real[]';

ALTER FUNCTION js_distance(float8[], float8[], float8, float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_renyi_real(p real[], q real[], alpha float8, base float8 DEFAULT 2.718281828459045, pseudocount float8 DEFAULT 0)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_renyi_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_renyi_real(real[], real[], float8, float8, float8) IS
'implementation of renyi over real[]';

ALTER FUNCTION renyi(float8[], float8[], float8, float8, float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_hellinger_distance_real(p real[], q real[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_hellinger_distance_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_hellinger_distance_real(real[], real[]) IS
'implementation of hellinger_distance over real[]';

ALTER FUNCTION hellinger_distance(float8[], float8[])
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_bhattacharyya_distance_real(p real[], q real[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_bhattacharyya_distance_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_bhattacharyya_distance_real(real[], real[]) IS
'implementation of bhattacharyya_distance over real[]';

ALTER FUNCTION bhattacharyya_distance(float8[], float8[])
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_total_variation_real(p real[], q real[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_total_variation_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_total_variation_real(real[], real[]) IS
'implementation of total_variation over real[]';

ALTER FUNCTION total_variation(float8[], float8[])
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_l_infinity_real(p real[], q real[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_l_infinity_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_l_infinity_real(real[], real[]) IS
'implementation of l_infinity over real[]';

ALTER FUNCTION l_infinity(float8[], float8[])
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_chi_square_divergence_real(p real[], q real[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_chi_square_divergence_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_chi_square_divergence_real(real[], real[]) IS
'implementation of chi_square_divergence over real[]';

ALTER FUNCTION chi_square_divergence(float8[], float8[])
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_psi_real(p real[], q real[], empty float8 DEFAULT 0.0001)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_psi_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_psi_real(real[], real[], float8) IS
'implementation of psi over real[]';

ALTER FUNCTION psi(float8[], float8[], float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_is_distribution_real(p real[], tolerance float8 DEFAULT 0.000001)
RETURNS boolean
AS 'MODULE_PATHNAME', 'kldiv_is_distribution_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_is_distribution_real(real[], float8) IS
'implementation of is_distribution over real[]';

ALTER FUNCTION is_distribution(float8[], float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_to_distribution_real(weights real[], pseudocount float8 DEFAULT 0)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_to_distribution_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_to_distribution_real(real[], float8) IS
'implementation of to_distribution over real[]';

ALTER FUNCTION to_distribution(float8[], float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_softmax_real(logits real[], temperature float8 DEFAULT 1)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_softmax_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_softmax_real(real[], float8) IS
'implementation of softmax over real[]';

ALTER FUNCTION softmax(float8[], float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_hellinger_embedding_real(p real[])
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_hellinger_embedding_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_hellinger_embedding_real(real[]) IS
'implementation of hellinger_embedding over real[]';

ALTER FUNCTION hellinger_embedding(float8[])
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_softmax_kl_divergence_real(p real[], q real[], temperature float8 DEFAULT 1, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_softmax_kl_divergence_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_softmax_kl_divergence_real(real[], real[], float8, float8) IS
'implementation of softmax_kl_divergence over real[]';

ALTER FUNCTION softmax_kl_divergence(float8[], float8[], float8, float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_softmax_cross_entropy_real(label bigint, logits real[], temperature float8 DEFAULT 1, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_softmax_cross_entropy_label_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_softmax_cross_entropy_real(bigint, real[], float8, float8) IS
'implementation of softmax_cross_entropy over real[]';

ALTER FUNCTION softmax_cross_entropy(bigint, float8[], float8, float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_softmax_cross_entropy_real(p real[], logits real[], temperature float8 DEFAULT 1, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_softmax_cross_entropy_distribution_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_softmax_cross_entropy_real(real[], real[], float8, float8) IS
'implementation of softmax_cross_entropy over real[]';

ALTER FUNCTION softmax_cross_entropy(float8[], float8[], float8, float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_softmax_entropy_real(logits real[], temperature float8 DEFAULT 1, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_softmax_entropy_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_softmax_entropy_real(real[], float8, float8) IS
'implementation of softmax_entropy over real[]';

ALTER FUNCTION softmax_entropy(float8[], float8, float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_logsumexp_real(logits real[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_logsumexp_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_logsumexp_real(real[]) IS
'implementation of logsumexp over real[]';

ALTER FUNCTION logsumexp(float8[])
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_gaussian_kl_divergence_real(mean_p real[], stddev_p real[], mean_q real[], stddev_q real[], base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_gaussian_kl_divergence_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_gaussian_kl_divergence_real(real[], real[], real[], real[], float8) IS
'implementation of gaussian_kl_divergence over real[]';

ALTER FUNCTION gaussian_kl_divergence(float8[], float8[], float8[], float8[], float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_gaussian_renyi_real(mean_p real[], stddev_p real[], mean_q real[], stddev_q real[], alpha float8, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_gaussian_renyi_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_gaussian_renyi_real(real[], real[], real[], real[], float8, float8) IS
'implementation of gaussian_renyi over real[]';

ALTER FUNCTION gaussian_renyi(float8[], float8[], float8[], float8[], float8, float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_gaussian_hellinger_distance_real(mean_p real[], stddev_p real[], mean_q real[], stddev_q real[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_gaussian_hellinger_distance_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_gaussian_hellinger_distance_real(real[], real[], real[], real[]) IS
'implementation of gaussian_hellinger_distance over real[]';

ALTER FUNCTION gaussian_hellinger_distance(float8[], float8[], float8[], float8[])
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_gaussian_wasserstein_distance_real(mean_p real[], stddev_p real[], mean_q real[], stddev_q real[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_gaussian_wasserstein_distance_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_gaussian_wasserstein_distance_real(real[], real[], real[], real[]) IS
'implementation of gaussian_wasserstein_distance over real[]';

ALTER FUNCTION gaussian_wasserstein_distance(float8[], float8[], float8[], float8[])
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_vae_kl_divergence_real(mu real[], log_var real[], base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_vae_kl_divergence_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_vae_kl_divergence_real(real[], real[], float8) IS
'implementation of vae_kl_divergence over real[]';

ALTER FUNCTION vae_kl_divergence(float8[], float8[], float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_multivariate_gaussian_kl_divergence_real(mean_p real[], covariance_p real[], mean_q real[], covariance_q real[], base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_multivariate_gaussian_kl_divergence_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_multivariate_gaussian_kl_divergence_real(real[], real[], real[], real[], float8) IS
'implementation of multivariate_gaussian_kl_divergence over real[]';

ALTER FUNCTION multivariate_gaussian_kl_divergence(float8[], float8[], float8[], float8[], float8)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_sampled_kl_divergence_real(logprob real[], ref_logprob real[], estimator text DEFAULT 'k3')
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_sampled_kl_divergence_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_sampled_kl_divergence_real(real[], real[], text) IS
'implementation of sampled_kl_divergence over real[]';

ALTER FUNCTION sampled_kl_divergence(float8[], float8[], text)
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_wasserstein_distance_real(p real[], q real[], positions real[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_wasserstein_distance_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_wasserstein_distance_real(real[], real[], real[]) IS
'implementation of wasserstein_distance over real[]';

ALTER FUNCTION wasserstein_distance(float8[], float8[], float8[])
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_energy_distance_real(p real[], q real[], positions real[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_energy_distance_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_energy_distance_real(real[], real[], real[]) IS
'implementation of energy_distance over real[]';

ALTER FUNCTION energy_distance(float8[], float8[], float8[])
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_ks_statistic_real(p real[], q real[], positions real[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_ks_statistic_arrays_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_ks_statistic_real(real[], real[], real[]) IS
'implementation of ks_statistic over real[]';

ALTER FUNCTION ks_statistic(float8[], float8[], float8[])
SUPPORT kldiv_real_support;

CREATE FUNCTION kldiv_knn_kl_divergence_real(x real[], y real[], k integer DEFAULT 5, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_knn_kl_divergence_real'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_knn_kl_divergence_real(real[], real[], integer, float8) IS
'implementation of knn_kl_divergence over real[]';

ALTER FUNCTION knn_kl_divergence(float8[], float8[], integer, float8)
SUPPORT kldiv_real_support;
