-- histogram_agg(value), histogram_agg(value, weight), sum(histogram)

-- Two values have the same label if and only if they are equal
SELECT histogram_agg(x) FROM (VALUES ('b'), ('a'), ('b'), (NULL), ('')) v (x);
SELECT histogram_agg(x) AS varchar FROM unnest('{b,a,b}'::varchar(5)[]) x;
SELECT histogram_agg(x) AS char FROM unnest(ARRAY['b', 'a ', 'b  ']::char(3)[]) x;
SELECT histogram_agg(relname) AS name FROM pg_class WHERE relname IN ('pg_class', 'pg_type');
SELECT histogram_agg(x) AS smallint FROM unnest('{1,-32768,1}'::smallint[]) x;
SELECT histogram_agg(x) AS integer FROM unnest('{1,-2147483648,1}'::integer[]) x;
SELECT histogram_agg(x) AS bigint FROM unnest('{1,-9223372036854775808,1}'::bigint[]) x;
SELECT histogram_agg(x) AS real FROM unnest('{0.1,-0,0,1e10,1e-5,NaN,Infinity,-Infinity,16777216}'::real[]) x;
SELECT histogram_agg(x) AS float8 FROM unnest('{0.1,-0,0,1e22,1.5e-7,-123456.789,NaN,NaN,Infinity,-Infinity}'::float8[]) x;
SELECT length((histogram_labels(histogram_agg(x)))[1]) AS digits, (histogram_labels(histogram_agg(x)))[1]::float8 = x AS same
FROM unnest('{1e300,1.7976931348623157e308,5e-324,-2.2250738585072014e-308}'::float8[]) x GROUP BY x ORDER BY x;
SELECT histogram_agg(x) AS numeric FROM unnest('{1.0,1.00,1,0.10,100,1e20,-0.0,NaN,1e-10}'::numeric[]) x;
SELECT histogram_agg(x) AS boolean FROM unnest('{t,f,t,NULL}'::boolean[]) x;
SET datestyle = 'German';
SELECT histogram_agg(x) AS date FROM unnest('{2026-11-20,2026-01-02,infinity,-infinity,0044-03-15 BC,12345-06-07}'::date[]) x;
RESET datestyle;
SELECT histogram_agg(x) AS uuid FROM unnest('{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11,a0eebc999c0b4ef8bb6d6bb9bd380a11}'::uuid[]) x;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'a very happy mood');
SELECT histogram_agg(x) AS enum FROM unnest('{ok,sad,ok,a very happy mood}'::mood[]) x;
CREATE DOMAIN positive AS integer CHECK (value > 0);
SELECT histogram_agg(x::positive) AS domain FROM generate_series(1, 3) x;
SELECT histogram_agg(x) AS mixed FROM (SELECT chr(64 + i) AS x FROM generate_series(1, 3) i UNION ALL VALUES ('A')) v;

-- Other types are for the user to write as text
SELECT histogram_agg(now());
SELECT histogram_agg(x) FROM (VALUES (interval '1 day')) v (x);
SELECT histogram_agg('{1,2}'::int[]);
SELECT histogram_agg(ROW(1, 2));
SELECT histogram_agg('{"a": 1}'::jsonb -> 'a');
SELECT histogram_agg(x::text) FROM (VALUES (time '12:00')) v (x);

-- Weights
SELECT histogram_agg(x, w) FROM (VALUES ('a', 1.5), ('b', 2), ('a', NULL), ('c', NULL), (NULL, 7), ('d', 0), ('a', 1)) v (x, w);
SELECT histogram_agg(x, 1) = histogram_agg(x) AS same FROM generate_series(1, 10) x;
SELECT histogram_agg(x, -1) FROM generate_series(1, 10) x;
SELECT histogram_agg(x, 'NaN') FROM generate_series(1, 10) x;
SELECT histogram_agg(x, 'Infinity') FROM generate_series(1, 10) x;
SELECT histogram_agg(NULL::text, -1);
SELECT histogram_agg(1, 1e308) FROM generate_series(1, 10) x;
SELECT histogram_agg(x, 1e308) FROM generate_series(1, 10) x;

-- Weights are added up without rounding, so that their order does not matter; only the sum is rounded
SELECT histogram_agg('x'::text, w) FROM unnest('{1e16,1,1}'::float8[]) w;
SELECT sum(h) FROM (VALUES ('{"x": 1e16}'::histogram), ('{"x": 1}'), ('{"x": 1}')) v (h);
SELECT histogram_agg('x'::text, 0.1) AS agg, sum('{"x": 0.1}'::histogram) AS sum FROM generate_series(1, 1000000);
SELECT histogram_agg('a'::text, w ORDER BY w) = histogram_agg('a'::text, w ORDER BY w DESC) AS same FROM unnest('{0.1,0.2,0.3}'::float8[]) w;
SELECT histogram_agg(1, w ORDER BY i) AS up, histogram_agg(1, w ORDER BY i DESC) AS down
FROM unnest('{1e300,1,1e-300,1e100,1e-100,1e300}'::float8[]) WITH ORDINALITY v (w, i);
-- halfway between 1 and the next number, and a little more
SELECT histogram_agg(1, w) FILTER (WHERE w > 1e-300) AS half, histogram_agg(1, w) AS more FROM unnest('{1,1.1102230246251565e-16,5e-324}'::float8[]) w;
-- many labels, while the table grows, with a few sums that need more room than all others
SELECT count(*) AS labels, count(*) FILTER (WHERE a.weight = b.weight AND a.weight = CASE WHEN a.label::int % 1000 = 0 THEN 1e200 ELSE 1 END) AS right
FROM (SELECT histogram_agg(i, w ORDER BY j, i) AS up, histogram_agg(i, w ORDER BY j DESC, i) AS down
      FROM generate_series(1, 20000) i, generate_series(1, 10) j,
           LATERAL (SELECT CASE WHEN i % 1000 > 0 THEN 0.1 WHEN j = 1 THEN 1e200 ELSE 10::float8 ^ (-25 * j) END AS w) w) s,
     LATERAL histogram_bins(up) a JOIN LATERAL histogram_bins(down) b USING (label);
-- the largest number is no overflow, in any order; what rounds beyond it is
SELECT histogram_agg(1, w) AS up, histogram_agg(1, w ORDER BY w DESC) AS down FROM unnest('{9.9e291,1.7976931348623157e308}'::float8[]) w;
SELECT histogram_agg(1, w) FROM unnest('{9e291,9e291,1.7976931348623157e308}'::float8[]) w;
SELECT histogram_agg(1, w) FROM unnest('{1.7976931348623157e308,9e291,9e291}'::float8[]) w;

-- Nothing
SELECT histogram_agg(x), histogram_agg(x, 1) FROM (VALUES (NULL::text)) v (x);
SELECT histogram_agg(relname), sum('{"a": 1}'::histogram) FROM pg_class WHERE false;
SELECT sum(h), sum(h) FILTER (WHERE false), sum(NULL::histogram) FROM (VALUES ('{}'::histogram), (NULL)) v (h);

-- Wherever aggregates can be
SELECT x % 2 AS odd, histogram_agg(x % 3), histogram_agg(DISTINCT x % 3), histogram_agg(x % 3 ORDER BY x) FILTER (WHERE x > 5)
FROM generate_series(1, 10) x GROUP BY GROUPING SETS ((x % 2), ()) HAVING histogram_total(histogram_agg(x)) > 1 ORDER BY 1;
SELECT histogram_agg(x) OVER (PARTITION BY x % 2 ORDER BY x), histogram_agg(x) OVER (ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM generate_series(1, 4) x;
SELECT (SELECT histogram_agg(v.x) FROM (VALUES (1)) w) FROM (VALUES (1), (1), (2)) v (x);

-- Many labels, short and long, against array_agg
SELECT n, count(*) AS sets, bool_and(histogram_labels(h) = labels) AS labels, bool_and(histogram_total(h) = 3 * n) AS total
FROM (SELECT n, kind, histogram_agg(label) AS h,
             array_agg(DISTINCT label COLLATE "C" ORDER BY label COLLATE "C") AS labels
      FROM unnest(ARRAY[1, 2, 6, 7, 20, 1000, 30000]) n, generate_series(1, 6) kind, generate_series(1, 3) r, generate_series(1, n) i,
           LATERAL (SELECT CASE kind WHEN 1 THEN i::text WHEN 2 THEN 'a common prefix ' || i WHEN 3 THEN md5(i::text)
                           WHEN 4 THEN repeat('x', i % 50) || i WHEN 5 THEN substr('1234567890', 1, 1 + i % 9) || i ELSE chr(200 + i % 1000) || i END AS label) l
      GROUP BY n, kind) s
GROUP BY n ORDER BY n;
SELECT count(*), bool_and(histogram_labels(h) = labels) AS labels
FROM (SELECT histogram_agg(label) AS h, array_agg(DISTINCT label COLLATE "C" ORDER BY label COLLATE "C") AS labels
      FROM generate_series(1, 40) AS k, generate_series(1, 60) AS j,
           LATERAL (SELECT repeat('abcdefghijklmnopqrstuvwxyz', k % 7) || repeat('x', (k * j) % 19) || CASE WHEN j % 3 = 0 THEN repeat('y', j % 23) ELSE '' END AS label) AS l
      GROUP BY k) AS s;
SELECT histogram_bin_count(h), histogram_labels(h) = (SELECT array_agg(repeat('a', i) ORDER BY i) FROM generate_series(0, 2000) i) AS same
FROM (SELECT histogram_agg(repeat('a', i)) AS h FROM generate_series(0, 2000) i) s;

-- sum(histogram) merges
CREATE TEMP TABLE daily AS
SELECT i AS day, histogram_agg('label ' || (i * j) % 7, j % 4) AS whole, histogram_agg('l' || (i * j) % 7, j / 8.0 + i * 0.1) AS fractional
FROM generate_series(1, 40) i, generate_series(1, 5) j GROUP BY i;
SELECT sum(whole) = (SELECT histogram_agg(label, weight) FROM daily, histogram_bins(whole)) AS same, histogram_bin_count(sum(whole)) AS labels FROM daily;

-- In a moving frame: what was added is taken out again, to the label and the bit
CREATE TEMP TABLE moving AS
SELECT day, sum(whole) OVER w AS whole, sum(fractional) OVER w AS fractional, histogram_agg(day % 5) OVER w AS counted, histogram_agg(day % 3, day % 4 / 2.0) OVER w AS weighted
FROM daily WINDOW w AS (ORDER BY day ROWS BETWEEN 4 PRECEDING AND 2 PRECEDING);
SELECT count(*) AS days, count(*) FILTER (WHERE m.whole IS NOT DISTINCT FROM s.whole) AS whole, count(*) FILTER (WHERE m.fractional IS NOT DISTINCT FROM s.fractional) AS fractional,
       count(*) FILTER (WHERE m.counted IS NOT DISTINCT FROM s.counted) AS counted, count(*) FILTER (WHERE m.weighted IS NOT DISTINCT FROM s.weighted) AS weighted,
       count(*) FILTER (WHERE m.whole IS NULL) AS empty
FROM moving m, LATERAL (SELECT sum(whole) AS whole, sum(fractional) AS fractional, histogram_agg(day % 5) AS counted, histogram_agg(day % 3, day % 4 / 2.0) AS weighted
                        FROM (SELECT * FROM daily d WHERE d.day BETWEEN m.day - 4 AND m.day - 2 ORDER BY day) d) s;
-- also when the numbers are too large to be exact, or labels come with weight 0
SELECT i, sum(h) OVER (ORDER BY i ROWS 1 PRECEDING)
FROM (VALUES (1, '{"a": 9007199254740992}'::histogram), (2, '{"a": 1, "z": 0}'), (3, '{"b": 1}'), (4, NULL), (5, NULL), (6, '{}')) v (i, h);
-- or fractions, of all sizes, or once too large
SELECT count(*) AS rows, count(*) FILTER (WHERE h = (SELECT histogram_agg(j % 2, 10::float8 ^ (j * 37 % 300) * j / 7.0 ORDER BY j DESC) FROM generate_series(greatest(i - 3, 1), i) j)) AS same
FROM (SELECT i, histogram_agg(i % 2, 10::float8 ^ (i * 37 % 300) * i / 7.0) OVER (ORDER BY i ROWS 3 PRECEDING) AS h FROM generate_series(1, 200) i) s;
SELECT i, sum(h) OVER (ORDER BY i ROWS 1 PRECEDING) FROM (VALUES (1, '{"a": 0.1}'::histogram), (2, '{"a": 1e300}'), (3, '{"a": 0.3}'), (4, '{"a": 0.6}'), (5, '{"b": 0.1}')) v (i, h);
-- or begin with NULLs
SELECT i, sum(h) OVER w AS one_before, histogram_agg(v) OVER w AS counted, histogram_agg(v, i) FILTER (WHERE i > 3) OVER w AS filtered
FROM (VALUES (1, NULL::histogram, NULL), (2, '{"a": 1}', 'x'), (3, NULL, NULL), (4, '{"b": 2}', 'y'), (5, '{}', 'z'), (6, NULL, NULL)) v (i, h, v)
WINDOW w AS (ORDER BY i ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING);
-- or are many once, and few later
SELECT count(*), bool_and(histogram_bin_count(h) = CASE WHEN i <= 2 THEN 5000 ELSE 1 END) AS counts FROM
  (SELECT i, sum(h) OVER (ORDER BY i ROWS 1 PRECEDING) AS h FROM
    (SELECT 1 AS i, histogram_agg(j) AS h FROM generate_series(1, 5000) AS j UNION ALL SELECT i, '{"1": 1}' FROM generate_series(2, 50) AS i) AS s) AS t;
-- and long labels that come and go
SELECT count(*), bool_and(histogram_bin_count(h) = least(i, 3)) AS counts FROM
  (SELECT i, histogram_agg(repeat(md5(i::text), 100)) OVER (ORDER BY i ROWS 2 PRECEDING) AS h FROM generate_series(1, 200) i) s;

DROP TYPE mood;
DROP DOMAIN positive;

-- One character, and numbers of objects
SELECT histogram_agg(x::"char") FROM unnest('{a,b,a,"",\\}'::text[]) AS x;
SELECT histogram_agg(x::oid) FROM unnest('{1,4294967295,1}'::text[]) AS x;
-- Where to go with what has no labels
SELECT histogram_agg('{"a": 1}'::histogram);
SELECT histogram_agg('2026-01-01'::timestamp);
SELECT histogram_agg('1 day'::interval);
SELECT histogram_agg('1.2.3.4'::inet);
