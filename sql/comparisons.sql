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
	hint := replace(hint, (SELECT string_agg(name, ', ') FROM divergence_measures() WHERE arguments ~ 'q'), 'all measures of two');
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

-- Every measure, few rows: the bits of the array functions, whatever the parameters
CREATE FUNCTION values_of(query text) RETURNS float8[] LANGUAGE plpgsql AS $$
DECLARE
	result float8[];
BEGIN
	EXECUTE query INTO result;
	RETURN result;
END $$;
CREATE TEMP TABLE calls AS
SELECT name, parameters
FROM divergence_measures(),
	 LATERAL (SELECT string_agg(', ' || parameter || ' => ' || CASE parameter WHEN 'alpha' THEN '0.3' WHEN 'base' THEN '2' WHEN 'pseudocount' THEN '0.5' ELSE '0' END, '')
			  FROM unnest(string_to_array(arguments, ', ')) AS parameter WHERE parameter NOT IN ('p', 'q')) AS s (others),
	 LATERAL (SELECT ', alpha => ' || quote_literal(alpha) FROM unnest('{0,0.3,1,2,Infinity}'::float8[]) AS alpha WHERE arguments ~ 'alpha'
			  UNION SELECT '' WHERE arguments !~ 'alpha' UNION SELECT coalesce(others, '')) AS p (parameters)
WHERE arguments ~ 'q';
SELECT count(DISTINCT name) >= 12 AS measures, count(*) > 20 AS calls FROM calls;
SELECT name, parameters, matrix, pairs
FROM calls,
	 LATERAL values_of(format($$SELECT divergence_matrix('{{1,2,3,4},{4,3,2,1},{1,1,1,0}}'::float8[], %L%s)$$, name, parameters)) AS matrix,
	 LATERAL values_of(format($$SELECT ARRAY[%1$s(a, b%2$s), %1$s(a, c%2$s), %1$s(b, a%2$s), %1$s(c, a%2$s)]
							  FROM (SELECT '{1,2,3,4}'::float8[] AS a, '{4,3,2,1}'::float8[] AS b, '{1,1,1,0}'::float8[] AS c) AS s$$, name, parameters)) AS pairs
WHERE (pairs = ARRAY[matrix[1][2], matrix[1][3], matrix[2][1], matrix[3][1]] AND array_dims(matrix) = '[1:3][1:3]') IS NOT TRUE;

-- Nothing in common: exactly the most that a measure can be, also where many are compared at once
CREATE TEMP TABLE disjoint AS
SELECT array_agg(i ORDER BY i) AS ids, array_agg(w ORDER BY i) AS m
FROM (SELECT i, array_agg(CASE WHEN bin % 16 = i THEN 1 + (bin * 7 + i) % 5 ELSE 0 END::float8 ORDER BY bin) AS w FROM generate_series(0, 15) AS i, generate_series(0, 159) AS bin GROUP BY i) AS s;
SELECT measure, array_agg(DISTINCT value) AS off_diagonal
FROM disjoint, unnest('{jsd,js_distance,hellinger_distance,bhattacharyya_distance,total_variation,kl_divergence,jeffreys_divergence,cross_entropy}'::text[]) AS measure,
	 divergence_matrix(m, measure, base => CASE WHEN measure ~ '^js' THEN 2 END) AS matrix, generate_series(1, 16) AS i, generate_series(1, 16) AS j, LATERAL (SELECT matrix[i][j] AS value) AS v
WHERE i <> j GROUP BY measure ORDER BY measure COLLATE "C";
-- of a single bin each, with weights that the inverse of a total does not make 1
SELECT measure, array_agg(DISTINCT matrix[i][j]) AS off_diagonal, count(*) AS pairs
FROM (SELECT array_agg(w ORDER BY i) AS m FROM (SELECT i, array_agg(CASE WHEN i = bin THEN weight ELSE 0 END ORDER BY bin) AS w FROM unnest('{49,98,103,107,161,187,196,197}'::float8[]) WITH ORDINALITY AS s (weight, i), generate_series(1, 8) AS bin GROUP BY i) AS s) AS points,
	 unnest('{l_infinity,total_variation}'::text[]) AS measure, divergence_matrix(m, measure) AS matrix, generate_series(1, 8) AS i, generate_series(1, 8) AS j WHERE i <> j GROUP BY measure;
-- so that equal values are ordered by position
SELECT array_agg((a, b)::text) FROM disjoint, divergence_pairs(ids, m, top => 20, farthest => true);
DROP TABLE disjoint;

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

-- The planner knows top, and an array that does not come from a table
CREATE FUNCTION planned_rows(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
	RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END $$;
SELECT left(query, 95) AS query, planned_rows('SELECT * FROM (SELECT array_agg(i) AS ids, array_agg(ARRAY[i, 1]::float8[]) AS m, array_agg(histogram_agg) AS h FROM (SELECT i, histogram_agg(i) FROM generate_series(1, 5) AS i GROUP BY i) AS s) AS s, ' || query) AS rows
FROM unnest(ARRAY['divergence_pairs(ids, m, top => 2)', 'divergence_pairs(ids, h, top => 3)', 'divergence_pairs(ids, h, top => 0)', 'divergence_pairs(ids, m, top => -1)',
	'divergence_pairs(ids, m, top => cardinality(ids))', 'divergence_pairs(ids, m, top => NULL)', 'divergence_pairs(ids, m)', 'divergence_pairs(ids, h, within => 0.1)',
	'divergence_pairs(ARRAY[1, 2, 3, 4], m)', $$divergence_pairs(ARRAY[1, 2, 3, 4], h, 'kl_divergence')$$, $$divergence_pairs('{1,2,3,4}'::int[], m, 'nonsense')$$,
	'divergence_pairs(ARRAY[1, 2, 3, 4], m, top => 5)', 'divergence_pairs(ARRAY[1, 2, 3, 4], m, top => 50)', 'divergence_pairs(ids, ARRAY[[1, 2], [2, 3], [3, 4]]::float8[])',
	$$divergence_pairs(ids, '{"{\"a\": 1}","{\"b\": 1}"}'::histogram[])$$, $$divergence_pairs('{}'::int[], m)$$, 'divergence_pairs(NULL::int[], m)']) AS query;
PREPARE closest(int) AS SELECT * FROM (SELECT array_agg(i) AS ids, array_agg(ARRAY[i, 1]::float8[]) AS m FROM generate_series(1, 5) AS i) AS s, divergence_pairs(ids, m, top => $1);
SELECT planned_rows('EXECUTE closest(7)');
DEALLOCATE closest;
DROP FUNCTION planned_rows;

-- Settings
SHOW kldiv.threads;
SHOW kldiv.max_threads;
SHOW kldiv.progress;
SELECT error_of('SET kldiv.threads = -1');
SELECT error_of('SET kldiv.max_threads = 0');

DROP TABLE inputs;
DROP FUNCTION error_of;
