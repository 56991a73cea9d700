-- The measures over rows that keep all of them: the same bits as of arrays in the same order.

-- a number below 2^32 that looks random
CREATE FUNCTION pg_temp.scramble(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
	SELECT b # (b >> 13)
	FROM (SELECT (n + 12345) * 1103515245 % 4294967296 AS a) AS first,
		 LATERAL (SELECT (a # (a >> 15)) * 1540483477 % 4294967296 AS b) AS second
$$;

-- The calls of these tests mean an aggregate where p and q are weights, a function where they are arrays
CREATE TEMP TABLE calls AS SELECT * FROM unnest(ARRAY['jsd', 'js_distance', 'total_variation', 'l_infinity']) WITH ORDINALITY AS calls (call, number);

CREATE TEMP TABLE bins AS
SELECT kind, pair, bin, p, q
FROM generate_series(1, 40) AS pair,
	 LATERAL generate_series(1, CASE WHEN pair = 40 THEN 3000 WHEN pair % 10 = 0 THEN 300 ELSE pair % 37 + 1 END) AS bin,
	 LATERAL (SELECT pg_temp.scramble(pair * 4000 + bin) AS a, pg_temp.scramble(pair * 4000 + 1000000 + bin) AS b) AS random,
	 LATERAL (VALUES
		('counts', (a % 100 + 1)::float8, (b % 100 + 1)::float8),
		('shares', (a % 1000 + 1) * 1e-7, (b % 1000 + 1) * 0.3),
		('zeros', CASE WHEN bin = 1 OR a % 3 > 0 THEN a % 50 + 1 WHEN a % 2 = 0 THEN 0 END,
		 CASE WHEN bin = 1 OR b % 3 > 0 THEN b % 50 + 1 WHEN b % 2 = 0 THEN 0 END),
		('skewed', (10 ^ (a % 25)::float8), (10 ^ (b % 25 - 20)::float8)),
		('near', (a % 100 + 1) * (1 + (b % 7 - 3) * 1e-6), (a % 100 + 1) * 10::float8),
		('extreme', ('{0,1,5e-324,1e300,2e304,2.2250738585072014e-308,1e-160,0.1,3,1e155,1e-300,NULL}'::float8[])[1 + a % 12],
		 ('{0,1,5e-324,1e300,2e304,2.2250738585072014e-308,1e-160,0.1,3,1e155,1e-300,NULL}'::float8[])[1 + b % 12])
	 ) AS kinds (kind, p, q);

CREATE FUNCTION pg_temp.disagreements(call text, order_by text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format($sql$
		SELECT count(*) FILTER (WHERE float8send(of_rows) IS DISTINCT FROM float8send(of_arrays)) || ' of ' || count(of_arrays)
		FROM (SELECT kind, pair, %1$s(p, q ORDER BY %2$s) AS of_rows, %1$s(array_agg(p ORDER BY %2$s), array_agg(q ORDER BY %2$s)) AS of_arrays
			  FROM bins GROUP BY kind, pair) AS values
	$sql$, call, order_by) INTO result;
	RETURN result;
END $$;
SELECT call, pg_temp.disagreements(call, 'bin') AS by_bin, pg_temp.disagreements(call, 'bin DESC') AS by_bin_desc,
	   pg_temp.disagreements(call, 'p, bin') AS by_p, pg_temp.disagreements(call, 'q DESC, bin') AS by_q
FROM calls ORDER BY number;

-- symmetric to the last bit, in bounds
SELECT count(*) FILTER (WHERE jsd <> back OR tv <> tv_back OR l_infinity <> l_infinity_back) AS not_symmetric,
	   count(*) FILTER (WHERE jsd > 0.6931471805599453 OR tv > 1 OR l_infinity > tv * (1 + 1e-14) OR jsd < 0) AS out_of_bounds
FROM (SELECT jsd(p, q) AS jsd, jsd(q, p) AS back, total_variation(p, q) AS tv, total_variation(q, p) AS tv_back,
			 l_infinity(p, q) AS l_infinity, l_infinity(q, p) AS l_infinity_back FROM bins GROUP BY kind, pair) AS both_ways;

-- exactly 0 if nothing differs, and only then
SELECT bool_and(0 = ALL (ARRAY[same, times_3, js, tv, l_infinity])) AS zero, bool_and(0 < ALL (ARRAY[other_jsd, other_tv])) AS not_zero
FROM (SELECT jsd(p, p) AS same, jsd(p, p * 3) AS times_3, js_distance(p * 7, p * 7919) AS js, total_variation(p, p * 10) AS tv, l_infinity(p * 3, p) AS l_infinity,
			 jsd(p, CASE bin WHEN 1 THEN p * (1 + 2.3e-16) ELSE p END) AS other_jsd, total_variation(p, CASE bin WHEN 1 THEN p * (1 + 2.3e-16) ELSE p END) AS other_tv
	  FROM bins WHERE kind = 'counts' AND pair <> 37 GROUP BY pair) AS proportional;

-- what a group may have, or lack
SELECT jsd(p, q), js_distance(p, q), total_variation(p, q), l_infinity(p, q) FROM bins WHERE false;
SELECT grp, jsd(p, q), js_distance(p, q), total_variation(p, q), l_infinity(p, q), jsd(p, q) = ln(2::float8) AS ln_2
FROM (VALUES ('1 nulls', NULL::float8, NULL::float8), ('1 nulls', NULL, NULL), ('2 zeros', 0, '-0'), ('3 no p', NULL, 1), ('3 no p', 0, 2), ('4 no q', 3, NULL),
			 ('5 equal', 1, 10), ('5 equal', 2, 20), ('5 equal', 0, NULL)) AS rows (grp, p, q) GROUP BY grp ORDER BY grp;
SELECT jsd(p, q) = 0.6931471805599453 AS jsd, total_variation(p, q), l_infinity(p, q) FROM (VALUES (1::float8, NULL::float8), (NULL, 7)) AS apart (p, q);
SELECT total_variation(p, q) AS one_quarter, l_infinity(p, q) AS too FROM (VALUES (1::int, 1::numeric), (3, 1)) AS rows (p, q);

-- wrong input in one row of many
SELECT jsd(CASE i WHEN 777 THEN -0.25 ELSE 1 END, 1) FROM generate_series(1, 1000) AS i;
\echo :LAST_ERROR_SQLSTATE
SELECT js_distance(1, CASE i WHEN 777 THEN 'NaN' ELSE 1::float8 END) FROM generate_series(1, 1000) AS i;
\echo :LAST_ERROR_SQLSTATE
SELECT total_variation(CASE i WHEN 777 THEN 'Infinity' ELSE 1::float8 END, NULL) FROM generate_series(1, 1000) AS i;
\echo :LAST_ERROR_SQLSTATE
SELECT l_infinity(1, 1e306) FROM generate_series(1, 1000) AS i;
\echo :LAST_ERROR_SQLSTATE
SELECT jsd(NULL, 1e308) FROM generate_series(1, 3);

-- FILTER, DISTINCT, GROUPING SETS, HAVING; one state for all four
SELECT abs(total_variation(p, q) FILTER (WHERE p <> 5) - 4 / 21::float8) < 1e-15 AS filter, total_variation(DISTINCT p, q) FILTER (WHERE p <> 5) AS "distinct",
	   total_variation(p, q) FILTER (WHERE p > 100) AS nothing, js_distance(p, q) = sqrt(jsd(p, q)) AS root
FROM (VALUES (1::float8, 1::float8), (5, 7), (3, 1), (3, 1)) AS rows (p, q) HAVING jsd(p, q) > 0;
SELECT count(*) AS groups, bool_and(jsd = expected) AS same
FROM (SELECT jsd(p, q ORDER BY bin, kind) AS jsd, jsd(array_agg(p ORDER BY bin, kind), array_agg(q ORDER BY bin, kind)) AS expected
	  FROM bins WHERE kind IN ('counts', 'zeros') GROUP BY ROLLUP (kind, pair)) AS sets;

-- windows: whole partitions, running, sliding, from both sides
CREATE FUNCTION pg_temp.window_disagreements(call text, frame text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SELECT count(*) FILTER (WHERE float8send(value) IS DISTINCT FROM float8send(%1$s(p, q))) || '' of '' || count(%1$s(p, q))'
				   ' FROM (SELECT %1$s(p, q) OVER w AS value, array_agg(p) OVER w AS p, array_agg(q) OVER w AS q'
				   ' FROM bins WHERE pair IN (7, 25, 30) AND bin < 90 WINDOW w AS (PARTITION BY kind, pair %2$s)) AS windows',
				   call, frame) INTO result;
	RETURN result;
END $$;
SELECT call, pg_temp.window_disagreements(call, '') AS whole,
	   pg_temp.window_disagreements(call, 'ORDER BY bin') AS running,
	   pg_temp.window_disagreements(call, 'ORDER BY bin ROWS 17 PRECEDING') AS sliding,
	   pg_temp.window_disagreements(call, 'ORDER BY bin ROWS BETWEEN 2 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW') AS both_sides
FROM calls ORDER BY number;

-- hashed and sorted plans
CREATE FUNCTION pg_temp.plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		IF line ~ 'Aggregate' THEN
			RETURN NEXT trim(regexp_replace(line, '->', ''));
		END IF;
	END LOOP;
END $$;
SET enable_hashagg = off;
SELECT pg_temp.plan('SELECT kind, pair, jsd(p, q) FROM bins GROUP BY kind, pair');
CREATE TEMP TABLE sorted AS SELECT kind, pair, jsd(p, q), l_infinity(p, q) FROM (SELECT * FROM bins ORDER BY kind, pair, bin) AS bins GROUP BY kind, pair;
SET enable_hashagg = on;
SET enable_sort = off;
SELECT pg_temp.plan('SELECT kind, pair, jsd(p, q) FROM bins GROUP BY kind, pair');
CREATE TEMP TABLE hashed AS SELECT kind, pair, jsd(p, q), l_infinity(p, q) FROM (SELECT * FROM bins ORDER BY kind, pair, bin OFFSET 0) AS bins GROUP BY kind, pair;
RESET enable_sort;
SELECT count(*) AS in_both, (SELECT count(*) FROM sorted) AS sorted, (SELECT count(*) FROM hashed) AS hashed
FROM (SELECT * FROM sorted INTERSECT SELECT * FROM hashed) AS common;

-- a group that grows, and two that grow in turns
CREATE TEMP TABLE many AS SELECT i, (pg_temp.scramble(i) % 1000)::float8 AS p, (pg_temp.scramble(i + 7777777) % 1000)::float8 AS q FROM generate_series(1, 100000) AS i;
SELECT grp, count(*), float8send(jsd(p, q ORDER BY i)) = float8send(jsd(array_agg(p ORDER BY i), array_agg(q ORDER BY i))) AS jsd,
	   total_variation(p, q ORDER BY i) = total_variation(array_agg(p ORDER BY i), array_agg(q ORDER BY i)) AS total_variation
FROM many, LATERAL (VALUES (0), (1 + i % 2)) AS groups (grp) GROUP BY grp ORDER BY grp;

-- the state functions are for aggregates only; how PostgreSQL refuses a state of type internal depends on its version
CREATE FUNCTION pg_temp.is_refused(call text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE 'SELECT ' || call;
	RETURN false;
EXCEPTION WHEN OTHERS THEN
	RETURN true;
END $$;
SELECT call, pg_temp.is_refused(call)
FROM unnest(ARRAY['kldiv_pairs_transition(NULL, 1, 1)', 'kldiv_jsd_final(NULL)', 'kldiv_pairs_combine(NULL, NULL)', 'kldiv_pairs_serialize(NULL)',
	$$kldiv_pairs_deserialize('\x00000001', NULL)$$, 'kldiv_pairs_deserialize(NULL, NULL)']) AS call;
