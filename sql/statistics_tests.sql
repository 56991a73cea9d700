--
-- Tests of counts; exact values are in test/conformance and test/unit
--
CREATE FUNCTION shown(t kldiv_test) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT concat_ws(' ', round((t).statistic::numeric, 8), (t).df, round((t).p_value::numeric, 8), round((t).effect_size::numeric, 6),
		round((t).null_effect_size::numeric, 6), round((t).min_expected::numeric, 6), (t).n, (t).method) $$;
SELECT shown(homogeneity_test(ARRAY[10,10,20], ARRAY[20,20,20])), shown(homogeneity_test(ARRAY[10,10,20], ARRAY[20,20,20], 'g'));
SELECT shown(goodness_of_fit_test(ARRAY[16,18,16,14,12,12], ARRAY[1,1,1,1,1,1])), shown(goodness_of_fit_test(ARRAY[16,18,16,14,12,12], ARRAY[1,1,1,1,1,1], 'g'));
SELECT shown(independence_test(ARRAY[[12,13,14,15,16],[17,16,18,19,11],[9,15,14,12,11]])), shown(independence_test(ARRAY[[12,13,14,15,16],[17,16,18,19,11],[9,15,14,12,11]], 'g'));
-- in FROM
SELECT t.p_value < 0.05 AS differ, t.df, t.method FROM homogeneity_test(ARRAY[762,327,468], ARRAY[484,239,477]) AS t;

-- the same bits of arrays, histograms, rows, tables of two samples and many samples of which two have anything; symmetric
CREATE TABLE pairs AS
SELECT i, array_agg((i * b * 7919) % (3 + i % 97) ORDER BY b)::float8[] AS p, array_agg((i * b * 104729 + b) % (2 + i % 89) ORDER BY b)::float8[] AS q,
	histogram(array_agg(lpad(b::text, 3, '0')), array_agg((i * b * 7919) % (3 + i % 97))) AS hp, histogram(array_agg(lpad(b::text, 3, '0')), array_agg((i * b * 104729 + b) % (2 + i % 89))) AS hq
FROM generate_series(1, 300) AS i, generate_series(1, 1 + i % 40) AS b GROUP BY i;
SELECT count(*) AS pairs, count(one) AS tested, count(*) FILTER (WHERE (one).df = 0) AS of_one_bin FROM (SELECT homogeneity_test(p, q) AS one FROM pairs) AS s;
SELECT i, one, other FROM pairs, (VALUES ('chi_square', 0), ('g', 0), ('chi_square', 2), ('g', 5)) AS o (statistic, least),
	LATERAL (SELECT homogeneity_test(p, q, statistic, min_expected => least)::text AS one) AS s,
	LATERAL (VALUES (homogeneity_test(q, p, statistic, min_expected => least)), (homogeneity_test(hp, hq, statistic, min_expected => least)),
		(independence_test(ARRAY[p, q], statistic, min_expected => least)), (independence_test(ARRAY[array_fill(NULL::float8, ARRAY[cardinality(p)]), p, q], statistic, min_expected => least)),
		(homogeneity_test(ARRAY[hp, NULL, hq, '{"no": 0}'], statistic, min_expected => least)), (homogeneity_test(p, q, statistic, 0, 7, n_p => (SELECT sum(w) FROM unnest(p) AS w), min_expected => least))) AS v (other)
WHERE one IS DISTINCT FROM other::text;
SELECT i, one, other FROM pairs, LATERAL (SELECT homogeneity_test(p, q) AS one, goodness_of_fit_test(p, q) AS fit) AS s,
	LATERAL (SELECT homogeneity_test(w.p, w.q) AS other, goodness_of_fit_test(w.p, w.q) AS other_fit FROM unnest(pairs.p, pairs.q) AS w (p, q)) AS v
WHERE one IS DISTINCT FROM other OR fit IS DISTINCT FROM other_fit OR fit IS DISTINCT FROM goodness_of_fit_test(hp, hq);
-- a table and its transposed one; three samples of which two are the same
SELECT i FROM pairs, LATERAL (SELECT independence_test(ARRAY[p, q, p]) AS three, independence_test(t) AS turned
	FROM (SELECT array_agg(ARRAY[a, b, a] ORDER BY n) AS t FROM unnest(p, q) WITH ORDINALITY AS u (a, b, n)) AS u) AS s
WHERE (three).df <> (turned).df OR abs((three).statistic - (turned).statistic) > 1e-13 * (three).statistic OR abs((three).p_value - (turned).p_value) > 1e-13;
-- G is 2 n jsd where totals are equal; of two bins the residual is the root of chi-square
SELECT abs((homogeneity_test(ARRAY[10,20,30], ARRAY[30,10,20], 'g')).statistic / (2 * 120 * jsd(ARRAY[10,20,30], ARRAY[30,10,20])) - 1) < 1e-15 AS jsd,
	abs(residual ^ 2 / (homogeneity_test(ARRAY[10,30], ARRAY[20,20])).statistic - 1) < 1e-15 AS residual FROM standardized_residuals(ARRAY[10,30], ARRAY[20,20]) LIMIT 1;

-- exactly 0 and 1 for proportional counts, of any size; nothing is negative; nothing overlaps
SELECT shown(homogeneity_test(ARRAY[1,2,3], ARRAY[1000003,2000006,3000009])), shown(homogeneity_test(ARRAY[1,2,3], ARRAY[7,14,21], 'g')), shown(independence_test(ARRAY[[1,2,3],[7,14,21],[3,6,9]], 'g'));
SELECT t.* FROM homogeneity_test(ARRAY[1,2,3], ARRAY[7,14,21]) AS t;
SELECT abs(t.statistic / 1e-15 - 1) < 1e-14 AS small, t.p_value < 1 AS seen FROM (VALUES ('chi_square'), ('g')) AS s (s), homogeneity_test(ARRAY[1e15,1e15], ARRAY[1e15+1,1e15-1], s) AS t;
SELECT shown(homogeneity_test(ARRAY[3,4,0], ARRAY[0,0,7])), shown(independence_test(ARRAY[[3,0,0],[0,4,0],[0,0,5]]));

-- bins that nobody has are as if they were not there; those of one side count
SELECT shown(homogeneity_test(ARRAY[5,0,0,7], ARRAY[3,0,4,0])), homogeneity_test(ARRAY[5,0,0,7], ARRAY[3,0,4,0]) = homogeneity_test(ARRAY[5,0,7], ARRAY[3,4,0]) AS same;
SELECT shown(homogeneity_test(ARRAY[5], ARRAY[9])), shown(goodness_of_fit_test(ARRAY[5,0], ARRAY[1,0])), shown(independence_test(ARRAY[[5],[9],[1]]));
-- of a known distribution, a bin that it has counts, and one that it does not have is impossible, merged or not
SELECT shown(goodness_of_fit_test(ARRAY[5,0], ARRAY[1,1])), shown(goodness_of_fit_test(ARRAY[5,0,0], ARRAY[1e-300,1e-300,0]));
SELECT t.* FROM (VALUES ('chi_square'), ('g')) AS s (s), (VALUES (0), (5)) AS m (m), goodness_of_fit_test(ARRAY[15,0,1,1,1], ARRAY[9,0,0,1,1], s, min_expected => m) AS t;

-- numbers of observations behind weights
SELECT shown(homogeneity_test(ARRAY[0.25,0.75], ARRAY[0.5,0.5], n_p => 400, n_q => 100)) = shown(homogeneity_test(ARRAY[100,300], ARRAY[50,50])) AS same,
	shown(homogeneity_test(ARRAY[0.25,0.75], ARRAY[50,50], n_p => 400)), shown(goodness_of_fit_test(ARRAY[0.25,0.75], ARRAY[1,1], n_p => 40)), shown(homogeneity_test(ARRAY[100,300], ARRAY[50,50], n_p => 12.4, n_q => 1e6));
SELECT homogeneity_test(ARRAY[1,2], ARRAY[2,1], n_p => 0), homogeneity_test(ARRAY[1,2], ARRAY[2,1], n_q => 0), goodness_of_fit_test(ARRAY[1,2], ARRAY[2,1], n_p => 0);

-- rare bins are merged into one, which the least of the others joins if it is still rare
SELECT shown(homogeneity_test(ARRAY[30,20,1,1,0], ARRAY[300,200,5,0,4], min_expected => 1)), shown(homogeneity_test(ARRAY[30,20,2], ARRAY[300,200,9]));
SELECT shown(homogeneity_test(ARRAY[30,20,1,1,0], ARRAY[300,200,5,0,4], min_expected => 2)), shown(homogeneity_test(ARRAY[30,22], ARRAY[300,209]));
SELECT shown(homogeneity_test(ARRAY[30,20,1], ARRAY[300,200,5], min_expected => 1000)), shown(homogeneity_test(ARRAY[1], ARRAY[1], min_expected => 5)), shown(homogeneity_test(ARRAY[20,20,1], ARRAY[20,20,1], min_expected => 2));
-- what is expected exactly is enough
SELECT (homogeneity_test(array_fill(2, ARRAY[49]), array_fill(4, ARRAY[49]), min_expected => 2)).method, (goodness_of_fit_test(array_fill(2, ARRAY[49]), array_fill(0.1, ARRAY[49]), min_expected => 2)).method;
SELECT shown(goodness_of_fit_test(ARRAY[30,20,1,1], ARRAY[10,10,0.1,0.1], min_expected => 2)), shown(goodness_of_fit_test(ARRAY[30,22], ARRAY[10,10.2]));
SELECT shown(independence_test(ARRAY[[30,20,1,1,0],[300,200,5,0,4],[0,0,0,0,0],[60,30,0,1,2]], min_expected => 2)), shown(independence_test(ARRAY[[30,22],[300,209],[60,33]]));
SELECT shown(homogeneity_test(ARRAY['{"a": 30, "b": 20, "c": 1, "d": 1}', '{"a": 300, "b": 200, "c": 5, "e": 4}', '{"a": 60, "b": 30, "d": 1, "e": 2}']::histogram[], min_expected => 2));
-- a day beside a large reference: with its rare bins merged no alarm
SELECT round(p_value::numeric, 4) AS p, df, method FROM (VALUES (0), (2)) AS v (least), homogeneity_test(ARRAY[60,30,7,1,0,1,1], ARRAY[6000,3000,970,25,3,1,1], min_expected => least);

-- NULL, and nothing observed
SELECT homogeneity_test(NULL::float8[], ARRAY[1]), homogeneity_test(ARRAY[0,0], ARRAY[1,2]), homogeneity_test('{}'::float8[], '{}'), homogeneity_test('{}'::histogram, '{"a": 1}'), homogeneity_test(NULL::histogram, NULL), goodness_of_fit_test(ARRAY[1], ARRAY[0]),
	independence_test(ARRAY[[0,0],[1,2]]), independence_test('{}'::float8[]), independence_test(NULL::float8[]), homogeneity_test('{}'::histogram[]), homogeneity_test(NULL::histogram[]), homogeneity_test(ARRAY[NULL, '{"a": 1}']::histogram[]);
SELECT homogeneity_test(ARRAY[0,0], ARRAY[1,2]) IS NULL AS is_null, shown(homogeneity_test(ARRAY[1,NULL,3], ARRAY[3,1,NULL])), shown(homogeneity_test(ARRAY[1,2], ARRAY[3,1], NULL, NULL, NULL, NULL, NULL, NULL));
SELECT homogeneity_test(p, q), goodness_of_fit_test(p, q) FROM (VALUES (1, 2)) AS bins (p, q) WHERE false;
SELECT homogeneity_test(p, q), shown(goodness_of_fit_test(r, q)) FROM (VALUES (0, 2, 1), (NULL, 1, 3)) AS bins (p, q, r);

-- which bins
SELECT label, p, q, round(expected::numeric, 6) AS expected, round(residual::numeric, 6) AS residual, round(p_value::numeric, 6) AS p_value
FROM standardized_residuals('{"a": 10, "b": 10, "c": 20, "d": 0}'::histogram, '{"c": 20, "b": 20, "a": 40}');
SELECT label, p, q, round(expected::numeric, 6) AS expected, round(residual::numeric, 6) AS residual FROM standardized_residuals(ARRAY[10,0,30], ARRAY[20,NULL,20]);
SELECT * FROM standardized_residuals(ARRAY[1,2,3], ARRAY[7,14,21]);
SELECT * FROM standardized_residuals(ARRAY[10,0], ARRAY[20,0]);
SELECT * FROM standardized_residuals(ARRAY[0,0], ARRAY[20,0]);
SELECT * FROM standardized_residuals(NULL::histogram, '{"a": 1}');

-- errors
SELECT homogeneity_test(ARRAY[0.5,0.5], ARRAY[1,1]);
SELECT homogeneity_test(ARRAY[1,1], ARRAY[2,2.5], n_p => 10);
SELECT homogeneity_test('{"a": 1, "b": 0.25}'::histogram, '{"a": 1}');
SELECT goodness_of_fit_test(ARRAY[0.5,0.5], ARRAY[1,1]);
SELECT independence_test(ARRAY[[1,2],[3,0.5]]);
SELECT homogeneity_test(ARRAY['{"a": 1}', '{"a": 0.5}']::histogram[]);
SELECT homogeneity_test(p, q) FROM (VALUES (1, 1), (0.5, 1)) AS bins (p, q);
SELECT * FROM standardized_residuals(ARRAY[0.5,0.5], ARRAY[1,1]);
SELECT homogeneity_test(ARRAY[1,-1], ARRAY[2,2]);
SELECT goodness_of_fit_test(ARRAY[1,1], '{2,NaN}');
SELECT independence_test('{{1,2},{Infinity,1}}'::float8[]);
SELECT homogeneity_test(ARRAY[1,1], ARRAY[2,2,2]);
SELECT independence_test(ARRAY[1,2]);
SELECT independence_test(ARRAY[[[1,2],[3,4]]]);
SELECT homogeneity_test(ARRAY[9007199254740992::float8], ARRAY[2]) IS NOT NULL AS most, homogeneity_test(ARRAY[1e16,1], ARRAY[2,2]);
SELECT independence_test(ARRAY[[9e15,1],[9e15,1],[1,1]]);
SELECT homogeneity_test(ARRAY[1,1], ARRAY[2,2], 'fisher');
SELECT homogeneity_test(ARRAY[1,1], ARRAY[2,2], replicates => 9999);
SELECT independence_test(ARRAY[[1,1],[2,2]], replicates => -1);
SELECT homogeneity_test(ARRAY[1,1], ARRAY[2,2], n_p => -1);
SELECT homogeneity_test(ARRAY[1,1], ARRAY[2,2], n_q => 'Infinity');
SELECT goodness_of_fit_test(ARRAY[1,1], ARRAY[2,2], n_p => 'NaN');
SELECT goodness_of_fit_test(ARRAY[1,1], ARRAY[2,2], min_expected => -1);
-- a wrong option comes before NULL, and wrong data before nothing observed
SELECT homogeneity_test(NULL::float8[], NULL, 'fisher');
SELECT homogeneity_test(NULL::histogram[], min_expected => 'Infinity');
SELECT homogeneity_test(ARRAY[0.5,1], ARRAY[0,0]);
SELECT goodness_of_fit_test(ARRAY[1,1], ARRAY[-1,0], n_p => 0);

-- what does not change can be stored and indexed
SELECT DISTINCT provolatile, proparallel FROM pg_proc WHERE proname IN ('homogeneity_test', 'goodness_of_fit_test', 'independence_test', 'standardized_residuals');
DROP TABLE pairs;
DROP FUNCTION shown;
