-- What must hold for any data: identities, inequalities and invariances, over
-- generated pairs that are the same everywhere.  Only violations are counted.

CREATE FUNCTION pg_temp.near(value float8, expected float8, tolerance float8 DEFAULT 1e-14) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT value = expected OR abs(value / expected - 1) < tolerance';

-- a number below 2^32 that looks random
CREATE FUNCTION pg_temp.scramble(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
	SELECT b # (b >> 13)
	FROM (SELECT (n + 12345) * 1103515245 % 4294967296 AS a) AS first,
		 LATERAL (SELECT (a # (a >> 15)) * 1540483477 % 4294967296 AS b) AS second
$$;

CREATE TEMP TABLE weights AS
SELECT kind, pair, side, array_agg(weight ORDER BY bin) AS weights
FROM generate_series(1, 60) AS pair,
	 LATERAL generate_series(1, CASE WHEN pair % 20 = 0 THEN 600 ELSE pair % 13 + 1 END) AS bin,
	 (VALUES (0), (1), (2)) AS sides (side),
	 LATERAL (SELECT pg_temp.scramble(pair * 4000 + side * 1000 + bin) AS r,
					 pg_temp.scramble(pair * 4000 + bin) AS common) AS random,
	 LATERAL (VALUES
		('counts', (r % 100)::float8),
		('large counts', (r * 1000003)::float8),
		('many zeros', CASE WHEN bin = 1 OR r % 3 = 0 THEN (r % 50 + 1)::float8 ELSE 0 END),
		('no common zeros', CASE WHEN (bin + side) % 2 = 0 THEN (r % 50 + 1)::float8 ELSE bin % 3 END),
		('near', (common % 100 + 1) * (1 + (r % 7 - 3) * 1e-12)),
		('nearer', (common % 100 + 1) * (1 + (r % 3 - 1) * 2.3e-16)),
		('skewed', (10 ^ (r % 250 - 240))::float8),
		('extreme', CASE r % 3 WHEN 0 THEN 5e-324 * (r % 7) WHEN 1 THEN 1e304 ELSE (r % 10)::float8 END)
	 ) AS kinds (kind, weight)
GROUP BY kind, pair, side;

-- three sides with something observed: p, q and, for triangles, r
CREATE TEMP TABLE triples AS
SELECT kind, pair, p, q, r
FROM (SELECT kind, pair, weights AS p FROM weights WHERE side = 0) AS first
JOIN (SELECT kind, pair, weights AS q FROM weights WHERE side = 1) AS second USING (kind, pair)
JOIN (SELECT kind, pair, weights AS r FROM weights WHERE side = 2) AS third USING (kind, pair)
WHERE to_distribution(p) IS NOT NULL AND to_distribution(q) IS NOT NULL AND to_distribution(r) IS NOT NULL;
SELECT kind, count(*) FROM triples GROUP BY kind ORDER BY kind COLLATE "C";

--
-- All measures, of all orders: what holds of each is in divergence_measures().  plain: without a fill of empty bins, a
-- base or a pseudocount, which some of what follows is not true of.
--
CREATE TEMP TABLE calls AS
SELECT row_number() OVER () AS number, m.*, plain, format('%s(%s%s)', name, CASE WHEN kind = 'entropy' THEN 'p' ELSE 'p, q' END, parameters) AS call
FROM divergence_measures() AS m,
	 LATERAL (SELECT string_agg(', ' || parameter || ' => ' || CASE parameter WHEN 'base' THEN '3' WHEN 'pseudocount' THEN '0.1' WHEN 'empty' THEN '0.01' ELSE '2' END, '')
			  FROM unnest(string_to_array(arguments, ', ')) AS parameter WHERE parameter NOT IN ('p', 'q')) AS s (other_parameters),
	 LATERAL (SELECT true, ', alpha => ' || quote_literal(alpha)
			  FROM unnest('{0,0.3,0.5,0.999999999,1,1.000000001,2,3,7,Infinity}'::float8[]) AS alpha WHERE arguments ~ 'alpha'
			  UNION ALL SELECT true, CASE WHEN arguments ~ 'empty' THEN ', empty => 0' ELSE '' END WHERE arguments !~ 'alpha'
			  UNION ALL SELECT false, other_parameters WHERE other_parameters <> ', alpha => 2') AS p (plain, parameters);
SELECT count(DISTINCT name) >= 15 AS measures, count(*) > 40 AS calls FROM calls;

-- functions that compute many of them
CREATE PROCEDURE pg_temp.make(function text, condition text) LANGUAGE plpgsql AS $$
DECLARE
	list text;
BEGIN
	EXECUTE 'SELECT string_agg(call, '', '' ORDER BY number) FROM calls WHERE ' || condition INTO list;
	EXECUTE format('CREATE FUNCTION pg_temp.%I(p float8[], q float8[]) RETURNS float8[] LANGUAGE sql IMMUTABLE AS %L', function, 'SELECT ARRAY[' || list || ']::float8[]');
	EXECUTE format('CREATE FUNCTION pg_temp.%I() RETURNS text[] LANGUAGE sql IMMUTABLE AS %L', function,
				   (SELECT format('SELECT %L::text[]', string_to_array(replace(list, '), ', ')|'), '|'))));
END $$;
CALL pg_temp.make('all_of_them', 'true');
CALL pg_temp.make('symmetric_ones', '"symmetric"');
CALL pg_temp.make('metrics', 'metric AND plain');
CALL pg_temp.make('measures', 'kind = ''divergence'' AND plain AND call !~ ''alpha => .0.\)''');

--
-- No measure is negative, NaN, -0 or NULL
--
SELECT measure, count(*) AS violations
FROM triples, LATERAL unnest(pg_temp.all_of_them(), pg_temp.all_of_them(p, q)) AS m (measure, value)
WHERE (value >= 0 AND value <= 'Infinity' AND value::text <> '-0') IS NOT TRUE GROUP BY measure ORDER BY measure COLLATE "C";

--
-- Bounds that hold exactly, and those that rounding may touch
--
SELECT property, count(*) FILTER (WHERE holds IS NOT TRUE) AS violations
FROM triples, LATERAL (VALUES
	('jsd <= ln 2', jsd(p, q) <= 0.6931471805599453),
	('jsd <= 1 bit', jsd(p, q, base => 2) <= 1),
	('js_distance <= 1 with base 2', js_distance(p, q, base => 2) <= 1),
	('hellinger_distance <= 1', hellinger_distance(p, q) <= 1),
	('total_variation <= 1', total_variation(p, q) <= 1),
	('l_infinity <= total_variation', l_infinity(p, q) <= total_variation(p, q) * (1 + 1e-14)),
	('entropy <= ln n', entropy(p) <= ln(cardinality(p)) * (1 + 1e-14)),
	('perplexity from 1 to n', perplexity(p) BETWEEN 1 AND cardinality(p) * (1 + 1e-14)),
	('total_variation <= sqrt(kl / 2): Pinsker', total_variation(p, q) <= sqrt(kl_divergence(p, q) / 2) * (1 + 1e-14)),
	('hellinger_distance <= sqrt(total_variation)', hellinger_distance(p, q) <= sqrt(total_variation(p, q)) * (1 + 1e-14)),
	('kl <= ln(1 + chi-square)', kl_divergence(p, q) <= renyi(p, q, 2) * (1 + 1e-14)),
	('renyi grows with its order', renyi(p, q, 0.2) <= renyi(p, q, 0.7) * (1 + 1e-14) AND
	 renyi(p, q, 0.7) <= kl_divergence(p, q) * (1 + 1e-14) AND
	 kl_divergence(p, q) <= renyi(p, q, 1.3) * (1 + 1e-14) AND
	 renyi(p, q, 1.3) <= renyi(p, q, 'Infinity') * (1 + 1e-14))
) AS properties (property, holds) GROUP BY property ORDER BY property COLLATE "C";

--
-- Symmetric to the last bit; with many pairs that differ in the last bits only
--
SELECT measure, count(*) AS violations
FROM (SELECT p, q FROM triples
	  UNION ALL
	  SELECT array_agg(weight * (1 + (r % 3 - 1) * 2.3e-16) ORDER BY bin), array_agg(weight * (1 + (r / 3 % 3 - 1) * 2.3e-16) ORDER BY bin)
	  FROM generate_series(1, 10000) AS pair, LATERAL generate_series(1, pair % 3 + 2) AS bin,
		   LATERAL (SELECT pg_temp.scramble(pair * 10 + bin) AS r) AS random,
		   LATERAL (SELECT 1 + r / 9 % 5 AS weight) AS weights
	  GROUP BY pair) AS pairs,
	 LATERAL unnest(pg_temp.symmetric_ones(), pg_temp.symmetric_ones(p, q), pg_temp.symmetric_ones(q, p)) AS m (measure, forward, backward)
WHERE float8send(forward) IS DISTINCT FROM float8send(backward) GROUP BY measure ORDER BY measure COLLATE "C";

--
-- Exactly 0 if, and only if, the distributions are equal
--
SELECT count(*) FILTER (WHERE NOT 0 = ALL (pg_temp.measures(p, p))) AS same_array,
	   count(*) FILTER (WHERE kind <> 'extreme' AND NOT 0 = ALL (pg_temp.measures(p, doubled))) AS twice_as_large,
	   count(*) FILTER (WHERE kind IN ('counts', 'many zeros') AND NOT 0 = ALL (pg_temp.measures(p, times_37))) AS times_37
FROM triples, LATERAL (SELECT array_agg(w * 2 ORDER BY n) AS doubled, array_agg(w * 37 ORDER BY n) AS times_37
					   FROM unnest(p) WITH ORDINALITY AS u (w, n)) AS multiples;
-- weights that differ in one bin, by one unit in the last place, among 600
SELECT n, pg_temp.measures(p, q) @> '{0}' AS some_are_0, 1e-300 < ALL (pg_temp.measures(p, q)) AS all_above
FROM (VALUES (1), (299), (600)) AS bins (n),
	 LATERAL (SELECT array_agg(w) AS p, array_agg(CASE WHEN i = n THEN w * (1 + 2.3e-16) ELSE w END) AS q
			  FROM generate_series(1, 600) AS i, LATERAL (SELECT 1 + (i % 7) / 8.0::float8 AS w) AS w) AS arrays;

--
-- Identities between measures
--
SELECT identity, count(*) FILTER (WHERE holds IS NOT TRUE) AS violations
FROM triples, LATERAL (VALUES
	('cross_entropy(p, p) is entropy, exactly', cross_entropy(p, p) = entropy(p)),
	('renyi_entropy of order 1 is entropy', pg_temp.near(renyi_entropy(p, 1), entropy(p))),
	('perplexity is exp of entropy', pg_temp.near(perplexity(p), exp(entropy(p)))),
	('cross-entropy is entropy + kl', pg_temp.near(cross_entropy(p, q), entropy(p) + kl_divergence(p, q))),
	('jeffreys is kl + kl', pg_temp.near(jeffreys_divergence(p, q), kl_divergence(p, q) + kl_divergence(q, p))),
	('jeffreys is psi without fill, exactly', jeffreys_divergence(p, q) = psi(p, q, empty => 0)),
	('js_distance is the root of jsd', pg_temp.near(js_distance(p, q), sqrt(jsd(p, q)))),
	('renyi of order 1 is kl', pg_temp.near(renyi(p, q, 1), kl_divergence(p, q))),
	('renyi of order 0.5 is 2 bhattacharyya', kind = 'extreme' OR
	 pg_temp.near(renyi(p, q, 0.5), 2 * bhattacharyya_distance(p, q), 1e-13)),
	('renyi of order 2 is ln(1 + chi-square)', kind <> 'counts' OR
	 pg_temp.near(renyi(p, q, 2), ln(1 + chi_square_divergence(p, q)), 1e-13)),
	('renyi of order 0.3 is that of 0.7 turned', kind = 'extreme' OR
	 pg_temp.near(renyi(p, q, 0.3) * 0.7, renyi(q, p, 0.7) * 0.3, 1e-13)),
	('renyi entropy is ln n less renyi from uniform', kind = 'extreme' OR
	 pg_temp.near(renyi_entropy(p, 0.3) + renyi(p, array_fill(1::float8, ARRAY[cardinality(p)]), 0.3),
				  ln(cardinality(p)), 1e-13) AND
	 pg_temp.near(renyi_entropy(p, 3) + renyi(p, array_fill(1::float8, ARRAY[cardinality(p)]), 3),
				  ln(cardinality(p)), 1e-13)),
	('renyi beside order 1 is beside kl', kind = 'extreme' OR renyi(p, q, 1) = 'Infinity' OR
	 pg_temp.near(renyi(p, q, 1 - 1e-15), kl_divergence(p, q), 1e-10)),
	('renyi entropy beside order 1 is beside entropy', kind = 'extreme' OR
	 pg_temp.near(renyi_entropy(p, 1 + 1e-15), entropy(p), 1e-10)),
	('bits are nats / ln 2', pg_temp.near(kl_divergence(p, q, base => 2), kl_divergence(p, q) / ln(2)))
) AS identities (identity, holds) GROUP BY identity ORDER BY identity COLLATE "C";

--
-- Triangles
--
SELECT metric, count(*) AS violations
FROM triples, LATERAL unnest(pg_temp.metrics(), pg_temp.metrics(p, q), pg_temp.metrics(p, r), pg_temp.metrics(r, q)) AS m (metric, pq, pr, rq)
WHERE (pq <= (pr + rq) * (1 + 1e-14)) IS NOT TRUE GROUP BY metric ORDER BY metric COLLATE "C";

--
-- Neither the order of the bins, nor the unit of the weights, nor empty bins matter;
-- two bins made one can only bring distributions nearer (data processing)
--
CREATE FUNCTION pg_temp.agree(a float8[], b float8[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS
'SELECT bool_and(pg_temp.near(x, y)) FROM unnest(a, b) AS u (x, y)';

SELECT count(*) FILTER (WHERE NOT pg_temp.agree(pg_temp.measures(p, q), pg_temp.measures(p_back, q_back))) AS reversed,
	   count(*) FILTER (WHERE kind <> 'extreme' AND
						NOT pg_temp.agree(pg_temp.measures(p, q), pg_temp.measures(p_large, q))) AS larger,
	   count(*) FILTER (WHERE NOT pg_temp.agree(pg_temp.measures(p, q),
												pg_temp.measures('{0,0,0}' || p, '{NULL,NULL,0}' || q))) AS empty_bins,
	   count(*) FILTER (WHERE NOT pg_temp.agree(pg_temp.measures(p, q),
												pg_temp.measures(ARRAY[p], ARRAY[q]))) AS matrices
FROM triples, LATERAL (SELECT array_agg(pw ORDER BY n DESC) AS p_back, array_agg(qw ORDER BY n DESC) AS q_back,
							  array_agg(pw * 1024 ORDER BY n) AS p_large
					   FROM unnest(p, q) WITH ORDINALITY AS u (pw, qw, n)) AS changed;

-- counts, whose sums are exact; l_infinity is the exception: small differences add up to a larger one
SELECT count(DISTINCT (kind, pair)) AS trials, count(*) FILTER (WHERE measure !~ 'l_infinity' AND NOT fewer_bins <= more_bins * (1 + 1e-14)) AS violations
FROM triples, LATERAL (SELECT array_agg(pw ORDER BY n) AS p_merged, array_agg(qw ORDER BY n) AS q_merged
					   FROM (SELECT n, sum(pw) AS pw, sum(qw) AS qw
							 FROM unnest(p, q) WITH ORDINALITY AS u (pw, qw, m), LATERAL (SELECT m / 2 AS n) AS half
							 GROUP BY n) AS halves) AS merged,
	 LATERAL unnest(pg_temp.measures(), pg_temp.measures(p_merged, q_merged), pg_temp.measures(p, q)) AS m (measure, fewer_bins, more_bins)
WHERE kind IN ('counts', 'many zeros', 'no common zeros');
