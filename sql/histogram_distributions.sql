-- divergence_matrix and divergence_pairs over many histograms, whose labels are aligned once
SET jit = off;
CREATE TEMP TABLE days AS
SELECT day, histogram_agg(CASE WHEN j % 2 = 0 THEN 'l' ELSE 'a longer label ' END || (day * j) % 13, j % 5 + (day % 3) / 4.0) AS h
FROM generate_series(1, 12) AS day, generate_series(1, 9) AS j GROUP BY day;

-- Each pair has the value of the function of two histograms
CREATE TEMP TABLE arguments AS SELECT array_agg(day ORDER BY day) AS ids, array_agg(h ORDER BY day) AS hs FROM days;
SELECT measure, count(*) AS pairs, count(*) FILTER (WHERE value = divergence OR abs(value - divergence) <= 1e-12 * value) AS same
FROM arguments, unnest(ARRAY['jsd', 'kl_divergence', 'total_variation', 'psi', 'hellinger_distance', 'cross_entropy']) AS measure,
     divergence_pairs(ids, hs, measure) AS pairs JOIN days AS x ON x.day = a JOIN days AS y ON y.day = b,
     LATERAL (SELECT CASE measure WHEN 'jsd' THEN jsd(x.h, y.h) WHEN 'kl_divergence' THEN kl_divergence(x.h, y.h)
                         WHEN 'total_variation' THEN total_variation(x.h, y.h) WHEN 'psi' THEN psi(x.h, y.h)
                         WHEN 'hellinger_distance' THEN hellinger_distance(x.h, y.h) ELSE cross_entropy(x.h, y.h) END AS value) AS one
GROUP BY measure ORDER BY measure COLLATE "C";
SELECT divergence_matrix(hs, 'l_infinity') = divergence_matrix((SELECT array_agg(w ORDER BY day) FROM
    (SELECT day, (SELECT array_agg(histogram_weight(h, l) ORDER BY l COLLATE "C") FROM unnest(histogram_labels((SELECT sum(h) FROM days))) AS l) AS w FROM days) AS aligned),
    'l_infinity') AS same_as_aligned FROM arguments;

-- a pseudocount goes to the labels of all
SELECT a, b, divergence = kl_divergence('{"a": 1, "b": 2, "c": 0}'::histogram, '{"a": 2, "b": 0, "c": 0}', pseudocount => 1) AS over_all
FROM divergence_pairs(ARRAY['x', 'y', 'z'], ARRAY['{"a": 1, "b": 2}', '{"a": 2}', '{"c": 1}']::histogram[], 'kl_divergence', pseudocount => 1) WHERE (a, b) = ('x', 'y');

-- NULL, nothing observed, nothing at all
SELECT divergence_matrix(ARRAY['{"a": 1, "b": 1}', NULL, '{}', '{"a": 0}', '{"b": 2}']::histogram[], 'total_variation');
SELECT divergence_matrix('{}'::histogram[]), divergence_matrix(ARRAY['{}', NULL]::histogram[]), divergence_matrix(NULL::histogram[]);
SELECT * FROM divergence_pairs(ARRAY['x', 'y', 'z'], ARRAY['{"a": 1}', NULL, '{"b": 2}']::histogram[]);
SELECT * FROM divergence_pairs(ARRAY['x', 'y', 'z'], ARRAY['{"a": 1}', NULL, '{"b": 2}']::histogram[], top => 5);
SELECT * FROM divergence_pairs(ARRAY['x'], ARRAY['{"a": 1}', '{"b": 2}']::histogram[]);
SELECT divergence_matrix(ARRAY['{"a": 1e308}', '{"b": 1}']::histogram[], 'kl_divergence', pseudocount => 1.7e308);

-- of a NULL nothing is known, whatever is added; an empty histogram is one with every label at 0
SELECT divergence_matrix(ARRAY['{"a": 1}', NULL, '{"b": 1}', '{}']::histogram[], 'kl_divergence', pseudocount => 1);
SELECT a, b, divergence FROM divergence_pairs(ARRAY['x', 'y', 'z'], ARRAY['{"a": 1}', NULL, '{"b": 2}']::histogram[], 'kl_divergence', pseudocount => 1);

-- With few labels in common they are lists, with the same values.  One has a single label, one only weights of 0, one nothing, and one is NULL.
CREATE TEMP TABLE customers AS
SELECT id, histogram_agg('item ' || (id * 40 + j) * CASE WHEN j % 7 = 0 THEN 0 ELSE 1 END, j % 5 + 1) AS h
FROM generate_series(1, 95) AS id, generate_series(1, 40) AS j GROUP BY id
UNION ALL VALUES (96, '{"item 50": 3}'::histogram), (97, '{"item 51": 0, "x": 0}'), (98, '{}'), (99, NULL), (100, '{"item 3": 1e-300, "item 44": 1e300}');
CREATE TEMP TABLE everything AS SELECT array_agg(id ORDER BY id) AS ids, array_agg(h ORDER BY id) AS hs, histogram_labels(sum(h)) AS labels FROM customers;
SELECT measure, count(*) AS pairs, count(value) AS known, count(*) FILTER (WHERE value IS NULL AND divergence IS NULL OR value = divergence OR abs(value - divergence) <= 1e-12 * value) AS same
FROM everything, unnest(ARRAY['bhattacharyya_distance', 'chi_square_divergence', 'cross_entropy', 'hellinger_distance', 'jeffreys_divergence', 'js_distance', 'jsd', 'kl_divergence', 'l_infinity', 'psi', 'renyi', 'total_variation']) AS measure,
     divergence_pairs(ids, hs, measure, alpha => CASE measure WHEN 'renyi' THEN 0.5 END) AS pairs JOIN customers AS x ON x.id = a JOIN customers AS y ON y.id = b,
     LATERAL (SELECT CASE measure WHEN 'bhattacharyya_distance' THEN bhattacharyya_distance(x.h, y.h) WHEN 'chi_square_divergence' THEN chi_square_divergence(x.h, y.h)
                         WHEN 'cross_entropy' THEN cross_entropy(x.h, y.h) WHEN 'hellinger_distance' THEN hellinger_distance(x.h, y.h) WHEN 'jeffreys_divergence' THEN jeffreys_divergence(x.h, y.h)
                         WHEN 'js_distance' THEN js_distance(x.h, y.h) WHEN 'jsd' THEN jsd(x.h, y.h) WHEN 'kl_divergence' THEN kl_divergence(x.h, y.h) WHEN 'l_infinity' THEN l_infinity(x.h, y.h)
                         WHEN 'psi' THEN psi(x.h, y.h) WHEN 'renyi' THEN renyi(x.h, y.h, 0.5) ELSE total_variation(x.h, y.h) END AS value) AS one
GROUP BY measure ORDER BY measure COLLATE "C";

-- A pseudocount goes to the labels of all there too: it is that of arrays with a weight for each of them
CREATE TEMP TABLE rows_of_weights AS
SELECT id, h, (SELECT array_agg(histogram_weight(h, label) ORDER BY n) FROM everything, unnest(labels) WITH ORDINALITY AS l (label, n)) AS w FROM customers WHERE id > 90;
SELECT measure, pseudocount, count(*) AS pairs, count(value) AS known, count(*) FILTER (WHERE value IS NULL AND divergence IS NULL OR value = divergence OR abs(value - divergence) <= 1e-12 * value) AS same
FROM everything, unnest(ARRAY['cross_entropy', 'jeffreys_divergence', 'js_distance', 'jsd', 'kl_divergence', 'renyi']) AS measure, unnest('{1,1e-200}'::float8[]) AS pseudocount,
     divergence_pairs(ids, hs, measure, alpha => CASE measure WHEN 'renyi' THEN 2 END, base => 2, pseudocount => pseudocount) AS pairs JOIN rows_of_weights AS x ON x.id = a JOIN rows_of_weights AS y ON y.id = b,
     LATERAL (SELECT CASE WHEN x.h IS NULL OR y.h IS NULL THEN NULL WHEN measure = 'cross_entropy' THEN cross_entropy(x.w, y.w, 2, pseudocount) WHEN measure = 'jeffreys_divergence' THEN jeffreys_divergence(x.w, y.w, 2, pseudocount)
                         WHEN measure = 'js_distance' THEN js_distance(x.w, y.w, 2, pseudocount) WHEN measure = 'jsd' THEN jsd(x.w, y.w, 2, pseudocount)
                         WHEN measure = 'renyi' THEN renyi(x.w, y.w, 2, 2, pseudocount) ELSE kl_divergence(x.w, y.w, 2, pseudocount) END AS value) AS one
GROUP BY measure, pseudocount ORDER BY measure COLLATE "C", pseudocount;

-- The matrix has them in both halves, and NULL for who was not observed
SELECT count(*) AS cells, count(matrix[i][j]) AS known, count(*) FILTER (WHERE matrix[i][j] = matrix[j][i]) AS symmetric, count(*) FILTER (WHERE matrix[i][j] = 1) AS disjoint, count(*) FILTER (WHERE i = j AND matrix[i][j] = 0) AS diagonal
FROM everything, divergence_matrix(hs, base => 2) AS matrix, generate_series(1, 100) AS i, generate_series(1, 100) AS j;
SELECT a, b, divergence FROM everything, divergence_pairs(ids, hs, 'hellinger_distance', top => 3, farthest => true);
SELECT divergence_matrix(array_agg(format('{"%s": 1e308}', i)::histogram), 'kl_divergence', pseudocount => 1e308) FROM generate_series(1, 100) AS i;

-- Lists of which a filter leaves out most pairs: the closest, the farthest and those within are those of a sort of all
-- pairs, equal values by position.  Many are equal, proportional, or without a label in common; one is NULL, one empty.
CREATE TEMP TABLE baskets AS
SELECT array_agg(id ORDER BY id) AS ids, array_agg(CASE id WHEN 90 THEN NULL WHEN 91 THEN '{}'::histogram ELSE h END ORDER BY id) AS hs
FROM (SELECT id, histogram_agg(CASE WHEN kind % 9 = 0 THEN 600 + 10 * kind + j ELSE (hashint8(kind * 100 + j) & 1023) * (hashint8(kind * 100 + j + 50) & 1023) / 1750 END,
							   ((hashint8(kind * 7 + j) & 7) + 1) * CASE WHEN id > 150 AND id % 3 = 0 THEN 7 + j % 2 ELSE 1 + id / 150 END) AS h
	  FROM generate_series(1, 200) AS id, LATERAL (SELECT id % 150) AS k (kind), generate_series(1, 10) AS j GROUP BY id) AS s;
CREATE TEMP TABLE all_pairs AS
SELECT measure, alpha, pseudocount, pairs.*
FROM baskets, unnest('{jsd,hellinger_distance,renyi}'::text[], '{NULL,NULL,0.5}'::float8[], '{0,NULL,0.01}'::float8[]) AS m (measure, alpha, pseudocount),
	 LATERAL divergence_pairs(ids, hs, measure, alpha => alpha, pseudocount => pseudocount) AS pairs WHERE divergence IS NOT NULL;
SELECT measure, pseudocount, pairs, values, near,
	   closest = (SELECT array_agg((a, b, divergence)::text ORDER BY n) FROM divergence_pairs(ids, hs, measure, top => 90, alpha => alpha, pseudocount => pseudocount) WITH ORDINALITY AS f (a, b, divergence, n)) AS closest,
	   farthest = (SELECT array_agg((a, b, divergence)::text ORDER BY n) FROM divergence_pairs(ids, hs, measure, top => 90, farthest => true, alpha => alpha, pseudocount => pseudocount) WITH ORDINALITY AS f (a, b, divergence, n)) AS farthest,
	   within = (SELECT array_agg((a, b, divergence)::text ORDER BY divergence, a, b) FROM divergence_pairs(ids, hs, measure, within => threshold, alpha => alpha, pseudocount => pseudocount)) AS within
FROM (SELECT measure, alpha, pseudocount, max(n) AS pairs, count(DISTINCT divergence) AS values, max(divergence) FILTER (WHERE n <= 300) AS threshold, count(*) FILTER (WHERE n <= 300) AS near,
			 array_agg((a, b, divergence)::text ORDER BY n) FILTER (WHERE n <= 90) AS closest, array_agg((a, b, divergence)::text ORDER BY from_end) FILTER (WHERE from_end <= 90) AS farthest,
			 array_agg((a, b, divergence)::text ORDER BY n) FILTER (WHERE n <= 300) AS within
	  FROM (SELECT *, row_number() OVER (PARTITION BY measure ORDER BY divergence, a, b) AS n, row_number() OVER (PARTITION BY measure ORDER BY divergence DESC, a, b) AS from_end FROM all_pairs) AS s
	  GROUP BY measure, alpha, pseudocount) AS sorted, baskets ORDER BY measure COLLATE "C";
