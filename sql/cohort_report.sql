-- Which columns differ between cohorts, is it real, and in which values

\set SHOW_CONTEXT never
CREATE TABLE visits AS
SELECT CASE WHEN i % 3 = 0 THEN 'A' WHEN i % 3 = 1 THEN 'B' ELSE 'C' END AS arm, 'user' || i / 6 AS visitor,
	CASE WHEN i % 3 = 1 AND i % 5 < 2 THEN 'watch' ELSE 'phone' || i % 2 END AS device, i % 7 AS score,
	sqrt(i) + CASE WHEN i % 3 = 1 THEN 3 ELSE 0 END AS seconds, CASE WHEN i % 10 < i % 3 * 3 THEN NULL ELSE i % 2 END AS gaps,
	md5(i::text) AS hash, 5 AS five, NULL::text AS nothing, CASE WHEN i % 3 = 2 AND i % 10 = 0 THEN NULL ELSE 'x' END AS x_or_null,
	date '2024-01-01' + i % 200 AS day
FROM generate_series(1, 12000) i;

SELECT column_name, kind, cohort, n, n_reference AS n_ref, null_share::numeric(4,3) AS nulls, null_share_reference::numeric(4,3) AS nulls_ref,
	value::numeric(7,5), binned_wasserstein::numeric(6,3) AS moved, p_value::numeric(5,4) AS p, adjusted_p_value::numeric(5,4) AS adjusted,
	effect_size::numeric(5,4) AS effect, top_label, top_share::numeric(4,3) AS share, top_share_reference::numeric(4,3) AS share_ref
FROM cohort_report('SELECT * FROM visits', 'arm', 'A', columns => '{device,score,seconds,gaps,hash,five,nothing,x_or_null,day}');

-- numbers are those of the functions for each column; (null) is a bin of its own
CREATE TABLE frozen AS
SELECT jsonb_object_agg(column_name, jsonb_build_object('kind', kind, 'edges', edges)) AS edges FROM column_edges($$SELECT * FROM visits WHERE arm = 'A'$$);
CREATE TABLE report AS SELECT row_number() OVER () AS place, * FROM cohort_report('TABLE visits', 'arm', 'A');
CREATE TABLE counted AS SELECT * FROM column_histograms('TABLE visits', 'arm', (TABLE frozen));
CREATE VIEW direct AS
SELECT p.column_name, p.cohort, p.kind, p.h AS p, q.h AS q, t.p_value, t.effect_size
FROM counted AS p JOIN counted AS q USING (column_name), homogeneity_test(p.h, q.h, min_expected => 2) AS t WHERE q.cohort = 'A' AND p.cohort <> 'A';
SELECT count(*),
	bool_and(r.value IS NOT DISTINCT FROM CASE WHEN r.kind <> ALL ('{too many values,no data}') THEN jsd(p, q) END) AS value,
	bool_and(r.p_value IS NOT DISTINCT FROM CASE WHEN r.kind <> 'no data' AND (r.kind <> 'too many values' OR (p -> '(null)') + (q -> '(null)') > 0) THEN d.p_value END) AS p,
	bool_and(r.effect_size IS NOT DISTINCT FROM CASE WHEN r.p_value IS NOT NULL THEN d.effect_size END) AS effect,
	bool_and(r.adjusted_p_value IS NOT DISTINCT FROM adjusted) AS adjusted,
	bool_and(r.top_label IS NOT DISTINCT FROM (SELECT label FROM divergence_contributions(p, q) WHERE contribution > 0 AND r.value IS NOT NULL LIMIT 1)) AS top,
	bool_and(r.top_share IS NOT DISTINCT FROM (p -> top_label) / histogram_total(p) AND r.top_share_reference IS NOT DISTINCT FROM (q -> top_label) / histogram_total(q)) AS shares,
	bool_and(r.null_share = (p -> '(null)') / histogram_total(p) AND r.null_share_reference = (q -> '(null)') / histogram_total(q)) AS nulls,
	bool_and(n = histogram_total(p) AND n_reference = histogram_total(q)) AS n
FROM (SELECT *, p_adjust(p_value) OVER () AS adjusted FROM report) AS r JOIN direct AS d USING (column_name, cohort);
-- what is real first, then by value
SELECT count(*) FROM report a JOIN report b ON a.place < b.place
WHERE (b.adjusted_p_value <= 0.05) > (a.adjusted_p_value <= 0.05 AND a.adjusted_p_value IS NOT NULL)
	OR (coalesce(a.adjusted_p_value <= 0.05, false) = coalesce(b.adjusted_p_value <= 0.05, false) AND coalesce(a.value, -1) < coalesce(b.value, -1));
-- edges of a reference are found as column_edges finds them, and may be given
SELECT count(*) FROM (SELECT * FROM cohort_report('TABLE visits', 'arm', 'A', edges => (TABLE frozen)) EXCEPT SELECT (r).* FROM (SELECT r FROM cohort_report('TABLE visits', 'arm', 'A') AS r) AS again) AS other;
-- the order of rows and workers change nothing
SELECT count(*) FROM (SELECT * FROM cohort_report('SELECT * FROM visits ORDER BY hash', 'arm', 'A') EXCEPT SELECT * FROM cohort_report('TABLE visits', 'arm', 'A')) AS other;
BEGIN;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 3;
CREATE TEMPORARY TABLE by_workers ON COMMIT DROP AS SELECT * FROM cohort_report('TABLE visits', 'arm', 'A');
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT count(*) FROM (TABLE by_workers EXCEPT SELECT * FROM cohort_report('TABLE visits', 'arm', 'A')) AS other;
-- too many values, hit by one worker only or by none alone, are too many, and NULLs are counted
SET LOCAL max_parallel_workers_per_gather = 3;
CREATE TABLE many AS SELECT i % 2 = 0 AS side, CASE WHEN i % 10 > 0 THEN 'v' || i END AS v, i AS id FROM generate_series(1, 24000) i;
SELECT kind, null_share, null_share_reference, p_value FROM cohort_report('SELECT side, v FROM many', 'side', 'false');
ROLLBACK;

-- Distances of numbers: the outer bins reach as far as the reference does
SELECT binned_wasserstein FROM cohort_report('SELECT i % 2 AS arm, i / 2 + i % 2 * 10.0::float8 AS x FROM generate_series(2, 2001) i', 'arm', '0');
SELECT binned_wasserstein FROM cohort_report($$VALUES ('p', 100::float8), ('q', 0), ('q', 10)$$, 'column1', 'q', edges => '{"column2": {"edges": [0, 5]}}');
SELECT binned_wasserstein FROM cohort_report($$VALUES ('p', -100::float8), ('q', 1), ('q', 3)$$, 'column1', 'q', edges => '{"column2": {"edges": [0, 2]}}');
SELECT binned_wasserstein, value, top_label FROM cohort_report($$VALUES ('p', 'NaN'::float8), ('q', 1), ('q', 3)$$, 'column1', 'q');
-- bins that may be anywhere have no distance: a reference of infinite numbers only, and edges that all are
SELECT value::numeric(5,4), binned_wasserstein, top_label FROM cohort_report($$VALUES ('p', 1::float8), ('p', '-Infinity'), ('q', 'Infinity'), ('q', 'Infinity')$$, 'column1', 'q');
SELECT value, binned_wasserstein FROM cohort_report($$VALUES ('p', 1::float8), ('q', 2)$$, 'column1', 'q', edges => '{"column2": {"edges": ["-Infinity", "Infinity"]}}');
-- a numeric beyond double precision is as good as infinite
SELECT kind, value::numeric(5,4), top_label FROM cohort_report($$VALUES ('p', 1e400), ('p', 1e-400), ('q', 1), ('q', 2)$$, 'column1', 'q', edges => '{"column2": {"edges": [1, 2]}}');

-- A unit: tests take a cohort for (sum m)^2 / sum m^2 observations
SELECT column_name, cohort, r.p_value = (SELECT t.p_value FROM direct, homogeneity_test(p, q, n_p => n_p, n_q => n_q, min_expected => 2) AS t WHERE direct.column_name = r.column_name AND direct.cohort = r.cohort) AS same
FROM cohort_report('TABLE visits', 'arm', 'A', unit => 'visitor', columns => '{device,gaps,hash}') AS r
JOIN (SELECT arm AS cohort, sum(m) ^ 2 / sum(m * m) AS n_p FROM (SELECT arm, count(*)::float8 AS m FROM visits GROUP BY arm, visitor) AS units GROUP BY arm) AS p USING (cohort),
	(SELECT sum(m) ^ 2 / sum(m * m) AS n_q FROM (SELECT count(*)::float8 AS m FROM visits WHERE arm = 'A' GROUP BY visitor) AS units) AS q;
SELECT p_value FROM cohort_report('SELECT arm, device, visitor FROM visits', 'arm', 'A', unit => 'left(visitor, 5)', columns => '{device}');
SELECT * FROM cohort_report('TABLE visits', 'arm', 'A', unit => 'generate_series(1, 2)');
-- units are compared as their type is
SELECT p_value = (SELECT p_value FROM cohort_report('SELECT i % 3 AS arm, i % 7 AS v, i / 30 AS u FROM generate_series(1, 600) i', 'arm', '0', unit => 'u') WHERE column_name = 'v' AND cohort = '1') AS same
FROM cohort_report('SELECT i % 3 AS arm, i % 7 AS v, round(i / 30, i % 4) AS u FROM generate_series(1, 600) i', 'arm', '0', unit => 'u') WHERE column_name = 'v' AND cohort = '1';

-- Without a reference all cohorts at once
SELECT column_name, kind, cohort, n, n_reference, null_share::numeric(4,3), value::numeric(7,5), binned_wasserstein, p_value::numeric(5,4), adjusted_p_value::numeric(5,4),
	effect_size::numeric(5,4), top_label, top_share::numeric(4,3), top_share_reference::numeric(4,3)
FROM cohort_report('SELECT * FROM visits', 'arm', columns => '{device,score,seconds,gaps,five,nothing,x_or_null,day}');
SELECT count(*), bool_and(r.value IS NOT DISTINCT FROM CASE WHEN kind <> 'no data' THEN generalized_jsd(hs) END) AS value,
	bool_and(r.p_value IS NOT DISTINCT FROM CASE WHEN kind <> 'no data' THEN t.p_value END) AS p
FROM cohort_report('TABLE visits', 'arm', edges => (TABLE frozen)) AS r
JOIN (SELECT column_name, array_agg(h ORDER BY cohort) AS hs FROM counted GROUP BY column_name) AS c USING (column_name), homogeneity_test(hs, min_expected => 2) AS t;
-- of two it is the same as with one of them as the reference
SELECT column_name, abs(a.value - b.value) <= 1e-14 AS value, a.p_value = b.p_value AS p, a.top_label = b.top_label AS top
FROM cohort_report($$SELECT * FROM visits WHERE arm < 'C'$$, 'arm', columns => '{device,gaps,score}') AS a
JOIN cohort_report($$SELECT * FROM visits WHERE arm < 'C'$$, 'arm', 'A', columns => '{device,gaps,score}') AS b USING (column_name) ORDER BY 1;
SELECT p_value > 0.5 AS unit FROM cohort_report('TABLE visits', 'arm', unit => 'left(visitor, 5)', columns => '{device}');
SELECT n, value, p_value FROM cohort_report($$SELECT * FROM visits WHERE arm = 'A'$$, 'arm', columns => '{device}');
SELECT kind, null_share, value, p_value::numeric(5,4) FROM cohort_report($$SELECT i % 3 AS g, CASE WHEN i % 3 > 0 OR i % 2 = 0 THEN i::text END AS t FROM generate_series(1, 36000) i$$, 'g');

-- Other measures, and columns that nothing can be said of
SELECT cohort, value = psi(p, q) AS same, top_label FROM direct JOIN cohort_report('TABLE visits', 'arm', 'A', 'psi', '{device}') USING (column_name, cohort);
SELECT cohort, value = l_infinity(p, q) AS same, top_label FROM direct JOIN cohort_report('TABLE visits', 'arm', 'A', 'l_infinity', '{device}') USING (column_name, cohort);
SELECT value, top_label, top_share, top_share_reference FROM cohort_report('TABLE visits', 'arm', 'A', 'kl_divergence', '{device}');
SELECT * FROM cohort_report('TABLE visits', 'arm', 'A', 'kl');
SELECT * FROM cohort_report('TABLE visits', 'arm', 'A', 'renyi');
SELECT * FROM cohort_report('TABLE visits', 'arm', 'A', 'entropy');
SELECT * FROM cohort_report('TABLE visits', 'arm', measure => 'psi');
SELECT * FROM cohort_report('TABLE visits', 'arm', 'A', bins => 1);

-- No rows, one cohort, a reference that is not there, cohorts that are no text
SELECT * FROM cohort_report('SELECT * FROM visits WHERE false', 'arm', 'A');
SELECT * FROM cohort_report($$SELECT * FROM visits WHERE arm = 'A'$$, 'arm', 'A');
SELECT cohort, kind, n, n_reference, null_share, null_share_reference, value, p_value FROM cohort_report('TABLE visits', 'arm', 'Z', columns => '{seconds}');
SELECT cohort, value FROM cohort_report('SELECT score, device FROM visits WHERE score < 2', 'score', '1');
SELECT cohort, value FROM cohort_report('SELECT score, device FROM visits WHERE score < 2', 'score = 1', 'true', columns => '{device}');
SELECT cohort, n, n_reference FROM cohort_report($$SELECT nullif(arm, 'C') AS arm, device FROM visits$$, 'arm', 'A');
SELECT count(*) FROM cohort_report(NULL, 'arm');
SELECT count(*) FROM cohort_report('TABLE visits', NULL);
SELECT count(*) FROM cohort_report('TABLE visits', 'arm', 'A', NULL, NULL, NULL, NULL, NULL);
SELECT cohort_report('SELECT arm, five FROM visits', 'arm', 'A') LIMIT 1;

-- a cohort of which the collation is not known
CREATE TEMPORARY TABLE collated (a text COLLATE "C", b text COLLATE "POSIX", x int);
INSERT INTO collated VALUES ('p', 'q', 1), ('p', 'r', 2);
SELECT cohort, n, n_reference FROM cohort_report('SELECT a || b AS ab, x FROM collated', 'ab', 'pq');
DROP TABLE collated;

-- Too many cohorts for the memory that there may be: an id that was taken for the cohort
SET kldiv.max_columns_memory = '64kB';
SELECT count(*) FROM cohort_report('SELECT i AS id, i % 2 AS a, 2 AS b FROM generate_series(1, 32) i', 'id', '1');
SELECT count(*) FROM cohort_report('SELECT i AS id, i % 2 AS a, 2 AS b FROM generate_series(1, 33) i', 'id', '1');
SELECT count(*) FROM cohort_report('SELECT i % 2 AS arm, repeat(i::text, 300) AS long FROM generate_series(1, 300) i', 'arm', '1');
RESET kldiv.max_columns_memory;

-- The caller's rights and names: a view, row-level security, SECURITY DEFINER, a hostile search path
CREATE ROLE regress_reader;
CREATE VIEW some_visits AS SELECT * FROM visits WHERE score > 3;
ALTER TABLE visits ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON visits USING (score < 2);
GRANT SELECT ON visits, some_visits TO regress_reader;
CREATE FUNCTION as_owner(query text) RETURNS TABLE (n bigint, n_reference bigint) LANGUAGE sql SECURITY DEFINER
AS $$SELECT n, n_reference FROM cohort_report(query, 'arm', 'A', columns => '{device}')$$;
SET ROLE regress_reader;
SELECT n, n_reference FROM cohort_report('TABLE visits', 'arm', 'A', columns => '{device}');
SELECT n, n_reference FROM cohort_report('TABLE some_visits', 'arm', 'A', columns => '{device}');
SELECT * FROM as_owner('TABLE visits');
SELECT * FROM cohort_report('TABLE report', 'cohort', 'B');
RESET ROLE;
CREATE SCHEMA hostile;
CREATE FUNCTION hostile.trap(text, text) RETURNS boolean LANGUAGE plpgsql AS $$BEGIN RAISE 'trapped'; END$$;
CREATE OPERATOR hostile.= (LEFTARG = text, RIGHTARG = text, FUNCTION = hostile.trap);
CREATE FUNCTION hostile.count() RETURNS bigint LANGUAGE sql AS 'SELECT 1 / 0';
CREATE DOMAIN hostile.text AS int;
SET search_path = hostile, pg_catalog, public;
SELECT n, n_reference FROM public.cohort_report('TABLE public.visits', 'arm', 'A', columns => '{device}'::pg_catalog.text[], unit => 'visitor');
RESET search_path;
-- an aggregate of the columns' types beside ours, which PostgreSQL would rather call
CREATE AGGREGATE histograms_agg(text) (SFUNC = array_append, STYPE = text[], INITCOND = '{}');
SELECT n FROM cohort_report('TABLE visits', 'arm', 'A', columns => '{device}');
DROP AGGREGATE histograms_agg(text);
-- a query that changes what its own text means, where that can be changed: it is checked again before each pass
SET client_min_messages = error;
CREATE FUNCTION state_of(query text) RETURNS text LANGUAGE plpgsql AS $$BEGIN
	PERFORM * FROM cohort_report(query, 'arm', 'A');
	RETURN 'done';
EXCEPTION WHEN OTHERS THEN
	RETURN CASE WHEN current_setting('server_version_num')::int >= 190000 THEN '42601' ELSE sqlstate END;
END$$;
SELECT state_of($q$SELECT arm, seconds, set_config('standard_conforming_strings', 'off', true) AS s FROM visits WHERE device <> '\' AND '''' <> ') AS q) AS r (a, b, c); DROP TABLE visits; SELECT 1 FROM (SELECT 1 FROM (SELECT 1 -- '$q$);
-- a cohort is a column of any type, known by its texts, with one reference or among all
CREATE VIEW cohorts AS
SELECT device, seconds, score::int2 AS small, score AS int, score::bigint AS big, score > 3 AS bool, date '2024-01-01' + score AS date, CASE score WHEN 0 THEN NULL ELSE 'v ' || score % 3 END::varchar AS varchar,
	chr(65 + score)::char(3) AS char, ('n' || score)::name AS name, ('{1.0,1.00,2,2.0,3,3,4}'::numeric[])[score + 1] AS numeric, score::float8 AS float, ('t' || score) COLLATE "C" AS text
FROM visits;
SELECT name, count(*) AS rows, bool_and(as_column IS NOT DISTINCT FROM as_text) AS same, string_agg(as_column.cohort, ' ' ORDER BY as_column.cohort) AS cohorts
FROM (VALUES ('small', '3'), ('int', '3'), ('big', '3'), ('bool', 'false'), ('date', '01-04-2024'), ('varchar', 'v 2'), ('char', 'B'), ('name', 'n3'), ('numeric', '2.0'), ('float', '3'), ('text', 't3')) AS columns (name, reference),
	LATERAL cohort_report('TABLE cohorts', name, reference, columns => '{device}', unit => 'seconds') AS as_column
	JOIN LATERAL cohort_report('TABLE cohorts', name || '::text', reference, columns => '{device}', unit => 'seconds') AS as_text USING (cohort)
GROUP BY name ORDER BY name;

DROP FUNCTION as_owner, state_of;
DROP SCHEMA hostile CASCADE;
DROP VIEW some_visits, direct, cohorts;
DROP TABLE visits, frozen, report, counted;
DROP ROLE regress_reader;
