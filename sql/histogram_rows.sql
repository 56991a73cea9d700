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
