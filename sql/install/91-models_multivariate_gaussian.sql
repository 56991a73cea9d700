--
-- Models: Gaussians by means and covariances
--

CREATE FUNCTION multivariate_gaussian_kl_divergence(mean_p float8[], covariance_p float8[], mean_q float8[], covariance_q float8[], base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_multivariate_gaussian_kl_divergence'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION multivariate_gaussian_kl_divergence(float8[], float8[], float8[], float8[], float8) IS
'Kullback-Leibler divergence of Gaussians by their means and covariance matrices, from 0 to Infinity, in nats or what base says; covariances are symmetric and positive definite; NULL if there are no dimensions';
