-- How columns are read, and their histograms
\set SHOW_CONTEXT never
CREATE TABLE readings AS
SELECT i AS id, i % 7 AS few, i % 100 AS hundred, i % 101 AS more, (i % 101)::numeric(8,3) AS precise, i / 4.0::float8 AS x, (i % 4)::real AS r,
	CASE WHEN i % 20 < 12 THEN 0 ELSE i::float8 END AS zeros, 'v' || i % 5 AS word, i % 2 = 0 AS flag,
	date '2024-01-01' + i % 100 AS day, date '2024-01-01' + i % 101 AS later, timestamptz '2024-01-01 23:30:00+00' + (i % 3) * interval '1 hour' AS at,
	NULL::int AS nothing, ARRAY[(i % 3)::float8] AS list, json_build_object('a', i % 2) AS j, 'constant' AS same
FROM generate_series(1, 1000) i;

-- The rule: what has at most 100 values is values, if it may be numbers or dates
SELECT * FROM column_edges('TABLE readings');
SELECT * FROM column_edges('TABLE readings', 4, '{x,few,zeros}');
-- a column with too many values, and one whose values are too long together
SELECT * FROM column_edges('SELECT i::text AS ten_thousand FROM generate_series(1, 10000) i');
SELECT * FROM column_edges('SELECT i::text AS more FROM generate_series(1, 10001) i');
-- quantiles are those of percentile_disc, whatever the numbers are
SELECT edges = (SELECT percentile_disc(ARRAY[0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9]) WITHIN GROUP (ORDER BY x) FROM readings) FROM column_edges('TABLE readings', columns => '{x}');
SELECT n, edges = percentiles AS same
FROM unnest(ARRAY[3, 9, 10, 11, 1999, 20000]) n,
	LATERAL column_edges(format('SELECT (i * 7919 %% 20011 - 5000) ^ 3 AS x FROM generate_series(1, %s) i', n)),
	LATERAL (SELECT array_agg(edge ORDER BY edge) AS percentiles
		FROM (SELECT edge, row_number() OVER (PARTITION BY edge) AS times
			FROM unnest((SELECT percentile_disc(ARRAY[0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9]) WITHIN GROUP (ORDER BY (i * 7919 % 20011 - 5000) ^ 3) FROM generate_series(1, n) i)) AS edge) AS edges
		WHERE times <= 2) AS expected;
-- infinite numbers are numbers, NaN is none
SELECT * FROM column_edges($$VALUES ('-Infinity'::float8), ('-Infinity'), ('NaN'), ('NaN'), (1), ('Infinity')$$, 4);
-- a numeric that double precision cannot hold is infinite, or 0, and no error
SELECT * FROM column_edges($$SELECT CASE WHEN i < 60 THEN 1e400 * (i - 50) WHEN i > 190 THEN 1e-400 ELSE i END AS n FROM generate_series(1, 200) i$$);
SELECT * FROM column_edges('SELECT i % 2 * 1e400 AS few FROM generate_series(1, 200) i');
SELECT h FROM column_histograms('SELECT CASE i % 5 WHEN 0 THEN 1e400 WHEN 1 THEN 1e-400 ELSE i END AS n FROM generate_series(1, 20) i', edges => '{"n": {"kind": "numbers"}}');
SELECT kldiv_quantile_edges(i, 4) AS few, kldiv_quantile_edges(i, -4) AS never_few, kldiv_quantile_edges((i / 10.0)::real, -4) AS as_meant FROM generate_series(1, 8) i;
SELECT kldiv_quantile_edges(i, -1) FROM generate_series(1, 8) i;
-- nor is a date that no timestamp can hold
SELECT kind, histogram_labels(h) FROM column_histograms($$SELECT unnest('{infinity,-infinity,4713-01-05 BC,294276-12-31,294277-01-01,5874897-12-31}'::date[]) AS day UNION ALL SELECT date '2024-01-01' + i FROM generate_series(1, 104) i$$);
-- more numbers than memory for them, in one column, and in several together
SET kldiv.max_columns_memory = '64kB';
SELECT kind FROM column_edges('SELECT i::float8 AS x FROM generate_series(1, 1024) i');
SELECT kind FROM column_edges('SELECT i::float8 AS x FROM generate_series(1, 9000) i');
SELECT kind FROM column_edges((SELECT 'SELECT ' || string_agg(format('i + %1$s::float8 AS x%1$s', n), ', ') || ' FROM generate_series(1, 1024) i' FROM generate_series(1, 9) n));
RESET kldiv.max_columns_memory;
-- workers change nothing
CREATE TABLE expected AS SELECT * FROM column_edges('TABLE readings');
BEGIN;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 3;
SELECT count(*) FROM (SELECT * FROM column_edges('TABLE readings') EXCEPT TABLE expected) AS other;
SELECT kind FROM column_edges('SELECT md5(id::text || n) AS h FROM readings, generate_series(1, 11) n');
ROLLBACK;

-- Histograms
SELECT * FROM column_histograms('SELECT few, word, x FROM readings');
SELECT * FROM column_histograms('SELECT few, zeros FROM readings', 'few > 3', '{"zeros": {"kind": "numbers", "edges": [0, 0, 500]}}');
-- labels and weights are those of histogram_agg and bin_label, with NULL as a label
SELECT column_name FROM column_histograms('TABLE readings', edges => (SELECT jsonb_object_agg(column_name, jsonb_build_object('kind', kind, 'edges', edges)) FROM column_edges('TABLE readings')))
JOIN (SELECT histogram_agg(few) AS few, histogram_agg(bin_label(x, (SELECT edges FROM expected WHERE column_name = 'x'))) AS x,
	histogram_agg(bin_label(r, (SELECT edges FROM expected WHERE column_name = 'r'))) AS r, histogram_agg(day) AS day, histogram_agg(flag) AS flag,
	histogram_agg(date_trunc('month', later)::date) AS later, histogram_agg(list::text) AS list, histogram_agg(j::text) AS j, histogram_agg(coalesce(nothing::text, '(null)')) AS nothing
	FROM readings) AS direct ON h = CASE column_name WHEN 'few' THEN few WHEN 'x' THEN x WHEN 'r' THEN r WHEN 'day' THEN day WHEN 'flag' THEN flag WHEN 'later' THEN later WHEN 'list' THEN list WHEN 'j' THEN j WHEN 'nothing' THEN nothing END;
-- a kind holds for all cohorts; of too many values only NULLs are told from others
SELECT * FROM column_histograms($$SELECT CASE WHEN i <= 10001 THEN 'many' ELSE 'few' END AS side, CASE WHEN i % 4 > 0 OR i <= 10001 THEN i::text END AS t FROM generate_series(1, 10020) i$$, 'side');
SELECT * FROM column_histograms('SELECT NULLIF(few, 1) AS few FROM readings', edges => '{"few": {"kind": "too many values"}}');
-- rows without a cohort are of none
SELECT * FROM column_histograms('SELECT nullif(few, 0) AS few, flag FROM readings WHERE few < 2', 'few');
SELECT * FROM column_histograms('SELECT few FROM readings WHERE false');
SELECT * FROM column_histograms('SELECT few, flag FROM readings WHERE false', 'few');
SELECT * FROM column_histograms(NULL);
SELECT * FROM column_edges(NULL);

-- Timestamps with a time zone are cut at UTC, others and dates as they are
SET timezone = 'Asia/Tokyo';
SELECT * FROM column_histograms('SELECT at, at::timestamp AS local FROM readings');
SET timezone = 'America/Los_Angeles';
SELECT * FROM column_histograms('SELECT at, at::timestamp AS local FROM readings');
RESET timezone;
SELECT * FROM column_histograms($$VALUES ('infinity'::timestamp, 'infinity'::timestamptz, '-infinity'::date), ('0044-03-15 BC', '4714-11-24 00:00:00+00 BC', '2024-02-29')$$,
	edges => '{"column3": {"kind": "months"}}');

-- What edges say: kinds, edges or both
SELECT column_name, kind, h FROM column_histograms('SELECT few, x, day, id FROM readings WHERE id <= 8',
	edges => '{"few": {"edges": [2.5]}, "x": {"kind": "values"}, "day": {"kind": "months", "edges": null}, "id": {"kind": "numbers"}, "others": 1}');
SELECT column_name, kind, h FROM column_histograms('SELECT few::float8 AS few FROM readings WHERE id <= 8', edges => '{"few": {"kind": "numbers", "edges": ["-Infinity", 3, "Infinity"]}}');
SELECT * FROM column_histograms('TABLE readings', edges => '[]');
SELECT * FROM column_histograms('TABLE readings', edges => '{"few": 1}');
SELECT * FROM column_histograms('TABLE readings', edges => '{"few": {"kind": "number"}}');
SELECT * FROM column_histograms('TABLE readings', edges => '{"few": {"kind": 1}}');
SELECT * FROM column_histograms('TABLE readings', edges => '{"few": {"edge": [1]}}');
SELECT * FROM column_histograms('TABLE readings', edges => '{"few": {"edges": 1}}');
SELECT * FROM column_histograms('TABLE readings', edges => '{"few": {"edges": []}}');
SELECT * FROM column_histograms('TABLE readings', edges => '{"few": {"edges": [1, "a"]}}');
SELECT * FROM column_histograms('TABLE readings', edges => '{"few": {"edges": [1, null]}}');
SELECT * FROM column_histograms('TABLE readings', edges => '{"few": {"edges": [2, 1]}}');
SELECT * FROM column_histograms('TABLE readings', edges => '{"few": {"edges": [1, 1e400]}}');
SELECT * FROM column_histograms('TABLE readings', edges => jsonb_build_object('few', jsonb_build_object('edges', (SELECT jsonb_agg(i) FROM generate_series(1, 1001) i))));
SELECT * FROM column_histograms('TABLE readings', edges => '{"word": {"edges": [1]}}');
SELECT * FROM column_histograms('TABLE readings', edges => '{"word": {"kind": "months"}}');

-- The query: one SELECT, VALUES or TABLE
SELECT * FROM column_histograms('TABLE readings; -- a comment', columns => '{flag}');
SELECT * FROM column_histograms(';; VALUES (1), (1), (2); -- ;');
SELECT * FROM column_histograms('/* ) */ WITH w AS (SELECT 1 AS ")") SELECT * FROM w UNION ALL SELECT 2 ORDER BY 1 -- )');
SELECT * FROM column_histograms('readings');
SELECT * FROM column_histograms('SELECT 1) q; CREATE TABLE x(); SELECT 1 FROM (SELECT 1');
SELECT * FROM column_histograms('SELECT 1) AS q) AS r (c1) --');
SELECT * FROM column_histograms('SELECT 1 /*');
SELECT * FROM column_histograms('SELECT 1; SELECT 2');
SELECT * FROM column_histograms('');
SELECT * FROM column_histograms('-- nothing');
SELECT * FROM column_histograms('DELETE FROM readings');
SELECT * FROM column_histograms('EXPLAIN SELECT 1');
SELECT * FROM column_histograms('SELECT 1 AS a INTO x');
SELECT * FROM column_histograms('SELECT 1 AS a INTO x UNION SELECT 2');
SELECT * FROM column_histograms('SELECT id FROM readings FOR UPDATE');
SELECT * FROM column_histograms('SELECT * FROM (SELECT id FROM readings FOR UPDATE) AS locked');
SELECT * FROM column_histograms('WITH gone AS (DELETE FROM readings RETURNING *) SELECT * FROM gone');
SELECT * FROM column_histograms('SELECT * FROM (WITH gone AS (DELETE FROM readings RETURNING *) SELECT * FROM gone) AS g');
SELECT * FROM column_histograms('SELECT $1 AS a');
SELECT * FROM column_histograms('SELECT absent FROM readings');
SELECT * FROM column_histograms('SELECT 1 / (few - few) AS a FROM readings');
SELECT * FROM column_histograms('SELECT FROM readings');
SELECT * FROM column_histograms('SELECT 1 AS a, 2 AS a');
SELECT * FROM column_histograms('SELECT 1 AS a, 2 AS a, 3 AS b', columns => '{b}');
SELECT * FROM column_histograms('TABLE readings', columns => '{flag,absent}');
SELECT * FROM column_histograms('TABLE readings', columns => '{flag,NULL}');
SELECT * FROM column_histograms('TABLE readings', columns => '{flag,few,flag}');
SELECT * FROM column_edges('TABLE readings', 1);
SELECT * FROM column_edges('TABLE readings', 1002);

-- The cohort: a column, by its exact name, or one expression
SELECT cohort, h FROM column_histograms('SELECT few AS "f, g", flag AS "few" FROM readings WHERE id <= 8', 'f, g', columns => '{few}');
SELECT cohort, h FROM column_histograms('SELECT flag, few FROM readings WHERE id <= 8', 'CASE WHEN few > 3 THEN ''a)'' ELSE $$b)$$ END -- )', columns => '{flag}');
SELECT * FROM column_histograms('TABLE readings', 'flag, few');
SELECT * FROM column_histograms('TABLE readings', 'flag) AS q, (SELECT few');
SELECT * FROM column_histograms('TABLE readings', 'flag AS x');
SELECT * FROM column_histograms('TABLE readings', '*');
SELECT * FROM column_histograms('TABLE readings', 'q.*');
SELECT * FROM column_histograms('TABLE readings', 'DISTINCT flag');
SELECT * FROM column_histograms('TABLE readings', 'flag FROM readings');
SELECT * FROM column_histograms('TABLE readings', 'flag; DROP TABLE readings');
SELECT * FROM column_histograms('TABLE readings', 'flag;');
SELECT * FROM column_histograms('TABLE readings', '');
SELECT * FROM column_histograms('TABLE readings', '1 UNION SELECT 2');
SELECT * FROM column_histograms('TABLE readings', 'absent');
SELECT * FROM column_histograms('TABLE readings', '$1');
SELECT * FROM column_histograms('TABLE readings', 'max(few)');
SELECT * FROM column_histograms('TABLE readings', 'generate_series(1, few)');
SELECT cohort, h FROM column_histograms('SELECT flag FROM readings', 'ntile(2) OVER (ORDER BY flag) + (SELECT max(few) FROM readings)');

-- Names that have to be quoted, and types without labels of their own
CREATE TYPE pair AS (a int, b text);
CREATE DOMAIN positive AS float8 CHECK (value > 0);
CREATE TABLE "odd""ly" ("a""b" int, "; DROP TABLE readings --" text, "Ä" pair, "select" positive, gone int);
ALTER TABLE "odd""ly" DROP COLUMN gone;
INSERT INTO "odd""ly" SELECT i % 2, 'x', ROW(i % 2, 'y')::pair, i FROM generate_series(1, 4) i;
SELECT * FROM column_histograms('TABLE "odd""ly"', 'a"b');
SELECT * FROM column_histograms('TABLE "odd""ly"', '; DROP TABLE readings --', columns => ARRAY['select', 'a"b']);

-- 1600 columns
SELECT count(*), sum(histogram_total(h)), count(DISTINCT column_name) FROM column_histograms((SELECT 'SELECT ' || string_agg(format('%s::int AS c%s', i % 3, i), ', ') FROM generate_series(1, 1600) i));
SELECT count(*), sum(cardinality(edges)) FROM column_edges((SELECT 'SELECT ' || string_agg(format('i + %s.0::float8 AS c%s', i % 3, i), ', ') || ' FROM generate_series(1, 20) i' FROM generate_series(1, 150) i));

-- A reference is frozen, and days are compared with it whatever they have
CREATE TABLE frozen AS SELECT jsonb_object_agg(column_name, jsonb_build_object('kind', kind, 'edges', edges)) AS edges FROM column_edges('TABLE readings');
SELECT column_name, day.kind = reference.kind AS same_kind, jsd(day.h, reference.h)::numeric(6,4)
FROM column_histograms('TABLE readings', edges => (TABLE frozen)) AS reference
JOIN column_histograms('SELECT *, 1 AS added FROM readings WHERE id > 600', edges => (TABLE frozen)) AS day USING (column_name)
ORDER BY column_name;

DROP TABLE readings, expected, frozen, "odd""ly";
DROP TYPE pair;
DROP DOMAIN positive;
