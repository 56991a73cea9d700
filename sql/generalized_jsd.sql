--
-- Jensen-Shannon divergence of many distributions
--
SET extra_float_digits = 0;
-- published: dit
SELECT generalized_jsd('{{1,1,0},{0,1,1}}'::float8[], base => 2) AS two, generalized_jsd('{{1,1,0,0},{0,1,1,0},{0,1,0,1}}'::float8[], base => 2) AS three;
-- weights are numbers of which only the proportions matter; NULL ones are 0, and a distribution that weighs 0 is as if it were not there
SELECT generalized_jsd(ARRAY[[3,1],[1,3],[9,9]], ARRAY[1,2,0]) = generalized_jsd(ARRAY[[3,1],[1,3]], ARRAY[0.5,1]) AS proportions,
	generalized_jsd(ARRAY[[3,1],[1,3],[0,0]], ARRAY[1,2,NULL]) = generalized_jsd(ARRAY[[3,1],[1,3]], ARRAY[1,2]) AS not_mixed,
	generalized_jsd(ARRAY[[3,1],[1,3]], NULL) = generalized_jsd(ARRAY[[3,1],[1,3]]) AS equal, generalized_jsd(ARRAY[[3,1],[1,3]], base => NULL) = generalized_jsd(ARRAY[[3,1],[1,3]]) AS nats;
-- exactly 0 if all are proportional, and only then; exactly the entropy of the weights if they have nothing in common
SELECT generalized_jsd('{{1,2},{2,4},{3,6}}'::float8[]) AS zero, generalized_jsd('{{0.1,0.2},{3,6},{1e-310,2e-310}}'::float8[]) AS zero, generalized_jsd(ARRAY[[1,2,3]]) AS alone,
	generalized_jsd('{{4e15,3e15},{4e15,3e15},{4000000000000001,2999999999999999}}'::float8[]) AS one_of_many, generalized_jsd('{{1,1e-100},{3,6e-100}}'::float8[]) AS light;
SELECT generalized_jsd(ARRAY[[1,0,0,0],[0,2,0,0],[0,0,3,0],[0,0,0,4]], base => 2) AS two_bits, generalized_jsd(ARRAY[[1,0],[0,1]], ARRAY[1,3]) = entropy(ARRAY[1,3]) AS entropy_of_weights, abs(generalized_jsd(ARRAY[[1,0,0],[0,1,0],[0,0,1]]) - 1.09861228866810969) < 3e-16 AS ln_3;
-- two are jsd
SELECT max(abs(generalized_jsd(ARRAY[p, q]) - jsd(p, q)) / jsd(p, q)) <= 1e-14 AS two_are_jsd, count(*)
FROM (SELECT array_agg(1 + sin(i * n) ORDER BY i) AS p, array_agg((1 + sin(i * n)) * (1 + 10.0 ^ -(n % 16) * cos(i + n)) ORDER BY i) AS q FROM generate_series(1, 200) AS n, generate_series(1, 9) AS i GROUP BY n) AS s;
-- histograms are matched by label, to the same bits
SELECT generalized_jsd(ARRAY['{"red": 1, "blue": 1}'::histogram, '{"blue": 1, "green": 1}'], ARRAY[0.75, 0.25], base => 2) AS bits,
	generalized_jsd(ARRAY['{"a": 3, "b": 1}'::histogram, '{"b": 5}', '{"a": 0, "c": 2}']) = generalized_jsd(ARRAY[[3,1,0],[0,5,0],[0,0,2]]) AS same;
SELECT bool_and(generalized_jsd(h, w) = generalized_jsd(a, w)) AS same_bits, count(*)
FROM (SELECT n, array_agg(h ORDER BY k) AS h, array_agg(a ORDER BY k) AS a, array_agg(k::float8 ORDER BY k) AS w
	FROM (SELECT n, k, histogram_agg(i, x) FILTER (WHERE x > 0) AS h, array_agg(x ORDER BY i::text COLLATE "C") AS a FROM generate_series(1, 40) AS n, generate_series(1, 5) AS k, generate_series(1, 12) AS i, LATERAL (SELECT CASE WHEN (i * k + n) % 4 = 0 THEN 0 ELSE abs(sin(i * k * n)) END AS x) AS x GROUP BY n, k) AS s GROUP BY n) AS t;
-- in memory in proportion to their bins: 2,000 histograms of 20 labels of their own would be 640 MB as rows
SELECT round((generalized_jsd(array_agg(h)) / ln(2000))::numeric, 12) AS share FROM (SELECT histogram_agg(n * 20 + i) AS h FROM generate_series(1, 2000) AS n, generate_series(1, 20) AS i GROUP BY n) AS s;
-- cohorts by size: it is their entropy together, less their own
SELECT abs(generalized_jsd(array_agg(h), array_agg(histogram_total(h))) - (entropy(sum(h)) - sum(entropy(h) * histogram_total(h)) / sum(histogram_total(h)))) < 1e-15 AS by_entropies
FROM (SELECT histogram_agg(i % (3 + k)) AS h FROM generate_series(1, 4) AS k, generate_series(1, 25) AS i GROUP BY k) AS s;
-- a cohort's part is w D(p||m); the parts add up
SELECT abs(sum(part) - max(whole)) < 1e-15 AS add_up, min(part) > 0 AS positive
FROM (SELECT n / sum(n) OVER () * kl_divergence(h, sum(h) OVER ()) AS part, generalized_jsd(array_agg(h) OVER (), array_agg(n) OVER ()) AS whole
	FROM (SELECT histogram_agg(i % (3 + k)) AS h, count(*)::float8 AS n FROM generate_series(1, 4) AS k, generate_series(1, 25) AS i GROUP BY k) AS s) AS t;
-- further dimensions are bins of joint distributions
SELECT generalized_jsd(ARRAY[[[1,2],[3,4]],[[4,3],[2,1]]]) = generalized_jsd(ARRAY[[1,2,3,4],[4,3,2,1]]) AS joint;
-- NULL: nothing known, of what counts
SELECT generalized_jsd(NULL::float8[]) AS nothing, generalized_jsd('{}'::float8[]) AS nothing, generalized_jsd('{}'::histogram[]) AS nothing, generalized_jsd(ARRAY[[1,2],[0,0]]) AS nothing, generalized_jsd('{{1,2},{NULL,NULL}}'::float8[]) AS nothing,
	generalized_jsd(ARRAY['{"a": 1}', NULL]::histogram[]) AS nothing, generalized_jsd(ARRAY['{"a": 1}', NULL]::histogram[], ARRAY[1, 0]) AS of_one, generalized_jsd(ARRAY[[1,2],[2,1]], ARRAY[0,0]) AS no_weights, generalized_jsd(ARRAY['{}', '{}']::histogram[]) AS nothing;
-- errors
\set VERBOSITY terse
CREATE FUNCTION fails(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	state text; message text; detail text; hint text;
BEGIN
	EXECUTE query;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' / ', state, message, detail, nullif(hint, ''));
END $$;
SELECT call, fails('SELECT ' || call) FROM (VALUES ($$generalized_jsd(ARRAY[1,2], ARRAY[2,1])$$), ($$generalized_jsd(ARRAY[[1,2],[3,-4]])$$), ($$generalized_jsd(ARRAY[[1,2],['NaN',4]]::float8[], ARRAY[1,0])$$),
	($$generalized_jsd(ARRAY[[1,2],[1e308,1e308]])$$), ($$generalized_jsd(ARRAY[[1,2],[2,1]], ARRAY[1,2,3])$$), ($$generalized_jsd(ARRAY[[1,2],[2,1]], '{}')$$), ($$generalized_jsd(ARRAY[[1,2],[2,1]], '{{1},{2}}')$$),
	($$generalized_jsd(ARRAY[[1,2],[2,1]], ARRAY[1,-2])$$), ($$generalized_jsd(ARRAY[[1,2],[2,1]], '{1,Infinity}')$$), ($$generalized_jsd(ARRAY[[1,2],[2,1]], base => 1)$$),
	($$generalized_jsd(ARRAY['{"a": 1}'::histogram], ARRAY[1,2])$$)) AS v (call);
DROP FUNCTION fails(text);
