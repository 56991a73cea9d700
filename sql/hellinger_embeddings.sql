-- Points of histograms, over the labels of all
SELECT hellinger_embeddings(ARRAY['{"a": 1, "b": 3}'::histogram, NULL, '{"b": 1, "c": 1}', '{}', '{"a": 0}']);
SELECT hellinger_embeddings('{}') AS none, hellinger_embeddings(ARRAY[NULL::histogram, '{}']) AS no_label, hellinger_embeddings(NULL) AS nothing;
SELECT count(*) AS pairs, max(abs(hellinger_distance(hs[a], hs[b]) - sqrt((SELECT sum((points[a][k] - points[b][k]) ^ 2) FROM generate_subscripts(points, 2) AS k)))) < 1e-15 AS as_far_apart
FROM (SELECT array_agg(h ORDER BY i) AS hs, hellinger_embeddings(array_agg(h ORDER BY i)) AS points
	FROM (SELECT i, histogram_agg(i * j % 11, j) AS h FROM generate_series(1, 20) AS i, generate_series(1, 9) AS j GROUP BY i) AS s) AS s, generate_series(1, 20) AS a, generate_series(1, 20) AS b;
-- to the bit what arrays of the same weights are
SELECT (SELECT array_agg(x ORDER BY n) FROM unnest(hellinger_embeddings(ARRAY['{"a": 1, "b": 3, "c": 0.1}'::histogram, '{"d": 1}'])) WITH ORDINALITY AS u (x, n) WHERE n <= 4) = hellinger_embedding('{1,3,0.1,0}'::float8[]) AS same;
