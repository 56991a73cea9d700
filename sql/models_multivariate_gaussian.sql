--
-- Gaussians with full covariances
--
SET extra_float_digits = 0;
-- published: kldest
SELECT multivariate_gaussian_kl_divergence('{0,0}', '{{1,0},{0,1}}', '{0,0}', '{{1,1},{1,2}}') AS kldest, multivariate_gaussian_kl_divergence('{0,0}', '{{1,0},{0,1}}', '{1,1}', '{{1,0.5},{0.5,1}}') AS kl,
	multivariate_gaussian_kl_divergence('{0,0}', '{{1,0},{0,1}}', '{0,0}', '{{1,1},{1,2}}', base => 2) AS bits;
-- near each other, and exactly equal
SELECT multivariate_gaussian_kl_divergence('{1,2}', '{{4,1.5},{1.5,2}}', '{1.000000001,2}', '{{4.000000004,1.5},{1.5,1.999999998}}') AS near,
	multivariate_gaussian_kl_divergence('{1,2}', '{{4,1.5},{1.5,2}}', '{1,2}', '{{4,1.5},{1.5,2}}') AS equal;
-- one dimension, and a diagonal
SELECT multivariate_gaussian_kl_divergence(ARRAY[0.5], ARRAY[[2.25]], ARRAY[2.5], ARRAY[[0.25]]) - gaussian_kl_divergence(0.5, 1.5, 2.5, 0.5) AS zero,
	abs(multivariate_gaussian_kl_divergence(ARRAY[0,1,2], '{{4,0,0},{0,1,0},{0,0,9}}', ARRAY[0,0,0], '{{1,0,0},{0,1,0},{0,0,4}}') - gaussian_kl_divergence(ARRAY[0,1,2], ARRAY[2,1,3], ARRAY[0,0,0], ARRAY[1,1,2])) < 1e-14 AS diagonal;
-- units do not matter: the second number in billionths
SELECT multivariate_gaussian_kl_divergence('{0,0}', '{{1,1e-9},{1e-9,2e-18}}', '{1,3e-9}', '{{2,1e-9},{1e-9,3e-18}}') - multivariate_gaussian_kl_divergence('{0,0}', '{{1,1},{1,2}}', '{1,3}', '{{2,1},{1,3}}') < 1e-14 AS same;
-- as far apart as can be
SELECT multivariate_gaussian_kl_divergence('{0,0}', '{{1e-300,0},{0,1e-20}}', '{0,0}', '{{1,0.5},{0.5,1}}') AS narrow, multivariate_gaussian_kl_divergence('{0,0}', '{{1e300,0},{0,1}}', '{0,0}', '{{1e-300,0},{0,1}}') AS wide;
-- p within a line or a point
SELECT multivariate_gaussian_kl_divergence('{0,0}', '{{1,1},{1,1}}', '{0,0}', '{{1,0},{0,1}}') AS line, multivariate_gaussian_kl_divergence('{0,0}', '{{0,0},{0,0}}', '{0,0}', '{{1,0},{0,1}}') AS point;
-- many dimensions: an autoregressive process, of which the divergence per step is known
WITH process AS (
	SELECT rho, array_agg(line ORDER BY i) AS covariance FROM (VALUES (0.5::float8), (0.3)) AS r (rho), generate_series(1, 40) AS i,
		LATERAL (SELECT array_agg(rho ^ abs(i - j) / (1 - rho ^ 2) ORDER BY j) AS line FROM generate_series(1, 40) AS j) AS l GROUP BY rho)
SELECT abs(multivariate_gaussian_kl_divergence(array_fill(0::float8, ARRAY[40]), p.covariance, array_fill(0::float8, ARRAY[40]), q.covariance)
	- (0.5 * ((1 - 0.3 ^ 2) / (1 - 0.5 ^ 2) - 1 - ln((1 - 0.3 ^ 2) / (1 - 0.5 ^ 2))) + 39 * 0.5 * (0.5 - 0.3) ^ 2 / (1 - 0.5 ^ 2))) < 1e-13 AS same
FROM process AS p, process AS q WHERE p.rho = 0.5 AND q.rho = 0.3;
-- NULL, and no dimensions
SELECT multivariate_gaussian_kl_divergence(NULL, '{{1}}', '{0}', '{{1}}'), multivariate_gaussian_kl_divergence('{0}', '{{1}}', '{0}', '{{1}}', NULL), multivariate_gaussian_kl_divergence('{}', '{}', '{}', '{}');
-- errors
SELECT multivariate_gaussian_kl_divergence('{0,0}', '{{1,0},{0,1}}', '{0,0}', '{{1,2},{2,1}}');
SELECT multivariate_gaussian_kl_divergence('{0,0}', '{{1,0},{0,1}}', '{0,0}', '{{1,1},{1,1}}');
SELECT multivariate_gaussian_kl_divergence('{0,0}', '{{1,0},{0,1}}', '{0,0}', '{{0,0},{0,1}}');
SELECT multivariate_gaussian_kl_divergence('{0,0}', '{{1,2},{2,1}}', '{0,0}', '{{1,0},{0,1}}');
SELECT multivariate_gaussian_kl_divergence('{0,0,0}', '{{1,0,0},{0,0,1},{0,1,1}}', '{0,0,0}', '{{1,0,0},{0,1,0},{0,0,1}}');
SELECT multivariate_gaussian_kl_divergence('{0,0}', '{{1,0.5},{0.6,1}}', '{0,0}', '{{1,0},{0,1}}');
SELECT multivariate_gaussian_kl_divergence('{0,0}', '{{1,0},{0,1}}', '{0,0}', '{{1,0},{NaN,1}}');
SELECT multivariate_gaussian_kl_divergence('{0,0}', '{{1,0},{0,1}}', '{0,NULL}', '{{1,0},{0,1}}');
SELECT multivariate_gaussian_kl_divergence('{0,0}', '{{1,0},{0,1}}', '{0,0,0}', '{{1,0},{0,1}}');
SELECT multivariate_gaussian_kl_divergence('{0,0}', '{1,1}', '{0,0}', '{{1,0},{0,1}}');
SELECT multivariate_gaussian_kl_divergence('{0,0}', '{{1,0},{0,1}}', '{0,0}', '{{1,0},{0,1},{0,0}}');
SELECT multivariate_gaussian_kl_divergence('{{0,0}}', '{{1,0},{0,1}}', '{{0,0}}', '{{1,0},{0,1}}');
SELECT multivariate_gaussian_kl_divergence('{}', '{{1}}', '{}', '{}');
SELECT multivariate_gaussian_kl_divergence('{0}', '{{1}}', '{0}', '{{1}}', base => 'Infinity');
