-- The mean is the sum divided by the number, to the bit, in every plan
SELECT avg(h) AS avg, avg(h) FILTER (WHERE false) AS none, avg(to_distribution(h)) AS mixture
FROM (VALUES ('{"a": 1, "b": 2}'::histogram), ('{"a": 2}'), (NULL), ('{}')) v (h);
CREATE TABLE days AS
SELECT i % 50 AS g, i, histogram_agg(chr(97 + (i * j) % 17) || repeat('x', i % 9), j / 7.0) AS h FROM generate_series(1, 2000) i, generate_series(1, 5) j GROUP BY 1, 2
UNION ALL SELECT 3, -1, NULL UNION ALL SELECT 50, -2, NULL UNION ALL SELECT 51, -3, '{}';
ANALYZE days;
CREATE VIEW means AS
SELECT count(*) AS groups, count(*) FILTER (WHERE a IS NOT DISTINCT FROM b) AS same FROM (SELECT avg(h) AS a, sum(h) / nullif(count(h), 0) AS b FROM days GROUP BY g) s;
SELECT * FROM means;
SET enable_hashagg = off;
SELECT * FROM means;
RESET enable_hashagg;
SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
ALTER TABLE days SET (parallel_workers = 2);
EXPLAIN (COSTS off) SELECT avg(h) FROM days;
SELECT avg(round_h) = sum(round_h) / count(round_h) AS same FROM (SELECT h * 7 AS round_h FROM days) s;
RESET max_parallel_workers_per_gather; RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size;
SELECT count(*) AS rows, count(*) FILTER (WHERE a IS NOT DISTINCT FROM b) AS moving, count(*) FILTER (WHERE c IS NOT DISTINCT FROM d) AS growing
FROM (SELECT avg(h) OVER m AS a, sum(h) OVER m / nullif(count(h) OVER m, 0) AS b, avg(h) OVER w AS c, sum(h) OVER w / nullif(count(h) OVER w, 0) AS d
	FROM days WINDOW w AS (PARTITION BY g ORDER BY i), m AS (w ROWS 3 PRECEDING)) s;
-- its state is of no pseudo-type, and no state of another is taken for it
SELECT aggtranstype::regtype FROM pg_aggregate WHERE aggfnoid = 'avg(histogram)'::regprocedure;
CREATE AGGREGATE forged(bytea) (SFUNC = kldiv_average_combine, STYPE = bytea, FINALFUNC = kldiv_average_final);
SELECT forged(state) FROM unnest('{"\\x000000010000000000000001000000010000000100000001613ff0000000000000","\\x000000010000000000000003000000010000000100000001624010000000000000"}'::bytea[]) AS state;
SELECT forged('\x00');
SELECT forged('\x000000020000000000000001000000010000000100000001613ff0000000000000');
SELECT forged('\x00000001ffffffffffffffff000000010000000100000001613ff0000000000000');
SELECT forged('\x000000010000000000000001000000010000000200000001613ff0000000000000');
SELECT forged('\x00000001000000000000000100000001000000010000000161fff0000000000000');
DROP AGGREGATE forged(bytea);
DROP VIEW means;
DROP TABLE days;
