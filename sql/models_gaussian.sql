--
-- Divergences between Gaussians
--
SET extra_float_digits = 0;
-- published: N(0,1) and N(0,4) of many tutorials, whose second number is a variance; kldest; Schulman (2020)
SELECT gaussian_kl_divergence(0, 1, 0, 2) AS kl, gaussian_kl_divergence(0, 2, 0, 1) AS reverse, gaussian_kl_divergence(0, 1, 1, 2) AS kldest, gaussian_kl_divergence(0, 1, 1, 1) AS schulman,
	gaussian_kl_divergence(0, 1, 1, 1, base => 2) AS bits;
SELECT gaussian_renyi(0, 1, 1, 2, 0.5) AS half, gaussian_renyi(0, 1, 1, 2, 1) AS kl, gaussian_renyi(0, 1, 1, 2, 'Infinity') AS infinity, gaussian_renyi(0, 2, 1, 1, 2) AS light_tails,
	gaussian_renyi(0, 1, 1, 2, 0) AS zero, gaussian_renyi(0, 1, 1, 2, 1, base => 2) AS bits;
SELECT gaussian_hellinger_distance(0, 1, 1, 2) AS hellinger, gaussian_wasserstein_distance(0, 1, 3, 5) AS wasserstein, gaussian_wasserstein_distance(1e300, 1, -1e300, 2e300) AS far;
-- near each other, where textbook formulas have no digit left
SELECT gaussian_kl_divergence(1, 1, 1, 1.0000000000000002) AS one_bit, gaussian_kl_divergence(100, 15, 100.00000000001, 15.00000000001) AS kl,
	gaussian_renyi(1, 1, 1.000000001, 1.000000001, 5) AS renyi, gaussian_hellinger_distance(1, 1, 1, 1.0000000000000002) AS hellinger, gaussian_wasserstein_distance(1, 1, 1.0000000000000002, 1.0000000000000002) AS wasserstein;
-- and of all sizes: units do not matter
SELECT gaussian_kl_divergence(1e200, 1e200, 0, 2e200), gaussian_kl_divergence(1e-200, 1e-200, 0, 2e-200), gaussian_kl_divergence(0, 1e-150, 0, 1e150), gaussian_kl_divergence(0, 1e150, 0, 1e-150),
	gaussian_hellinger_distance(-1.7e308, 1.7e308, 1.7e308, 1.7e308), gaussian_renyi(0, 1e7, 0, 1, 0.5);
-- never negative, 0 if and only if equal, Renyi's order does what it does for weights
SELECT count(*) AS pairs, bool_and(kl >= 0 AND hellinger >= 0 AND hellinger <= 1 AND wasserstein >= 0) AS not_negative,
	bool_and((kl = 0) = equal AND (hellinger = 0) = equal AND (wasserstein = 0) = equal) AS zero_if_equal,
	bool_and(hellinger = gaussian_hellinger_distance(m2, s2, m1, s1) AND wasserstein = gaussian_wasserstein_distance(m2, s2, m1, s1)) AS symmetric,
	bool_and(half <= kl AND kl <= two) AS growing, bool_and(abs(kl - about_1) <= 1e-4 * kl) AS continuous,
	bool_and(abs(half + 2 * ln(1 - hellinger ^ 2)) <= 1e-13 * half OR half < 1e-3 OR hellinger > 0.999) AS bhattacharyya
FROM (SELECT 1 + i * 0.01 AS m1, 2 + i * 0.03 AS s1, (1 + i * 0.01) * (1 + a * size) AS m2, (2 + i * 0.03) * (1 + b * size) AS s2, a = 0 AND b = 0 AS equal
	FROM generate_series(1, 20) AS i, unnest(ARRAY[1, 1e-3, 1e-7, 1e-11, 1e-14]) AS size, generate_series(-1, 1) AS a, generate_series(0, 1) AS b) AS g,
	LATERAL (SELECT gaussian_kl_divergence(m1, s1, m2, s2) AS kl, gaussian_hellinger_distance(m1, s1, m2, s2) AS hellinger, gaussian_wasserstein_distance(m1, s1, m2, s2) AS wasserstein,
		gaussian_renyi(m1, s1, m2, s2, 0.5) AS half, gaussian_renyi(m1, s1, m2, s2, 2) AS two, gaussian_renyi(m1, s1, m2, s2, 1.00001) AS about_1) AS d;
-- dimensions that are independent
SELECT gaussian_kl_divergence(ARRAY[0,1], ARRAY[1,2], ARRAY[1,1], ARRAY[2,1]) - gaussian_kl_divergence(0, 1, 1, 2) - gaussian_kl_divergence(1, 2, 1, 1) AS zero,
	gaussian_renyi(ARRAY[0,1], ARRAY[1,2], ARRAY[1,1], ARRAY[2,3], 1.5) - gaussian_renyi(0, 1, 1, 2, 1.5) - gaussian_renyi(1, 2, 1, 3, 1.5) AS zero,
	gaussian_wasserstein_distance(ARRAY[0,1], ARRAY[1,2], ARRAY[2,3], ARRAY[3,4]) AS four,
	abs((1 - gaussian_hellinger_distance(ARRAY[0,1], ARRAY[1,2], ARRAY[1,1], ARRAY[2,1]) ^ 2)
		- (1 - gaussian_hellinger_distance(0, 1, 1, 2) ^ 2) * (1 - gaussian_hellinger_distance(1, 2, 1, 1) ^ 2)) < 1e-15 AS product;
SELECT gaussian_kl_divergence(ARRAY[0.5], ARRAY[1.5], ARRAY[2.5], ARRAY[0.7]) = gaussian_kl_divergence(0.5, 1.5, 2.5, 0.7) AS one_dimension,
	gaussian_kl_divergence('{{0,1},{2,3}}', '{{1,1},{2,2}}', '{{1,1},{1,1}}', '{{2,1},{2,1}}'::float8[]) = gaussian_kl_divergence('{0,1,2,3}', '{1,1,2,2}', '{1,1,1,1}', '{2,1,2,1}'::float8[]) AS shapes,
	gaussian_kl_divergence('[0:1]={0,1}', ARRAY[1,1], ARRAY[0,1], ARRAY[1,2]) > 0 AS bounds;
-- groups, one of which has a single value
SELECT g, gaussian_kl_divergence(avg(x), stddev_pop(x), 0, 1) AS kl FROM (VALUES (1, 0.5), (1, 1.5), (2, 3.0), (2, 3.0)) AS rows (g, x) GROUP BY g ORDER BY g;
-- a point: of itself and anything else
SELECT alpha, gaussian_renyi(2, 0, 2, 0, alpha) AS same, gaussian_renyi(2, 0, 3, 0, alpha) AS other, gaussian_renyi(2, 0, 2, 1, alpha) AS in_gaussian, gaussian_renyi(2, 1, 2, 0, alpha) AS gaussian
FROM unnest('{0,0.3,0.5,0.7,1,2,Infinity}'::float8[]) AS alpha;
SELECT gaussian_kl_divergence(2, 0, 2, 0) AS same, gaussian_kl_divergence(2, 0, 3, 0) AS other, gaussian_kl_divergence(0, 0, 0, 1) AS in_gaussian, gaussian_kl_divergence(0, 1, 0, 0) AS gaussian;
SELECT gaussian_hellinger_distance(2, 0, 2, 0) AS same, gaussian_hellinger_distance(2, 0, 3, 0) AS other, gaussian_hellinger_distance(0, 0, 0, 1) AS in_gaussian, gaussian_wasserstein_distance(2, 0, 5, 4) AS five;
-- NULL, and no dimensions
SELECT gaussian_kl_divergence(NULL, 1, 0, 1), gaussian_kl_divergence(0, NULL, 0, 1), gaussian_renyi(0, 1, 0, 1, NULL), gaussian_hellinger_distance(0, 1, NULL, 1), gaussian_wasserstein_distance(0, 1, 0, NULL), gaussian_kl_divergence(NULL, ARRAY[1], ARRAY[1], ARRAY[1]);
SELECT gaussian_kl_divergence('{}', '{}', '{}', '{}'::float8[]), gaussian_renyi('{}', '{}', '{}', '{}'::float8[], 2), gaussian_hellinger_distance('{}', '{}', '{}', '{}'::float8[]), gaussian_wasserstein_distance('{}', '{}', '{}', '{}'::float8[]);
-- differential privacy of the Gaussian mechanism: alpha/(2 sigma^2)
SELECT gaussian_renyi(0, 2, 1, 2, 10) AS epsilon;
-- errors
SELECT gaussian_kl_divergence(0, -1, 0, 1);
SELECT gaussian_kl_divergence(0, 1, 0, 'NaN');
SELECT gaussian_kl_divergence('Infinity', 1, 0, 1);
SELECT gaussian_renyi(0, 1, 0, 'Infinity', 2);
SELECT gaussian_renyi(0, 1, 0, 1, -1);
SELECT gaussian_kl_divergence(0, 1, 0, 1, base => 1);
SELECT gaussian_hellinger_distance(0, 1, 'NaN', 1);
SELECT gaussian_wasserstein_distance(0, -5e-324, 0, 1);
SELECT gaussian_kl_divergence(ARRAY[0,1], ARRAY[1,-1], ARRAY[0,1], ARRAY[1,1]);
SELECT gaussian_kl_divergence(ARRAY[0,1], ARRAY[1,NULL], ARRAY[0,1], ARRAY[1,1]);
SELECT gaussian_kl_divergence(ARRAY[0,1], ARRAY[1,1], ARRAY[0,NULL,1], ARRAY[1,1]);
SELECT gaussian_kl_divergence(ARRAY[0,1], ARRAY[1,1], ARRAY[0], ARRAY[1]);
SELECT gaussian_kl_divergence(ARRAY[0,1], ARRAY[1,1], ARRAY[0,1], '{}');
SELECT gaussian_wasserstein_distance(ARRAY[0,1], ARRAY[1,1], ARRAY[[0,1]], ARRAY[1,1]);
SELECT gaussian_hellinger_distance(ARRAY[0,'Infinity']::float8[], ARRAY[1,1], ARRAY[0,1], ARRAY[1,1]);
--
-- From the Gaussian of an encoder to the standard one
--
-- published: Kingma, Welling (2014), appendix B
SELECT vae_kl_divergence(ARRAY[0.5,-0.3], ARRAY[-0.1,0.2]) AS kl, vae_kl_divergence(ARRAY[0.5,-0.3], ARRAY[-0.1,0.2], base => 2) AS bits, vae_kl_divergence(0.5, -0.1) + vae_kl_divergence(-0.3, 0.2) AS sum,
	abs(vae_kl_divergence(0.5, 2 * ln(0.7::float8)) - gaussian_kl_divergence(0.5, 0.7, 0, 1)) < 1e-15 AS same;
-- a posterior that collapses, by dimension
SELECT dimension, avg(vae_kl_divergence(m, v)) AS kl FROM (VALUES (ARRAY[1e-9,2], ARRAY[1e-9,-1]), (ARRAY[-2e-9,-1], ARRAY[0,0.5])) AS encoded (mu, log_var), unnest(mu, log_var) WITH ORDINALITY AS u (m, v, dimension)
GROUP BY dimension ORDER BY dimension;
-- variances beyond float8, a point, equal ones
SELECT vae_kl_divergence(0, -800) AS small, vae_kl_divergence(0, 710) AS large, vae_kl_divergence(1, 800) AS beyond, vae_kl_divergence(0, '-Infinity') AS point, vae_kl_divergence(0, 0) AS zero, vae_kl_divergence(ARRAY[0,0], ARRAY[0,'-Infinity']::float8[]) AS points;
SELECT vae_kl_divergence(NULL, 0), vae_kl_divergence(0, NULL), vae_kl_divergence('{}', '{}'::float8[]);
-- errors
SELECT vae_kl_divergence(0, 'Infinity');
SELECT vae_kl_divergence('NaN', 0);
SELECT vae_kl_divergence(0, 0, 0.5);
SELECT vae_kl_divergence(ARRAY[0,1], ARRAY[1]);
SELECT vae_kl_divergence(ARRAY[0,NULL], ARRAY[1,1]);
SELECT vae_kl_divergence(ARRAY[0,1], ARRAY[0,'NaN']::float8[]);
