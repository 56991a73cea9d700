-- The tables of the document, but for the kernels'.

CREATE TABLE bars (source text, measure text, name text, bar text);
INSERT INTO bars VALUES
('rows_of_100', 'kl_divergence', 'SQL', '22 times faster or more'),
('rows_of_100', 'kl_divergence', 'SciPy', '28 times faster or more'),
('rows_of_100', 'kl_divergence', 'floor', '2.2 times as long or less'),
('rows_of_100', 'jsd', 'SQL', '22 times faster or more'),
('rows_of_100', 'jsd', 'SciPy', '28 times faster or more'),
('pair_of_1m', 'kl_divergence', 'floor', '1.25 times as long or less'),
('pair_of_10m', 'kl_divergence', 'floor', '1.25 times as long or less'),
('pair_of_1m', 'jsd', 'floor', '1.25 times as long or less'),
('pair_of_10m', 'jsd', 'floor', '1.25 times as long or less');

SELECT format('- one process, jit off, shared_buffers %s, work_mem %s, everything cached', current_setting('shared_buffers'), current_setting('work_mem'));
SELECT format('- medians of %s interleaved repetitions (kldiv and the floor: %s)', :rounds, 5 * :rounds);

\echo
\echo '## 100,000 rows of 100 bins'
\echo
\echo 'The sum over all rows. The error is the largest one, relative to the exact value, of the first 100 rows.'
\echo
CALL take_times('rows_of_100', :rounds);
\echo '| measure | contender | ms | ratio | bar | error |'
\echo '|---|---|---|---|---|---|'
WITH errors AS (
    SELECT measure, name, max(relative_error(measure, value_of(expression, p, q), p, q)) AS error
    FROM contenders, (SELECT * FROM rows_of_100 LIMIT 100) t WHERE name <> 'floor' GROUP BY measure, name
)
SELECT format('| %s | %s | %s | %s | %s | %s |', measure, name, milliseconds, ratio, bar, to_char(error, '9.9EEEE'))
FROM comparisons LEFT JOIN errors USING (measure, name) LEFT JOIN bars USING (source, measure, name)
WHERE source = 'rows_of_100' ORDER BY measure DESC, position;

\echo
CREATE TABLE duckdb_times (name text, milliseconds float8);
\copy (SELECT array_to_string(p, ' '), array_to_string(q, ' ') FROM rows_of_100 LIMIT 10000) TO PROGRAM 'bench/duckdb arrays 5' WITH (FORMAT csv)
\copy duckdb_times FROM 'build/bench/duckdb.csv' WITH (FORMAT csv)
\echo '10,000 of these rows, normalised by kldiv and trusted by DuckDB:'
\echo
\echo '| measure | contender | ms | ratio |'
\echo '|---|---|---|---|'
CREATE TABLE rows_for_duckdb AS SELECT p, q FROM rows_of_100 LIMIT 10000;
VACUUM ANALYZE rows_for_duckdb;
CALL take_times('rows_for_duckdb', :rounds, alone => true);
WITH own AS (
    SELECT milliseconds FROM medians WHERE source = 'rows_for_duckdb alone' AND measure = 'kl_divergence' AND name = 'kldiv'
), peers AS (
    SELECT name, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS milliseconds FROM duckdb_times GROUP BY name
)
SELECT format('| kl_divergence | kldiv | %s | |', round(own.milliseconds::numeric, 1)) FROM own
UNION ALL
SELECT format('| kl_divergence | DuckDB, threads: %s | %s | kldiv is %s times faster |', right(name, 1),
    round(peers.milliseconds::numeric, 1), round((peers.milliseconds / own.milliseconds)::numeric, 1)) FROM own, peers;
SELECT E'\nDuckDB is not here, and was left out.' WHERE NOT EXISTS (SELECT FROM duckdb_times);

\echo
\echo '## One stored pair'
\echo
\echo 'SciPy has one turn only with 10 million bins. "Alone": in a session that does nothing else, where fetching an array means fresh'
\echo 'memory from the system; after SciPy and SQL, which need more, the server has memory to use again, and the floor is lower.'
\echo
CALL take_times('pair_of_1m', :rounds);
CALL take_times('pair_of_10m', :rounds, once => 'SciPy');
\connect
CALL take_times('pair_of_1m', :rounds, alone => true);
CALL take_times('pair_of_10m', :rounds, alone => true);
\echo '| bins | measure | contender | ms | ratio | bar |'
\echo '|---|---|---|---|---|---|'
SELECT format('| %s | %s | %s | %s | %s | %s |', substr(comparisons.source, 9), comparisons.measure, comparisons.name, milliseconds, ratio, bar)
FROM comparisons LEFT JOIN bars ON bars.source = replace(comparisons.source, ' alone', '') AND
    (bars.measure, bars.name) = (comparisons.measure, comparisons.name)
WHERE comparisons.source LIKE 'pair%' ORDER BY length(comparisons.source), comparisons.measure DESC, position;

\echo
\echo '## Two workers'
\echo
\echo 'The sum over 100,000 rows, serial and with max_parallel_workers_per_gather = 2.'
\echo
CREATE PROCEDURE take_parallel_times(rounds int) LANGUAGE plpgsql AS $$
DECLARE
    measure text;
    start timestamptz;
    line text;
BEGIN
    FOR turn IN 0 .. 5 * rounds LOOP
        FOREACH measure IN ARRAY '{kl_divergence,jsd}'::text[] LOOP
            FOR workers IN 0 .. 2 BY 2 LOOP
                PERFORM set_config('max_parallel_workers_per_gather', workers::text, true);
                start := clock_timestamp();
                EXECUTE format('SELECT sum(%I(p, q)) FROM rows_of_100', measure);
                INSERT INTO times SELECT 'workers', measure, workers,
                    1000 * extract(epoch FROM clock_timestamp() - start) WHERE turn > 0;
            END LOOP;
        END LOOP;
    END LOOP;
END $$;
CALL take_parallel_times(:rounds);
\echo '| measure | serial, ms | 2 workers, ms | ratio |'
\echo '|---|---|---|---|'
SELECT format('| %s | %s | %s | %s times faster |', s.measure, round(s.milliseconds::numeric, 1), round(w.milliseconds::numeric, 1),
    round((s.milliseconds / w.milliseconds)::numeric, 2))
FROM medians s JOIN medians w USING (source, measure)
WHERE source = 'workers' AND s.name = '0' AND w.name = '2' ORDER BY measure DESC;

\echo
\echo '## Accuracy'
\echo
\echo 'Families of 20 pairs of 100 bins. The largest error relative to the exact value; then how many results are'
\echo 'negative or NaN, which no divergence is.'
\echo
\echo '| measure | pairs | kldiv | SciPy | SQL |'
\echo '|---|---|---|---|---|'
WITH results AS (
    SELECT measure, name, family, t.position, value, relative_error(measure, value, p, q) AS error
    FROM contenders, families t, value_of(expression, p, q) AS value WHERE name IN ('kldiv', 'SciPy', 'SQL')
), cells AS (
    SELECT measure, name, family, min(position) AS position,
        coalesce(to_char(max(error) FILTER (WHERE value <> 'NaN'), '9.9EEEE'), ' none')
        || coalesce('; negative: ' || nullif(count(*) FILTER (WHERE value < 0), 0), '')
        || coalesce('; NaN: ' || nullif(count(*) FILTER (WHERE value = 'NaN'), 0), '') AS cell
    FROM results GROUP BY measure, name, family
)
SELECT format('| %s | %s |%s |%s |%s |', measure, family, max(cell) FILTER (WHERE name = 'kldiv'),
    max(cell) FILTER (WHERE name = 'SciPy'), max(cell) FILTER (WHERE name = 'SQL'))
FROM cells GROUP BY measure, family ORDER BY measure DESC, min(position);
