-- histograms_agg(column, ...): a histogram of each column

CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN positive AS integer CHECK (value > 0);
CREATE DOMAIN name_of AS text;
CREATE DOMAIN cuts AS float8[];
CREATE TEMP TABLE columns AS
SELECT i, i % 3 AS g, NULLIF(i % 7, 3)::smallint AS small, i % 5 - 2 AS int, (i % 4 - 1) * 1000000000000000 + i % 2 AS big, (i % 3)::float8 / 10 - 0.0 AS double, (i % 3 / 10.0)::real AS single,
    CASE i % 6 WHEN 0 THEN 1.0 WHEN 1 THEN 1.00 WHEN 2 THEN 'NaN' WHEN 3 THEN NULL ELSE i % 2 / 7.0 END::numeric AS num, i % 2 = 0 AS bool, date '2026-01-01' + i % 4 AS date,
    CASE i % 4 WHEN 0 THEN '' WHEN 1 THEN 'short' WHEN 2 THEN repeat('long ', i % 9) WHEN 3 THEN NULL END AS text, ('a' || i % 2)::char(5) AS char, ('v' || i % 3)::varchar AS varchar, ('n' || i % 2)::name AS name,
    (CASE i % 2 WHEN 0 THEN 'sad' ELSE 'ok' END)::mood AS mood, (1 + i % 2)::positive AS domain, ('d' || i % 2)::name_of AS name_of, md5((i % 3)::text)::uuid AS uuid, (i % 9 * 1000)::oid AS oid,
    CASE i % 11 WHEN 0 THEN NULL WHEN 1 THEN 'NaN'::float8 WHEN 2 THEN 'Infinity' WHEN 3 THEN -0.0 ELSE i % 40 END AS x, NULL::text AS nothing
FROM generate_series(1, 1000) AS i;

-- its labels are those of histogram_agg, of every type
SELECT g, histograms_agg(small, int, big, double, single, num, bool, date, text, char, varchar, name, mood, domain, name_of, uuid, oid, nothing)
    = ARRAY[histogram_agg(small), histogram_agg(int), histogram_agg(big), histogram_agg(double), histogram_agg(single), histogram_agg(num), histogram_agg(bool), histogram_agg(date), histogram_agg(text),
            histogram_agg(char), histogram_agg(varchar), histogram_agg(name), histogram_agg(mood), histogram_agg(domain), histogram_agg(name_of), histogram_agg(uuid), histogram_agg(oid), '{}'] AS same
FROM columns GROUP BY GROUPING SETS ((g), ()) ORDER BY g;
-- and its bins those of bin_label, of every type of numbers
SELECT g, histograms_agg(x, '{0,0,20}'::float8[], small, '{2}'::cuts, int, ARRAY[0, 1]::float8[], big, '{1e15}'::float8[], single, '{0.1,0.2}'::float8[], num, '{0.5,1,1}'::float8[], domain, '{2}'::float8[], text)
    = ARRAY[histogram_agg(bin_label(x, '{0,0,20}')), histogram_agg(bin_label(small, '{2}')), histogram_agg(bin_label(int, ARRAY[0, 1])), histogram_agg(bin_label(big, '{1e15}')), histogram_agg(bin_label(single, '{0.1,0.2}')),
            histogram_agg(bin_label(num::float8, '{0.5,1,1}')), histogram_agg(bin_label(domain, '{2}')), histogram_agg(text)] AS same
FROM columns GROUP BY GROUPING SETS ((g), ()) ORDER BY g;
SELECT histograms_agg(i % 2, i / 2.0::float8, '{1,1,3}'::float8[], nothing, 'a'::text) FROM columns WHERE i < 8;
-- a numeric beyond double precision is in the outer bin, or with 0
SELECT histograms_agg(x, '{0,1,1}'::float8[]) FROM unnest('{1e400,-1e400,1e-400,1,NaN}'::numeric[]) AS x;
-- numbers too large to be kept as numbers, and then small ones, and the other way round
SELECT histogram_agg(v ORDER BY v) = h AND histogram_agg(v ORDER BY v DESC) = h AND histogram_agg(v ORDER BY v % 7) = h AND sum(one) = h AS same, histogram_labels(h) AS labels
FROM unnest('{999999999999999,1000000000000000,-999999999999999,-1000000000000000,0,1,-1,10,100,-10,2,19,9223372036854775807,-9223372036854775808,1}'::bigint[]) AS v,
     LATERAL (SELECT histogram(ARRAY[v::text], ARRAY[1]) AS one) AS o, (SELECT histogram_agg(v::text) AS h FROM unnest('{999999999999999,1000000000000000,-999999999999999,-1000000000000000,0,1,-1,10,100,-10,2,19,9223372036854775807,-9223372036854775808,1}'::bigint[]) AS v) AS s
GROUP BY h;
SELECT histogram_agg(i * i * i - 1000000) = histogram_agg((i * i * i - 1000000)::text) AS same FROM generate_series(1, 3000::bigint) AS i;
-- numbers near each other have counts of their own: wider and wider above and below, farther away than is kept so, and around the ends of the numbers
CREATE TEMP TABLE near AS
SELECT name, i, v FROM generate_series(1, 6000) AS i, LATERAL (VALUES
    ('around 0', (i * 7919 % 301 - 150)::bigint), ('downwards', -(i / 3)), ('upwards', i / 3 % 1024), ('both ways', CASE i % 2 WHEN 0 THEN i / 12 ELSE -i / 12 END), ('a step too far', CASE WHEN i < 3000 THEN i % 20 ELSE i % 2000 END),
    ('far at last', CASE WHEN i < 5000 THEN i % 20 ELSE (i % 20) * 1000000007::bigint END), ('at the end', 9223372036854775807 - i % 40), ('at the beginning', -9223372036854775808 + i % 40),
    ('both ends', CASE i % 2 WHEN 0 THEN 9223372036854775807 - i % 30 ELSE -9223372036854775808 + i % 30 END), ('in blocks', i / 100 % 8 * 128 + i % 3)) AS sequences (name, v);
SELECT name, histograms_agg(v) = ARRAY[histogram_agg(v::text)] AS same, histograms_agg(v ORDER BY i DESC) = ARRAY[histogram_agg(v::text)] AS backwards,
    histograms_agg(CASE WHEN v BETWEEN -30000 AND 30000 THEN v END::int2, CASE WHEN v BETWEEN -2000000000 AND 2000000000 THEN v END::int4) = ARRAY[COALESCE(histogram_agg(CASE WHEN v BETWEEN -30000 AND 30000 THEN v END::text), '{}'), COALESCE(histogram_agg(CASE WHEN v BETWEEN -2000000000 AND 2000000000 THEN v END::text), '{}')] AS narrower
FROM near GROUP BY name ORDER BY name;
-- in a moving frame too
SELECT count(*) AS rows, count(*) FILTER (WHERE a = b) AS same
FROM (SELECT histogram_agg(v) OVER w AS a, histogram_agg(v::text) OVER w AS b FROM (SELECT i, CASE WHEN i % 50 < 40 THEN i % 7 ELSE 1000000000000000000 + i END::bigint AS v FROM generate_series(1, 300) AS i) AS s WINDOW w AS (ORDER BY i ROWS 9 PRECEDING)) AS s;
-- texts around the lengths at which they are kept in another way
SELECT n, histogram_labels(histogram_agg(left('abcdefghijklmnopqrstuvwxyz', n) || c)) = array_agg(DISTINCT left('abcdefghijklmnopqrstuvwxyz', n) || c COLLATE "C" ORDER BY left('abcdefghijklmnopqrstuvwxyz', n) || c COLLATE "C") AS same
FROM generate_series(0, 20) AS n, unnest('{"",x,yy,zzz,"é",ééé}'::text[]) AS c, generate_series(1, 2) GROUP BY n ORDER BY n;

-- no value: {}; no row: NULL
SELECT histograms_agg(nothing, x, '{1}'::float8[]) FROM columns WHERE i = 11;
SELECT histograms_agg(i, nothing) FROM columns WHERE false;

-- too many values: NULL, the other columns go on; as many as are not too many are kept
SELECT n, h[1] IS NULL AS too_many, histogram_bin_count(h[2]) AS others, histogram_bin_count(h[3]) AS binned, histogram_total(h[4]) AS total
FROM unnest('{9999,10000,10001,20000}'::int[]) AS n, LATERAL (SELECT histograms_agg(i, i % 10000, i, ARRAY[5]::float8[], i % 3) AS h FROM generate_series(1, n) AS i) AS s;
SELECT h[1] IS NULL AS numbers, h[2] IS NULL AS texts, h[3] IS NULL AS long_texts, h[4] IS NULL AS one_text, histogram_bin_count(h[5]) AS enough
FROM (SELECT histograms_agg(i, 'text ' || i, repeat('x', 1000) || i % 5000, CASE WHEN i = 500 THEN repeat('x', 4000001) END, repeat('x', 1000) || i % 3900) AS h FROM generate_series(1, 20000) AS i) AS s;
SELECT count(h[1]) AS columns, count(*) AS groups FROM (SELECT i % 3 AS g, histograms_agg(CASE i % 3 WHEN 0 THEN i ELSE i % 5 END) AS h FROM generate_series(1, 40000) AS i GROUP BY 1) AS s;

SET kldiv.max_column_values = 3;
SELECT n, h[1] IS NULL AS numbers, h[2] IS NULL AS texts, histogram_bin_count(h[3]) AS binned
FROM unnest('{3,4}'::int[]) AS n, LATERAL (SELECT histograms_agg(i, 'text ' || i, i, ARRAY[1, 2, 3, 4]::float8[]) AS h FROM generate_series(1, n) AS i) AS s;
SELECT n, histograms_agg(repeat('x', n) || 'é') IS DISTINCT FROM ARRAY[NULL]::histogram[] AS enough FROM unnest('{1198,1199}'::int[]) AS n GROUP BY n ORDER BY n;
-- of too many values it is still known how many rows have one, however often each came before
SELECT kldiv_column_facts(CASE WHEN i <= 100 THEN i % 3 ELSE i END, 'text ' || CASE WHEN i <= 100 THEN i % 3 ELSE NULLIF(i, 200) END) FROM generate_series(1, 200) AS i;
RESET kldiv.max_column_values;
SET kldiv.max_column_values = 0;
SET kldiv.max_column_values = 1000001;

-- values that come again and again: texts as rows of a table have them, of all lengths, and numbers of all sizes; few and many
CREATE TEMP TABLE again AS
SELECT i, left('zyxwvutsrqponmlkjihg', n) || c AS text, c || left('zyxwvutsrqponmlkjihg', n) AS other, (i % 2 * 2 - 1) * 3::bigint ^ (i % 40) AS big, CASE i % 5 WHEN 0 THEN -32768 WHEN 1 THEN 32767 ELSE i % 3 - 1 END::smallint AS small,
    CASE i % 7 WHEN 0 THEN -2147483648 WHEN 1 THEN 2147483647 ELSE i % 4 - 2 END::int AS int, 'v' || i % 1023 AS few, 'v' || i % 1024 AS most, 'v' || i / 2 % 1025 AS many, i % 3000 - 1500 AS numbers
FROM (SELECT row_number() OVER ()::int AS i, n, c FROM generate_series(1, 60), generate_series(0, 20) AS n, unnest('{"",x,yy,zzz,"é"}'::text[]) AS c) AS s;
SELECT g, histograms_agg(text, other, big::bigint, small, int, few, most, many, numbers)
    = ARRAY[histogram_agg(text), histogram_agg(other), histogram_agg(big::bigint), histogram_agg(small), histogram_agg(int), histogram_agg(few), histogram_agg(most), histogram_agg(many), histogram_agg(numbers)] AS same
FROM (SELECT *, i % 3 AS g FROM again) AS s GROUP BY GROUPING SETS ((g), ()) ORDER BY g;
SELECT histogram_bin_count(h[1]) AS texts, histogram_total(h[1]) AS rows, histogram_total(h[2]) AS numbers FROM (SELECT histograms_agg(text, numbers) AS h FROM again) AS s;
-- whether they are written before they are counted or not, and read again and again
SELECT histograms_agg(CASE WHEN i % 2 = 0 THEN text ELSE text || '' END, many) = ARRAY[histogram_agg(text), histogram_agg(many)] AS same FROM again;
SELECT count(*) AS frames, bool_and(a = ARRAY[b, c]) AS same FROM (SELECT histograms_agg(text, big::bigint) OVER w AS a, histogram_agg(text) OVER w AS b, histogram_agg(big::bigint) OVER w AS c FROM again WHERE i <= 500 WINDOW w AS (ORDER BY i)) AS s;

-- wherever aggregates can be
SELECT g, histograms_agg(bool, mood ORDER BY i DESC) FILTER (WHERE i < 20) AS some, histograms_agg(DISTINCT bool, mood) AS pairs FROM columns GROUP BY g ORDER BY g;
SELECT i, histograms_agg(bool, i) OVER (ORDER BY i ROWS 1 PRECEDING) FROM columns WHERE i < 4;
-- edges that are no constants, as long as they are the same
SELECT histograms_agg(x, e.edges) FROM columns, (VALUES ('{10,20}'::float8[])) AS e (edges);
SELECT histograms_agg(x, (SELECT array_agg(q::float8 ORDER BY q) FROM generate_series(10, 20, 10) AS q)) FROM columns;
SELECT histograms_agg(x, CASE WHEN i = 500 THEN '{10,21}' ELSE '{10,20}' END::float8[]) FROM columns;
SELECT histograms_agg(x, CASE WHEN i = 500 THEN NULL ELSE '{10,20}' END::float8[]) FROM columns;
SELECT g, histograms_agg(x, ARRAY[g]::float8[]) FROM columns GROUP BY g;
SELECT histograms_agg(1, '{2,1}'::float8[]);
SELECT histograms_agg(1, '{}'::float8[]);
SELECT histogram_bin_count((histograms_agg(i, edges))[1]) FROM generate_series(1, 2000) AS i, (SELECT array_agg(j::float8 ORDER BY j) AS edges FROM generate_series(1, 1000) AS j) AS e;
SELECT histograms_agg(i, edges) FROM generate_series(1, 2000) AS i, (SELECT array_agg(j::float8 ORDER BY j) AS edges FROM generate_series(1, 1001) AS j) AS e;

-- what is no column, and no edges
SELECT histograms_agg(x, '{1,2}') FROM columns;
SELECT histograms_agg(x, ARRAY[0.1, 0.2]) FROM columns;
SELECT histograms_agg(x, ARRAY[1, 2]) FROM columns;
SELECT histograms_agg('a') FROM columns;
SELECT histograms_agg(text, '{1,2}'::float8[]) FROM columns;
SELECT histograms_agg('{1,2}'::float8[], x) FROM columns;
SELECT histograms_agg(x, '{1,2}'::float8[], '{1,2}'::float8[]) FROM columns;
SELECT histograms_agg(text, ARRAY['a']) FROM columns;
SELECT histograms_agg(c) FROM columns AS c;
SELECT histograms_agg(c.*) FROM columns AS c;
SELECT histograms_agg(ROW(1, 2));
SELECT histograms_agg(VARIADIC ARRAY['a', 'b']);
SELECT histograms_agg(now());
SELECT histograms_agg(h) FROM (SELECT histogram_agg(i) AS h FROM columns) AS s;
\set columns '1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1'
SELECT cardinality(histograms_agg(:columns, :columns, :columns)) AS columns;

DROP TYPE mood CASCADE;
DROP DOMAIN positive CASCADE;
DROP DOMAIN name_of CASCADE;
DROP DOMAIN cuts;
