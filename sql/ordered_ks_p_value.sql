-- p-values of ks_statistic; exact values are in test/conformance and test/unit
SELECT d, n, m, ks_p_value(d, n, m)::numeric(12, 10) AS p, ks_p_value(d, n, m) = ks_p_value(d, m, n) AS symmetric
FROM (VALUES (1.0 / 3, 2, 3), (0.5, 2, 4), (0.45, 20, 20), (0.4500001, 20, 20), (0, 5, 7), (1, 5, 7), (190.0 / 21 / 26, 21, 26), (0.1, 10, 20000), (0.3, 10, 1000000000), (0.02, 3162, 3162), (0.02, 5000, 5000), (0.001, 10000000, 10000000)) AS v (d, n, m);
-- with all digits, however small
SELECT abs(ks_p_value(1, 100, 100) / 2.2087606931995e-59 - 1) < 1e-12 AS tiny, abs(ks_p_value(0.1, 50000, 60000) / 2.399367059618247777e-237 - 1) < 1e-10 AS limit, ks_p_value(1, 1e15, 1e15) AS nothing, ks_p_value(0, 1e9, 1e9) AS certain;
-- the limit is near the exact values where it begins
SELECT bool_and(abs(ks_p_value(k / 3163.0, 3163, 3163) / ks_p_value(k / 3162.0, 3162, 3162) - 1) < 0.035) AS equal_sizes, bool_and(abs(ks_p_value(k / 2000.0, 2000, 5001) / ks_p_value(k / 2000.0, 2000, 5000) - 1) < 0.01) AS others FROM generate_series(30, 120) AS k;
-- falls with the statistic, and with the sizes
SELECT bool_and(p <= before) AS falls FROM (SELECT ks_p_value(i / 1000.0, 57, 91) AS p, lag(ks_p_value(i / 1000.0, 57, 91)) OVER (ORDER BY i) AS before FROM generate_series(0, 1000) AS i) AS s WHERE before IS NOT NULL;
SELECT ks_p_value(0.5, 0, 10) IS NULL AS no_sample, ks_p_value(NULL, 1, 1) IS NULL AS no_statistic, ks_p_value(0.5, 10, NULL) IS NULL AS no_size;
SELECT ks_p_value(ks_statistic(p, q), histogram_total(p), histogram_total(q)) < 0.001 AS drifted FROM (SELECT histogram_agg(i % 50) AS p, histogram_agg(i * i % 50) AS q FROM generate_series(1, 1000) AS i) AS s;
SELECT ks_p_value(1.5, 10, 10);
SELECT ks_p_value('NaN', 10, 10);
SELECT ks_p_value(0.5, 10.5, 10);
SELECT ks_p_value(0.5, 10, -1);
SELECT ks_p_value(0.5, 10, 'Infinity');
SELECT ks_p_value(0.5, 1e16, 1);
