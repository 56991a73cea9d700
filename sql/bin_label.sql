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

-- equal edges count once, as the deciles of data with ties
SELECT bin_label(value, '{0,0,0,1,3,3}') FROM unnest('{-1,0,0.5,1,3}'::float8[]) AS value;
SELECT bin_label(0, '{0,-0,0}'), bin_label(-1, '{-0,0}');
SELECT histogram_agg(bin_label(visits, edges))
FROM (VALUES (0), (0), (0), (0), (0), (1), (2), (30)) AS reference (visits),
	(SELECT percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY v) FROM (VALUES (0), (0), (0), (0), (0), (1), (2), (30)) AS r (v)) AS cuts (edges);

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
SELECT bin_label(1, '{-Infinity,1}');
SELECT bin_label(1, '{1,7,5}');
SELECT bin_label(5, edges) FROM (VALUES (ARRAY[4, 6]), (ARRAY[6, 4])) AS v (edges);
\set VERBOSITY sqlstate
SELECT bin_label(1, '{}');
SELECT bin_label(1, '{1,NULL}');
SELECT bin_label(1, '{Infinity}');
SELECT bin_label(1, '{2,1}');
