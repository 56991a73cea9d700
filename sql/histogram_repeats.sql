-- Histograms that have the labels of those before them: taken together, with the results of each on its own.

-- Sets of labels: some alike in length and end, numbers, many, none
CREATE TEMP TABLE sets AS
SELECT 'x' || x AS name, label FROM generate_series(1, 3) AS x, unnest(ARRAY['a' || x, repeat('m', 60), repeat('z', 20)]) AS label
UNION ALL SELECT 'letters', chr(96 + i) FROM generate_series(1, 10) AS i
UNION ALL SELECT 'most letters', chr(96 + i) FROM generate_series(1, 9) AS i
UNION ALL SELECT 'numbers', i::text FROM generate_series(1, 12) AS i
UNION ALL SELECT 'words', 'a longer word ' || i FROM generate_series(1, 20) AS i
UNION ALL SELECT 'many', i::text FROM generate_series(1, 300) AS i;
CREATE TEMP TABLE weights AS
SELECT kind, i, name, CASE kind WHEN 'whole' THEN (i * 7 + ascii(label)) % 10 WHEN 'fractional' THEN (i * 7 + ascii(label)) % 10 / 7.0
                      ELSE 10::float8 ^ (i * 37 % 300) * i / 7.0 END AS weight, label
FROM unnest(ARRAY['whole', 'fractional', 'of all sizes']) AS kind, generate_series(1, 80) AS i,
     LATERAL (SELECT (ARRAY['x1', 'x2', 'letters', 'numbers', 'words', 'many', 'x3', 'most letters', 'letters'])[1 + i / 5 * 5 % 9]) AS s (name)
     JOIN sets USING (name);
CREATE TEMP TABLE rows_of_sets AS
SELECT kind, i, histogram_agg(label, weight) AS h FROM weights GROUP BY kind, i UNION ALL SELECT 'whole', i, '{}' FROM generate_series(81, 83) AS i;

-- sum(h) is histogram_agg of the bins: of all rows, so far, and in moving frames
SELECT kind, sum(h) = (SELECT histogram_agg(label, weight) FROM weights AS w WHERE w.kind = r.kind) AS same,
       avg(h) = (SELECT histogram_agg(label, weight) FROM weights AS w WHERE w.kind = r.kind) / count(h) AS mean FROM rows_of_sets AS r GROUP BY kind ORDER BY kind;
SELECT kind, frame, count(*) AS rows, count(*) FILTER (WHERE moved = coalesce(again, '{}')) AS same
FROM (SELECT kind, i, 3 AS frame, sum(h) OVER (PARTITION BY kind ORDER BY i ROWS 3 PRECEDING) AS moved FROM rows_of_sets
      UNION ALL SELECT kind, i, 1, sum(h) OVER (PARTITION BY kind ORDER BY i ROWS 1 PRECEDING) FROM rows_of_sets
      UNION ALL SELECT kind, i, 1000, sum(h) OVER (PARTITION BY kind ORDER BY i) FROM rows_of_sets) AS s,
     LATERAL (SELECT histogram_agg(label, weight) AS again FROM weights AS w WHERE w.kind = s.kind AND w.i BETWEEN s.i - frame AND s.i) AS f
GROUP BY kind, frame ORDER BY kind, frame;
-- a sum that is too large, and one that no longer is
SELECT i, sum(h) OVER (ORDER BY i ROWS 2 PRECEDING) FROM (VALUES (1, '{"a": 1e308, "b": 1}'::histogram), (2, '{"a": 5e307, "b": 1}'), (3, '{"a": 1, "b": 1}'), (4, '{"a": 1, "b": 3}'), (5, '{"a": 0.5, "b": 0.1}')) AS v (i, h);
SELECT sum(h) FROM (VALUES ('{"a": 1, "b": 1}'::histogram), ('{"a": 1e308, "b": 1}'), ('{"a": 1e308, "b": 1}'), ('{"a": 1, "b": 1}')) AS v (h);

-- Measures of rows whose labels differ: those of histograms that were given each other's labels.  More pairs of sets
-- than are kept, and more bytes
CREATE TEMP TABLE pairs_of_sets AS
SELECT row_number() OVER (ORDER BY turn, a.i % 7, a.i, b.i) AS id, a.h AS p, b.h AS q
FROM rows_of_sets AS a JOIN rows_of_sets AS b ON a.kind = b.kind AND a.kind <> 'of all sizes' AND a.i % 4 = 0 AND b.i % 9 = 4 AND a.i <= 80, generate_series(1, 2) AS turn;
INSERT INTO pairs_of_sets SELECT 10000 + 100 * n + x, histogram_agg(repeat('l', n) || i % 40, i), histogram_agg(repeat('l', n) || i % 41, i)
FROM generate_series(1, 60) AS n, generate_series(1, 2) AS x, generate_series(1, 100) AS i GROUP BY n, x;
INSERT INTO pairs_of_sets SELECT 20000 + x, histogram_agg(i), histogram_agg(i + 1) FROM generate_series(1, 2) AS x, generate_series(1, 40000) AS i GROUP BY x;
INSERT INTO pairs_of_sets SELECT 30000 + id, p, q FROM pairs_of_sets WHERE id <= 100;
SELECT count(*) AS rows, count(DISTINCT (histogram_labels(p), histogram_labels(q))) AS sets, count(*) FILTER (WHERE histogram_labels(p) <> histogram_labels(q)) AS differ,
       count(*) FILTER (WHERE jsd(p, q) = jsd(p + 0 * q, q + 0 * p)) AS jsd,
       count(*) FILTER (WHERE kl_divergence(p, q) = kl_divergence(p + 0 * q, q + 0 * p)) AS kl,
       count(*) FILTER (WHERE psi(p, q, 1e-4) = psi(p + 0 * q, q + 0 * p, 1e-4)) AS psi,
       count(*) FILTER (WHERE total_variation(p, q) = total_variation(p + 0 * q, q + 0 * p)) AS tv
FROM (SELECT * FROM pairs_of_sets ORDER BY id LIMIT 10000) AS s;

DROP TABLE sets, weights, rows_of_sets, pairs_of_sets;
