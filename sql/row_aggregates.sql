-- The measures as aggregates over one row per bin, in states of fixed size.

CREATE FUNCTION pg_temp.near(value float8, expected float8, tolerance float8 DEFAULT 1e-13) RETURNS boolean
LANGUAGE sql IMMUTABLE AS
'SELECT value IS NOT DISTINCT FROM expected OR coalesce(value BETWEEN expected * (1 - tolerance) AND expected * (1 + tolerance), false)';

-- a number below 2^32 that looks random
CREATE FUNCTION pg_temp.scramble(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
	SELECT b # (b >> 13)
	FROM (SELECT (n + 12345) * 1103515245 % 4294967296 AS a) AS first,
		 LATERAL (SELECT (a # (a >> 15)) * 1540483477 % 4294967296 AS b) AS second
$$;

-- Cross-entropies near 0, and the largest of near-equal ratios, have absolute errors: 1 + makes them relative.
-- The calls of these tests mean an aggregate where p and q are weights, a function where they are arrays
CREATE TEMP TABLE calls AS SELECT * FROM unnest(ARRAY[
	'entropy(p)', 'perplexity(p)', 'renyi_entropy(p, 0)', 'renyi_entropy(p, 0.3)', 'renyi_entropy(p, 0.5)',
	'renyi_entropy(p, 1)', 'renyi_entropy(p, 1 + 1e-9)', 'renyi_entropy(p, 1 - 1e-9)', 'renyi_entropy(p, 2)',
	'renyi_entropy(p, 50)', 'renyi_entropy(p, ''Infinity'')',
	'1 + cross_entropy(p, q)', 'kl_divergence(p, q)', 'jeffreys_divergence(p, q)', 'hellinger_distance(p, q)',
	'bhattacharyya_distance(p, q)', 'chi_square_divergence(p, q)', 'psi(p, q)',
	'renyi(p, q, 0)', 'renyi(p, q, 0.3)', 'renyi(p, q, 0.5)', 'renyi(p, q, 1)', 'renyi(p, q, 1 + 1e-9)',
	'renyi(p, q, 1 - 1e-9)', 'renyi(p, q, 2)', 'renyi(p, q, 50)', 'renyi(p, q, ''Infinity'')'])
	WITH ORDINALITY AS calls (call, number);

-- the value of a call over the rows of a query, or its error's SQLSTATE
CREATE FUNCTION pg_temp.outcome(call text, rows text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	value text;
BEGIN
	EXECUTE format('SELECT %s FROM (%s) AS rows%s', call, rows, CASE WHEN rows ~ '^VALUES' THEN ' (p, q)' END) INTO value;
	RETURN coalesce(CASE WHEN value ~ '^\d+\.\d{7}' AND value !~ 'e' THEN trim_scale(round(value::numeric, 6))::text ELSE value END, 'NULL');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

--
-- The same as of arrays, whatever the order of the rows
--
CREATE TEMP TABLE bins AS
SELECT kind, pair, bin, p, q
FROM generate_series(1, 40) AS pair,
	 LATERAL generate_series(1, CASE WHEN pair = 40 THEN 3000 WHEN pair % 10 = 0 THEN 300 ELSE pair % 37 + 1 END) AS bin,
	 LATERAL (SELECT pg_temp.scramble(pair * 4000 + bin) AS a, pg_temp.scramble(pair * 4000 + 1000000 + bin) AS b OFFSET 0) AS random,
	 LATERAL (VALUES
		('counts', (a % 100 + 1)::float8, (b % 100 + 1)::float8),
		('large counts', (a * 1000003)::float8, (b % 10 + 1)::float8),
		('shares', (a % 1000 + 1) * 1e-7, (b % 1000 + 1) * 0.3),
		('zeros in p', CASE WHEN a % 3 = 0 THEN a % 50 + 1 WHEN a % 2 = 0 THEN 0 END, (b % 50 + 1)::float8),
		('zeros in q', (a % 50 + 1)::float8, CASE WHEN b % 3 > 0 THEN b % 50 + 1 WHEN b % 2 = 0 THEN 0 END),
		('zeros in both', CASE WHEN a % 3 > 0 THEN a % 50 + 1 WHEN a % 2 = 0 THEN 0 END,
		 CASE WHEN b % 3 > 0 THEN b % 50 + 1 WHEN b % 2 = 0 THEN 0 END),
		('nothing in common', CASE WHEN bin % 2 = 0 THEN a % 50 + 1 END, CASE WHEN bin % 2 = 1 THEN b % 50 + 1 END),
		('skewed', (10 ^ (a % 25)::float8), (10 ^ (b % 25 - 20)::float8)),
		('near', (a % 100 + 1) * (1 + (b % 7 - 3) * 1e-6), (a % 100 + 1) * 10::float8),
		('near but first', CASE WHEN bin = 1 THEN 1e-12 ELSE (a % 100 + 1) * (1 + (b % 7 - 3) * 1e-6) END,
		 CASE WHEN bin = 1 THEN 1e-9 ELSE (a % 100 + 1) * 10::float8 END)
	 ) AS kinds (kind, p, q);
CREATE TEMP TABLE arrays AS
SELECT kind, pair, array_agg(p ORDER BY bin) AS p, array_agg(q ORDER BY bin) AS q FROM bins GROUP BY kind, pair;

-- the kinds and orders of rows where a call does not agree with arrays
CREATE FUNCTION pg_temp.disagreements(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found text;
	order_by text;
	disagreements text;
BEGIN
	FOREACH order_by IN ARRAY '{bin,bin DESC,pg_temp.scramble(bin),p NULLS FIRST,q DESC}'::text[] LOOP
		EXECUTE format($sql$
			SELECT string_agg(DISTINCT kind, ', ')
			FROM (SELECT kind, pair, %1$s AS value FROM (SELECT * FROM bins ORDER BY %2$s) AS bins GROUP BY kind, pair) AS rows
			FULL JOIN (SELECT kind, pair, %1$s AS expected FROM arrays) AS arrays USING (kind, pair)
			WHERE NOT pg_temp.near(value, expected, CASE WHEN kind ~ '^near' THEN 1e-9 ELSE 1e-13 END)
			   OR value < 0 OR value::text = '-0'
		$sql$, call, order_by) INTO found;
		disagreements := concat_ws('; ', disagreements, found || ' by ' || order_by);
	END LOOP;
	RETURN nullif(disagreements, '');
END $$;
SELECT kind, count(*) AS pairs, count(kl_divergence(p, q)) AS kl, count(nullif(kl_divergence(p, q), 'Infinity')) AS finite_kl
FROM arrays GROUP BY kind ORDER BY kind COLLATE "C";
SELECT call, disagreements FROM calls, LATERAL (SELECT pg_temp.disagreements(call)) AS d (disagreements) WHERE disagreements IS NOT NULL ORDER BY number;

--
-- What a group may have, or lack
--
SELECT call,
	   pg_temp.outcome(call, $$SELECT 1::float8 AS p, 1::float8 AS q WHERE false$$) AS no_rows,
	   pg_temp.outcome(call, $$VALUES (NULL::float8, NULL::float8), (NULL, NULL)$$) AS nulls,
	   pg_temp.outcome(call, $$VALUES (0::float8, 0::float8), (NULL, -0.0)$$) AS zeros,
	   pg_temp.outcome(call, $$VALUES (0::float8, 1::float8), (NULL, 2)$$) AS no_p,
	   pg_temp.outcome(call, $$VALUES (1::float8, 0::float8), (3, NULL)$$) AS no_q,
	   pg_temp.outcome(call, $$VALUES (1::float8, 1::float8), (3, NULL), (-0.0, 7)$$) AS one_in_common,
	   pg_temp.outcome(call, $$VALUES (1::float8, NULL::float8), (NULL, 7)$$) AS none_in_common,
	   pg_temp.outcome(call, $$VALUES (7::float8, 0.1::float8)$$) AS one_row
FROM (SELECT replace(replace(call, '1 + 1e-9', '1'), '1 - 1e-9', '1') AS call, min(number) AS number FROM calls GROUP BY 1) AS calls
ORDER BY number;

-- a FULL JOIN of two histograms
SELECT sum(p) AS p, sum(q) AS q, kl_divergence(p, q), kl_divergence(q, p), pg_temp.near(psi(p, q), psi('{1,2,0}'::float8[], '{0,2,1}'::float8[])) AS psi,
	   hellinger_distance(p, q) = hellinger_distance('{1,2,0}'::float8[], '{0,2,1}'::float8[]) AS hellinger_distance
FROM (VALUES ('a', 1), ('b', 2)) AS today (bin, p) FULL JOIN (VALUES ('b', 2), ('c', 1)) AS baseline (bin, q) USING (bin);

-- psi fills shares of exactly 0, on both sides; with nothing filled it is jeffreys_divergence
SELECT pg_temp.near(psi(p, q), 0.5 * ln(0.5 / 0.0001) - 0.0001 * ln(0.5 / 0.0001) + (0.25 - 0.0001) * ln(0.25 / 0.0001) + 0.25 * ln(1.5)) AS filled,
	   jeffreys_divergence(p, q) AS jeffreys_divergence
FROM (VALUES (0::float8, 2::float8), (1, 0), (3, 2)) AS rows (p, q);
SELECT psi(p, q) = jeffreys_divergence(p, q) AS same, pg_temp.near(psi(p, q), 0.25 * ln(3)) AS right
FROM (VALUES (1::float8, 1::float8), (3, 1)) AS rows (p, q) WHERE p > 0;

-- smoothing, bits
SELECT pg_temp.near(kl_divergence(coalesce(p, 0) + 0.5, coalesce(q, 0) + 0.5),
					kl_divergence(array_agg(p), array_agg(q), pseudocount => 0.5)) AS smoothed,
	   pg_temp.near(kl_divergence(p + 1, coalesce(q, 0) + 1) / ln(2), kl_divergence(array_agg(p), array_agg(q), 2, 1)) AS bits
FROM (VALUES (1::float8, 2::float8), (5, NULL), (0, 7)) AS rows (p, q);

--
-- Exactly 0 if nothing differs, in any order and split; never negative or -0
--
CREATE TEMP TABLE proportional AS
SELECT proportion, pair, bin, u.p, u.q
FROM bins, LATERAL (SELECT floor(pg_temp.scramble(pair * 100 + bin) * 33333.3) AS large, floor(pg_temp.scramble(pair * 100 + bin) * 10 ^ (bin % 10 - 5)::float8) AS mixed) AS l,
	 LATERAL (VALUES ('same', p, p), ('same fractions', p / 7, p / 7), ('1:10', p, p * 10), ('3:7919', p * 3, p * 7919), ('various', p * pair, p * (pair + 1)),
					 ('3:7 to 1e15', 3 * large, 7 * large), ('3:1 of all sizes', 3 * mixed, mixed), ('with zeros', CASE WHEN p > 50 OR bin = 1 THEN p END, CASE WHEN p > 50 OR bin = 1 THEN p * 5 ELSE 0 END),
					 ('extreme', 5e-324 * p, 2::float8 ^ 1000 * p), ('denormal', 1e-323 * p, 5e-324 * p)) AS u (proportion, p, q)
WHERE kind = 'counts' AND pair < 40 AND pair <> 37 AND (proportion <> 'extreme' OR pair % 10 > 0);
CREATE FUNCTION pg_temp.not_zero(rows text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	call text;
	order_by text;
	failures bigint;
	result text;
BEGIN
	FOR call IN SELECT calls.call FROM calls WHERE calls.call ~ 'q' AND calls.call !~ 'cross' ORDER BY number LOOP
		FOREACH order_by IN ARRAY '{bin,bin DESC,pg_temp.scramble(bin)}'::text[] LOOP
			EXECUTE format('SELECT count(*) FILTER (WHERE value IS DISTINCT FROM 0 OR value::text <> %L)'
						   ' FROM (SELECT pair, %s AS value FROM (SELECT * FROM (%s) AS rows ORDER BY %s) AS rows GROUP BY pair) AS values',
						   '0', call, rows, order_by) INTO failures;
			IF failures > 0 THEN
				result := concat_ws(', ', result, call || ': ' || failures);
			END IF;
		END LOOP;
	END LOOP;
	RETURN result;
END $$;
-- counts up to 1e15 too, and counts of all sizes
SELECT proportion, count(*) AS rows, count(DISTINCT pair) AS pairs, pg_temp.not_zero(format('SELECT * FROM proportional WHERE proportion = %L', proportion)) AS not_zero
FROM proportional GROUP BY proportion ORDER BY proportion COLLATE "C";

-- one unit in the last place in one of many rows is a difference
SELECT n, kl_divergence(p, q) > 0 AS kl, jeffreys_divergence(p, q) > 0 AS jeffreys, hellinger_distance(p, q) > 0 AS hellinger,
	   bhattacharyya_distance(p, q) > 0 AS bhattacharyya, chi_square_divergence(p, q) > 0 AS chi_square, psi(p, q) > 0 AS psi,
	   renyi(p, q, 0.3) > 0 AS renyi_0_3, renyi(p, q, 1) > 0 AS renyi_1, renyi(p, q, 2) > 0 AS renyi_2, renyi(p, q, 'Infinity') > 0 AS renyi_infinity
FROM (VALUES (1), (299), (600)) AS changed (n), generate_series(1, 600) AS i,
	 LATERAL (SELECT 1 + (i % 7) / 8.0::float8 AS p, (1 + (i % 7) / 8.0::float8) * (CASE WHEN i = n THEN 1 + 2.3e-16 ELSE 1 END) AS q) AS weights
GROUP BY n ORDER BY n;

-- also where products of doubles would be the same
SELECT count(*) AS pairs, count(*) FILTER (WHERE kl > 0 AND chi_square > 0 AND renyi > 0) AS not_zero
FROM (SELECT i, kl_divergence(p, q) AS kl, chi_square_divergence(p, q) AS chi_square, renyi(p, q, 2) AS renyi
	  FROM generate_series(1, 300) AS i, LATERAL (VALUES (1.25::float8, 1.25::float8), (1.6 + i / 1000.0::float8, 1.6 + i / 1000.0::float8 + 2.3e-16)) AS w (p, q)
	  GROUP BY i) AS near;

-- one bin has no entropy, equal bins have ln n
SELECT entropy(p), perplexity(p), renyi_entropy(p, 0), renyi_entropy(p, 0.3), renyi_entropy(p, 1), renyi_entropy(p, 2), renyi_entropy(p, 'Infinity')
FROM (VALUES (1, 7::float8), (1, 0), (2, 5e-324), (3, 1.7e308), (3, NULL)) AS rows (pair, p) GROUP BY pair;
SELECT n, pg_temp.near(entropy(0.1), ln(n)) AS entropy, pg_temp.near(perplexity(0.1), n) AS perplexity,
	   pg_temp.near(renyi_entropy(0.1, 2), ln(n)) AS renyi_entropy
FROM (VALUES (2), (16), (17), (1000)) AS sizes (n), generate_series(1, n) GROUP BY n ORDER BY n;
-- an entropy near 0 has all its digits, whatever row the large weight is in
SELECT position, pg_temp.near(entropy(p), entropy(array_agg(p ORDER BY i))) AS entropy
FROM (VALUES (1), (17), (100)) AS positions (position), generate_series(1, 100) AS i,
	 LATERAL (SELECT CASE WHEN i = position THEN 1e15 ELSE i END::float8 AS p) AS weights
GROUP BY position ORDER BY position;

--
-- alpha
--
SELECT renyi(p, q, NULL), renyi_entropy(p, NULL) FROM bins;
SELECT pg_temp.near(renyi(p, q, alpha), renyi(array_agg(p), array_agg(q), alpha)) AS of_the_group, alpha
FROM bins, (VALUES (0.3::float8), (2)) AS alphas (alpha) WHERE kind = 'counts' AND pair = 7 GROUP BY alpha ORDER BY alpha;
SELECT renyi(1, 1, alpha) FROM (VALUES (2::float8), (2), (3)) AS rows (alpha);
\echo :LAST_ERROR_SQLSTATE
SELECT renyi_entropy(1, alpha) FROM (VALUES (2::float8), (NULL)) AS rows (alpha);
\echo :LAST_ERROR_SQLSTATE
SELECT renyi_entropy(1, alpha) FROM (VALUES (NULL), (2::float8)) AS rows (alpha);
SELECT renyi(1, 1, alpha) FROM (VALUES (0::float8), ('-0')) AS rows (alpha);
SELECT renyi(1, 1, -1);
\echo :LAST_ERROR_SQLSTATE
SELECT renyi_entropy(1, 'NaN');
\echo :LAST_ERROR_SQLSTATE
SELECT renyi_entropy(1, '-Infinity');
-- wrong even where nothing was observed; rows of weight 0 are rows
SELECT renyi(NULL, 0, -1);
SELECT renyi(p, 1, alpha) FROM (VALUES (1::float8, 2::float8), (NULL, 3)) AS rows (p, alpha);
SELECT renyi(-1, 1, NULL);

--
-- Wrong input in one row of many
--
SELECT kl_divergence(CASE i WHEN 777 THEN -0.25 ELSE 1 END, 1) FROM generate_series(1, 1000) AS i;
\echo :LAST_ERROR_SQLSTATE
SELECT psi(1, CASE i WHEN 777 THEN 'NaN' ELSE 1::float8 END) FROM generate_series(1, 1000) AS i;
\echo :LAST_ERROR_SQLSTATE
SELECT entropy(CASE i WHEN 777 THEN 'Infinity' ELSE 1::float8 END) FROM generate_series(1, 1000) AS i;
\echo :LAST_ERROR_SQLSTATE
SELECT chi_square_divergence(1e306, 1) FROM generate_series(1, 1000) AS i;
\echo :LAST_ERROR_SQLSTATE
SELECT call,
	   pg_temp.outcome(call, $$SELECT CASE i WHEN 50 THEN -5e-324 ELSE 1 END AS p, 1::float8 AS q FROM generate_series(1, 99) AS i$$) AS negative,
	   pg_temp.outcome(call, $$SELECT CASE i WHEN 50 THEN 'NaN' ELSE 1::float8 END AS p, 1::float8 AS q FROM generate_series(1, 99) AS i$$) AS nan,
	   pg_temp.outcome(call, $$SELECT CASE i WHEN 50 THEN '-Infinity' ELSE 1::float8 END AS p, NULL::float8 AS q FROM generate_series(1, 99) AS i$$) AS infinite,
	   pg_temp.outcome(call, $$SELECT 1e307::float8 AS p, 1::float8 AS q FROM generate_series(1, 99) AS i$$) AS overflow,
	   pg_temp.outcome(call, $$SELECT 1e308::float8 AS p, 0::float8 AS q FROM generate_series(1, 3) AS i$$) AS overflow_and_nothing
FROM calls ORDER BY number;
SELECT call,
	   pg_temp.outcome(call, $$SELECT 1::float8 AS p, CASE i WHEN 50 THEN -1 ELSE 1 END::float8 AS q FROM generate_series(1, 99) AS i$$) AS negative,
	   pg_temp.outcome(call, $$SELECT NULL::float8 AS p, CASE i WHEN 50 THEN 'Infinity' ELSE 1::float8 END AS q FROM generate_series(1, 99) AS i$$) AS infinite,
	   pg_temp.outcome(call, $$SELECT 1::float8 AS p, 1e307::float8 AS q FROM generate_series(1, 99) AS i$$) AS overflow,
	   -- in bins that p does not have
	   pg_temp.outcome(call, $$SELECT CASE i WHEN 1 THEN 1::float8 END AS p, CASE i WHEN 1 THEN 1 ELSE 1e308 END::float8 AS q FROM generate_series(1, 3) AS i$$) AS overflow_alone
FROM calls WHERE call ~ 'q' ORDER BY number;

--
-- Denormals and 1e308, side by side.  Totals are known only at the end, and a state of fixed size cannot keep every
-- digit of weights that are 600 orders of magnitude apart; but few of 196 such groups suffer, and none impossibly.
--
CREATE TEMP TABLE extremes AS
SELECT pair, bin, values[1 + pg_temp.scramble(pair * 100 + bin) % 12] AS p, values[1 + pg_temp.scramble(pair * 100 + bin + 50) % 12] AS q
FROM generate_series(1, 200) AS pair, LATERAL generate_series(1, 1 + pair % 30) AS bin,
	 (SELECT '{0,1,5e-324,1e300,2e306,2.2250738585072014e-308,1e-160,0.1,3,1e155,1e-300,NULL}'::float8[] AS values) AS extremes;
SELECT call, pg_temp.outcome('count(*) FILTER (WHERE NOT (pg_temp.near(value, expected, 1e-12) OR value < 1e-290 AND expected < 1e-290))',
	format('SELECT * FROM (SELECT pair, %s AS value FROM (SELECT * FROM extremes ORDER BY pair, bin) AS ordered GROUP BY pair) AS r JOIN (SELECT pair, %s AS expected '
		   'FROM (SELECT pair, array_agg(p ORDER BY bin) AS p, array_agg(q ORDER BY bin) AS q FROM extremes GROUP BY pair) AS a) AS a USING (pair)',
		   call, call))::int <= 8 AS nearly_all,
	   pg_temp.outcome('count(*) FILTER (WHERE value < 0 OR value = ''NaN'' OR value::text = ''-0'')',
		format('SELECT %s AS value FROM extremes GROUP BY pair', call)) AS impossible,
	   pg_temp.outcome('count(value)', format('SELECT %s AS value FROM extremes GROUP BY pair', call)) AS values
FROM calls ORDER BY number;

--
-- Everything that SQL does with aggregates
--
CREATE TEMP TABLE events AS
SELECT grp, bin, CASE WHEN pg_temp.scramble(i) % 5 < 2 THEN 'A' ELSE 'B' END AS arm
FROM generate_series(1, 3000) AS i, LATERAL (SELECT i % 3 AS grp, pg_temp.scramble(i + 7777) % 11 % (5 + i % 4) AS bin) AS b;

-- the pattern to teach: count both sides in one GROUP BY
CREATE TEMP VIEW counts AS
SELECT grp, bin, count(*) FILTER (WHERE arm = 'B') AS b, count(*) FILTER (WHERE arm = 'A') AS a FROM events GROUP BY grp, bin;
SELECT grp, pg_temp.near(kl_divergence(b, a), kl_divergence(array_agg(b), array_agg(a))) AS kl_divergence,
	   kl_divergence(b, a) > 0 AND kl_divergence(b, a) < 0.1 AS small
FROM (SELECT grp, bin, count(*) FILTER (WHERE arm = 'B') b, count(*) FILTER (WHERE arm = 'A') a FROM events GROUP BY grp, bin) s
GROUP BY grp ORDER BY grp;

-- integers and numerics come in through casts
SELECT entropy(b::int) = entropy(b::float8) AS int, entropy(b::numeric) = entropy(b::float8) AS numeric, entropy(b::real) = entropy(b::float8) AS real,
	   kl_divergence(b, a::numeric) = kl_divergence(b::float8, a::float8) AS mixed, renyi(b, a, 2) = renyi(b::float8, a::float8, 2.0) AS renyi
FROM counts WHERE grp = 1;
SELECT entropy(1), entropy(NULL::int), kl_divergence(1, 2.5), psi('3'::text::float8, 1);
-- two untyped arguments may mean arrays or weights; one cast is enough
-- (whose hint PostgreSQL 19 words in another way)
\set VERBOSITY terse
SELECT kl_divergence('{1,3}', '{1,1}');
\set VERBOSITY default
\echo :LAST_ERROR_SQLSTATE
SELECT total_variation('{1,3}', '{1,1}'::float8[]) AS arrays, kl_divergence('1', 1::float8) AS rows;
PREPARE one_cast AS SELECT total_variation($1, $2::float8[]) AS arrays;
EXECUTE one_cast ('{1,3}', '{1,1}');
DEALLOCATE one_cast;

-- FILTER, DISTINCT, ORDER BY inside the call, HAVING
SELECT pg_temp.near(kl_divergence(b, a) FILTER (WHERE bin > 2), kl_divergence(array_agg(b) FILTER (WHERE bin > 2), array_agg(a) FILTER (WHERE bin > 2))) AS filter,
	   kl_divergence(b, a) FILTER (WHERE bin > 100) AS filter_nothing,
	   kl_divergence(b, a) FILTER (WHERE bin > 2) <> kl_divergence(b, a) AS filters
FROM counts;
SELECT pg_temp.near(entropy(DISTINCT p), 0.25 * ln(4) + 0.75 * ln(4 / 3::float8)) AS "distinct", pg_temp.near(kl_divergence(DISTINCT p, q), 0.75 * ln(3) - ln(2)) AS distinct_pairs,
	   pg_temp.near(renyi(DISTINCT p, q, 3), ln(7 / 4::float8) / 2) AS distinct_alpha
FROM (VALUES (1::float8, 1::float8), (3, 1), (1, 1), (3, 1)) AS rows (p, q)
HAVING entropy(DISTINCT p) < entropy(p) - 0.1;
SELECT bool_and(pg_temp.near(by_bin, plain)) AND bool_and(pg_temp.near(by_weight, plain)) AND bool_and(pg_temp.near(renyi, plain_renyi)) AS order_by
FROM (SELECT kl_divergence(b, a ORDER BY bin DESC) AS by_bin, kl_divergence(b, a ORDER BY a, b) AS by_weight, kl_divergence(b, a) AS plain,
			 renyi(b, a, 2 ORDER BY bin DESC) AS renyi, renyi(b, a, 2) AS plain_renyi FROM counts GROUP BY grp) AS groups;
SELECT grp FROM counts GROUP BY grp HAVING kl_divergence(b, a) > 0.001 AND psi(b, a) IS NOT NULL ORDER BY grp;

-- all in one query, where some share a state
SELECT kl_divergence(b, a) - (SELECT kl_divergence(b, a) FROM counts) AS kl, cross_entropy(b, a) - (SELECT cross_entropy(b, a) FROM counts) AS cross_entropy,
	   jeffreys_divergence(b, a) - (SELECT jeffreys_divergence(b, a) FROM counts) AS jeffreys, psi(b, a) - (SELECT psi(b, a) FROM counts) AS psi,
	   hellinger_distance(b, a) - (SELECT hellinger_distance(b, a) FROM counts) AS hellinger,
	   bhattacharyya_distance(b, a) - (SELECT bhattacharyya_distance(b, a) FROM counts) AS bhattacharyya,
	   entropy(b) - (SELECT entropy(b) FROM counts) AS entropy, perplexity(b) - (SELECT perplexity(b) FROM counts) AS perplexity,
	   renyi(b, a, 2) - (SELECT renyi(b, a, 2) FROM counts) AS renyi_2, renyi(b, a, 3) - (SELECT renyi(b, a, 3) FROM counts) AS renyi_3
FROM counts;

-- GROUPING SETS
SELECT count(*) AS groups, bool_and(pg_temp.near(kl, expected)) AS kl, bool_and(pg_temp.near(entropy, expected_entropy)) AS entropy
FROM (SELECT grp, bin % 2 AS odd, kl_divergence(b, a) AS kl, kl_divergence(array_agg(b), array_agg(a)) AS expected,
			 entropy(b) AS entropy, entropy(array_agg(b)) AS expected_entropy
	  FROM counts GROUP BY GROUPING SETS (ROLLUP (grp, bin % 2), CUBE (bin % 2, grp), ())) AS sets;

-- hashed and sorted plans
CREATE FUNCTION pg_temp.plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		IF line ~ 'Aggregate|WindowAgg' THEN
			RETURN NEXT trim(regexp_replace(line, '->', ''));
		END IF;
	END LOOP;
END $$;
SET enable_hashagg = off;
SELECT pg_temp.plan('SELECT kind, pair, kl_divergence(p, q) FROM bins GROUP BY kind, pair');
CREATE TEMP TABLE sorted AS
SELECT kind, pair, entropy(p), kl_divergence(p, q), psi(p, q), hellinger_distance(p, q), chi_square_divergence(p, q), renyi(p, q, 2), renyi_entropy(p, 2)
FROM (SELECT * FROM bins ORDER BY kind, pair, bin) AS bins GROUP BY kind, pair;
SET enable_hashagg = on;
SET enable_sort = off;
SELECT pg_temp.plan('SELECT kind, pair, kl_divergence(p, q) FROM bins GROUP BY kind, pair');
CREATE TEMP TABLE hashed AS
SELECT kind, pair, entropy(p), kl_divergence(p, q), psi(p, q), hellinger_distance(p, q), chi_square_divergence(p, q), renyi(p, q, 2), renyi_entropy(p, 2)
FROM (SELECT * FROM bins ORDER BY kind, pair, bin OFFSET 0) AS bins GROUP BY kind, pair;
RESET enable_sort;
SELECT count(*) AS in_both, (SELECT count(*) FROM sorted) AS sorted, (SELECT count(*) FROM hashed) AS hashed
FROM (SELECT * FROM sorted INTERSECT SELECT * FROM hashed) AS common;

-- windows: whole partitions, running, sliding, from both sides, with exclusion and FILTER
CREATE FUNCTION pg_temp.window_disagreements(call text, frame text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	result bigint;
BEGIN
	EXECUTE format('SELECT count(*) FILTER (WHERE NOT pg_temp.near(value, expected, CASE WHEN kind ~ ''^near'' THEN 1e-9 ELSE 1e-13 END))'
				   ' FROM (SELECT kind, %1$s OVER w AS value, array_agg(p) OVER w AS p, array_agg(q) OVER w AS q'
				   ' FROM bins WHERE pair IN (7, 25, 30) AND bin < 90 WINDOW w AS (PARTITION BY kind, pair %2$s)) AS windows, LATERAL (SELECT %1$s AS expected) AS expected',
				   call, frame) INTO result;
	RETURN result;
END $$;
SELECT call, pg_temp.window_disagreements(call, '') AS whole,
	   pg_temp.window_disagreements(call, 'ORDER BY bin') AS running,
	   pg_temp.window_disagreements(call, 'ORDER BY bin ROWS 17 PRECEDING') AS sliding,
	   pg_temp.window_disagreements(call, 'ORDER BY bin ROWS BETWEEN 2 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW') AS both_sides
FROM calls WHERE call !~ '0.5|1e-9|50' ORDER BY number;
SELECT i, CASE WHEN pg_temp.near(kl_divergence(p, q) OVER (ORDER BY i), ln(2)) THEN 'ln 2' ELSE (kl_divergence(p, q) OVER (ORDER BY i))::text END AS kl_divergence,
	   entropy(p) FILTER (WHERE i <> 2) OVER (ORDER BY i ROWS 1 PRECEDING)
FROM (VALUES (1, NULL::float8, 1::float8), (2, 1, 1), (3, 1, NULL), (4, 0, 0)) AS rows (i, p, q);
SELECT pg_temp.plan('SELECT kl_divergence(p, q) OVER (PARTITION BY kind), cross_entropy(p, q) OVER (PARTITION BY kind) FROM bins');
-- a final function leaves its state as it was: the running value at 17 and 18 rows is that of the rows alone
SELECT bool_and(running = alone) AS same
FROM (SELECT n, kl_divergence(p, q ORDER BY bin) AS alone FROM generate_series(1, 60) AS n, bins WHERE kind = 'counts' AND pair = 30 AND bin <= n GROUP BY n) AS a
JOIN (SELECT bin AS n, kl_divergence(p, q) OVER (ORDER BY bin) AS running FROM bins WHERE kind = 'counts' AND pair = 30 AND bin <= 60) AS b USING (n);

--
-- The state functions, called as functions
--
CREATE TEMP TABLE transitions AS SELECT * FROM (VALUES
	('kldiv_entropy_transition', '(%s, p)', 'entropy(p)'),
	('kldiv_power_entropy_transition', '(%s, p, 2)', 'renyi_entropy(p, 2)'),
	('kldiv_relative_transition', '(%s, p, q)', 'kl_divergence(p, q)'),
	('kldiv_relative_transition', '(%s, p, q)', 'cross_entropy(p, q)'),
	('kldiv_symmetric_transition', '(%s, p, q)', 'jeffreys_divergence(p, q)'),
	('kldiv_symmetric_transition', '(%s, p, q)', 'psi(p, q)'),
	('kldiv_hellinger_transition', '(%s, p, q)', 'hellinger_distance(p, q)'),
	('kldiv_hellinger_transition', '(%s, p, q)', 'bhattacharyya_distance(p, q)'),
	('kldiv_chi_square_transition', '(%s, p, q)', 'chi_square_divergence(p, q)'),
	('kldiv_power_transition', '(%s, p, q, 2)', 'renyi(p, q, 2)')) AS transitions (name, arguments, call);

-- A state in a variable, whose every former version is kept: nothing that is added changes these.  The end is
-- that of the aggregate, and of a combination of two states, whichever is added to which.
CREATE FUNCTION pg_temp.walk(name text, arguments text, call text, kind text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	sql_step text := format('SELECT %s' || arguments || ' FROM (SELECT $2 AS p, $3 AS q) AS row', name, '$1');
	final text := format('SELECT kldiv_%s_final($1)', split_part(call, '(', 1));
	state float8[];
	next float8[];
	again float8[];
	halves float8[][] := ARRAY[NULL, NULL];
	odd float8[];
	even float8[];
	copy text;
	value float8;
	combined float8;
	reversed float8;
	expected float8;
	bin record;
	size int := 0;
BEGIN
	FOR bin IN EXECUTE format('SELECT p, q, bin FROM bins WHERE kind = %L AND pair = 30 AND bin <= 70 ORDER BY bin', kind) LOOP
		copy := state::text;
		EXECUTE sql_step USING state, bin.p, bin.q INTO next;
		EXECUTE sql_step USING state, bin.p, bin.q INTO again;
		IF state::text IS DISTINCT FROM copy THEN
			RETURN 'a transition changed its argument at row ' || bin.bin;
		ELSIF next::text IS DISTINCT FROM again::text THEN
			RETURN 'the same call gave something else at row ' || bin.bin;
		END IF;
		state := next;
		copy := state::text;
		EXECUTE final USING state INTO value;
		IF state::text IS DISTINCT FROM copy THEN
			RETURN 'a final function changed its argument at row ' || bin.bin;
		END IF;
		IF bin.bin % 2 = 1 THEN
			EXECUTE sql_step USING odd, bin.p, bin.q INTO odd;
		ELSE
			EXECUTE sql_step USING even, bin.p, bin.q INTO even;
		END IF;
		size := greatest(size, pg_column_size(state));
	END LOOP;
	copy := odd::text || even::text;
	EXECUTE final USING kldiv_rows_combine(odd, even) INTO combined;
	EXECUTE final USING kldiv_rows_combine(even, odd) INTO reversed;
	IF odd::text || even::text <> copy THEN
		RETURN 'a combination changed its arguments';
	END IF;
	EXECUTE format('SELECT %s FROM bins WHERE kind = %L AND pair = 30 AND bin <= 70', call, kind) INTO expected;
	IF value IS DISTINCT FROM expected THEN
		RETURN format('transitions give %s instead of %s', value, expected);
	ELSIF NOT pg_temp.near(combined, expected, CASE WHEN kind = 'near' THEN 1e-9 ELSE 1e-13 END) THEN
		RETURN format('combined give %s instead of %s', combined, expected);
	ELSIF NOT pg_temp.near(reversed, expected, CASE WHEN kind = 'near' THEN 1e-9 ELSE 1e-13 END) THEN
		RETURN format('combined in reverse give %s instead of %s', reversed, expected);
	ELSIF size > 512 THEN
		RETURN format('a state of %s bytes', size);
	END IF;
	RETURN 'ok';
END $$;
SELECT outcome, count(*)
FROM transitions, unnest('{counts,zeros in both,skewed,near}'::text[]) AS kind, LATERAL (SELECT pg_temp.walk(name, arguments, call, kind) AS outcome) AS o
GROUP BY outcome ORDER BY outcome COLLATE "C";

-- Rows split among states in many ways, which are combined in order or in reverse: the same value, and exactly 0 where nothing differs
CREATE AGGREGATE pg_temp.kldiv_combine_all(float8[]) (SFUNC = kldiv_rows_combine, STYPE = float8[]);
DO $$
DECLARE
	transition regprocedure;
BEGIN
	FOR transition IN SELECT DISTINCT to_regproc(name)::regprocedure FROM transitions LOOP
		EXECUTE format('CREATE AGGREGATE pg_temp.%I(%s) (SFUNC = %s, STYPE = float8[])', replace(transition::regproc::text, '_transition', '_state'),
					   (SELECT string_agg('float8', ', ') FROM generate_series(2, (SELECT pronargs FROM pg_proc WHERE oid = transition))), transition::regproc);
	END LOOP;
END $$;
CREATE FUNCTION pg_temp.split_disagreements(name text, arguments text, call text, rows text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found text;
	split text;
	disagreements text;
BEGIN
	FOREACH split IN ARRAY '{bin % 2,bin % 7,bin,-bin,bin / 16,bin <= 1,bin <= 16,pg_temp.scramble(bin) % 3}'::text[] LOOP
		EXECUTE format($sql$
			SELECT count(*) || ' ' || kind
			FROM (SELECT kind, pair, kldiv_%3$s_final(pg_temp.kldiv_combine_all(state)) AS value
				  FROM (SELECT kind, pair, pg_temp.%1$s%2$s AS state FROM (%5$s) AS bins GROUP BY kind, pair, %6$s ORDER BY kind, pair, %6$s) AS parts GROUP BY kind, pair) AS rows
			FULL JOIN (SELECT kind, pair, %4$s AS expected FROM (SELECT kind, pair, array_agg(p) AS p, array_agg(q) AS q FROM (%5$s) AS bins GROUP BY kind, pair) AS arrays) AS arrays USING (kind, pair)
			WHERE NOT (pg_temp.near(value, expected, CASE WHEN kind ~ '^near' THEN 1e-9 ELSE 1e-13 END) OR
					   %4$L ~ 'cross|Infinity' AND abs(value - expected) < 1e-14)
			   OR value < 0 OR value::text = '-0' GROUP BY kind ORDER BY kind LIMIT 1
		$sql$, replace(name, '_transition', '_state'), replace(arguments, '%s, ', ''), split_part(call, '(', 1), call, rows, split) INTO found;
		disagreements := concat_ws('; ', disagreements, found || ' by ' || split);
		found := NULL;
	END LOOP;
	RETURN nullif(disagreements, '');
END $$;
SELECT call, of_bins, of_proportional
FROM (SELECT name, arguments, call FROM transitions UNION ALL
	  SELECT 'kldiv_power_transition', '(%s, p, q, ' || alpha || ')', 'renyi(p, q, ' || alpha || ')' FROM unnest('{0,0.3,0.5,1,1.000000001,0.999999999,50,''Infinity''}'::text[]) AS alpha UNION ALL
	  SELECT 'kldiv_power_entropy_transition', '(%s, p, ' || alpha || ')', 'renyi_entropy(p, ' || alpha || ')' FROM unnest('{0,0.3,0.5,1,1.000000001,0.999999999,50,''Infinity''}'::text[]) AS alpha) AS all_calls,
	 LATERAL (SELECT pg_temp.split_disagreements(name, arguments, call, 'SELECT * FROM bins WHERE pair < 10 OR pair IN (10, 30, 38)') AS of_bins,
					 pg_temp.split_disagreements(name, arguments, call, $$SELECT 'near ' || proportion AS kind, pair, bin, p, q FROM proportional WHERE pair < 6 OR pair = 20$$) AS of_proportional) AS disagreements
WHERE of_bins IS NOT NULL OR of_proportional IS NOT NULL ORDER BY call COLLATE "C";

-- NULL for states
SELECT kldiv_rows_combine(NULL, NULL) AS neither, kldiv_rows_combine(NULL, state) = state AS second, kldiv_rows_combine(state, NULL) = state AS first,
	   kldiv_kl_divergence_final(NULL) AS final, kldiv_kl_divergence_final(state) AS value
FROM kldiv_relative_transition(NULL, 1, 1) AS state;
-- alpha differs among states, or is NULL in one
SELECT kldiv_rows_combine(kldiv_power_transition(NULL, 1, 1, 2), kldiv_power_transition(NULL, 1, 1, 3));
\echo :LAST_ERROR_SQLSTATE
SELECT kldiv_rows_combine(kldiv_power_transition(NULL, 1, 1, NULL), kldiv_power_transition(NULL, 1, 1, 3));
SELECT kldiv_renyi_final(kldiv_rows_combine(kldiv_power_transition(NULL, 1, 1, NULL), kldiv_power_transition(NULL, 1, 1, NULL)));
SELECT kldiv_rows_combine(kldiv_power_entropy_transition(NULL, 1, 1), kldiv_power_entropy_transition(NULL, 1, 0));

-- what is no state, or another family's
SELECT kldiv_relative_transition('{1,2,3}', 1, 1);
\echo :LAST_ERROR_SQLSTATE
SELECT kldiv_kl_divergence_final(kldiv_entropy_transition(NULL, 1));
\echo :LAST_ERROR_SQLSTATE
SELECT kldiv_rows_combine(kldiv_entropy_transition(NULL, 1), kldiv_relative_transition(NULL, 1, 1));
SELECT kldiv_rows_combine('{}', NULL);
SELECT kldiv_rows_combine(NULL, '{}');

-- order 0, where what p has seen is next to nothing of q: of rows, and of arrays
SELECT round(renyi(p, q, 0)::numeric, 9) AS rows, round(renyi(array_agg(p), array_agg(q), 0)::numeric, 9) AS arrays, round((ln(1e20) + 14.0 * ln(1e20))::numeric, 9) AS expected
FROM (VALUES (1, 1e-200), (0, 1e100)) AS rows (p, q);
SELECT round(renyi(p, q, 0)::numeric, 9) AS rows, round(renyi(array_agg(p), array_agg(q), 0)::numeric, 9) AS arrays, round((615 * ln(10::float8))::numeric, 9) AS expected
FROM (VALUES (1, 1e-308), (0, 1e307)) AS rows (p, q);
