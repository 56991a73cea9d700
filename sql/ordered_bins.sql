-- Bins that need no edges
SELECT v, left(width_bin_label(v, 5), 25) AS width, left(width_bin_label(v, 0.1), 25) AS tenths, left(width_bin_label(v, 5, origin => 2), 25) AS from_2, left(log_bin_label(v), 25) AS two, left(log_bin_label(v, 1), 25) AS one, left(log_bin_label(v, 3), 25) AS three
FROM unnest('{7,0.3,0,-0,1234.5,0.0123,-1000,-999,99.5,100,1e15,123456789,-0.7,1e-300,-1e300,1.7976931348623157e308,2e-323,1e20,Infinity,-Infinity,NaN,NULL}'::float8[]) AS v;
SELECT width_bin_label(1, NULL) IS NULL AS no_width, width_bin_label(1, 1, NULL) IS NULL AS no_origin, log_bin_label(1, NULL) IS NULL AS no_digits, width_bin_label(NULL, 5) AS null_value;
SELECT width_bin_label(i, 1, 0.5), width_bin_label(i / 10.0, 0.1), width_bin_label(i / 3.0, 1 / 3.0::float8) FROM generate_series(-1, 2) AS i;
-- Every value is between the edges that its label shows, also of widths that are no fractions of two
CREATE FUNCTION is_inside(v float8, label text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN label ~ '^[[(]' THEN CASE WHEN label ~ '^\[' THEN v >= (b[1])::float8 AND v < (b[2])::float8 ELSE v > (b[1])::float8 AND v <= (b[2])::float8 END ELSE v = label::float8 END
	FROM regexp_match(label, '^.([^,]+), (.+).$') AS b $$;
SELECT count(*), count(*) FILTER (WHERE NOT is_inside(v, width_bin_label(v, w, o))) AS outside_width, count(*) FILTER (WHERE NOT is_inside(v, log_bin_label(v, d))) AS outside_log
FROM (SELECT (i * 7919 % 10007 - 5000) * power(10::float8, i % 60 - 30) * CASE WHEN i % 5 = 0 THEN 1 ELSE 1.2345678901234567 END AS v, power(10::float8, i % 7 - 3) * CASE WHEN i % 3 = 0 THEN 1 ELSE 0.7 END AS w, CASE WHEN i % 2 = 0 THEN 0 ELSE 0.3 END AS o, (1 + i % 15)::int AS d FROM generate_series(1, 20000::bigint) AS i) AS s (v, w, o, d)
WHERE abs(v) > 0;
SELECT count(*) FILTER (WHERE NOT is_inside(v, log_bin_label(v, 2))) AS outside, count(*) FILTER (WHERE log_bin_label(v, 2) <> log_bin_label((regexp_match(log_bin_label(v, 2), '\[([^,]+),'))[1]::float8, 2)) AS edge_elsewhere
FROM (SELECT power(10::float8, i / 2.0) * (1 + abs(i % 9)) FROM generate_series(-610, 610) AS i) AS s (v);
SELECT bool_and(is_inside(v / 10, width_bin_label(v / 10, 0.1)) AND width_bin_label(v / 10, 0.1) LIKE '[' || trim_scale(v::numeric / 10) || ',%') AS tenths FROM generate_series(-1000, 1000) AS i, LATERAL (SELECT i::float8 AS v) AS s;
-- Bars are in the order of values
SELECT histogram_bars(histogram_agg(log_bin_label(v, 1)), 10) FROM unnest('{-150,-15,-1,0,1,15,150,150}'::float8[]) AS v;
SELECT width_bin_label(1, 0);
SELECT width_bin_label(1, 'Infinity');
SELECT width_bin_label(1, 'NaN');
SELECT width_bin_label(1, 1, 1e14);
SELECT width_bin_label(1, 1, 'NaN');
SELECT log_bin_label(1, 0);
SELECT log_bin_label(1, 16);

-- What a grid keeps: Wasserstein's distance within a twentieth of the mean, quantiles within their bin
SELECT abs(w - of_bins) <= 0.05 * mean AS near, is_inside(exact, log_bin_label(quantile, 2)) AS quantile
FROM (SELECT wasserstein_distance(p, q, x) AS w, wasserstein_distance(histogram_agg(log_bin_label(x)) FILTER (WHERE p = 1), histogram_agg(log_bin_label(x)) FILTER (WHERE q = 1)) AS of_bins, avg(x) FILTER (WHERE p = 1) + avg(x) FILTER (WHERE q = 1) AS mean,
			 percentile_disc(0.9) WITHIN GROUP (ORDER BY x) AS exact, histogram_quantile(histogram_agg(log_bin_label(x)), 0.9) AS quantile
	  FROM (SELECT i % 2 AS p, 1 - i % 2 AS q, exp(i * 7919 % 10007 / 1500.0::float8) * (1 + i % 2) AS x FROM generate_series(1, 10007::bigint) AS i) AS s) AS s;

-- Edges
SELECT histogram_edges('{"00 (-inf, 10)": 5, "01 [10, 20)": 30, "02 [20, 50)": 0, "03 [50, inf)": 15}'), histogram_edges('{"0 (-inf, 0)": 1, "1 [0, 0]": 5, "2 (0, 20)": 1, "3 [20, inf)": 2}') AS point, histogram_edges('{"3": 1, "(null)": 2}') AS none, histogram_edges('{}') AS empty, histogram_edges(NULL) IS NULL AS no_histogram,
	   histogram_edges('{"[0, 5)": 1, "[3, 9)": 1, "(-5, -0]": 2, "[inf, inf]": 1, "[-inf, -inf]": 1, "7": 3, "[4,4]": 1}') AS mixed;
SELECT bool_and(h = histogram_rebin(h, histogram_edges(h))) AS as_bin_label FROM (SELECT histogram_agg(bin_label(i % 12, '{-Infinity,0,2,2,5,10}')) AS h FROM generate_series(-3, 100) AS i) AS s;
SELECT histogram_edges('{"a": 1}');

-- Other edges
SELECT histogram_rebin('{"[0, 10)": 10, "[10, 20)": 30, "15": 4, "(null)": 2, "(nan)": 1}', '{5,15}'), histogram_rebin('{"3": 4, "7": 6, "(null)": 1}', '{5}') AS points, histogram_rebin('{}', '{1}') AS empty;
SELECT histogram_rebin('{"00 (-inf, 10)": 5, "01 [10, 20)": 30, "02 [20, inf)": 15}', '{10,20}') AS same, histogram_rebin('{"0 [0, 0]": 3, "1 (0, 4)": 4}', '{0,0,2,4}') AS point, histogram_rebin('{"[0, 9)": 9}', '{1,4,4,6}') AS divided, histogram_rebin('{"Infinity": 1, "-Infinity": 2}', '{0}') AS infinite;
SELECT histogram_total(histogram_rebin(h, '{1.5,3,4.25,7}')) = histogram_total(h) AS total, abs(wasserstein_distance(histogram_rebin(h, '{0,1,2.5,3,4,5.5,6,7,8}'), g) - wasserstein_distance(h, g)) < 1e-14 AS finer, abs(energy_distance(histogram_rebin(h, '{0,1,2.5,3,4,5.5,6,7,8}'), g) - energy_distance(h, g)) < 1e-14 AS energy
FROM (VALUES ('{"[0, 3)": 6, "[3, 8)": 5}'::histogram, '{"[1, 4)": 3, "[4, 7)": 3}'::histogram)) AS v (h, g);
-- Data validation's way: over the union of edges
SELECT round(jsd(histogram_rebin(a, edges), histogram_rebin(b, edges), base => 2)::numeric, 12) AS jsd FROM (VALUES ('{"[1, 2)": 2, "[2, 3)": 2}'::histogram, '{"[2, 4)": 2, "[4, 6)": 2}'::histogram)) AS v (a, b), LATERAL (SELECT ARRAY(SELECT DISTINCT unnest(histogram_edges(a) || histogram_edges(b)) ORDER BY 1) AS edges) AS e;
SELECT histogram_rebin('{"[0, 1)": 1}', '{}');
SELECT histogram_rebin('{"[0, 1)": 1}', '{1,NULL}');
SELECT histogram_rebin('{"[0, 1)": 1}', '{2,1}');
SELECT histogram_rebin('{"b": 1}', '{1,2}');

-- Quantiles
SELECT f, histogram_quantile('{"[0, 5)": 10, "[5, 10)": 20, "[10, 15)": 30, "[15, 20)": 40}', f) AS intervals, histogram_quantile('{"00 (-inf, 10)": 5, "01 [10, 20)": 30, "02 [20, 50)": 50, "03 [50, inf)": 15}', f) AS open, histogram_quantile('{"1": 1, "2": 2, "10": 1}', f) AS points, histogram_quantile('{"[0,4)": 1, "[2,6)": 1, "3": 2, "(null)": 7}', f) AS mixed
FROM unnest('{0,0.05,0.1,0.25,0.3,0.5,0.75,0.85,0.9,1}'::float8[]) AS f;
SELECT histogram_quantiles('{"[0, 5)": 10, "[5, 10)": 20, "[10, 15)": 30, "[15, 20)": 40}', '{0.9,NULL,0.25,0.9}'), histogram_quantiles('{"1": 1}', '{{0,1},{0.5,NULL}}') AS shape, histogram_quantiles('{"1": 1}', '{}') AS empty, histogram_quantiles('{"1": 0}', '{0.5}') IS NULL AS nothing, histogram_quantile('{}', 0.5) IS NULL AS no_bins, histogram_quantile('{"1": 1}', NULL) IS NULL AS no_fraction;
SELECT histogram_quantile('{"-Infinity": 1, "1": 1, "Infinity": 1}', 0.5) AS middle, histogram_quantile('{"-Infinity": 1, "1": 1}', 0.5) AS infinite, histogram_quantile('{"[-1.5e308, 1.5e308)": 1}', 0.75) AS wide;
-- the inverse of the distribution function
SELECT bool_and(abs(below - f) < 1e-14) AS inverse FROM (VALUES ('{"[0, 5)": 10, "[5, 10)": 20, "[10, 17)": 30, "[15, 20)": 40}'::histogram)) AS v (h), generate_series(1, 99) AS i, LATERAL (SELECT i / 100.0 AS f, histogram_quantile(h, i / 100.0) AS x) AS q,
	 LATERAL (SELECT sum(weight) / histogram_total(h) AS below FROM histogram_bins(histogram_rebin(h, ARRAY[x])) WHERE label LIKE '00%') AS b;
SELECT histogram_quantile('{"1": 1}', 1.5);
SELECT histogram_quantiles('{"1": 1}', '{0.5,NaN}');
SELECT histogram_quantile('{"x": 1}', 0.5);
