-- The door between float8[] and weights: what is accepted, what means nothing
-- observed, and what is an error.

CREATE FUNCTION pg_temp.near(value float8, expected float8) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT abs(value / expected - 1) < 1e-14';

-- the value of a function of one or two arrays as text, or its error's SQLSTATE
CREATE FUNCTION pg_temp.outcome(call text, p float8[], q float8[] DEFAULT NULL) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	value text;
BEGIN
	EXECUTE 'SELECT ' || call USING p, q INTO value;
	RETURN coalesce(value, 'NULL');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

CREATE TEMP TABLE one_array AS SELECT * FROM unnest(ARRAY[
	'entropy($1)', 'perplexity($1)', 'renyi_entropy($1, 2)', 'to_distribution($1)']) WITH ORDINALITY AS one (call, number);
CREATE TEMP TABLE two_arrays AS SELECT * FROM unnest(ARRAY[
	'cross_entropy($1, $2)', 'kl_divergence($1, $2)', 'jeffreys_divergence($1, $2)', 'jsd($1, $2, 2)',
	'js_distance($1, $2, 2)', 'renyi($1, $2, 2)', 'hellinger_distance($1, $2)', 'bhattacharyya_distance($1, $2)',
	'total_variation($1, $2)', 'l_infinity($1, $2)', 'chi_square_divergence($1, $2)', 'psi($1, $2, 0)'])
	WITH ORDINALITY AS two (call, number);

--
-- Wrong data is an error which says where
--
SELECT kl_divergence('{0.5,-0.25}'::float8[], '{1,1}'::float8[]);
\echo :LAST_ERROR_SQLSTATE
SELECT kl_divergence('{1,1,1}'::float8[], '{1,NaN,-1}'::float8[]);
\echo :LAST_ERROR_SQLSTATE
SELECT entropy('{Infinity,1}'::float8[]);
\echo :LAST_ERROR_SQLSTATE
SELECT entropy('{1,-Infinity}'::float8[]);
\echo :LAST_ERROR_SQLSTATE
SELECT jsd('{1,1}'::float8[], '{1e308,1e308}'::float8[]);
\echo :LAST_ERROR_SQLSTATE
SELECT psi('{1,2}'::float8[], '{1,2,3}'::float8[]);
\echo :LAST_ERROR_SQLSTATE
SELECT psi('{{1,2,3},{4,5,6}}'::float8[], '{{1,2},{3,4},{5,6}}'::float8[]);
SELECT psi('{{1,2,3},{4,5,6}}'::float8[], '{1,2,3,4,5,6}'::float8[]);
SELECT psi('{{{1,2}}}'::float8[], '{{1,2}}'::float8[]);
SELECT to_distribution('{1,-1}'::float8[]);

-- positions count bins: NULLs too, and matrices row by row
SELECT entropy('{NULL,NULL,-1e-300}'::float8[]);
SELECT jsd('{{1,2},{3,4}}'::float8[], '{{1,2},{-3,4}}'::float8[]);

-- the same from every function, whichever side is wrong; -0 is a weight
SELECT call, pg_temp.outcome(call, '{1,-1}') AS negative, pg_temp.outcome(call, '{1,NaN}') AS nan,
	   pg_temp.outcome(call, '{1,Infinity}') AS infinite, pg_temp.outcome(call, '{1e308,1e308}') AS overflow,
	   pg_temp.outcome(call, '{1,-0}') AS minus_zero
FROM one_array ORDER BY number;
SELECT call, pg_temp.outcome(call, '{1,-1}', '{1,1}') AS negative, pg_temp.outcome(call, '{1,1}', '{1,NaN}') AS nan,
	   pg_temp.outcome(call, '{1,Infinity}', '{1,1}') AS infinite,
	   pg_temp.outcome(call, '{1,1}', '{1e308,1e308}') AS overflow,
	   pg_temp.outcome(call, '{1,1}', '{{1,1}}') AS shape, pg_temp.outcome(call, '{1,-0}', '{-0,1}') AS minus_zero
FROM two_arrays ORDER BY number;

--
-- Nothing observed on a side is NULL
--
SELECT call, pg_temp.outcome(call, '{}') AS empty, pg_temp.outcome(call, '{0,0}') AS zeros,
	   pg_temp.outcome(call, '{NULL,0}') AS nulls, pg_temp.outcome(call, NULL) AS no_array
FROM one_array ORDER BY number;
SELECT call, pg_temp.outcome(call, '{}', '{1,2,3}') AS empty, pg_temp.outcome(call, '{1,2}', '{}') AS empty_q,
	   pg_temp.outcome(call, '{}', '{}') AS both, pg_temp.outcome(call, '{0,0}', '{1,2}') AS zeros,
	   pg_temp.outcome(call, '{1,2}', '{NULL,0}') AS nulls, pg_temp.outcome(call, '{{1},{2}}', '{}') AS matrix,
	   pg_temp.outcome(call, NULL, '{1}') AS no_p, pg_temp.outcome(call, '{1}', NULL) AS no_q
FROM two_arrays ORDER BY number;

-- but an error comes before it, whichever side is wrong
SELECT call, pg_temp.outcome(call, '{}', '{-1,1}') AS q_negative, pg_temp.outcome(call, '{NaN}', '{}') AS p_nan,
	   pg_temp.outcome(call, '{0,0}', '{1e308,1e308}') AS q_overflows,
	   pg_temp.outcome(call, '{Infinity,1}', '{0,0}') AS p_infinite,
	   pg_temp.outcome(call, '{0,0}', '{0,0,0}') AS shape
FROM two_arrays ORDER BY number;

-- a NULL element is a bin that was not seen
SELECT count(*) AS calls,
	   count(*) FILTER (WHERE pg_temp.outcome(call, '{1,NULL,3,NULL}', '{2,2,NULL,NULL}') =
							  pg_temp.outcome(call, '{1,0,3,0}', '{2,2,0,0}')) AS same
FROM (TABLE one_array UNION ALL TABLE two_arrays) AS calls;

--
-- Joint distributions: arrays of several dimensions, whose lower bounds do not matter
--
SELECT kl_divergence('{{1,2},{3,4}}'::float8[], '{{4,3},{2,1}}'::float8[]) =
	   kl_divergence('{1,2,3,4}'::float8[], '{4,3,2,1}'::float8[]) AS matrix,
	   kl_divergence('{{{1},{2}},{{3},{4}}}'::float8[], '{{{4},{3}},{{2},{1}}}'::float8[]) =
	   kl_divergence('{1,2,3,4}'::float8[], '{4,3,2,1}'::float8[]) AS cube,
	   kl_divergence('[5:6]={1,2}'::float8[], '[-1:0]={2,1}'::float8[]) =
	   kl_divergence('{1,2}'::float8[], '{2,1}'::float8[]) AS bounds,
	   jsd('[0:1][3:4]={{1,0},{0,0}}'::float8[], '{{0,0},{0,1}}'::float8[], base => 2) AS both;

-- mutual information is the divergence of a table from the product of its margins
SELECT kl_divergence('{{1,0},{0,1}}'::float8[], '{{1,1},{1,1}}'::float8[], base => 2) AS bits,
	   kl_divergence('{{2,4},{3,6}}'::float8[], '{{30,60},{45,90}}'::float8[]) AS independent;

--
-- Other types of elements come in by implicit casts
--
SELECT total_variation(ARRAY[1, 3], ARRAY[1, 1]) AS int,
	   total_variation(ARRAY[1, 3]::bigint[], ARRAY[1, 1]::smallint[]::int[]) AS bigint,
	   total_variation(ARRAY[0.25, 0.75]::real[], ARRAY[0.5, 0.5]::real[]) AS real,
	   total_variation(ARRAY[0.25, 0.75], ARRAY[1, 1]) AS numeric_int,
	   to_distribution(ARRAY[1, 3]), is_distribution(ARRAY[0.25, 0.75]), softmax(ARRAY[7, 7]);

--
-- However the array is stored: in line, compressed, out of line, with a short header
--
CREATE TABLE storage (way text, number int, p float8[], q float8[]);
INSERT INTO storage VALUES ('short', 1, '{1,2,3}', '{3,2,1}'), ('short, NULLs', 2, '{1,NULL,3}', '{3,2,NULL}');
INSERT INTO storage SELECT 'compressed', 3, array_agg(1 + i / 9990), array_agg(1 + i / 10 / 999)
FROM generate_series(1, 9999) AS i;
ALTER TABLE storage ALTER p SET STORAGE EXTERNAL, ALTER q SET STORAGE EXTERNAL;
INSERT INTO storage SELECT 'external', 4, array_agg(i * 7919 % 10007), array_agg(i * 104729 % 10009)
FROM generate_series(1, 10000) AS i;
INSERT INTO storage SELECT 'external, NULLs', 5, array_agg(nullif(i * 7919 % 10007 % 4, 0)),
	   array_agg(nullif(i * 104729 % 10009 % 3, 0))
FROM generate_series(1, 10000) AS i;
ALTER TABLE storage ALTER p SET STORAGE PLAIN, ALTER q SET STORAGE PLAIN;
INSERT INTO storage SELECT 'plain', 6, array_agg(i), array_agg(i * i) FROM generate_series(1, 300) AS i;
ALTER TABLE storage ALTER p SET STORAGE MAIN, ALTER q SET STORAGE MAIN;
INSERT INTO storage SELECT 'main', 7, array_agg(i % 2), array_agg(1) FROM generate_series(1, 50000) AS i;

-- adding nothing makes a fresh copy in memory
SELECT way, pg_column_size(p) < 0.9 * pg_column_size(array_cat(p, '{}')) AS compressed, cardinality(p),
	   jsd(p, q) = jsd(array_cat(p, '{}'), array_cat(q, '{}')) AS two_arrays,
	   kl_divergence(p, q, pseudocount => 1) =
	   kl_divergence(array_cat(p, '{}'), q, pseudocount => 1) AS mixed,
	   entropy(p) = entropy(array_cat(p, '{}')) AS one_array,
	   to_distribution(p) = to_distribution(array_cat(p, '{}')) AS to_distribution,
	   softmax(p) = softmax(array_cat(p, '{}')) AS softmax,
	   is_distribution(to_distribution(p)) AS is_distribution
FROM storage ORDER BY number;
SELECT pg_temp.near(jsd(p, q), 0.75 * ln(4 / 3::float8)) AS main FROM storage WHERE way = 'main';
DROP TABLE storage;
-- expanded, as variables of PL/pgSQL are
SELECT jsd(array_append('{1}'::float8[], 2::float8), array_append('{2}'::float8[], 1::float8)) =
	   jsd('{1,2}'::float8[], '{2,1}'::float8[]) AS expanded;

--
-- All finite numbers work, side by side, as long as their total does not overflow
--
SELECT what, pg_temp.near(value, expected) AS right
FROM (VALUES
	('denormals', kl_divergence('{5e-324,1.5e-323}'::float8[], '{5e-324,5e-324}'::float8[]), 0.75 * ln(3) - ln(2)),
	('1e308', kl_divergence('{4e307,1.2e308}'::float8[], '{4e307,4e307}'::float8[]), 0.75 * ln(3) - ln(2)),
	('both', kl_divergence('{5e-324,1.5e-323}'::float8[], '{4e307,4e307}'::float8[]), 0.75 * ln(3) - ln(2)),
	('a denormal beside 1, opposite 1e304', kl_divergence('{1,1e304}'::float8[], '{1,1.5e-323}'::float8[]),
	 1074 * ln(2) - ln(3)),
	('log of the ratio', renyi('{1e308,5e-324}'::float8[], '{5e-324,1e308}'::float8[], 'Infinity'),
	 308 * ln(10) + 1074 * ln(2)),
	('kl of the same', kl_divergence('{1e308,5e-324}'::float8[], '{5e-324,1e308}'::float8[]),
	 308 * ln(10) + 1074 * ln(2)),
	('cross-entropy', cross_entropy('{0,1}'::float8[], '{1e308,5e-324}'::float8[]), 308 * ln(10) + 1074 * ln(2)),
	('a tiny share counts', total_variation('{1e-300,1}'::float8[], '{0,1}'::float8[]), 1e-300)
) AS extremes (what, value, expected);
SELECT jsd('{1e308,5e-324}'::float8[], '{5e-324,1e308}'::float8[], base => 2) AS jsd,
	   hellinger_distance('{1e308,5e-324}'::float8[], '{5e-324,1e308}'::float8[]) AS hellinger,
	   to_distribution('{1e308,5e-324}'::float8[]), to_distribution('{5e-324,5e-324}'::float8[]),
	   entropy('{1.7976931348623157e308}'::float8[]) AS largest;
-- a weight counts however small its share: q lacks it
SELECT what, value FROM (VALUES
	('cross_entropy', cross_entropy('{1e304,5e-324}'::float8[], '{1,0}'::float8[])),
	('kl_divergence', kl_divergence('{1e304,5e-324}'::float8[], '{1,0}'::float8[])),
	('chi_square_divergence', chi_square_divergence('{1e304,5e-324}'::float8[], '{1,0}'::float8[])),
	('renyi', renyi('{1e304,5e-324}'::float8[], '{1,0}'::float8[], 1.5)),
	('psi', psi('{1e304,5e-324}'::float8[], '{1,0}'::float8[], empty => 0))) AS measures (what, value);
-- up to the last bit
SELECT total_variation('{1.7976931348623157e308,9e291}'::float8[], '{1,0}'::float8[]) < 1e-15 AS fits,
	   pg_temp.outcome('entropy($1)', '{1.7976931348623157e308,1e292}') AS overflows;
