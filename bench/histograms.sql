-- Raw rows into histograms, and histograms merged, beside plain SQL and core's aggregates.
-- Prints a Markdown table; :rounds rounds of turns, medians.

SET client_min_messages = warning;

CREATE UNLOGGED TABLE raw_events AS
SELECT CASE WHEN hashint8(i) & 1 = 0 THEN 'A' ELSE 'B' END AS arm,
    'feature_' || (hashint8(i + 100000000) & 2147483647) % 20 AS feature,
    'value_' || floor(50 * power((hashint8(i + 200000000) & 2147483647) / 2147483648.0::float8, 2))::int AS value
FROM generate_series(1, 10000000) AS i;
CREATE UNLOGGED TABLE raw_weights AS
SELECT h % 100 AS grp, h AS id, 'label_' || l AS label, (hashint4(h * 50 + l) & 1023)::float8 AS weight
FROM generate_series(1, 100000) AS h, generate_series(1, 50) AS l;
CREATE UNLOGGED TABLE raw_stored AS SELECT grp, id, histogram_agg(label, weight) AS h FROM raw_weights GROUP BY grp, id;
CREATE UNLOGGED TABLE raw_groups AS SELECT i % 1000000 AS grp, 'v' || (hashint8(i) & 63) AS value FROM generate_series(1, 10000000) AS i;
VACUUM ANALYZE raw_events, raw_weights, raw_stored, raw_groups;

CREATE TABLE raw_contenders (position int, question text, name text, workers int, query text);
INSERT INTO raw_contenders VALUES
    (1, 'two cohorts', 'histogram_agg, jsd', 0,
     $$SELECT feature, jsd(histogram_agg(value) FILTER (WHERE arm = 'B'), histogram_agg(value) FILTER (WHERE arm = 'A'))
       FROM raw_events GROUP BY feature$$),
    (2, 'two cohorts', 'SQL: counts, window sums, jsd by hand', 0,
     $$SELECT feature, sum(CASE WHEN p > 0 THEN p * ln(2 * p / (p + q)) ELSE 0 END + CASE WHEN q > 0 THEN q * ln(2 * q / (p + q)) ELSE 0 END) / 2
       FROM (SELECT feature, b / sum(b) OVER w AS p, a / sum(a) OVER w AS q
             FROM (SELECT feature, value, count(*) FILTER (WHERE arm = 'B')::float8 AS b, count(*) FILTER (WHERE arm = 'A')::float8 AS a
                   FROM raw_events GROUP BY feature, value) AS counts WINDOW w AS (PARTITION BY feature)) AS shares GROUP BY feature$$),
    (3, 'two cohorts', 'two count(value) FILTER: the floor', 0,
     $$SELECT feature, count(value) FILTER (WHERE arm = 'B'), count(value) FILTER (WHERE arm = 'A') FROM raw_events GROUP BY feature$$),
    (4, 'two cohorts', 'histogram_agg, jsd, 2 workers', 2,
     $$SELECT feature, jsd(histogram_agg(value) FILTER (WHERE arm = 'B'), histogram_agg(value) FILTER (WHERE arm = 'A'))
       FROM raw_events GROUP BY feature$$),
    (5, 'merge', 'sum(histogram)', 0, 'SELECT grp, sum(h) FROM raw_stored GROUP BY grp'),
    (6, 'merge', 'SQL: sum(weight) GROUP BY group, label', 0, 'SELECT grp, label, sum(weight) FROM raw_weights GROUP BY grp, label'),
    (7, 'a million groups', 'histogram_agg', 0, 'SELECT count(h) FROM (SELECT histogram_agg(value) AS h FROM raw_groups GROUP BY grp) AS s'),
    (8, 'a million groups', 'array_agg', 0, 'SELECT count(h) FROM (SELECT array_agg(value) AS h FROM raw_groups GROUP BY grp) AS s');

CREATE TABLE raw_times (position int, milliseconds float8);
CREATE PROCEDURE take_raw_times(rounds int) LANGUAGE plpgsql AS $$
DECLARE
    contender raw_contenders;
    start timestamptz;
BEGIN
    PERFORM set_config('work_mem', '1GB', false);
    FOR turn IN 0 .. rounds LOOP        -- turn 0 warms up
        FOR contender IN SELECT * FROM raw_contenders ORDER BY position LOOP
            PERFORM set_config('max_parallel_workers_per_gather', contender.workers::text, false);
            start := clock_timestamp();
            EXECUTE contender.query;
            INSERT INTO raw_times SELECT contender.position, 1000 * extract(epoch FROM clock_timestamp() - start)
            WHERE turn > 0;
        END LOOP;
    END LOOP;
END $$;
CALL take_raw_times(:rounds);

\echo
\echo '## Raw rows and histograms'
\echo
\echo 'Two cohorts: 10 million events, 20 features, 50 skewed values. Merge: 100,000 stored histograms of 50 labels in 100 groups,'
\echo 'or their 5 million bins as rows. A million groups: of 10 rows each. work_mem 1GB.'
\echo
\echo '| question | query | ms | times the first |'
\echo '|---|---|---|---|'
WITH medians AS (
    SELECT position, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS milliseconds
    FROM raw_times GROUP BY position
)
SELECT format('| %s | %s | %s | %s |', question, name, round(milliseconds::numeric),
    round((milliseconds / first_value(milliseconds) OVER (PARTITION BY question ORDER BY position))::numeric, 2))
FROM medians JOIN raw_contenders USING (position) ORDER BY position;
