-- One row per bin: aggregates beside core's own two-argument aggregate, regr_slope.
-- Prints a Markdown table; :rounds rounds of turns, medians.

SET client_min_messages = warning;
SET work_mem = '1GB';

CREATE UNLOGGED TABLE row_bins AS
SELECT g AS grp, b AS bin,
    ((hashint4(g * 1000 + b) & 65535) + 1) / 65536.0::float8 AS p,
    ((hashint4(g * 77777 + b * 13 + 5) & 65535) + 1) / 65536.0::float8 AS q
FROM generate_series(1, 10000) AS g, generate_series(1, 1000) AS b
ORDER BY grp, bin;
VACUUM ANALYZE row_bins;
CREATE UNLOGGED TABLE row_shuffled AS SELECT * FROM row_bins ORDER BY hashint8(grp * 1000 + bin);
VACUUM ANALYZE row_shuffled;

CREATE TABLE row_contenders (position int, name text, setting text, workers int, query text);
INSERT INTO row_contenders VALUES
    (1, 'regr_slope(p, q)', '1GB', 0, 'SELECT sum(v) FROM (SELECT regr_slope(p, q) AS v FROM row_bins GROUP BY grp) s'),
    (2, 'kl_divergence(p, q)', '1GB', 0, 'SELECT sum(v) FROM (SELECT kl_divergence(p, q) AS v FROM row_bins GROUP BY grp) s'),
    (3, 'hellinger_distance(p, q)', '1GB', 0, 'SELECT sum(v) FROM (SELECT hellinger_distance(p, q) AS v FROM row_bins GROUP BY grp) s'),
    (4, 'entropy(p)', '1GB', 0, 'SELECT sum(v) FROM (SELECT entropy(p) AS v FROM row_bins GROUP BY grp) s'),
    (5, 'jsd(p, q)', '1GB', 0, 'SELECT sum(v) FROM (SELECT jsd(p, q) AS v FROM row_bins GROUP BY grp) s'),
    (6, 'jsd(p, q), work_mem 4MB', '4MB', 0, 'SELECT sum(v) FROM (SELECT jsd(p, q) AS v FROM row_bins GROUP BY grp) s'),
    (7, 'SQL: sum(CASE WHEN p > 0 THEN p * ln(p / q) END)', '1GB', 0,
     'SELECT sum(v) FROM (SELECT sum(CASE WHEN p > 0 THEN p * ln(p / q) END) AS v FROM row_bins GROUP BY grp) s'),
    (8, 'SQL, normalised with window sums', '1GB', 0,
     'SELECT sum(v) FROM (SELECT sum(CASE WHEN p > 0 THEN p * ln(p / q) END) AS v FROM (SELECT grp, '
     'p / sum(p) OVER (PARTITION BY grp) AS p, q / sum(q) OVER (PARTITION BY grp) AS q FROM row_bins) n GROUP BY grp) s'),
    (9, 'regr_slope(p, q), 2 workers', '1GB', 2, 'SELECT sum(v) FROM (SELECT regr_slope(p, q) AS v FROM row_bins GROUP BY grp) s'),
    (10, 'kl_divergence(p, q), 2 workers', '1GB', 2, 'SELECT sum(v) FROM (SELECT kl_divergence(p, q) AS v FROM row_bins GROUP BY grp) s'),
    (11, 'jsd(p, q), 2 workers', '1GB', 2, 'SELECT sum(v) FROM (SELECT jsd(p, q) AS v FROM row_bins GROUP BY grp) s'),
    (12, 'regr_slope(p, q), rows shuffled', '1GB', 0, 'SELECT sum(v) FROM (SELECT regr_slope(p, q) AS v FROM row_shuffled GROUP BY grp) s'),
    (13, 'kl_divergence(p, q), rows shuffled', '1GB', 0, 'SELECT sum(v) FROM (SELECT kl_divergence(p, q) AS v FROM row_shuffled GROUP BY grp) s'),
    (14, 'jsd(p, q), rows shuffled', '1GB', 0, 'SELECT sum(v) FROM (SELECT jsd(p, q) AS v FROM row_shuffled GROUP BY grp) s');

CREATE TABLE row_times (position int, milliseconds float8);
CREATE PROCEDURE take_row_times(rounds int) LANGUAGE plpgsql AS $$
DECLARE
    contender row_contenders;
    start timestamptz;
BEGIN
    FOR turn IN 0 .. rounds LOOP        -- turn 0 warms up
        FOR contender IN SELECT * FROM row_contenders ORDER BY position LOOP
            PERFORM set_config('work_mem', contender.setting, false),
                set_config('max_parallel_workers_per_gather', contender.workers::text, false);
            start := clock_timestamp();
            EXECUTE contender.query;
            INSERT INTO row_times SELECT contender.position, 1000 * extract(epoch FROM clock_timestamp() - start)
            WHERE turn > 0;
        END LOOP;
    END LOOP;
END $$;
CALL take_row_times(:rounds);

\echo
\echo '## One row per bin'
\echo
\echo '10 million rows, 10,000 groups of 1,000 bins in group order; work_mem 1GB unless said.'
\echo
\echo '| query | ms | times regr_slope, serial |'
\echo '|---|---|---|'
WITH medians AS (
    SELECT position, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS milliseconds
    FROM row_times GROUP BY position
)
SELECT format('| %s | %s | %s |', replace(name, '|', '\|'), round(milliseconds::numeric),
    round((milliseconds / (SELECT milliseconds FROM medians WHERE position = 1))::numeric, 2))
FROM medians JOIN row_contenders USING (position) ORDER BY position;
