-- Dependence of two variables over tables, histograms of pairs and rows: values are rounded, or exact by definition

-- A table: x in rows, y in columns. Cover and Thomas, example 2.2.1
SELECT mutual_information(t, base => 2) AS i, conditional_entropy(t, base => 2) AS left_open, theils_u(t) AS u, round(normalized_mutual_information(t)::numeric, 12) AS nmi
FROM (VALUES ('{{0.125,0.0625,0.03125,0.03125},{0.0625,0.125,0.03125,0.03125},{0.0625,0.0625,0.0625,0.0625},{0.25,0,0,0}}'::float8[])) AS v (t);
-- of other types, with NULLs and other lower bounds; in nats if nothing is said
SELECT mutual_information('{{1,0},{0,1}}'::int[], base => 2) AS ints, mutual_information(ARRAY[[1, NULL], [NULL, 1]], base => 4) AS nulls, mutual_information('[5:6][0:1]={{2,0},{0,2}}'::float8[]) = ln(2) AS bounds,
	   theils_u('{{3,1},{1,3}}'::real[]) = theils_u('{{3,1},{1,3}}'::float8[]) AS reals, product_of_margins('[5:6][0:1]={{1,2},{3,4}}'::float8[]) AS product, product_of_margins('{{1,NULL},{2,0}}'::real[]) AS of_reals;

-- Exactly 0 for independent counts, whatever their size, and never negative; one count of 2.5e13 is seen, and so are rates of 1.000e-9 and 1.001e-9
SELECT mutual_information(ARRAY(SELECT ARRAY(SELECT r * c * size FROM unnest('{1,7,30,1001}'::float8[]) AS c) FROM unnest('{3,8,25}'::float8[]) AS r)) AS i, theils_u(ARRAY(SELECT ARRAY(SELECT r * c * size FROM unnest('{1,7,30,1001}'::float8[]) AS c) FROM unnest('{3,8,25}'::float8[]) AS r)) AS u
FROM unnest('{1,1e10}'::float8[]) AS size;
SELECT round((mutual_information('{{2500000000000,5000000000000},{5000000000001,10000000000000}}'::float8[]) * 1e27)::numeric, 6) AS one_count, round((mutual_information('{{1000000,1000000000000000},{1001000,1000000000000000}}'::float8[]) * 1e16)::numeric, 6) AS rates;
SELECT count(*) FILTER (WHERE i < 0) AS negative, count(*) FILTER (WHERE i = 0) AS zeros
FROM generate_series(1, 300) AS k, mutual_information(ARRAY[[k * 3e9, k * 7e9, k * 11e9], [k * 6e9 + k % 2, k * 14e9, k * 22e9]]) AS i;

-- Where one variable determines the other, all is explained; no more than that ever is
SELECT theils_u(t) AS of_x, theils_u(turned) AS of_y, normalized_mutual_information(t) < 1 AS nmi, conditional_entropy(t) AS left_open, mutual_information(t) = entropy('{12,12}'::float8[]) AS is_entropy
FROM (VALUES ('{{5,0,7},{0,12,0}}'::float8[], '{{5,0},{0,12},{7,0}}'::float8[])) AS v (t, turned);
SELECT bool_and(i = mutual_information(turned)) AS symmetric, bool_and(i <= entropy(x) AND i <= entropy(y) AND left_open <= entropy(x)) AS bounded, bool_and(theils_u(t) <= 1 AND normalized_mutual_information(t) <= 1) AS shares,
	   bool_and(abs(i + left_open - entropy(x)) <= 1e-14) AS chain, bool_and(abs(kl_divergence(t, product_of_margins(t)) - i) <= 1e-15 + 1e-13 * i) AS divergence, bool_and(mutual_information(merged) <= i * (1 + 1e-14)) AS processed
FROM (SELECT k, array_agg(row ORDER BY r) AS t, array_agg(merged ORDER BY r) AS merged, array_agg((SELECT sum(n) FROM unnest(row) AS n) ORDER BY r) AS x
	  FROM generate_series(1, 60) AS k, generate_series(1, 5) AS r, LATERAL (SELECT array_agg((k * r * c * 7919 % 23)::float8 / CASE WHEN k % 2 = 0 THEN 7 ELSE 1 END ORDER BY c) AS row FROM generate_series(1, 4) AS c) AS row, LATERAL (SELECT ARRAY[row[1] + row[2], row[3] + row[4]] AS merged) AS m GROUP BY k) AS t,
	 LATERAL (SELECT array_agg(ARRAY[t[1][c], t[2][c], t[3][c], t[4][c], t[5][c]] ORDER BY c) AS turned, array_agg(t[1][c] + t[2][c] + t[3][c] + t[4][c] + t[5][c] ORDER BY c) AS y FROM generate_series(1, 4) AS c) AS turned, LATERAL (SELECT mutual_information(t) AS i, conditional_entropy(t) AS left_open) AS v;

-- NULL, 0, empty, and nothing to explain
SELECT mutual_information(NULL::float8[]) IS NULL AS null_table, mutual_information('{}'::float8[]) IS NULL AS empty, mutual_information('{{0,0},{0,NULL}}'::float8[]) IS NULL AS zeros, mutual_information('{}'::histogram) IS NULL AS empty_histogram, product_of_margins('{}'::histogram) IS NULL AS empty_product, product_of_margins('{{0}}'::float8[]) IS NULL AS zero_product,
	   mutual_information('{{1,2}}'::float8[]) AS one_row, conditional_entropy('{{1,2}}'::float8[]) AS of_one_row, theils_u('{{1,2}}'::float8[]) IS NULL AS u_of_one_row, theils_u('{{1},{2}}'::float8[]) AS u_of_one_column, normalized_mutual_information('{{1,2}}'::float8[]) AS nmi_of_one_row, normalized_mutual_information('{{3}}'::float8[]) IS NULL AS nmi_of_one_cell;

-- Histograms of pairs, and what is expected of all of them
SELECT mutual_information(h, base => 2) AS i, conditional_entropy(h, base => 2) AS left_open, theils_u(h) AS u, normalized_mutual_information(h) AS nmi, product_of_margins(h) AS product FROM (VALUES ('{"[\"a\", 1]": 3, "[\"b\", 2]": 3}'::histogram)) AS v (h);
SELECT mutual_information(h) = mutual_information('{{7,2},{3,8}}'::float8[]) AS same, product_of_margins(h) AS product, round(kl_divergence(h, product_of_margins(h))::numeric, 15) = round(mutual_information(h)::numeric, 15) AS divergence FROM (VALUES ('{"[true, \"x, \\\"y\\\"]\"]": 7, "[true, [1, {\"k\": \"]\"}]]": 2, "[null, \"x, \\\"y\\\"]\"]": 3, "[null, [1, {\"k\": \"]\"}]]": 8}'::histogram)) AS v (h);
-- stored, added up and taken apart again
SELECT day, round(theils_u(h)::numeric, 6) AS of_day, round(theils_u(sum(h) OVER (ORDER BY day))::numeric, 6) AS so_far
FROM (SELECT i % 3 AS day, histogram_agg(jsonb_build_array(i % 2, i * i % 5)::text, i % 4) AS h FROM generate_series(1, 200) AS i GROUP BY 1) AS d ORDER BY day;
-- a test beside it: G is twice the observations times the information
SELECT round((i.t).statistic::numeric, 9) AS g, round((2 * 20 * mutual_information(h))::numeric, 9) AS of_information, (i.t).df, round((i.t).p_value::numeric, 9) AS p, (i.t).n, (i.t) = independence_test('{{7,2},{3,8}}'::float8[], 'g') AS same
FROM (VALUES ('{"[1, 1]": 7, "[1, 2]": 2, "[2, 1]": 3, "[2, 2]": 8}'::histogram)) AS v (h), LATERAL (SELECT independence_test(h, 'g') AS t) AS i;
SELECT independence_test('{"[1, 1]": 7, "[2, 1]": 3}'::histogram) AS one_column, independence_test('{"[1, 1]": 7, "[1, 2]": 3}'::histogram) IS NULL AS one_row, independence_test(NULL::histogram) IS NULL AS null_joint;

-- Rows of any types; those with a NULL are skipped
SELECT theils_u(x, y) AS u, round(normalized_mutual_information(x, y)::numeric, 12) AS nmi, round(mutual_information(x, y)::numeric, 12) AS i, round(conditional_entropy(x, y)::numeric, 12) AS left_open FROM (VALUES (0,0),(0,0),(0,1),(1,1),(1,2),(1,2),(NULL,1),(7,NULL)) AS v (x, y);
SELECT mutual_information(i % 2, (i % 2)::text) = ln(2) AS texts, mutual_information((i % 2)::bool, date '2020-02-29' + i % 2) = ln(2) AS dates, mutual_information(i % 2 * 0.5, (i % 2)::float4) = ln(2) AS numbers, mutual_information(i % 2, 'x'::text) AS constant, mutual_information(i % 2, i % 3) AS independent,
	   mutual_information(coalesce(nullif(i % 4, 3)::text, '(null)'), i % 4) = ln(4) AS nulls, theils_u(i % 2, NULL::int) IS NULL AS nothing, mutual_information(i % 2, i % 2) FILTER (WHERE i > 90) IS NULL AS no_row, theils_u(1, i) IS NULL AS nothing_to_explain
FROM generate_series(1, 24) AS i;
-- the bits of the table of counts, of a histogram, and in any order
SELECT (i, u, nmi, left_open) = (mutual_information(t), theils_u(t), normalized_mutual_information(t), conditional_entropy(t)) AS of_table, (i, u, nmi, left_open) = (i2, u2, nmi2, left_open2) AS in_order, i = mutual_information(h) AS of_histogram, i = i3 AND nmi = nmi3 AS "exchanged"
FROM (SELECT mutual_information(x, y) AS i, theils_u(x, y) AS u, normalized_mutual_information(x, y) AS nmi, conditional_entropy(x, y) AS left_open, mutual_information(x, y ORDER BY y, i) AS i2, theils_u(x, y ORDER BY x, y) AS u2, normalized_mutual_information(x, y ORDER BY i DESC) AS nmi2, conditional_entropy(x, y ORDER BY i DESC) AS left_open2,
			 mutual_information(y, x) AS i3, normalized_mutual_information(y, x) AS nmi3, histogram_agg(jsonb_build_array(x, y)::text) AS h FROM generate_series(1, 3000) AS i, LATERAL (SELECT chr(97 + i * i % 7) AS x, chr(65 + i * 7919 % 13 % (1 + i % 11)) AS y) AS v) AS of_rows,
	 (SELECT array_agg(counts ORDER BY x) AS t FROM (SELECT x, array_agg(n ORDER BY y) AS counts FROM (SELECT x, y, count(i) AS n FROM (SELECT DISTINCT chr(97 + i * i % 7) AS x FROM generate_series(1, 3000) AS i) AS x CROSS JOIN (SELECT DISTINCT chr(65 + i * 7919 % 13 % (1 + i % 11)) AS y FROM generate_series(1, 3000) AS i) AS y
	  LEFT JOIN generate_series(1, 3000) AS i ON x = chr(97 + i * i % 7) AND y = chr(65 + i * 7919 % 13 % (1 + i % 11)) GROUP BY x, y) AS c GROUP BY x) AS r) AS counted;
-- many values, of which most pairs are not there: by lists, which give what a table would
SELECT abs(mutual_information(x, y) - (2 * entropy(array_agg(1)) - entropy_of_pairs)) < 1e-12 AS far_apart, theils_u(x, y) AS determined, mutual_information(x, y) = mutual_information(y, x) AS symmetric, mutual_information(x, y) = mutual_information(x, y ORDER BY y DESC) AS in_order
FROM (SELECT i AS x, -i AS y, ln(3000) AS entropy_of_pairs FROM generate_series(1, 3000) AS i) AS v GROUP BY entropy_of_pairs;
SELECT abs(mutual_information(x, y) / (entropy(histogram_agg(x)) + entropy(histogram_agg(y)) - entropy(histogram_agg(ROW(x, y)::text))) - 1) < 1e-13 AS near, abs(conditional_entropy(x, y) + mutual_information(x, y) - entropy(histogram_agg(x))) < 1e-13 AS chain, mutual_information(x, y) = mutual_information(histogram_agg(jsonb_build_array(x, y)::text)) AS of_histogram
FROM generate_series(1, 6000::bigint) AS i, LATERAL (SELECT i * i % 1009 AS x, (i * i % 1009 + i % 3) * 7 % 1013 AS y) AS v;

-- Workers: their states are sent and added
CREATE TABLE dependence_rows AS SELECT i % 3 AS g, i * i % 11 AS x, 'a label longer than seven bytes ' || i * i % 5 * (i % 2) AS y FROM generate_series(1, 60000::bigint) AS i;
CREATE TABLE dependence_serial AS SELECT g, mutual_information(x, y) AS i, theils_u(y, x) AS u, conditional_entropy(x, y) AS left_open, normalized_mutual_information(x, y) AS nmi FROM dependence_rows GROUP BY g;
ALTER TABLE dependence_rows SET (parallel_workers = 2);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT mutual_information(x, y) FROM dependence_rows;
SELECT count(*) AS same FROM dependence_serial NATURAL JOIN (SELECT g, mutual_information(x, y) AS i, theils_u(y, x) AS u, conditional_entropy(x, y) AS left_open, normalized_mutual_information(x, y) AS nmi FROM dependence_rows GROUP BY g) AS s;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- What would silently be something else: an array or a histogram beside a column, and one that seems to be a table with a base
SELECT mutual_information('{1,2}'::float8[], 2);
SELECT conditional_entropy('{{{1}}}'::float8[]);
SELECT product_of_margins('{1,2}'::float8[]);
SELECT mutual_information('{"a": 1}'::histogram, 3);
SELECT mutual_information('{1,2}'::float8[], '{1,2}'::float8[]);
SELECT mutual_information('{"[1, 1]": 1}'::histogram, 'x'::text);
SELECT mutual_information('{"[1, 1]": 1}'::histogram, '{"[1, 1]": 1}'::histogram);
SELECT mutual_information(ARRAY['a'], 'x'::text);
SELECT mutual_information(1, '{1,2}'::float8[]);
SELECT mutual_information('{"a": 1}'::jsonb, 2);
SELECT mutual_information('{{1,2},{3,4}}'::int[], '2');
SELECT conditional_entropy('{{1,2},{3,4}}'::real[], '2');
SELECT theils_u('{{1,2},{3,4}}'::numeric[], '2');
SELECT normalized_mutual_information('{{1,2},{3,4}}'::float8[], 2);
SELECT theils_u('{"[1, 1]": 1}'::histogram, 2);
SELECT mutual_information('a'::text, 'x');
SELECT mutual_information(v, 1) FROM (VALUES (1, 2)) AS v (a, b);
SELECT mutual_information(now(), 1);
-- also where no row would be counted
SELECT mutual_information(NULL::json, 2);
-- What is wrong
SELECT mutual_information('{{1,2},{3,-4}}'::float8[]);
SELECT theils_u('{{1,2},{NaN,4}}'::float8[]);
SELECT product_of_margins('{{1,2},{Infinity,4}}'::float8[]);
SELECT normalized_mutual_information('{{1e308,1e308},{1,4}}'::float8[]);
SELECT mutual_information('{{1,2},{3,4}}'::float8[], base => 1);
CREATE FUNCTION refusal_of_label(label text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN PERFORM mutual_information(histogram(ARRAY[label], ARRAY[1])); RETURN NULL; EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE; END $$;
SELECT refusal_of_label(label), string_agg(label, '   ' ORDER BY label COLLATE "C") FROM (VALUES ('a'), ('["a"]'), ('["a", "b", "c"]'), ('["a","b"]'), ('[ "a", "b"]'), ('["a", "b"] '), ('["a", "b'), ('[a, b]'), ('[20, 25)'), ('["a", ]'), ('[, "b"]'), ('["a" , "b"]'), ('[[1, "b"]'), ('(other)'), ('["a\", "b"]'), ('[1, [2, 3]'), ('[-, 1]'), ('')) AS v (label) GROUP BY 1;
SELECT refusal_of_label(label) IS NULL AS pair, label FROM (VALUES ('["a", "b"]'), ('[1, -2.5e-3]'), ('[null, true]'), ('["\\", "\""]'), ('[{"a": "}"}, []]'), ('["", ""]')) AS v (label);
SELECT independence_test('{"[1, 1]": 1.5, "[2, 2]": 1}'::histogram);
SELECT independence_test('{"a": 1}'::histogram);
-- A product that no histogram could hold
SELECT product_of_margins(histogram_agg('[' || i || ', ' || i || ']')) FROM generate_series(1, 20000) AS i;
