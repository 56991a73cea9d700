-- Ordered measures over arrays, samples and rows: values are rounded, or exact by definition

-- Weights at positions: in any order, a position more than once
SELECT wasserstein_distance('{4,1,1}'::float8[], '{1,1,1}', '{0,1,2}') AS w, round(energy_distance('{4,1,1}'::float8[], '{1,1,1}', '{0,1,2}')::numeric, 12) AS e,
	   round(ks_statistic('{4,1,1}'::float8[], '{1,1,1}', '{0,1,2}')::numeric, 12) AS ks;
SELECT wasserstein_distance(ARRAY[1,4,1], ARRAY[1,1,1], ARRAY[2,0,1]) AS reordered, wasserstein_distance('{4,0.5,0.5,1}'::float8[], '{1,0,1,1}', '{0,1,1,2}') AS repeated;

-- A shift is as long as it is, whatever the bins
SELECT step, wasserstein_distance('{1,2,3,2,1}'::float8[], '{1,2,3,2,1}', '{0,1,2,3,4}') AS none,
	   sample_wasserstein_distance('{0,1,2,3,4}'::float8[], ARRAY[step, 1 + step, 2 + step, 3 + step, 4 + step]) AS w, jsd('{1,0,0}'::float8[], ARRAY[0, (step = 1)::int, (step = 10)::int]) = ln(2) AS jsd_sees_none
FROM unnest('{1,10}'::int[]) AS step;

-- Exactly 0 for proportional weights, also beyond 2^53; one unit of 4e15 is seen
SELECT wasserstein_distance(p, q, x) AS w, energy_distance(p, q, x) AS e, ks_statistic(p, q, x) AS ks
FROM (VALUES ('{1,2,3}'::float8[], '{2,4,6}'::float8[], '{0,1,5}'::float8[]), ('{0.1,0.2,0.7}', '{0.2,0.4,1.4}', '{-1,1,3}'),
			 ('{1125899906842623,1125899906842621,1125899906842619,9007199254740988,1125899906842601}', '{3377699720527869,3377699720527863,3377699720527857,27021597764222964,3377699720527803}', '{1,2,3,4,5}'),
			 ('{5e-324,1e-323}', '{1e-323,2e-323}', '{1,2}'), ('{1e308,5e307}', '{2,1}', '{1,2}')) AS v (p, q, x);
SELECT round((wasserstein_distance(p, q, '{0,1,2}') * 3e15)::numeric, 10) AS w, round((ks_statistic(p, q, '{0,1,2}') * 3e15)::numeric, 10) AS ks
FROM (VALUES ('{1000000000000000,1000000000000000,1000000000000000}'::float8[], '{1000000000000000,999999999999999,1000000000000001}'::float8[])) AS v (p, q);

-- NULL, 0 and empty
SELECT wasserstein_distance(NULL, '{1}'::float8[], '{0}') IS NULL AS null_p, wasserstein_distance('{1}', '{1}'::float8[], NULL) IS NULL AS null_positions, wasserstein_distance('{0,0}'::float8[], '{1,1}', '{0,1}') IS NULL AS zero,
	   wasserstein_distance('{}'::float8[], '{1}', '{0}') IS NULL AS empty, wasserstein_distance('{}'::float8[], '{}', '{}') IS NULL AS all_empty, wasserstein_distance('{1,NULL}'::float8[], '{NULL,1}', '{0,3}') AS null_weights;

-- Infinity is a place; -0 is 0
SELECT wasserstein_distance('{1,1}'::float8[], '{2,2}', '{0,Infinity}') AS cancels, wasserstein_distance('{1,1}'::float8[], '{1,2}', '{0,Infinity}') AS w, energy_distance('{1,2}'::float8[], '{1,1}', '{-Infinity,0}') AS e,
	   ks_statistic('{1,1}'::float8[], '{1,3}', '{0,Infinity}') AS ks, wasserstein_distance('{1,0}'::float8[], '{0,1}', '{0,-0}') AS zero, sample_wasserstein_distance('{-Infinity}'::float8[], '{-Infinity}') AS both;

-- The limits of float8
SELECT wasserstein_distance('{1,0}'::float8[], '{0,1}', '{-1.5e308,1.5e308}') AS beyond, wasserstein_distance('{1,0}'::float8[], '{0,1}', '{-8e307,8e307}') AS within, wasserstein_distance('{1,1e-10}'::float8[], '{1,0}', '{-1.5e308,1.5e308}') < 3.1e298 AS little,
	   wasserstein_distance('{1,0}'::float8[], '{0,1}', '{0,5e-324}') AS least, energy_distance('{1,0}'::float8[], '{0,1}', '{0,1e-320}') > 1e-160 AS root, wasserstein_distance('{1,1e-300}'::float8[], '{1,0}', '{0,1}') AS light, energy_distance('{1,1e-300}'::float8[], '{1,0}', '{0,1}') > 1.4e-300 AS squared;

-- Samples: SciPy's arguments
SELECT sample_wasserstein_distance('{0,1,3}'::float8[], '{5,6,8}') AS w, round(sample_wasserstein_distance('{3.4,3.9,7.5,7.8}'::float8[], '{4.5,1.4}', '{1.4,0.9,3.1,7.2}', '{3.2,3.5}')::numeric, 12) AS weighted,
	   sample_energy_distance('{0,8}'::float8[], '{0,8}', '{3,1}', '{2,2}') AS e, round(sample_ks_statistic('{1,2,NULL,3}'::float8[], '{2,3,4,5}')::numeric, 12) AS ks;
SELECT sample_wasserstein_distance(NULL, '{1}') IS NULL AS null_x, sample_wasserstein_distance('{1}'::float8[], NULL) IS NULL AS null_y, sample_wasserstein_distance('{NULL}'::float8[], '{1}') IS NULL AS nulls, sample_wasserstein_distance('{}'::float8[], '{1}') IS NULL AS empty,
	   sample_wasserstein_distance('{1}'::float8[], '{1}', '{0}', '{1}') IS NULL AS no_weight, sample_wasserstein_distance('{1,2,3}'::float8[], '{1,3}', '{1,NULL,1}', '{2,2}') AS null_weight, sample_ks_statistic('{{1,2},{3,4}}'::float8[], '{1,2,3,4}') AS shape;

-- Rows: raw, weighted, binned, in any order
SELECT wasserstein_distance((arm = 'B')::int, (arm = 'A')::int, x) AS w, round(energy_distance((arm = 'B')::int, (arm = 'A')::int, x)::numeric, 12) AS e, ks_statistic((arm = 'B')::int, (arm = 'A')::int, x) AS ks
FROM (VALUES ('B', 1.5), ('A', 1.25), ('B', 3.75), ('A', 2), ('A', 2.5), ('B', 2.25), ('A', 4), ('A', NULL), (NULL, 100)) AS v (arm, x);
SELECT round(wasserstein_distance(p, q, x)::numeric, 12) AS w FROM (VALUES (3,1,10.5), (0,2,11), (5,4,12.25), (1,0,10.5), (2,2,9)) AS v (p, q, x);
SELECT wasserstein_distance(1, 1, NULL) IS NULL AS no_position, wasserstein_distance(1, 0, x) IS NULL AS one_side, wasserstein_distance(NULL, 1, x) IS NULL AS null_weight FROM generate_series(1, 3) AS x;
SELECT wasserstein_distance(1, 1, 2) IS NULL AS no_row FROM generate_series(1, 0);
SELECT i, wasserstein_distance(i % 2, (i + 1) % 2, i) OVER (ORDER BY i) AS so_far FROM generate_series(1, 6) AS i;

-- The same bits on three surfaces, in any order, for weights that are no whole numbers too
WITH points AS (SELECT i, (i * 7919 % 1009)::float8 / 64 AS x, (i * 31 % 17)::float8 / CASE WHEN i % 3 = 0 THEN 3 ELSE 1 END AS p, (i * 37 % 13)::float8 / CASE WHEN i % 5 = 0 THEN 7 ELSE 1 END AS q FROM generate_series(1, 4000) AS i),
	 arrays AS (SELECT array_agg(p) AS p, array_agg(q) AS q, array_agg(x) AS x, array_agg(p ORDER BY i * 101 % 4001) AS p2, array_agg(q ORDER BY i * 101 % 4001) AS q2, array_agg(x ORDER BY i * 101 % 4001) AS x2 FROM points),
	 of_rows AS (SELECT wasserstein_distance(p, q, x) AS w, energy_distance(p, q, x) AS e, ks_statistic(p, q, x) AS ks FROM points),
	 of_shuffled AS (SELECT wasserstein_distance(p, q, x ORDER BY i * 103 % 4001) AS w, energy_distance(p, q, x ORDER BY x) AS e, ks_statistic(p, q, x ORDER BY x DESC) AS ks FROM points)
SELECT wasserstein_distance(p, q, a.x) = of_rows.w AND energy_distance(p, q, a.x) = of_rows.e AND ks_statistic(p, q, a.x) = of_rows.ks AS arrays, wasserstein_distance(p2, q2, x2) = of_rows.w AND energy_distance(p2, q2, x2) = of_rows.e AND ks_statistic(p2, q2, x2) = of_rows.ks AS shuffled,
	   sample_wasserstein_distance(a.x, x2, p, q2) = of_rows.w AND sample_energy_distance(x2, a.x, p2, q) = of_rows.e AND sample_ks_statistic(a.x, a.x, p, q) = of_rows.ks AS samples, of_rows = of_shuffled AS in_rows,
	   wasserstein_distance(q, p, a.x) = of_rows.w AND energy_distance(q, p, a.x) = of_rows.e AND ks_statistic(q, p, a.x) = of_rows.ks AS symmetric
FROM arrays AS a, of_rows, of_shuffled;
-- Raw values: whole numbers are added up on the way
SELECT count(*), wasserstein_distance(i % 2, 1 - i % 2, i * 7919 % 100) = sample_wasserstein_distance(array_agg(i * 7919 % 100) FILTER (WHERE i % 2 = 1), array_agg(i * 7919 % 100) FILTER (WHERE i % 2 = 0)) AS same,
	   energy_distance(i % 3, 1, i * i % 101) = energy_distance(array_agg(i % 3), array_agg(1), array_agg(i * i % 101)) AS weighted,
	   ks_statistic(i % 2, 1 - i % 2, i * 7919 % 70001) = sample_ks_statistic(array_agg(i * 7919 % 70001) FILTER (WHERE i % 2 = 1), array_agg(i * 7919 % 70001) FILTER (WHERE i % 2 = 0)) AS distinct_values
FROM generate_series(1, 100000::bigint) AS i;

-- Groups of all sizes, of rows that weigh 1 on one side, and with a row that does not, first, later or last; a frame that grows
CREATE TABLE ordered_sizes AS
SELECT n, kind, i, CASE WHEN odd THEN 0.5 WHEN i * 7919 % 101 < 40 THEN 1 WHEN i % 3 > 0 THEN 0 END AS p, CASE WHEN odd THEN 2 WHEN i * 7919 % 101 >= 40 THEN 1 ELSE 0 END::float8 AS q,
	   CASE WHEN i = 140 THEN 'Infinity'::float8 WHEN i % 41 = 0 THEN '-0'::float8 WHEN i % 41 = 1 THEN 0 ELSE i * 31 % 67 - 40 END AS x
FROM generate_series(1, 150) AS n, generate_series(0, 3) AS kind, generate_series(1, n) AS i, LATERAL (SELECT i = (ARRAY[0, 1, n / 2, n])[kind + 1] AS odd) AS o;
CREATE TABLE ordered_of_arrays AS SELECT n, kind, wasserstein_distance(p, q, x) AS w, energy_distance(p, q, x) AS e, ks_statistic(p, q, x) AS ks FROM (SELECT n, kind, array_agg(p) AS p, array_agg(q) AS q, array_agg(x) AS x FROM ordered_sizes GROUP BY n, kind) AS s;
SELECT count(*), count(w), count(DISTINCT w) > 300 AS many FROM ordered_of_arrays;
SELECT count(*) AS other FROM ordered_of_arrays AS a JOIN (SELECT n, kind, wasserstein_distance(p, q, x) AS w, energy_distance(p, q, x) AS e, ks_statistic(p, q, x) AS ks FROM ordered_sizes GROUP BY n, kind) AS s USING (n, kind) WHERE (a.w, a.e, a.ks) IS DISTINCT FROM (s.w, s.e, s.ks);
SELECT count(*) AS other FROM (SELECT wasserstein_distance(p, q, x) OVER w AS a, wasserstein_distance(array_agg(p) OVER w, array_agg(q) OVER w, array_agg(x) OVER w) AS b FROM ordered_sizes WHERE n = 150 WINDOW w AS (PARTITION BY kind ORDER BY i)) AS s WHERE a IS DISTINCT FROM b;

-- Workers: their states are sorted, sent and merged
CREATE TABLE ordered_rows AS SELECT i % 3 AS g, (i % 2)::float8 AS p, CASE WHEN i % 7 = 0 THEN 0.1 ELSE 1 - i % 2 END AS q, (i * 7919 % 10007)::float8 / 8 AS x FROM generate_series(1, 60000::bigint) AS i;
CREATE TABLE ordered_serial AS SELECT g, wasserstein_distance(p, q, x) AS w, energy_distance(p, q, x) AS e, ks_statistic(p, q, x) AS ks, wasserstein_distance(p, 1, floor(x / 100)) AS merged FROM ordered_rows GROUP BY g;
ALTER TABLE ordered_rows SET (parallel_workers = 2);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT wasserstein_distance(p, q, x) FROM ordered_rows;
SELECT count(*) AS same FROM ordered_serial NATURAL JOIN (SELECT g, wasserstein_distance(p, q, x) AS w, energy_distance(p, q, x) AS e, ks_statistic(p, q, x) AS ks, wasserstein_distance(p, 1, floor(x / 100)) AS merged FROM ordered_rows GROUP BY g) AS s;
-- many small groups, of which several workers have parts
ALTER TABLE ordered_sizes SET (parallel_workers = 2);
SELECT count(*) AS other FROM ordered_of_arrays AS a JOIN (SELECT n, kind, wasserstein_distance(p, q, x) AS w, energy_distance(p, q, x) AS e, ks_statistic(p, q, x) AS ks FROM ordered_sizes GROUP BY n, kind) AS s USING (n, kind) WHERE (a.w, a.e, a.ks) IS DISTINCT FROM (s.w, s.e, s.ks);
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- Metric: shifts and scales
SELECT bool_and(abs(sample_wasserstein_distance(x, y) - abs(c)) <= 1e-12) AS shift, bool_and(abs(sample_wasserstein_distance(x, z) - abs(c - 1) * avg_x) <= 1e-9 * abs(c - 1) * avg_x) AS scale,
	   bool_and(sample_wasserstein_distance(x, z) <= sample_wasserstein_distance(x, y) + sample_wasserstein_distance(y, z)) AS triangle, bool_and(sample_ks_statistic(x, z) <= 1) AS ks
FROM (SELECT c, array_agg(v) AS x, array_agg(v + c) AS y, array_agg(v * c) AS z, avg(v) AS avg_x FROM generate_series(1, 300) AS i, LATERAL (SELECT (i * i % 311)::float8 / 8 AS v) AS v, unnest('{0.5,2,100}'::float8[]) AS c GROUP BY c) AS s;

-- What is wrong
SELECT wasserstein_distance('{1,-1}'::float8[], '{1,1}', '{0,1}');
SELECT wasserstein_distance('{1,1}'::float8[], '{1,NaN}', '{0,1}');
SELECT wasserstein_distance('{1,1}'::float8[], '{1,1}', '{0,NULL}');
SELECT wasserstein_distance('{1,1}'::float8[], '{1,1}', '{NaN,1}');
SELECT wasserstein_distance('{1,1}'::float8[], '{1,1,1}', '{0,1}');
SELECT wasserstein_distance('{1,1}'::float8[], '{1,1}', '{0,1,2}');
SELECT wasserstein_distance('{1,1}'::float8[], '{1,1}', '{}');
SELECT wasserstein_distance('{1e308,1e308}'::float8[], '{1,1}', '{0,1}');
SELECT sample_wasserstein_distance('{1,NaN}'::float8[], '{1,2}');
SELECT sample_wasserstein_distance('{1,2}'::float8[], '{1,2}', '{1}', '{1,1}');
SELECT sample_energy_distance('{1,2}'::float8[], '{1,2}', '{1,1}');
SELECT sample_ks_statistic('{1,2}'::float8[], '{1,2}', y_weights => '{1,1}');
SELECT sample_ks_statistic('{1,2}'::float8[], '{1,2}', '{1,1}', '{1,-1}');
SELECT sample_ks_statistic('{1,2}'::float8[], '{1,2}', '{1,1}', '{1e308,1e308}');
SELECT wasserstein_distance(-1, 1, x) FROM generate_series(1, 3) AS x;
SELECT wasserstein_distance(1, 'Infinity', x) FROM generate_series(1, 3) AS x;
SELECT wasserstein_distance(1, 1, x) FROM (VALUES (1), ('NaN'::float8)) AS v (x);
SELECT wasserstein_distance(1e308, 1, x) FROM generate_series(1, 3) AS x;
-- values without positions are two arrays of what?
\set VERBOSITY sqlstate
SELECT wasserstein_distance('{1,2}'::float8[], '{3,4}'::float8[]);
\set VERBOSITY default
