-- The parameters behind the arrays: what each accepts, and what it does at its ends.

CREATE FUNCTION pg_temp.near(value float8, expected float8) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT abs(value / expected - 1) < 1e-14';

-- the value of an expression as text, or its error's SQLSTATE
CREATE FUNCTION pg_temp.outcome(expression text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	value text;
BEGIN
	EXECUTE 'SELECT ' || expression INTO value;
	RETURN coalesce(value, 'NULL');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

--
-- A wrong parameter is an error which names it
--
SELECT entropy('{1,1}'::float8[], base => 1);
\echo :LAST_ERROR_SQLSTATE
SELECT renyi('{1,1}'::float8[], '{1,1}'::float8[], -0.5);
\echo :LAST_ERROR_SQLSTATE
SELECT kl_divergence('{1,1}'::float8[], '{1,1}'::float8[], pseudocount => -1);
\echo :LAST_ERROR_SQLSTATE
SELECT psi('{1,1}'::float8[], '{1,1}'::float8[], empty => 1.5);
\echo :LAST_ERROR_SQLSTATE
SELECT is_distribution('{1,1}'::float8[], tolerance => 'NaN');
\echo :LAST_ERROR_SQLSTATE
SELECT softmax('{1,1}'::float8[], temperature => 0);
\echo :LAST_ERROR_SQLSTATE

-- every function that takes it, every wrong value
SELECT call, array_agg(pg_temp.outcome(replace(call, '?', quote_literal(value) || '::float8')) ORDER BY n) AS outcomes
FROM unnest(ARRAY[
	'entropy(ARRAY[1,1], ?)',
	'renyi_entropy(ARRAY[1,1], 2, ?)',
	'cross_entropy(ARRAY[1,1], ARRAY[1,1], ?)',
	'kl_divergence(ARRAY[1,1], ARRAY[1,1], ?)',
	'jeffreys_divergence(ARRAY[1,1], ARRAY[1,1], ?)',
	'jsd(ARRAY[1,1], ARRAY[1,1], ?)',
	'js_distance(ARRAY[1,1], ARRAY[1,1], ?)',
	'renyi(ARRAY[1,1], ARRAY[1,1], 2, ?)']) AS base (call),
	 unnest(ARRAY['1', '0.5', '0', '-2', 'Infinity', '-Infinity', 'NaN']) WITH ORDINALITY AS wrong (value, n)
GROUP BY call ORDER BY call COLLATE "C";

SELECT call, array_agg(pg_temp.outcome(replace(call, '?', quote_literal(value) || '::float8')) ORDER BY n) AS outcomes
FROM unnest(ARRAY[
	'cross_entropy(ARRAY[1,1], ARRAY[1,1], 2, ?)',
	'kl_divergence(ARRAY[1,1], ARRAY[1,1], 2, ?)',
	'jeffreys_divergence(ARRAY[1,1], ARRAY[1,1], 2, ?)',
	'jsd(ARRAY[1,1], ARRAY[1,1], 2, ?)',
	'js_distance(ARRAY[1,1], ARRAY[1,1], 2, ?)',
	'renyi(ARRAY[1,1], ARRAY[1,1], 2, 2, ?)',
	'to_distribution(ARRAY[1,1], ?)']) AS pseudocount (call),
	 unnest(ARRAY['-1e-300', 'Infinity', '-Infinity', 'NaN']) WITH ORDINALITY AS wrong (value, n)
GROUP BY call ORDER BY call COLLATE "C";

SELECT call, array_agg(pg_temp.outcome(replace(call, '?', quote_literal(value) || '::float8')) ORDER BY n) AS outcomes
FROM unnest(ARRAY[
	'renyi_entropy(ARRAY[1,1], ?, 2)',
	'renyi(ARRAY[1,1], ARRAY[1,1], ?)',
	'psi(ARRAY[1,1], ARRAY[1,1], ?)',
	'is_distribution(ARRAY[1,1], ?)',
	'softmax(ARRAY[1,1], ?)']) AS others (call),
	 unnest(ARRAY['-1e-300', '0', 'Infinity', '-Infinity', 'NaN', '1.1']) WITH ORDINALITY AS values (value, n)
GROUP BY call ORDER BY call COLLATE "C";

-- NULL, by name or by position, gives NULL
SELECT pg_temp.outcome(call) AS outcome, call
FROM unnest(ARRAY[
	'entropy(ARRAY[1,1], base => NULL)',
	'renyi_entropy(ARRAY[1,1], NULL)',
	'cross_entropy(ARRAY[1,1], ARRAY[1,1], pseudocount => NULL)',
	'kl_divergence(ARRAY[1,1], ARRAY[1,1], NULL)',
	'jsd(ARRAY[1,1], ARRAY[1,1], base => 2, pseudocount => NULL)',
	'renyi(ARRAY[1,1], ARRAY[1,1], NULL)',
	'psi(ARRAY[1,1], ARRAY[1,1], empty => NULL)',
	'is_distribution(ARRAY[1,1], NULL)',
	'to_distribution(ARRAY[1,1], NULL)',
	'softmax(ARRAY[1,1], NULL)']) AS calls (call);

-- wrong comes before nothing observed
SELECT pg_temp.outcome(call) AS outcome, call
FROM unnest(ARRAY[
	'entropy(ARRAY[]::int[], base => 1)',
	'renyi_entropy(ARRAY[0], -1)',
	'kl_divergence(ARRAY[]::int[], ARRAY[1], pseudocount => -1)',
	'renyi(ARRAY[]::int[], ARRAY[]::int[], ''NaN'')',
	'psi(ARRAY[]::int[], ARRAY[]::int[], empty => -1)',
	'to_distribution(ARRAY[]::int[], pseudocount => -1)',
	'is_distribution(ARRAY[]::int[], -1)',
	'softmax(ARRAY[]::int[], 0)']) AS calls (call);

--
-- base: anything finite above 1
--
SELECT entropy('{1,1}'::float8[], base => 1.0000000000000002) > 3e15 AS least,
	   pg_temp.near(entropy('{1,1}'::float8[], base => 1e308), ln(2) / (308 * ln(10))) AS large,
	   entropy('{1,1}'::float8[], base => exp(1::float8)) = entropy('{1,1}'::float8[]) AS e,
	   entropy('{1,1}'::float8[], base => 2) AS bits, entropy('{1,1,1,1}'::float8[], base => 4) AS quarters,
	   kl_divergence('{1,1}'::float8[], '{0,1}'::float8[], base => 10) AS infinite;

--
-- pseudocount: 0 does nothing; it may be tiny, or outweigh everything
--
SELECT kl_divergence(p, q, pseudocount => 0) = kl_divergence(p, q) AS nothing,
	   pg_temp.near(kl_divergence(p, q, pseudocount => 5e-324), kl_divergence(p, q)) AS tiny,
	   kl_divergence(p, q, pseudocount => 1e300) < 1e-300 AS huge,
	   kl_divergence('{1,0}'::float8[], '{0,1}'::float8[], pseudocount => 5e-324) < 'Infinity' AS finite
FROM (VALUES ('{1,3}'::float8[], '{1,1}'::float8[])) AS pair (p, q);
-- uniform sides stay uniform, hence equal
SELECT kl_divergence('{25}'::float8[], '{66}'::float8[], pseudocount => 0.1) AS one_bin,
	   kl_divergence('{66}'::float8[], '{25}'::float8[], pseudocount => 0.1) AS turned,
	   jsd('{3,3}'::float8[], '{4,4}'::float8[], pseudocount => 0.1) AS two_bins;
SELECT kl_divergence('{1,3}'::float8[], '{1,1}'::float8[], pseudocount => 1e308);
\echo :LAST_ERROR_SQLSTATE

--
-- alpha: every order, infinite where it has to be, and no jump at 1
--
SELECT alpha, renyi('{1,1,0}'::float8[], '{1,1,1}'::float8[], alpha) / ln(1.5::float8) BETWEEN 1 - 1e-14 AND 1 + 1e-14 AS restricted,
	   renyi('{1,1}'::float8[], '{1,0}'::float8[], alpha) < 'Infinity' AS q_lacks_one,
	   renyi('{1,0}'::float8[], '{0,1}'::float8[], alpha) AS disjoint,
	   pg_temp.near(renyi_entropy('{1,1,0,1}'::float8[], alpha), ln(3)) AS uniform_entropy
FROM unnest('{0,5e-324,1e-9,0.25,0.5,0.999999999999,1,1.000000000001,2,100,1e61,1e308,Infinity}'::float8[]) AS alpha;

-- low orders see small shares
SELECT abs(renyi_entropy('{1e100,5e-324}'::float8[], 0.1) / 5.189624751370964e-43 - 1) < 1e-12 AS smallest_share,
	   abs(renyi_entropy('{1e304,5,5e-324}'::float8[], 0.3) / 1.4608074036622584e-91 - 1) < 1e-12 AS small_and_smallest;

SELECT count(*) AS steps,
	   count(*) FILTER (WHERE abs(renyi(p, q, 1 + step) - kl_divergence(p, q)) > 2 * abs(step)) AS jumps,
	   count(*) FILTER (WHERE abs(renyi_entropy(p, 1 + step) - entropy(p)) > 2 * abs(step)) AS jumps_of_entropy
FROM (SELECT '{3,1,4,1,5}'::float8[] AS p, '{2,7,1,8,2}'::float8[] AS q) AS pair,
	 unnest('{1e-3,-1e-3,1e-6,-1e-6,1e-9,-1e-9,1e-12,-1e-12,1e-14,-1e-14}'::float8[]) AS step;

-- the order of an order: never decreasing (for the entropy, never increasing)
SELECT count(*) AS orders, count(*) FILTER (WHERE next < value) AS decreasing,
	   count(*) FILTER (WHERE next_entropy > entropy) AS increasing
FROM (SELECT value, lead(value) OVER (ORDER BY alpha) AS next,
			 entropy, lead(entropy) OVER (ORDER BY alpha) AS next_entropy
	  FROM (SELECT alpha, renyi('{3,1,4,1,5}'::float8[], '{2,7,1,8,2}'::float8[], alpha) AS value,
				   renyi_entropy('{3,1,4,1,5}'::float8[], alpha) AS entropy
			FROM generate_series(0, 40) AS i, LATERAL (SELECT i / 8.0::float8 AS alpha) AS step
			UNION ALL SELECT 'Infinity', renyi('{3,1,4,1,5}'::float8[], '{2,7,1,8,2}'::float8[], 'Infinity'),
					  renyi_entropy('{3,1,4,1,5}'::float8[], 'Infinity')) AS orders) AS pairs;

--
-- empty: from no fill to a whole
--
SELECT psi('{0,1}'::float8[], '{1,1}'::float8[], empty => 0) AS none,
	   psi('{0,1}'::float8[], '{1,1}'::float8[], empty => 5e-324) < 'Infinity' AS tiny,
	   pg_temp.near(psi('{0,1}'::float8[], '{1,1}'::float8[], empty => 1), ln(2)) AS whole,
	   pg_temp.near(psi('{0,2}'::float8[], '{1,1}'::float8[], empty => 0.5), ln(2) / 2) AS equated_half;
