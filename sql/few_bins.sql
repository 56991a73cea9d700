--
-- Arrays of few bins are read where they are in their row, if they have one
-- dimension and no NULLs.  As tables of one line the same weights go another
-- way, and have to give the same.
--
CREATE TABLE few (id int, p float8[], q float8[]);
INSERT INTO few
SELECT 100 * n + variant,
	ARRAY(SELECT CASE variant WHEN 1 THEN (i * 7919 % 13)::float8 WHEN 2 THEN 1e-320 * (i % 3) WHEN 3 THEN 1e300 * i
		ELSE 0.1 + abs(sin(i * n + variant)) END FROM generate_series(1, n) AS i),
	ARRAY(SELECT CASE variant WHEN 1 THEN (i * 104729 % 11)::float8 WHEN 2 THEN 1.0 WHEN 3 THEN i::float8
		WHEN 4 THEN 3 * (0.1 + abs(sin(i * n + variant))) ELSE 0.1 + abs(cos(i + variant)) END FROM generate_series(1, n) AS i)
FROM generate_series(1, 70) AS n, generate_series(0, 4) AS variant;
-- how they are stored: with a header of one byte and with one of four
SELECT pg_column_size(p) - 8 * cardinality(p) AS overhead, min(cardinality(p)), max(cardinality(p)) FROM few GROUP BY 1 ORDER BY 1;
-- other arrays, and what is wrong
INSERT INTO few VALUES
	(1, '{}', '{}'), (2, '{}', '{1,2}'), (3, '{0,0}', '{1,2}'), (4, '{1,2}', '{0,0}'), (5, '{0,0}', '{0,0}'), (6, '{-0,1}', '{1,1}'),
	(7, '{1,2}', '{1,2,3}'), (8, '[3:4]={1,2}', '[0:1]={2,1}'), (9, '{1,NULL,2}', '{1,2,3}'), (10, '{1,2,3}', '{NULL,2,3}'),
	(11, '{NULL,NULL}', '{1,2}'), (12, '{1,-2}', '{1,2}'), (13, '{1,2,3}', '{1,2,-3}'), (14, '{1,2}', '{-1,2}'), (15, '{NaN,2}', '{1,2}'),
	(16, '{1,2}', '{1,Infinity}'), (17, '{1,2}', '{-Infinity,1}'), (18, '{1.7e308,1.7e308}', '{1,2}'), (19, '{1,2}', '{1.7e308,1.7e308}'),
	(20, '{0,0}', '{1,-2}'), (21, '{1,2}', NULL), (22, '{5}', '{7}'), (23, '{0,1}', '{1,0}'), (24, '{-0,-0}', '{1,2}');
CREATE FUNCTION answer(call text, p float8[], q float8[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	value float8;
	detail text;
	hint text;
BEGIN
	EXECUTE call INTO value USING p, q;
	RETURN coalesce(value::text, 'NULL');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws('; ', SQLSTATE, SQLERRM, detail, hint);
END $$;
-- an array as a table of one line, if it has one dimension
CREATE FUNCTION as_table(a float8[]) RETURNS float8[] LANGUAGE sql AS $$ SELECT CASE WHEN cardinality(a) > 0 THEN ARRAY[a] ELSE a END $$;
CREATE TABLE calls AS
SELECT format('SELECT %s(%s%s%s%s%s)', name, p, q, alpha, base, parameter) AS call
FROM (SELECT m.name AS name, proargnames AS arguments FROM divergence_measures() AS m
	JOIN pg_proc ON proname = m.name AND proargtypes[0] = 'float8[]'::regtype) AS measures,
	LATERAL (SELECT 'p => $1' AS p, CASE WHEN 'q' = ANY (arguments) THEN ', q => $2' END AS q) AS sides,
	LATERAL unnest(CASE WHEN 'alpha' = ANY (arguments) THEN '{", alpha => 0", ", alpha => 0.7", ", alpha => 1", ", alpha => 3", ", alpha => ''Infinity''"}'::text[] ELSE '{""}' END) AS alpha,
	LATERAL unnest(CASE WHEN 'base' = ANY (arguments) THEN '{"", ", base => 2"}'::text[] ELSE '{""}' END) AS base,
	LATERAL unnest(CASE WHEN 'pseudocount' = ANY (arguments) THEN '{"", ", pseudocount => 0.5"}'::text[]
		WHEN 'empty' = ANY (arguments) THEN '{", empty => 0", ", empty => 0.01"}' ELSE '{""}' END) AS parameter;
SELECT count(*) > 40 AS many_calls, count(*) FILTER (WHERE call LIKE '%, q =>%') > 30 AS of_pairs FROM calls;
-- the same bits, and the same errors to the letter but for the shape of the table
SELECT call, id, answer(call, p, q), answer(call, as_table(p), as_table(q))
FROM calls, few WHERE (id < 100 OR id % 7 < 3)
	AND answer(call, p, q) <> regexp_replace(answer(call, as_table(p), as_table(q)), '\[1\](\[\d+\])', '\1', 'g') ORDER BY call, id LIMIT 20;
-- what they are: values and errors
SELECT id, answer('SELECT kl_divergence($1, $2)', p, q) FROM few WHERE id < 100 ORDER BY id;
-- in their rows too, beside others and behind them, in a row that is compressed or expanded, and one after the other
SELECT count(*) AS rows, count(*) FILTER (WHERE kl_divergence(p, q) IS DISTINCT FROM kl_divergence(as_table(p), as_table(q))) AS others,
	count(*) FILTER (WHERE jsd(q, p) IS DISTINCT FROM jsd(as_table(q), as_table(p))) AS other_jsd, count(*) FILTER (WHERE jsd(p, q) IS DISTINCT FROM jsd(q, p)) AS other_way
FROM few WHERE id >= 100;
CREATE TABLE beside (letter text, p float8[], x bool, q float8[]);
INSERT INTO beside SELECT repeat('x', id % 9), p, true, q FROM few WHERE id >= 100;
SELECT count(*) FILTER (WHERE hellinger_distance(p, q) IS DISTINCT FROM hellinger_distance(as_table(p), as_table(q))) AS others FROM beside;
CREATE TABLE packed (p float8[], q float8[]);
ALTER TABLE packed ALTER p SET STORAGE EXTENDED, ALTER q SET STORAGE EXTERNAL;
INSERT INTO packed SELECT array_fill(1.5::float8, ARRAY[n]) || p, array_fill(2.5::float8, ARRAY[n]) || q FROM few, unnest('{20,400}'::int[]) AS n WHERE id BETWEEN 1000 AND 1100;
SELECT count(*) FILTER (WHERE kl_divergence(p, q) IS DISTINCT FROM kl_divergence(as_table(p), as_table(q))) AS others FROM packed;
DO $$
DECLARE
	p float8[] = '{1,2,3}';
BEGIN
	p[2] := 5;
	ASSERT kl_divergence(p, '{3,2,1}') = kl_divergence('{{1,5,3}}'::float8[], '{{3,2,1}}');
END $$;
DROP TABLE few, calls, beside, packed;
DROP FUNCTION answer, as_table;
