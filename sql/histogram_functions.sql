-- Histograms from arrays, and what is in them

-- The constructor
SELECT histogram(ARRAY['b', 'a', 'c'], ARRAY[1, 2, NULL]), histogram('{}', '{}'::float8[]), histogram(NULL, '{1}'::float8[]);
SELECT histogram('{{a,b}}', '{{1,2}}'::float8[]);
SELECT histogram('{a,b}', '{1}'::float8[]);
SELECT histogram('{a,NULL}', '{1,2}'::float8[]);
SELECT histogram('{a,b,a}', '{1,2,3}'::float8[]);
SELECT histogram('{a,b}', '{1,-2}'::float8[]);
SELECT histogram('{a,b}', '{1,NaN}'::float8[]);
SELECT histogram('{a,b}', '{1e308,1e308}'::float8[]);
SELECT histogram('[5:6]={a,b}'::text[], '[-1:0]={1,2}'::float8[]);

-- What is in it
SELECT histogram_total(h), histogram_bin_count(h), histogram_labels(h), histogram_weights(h), histogram_trim(h),
       histogram_weight(h, 'a'), histogram_weight(h, 'z'), histogram_weight(h, 'nothing'), histogram_weight(h, NULL)
FROM (VALUES ('{"a": 1.5, "b": 2, "z": 0}'::histogram), ('{}')) v (h);
SELECT histogram_bins('{"b": 2, "a": 1}');
SELECT * FROM histogram_bins('{"b": 2, "a": 1}') WITH ORDINALITY;
SELECT * FROM histogram_bins('{}');
SELECT * FROM histogram_bins(NULL);
SELECT (histogram_bins(h)).* FROM (VALUES ('{"a": 1}'::histogram), ('{"b": 2, "c": 3}')) v (h);
SELECT histogram(array_agg(label), array_agg(weight)) FROM histogram_bins('{"b": 2, "a": 1}');

-- Equal histograms have equal totals, however they were made
SELECT count(*) AS histograms, count(*) FILTER (WHERE histogram_trim(h) = histogram_trim(h)::text::histogram
                                                 AND histogram_total(histogram_trim(h)) = histogram_total(histogram_trim(h)::text::histogram)) AS same
FROM (SELECT histogram_agg('l' || j, CASE (i * j * 7919) % 5 WHEN 0 THEN 0 WHEN 1 THEN 1 WHEN 2 THEN 1.1102230246251565e-16 ELSE 2.0 ^ (-107 - (i * j) % 4) END) AS h
      FROM generate_series(1, 3000) AS i, generate_series(1, 40) AS j GROUP BY i) AS s;

-- The heaviest bins; among equals the first labels
SELECT k, histogram_top('{"a": 1, "b": 5, "c": 3, "d": 3, "e": 0}', k) FROM generate_series(0, 6) k;
SELECT histogram_top('{"a": 1, "b": 5, "c": 3}', 1, 'rest'), histogram_top('{"a": 1, "b": 5, "c": 3}', 1, NULL);
SELECT histogram_top('{"(other)": 4, "b": 5, "c": 3}', 2), histogram_top('{"(other)": 1, "b": 5, "c": 3}', 2);
SELECT histogram_top('{"a": 1e16, "b": 1, "c": 1, "d": 3e16}', 1), histogram_top('{"(other)": 1e16, "b": 1, "c": 1}', 1);
SELECT histogram_top(NULL, 1), histogram_top('{"a": 1}', NULL);
SELECT histogram_top('{"a": 1}', -1);
-- The rest must not be taken for a bin, nor a bin for the rest; but what an earlier call left is a rest
SELECT histogram_top('{"a": 3, "b": 2, "c": 1}', 1, other => 'b');
SELECT histogram_top('{"a": 3, "b": 2, "c": 1}', 1, other => 'a');
SELECT histogram_top('{"a": 3, "b": 2}', 2, other => 'b'), histogram_top(histogram_top('{"a": 3, "b": 2, "c": 1}', 2), 1);
