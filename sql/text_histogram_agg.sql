-- text_histogram_agg: what histogram_agg counts, with a state of a type that can be sent
CREATE TABLE text_rows AS SELECT i % 7 AS g, CASE WHEN i % 11 > 0 THEN 'value_' || i * 7919 % 50 END AS t FROM generate_series(1, 20000) AS i;
ANALYZE text_rows;
SELECT count(*) AS groups, bool_and(a::text = b::text) AS same FROM (SELECT g, text_histogram_agg(t) AS a, histogram_agg(t) AS b FROM text_rows GROUP BY g) AS s;
SELECT text_histogram_agg(t), text_histogram_agg(DISTINCT t) AS distinct, text_histogram_agg(t) FILTER (WHERE t > 'b') AS filtered FROM unnest('{b,a,NULL,"",b,c}'::text[]) AS t;
SELECT text_histogram_agg(NULL) IS NULL AS only_null, text_histogram_agg(t) IS NULL AS nothing FROM text_rows WHERE false;
-- other types that are text; of citext, as of any text, case is kept
SELECT text_histogram_agg(v) AS varchar, text_histogram_agg(v::char(5)) AS char, text_histogram_agg(v::name) AS name FROM (VALUES ('a '::varchar), ('B')) AS s (v);
\set VERBOSITY sqlstate
SELECT text_histogram_agg(1);
\set VERBOSITY default
-- moving frames
SELECT i, text_histogram_agg(chr(96 + i)) OVER (ORDER BY i ROWS 1 PRECEDING), text_histogram_agg(NULLIF(chr(96 + i), 'c')) OVER (ORDER BY i ROWS CURRENT ROW) AS one FROM generate_series(1, 4) AS i;
SELECT bool_and(a::text = b::text) AS same FROM (SELECT text_histogram_agg(t) OVER (PARTITION BY g) AS a, histogram_agg(t) OVER (PARTITION BY g) AS b FROM text_rows WHERE g < 2) AS s;
-- workers
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2; SET parallel_leader_participation = off;
EXPLAIN (COSTS OFF) SELECT text_histogram_agg(t) FROM text_rows;
SELECT text_histogram_agg(t)::text = (SELECT histogram(array_agg(t), array_agg(n))::text FROM (SELECT t, count(*) AS n FROM text_rows WHERE t IS NOT NULL GROUP BY t) AS counts) AS same FROM text_rows;
SELECT count(*) AS groups, bool_and(a::text = b::text) AS same FROM (SELECT g, text_histogram_agg(t) AS a FROM text_rows GROUP BY g) AS s JOIN (SELECT g, histogram(array_agg(t), array_agg(n)) AS b FROM (SELECT g, t, count(*) AS n FROM text_rows WHERE t IS NOT NULL GROUP BY g, t) AS counts GROUP BY g) AS c USING (g);
RESET ALL;
-- the parts are used in aggregates only, and a state is a histogram
SELECT kldiv_text_histogram_add(NULL, 'a');
SELECT kldiv_text_histogram_combine('{"a": 1}', '{"a": 2}');
SELECT kldiv_text_histogram_final('{"a": 1}');
CREATE AGGREGATE sum_of_states(histogram) (SFUNC = kldiv_text_histogram_combine, STYPE = histogram, INITCOND = '{"start": 1}');
SELECT sum_of_states(h), sum_of_states(h) FILTER (WHERE false) AS none FROM unnest('{"{\"a\": 1}","{\"a\": 2, \"b\": 1e300}"}'::histogram[]) AS h;
DROP AGGREGATE sum_of_states(histogram);
DROP TABLE text_rows;
