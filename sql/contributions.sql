-- divergence_contributions: which bins a divergence comes from

\pset null NULL
SET extra_float_digits = 0;

-- largest first; the terms add up, and say what part of the whole they are
SELECT label, p, q, round(contribution::numeric, 6) AS contribution, round(share::numeric, 6) AS share
FROM divergence_contributions('{"android": 30, "ios": 50, "web": 20}', '{"android": 10, "ios": 60, "web": 30}'::histogram);
SELECT label, p, q, round(contribution::numeric, 6) AS contribution, round(share::numeric, 6) AS share
FROM divergence_contributions(ARRAY[30, 50, 20], ARRAY[10, 60, 30]);

-- terms of KL are p ln(p/q) - p + q: never negative, and the total is the same
SELECT label, abs(contribution - (p * ln(p / q) - p + q)) < 1e-15 AS right, contribution >= 0 AS not_negative
FROM divergence_contributions(ARRAY[30, 50, 20], ARRAY[10, 60, 30], 'kl_divergence');

-- the terms of each measure
SELECT measure, label, p, q, contribution
FROM unnest('{total_variation,chi_square_divergence}'::text[]) AS measure,
	divergence_contributions(ARRAY[1, 3], ARRAY[2, 2], measure)
ORDER BY measure, label;
SELECT measure, bool_and(abs(contribution - CASE measure
		WHEN 'jsd' THEN (p * ln(2 * p / (p + q)) + q * ln(2 * q / (p + q))) / 2
		WHEN 'js_distance' THEN (p * ln(2 * p / (p + q)) + q * ln(2 * q / (p + q))) / 2
		WHEN 'jeffreys_divergence' THEN (p - q) * ln(p / q)
		WHEN 'psi' THEN (p - q) * ln(p / q)
		WHEN 'hellinger_distance' THEN (sqrt(p) - sqrt(q)) ^ 2 / 2
		WHEN 'cross_entropy' THEN -p * ln(q) END) < 1e-15) AS right
FROM unnest('{jsd,js_distance,jeffreys_divergence,psi,hellinger_distance,cross_entropy}'::text[]) AS measure,
	divergence_contributions(ARRAY[3, 4, 5, 6], ARRAY[1, 9, 5, 2], measure)
GROUP BY measure ORDER BY measure;

-- they add up to the value of every additive measure, over both shapes; what does not is listed
CREATE TABLE pairs (name text, p float8[], q float8[]);
INSERT INTO pairs VALUES
	('counts', '{30,50,20}', '{10,60,30}'),
	('one-sided bins', '{5,5,0}', '{5,0,5}'),
	('a bin of neither side', '{5,0,5}', '{1,0,9}'),
	('nothing in common', '{1,1,0,0}', '{0,0,2,2}'),
	('equal', '{1,2,3}', '{2,4,6}'),
	('one bin', '{7}', '{3}'),
	('nearly equal', '{1,2,3,1e12}', '{1,2,4,1e12}'),
	('huge', '{1e307,1e307,5e306}', '{1e300,1,1e-300}'),
	('tiny', '{1e-300,2e-300,4.9e-324}', '{5,6,7}'),
	('NULL is 0', '{NULL,1,2}', '{4,NULL,2}');
INSERT INTO pairs
SELECT 'many', array_agg(n % 17), array_agg(n % 23 * (n % 5)) FROM generate_series(1, 1000) AS n;
CREATE FUNCTION value_of(measure text, p text, q text, type text, parameters text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	value float8;
BEGIN
	EXECUTE format('SELECT %1$s(%2$L::%4$s, %3$L::%4$s%5$s)', measure, p, q, type, parameters) INTO value;
	RETURN CASE WHEN measure IN ('js_distance', 'hellinger_distance') THEN value * value ELSE value END;
END $$;
CREATE FUNCTION h(weights float8[]) RETURNS histogram LANGUAGE sql IMMUTABLE AS $$
	SELECT histogram(array_agg(lpad(n::text, 4, '0')), array_agg(weight)) FROM unnest(weights) WITH ORDINALITY AS w (weight, n)
$$;
CREATE TABLE ways (measure text, parameters text, base float8, pseudocount float8, empty float8);
INSERT INTO ways
SELECT measure, '', NULL::float8, NULL::float8, NULL::float8 FROM unnest('{kl_divergence,cross_entropy,jeffreys_divergence,jsd,js_distance,hellinger_distance,total_variation,chi_square_divergence,psi}'::text[]) AS measure
UNION ALL
SELECT measure, ', base => 2, pseudocount => 0.5', 2, 0.5, NULL FROM unnest('{kl_divergence,cross_entropy,jeffreys_divergence,jsd,js_distance}'::text[]) AS measure
UNION ALL
SELECT 'psi', ', empty => ' || empty, NULL, NULL, empty FROM unnest('{0,0.01}'::float8[]) AS empty;

-- contributions of a bin, beside what they should add up to
CREATE VIEW sums AS
SELECT name, measure, parameters, shape, value_of(measure, (CASE shape WHEN 'arrays' THEN p::text ELSE h(p)::text END),
		CASE shape WHEN 'arrays' THEN q::text ELSE h(q)::text END, CASE shape WHEN 'arrays' THEN 'float8[]' ELSE 'histogram' END, parameters) AS value,
	c.*, cardinality(p) AS bins
FROM pairs, ways, unnest('{arrays,histograms}'::text[]) AS shape,
	LATERAL (SELECT count(*) AS rows, sum(contribution) AS total, sum(share) AS shares, bool_and(contribution >= 0) AS not_negative,
			bool_and(contribution <= before IS NOT FALSE) AS descending, array_agg(contribution) AS contributions
		FROM (SELECT *, lag(contribution) OVER () AS before FROM divergence_contributions(p, q, measure, base, pseudocount, empty)
			WHERE shape = 'arrays'
			UNION ALL
			SELECT label::integer, d.p, d.q, contribution, share, lag(contribution) OVER ()
			FROM divergence_contributions(h(p), h(q), measure, base, pseudocount, empty) AS d WHERE shape = 'histograms') AS terms) AS c;
SELECT name, measure, parameters, shape, value, total, shares
FROM sums
WHERE (total = value OR abs(total - value) <= 1e-14 * value + 1e-300) IS NOT TRUE
	OR (rows = bins AND not_negative AND descending) IS NOT TRUE
	OR CASE WHEN value > 0 AND value < 'Infinity' THEN abs(shares - 1) < 1e-14 ELSE shares IS NULL END IS NOT TRUE;
SELECT count(*), count(*) FILTER (WHERE value = 'Infinity') AS infinite, count(*) FILTER (WHERE value = 0) AS zero FROM sums;
SELECT 'shapes differ', a.name, a.measure FROM sums AS a JOIN sums AS b USING (name, measure, parameters)
WHERE a.shape < b.shape AND a.contributions <> b.contributions;

-- the shares are those of the smoothed weights
SELECT * FROM divergence_contributions(ARRAY[1, 3], ARRAY[0, 4], 'kl_divergence', base => 2, pseudocount => 1);

-- of an infinite whole, the bins that make it infinite come first, and there are no parts of it
SELECT label, p, q, contribution = 'Infinity' AS infinite, share FROM divergence_contributions('{"a": 5, "b": 5}', '{"a": 5, "c": 5}'::histogram, 'kl_divergence');
SELECT label, contribution = 'Infinity' AS infinite, share FROM divergence_contributions('{"a": 5, "b": 5}', '{"a": 5, "c": 5}'::histogram, 'jeffreys_divergence');
SELECT label, contribution = 'Infinity' AS infinite, share FROM divergence_contributions('{"a": 5, "b": 5}', '{"a": 5, "c": 5}'::histogram, 'psi', empty => 0);

-- of 0 there are no parts either; equal contributions come in the order of the bins
SELECT * FROM divergence_contributions('{"b": 1, "a": 2, "B": 0}', '{"b": 2, "a": 4}'::histogram);
SELECT label, contribution, share FROM divergence_contributions('{"b": 1, "a": 1, "B": 1, "ä": 1}', '{"x": 1}'::histogram, 'total_variation');
SELECT array_agg(label) FROM divergence_contributions(array_fill(1, ARRAY[30]), ARRAY[5] || array_fill(1, ARRAY[29]));
SELECT string_agg(label, ' ') FROM divergence_contributions('{"c": 1}', '{"a": 1, "d": 1, "b": 2, "e": 1}'::histogram);

-- an option that is NULL is not given; measures, sides and nothing observed that are NULL have no rows
SELECT label, contribution FROM divergence_contributions(ARRAY[1, 3], ARRAY[2, 2], 'total_variation', NULL, NULL, NULL);
SELECT count(*) FROM divergence_contributions(NULL::histogram, '{"a": 1}');
SELECT count(*) FROM divergence_contributions('{"a": 1}', NULL::histogram);
SELECT count(*) FROM divergence_contributions(NULL::float8[], ARRAY[1]);
SELECT count(*) FROM divergence_contributions(ARRAY[1], ARRAY[1], NULL);
SELECT count(*) FROM divergence_contributions('{}', '{}'::histogram);
SELECT count(*) FROM divergence_contributions('{"a": 1}', '{}'::histogram);
SELECT count(*) FROM divergence_contributions('{"a": 1}', '{"a": 0}'::histogram);
SELECT count(*) FROM divergence_contributions('{}'::float8[], '{}');
SELECT count(*) FROM divergence_contributions(ARRAY[0, 0], ARRAY[1, 2]);
SELECT * FROM divergence_contributions('{"a": 1}', '{"b": 0}'::histogram, 'jsd', pseudocount => 1);

-- arrays of several dimensions, in storage order
SELECT label, p, q FROM divergence_contributions(ARRAY[[1, 2], [3, 4]], ARRAY[[4, 3], [2, 1]], 'total_variation');

-- for each row of a table, and in the SELECT list
SELECT day, (top).label, round((top).share::numeric, 4) AS share
FROM (VALUES (1, '{"a": 5, "b": 5}'::histogram), (2, '{"a": 9, "c": 1}'), (3, '{}')) AS days (day, h)
LEFT JOIN LATERAL (SELECT d AS top FROM divergence_contributions(h, '{"a": 1, "b": 1}') AS d LIMIT 1) AS t ON true
ORDER BY day;
SELECT (divergence_contributions('{"a": 5, "b": 5}', '{"a": 1}'::histogram, 'total_variation')).label;

-- errors
SELECT * FROM divergence_contributions(ARRAY[1], ARRAY[1], 'l_infinity');
SELECT * FROM divergence_contributions(ARRAY[1], ARRAY[1], 'renyi');
SELECT * FROM divergence_contributions(ARRAY[1], ARRAY[1], 'entropy');
SELECT * FROM divergence_contributions(ARRAY[1], ARRAY[1], 'bhattacharyya_distance');
SELECT * FROM divergence_contributions('{}', '{}'::histogram, 'kullback');
SELECT * FROM divergence_contributions(ARRAY[1], ARRAY[1], 'JSD');
SELECT * FROM divergence_contributions(ARRAY[1], ARRAY[1], 'psi', base => 2);
SELECT * FROM divergence_contributions(ARRAY[1], ARRAY[1], 'total_variation', pseudocount => 0);
SELECT * FROM divergence_contributions(ARRAY[1], ARRAY[1], empty => 0);
SELECT * FROM divergence_contributions(ARRAY[1], ARRAY[1], base => 1);
SELECT * FROM divergence_contributions('{}', '{}'::histogram, pseudocount => -1);
SELECT * FROM divergence_contributions(ARRAY[1], ARRAY[1], 'psi', empty => 'NaN');
SELECT * FROM divergence_contributions(ARRAY[1, 2], ARRAY[1]);
SELECT * FROM divergence_contributions(ARRAY[1, 2], ARRAY[1, -2]);
\set VERBOSITY sqlstate
SELECT * FROM divergence_contributions(ARRAY[1], ARRAY[1], 'l_infinity');
SELECT * FROM divergence_contributions(ARRAY[1], ARRAY[1], 'psi', base => 2);

DROP VIEW sums;
DROP TABLE pairs, ways;
DROP FUNCTION value_of(text, text, text, text, text), h(float8[]);

-- Where the whole is infinite, what is finite is as it is without the rest
SELECT label, contribution, abs(contribution - expected) < 1e-15 OR contribution = expected AS right_one
FROM divergence_contributions('{"a": 1, "b": 3, "c": 2}'::histogram, '{"a": 2, "b": 1}', 'chi_square_divergence')
     JOIN (VALUES ('a', power(1/6.0::float8 - 2/3.0::float8, 2) / (2/3.0::float8)), ('b', power(1/2.0::float8 - 1/3.0::float8, 2) / (1/3.0::float8)), ('c', 'Infinity')) AS e (label, expected) USING (label);
SELECT label, contribution, abs(contribution - expected) < 1e-15 OR contribution = expected AS right_one
FROM divergence_contributions('{"a": 1, "b": 3, "c": 2}'::histogram, '{"a": 2, "b": 1}', 'kl_divergence')
     JOIN (VALUES ('a', ln(0.25::float8) / 6 - 1/6.0::float8 + 2/3.0::float8), ('b', ln(1.5::float8) / 2 - 1/2.0::float8 + 1/3.0::float8), ('c', 'Infinity')) AS e (label, expected) USING (label);
SELECT label, round(contribution::numeric, 6) FROM divergence_contributions(ARRAY[1,1,1]::float8[], ARRAY[1.5e-309,1,2], 'chi_square_divergence') WHERE label > 1;
