-- Comparison, hashing and arithmetic of histograms

-- Equal are the same labels with the same weights; weight 0 is not nothing
SELECT a, b, a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge
FROM (VALUES ('{"a": 1, "b": 2}'::histogram, '{"b": 2, "a": 1}'::histogram), ('{"a": 1}', '{"a": 1, "b": 0}'),
             ('{"a": 1}', '{"a": 2}'), ('{"b": 1}', '{"a": 2}'), ('{}', '{}'), ('{}', '{"a": 0}'),
             ('{"a": 1, "c": 1}', '{"a": 1, "b": 9}'), ('{"ab": 1}', '{"a": 1}'), ('{"a": 0}', '{"a": -0.0}')) v (a, b);

-- A total order, hashes that agree with it
CREATE TEMP TABLE various AS
SELECT histogram_agg(chr(97 + (i * j) % 3), (i + j) % 3) AS h FROM generate_series(1, 30) i, generate_series(1, 4) j GROUP BY i
UNION ALL SELECT '{}' UNION ALL SELECT '{"a": 0}' UNION ALL SELECT histogram_agg('long label ' || i % 3) FROM generate_series(1, 9) i GROUP BY i % 2;
SELECT count(*) AS pairs,
       count(*) FILTER (WHERE (a.h < b.h)::int + (a.h = b.h)::int + (a.h > b.h)::int <> 1) AS not_one_of_three,
       count(*) FILTER (WHERE (a.h < b.h) <> (b.h > a.h) OR (a.h <= b.h) <> (b.h >= a.h) OR (a.h <= b.h) <> NOT (a.h > b.h)) AS not_mirrored,
       count(*) FILTER (WHERE (a.h = b.h) <> (a.h::text = b.h::text)) AS not_as_text,
       count(*) FILTER (WHERE a.h = b.h AND (histogram_hash(a.h) <> histogram_hash(b.h)
                                             OR histogram_hash_extended(a.h, 42) <> histogram_hash_extended(b.h, 42))) AS bad_hashes,
       count(*) FILTER (WHERE a.h <> b.h AND histogram_hash(a.h) = histogram_hash(b.h)) AS collisions
FROM various a, various b;
SELECT count(*) AS not_transitive FROM various a, various b, various c WHERE a.h < b.h AND b.h < c.h AND NOT a.h < c.h;
SELECT histogram_hash('{"a": 1}') = (histogram_hash_extended('{"a": 1}', 0) & 4294967295)::bit(32)::int AS low_half;

-- Sorting, grouping, joining and indexing by them
CREATE TEMP TABLE kept (h histogram PRIMARY KEY);
INSERT INTO kept SELECT DISTINCT h FROM various;
INSERT INTO kept SELECT h FROM various LIMIT 1;
SET enable_hashagg = off; SET enable_hashjoin = off; SET enable_nestloop = off;
SELECT count(*), sum(n) FROM (SELECT h, count(*) AS n FROM various GROUP BY h) s;
SELECT count(*) FROM kept JOIN various USING (h);
SET enable_hashagg = on; SET enable_sort = off; SET enable_hashjoin = on; SET enable_mergejoin = off;
SELECT count(*), sum(n) FROM (SELECT h, count(*) AS n FROM various GROUP BY h) s;
SELECT count(*) FROM kept JOIN various USING (h);
RESET ALL;
SELECT array_agg(h ORDER BY h) = (SELECT array_agg(h) FROM (SELECT h FROM kept ORDER BY h DESC) s) AS reversed FROM kept;
CREATE INDEX ON various USING hash (h);
SET enable_seqscan = off;
SELECT h FROM various WHERE h = '{"a": 0}';
SELECT min(h::text COLLATE "C") FROM kept WHERE h <= '{"a": 0}';
RESET enable_seqscan;
CREATE TEMP TABLE parts (h histogram) PARTITION BY HASH (h);
CREATE TEMP TABLE part_0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TEMP TABLE part_1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parts SELECT h FROM various;
SELECT count(*) FROM parts WHERE h = '{"a": 0}';

-- Arithmetic
SELECT a + b AS plus, b + a = a + b AS commutes, a * 2 AS twice, 0.5 * a AS half, a * 0 AS nothing, (a + b) - b = a + b * 0 AS back
FROM (VALUES ('{"a": 1, "b": 2}'::histogram, '{"b": 3, "long label": 0.5}'::histogram), ('{}', '{"a": 1}'), ('{}', '{}')) v (a, b);
SELECT '{"a": 3, "b": 1}'::histogram - '{"a": 1, "c": 0}'::histogram;
SELECT NULL + '{"a": 1}'::histogram, '{"a": 1}'::histogram * NULL;
SELECT '{"a": 3}'::histogram - '{"a": 4}'::histogram;
SELECT '{"a": 3}'::histogram - '{"b": 1}'::histogram;
SELECT '{"a": 3}'::histogram * -1;
SELECT 'NaN' * '{"a": 3}'::histogram;
SELECT '{"a": 3}'::histogram * 'Infinity';
SELECT '{"a": 1e308}'::histogram * 10;
SELECT '{"a": 1e308}'::histogram + '{"b": 1e308}';

-- Fractions leave rounding noise, which is 0 where it would be negative; whole numbers have none
SELECT '{"a": 0.3}'::histogram - '{"a": 0.1}' - '{"a": 0.2}' AS nothing, '{"a": 0.7}'::histogram - '{"a": 0.1}' - '{"a": 0.6}' AS noise;
CREATE FUNCTION pay_out(h histogram, part histogram, times int) RETURNS histogram LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1 .. times LOOP
		h := h - part;
	END LOOP;
	RETURN h;
END $$;
SELECT part, times, round(weight::numeric, 9) AS rest
FROM (VALUES (0.1, 10), (0.1, 1000), (0.01, 1000), (19.99, 365), (0.07, 1000), (1.1, 1000), (0.3, 3)) v (part, times),
     histogram_bins(pay_out(histogram('{a}', ARRAY[part * times]), histogram('{a}', ARRAY[part]), times));
SELECT '{"a": 0.3}'::histogram - '{"a": 0.30000001}'::histogram;
SELECT '{"a": 0.3}'::histogram - '{"a": 0.3, "b": 1e-20}'::histogram;
SELECT '{"a": 9007199254740991}'::histogram - '{"a": 9007199254740992}'::histogram;
DROP FUNCTION pay_out;
-- A weight by its label, and a histogram divided
SELECT h -> 'a' AS a, h -> 'nothing' AS nothing, h -> NULL AS unknown, (h -> 'a') / 2 AS half_of_it, h / 2 AS half, (h / 3) * 3 = h AS back, h / 0.1 AS tenfold
FROM (VALUES ('{"a": 1.5, "b": 3}'::histogram), ('{}')) v (h);
SELECT '{"a": 3}'::histogram / NULL, '{"a": 0}'::histogram / 5e-324;
SELECT '{"a": 3}'::histogram / 0;
SELECT '{"a": 3}'::histogram / -1;
SELECT '{"a": 3}'::histogram / 'NaN';
SELECT '{"a": 3}'::histogram / 'Infinity';
SELECT '{"a": 3}'::histogram / 1e-308;
