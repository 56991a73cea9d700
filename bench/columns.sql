-- Histograms of all columns of a table in one pass, beside one at a time, plain SQL and DuckDB.
-- Prints Markdown tables; :rounds rounds of turns, medians; :column_rows rows, a million if it is not set.

SET client_min_messages = warning;
\if :{?column_rows}
\else
\set column_rows 1000000
\endif

-- columns in turn integers and texts of 50 skewed values, and numbers; the arms differ a little
SELECT format('CREATE UNLOGGED TABLE wide AS SELECT CASE WHEN odd = 0 THEN ''A'' ELSE ''B'' END AS arm, %s
    FROM generate_series(1, %s) AS i, LATERAL (SELECT hashint4(i) & 1 AS odd) AS a', string_agg(format(
    CASE c % 3 WHEN 0 THEN '(%s) AS c%s' WHEN 1 THEN 'floor(50 * (%s))::int AS c%s' ELSE '''value_'' || floor(50 * (%s))::int AS c%s' END,
    format('power((hashint4(i + %s) & 2147483647) / 2147483648.0::float8, %s - 0.1 * odd)', 10000019 * c, CASE c % 3 WHEN 0 THEN 1 ELSE 2 END), c), ', ' ORDER BY c), :column_rows)
FROM generate_series(1, 20) AS c \gexec
CREATE UNLOGGED TABLE narrow AS SELECT c1, c3 FROM wide;
VACUUM ANALYZE wide, narrow;
ALTER TABLE wide SET (parallel_workers = 2);

CREATE FUNCTION columns_edges() RETURNS text LANGUAGE sql AS $$SELECT quote_literal('{0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9}') || '::float8[]'$$;
CREATE FUNCTION columns_arguments(n int) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg('c' || c || CASE WHEN c % 3 = 0 THEN ', ' || columns_edges() ELSE '' END, ', ' ORDER BY c) FROM generate_series(1, n) AS c
$$;
CREATE FUNCTION columns_one_by_one(n int) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(CASE WHEN c % 3 = 0 THEN format('histogram_agg(bin_label(c%s, %s))', c, columns_edges()) ELSE format('histogram_agg(c%s)', c) END, ', ' ORDER BY c)
    FROM generate_series(1, n) AS c
$$;
CREATE FUNCTION columns_counted(n int) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(format('SELECT arm, %s, (%s)::text AS value, count(*) AS n FROM wide GROUP BY 1, 3', c, CASE WHEN c % 3 = 0 THEN format('width_bucket(c%s, %s)', c, columns_edges()) ELSE 'c' || c END), ' UNION ALL ')
    FROM generate_series(1, n) AS c
$$;

-- An aggregate for each column is the best SQL that kldiv 0.4 had; the bars are those against it. With few columns two
-- filters cost less than grouping by arm.
INSERT INTO turns (topic, position, name, query, against, bar, workers, former)
SELECT 'columns', 10 * n + position, n || ' columns, two arms: ' || name, query, 10 * n + against, bar, workers, position = 0
FROM unnest('{3,20}'::int[]) AS n, LATERAL (VALUES
    (0, 'a histogram_agg for each column, GROUP BY arm, by 0.4.0', format('SELECT arm, %s FROM wide GROUP BY arm', columns_one_by_one(n)), CASE n WHEN 20 THEN 1 ELSE 2 END, CASE n WHEN 20 THEN '≥ 3' ELSE '≥ 2' END, 0),
    (1, 'histograms_agg, GROUP BY arm', format('SELECT arm, histograms_agg(%s) FROM wide GROUP BY arm', columns_arguments(n)), 5, '', 0),
    (2, 'histograms_agg, FILTER', format('SELECT histograms_agg(%1$s) FILTER (WHERE arm = ''A''), histograms_agg(%1$s) FILTER (WHERE arm = ''B'') FROM wide', columns_arguments(n)), 1, '', 0),
    (3, 'a histogram_agg for each column, GROUP BY arm', format('SELECT arm, %s FROM wide GROUP BY arm', columns_one_by_one(n)), 1, '', 0),
    (4, 'SQL: UNION ALL of GROUP BY arm, column', columns_counted(n), 1, CASE n WHEN 20 THEN '≥ 11' ELSE '' END, 0),
    (5, 'count of the last column, GROUP BY arm: the floor', format('SELECT arm, count(c%s) FROM wide GROUP BY arm', n), NULL, '', 0),
    (6, 'histograms_agg, GROUP BY arm, 2 workers', format('SELECT arm, histograms_agg(%s) FROM wide GROUP BY arm', columns_arguments(n)), 1, CASE n WHEN 20 THEN '≤ 0.63' ELSE '' END, 2)
    ) AS contenders (position, name, query, against, bar, workers)
UNION ALL SELECT *, position = 400 FROM (VALUES
    ('columns', 301, '20 columns: histograms_agg', format('SELECT histograms_agg(%s) FROM wide', columns_arguments(20)), 302, '≤ 2.7', 0),
    ('columns', 302, '20 columns: count of the last one', 'SELECT count(c20) FROM wide', NULL, '', 0),
    ('columns', 401, 'a number in bins: binned_histogram_agg(x, edges)', format('SELECT binned_histogram_agg(c3, %s) FROM narrow', columns_edges()), NULL, '', 0),
    ('columns', 402, 'a number in bins: histogram_agg(bin_label(x, edges))', format('SELECT histogram_agg(bin_label(c3, %s)) FROM narrow', columns_edges()), 401, '≥ 1.6', 0),
    ('columns', 400, 'a number in bins: histogram_agg(bin_label(x, edges)), by 0.4.0', format('SELECT histogram_agg(bin_label(c3, %s)) FROM narrow', columns_edges()), 401, '≥ 1.6', 0),
    ('columns', 501, 'an integer: histogram_agg(x)', 'SELECT histogram_agg(c1) FROM narrow', 502, '≤ 1.2', 0),
    ('columns', 502, 'an integer: count(x)', 'SELECT count(c1) FROM narrow', NULL, '', 0),
    ('columns', 602, '20 columns, two arms: cohort_report, edges given', format('SELECT * FROM cohort_report(''TABLE wide'', ''arm'', ''A'', edges => %L)',
        (SELECT jsonb_object_agg('c' || c, CASE WHEN c % 3 = 0 THEN '{"edges": [0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9]}'::jsonb ELSE '{"kind": "values"}' END) FROM generate_series(1, 20) AS c)), 201, '≤ 1.3', 0),
    ('columns', 603, '20 columns, two arms: cohort_report, edges found', 'SELECT * FROM cohort_report(''TABLE wide'', ''arm'', ''A'')', 201, '≤ 2.5', 0),
    ('columns', 604, '20 columns, two arms: cohort_report, with a unit of 100,000', 'SELECT * FROM cohort_report(''TABLE wide'', ''arm'', ''A'', unit => ''floor(100000 * c3)'')', 201, '≤ 4', 0)) AS others (topic, position, name, query, against, bar, workers);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
CALL take_turns('columns', :rounds);

-- DuckDB, from its own storage in memory
CREATE TABLE columns_duckdb (turn serial, name text, value float8);
\copy (SELECT arm, concat_ws(' ', c1, c2, c3) FROM wide) TO PROGRAM 'bench/duckdb columns3 5' WITH (FORMAT csv)
\copy columns_duckdb (name, value) FROM 'build/bench/duckdb.csv' WITH (FORMAT csv)
\copy (SELECT arm, concat_ws(' ', c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20) FROM wide) TO PROGRAM 'bench/duckdb columns20 5' WITH (FORMAT csv)
\copy columns_duckdb (name, value) FROM 'build/bench/duckdb.csv' WITH (FORMAT csv)
INSERT INTO turns (topic, position, name, query, against, bar, workers)
SELECT 'columns', 10 * n + 6 + threads, format('%s columns, two arms: DuckDB, GROUP BY a column, threads: %s', n, threads), '', 10 * n + CASE threads WHEN 1 THEN 1 ELSE 6 END,
    CASE WHEN n = 20 AND threads = 1 THEN '≥ 2.5' ELSE '' END, threads - 1
FROM unnest('{3,20}'::int[]) AS n, generate_series(1, 2) AS threads WHERE EXISTS (SELECT FROM columns_duckdb);
INSERT INTO turn_times
SELECT 'columns', 10 * n + 6 + threads, elapsed.value, cpu.value
FROM unnest('{3,20}'::int[]) AS n, generate_series(1, 2) AS threads, columns_duckdb AS elapsed, columns_duckdb AS cpu
WHERE elapsed.name = format('duckdb columns%s%s', n, threads) AND cpu.name = elapsed.name || ' cpu' AND cpu.turn = elapsed.turn + 1;

-- Are they the same histograms, and the same counts?
CREATE FUNCTION columns_answer(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    answer float8;
BEGIN
    EXECUTE query INTO answer;
    RETURN answer;
END $$;
SELECT columns_answer(format('SELECT count(*) FILTER (WHERE all_at_once = one_by_one) FROM (SELECT histograms_agg(%s) AS all_at_once, ARRAY[%s] AS one_by_one FROM wide GROUP BY arm) AS s', columns_arguments(20), columns_one_by_one(20))) = 2 AS columns_same,
    columns_answer(format('SELECT sum(weight ^ 2) FROM (SELECT histograms_agg(%s) AS h FROM wide GROUP BY arm) AS s, unnest(h) AS one, unnest(histogram_weights(one)) AS weight', columns_arguments(20))) AS columns_squares,
    columns_answer(format('SELECT sum(n::float8 ^ 2) FROM (%s) AS s', columns_counted(20))) AS counted_squares \gset

\echo
\echo '## Columns of a table'
\echo
\echo :column_rows 'rows; columns in turn integers and texts of 50 values, and float8 in 10 bins.'
SELECT format('Histograms of all columns at once are those of one at a time: %s. The sum of the squares of all counts is that of SQL: %s; that of DuckDB: %s.',
    CASE WHEN :'columns_same' THEN 'yes' ELSE 'NO' END, CASE WHEN :'columns_squares' = :'counted_squares' THEN 'yes' ELSE 'NO' END,
    COALESCE((SELECT CASE WHEN bool_and(value = :'columns_squares') THEN 'yes' ELSE 'NO' END FROM columns_duckdb WHERE name LIKE 'duckdb columns20_ squares'), 'not here'));
\echo
SELECT lines_of_turns('columns');
