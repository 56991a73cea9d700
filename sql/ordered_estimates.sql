-- Estimates from samples; exact values are in test/conformance and test/unit
CREATE TABLE samples AS SELECT array_agg(sqrt(-2 * ln((i * 7919 % 10007 + 0.5) / 10007.0::float8)) * cos(2 * pi() * (i * 104729 % 10009) / 10009) ORDER BY i) AS x, array_agg(1 + 2 * sqrt(-2 * ln((i * 7907 % 10007 + 0.5) / 10007.0::float8)) * cos(2 * pi() * (i * 104723 % 10009) / 10009) ORDER BY i) AS y FROM generate_series(1, 4000::bigint) AS i;
SELECT round(knn_kl_divergence(x, y)::numeric, 1) AS near_0_4, round(knn_kl_divergence(x, y, 1)::numeric, 1) AS k_1, round(knn_kl_divergence(x, x[1:2000])::numeric, 1) AS near_0, round(differential_entropy(x)::numeric, 1) AS near_1_4, round(differential_entropy(y, base => 2)::numeric, 1) AS near_3_0 FROM samples;
SELECT bool_and(abs(differential_entropy(x, m) - 1.4189) < 0.05) AS methods, bool_and(abs(differential_entropy(ARRAY(SELECT 8 * v + 3 FROM unnest(x) AS v), m) - differential_entropy(x, m) - ln(8)) < 1e-12) AS scaled FROM samples, unnest('{auto,vasicek,ebrahimi,van_es,NULL}'::text[]) AS m;
SELECT abs(knn_kl_divergence(ARRAY(SELECT 8 * v + 3 FROM unnest(x) AS v), ARRAY(SELECT 8 * v + 3 FROM unnest(y) AS v)) - knn_kl_divergence(x, y)) < 1e-12 AS scaled, knn_kl_divergence(ARRAY(SELECT v FROM unnest(x) AS v ORDER BY v DESC), y, base => 2) = knn_kl_divergence(x, y) / ln(2) AS in_bits FROM samples;

-- Equal values
SELECT round(knn_kl_divergence('{1,1,1,2,3}', '{1,1,1,1,2,4}', k => 2)::numeric, 10) AS ties, knn_kl_divergence('{1,1,1,1}', '{1,1,1,1}', k => 2) AS one_value, knn_kl_divergence('{1,1,1,1}', '{1,1,1,2}', k => 2) AS of_x, knn_kl_divergence('{1,2,3,4}', '{1,1,1,1}', k => 2) AS of_y, knn_kl_divergence('{0,0,0,0,5}', '{0,5,5,6}', k => 1)::numeric(12, 8) AS plateau;
SELECT differential_entropy('{1,1,1,1,1,2,3,4,5,6,7,8}', 'vasicek', 1) AS equal, differential_entropy('{1,1,1,1,1}', 'van_es', 1) AS all_equal, round(differential_entropy('{1,1,2,3,3,4,5,5,6,7,8,9,10,11}', 'ebrahimi')::numeric, 10) AS some;
-- NULL, too few, the limits of float8
SELECT knn_kl_divergence(NULL, '{1,2}') IS NULL AS no_x, knn_kl_divergence('{1,2}', NULL) IS NULL AS no_y, knn_kl_divergence('{1,2,3,4,5}', '{1,2,3,4,5}') IS NULL AS few_x, knn_kl_divergence('{1,2,3,4,5,6}', '{1,2,3,4}') IS NULL AS few_y, knn_kl_divergence('{}', '{}', 1) IS NULL AS empty, knn_kl_divergence('{1,NULL,2}', '{1,NULL}', 1) IS NOT NULL AS nulls, knn_kl_divergence('{1,2}', '{1,2}', NULL) IS NULL AS no_k,
	   differential_entropy(NULL) IS NULL AS no_sample, differential_entropy('{1,2,3,4}') IS NULL AS four, differential_entropy('{1,2,NULL,3,4,5}') = differential_entropy('{5,4,3,2,1}') AS five, differential_entropy('{1,2,3,4,5}', base => NULL) = differential_entropy('{1,2,3,4,5}') AS no_base;
SELECT round(differential_entropy('{-1.7e308,-1e308,0,1e308,1.7e308}')::numeric, 6) AS wide, round(differential_entropy('{0,5e-324,1e-323,1.5e-323,2e-323}')::numeric, 6) AS narrow, knn_kl_divergence('{-1.7e308,1.7e308,1e308}', '{-1e308,1.6e308}', 1) IS NOT NULL AS far;
-- What is wrong
SELECT knn_kl_divergence('{1,2}', '{1,2}', k => 0);
SELECT knn_kl_divergence('{1,NaN}', '{1,2}');
SELECT knn_kl_divergence('{1,2}', '{1,Infinity}', 1);
SELECT knn_kl_divergence('{1,2}', '{1,2}', base => 1);
SELECT differential_entropy('{1,2,3,4,5,6}', window_length => 3);
SELECT differential_entropy('{1,2,3,4,5,6}', window_length => 0);
SELECT differential_entropy('{1,2,3,4,5,6}', 'correa');
SELECT differential_entropy('{1,2,3,4,5,-Infinity}');
