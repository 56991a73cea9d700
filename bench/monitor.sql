-- What a monitor asks of stored histograms: of days of a thousand rows, and of days of a hundred million.
-- Prints a Markdown table; :rounds rounds of turns, medians; :day_rows rows of a large day, 100 million if it is not set.

SET client_min_messages = warning;
\if :{?day_rows}
\else
\set day_rows 100000000
\endif

-- The histograms of a day's rows, of which the values are skewed: integers and texts of 50 values, and numbers in 10 bins
CREATE PROCEDURE count_day(kind text, day_rows int, seed int) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('INSERT INTO counted
        SELECT %L, extract(epoch FROM clock_timestamp() - statement_timestamp()), histograms_agg(v, ''value_'' || v, x, ''{0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9}''::float8[])
        FROM (SELECT x, (50 * x * x)::int AS v FROM (SELECT (hashint4(i) & 2147483647) / 2147483648.0::float8 AS x FROM (SELECT generate_series(%s + 1, %s + %s) AS i) AS s) AS s) AS s', kind, seed, seed, day_rows);
END $$;
CREATE UNLOGGED TABLE counted (kind text, seconds float8, h histogram[]);
CALL count_day('large', :day_rows, 0);
CALL count_day('small', 1000, 0);
CALL count_day('reference', 100000, 1000000000);

-- 100 days of 30 columns, and one reference; the histograms of all days are the same, which no query knows
CREATE UNLOGGED TABLE monitor_days AS
SELECT kind, date '2026-01-01' + day AS day, 'column_' || (c - 1) * 10 + twin AS column_name, one AS h
FROM counted, generate_series(0, 99) AS day, unnest(h) WITH ORDINALITY AS columns (one, c), generate_series(1, 10) AS twin WHERE kind <> 'reference' OR day = 0;
CREATE INDEX ON monitor_days (kind, day);
CREATE UNLOGGED TABLE monitor_reference AS SELECT column_name, h FROM monitor_days WHERE kind = 'reference';
VACUUM ANALYZE monitor_days, monitor_reference;

INSERT INTO turns (topic, position, name, query, against, bar)
SELECT 'monitor', 2 * position + is_large::int, name || CASE WHEN is_large THEN ', large days' ELSE ', small days' END, format(query, CASE WHEN is_large THEN 'large' ELSE 'small' END), CASE WHEN is_large THEN 2 * position END, CASE WHEN is_large THEN 'about 1' ELSE '' END
FROM unnest('{false,true}'::boolean[]) AS is_large, (VALUES
    (1, 'alert: psi and its p-value', 'SELECT count(*) FROM monitor_reference AS r JOIN monitor_days AS d USING (column_name), LATERAL (SELECT (homogeneity_test(d.h, r.h, min_expected => 2)).p_value) AS t WHERE d.kind = %L AND (psi(d.h, r.h) > 0.1 OR p_value < 0.01)'),
    (2, 'dashboard: jsd', 'SELECT sum(jsd(d.h, r.h)) FROM monitor_days AS d JOIN monitor_reference AS r USING (column_name) WHERE d.kind = %L'),
    (3, 'weeks: sum(h)', 'SELECT count(h) FROM (SELECT sum(h) AS h FROM monitor_days AS d WHERE d.kind = %L GROUP BY column_name, date_trunc(''week'', day)) AS weeks'),
    (4, 'medians', 'SELECT sum(histogram_quantile(h, 0.5)) FROM monitor_days AS d WHERE d.kind = %L AND column_name ~ ''_2[1-9]$''')
    ) AS queries (position, name, query);
CALL take_turns('monitor', :rounds);

\echo
\echo '## A monitor''s queries'
\echo
SELECT format('100 days of 30 columns, days of %s rows (counted in %s s) and of %s; their histograms take %s and %s bytes on average.',
    max(histogram_total(h[1])) FILTER (WHERE kind = 'small'), round(max(seconds) FILTER (WHERE kind = 'large')), max(histogram_total(h[1])) FILTER (WHERE kind = 'large'),
    (SELECT round(avg(pg_column_size(h))) FROM monitor_days WHERE kind = 'small'), (SELECT round(avg(pg_column_size(h))) FROM monitor_days WHERE kind = 'large'))
FROM counted;
\echo
SELECT lines_of_turns('monitor');
DROP TABLE monitor_days, monitor_reference, counted;
