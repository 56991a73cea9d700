-- Ordered measures over histograms: values are rounded, or exact by definition

-- Numbers stand at points, intervals are spread, open bins stand at their edge
SELECT wasserstein_distance('{"18": 3, "21": 10, "35.5": 7}'::histogram, '{"18": 1, "22": 12, "35.5": 7, "40": 2}') AS w, round(ks_statistic('{"18": 3, "21": 10, "35.5": 7}'::histogram, '{"18": 1, "22": 12, "35.5": 7, "40": 2}')::numeric, 12) AS ks;
SELECT wasserstein_distance(p, q) AS w, round(energy_distance(p, q)::numeric, 12) AS e, round(ks_statistic(p, q)::numeric, 12) AS ks
FROM (VALUES ('{"00 (-inf, 10)": 5, "01 [10, 20)": 30, "02 [20, 50)": 50, "03 [50, inf)": 15}'::histogram, '{"00 (-inf, 10)": 10, "01 [10, 20)": 20, "02 [20, 50)": 40, "03 [50, inf)": 30}'::histogram),
			 ('{"[0, 5)": 10, "[5, 10)": 20, "[10, 15)": 30, "[15, 20)": 40}', '{"[0, 4)": 12, "[4, 12)": 50, "[12, 20)": 38}'), ('{"[0, 1)": 1}', '{"[1, 2)": 1}'), ('{"3": 1, "[0, 2)": 1}', '{"[2, 4)": 2}'),
			 ('{"[0, 1]": 2, "(1, 3]": 2}', '{"0 [0,3)": 1}'), ('{"[0,2)": 1, "[1,3)": 1}', '{"[0,3)": 1}')) AS v (p, q);

-- What labels are positions: of histogram_agg, bin_label, ranges; written in any way
SELECT label, wasserstein_distance(histogram(ARRAY[label], ARRAY[1]), '{"0": 1}') AS from_0
FROM unnest(ARRAY['7', '-7', '-0', '0.250', '1e3', '-2.5E-1', '123456789012345678901234567890', '0.1234567890123456789', '0000000000000000000001', 'Infinity', '-Infinity', '[7, 7]', '(7, 7)', '01 [2, 4)', '[2,4)', '(2,4]', '(-4, -2)', '[1e+15, 1e+15]', '(-inf, 5)', '(,5)', '[5,)', '[5, inf)', '[inf, inf]', '[-inf, -inf]', '000123 [0.5, 1.5]']) AS label;
SELECT wasserstein_distance(histogram_agg(x), histogram_agg(y)) AS floats, wasserstein_distance(histogram_agg(x::numeric), histogram_agg(y::int)) AS numbers, wasserstein_distance(histogram_agg(int4range(x::int, x::int + 2)::text), histogram_agg(int4range(y::int, y::int + 2)::text)) AS ranges,
	   wasserstein_distance(histogram_agg(bin_label(x, '{0,2,4,6,8,10}')), histogram_agg(bin_label(y, '{0,2,4,6,8,10}'))) AS bins, wasserstein_distance(histogram_agg(numrange(x::numeric, y::numeric)::text), histogram_agg(x)) AS mixed
FROM (SELECT (i % 5)::float8 AS x, (i % 5 + 2)::float8 AS y FROM generate_series(1, 100) AS i) AS s;

-- Left out: what is nowhere, and what weighs nothing
SELECT wasserstein_distance('{"1": 1, "(null)": 5, "(nan)": 3}'::histogram, '{"3": 2, "(null)": 1}') AS w, wasserstein_distance('{"(null)": 5}'::histogram, '{"3": 2}') IS NULL AS nothing, wasserstein_distance('{"1": 0}'::histogram, '{"2": 1}') IS NULL AS zero, wasserstein_distance('{}'::histogram, '{"2": 1}') IS NULL AS empty,
	   wasserstein_distance('{"1": 1, "99": 0}'::histogram, '{"2": 1}') AS weightless, wasserstein_distance(NULL::histogram, '{"2": 1}') IS NULL AS no_histogram;

-- Exactly 0 for the same shares, also where labels are written differently; symmetric
SELECT wasserstein_distance('{"[0, 1)": 1, "[1, 3)": 2}'::histogram, '{"0 [0.0, 1.0]": 5, "1 (1, 3)": 10}') AS w, ks_statistic('{"1": 3}'::histogram, '{"1.0": 1, "01": 1}') AS ks;
SELECT bool_and(wasserstein_distance(p, q) = wasserstein_distance(q, p) AND energy_distance(p, q) = energy_distance(q, p) AND ks_statistic(p, q) = ks_statistic(q, p)) AS symmetric, bool_and(ks_statistic(p, q) <= total_variation(p, q)) AS by_tv
FROM (SELECT histogram_agg(bin_label(i * i % 97, '{3,10,11,30,60}')) AS p, histogram_agg(bin_label(i * k % 89, '{3,10,11,30,60}')) AS q FROM generate_series(1, 200) AS i, generate_series(1, 20) AS k GROUP BY k) AS s;
-- Points have the bits of arrays and rows
SELECT wasserstein_distance(hp, hq) = wasserstein_distance(p, q, x) AND energy_distance(hp, hq) = energy_distance(p, q, x) AND ks_statistic(hp, hq) = ks_statistic(p, q, x) AS same
FROM (SELECT histogram_agg(x, p) AS hp, histogram_agg(x, q) AS hq, array_agg(p) AS p, array_agg(q) AS q, array_agg(x) AS x FROM (SELECT (i * 7919 % 1009)::float8 / 100 AS x, (i % 7)::float8 / 3 AS p, (i % 11)::float8 / 7 AS q FROM generate_series(1, 1000) AS i) AS s) AS s;
-- What is no position
SELECT wasserstein_distance('{"1": 1, "(other)": 1}'::histogram, '{"1": 1}');
SELECT wasserstein_distance('{"1": 1}'::histogram, '{"NaN": 1}');
SELECT wasserstein_distance('{"1": 1}'::histogram, '{"a": 0}');
DO $$
DECLARE
	label text;
	wrong text;
BEGIN
	FOREACH label IN ARRAY ARRAY['', ' 1', '1 ', '+1', '.', '-', '1.2.3', '0x10', '[0x1, 2)', '[2, 1)', '[nan, 1)', '[1, nan)', '[1e999, 2)', '(-inf, 1e999)', '1e999', '(-inf, inf)', '(,)', '[,5)', '(5,]', '(inf, -inf)', '[1, 2', '[1; 2)', '[1,  2)', 'a [1, 2)', '1  [1, 2)', '-1 [1, 2)',
		'[2024-01-01,2024-01-08)', '[1, 2) ', '{1}', 'empty', repeat('9', 400), '[' || repeat('1', 200) || ', 2)', repeat('x', 1000000), '[' || repeat(' ', 1000000), repeat('9', 1000000) || 'x'] LOOP
		BEGIN
			PERFORM ks_statistic(histogram(ARRAY[label], ARRAY[1]), '{"0": 1}');
			RAISE NOTICE 'taken: %', left(label, 30);
		EXCEPTION WHEN invalid_parameter_value THEN
			GET STACKED DIAGNOSTICS wrong = PG_EXCEPTION_DETAIL;
			IF wrong NOT LIKE 'Argument "p" has the label "' || left(label, 100) || '%' THEN
				RAISE NOTICE '%', wrong;
			END IF;
		END;
	END LOOP;
END $$;

-- Where labels are is kept for the next row: rows whose labels change in every row, or seldom, and labels at the same place with other weights
CREATE TEMP TABLE changing AS
SELECT i, histogram(ARRAY(SELECT CASE i % 3 WHEN 0 THEN format('[%s, %s)', 10 * b, 10 * b + 10) WHEN 1 THEN format('0%s [%s, %s)', b, 10 * b, 10 * b + 10) ELSE (b * 7)::text END FROM generate_series(0, 11 - i % 2) AS b) || '{"[0, 10)x","0 [0, 10)"}'::text[],
	ARRAY(SELECT (b * i * 7919 % 13)::float8 FROM generate_series(0, 11 - i % 2) AS b) || ARRAY[0, i % 4]::float8[]) AS h FROM generate_series(1, 60) AS i;
UPDATE changing SET h = histogram_keep(h, array_remove(histogram_labels(h), '[0, 10)x'), other => NULL);
SELECT count(*) AS pairs, bool_and(float8send(a.w) = float8send(b.w) AND float8send(a.ks) = float8send(b.ks)) AS same
FROM (SELECT p.i, q.i AS j, wasserstein_distance(p.h, q.h) AS w, ks_statistic(p.h, q.h) AS ks FROM (SELECT * FROM changing ORDER BY i) AS p, (SELECT * FROM changing ORDER BY i) AS q OFFSET 0) AS a
JOIN (SELECT p.i, q.i AS j, wasserstein_distance(q.h, p.h) AS w, ks_statistic(q.h, p.h) AS ks FROM (SELECT * FROM changing ORDER BY i % 6, i) AS p, (SELECT * FROM changing ORDER BY i % 3 DESC, i) AS q OFFSET 0) AS b USING (i, j);
SELECT i, wasserstein_distance(h, CASE WHEN i < 3 THEN h ELSE '{"word": 1}' END) AS w FROM changing WHERE i < 5 ORDER BY i;
