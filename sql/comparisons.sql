-- Many distributions at once: divergence_matrix, divergence_pairs, hellinger_embedding

-- the error of a query: SQLSTATE, message, detail and hint
CREATE FUNCTION error_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	message text;
	detail text;
	hint text;
BEGIN
	EXECUTE query;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' / ', SQLSTATE, message, nullif(detail, ''), nullif(hint, ''));
END $$;

-- Element [i][j] has row i as p and row j as q
SELECT divergence_matrix(ARRAY[[1, 0], [1, 1], [2, 0]], 'total_variation');
SELECT divergence_matrix(ARRAY[[1, 0], [1, 1]], 'kl_divergence', base => 2);
SELECT divergence_matrix(ARRAY[[1, 0], [0, 1]], 'jsd', base => 2);
SELECT divergence_matrix(ARRAY[[1, 0], [0, 1]], 'hellinger_distance');

-- The diagonal: no distribution differs from itself, and the cross-entropy is the entropy
SELECT divergence_matrix(ARRAY[[1, 1], [1, 1]], 'cross_entropy', base => 2);
SELECT divergence_matrix(ARRAY[[1, 3], [2, 6], [3, 9]], 'jeffreys_divergence');

-- jsd is the default, also for NULL; so is every other option
SELECT divergence_matrix(m) = divergence_matrix(m, 'jsd') AND divergence_matrix(m) = divergence_matrix(m, NULL, NULL, NULL, NULL, NULL) AS same
FROM (SELECT ARRAY[[1, 2, 3], [3, 2, 1]]::float8[] AS m) AS matrices;

-- Every measure, few rows: the bits of the array functions
WITH inputs AS (
	SELECT ARRAY[[1, 2, 3, 4], [4, 3, 2, 1], [1, 1, 1, 0]]::float8[] AS m, ARRAY[1, 2, 3, 4]::float8[] AS a,
		   ARRAY[4, 3, 2, 1]::float8[] AS b, ARRAY[1, 1, 1, 0]::float8[] AS c
), results (name, matrix, ab, ac, ca) AS (
	SELECT 'cross_entropy', divergence_matrix(m, 'cross_entropy', base => 2, pseudocount => 1), cross_entropy(a, b, 2, 1), cross_entropy(a, c, 2, 1), cross_entropy(c, a, 2, 1) FROM inputs
	UNION ALL SELECT 'kl_divergence', divergence_matrix(m, 'kl_divergence'), kl_divergence(a, b), kl_divergence(a, c), kl_divergence(c, a) FROM inputs
	UNION ALL SELECT 'jeffreys_divergence', divergence_matrix(m, 'jeffreys_divergence', pseudocount => 0.5), jeffreys_divergence(a, b, pseudocount => 0.5), jeffreys_divergence(a, c, pseudocount => 0.5), jeffreys_divergence(c, a, pseudocount => 0.5) FROM inputs
	UNION ALL SELECT 'jsd', divergence_matrix(m), jsd(a, b), jsd(a, c), jsd(c, a) FROM inputs
	UNION ALL SELECT 'js_distance', divergence_matrix(m, 'js_distance', base => 2), js_distance(a, b, 2), js_distance(a, c, 2), js_distance(c, a, 2) FROM inputs
	UNION ALL SELECT 'renyi', divergence_matrix(m, 'renyi', alpha => 0.3), renyi(a, b, 0.3), renyi(a, c, 0.3), renyi(c, a, 0.3) FROM inputs
	UNION ALL SELECT 'renyi, infinite', divergence_matrix(m, 'renyi', alpha => 'Infinity'), renyi(a, b, 'Infinity'), renyi(a, c, 'Infinity'), renyi(c, a, 'Infinity') FROM inputs
	UNION ALL SELECT 'hellinger_distance', divergence_matrix(m, 'hellinger_distance'), hellinger_distance(a, b), hellinger_distance(a, c), hellinger_distance(c, a) FROM inputs
	UNION ALL SELECT 'bhattacharyya_distance', divergence_matrix(m, 'bhattacharyya_distance'), bhattacharyya_distance(a, b), bhattacharyya_distance(a, c), bhattacharyya_distance(c, a) FROM inputs
	UNION ALL SELECT 'total_variation', divergence_matrix(m, 'total_variation'), total_variation(a, b), total_variation(a, c), total_variation(c, a) FROM inputs
	UNION ALL SELECT 'l_infinity', divergence_matrix(m, 'l_infinity'), l_infinity(a, b), l_infinity(a, c), l_infinity(c, a) FROM inputs
	UNION ALL SELECT 'chi_square_divergence', divergence_matrix(m, 'chi_square_divergence'), chi_square_divergence(a, b), chi_square_divergence(a, c), chi_square_divergence(c, a) FROM inputs
	UNION ALL SELECT 'psi', divergence_matrix(m, 'psi'), psi(a, b), psi(a, c), psi(c, a) FROM inputs
	UNION ALL SELECT 'psi, not filled', divergence_matrix(m, 'psi', empty => 0), psi(a, b, 0), psi(a, c, 0), psi(c, a, 0) FROM inputs
)
SELECT name, matrix[1][2] = ab AND matrix[1][3] = ac AND matrix[3][1] = ca AS same, matrix[1][3] = 'Infinity' AS infinite, array_dims(matrix) AS dims
FROM results;

-- NULL: a distribution with nothing observed, unless smoothed; a weight that is NULL is 0
SELECT divergence_matrix(ARRAY[[1, 1], [0, 0], [1, NULL]], 'total_variation');
SELECT divergence_matrix(ARRAY[[NULL, NULL], [NULL, NULL]]::float8[]);
-- equal ones are equal byte by byte, whatever was in memory before
SELECT count(*) AS calls, count(*) FILTER (WHERE before > '' AND record_image_eq(ROW(matrix), ROW(matrix::text::float8[]))) AS equal
FROM generate_series(1, 100) AS i,
	 LATERAL (SELECT repeat('y', i * 9) AS before, divergence_matrix(ARRAY[[1, 1], [0, i - i], [1, NULL]]::float8[]) AS matrix OFFSET 0) AS matrices;
SELECT divergence_matrix(ARRAY[[1, 1], [0, 0]], pseudocount => 1);
SELECT divergence_matrix(NULL::float8[]) IS NULL AS is_null, divergence_matrix(NULL::float8[], 'nonsense') IS NULL AS also;

-- Shapes: nothing, one row, one bin, rows that are joint distributions, other lower bounds
SELECT divergence_matrix('{}'::float8[]), divergence_matrix(ARRAY[[1, 2]]), divergence_matrix(ARRAY[[7], [8]]);
SELECT divergence_matrix(ARRAY[[[1, 0], [0, 1]], [[1, 1], [1, 1]]], 'total_variation');
SELECT divergence_matrix('[0:1][5:6]={{1,0},{0,1}}'::float8[], 'total_variation');

-- Errors
SELECT error_of($$SELECT divergence_matrix(ARRAY[[1, 2], [2, 1]], 'kullback')$$);
SELECT error_of($$SELECT divergence_matrix(ARRAY[[1, 2], [2, 1]], 'JSD')$$);
SELECT error_of($$SELECT divergence_matrix(ARRAY[[1, 2], [2, 1]], 'entropy')$$);
SELECT error_of($$SELECT divergence_matrix(ARRAY[[1, 2], [2, 1]], alpha => 2)$$);
SELECT error_of($$SELECT divergence_matrix(ARRAY[[1, 2], [2, 1]], 'renyi')$$);
SELECT error_of($$SELECT divergence_matrix(ARRAY[[1, 2], [2, 1]], 'renyi', alpha => -1)$$);
SELECT error_of($$SELECT divergence_matrix(ARRAY[[1, 2], [2, 1]], 'psi', base => 2)$$);
SELECT error_of($$SELECT divergence_matrix(ARRAY[[1, 2], [2, 1]], 'total_variation', pseudocount => 1)$$);
SELECT error_of($$SELECT divergence_matrix(ARRAY[[1, 2], [2, 1]], 'jsd', empty => 0)$$);
SELECT error_of($$SELECT divergence_matrix(ARRAY[[1, 2], [2, 1]], base => 1)$$);
SELECT error_of($$SELECT divergence_matrix(ARRAY[[1, 2], [2, 1]], pseudocount => -1)$$);
SELECT error_of($$SELECT divergence_matrix(ARRAY[[1, 2], [2, 1]], 'psi', empty => 2)$$);
SELECT error_of($$SELECT divergence_matrix(ARRAY[1, 2, 3])$$);
SELECT error_of($$SELECT divergence_matrix(ARRAY[[1, 2], [-1, 1]])$$);
SELECT error_of($$SELECT divergence_matrix(ARRAY[[0, 0], [1, 'NaN'::float8]])$$);
SELECT error_of($$SELECT divergence_matrix(ARRAY[['Infinity'::float8, 0], [1, 2]])$$);
SELECT error_of($$SELECT divergence_matrix(ARRAY[[1e308, 1e308], [1, 2]])$$);
SELECT error_of($$SELECT divergence_matrix(array_fill(1::float8, ARRAY[11586, 1]))$$);

-- All pairs: once each if the measure is symmetric, in both orders if not
SELECT * FROM divergence_pairs(ARRAY['x', 'y', 'z'], ARRAY[[1, 0], [1, 1], [0, 1]], 'total_variation') ORDER BY 1, 2;
SELECT * FROM divergence_pairs(ARRAY['x', 'y', 'z'], ARRAY[[1, 0], [1, 1], [0, 1]], 'kl_divergence', base => 2) ORDER BY 1, 2;

-- Ids are of any type, and may be NULL; a and b are of that type
SELECT a, pg_typeof(a), b, divergence FROM divergence_pairs('{2026-01-01,NULL,2026-01-03}'::date[], ARRAY[[1, 0], [0, 1], [1, 0]], 'total_variation');
SELECT a + b AS sum, divergence FROM divergence_pairs(ARRAY[10, 20], ARRAY[[1, 0], [0, 1]], base => 2);

-- The closest ones, the most different ones, those within a threshold; positions decide between equals
CREATE TABLE inputs AS
SELECT ARRAY['a', 'b', 'c', 'd', 'e'] AS ids, ARRAY[[1, 0, 0], [1, 1, 0], [0, 0, 1], [1, 1, 0], [0, 0, 0]]::float8[] AS m;
SELECT pairs.* FROM inputs, divergence_pairs(ids, m, 'total_variation', top => 2) AS pairs;
SELECT pairs.* FROM inputs, divergence_pairs(ids, m, 'total_variation', top => 100) AS pairs;
SELECT pairs.* FROM inputs, divergence_pairs(ids, m, 'total_variation', top => 2, farthest => true) AS pairs;
SELECT pairs.* FROM inputs, divergence_pairs(ids, m, 'total_variation', within => 0.5) AS pairs ORDER BY a, b;
SELECT pairs.* FROM inputs, divergence_pairs(ids, m, 'total_variation', top => 1, within => 0.5, farthest => true) AS pairs;
SELECT pairs.* FROM inputs, divergence_pairs(ids, m, 'total_variation', top => 0) AS pairs;
SELECT pairs.* FROM inputs, divergence_pairs(ids, m, 'kl_divergence', top => 3, farthest => true) AS pairs;
SELECT pairs.* FROM inputs, divergence_pairs(ids, m, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) AS pairs WHERE divergence = 0;

-- What was not observed is neither close nor far, but is there when all pairs are
SELECT a, b, divergence FROM inputs, divergence_pairs(ids, m) WHERE b = 'e' ORDER BY a;
SELECT count(*) FROM inputs, divergence_pairs(ids, m, within => 'Infinity');

-- In a SELECT list rows come as they are asked for
SELECT divergence_pairs(ARRAY[1, 2, 3], ARRAY[[1, 0], [1, 1], [0, 1]], 'total_variation') LIMIT 2;
SELECT (divergence_pairs(ids, m, 'l_infinity', top => 1)).* FROM inputs, generate_series(1, 2);

-- Nothing to compare
SELECT count(*) FROM divergence_pairs('{}'::int[], '{}'::float8[]);
SELECT count(*) FROM divergence_pairs(ARRAY[1], ARRAY[[1, 2]]);
SELECT count(*) FROM divergence_pairs(NULL::int[], ARRAY[[1, 2], [2, 1]]);
SELECT count(*) FROM divergence_pairs(ARRAY[1, 2], NULL::float8[]);

-- Errors
SELECT error_of($$SELECT divergence_pairs(ARRAY[1], ARRAY[[1, 2], [2, 1]])$$);
SELECT error_of($$SELECT divergence_pairs(ARRAY[1, 2], ARRAY[[1, 2], [2, 1]], 'perplexity')$$);
SELECT error_of($$SELECT divergence_pairs(ARRAY[1, 2], ARRAY[[1, 2], [2, 1]], top => -1)$$);
SELECT error_of($$SELECT divergence_pairs(ARRAY[1, 2], ARRAY[[1, 2], [2, 1]], within => 'NaN')$$);
SELECT error_of($$SELECT divergence_pairs(ARRAY[1, 2], ARRAY[[1, 2], [2, 1]], within => -1)$$);
SELECT error_of($$SELECT divergence_pairs(ARRAY[1, 2], ARRAY[[1, 2], [2, 1]], farthest => true)$$);
SELECT error_of($$SELECT divergence_pairs(ARRAY[1, 2], ARRAY[[1, 2], [2, -1]])$$);

-- The pairs are the elements of the matrix
SELECT count(*), bool_and(divergence = matrix[a][b]) AS same
FROM (SELECT array_agg(row ORDER BY i) AS m, array_agg(i ORDER BY i) AS ids
	  FROM (SELECT i, array_agg((i * 7919 * bin + bin * bin * 104729) % 1009 ORDER BY bin)::float8[] AS row
			FROM generate_series(1, 70) AS i, generate_series(1, 20) AS bin GROUP BY i) AS rows) AS inputs,
	 LATERAL (SELECT divergence_matrix(m, 'jeffreys_divergence', pseudocount => 1) AS matrix) AS matrices,
	 LATERAL divergence_pairs(ids, m, 'jeffreys_divergence', pseudocount => 1);

-- Hellinger's distance is Euclid's
SELECT hellinger_embedding(ARRAY[1, 0, 1]);
SELECT hellinger_embedding(ARRAY[[8, 0], [0, NULL]]), hellinger_embedding('{}') IS NULL AS empty, hellinger_embedding(ARRAY[0, 0]) IS NULL AS zero;
SELECT abs(sqrt(sum((x - y) ^ 2)) - hellinger_distance(p, q)) < 1e-15 AS same
FROM (SELECT '{1,2,3,4,0}'::float8[] AS p, '{9,1,0,1,1}'::float8[] AS q) AS pair,
	 LATERAL unnest(hellinger_embedding(p), hellinger_embedding(q)) AS points (x, y) GROUP BY p, q;
SELECT error_of($$SELECT hellinger_embedding(ARRAY[1, -2])$$);

-- Settings
SHOW kldiv.threads;
SHOW kldiv.max_threads;
SHOW kldiv.progress;
SELECT error_of('SET kldiv.threads = -1');
SELECT error_of('SET kldiv.max_threads = 0');

DROP TABLE inputs;
DROP FUNCTION error_of;

-- Points of histograms, over the labels of all
SELECT hellinger_embeddings(ARRAY['{"a": 1, "b": 3}'::histogram, NULL, '{"b": 1, "c": 1}', '{}', '{"a": 0}']);
SELECT hellinger_embeddings('{}') AS none, hellinger_embeddings(ARRAY[NULL::histogram, '{}']) AS no_label, hellinger_embeddings(NULL) AS nothing;
SELECT count(*) AS pairs, max(abs(hellinger_distance(hs[a], hs[b]) - sqrt((SELECT sum((points[a][k] - points[b][k]) ^ 2) FROM generate_subscripts(points, 2) AS k)))) < 1e-15 AS as_far_apart
FROM (SELECT array_agg(h ORDER BY i) AS hs, hellinger_embeddings(array_agg(h ORDER BY i)) AS points
	FROM (SELECT i, histogram_agg(i * j % 11, j) AS h FROM generate_series(1, 20) AS i, generate_series(1, 9) AS j GROUP BY i) AS s) AS s, generate_series(1, 20) AS a, generate_series(1, 20) AS b;
-- to the bit what arrays of the same weights are
SELECT (SELECT array_agg(x ORDER BY n) FROM unnest(hellinger_embeddings(ARRAY['{"a": 1, "b": 3, "c": 0.1}'::histogram, '{"d": 1}'])) WITH ORDINALITY AS u (x, n) WHERE n <= 4) = hellinger_embedding('{1,3,0.1,0}'::float8[]) AS same;
