--
-- Estimates from tokens that were sampled
--
SET extra_float_digits = 0;
-- published: Schulman (2020); verl's low_var_kl and mse, without their clamps
SELECT sampled_kl_divergence(-1.2, -0.7) AS k3, sampled_kl_divergence(-1.2, -0.7, 'k1') AS k1, sampled_kl_divergence(-1.2, -0.7, 'k2') AS k2, sampled_kl_divergence(-2, -2.000000001) AS near, sampled_kl_divergence(-0.25, -30) AS far;
SELECT sampled_kl_divergence(ARRAY[-1.2,-0.5,-2,NULL,-0.1], ARRAY[-0.7,-2.5,-2.25,-3,-0.1], estimator) FROM unnest(ARRAY['k1', 'k2', 'k3']) AS estimator;
-- nothing is clamped
SELECT sampled_kl_divergence(-50, -0.5) AS large, sampled_kl_divergence(-900, -0.5) AS beyond, estimator, sampled_kl_divergence(-1, '-Infinity', estimator) AS excluded,
	sampled_kl_divergence(ARRAY[-1,-1], ARRAY[-1,'-Infinity']::float8[], estimator) AS excluded_once, sampled_kl_divergence(2.5, 2.5, estimator) AS equal_densities
FROM unnest(ARRAY['k1', 'k2', 'k3']) AS estimator;
-- the mean over tokens is not the sum, and k1 may be negative
SELECT avg(k1) AS mean, sum(k1) AS sum, min(k1) AS least, sampled_kl_divergence(array_agg(l), array_agg(r), 'k1') = avg(k1) AS same, sampled_kl_divergence(array_agg(l), array_agg(r)) = avg(sampled_kl_divergence(l, r)) AS same
FROM (VALUES (-1.0::float8, -1.5::float8), (-0.25, -0.125), (-3, -3), (-2, -2.5)) AS tokens (l, r), LATERAL sampled_kl_divergence(l, r, 'k1') AS k1;
-- k1 and k3 are right in the mean over p
SELECT estimator, abs(sum(p * sampled_kl_divergence(ln(p), ln(q), estimator)) - (SELECT kl_divergence(ARRAY[0.5,0.3,0.2], ARRAY[0.2,0.5,0.3]))) < 1e-15 AS unbiased
FROM (VALUES (0.5::float8, 0.2::float8), (0.3, 0.5), (0.2, 0.3)) AS tokens (p, q), unnest(ARRAY['k1', 'k2', 'k3']) AS estimator GROUP BY estimator ORDER BY estimator;
-- masks: NULL on either side, whatever the other has; shapes, and bounds, which do not matter
SELECT sampled_kl_divergence(ARRAY[NULL,-1,NULL,'NaN']::float8[], ARRAY['NaN',-2,NULL,NULL]::float8[], 'k1') AS one, sampled_kl_divergence(ARRAY[NULL,-1]::float8[], ARRAY[-1,NULL]::float8[]) AS none,
	sampled_kl_divergence('{}', '{}'::float8[]) AS empty, sampled_kl_divergence(ARRAY[[-1,-2],[-3,-4]], ARRAY[[-2,-2],[-3,-4]], 'k1') AS batch, sampled_kl_divergence('[0:1]={-1,-2}', ARRAY[-2,-3], 'k1') AS bounds;
SELECT sampled_kl_divergence(ARRAY[1e308,1e308], ARRAY[-1e307,-1e307], 'k1') AS huge, sampled_kl_divergence(NULL, -1), sampled_kl_divergence(-1, NULL), sampled_kl_divergence(-1, -1, NULL);
-- errors
SELECT sampled_kl_divergence(-1, -2, 'k4');
SELECT sampled_kl_divergence('-Infinity', -2);
SELECT sampled_kl_divergence('NaN', -2);
SELECT sampled_kl_divergence(-1, 'Infinity');
SELECT sampled_kl_divergence(ARRAY[-1], ARRAY[-1,-2]);
SELECT sampled_kl_divergence(ARRAY[-1], '{}');
SELECT sampled_kl_divergence(ARRAY[-1,'-Infinity']::float8[], ARRAY[-1,-2]);
SELECT sampled_kl_divergence(ARRAY[-1,-2], ARRAY[-1,'NaN']::float8[]);
