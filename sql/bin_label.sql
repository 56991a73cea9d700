-- bin_label: the bin of a number, as text

\pset null NULL
SET extra_float_digits = -15; -- no setting has a say in labels

-- an edge belongs to the bin above it, the outer bins are open
SELECT value, bin_label(value::float8, '{0,12.5,20}') AS label
FROM unnest('{-Infinity,-1e308,-0.1,0,-0,12.4,12.5,19.9,20,1e308,Infinity,NaN,NULL}'::text[]) WITH ORDINALITY AS v (value, n)
ORDER BY n;

-- the number is that of width_bucket
SELECT count(*) AS wrong
FROM generate_series(-50, 150) AS n, LATERAL (SELECT n / 4.0::float8, '{-3.5,0,0.25,7,30}'::float8[]) AS a (value, edges)
WHERE left(bin_label(value, edges), 2)::integer <> width_bucket(value, edges);

-- numbers, arrays and integers of any type
SELECT bin_label(7, ARRAY[1, 5, 10]), bin_label(7.25, ARRAY[1, 5.5, 10]), bin_label(7::smallint, '[3:4]={5,9}'::bigint[]),
	bin_label(7::real, ARRAY[0.5, 9]::real[]);

-- shortest digits, and plain decimals as long as they are short; there is no -0
SELECT bin_label(0.15, ARRAY[0.1, 0.2]), bin_label(1, ARRAY[0.1 + 0.2::float8, 123456789012345]), bin_label(-0.0, ARRAY[-0.0]),
	bin_label(0, ARRAY[-1e-5, 1e15]), bin_label(0, '{-1.7976931348623157e308,4.9e-324}');

-- labels sort by their bytes in the order of the bins, with the special ones in front
SELECT string_agg(label, ' ' ORDER BY label COLLATE "C")
FROM unnest('{NaN,NULL,25,5,-5,15}'::float8[]) AS value, LATERAL (SELECT bin_label(value, ARRAY[0, 10, 20])) AS l (label);
SELECT edges, min(label COLLATE "C"), max(label COLLATE "C"), bool_and(label COLLATE "C" > before COLLATE "C") AS ascending
FROM (SELECT edges, label, lag(label) OVER (PARTITION BY edges ORDER BY value) AS before
	FROM unnest('{1,9,10,99,100,1001}'::integer[]) AS edges, generate_series(0, edges) AS value,
		LATERAL (SELECT bin_label(value, array(SELECT generate_series(1, edges)))) AS l (label)) AS labels
GROUP BY edges ORDER BY edges;

RESET extra_float_digits;
-- a repeated edge is a bin of its own, however often it is repeated
SELECT value, bin_label(value, '{0,0,1}') AS label, bin_label(value, '{0,0,0,1,3,3}') AS more, bin_label(value, '{1,1,1}') AS one
FROM unnest('{-1,-0,0,5e-324,0.5,1,1.5,3,4}'::float8[]) AS value;
SELECT bin_label(0, '{0,-0,0}'), bin_label(-1, '{-0,0}'), bin_label(1, '{0,-0}');
SELECT histogram_agg(bin_label(visits, edges))
FROM (VALUES (0), (0), (0), (0), (0), (1), (2), (30)) AS reference (visits),
	(SELECT percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY v) FROM (VALUES (0), (0), (0), (0), (0), (1), (2), (30)) AS r (v)) AS cuts (edges);

-- so that PSI on deciles sees what moves up from the ties
CREATE TEMP TABLE ties AS
SELECT 'reference' AS month, greatest(n - 95, 0) + CASE WHEN n > 95 THEN 95 ELSE 0 END AS value FROM generate_series(1, 100) AS n
UNION ALL SELECT 'current', n FROM generate_series(1, 100) AS n;
SELECT psi(histogram_agg(bin_label(value, edges)) FILTER (WHERE month = 'current'), histogram_agg(bin_label(value, edges)) FILTER (WHERE month = 'reference'))
FROM ties, (SELECT percentile_cont(ARRAY[.1, .2, .3, .4, .5, .6, .7, .8, .9]) WITHIN GROUP (ORDER BY value) FROM ties WHERE month = 'reference') AS deciles (edges);

-- the outer bins are open: infinite edges add nothing there, but bins of one point if they are repeated
SELECT value, bin_label(value, '{-Infinity,0,20,Infinity}') AS label, bin_label(value, '{-Infinity,-Infinity,0,0,20,Infinity,Infinity}') AS points,
	bin_label(value, '{-Infinity}') AS low, bin_label(value, '{Infinity,Infinity}') AS high
FROM unnest('{-Infinity,-1e308,0,19,20,1e308,Infinity,NaN,NULL}'::float8[]) WITH ORDINALITY AS v (value, n) ORDER BY n;

-- a real is the decimal that it shows, unless just what it is in double precision is an edge, as those of its column are
SELECT value, bin_label(value, '{0.1,0.7}') AS decimals, bin_label(value, '{0.1,0.7,0.7}'::real[]) AS own, bin_label(value, '{0.1,0.1,0.7}') AS points
FROM unnest('{0.1,0.09999999,0.10000001,0.7,0.6999999,Infinity,-Infinity,NaN,NULL,16777216}'::real[]) WITH ORDINALITY AS v (value, n) ORDER BY n;
SELECT bin_label(16777216::real, '{16777217}') AS below, bin_label(1e-45::real, '{1e-45}') AS at, bin_label(3.4028235e38::real, '{3.4028235e38}') AS largest;
SELECT count(*) AS not_ascending
FROM (SELECT bin_label(value, edges) AS label, lag(bin_label(value, edges)) OVER (ORDER BY value) AS before
	FROM (SELECT (n / 1000.0)::real AS value FROM generate_series(1, 1000) AS n) AS v,
		(SELECT array_agg(e ORDER BY e) AS edges FROM (SELECT n / 1000.0::float8 AS e FROM generate_series(1, 1000, 3) AS n UNION ALL SELECT (n / 1000.0)::real FROM generate_series(1, 1000, 7) AS n) AS e) AS e) AS l
WHERE label < before;
-- a numeric is rounded to double precision, as the edges of its column are
SELECT bin_label(0.69999999999999999999, '{0.7}'), bin_label(0.66666666666666666667, ARRAY[0.66666666666666666667, 0.66666666666666666667]);

-- which function a call is: what has no type, and every number but a real, is float8
CREATE TEMP TABLE every_type (i int, b bigint, s smallint, n numeric, r real, d float8, ai int[], an numeric[], ar real[], ad float8[]);
CREATE FUNCTION pg_temp.function_of(call text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE 'CREATE TEMP VIEW v AS SELECT ' || call || ' AS c FROM every_type';
	call := (SELECT refobjid::regprocedure FROM pg_depend WHERE classid = 'pg_rewrite'::regclass AND refclassid = 'pg_proc'::regclass
			 AND objid = (SELECT oid FROM pg_rewrite WHERE ev_class = 'v'::regclass));
	DROP VIEW v;
	RETURN call;
END $$;
SELECT pg_temp.function_of(format('bin_label(%s, %s)', value, edges)) AS function, string_agg(value || ' ' || edges, ', ' ORDER BY v, e) AS arguments
FROM unnest('{i,b,s,n,r,d,1,1.5,''1'',"NULL"}'::text[]) WITH ORDINALITY AS v (value, v), unnest('{ai,an,ar,ad,"''{1}''","NULL"}'::text[]) WITH ORDINALITY AS e (edges, e)
GROUP BY 1 ORDER BY 1;
PREPARE untyped AS SELECT bin_label($1, $2);
SELECT parameter_types FROM pg_prepared_statements WHERE name = 'untyped';

-- other edges in every row, and the first ones again
SELECT bin_label(5, edges)
FROM (VALUES (1, ARRAY[4, 6]), (2, ARRAY[1, 2]), (3, ARRAY[1, 2, 3]), (4, ARRAY[4, 6]), (5, NULL), (6, ARRAY[4, 6])) AS v (n, edges)
ORDER BY n;

-- no edges, as percentile_cont has it of no rows: NULL, which histogram_agg skips
SELECT bin_label(1, NULL), bin_label(NULL, NULL), bin_label('NaN', NULL);

-- the shares of NULL and NaN are seen
SELECT histogram_agg(bin_label(value, ARRAY[10])) FROM unnest('{5,NULL,15,NaN,NULL}'::float8[]) AS value;

-- wrong edges are errors, whatever the value
SELECT bin_label(1, '{}');
SELECT bin_label(1, '{{1,2},{3,4}}');
SELECT bin_label(NULL, '{1,NULL}');
SELECT bin_label('NaN', '{1,NaN}');
SELECT bin_label(1, '{1,7,5}');
SELECT bin_label(5, edges) FROM (VALUES (ARRAY[4, 6]), (ARRAY[6, 4])) AS v (edges);
\set VERBOSITY sqlstate
SELECT bin_label(1, '{}');
SELECT bin_label(1, '{1,NULL}');
SELECT bin_label(1, '{Infinity}');
SELECT bin_label(1, '{2,1}');
