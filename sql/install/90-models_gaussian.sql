--
-- Models: Gaussians by means and standard deviations
--

CREATE FUNCTION gaussian_kl_divergence(mean_p float8, stddev_p float8, mean_q float8, stddev_q float8, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_gaussian_kl_divergence'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;

COMMENT ON FUNCTION gaussian_kl_divergence(float8, float8, float8, float8, float8) IS
'Kullback-Leibler divergence of Gaussians by their means and standard deviations (not variances), from 0 to Infinity, in nats or what base says; a stddev of 0 is a point';

CREATE FUNCTION gaussian_kl_divergence(mean_p float8[], stddev_p float8[], mean_q float8[], stddev_q float8[], base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_gaussian_kl_divergence_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION gaussian_kl_divergence(float8[], float8[], float8[], float8[], float8) IS
'Kullback-Leibler divergence of Gaussians by their means and standard deviations (not variances), with an element for each of some independent dimensions, from 0 to Infinity, in nats or what base says; a stddev of 0 is a point; NULL if there are no dimensions';

CREATE FUNCTION gaussian_renyi(mean_p float8, stddev_p float8, mean_q float8, stddev_q float8, alpha float8, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_gaussian_renyi'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;

COMMENT ON FUNCTION gaussian_renyi(float8, float8, float8, float8, float8, float8) IS
'Renyi divergence of order alpha of Gaussians by their means and standard deviations (not variances), from 0 to Infinity, in nats or what base says; a stddev of 0 is a point';

CREATE FUNCTION gaussian_renyi(mean_p float8[], stddev_p float8[], mean_q float8[], stddev_q float8[], alpha float8, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_gaussian_renyi_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION gaussian_renyi(float8[], float8[], float8[], float8[], float8, float8) IS
'Renyi divergence of order alpha of Gaussians by their means and standard deviations (not variances), with an element for each of some independent dimensions, from 0 to Infinity, in nats or what base says; a stddev of 0 is a point; NULL if there are no dimensions';

CREATE FUNCTION gaussian_hellinger_distance(mean_p float8, stddev_p float8, mean_q float8, stddev_q float8)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_gaussian_hellinger_distance'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;

COMMENT ON FUNCTION gaussian_hellinger_distance(float8, float8, float8, float8) IS
'Hellinger distance of Gaussians by their means and standard deviations (not variances), from 0 to 1; a stddev of 0 is a point';

CREATE FUNCTION gaussian_hellinger_distance(mean_p float8[], stddev_p float8[], mean_q float8[], stddev_q float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_gaussian_hellinger_distance_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION gaussian_hellinger_distance(float8[], float8[], float8[], float8[]) IS
'Hellinger distance of Gaussians by their means and standard deviations (not variances), with an element for each of some independent dimensions, from 0 to 1; a stddev of 0 is a point; NULL if there are no dimensions';

CREATE FUNCTION gaussian_wasserstein_distance(mean_p float8, stddev_p float8, mean_q float8, stddev_q float8)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_gaussian_wasserstein_distance'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;

COMMENT ON FUNCTION gaussian_wasserstein_distance(float8, float8, float8, float8) IS
'Wasserstein distance of order 2 of Gaussians by their means and standard deviations (not variances), from 0 to Infinity, in the unit of the means; a stddev of 0 is a point';

CREATE FUNCTION gaussian_wasserstein_distance(mean_p float8[], stddev_p float8[], mean_q float8[], stddev_q float8[])
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_gaussian_wasserstein_distance_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION gaussian_wasserstein_distance(float8[], float8[], float8[], float8[]) IS
'Wasserstein distance of order 2 of Gaussians by their means and standard deviations (not variances), with an element for each of some independent dimensions, from 0 to Infinity, in the unit of the means; a stddev of 0 is a point; NULL if there are no dimensions';

CREATE FUNCTION vae_kl_divergence(mu float8, log_var float8, base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_vae_kl_divergence'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;

COMMENT ON FUNCTION vae_kl_divergence(float8, float8, float8) IS
'Kullback-Leibler divergence from the Gaussian with this mean and logarithm of its variance to the standard one, from 0 to Infinity, in nats or what base says';

CREATE FUNCTION vae_kl_divergence(mu float8[], log_var float8[], base float8 DEFAULT 2.718281828459045)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_vae_kl_divergence_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION vae_kl_divergence(float8[], float8[], float8) IS
'Kullback-Leibler divergence from the Gaussian with these means and logarithms of variances to the standard one, from 0 to Infinity, in nats or what base says; NULL if there are none';
