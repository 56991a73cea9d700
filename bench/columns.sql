-- Histograms of all columns of a table in one pass, beside one at a time and plain SQL.
-- Prints a Markdown table; :rounds rounds of turns, medians.

SET client_min_messages = warning;

-- columns in turn integers and texts of 50 skewed values, and numbers; the arms differ a little
SELECT format('CREATE UNLOGGED TABLE wide AS SELECT CASE WHEN odd = 0 THEN ''A'' ELSE ''B'' END AS arm, %s
    FROM generate_series(1, 2000000) AS i, LATERAL (SELECT hashint4(i) & 1 AS odd) AS a', string_agg(format(
    CASE c % 3 WHEN 0 THEN '(%s) AS c%s' WHEN 1 THEN 'floor(50 * (%s))::int AS c%s' ELSE '''value_'' || floor(50 * (%s))::int AS c%s' END,
    format('power((hashint4(i + %s) & 2147483647) / 2147483648.0::float8, %s - 0.1 * odd)', 10000019 * c, CASE c % 3 WHEN 0 THEN 1 ELSE 2 END), c), ', ' ORDER BY c))
FROM generate_series(1, 20) AS c \gexec
VACUUM ANALYZE wide;

CREATE FUNCTION columns_edges() RETURNS text LANGUAGE sql AS $$SELECT quote_literal('{0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9}') || '::float8[]'$$;
CREATE FUNCTION columns_arguments(n int) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg('c' || c || CASE WHEN c % 3 = 0 THEN ', ' || columns_edges() ELSE '' END, ', ' ORDER BY c) FROM generate_series(1, n) AS c
$$;
CREATE FUNCTION columns_one_by_one(n int) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(CASE WHEN c % 3 = 0 THEN format('histogram_agg(bin_label(c%s, %s))', c, columns_edges()) ELSE format('histogram_agg(c%s)', c) END, ', ' ORDER BY c)
    FROM generate_series(1, n) AS c
$$;
CREATE TABLE columns_contenders (position int, question text, name text, workers int, query text);
INSERT INTO columns_contenders
SELECT 10 * n + 1, n || ' columns, two arms', 'histograms_agg, FILTER', 0, format('SELECT histograms_agg(%1$s) FILTER (WHERE arm = ''A''), histograms_agg(%1$s) FILTER (WHERE arm = ''B'') FROM wide', columns_arguments(n)) FROM unnest('{3,20}'::int[]) AS n
UNION ALL SELECT 10 * n + 2, n || ' columns, two arms', 'histograms_agg, GROUP BY arm', 0, format('SELECT arm, histograms_agg(%s) FROM wide GROUP BY arm', columns_arguments(n)) FROM unnest('{3,20}'::int[]) AS n
UNION ALL SELECT 10 * n + 3, n || ' columns, two arms', 'a histogram_agg for each column, GROUP BY arm', 0, format('SELECT arm, %s FROM wide GROUP BY arm', columns_one_by_one(n)) FROM unnest('{3,20}'::int[]) AS n
UNION ALL SELECT 10 * n + 4, n || ' columns, two arms', 'SQL: UNION ALL of GROUP BY arm, column', 0,
    (SELECT string_agg(format('SELECT arm, %s, %s::text, count(*) FROM wide GROUP BY 1, 3', c, CASE WHEN c % 3 = 0 THEN format('width_bucket(c%s, %s)', c, columns_edges()) ELSE 'c' || c END), ' UNION ALL ')
     FROM generate_series(1, n) AS c) FROM unnest('{3,20}'::int[]) AS n
UNION ALL SELECT 10 * n + 5, n || ' columns, two arms', 'count of the last column, GROUP BY arm: the floor', 0, format('SELECT arm, count(c%s) FROM wide GROUP BY arm', n) FROM unnest('{3,20}'::int[]) AS n
UNION ALL SELECT 10 * n + 6, n || ' columns, two arms', 'histograms_agg, GROUP BY arm, 2 workers', 2, format('SELECT arm, histograms_agg(%s) FROM wide GROUP BY arm', columns_arguments(n)) FROM unnest('{3,20}'::int[]) AS n
UNION ALL VALUES (301, '20 columns', 'histograms_agg', 0, format('SELECT histograms_agg(%s) FROM wide', columns_arguments(20))),
    (302, '20 columns', 'count of the last column: the floor', 0, 'SELECT count(c20) FROM wide'),
    (401, 'a number in bins', 'binned_histogram_agg(x, edges)', 0, format('SELECT binned_histogram_agg(c3, %s) FROM wide', columns_edges())),
    (402, 'a number in bins', 'histogram_agg(bin_label(x, edges))', 0, format('SELECT histogram_agg(bin_label(c3, %s)) FROM wide', columns_edges())),
    (501, 'an integer', 'histogram_agg(x)', 0, 'SELECT histogram_agg(c1) FROM wide'),
    (502, 'an integer', 'count(x): the floor', 0, 'SELECT count(c1) FROM wide'),
    (601, 'a report on 20 columns, two arms', 'histograms_agg, GROUP BY arm', 0, format('SELECT arm, histograms_agg(%s) FROM wide GROUP BY arm', columns_arguments(20))),
    (602, 'a report on 20 columns, two arms', 'cohort_report, edges given', 0, format('SELECT * FROM cohort_report(''TABLE wide'', ''arm'', ''A'', edges => %L)',
        (SELECT jsonb_object_agg('c' || c, CASE WHEN c % 3 = 0 THEN '{"edges": [0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9]}'::jsonb ELSE '{"kind": "values"}' END) FROM generate_series(1, 20) AS c))),
    (603, 'a report on 20 columns, two arms', 'cohort_report, edges found', 0, 'SELECT * FROM cohort_report(''TABLE wide'', ''arm'', ''A'')'),
    (604, 'a report on 20 columns, two arms', 'cohort_report, with a unit of 100,000', 0, 'SELECT * FROM cohort_report(''TABLE wide'', ''arm'', ''A'', unit => ''floor(100000 * c3)'')');

CREATE TABLE columns_times (position int, milliseconds float8);
CREATE PROCEDURE take_columns_times(rounds int) LANGUAGE plpgsql AS $$
DECLARE
    contender columns_contenders;
    start timestamptz;
BEGIN
    FOR turn IN 0 .. rounds LOOP        -- turn 0 warms up
        FOR contender IN SELECT * FROM columns_contenders ORDER BY position LOOP
            PERFORM set_config('max_parallel_workers_per_gather', contender.workers::text, false);
            start := clock_timestamp();
            EXECUTE contender.query;
            INSERT INTO columns_times SELECT contender.position, 1000 * extract(epoch FROM clock_timestamp() - start)
            WHERE turn > 0;
        END LOOP;
    END LOOP;
END $$;
CALL take_columns_times(:rounds);

-- Are they the same histograms?
CREATE FUNCTION columns_are_the_same() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    same boolean;
BEGIN
    EXECUTE format('SELECT bool_and(all_at_once = one_by_one) FROM (SELECT histograms_agg(%s) AS all_at_once, ARRAY[%s] AS one_by_one FROM wide GROUP BY arm) AS s',
        columns_arguments(20), columns_one_by_one(20)) INTO same;
    RETURN same;
END $$;
SELECT CASE WHEN columns_are_the_same() THEN 'yes' ELSE 'NO' END AS columns_same \gset

\echo
\echo '## Columns of a table'
\echo
\echo '2 million rows; columns in turn integers and texts of 50 values, and float8 in 10 bins. Histograms of all columns at once are those of one at a time:' :columns_same
\echo
\echo '| question | query | ms | times the first |'
\echo '|---|---|---|---|'
WITH medians AS (
    SELECT position, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS milliseconds
    FROM columns_times GROUP BY position
)
SELECT format('| %s | %s | %s | %s |', question, name, round(milliseconds::numeric),
    round((milliseconds / first_value(milliseconds) OVER (PARTITION BY question ORDER BY position))::numeric, 2))
FROM medians JOIN columns_contenders USING (position) ORDER BY position;
