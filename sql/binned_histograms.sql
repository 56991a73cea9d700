-- binned_histogram_agg(value, edges)

-- is histogram_agg(bin_label(value, edges)), whatever the value is
SELECT binned_histogram_agg(x, '{0,0,20}') FROM unnest('{-1,0,-0,0.5,20,1e300,NaN,Infinity,-Infinity,NULL}'::float8[]) AS x;
CREATE TEMP TABLE binned AS
SELECT i, CASE i % 23 WHEN 0 THEN NULL WHEN 1 THEN 'NaN' WHEN 2 THEN 'Infinity' WHEN 3 THEN '-Infinity' WHEN 4 THEN -0.0 WHEN 5 THEN 5e-324 WHEN 6 THEN 0.7::real::float8
    ELSE (i * 7919 % 1009) / 10.0 - 20 END::float8 AS x
FROM generate_series(1, 2000) AS i;
SELECT left(edges::text, 40) AS edges, binned_histogram_agg(x, edges) = histogram_agg(bin_label(x, edges)) AS float8, binned_histogram_agg(NULLIF(x, 5e-324)::real, edges) = histogram_agg(bin_label(NULLIF(x, 5e-324)::real, edges)) AS real,
       binned_histogram_agg(i, edges) = histogram_agg(bin_label(i, edges)) AS integer
FROM binned, (VALUES ('{0}'::float8[]), ('{0,0}'), ('{-0,0}'), ('{0,0,5e-324}'), ('{0.7}'), ('{0.7,0.7}'), ('{-Infinity,-Infinity}'), ('{Infinity,Infinity}'), ('{-Infinity,0,Infinity}'),
      ('{-10,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,15}'), ('{1.7976931348623157e308,1.7976931348623157e308}'), ('[5:6]={1,2}'), ((SELECT array_agg(j / 3.0::float8) FROM generate_series(-50, 300) AS j))) AS e (edges)
GROUP BY e.edges ORDER BY e.edges;
-- so many edges are searched, and so many more are not worth an array for each group
SELECT n, binned_histogram_agg(x, edges) = histogram_agg(bin_label(x, edges)) AS same
FROM binned, (SELECT n, array_agg(j * 120.0::float8 / n - 20) AS edges FROM unnest('{15,16,17,33,1000,1001,1500}'::int[]) AS n, generate_series(1, n) AS j GROUP BY n) AS e GROUP BY n ORDER BY n;

-- edges may differ from row to row; NULL ones add nothing
SELECT binned_histogram_agg(x, edges ORDER BY i) AS binned, histogram_agg(bin_label(x, edges)) AS labels
FROM (VALUES (1, 1.0::float8, '{2}'::float8[]), (2, 1, '{1}'), (3, 1, '{2}'), (4, 1, NULL), (5, NULL, NULL), (6, NULL, '{3}'), (7, 1, '{1}')) AS v (i, x, edges);
SELECT binned_histogram_agg(x, NULL) IS NULL AS no_edges, binned_histogram_agg(x, '{1}') FILTER (WHERE false) IS NULL AS no_rows, binned_histogram_agg(NULL, '{1}') AS only_null
FROM generate_series(1, 3) AS x;
PREPARE binned(float8[]) AS SELECT binned_histogram_agg(x, $1) FROM generate_series(1, 3) AS x;
EXECUTE binned('{2}');
EXECUTE binned('{3}');
SELECT x % 2 AS odd, binned_histogram_agg(x, '{2}'), binned_histogram_agg(x, ARRAY[5]) FILTER (WHERE x > 3) FROM generate_series(1, 9) AS x GROUP BY GROUPING SETS ((x % 2), ()) ORDER BY 1;
SELECT x, binned_histogram_agg(x, '{2}') OVER (ORDER BY x ROWS 1 PRECEDING) FROM generate_series(1, 4) AS x;
-- in moving frames too, with edges that are no constants, and rows without any
SELECT count(*) AS rows, count(*) FILTER (WHERE a IS NOT DISTINCT FROM b) AS same, count(*) FILTER (WHERE c IS NOT DISTINCT FROM d) AS changing, count(*) FILTER (WHERE c IS NULL) AS without
FROM (SELECT binned_histogram_agg(x, '{0,0,20}') OVER w AS a, histogram_agg(bin_label(x, '{0,0,20}')) OVER w AS b,
             binned_histogram_agg(x, e) OVER w AS c, histogram_agg(bin_label(x, e)) OVER w AS d
      FROM (SELECT i, x, CASE WHEN i % 40 < 30 THEN ARRAY[0, i / 100] END::float8[] AS e FROM binned WHERE i < 500) AS s WINDOW w AS (ORDER BY i ROWS 4 PRECEDING)) AS s;

-- errors are those of bin_label
SELECT binned_histogram_agg(x, '{2,1}') FROM generate_series(1, 3) AS x;
SELECT binned_histogram_agg(x, '{NaN}') FROM generate_series(1, 3) AS x;
SELECT binned_histogram_agg(x, '{NULL}') FROM generate_series(1, 3) AS x;
SELECT binned_histogram_agg(x, '{}') FROM generate_series(1, 3) AS x;
SELECT binned_histogram_agg(x, '{{1,2}}') FROM generate_series(1, 3) AS x;
