-- Many distributions at once, and threads: beside SciPy's pdist, plain SQL and DuckDB.

CREATE TABLE matrix_rows AS
SELECT row, array_agg(((hashint8(row * 1000 + bin) & 2147483647) + 1::float8) / 2147483648 ORDER BY bin) AS p
FROM generate_series(1, 1000) AS row, generate_series(1, 256) AS bin GROUP BY row;
CREATE TABLE matrix_input AS
SELECT array_agg(p ORDER BY row) AS m, array_agg(row ORDER BY row) AS ids FROM matrix_rows;
CREATE TABLE matrix_long AS
SELECT row, bin, share AS p FROM matrix_rows, unnest(to_distribution(p)) WITH ORDINALITY AS shares (share, bin) WHERE row <= 100;
ANALYZE matrix_long;

-- Milliseconds of pdist alone, without what brings the array to Python; the distances' errors in passing
CREATE FUNCTION pdist_milliseconds(m float8[], OUT milliseconds float8, OUT cpu float8) LANGUAGE plpython3u AS $$
import time, numpy
from scipy.spatial.distance import pdist
if 'm' not in SD:
    SD['m'] = numpy.array(m)
start, cpu = time.perf_counter(), time.process_time()
pdist(SD['m'], 'jensenshannon')
return 1000 * (time.perf_counter() - start), 1000 * (time.process_time() - cpu)
$$;
CREATE FUNCTION pdist(m float8[]) RETURNS float8[] LANGUAGE plpython3u AS $$
import numpy
from scipy.spatial.distance import pdist
return pdist(numpy.array(m), 'jensenshannon').tolist()
$$;
CREATE TABLE matrix_times (name text, milliseconds float8, cpu float8);
CREATE PROCEDURE take_matrix_times(rounds int) LANGUAGE plpgsql AS $$
DECLARE
    input record;
    pair record;
    start timestamptz;
    cpu float8;
    value float8;
    contender record;
BEGIN
    SELECT * INTO input FROM matrix_input;
    -- in memory, not in a table: neither building nor fetching is measured
    SELECT array_agg(1 + (hashint8(i) & 1048575)::float8) AS p, array_agg(1 + (hashint8(i + 77777777) & 1048575)::float8) AS q
    INTO pair FROM generate_series(1, 10000000) AS i;
    FOR turn IN 0 .. rounds LOOP        -- turn 0 warms up
        FOR contender IN SELECT * FROM (VALUES
            ('jsd matrix', 'SELECT cardinality(divergence_matrix($1))'),
            ('kl matrix', 'SELECT cardinality(divergence_matrix($1, ''kl_divergence''))'),
            ('jsd pairs, top 100', 'SELECT count(*) FROM divergence_pairs($2, $1, top => 100)')) AS queries (name, query), generate_series(1, 2) AS threads ORDER BY name, threads LOOP
            PERFORM set_config('kldiv.threads', contender.threads::text, false);
            cpu := cpu_milliseconds();
            start := clock_timestamp();
            EXECUTE contender.query USING input.m, input.ids;
            INSERT INTO matrix_times SELECT contender.name || contender.threads, 1000 * extract(epoch FROM clock_timestamp() - start), cpu_milliseconds() - cpu WHERE turn > 0;
        END LOOP;
        FOR threads IN 1 .. 2 LOOP
            -- an assignment hands fields of a record over as they are, without a copy
            PERFORM set_config('kldiv.threads', threads::text, false);
            cpu := cpu_milliseconds();
            start := clock_timestamp();
            value := kl_divergence(pair.p, pair.q);
            INSERT INTO matrix_times SELECT 'kl pair of 10m' || threads, 1000 * extract(epoch FROM clock_timestamp() - start), cpu_milliseconds() - cpu WHERE turn > 0;
            cpu := cpu_milliseconds();
            start := clock_timestamp();
            value := jsd(pair.p, pair.q);
            INSERT INTO matrix_times SELECT 'jsd pair of 10m' || threads, 1000 * extract(epoch FROM clock_timestamp() - start), cpu_milliseconds() - cpu WHERE turn > 0;
        END LOOP;
        INSERT INTO matrix_times SELECT 'pdist alone', t.* FROM pdist_milliseconds(input.m) AS t WHERE turn > 0;
        start := clock_timestamp();
        PERFORM cardinality(pdist(input.m));
        INSERT INTO matrix_times SELECT 'pdist', 1000 * extract(epoch FROM clock_timestamp() - start) WHERE turn > 0;
    END LOOP;
    start := clock_timestamp();
    PERFORM count(d) FROM (
        SELECT sum(a.p * ln(2 * a.p / (a.p + b.p)) + b.p * ln(2 * b.p / (a.p + b.p))) / 2 AS d
        FROM matrix_long AS a JOIN matrix_long AS b ON a.bin = b.bin AND a.row < b.row GROUP BY a.row, b.row) AS pairs;
    INSERT INTO matrix_times SELECT 'sql100', 1000 * extract(epoch FROM clock_timestamp() - start);
    PERFORM set_config('kldiv.threads', '1', false);
    start := clock_timestamp();
    PERFORM divergence_matrix(array_agg(p)) FROM matrix_rows WHERE row <= 100;
    INSERT INTO matrix_times SELECT 'kldiv100', 1000 * extract(epoch FROM clock_timestamp() - start);
END $$;
LOAD 'kldiv';
CALL take_matrix_times(:rounds);
\copy (SELECT row, array_to_string(to_distribution(p), ' ') FROM matrix_rows WHERE row <= 100) TO PROGRAM 'bench/duckdb pairs 5' WITH (FORMAT csv)
\copy matrix_times (name, milliseconds) FROM 'build/bench/duckdb.csv' WITH (FORMAT csv)
CREATE VIEW matrix_medians AS
SELECT name, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS ms, min(milliseconds) AS least,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY cpu) AS cpu FROM matrix_times GROUP BY name;

\echo
\echo '## Many distributions at once'
\echo
\echo '1,000 distributions of 256 bins, all pairs. pdist alone is timed inside Python, without bringing the array there.'
\echo 'CPU time, which all threads add to, is what other work on the machine disturbs least.'
\echo
\echo '| what | ms | ratio | CPU, ms | ratio | bar |'
\echo '|---|---|---|---|---|---|'
SELECT format('| %s | %s | %s | %s | %s | %s |', what, round(own.ms::numeric, 1),
    CASE WHEN other.name IS NULL THEN '' ELSE format('%s times faster than %s', round((other.ms / own.ms)::numeric, 1), against) END,
    round(own.cpu::numeric, 1), CASE WHEN other.cpu IS NOT NULL AND own.cpu > 0 THEN round((other.cpu / own.cpu)::numeric, 1) END, bar)
FROM (VALUES (1, 'jsd matrix1', 'pdist alone', 'JSD matrix, one thread', 'pdist', '10'), (2, 'jsd matrix2', 'pdist alone', 'JSD matrix, two threads', 'pdist', '18'),
    (3, 'pdist alone', NULL, 'SciPy pdist, jensenshannon', NULL, ''), (4, 'pdist', NULL, 'the same, called from SQL', NULL, ''),
    (5, 'jsd pairs, top 1001', 'pdist alone', 'the 100 closest pairs, one thread', 'pdist', ''), (6, 'jsd pairs, top 1002', 'pdist alone', 'the 100 closest pairs, two threads', 'pdist', ''),
    (7, 'kl matrix1', NULL, 'KL matrix, one thread', '', '25 times a loop over libm, see below'), (8, 'kl matrix2', 'kl matrix1', 'KL matrix, two threads', 'one thread', ''),
    (9, 'sql100', NULL, 'plain SQL, 100 of the distributions', NULL, ''), (10, 'duckdb pairs1', NULL, 'DuckDB, 100 of the distributions, one thread', NULL, ''), (11, 'duckdb pairs2', NULL, 'the same, two threads', NULL, ''),
    (12, 'kldiv100', 'sql100', 'kldiv, the same 100, making the array included', 'plain SQL', '')) AS lines (position, name, reference, what, against, bar)
JOIN matrix_medians AS own USING (name) LEFT JOIN matrix_medians AS other ON other.name = reference ORDER BY position;
SELECT E'\nDuckDB is not here, and was left out.' WHERE NOT EXISTS (SELECT FROM matrix_times WHERE name = 'duckdb pairs1');

\echo
\echo '| one pair of 10 million bins, in memory | one thread, ms | two threads, ms | ratio | CPU, ms | bar |'
\echo '|---|---|---|---|---|---|'
SELECT format('| %s | %s | %s | %s times faster | %s, %s | 1.6 |', measure, round(a.ms::numeric, 1), round(b.ms::numeric, 1),
    round((a.ms / b.ms)::numeric, 2), round(a.cpu::numeric, 1), round(b.cpu::numeric, 1))
FROM (VALUES ('kl_divergence', 'kl'), ('jsd', 'jsd')) AS measures (measure, short)
JOIN matrix_medians AS a ON a.name = short || ' pair of 10m1' JOIN matrix_medians AS b ON b.name = short || ' pair of 10m2';

\echo
\echo 'Largest relative error over the pairs of 30 of them, against values with 60 digits (mpmath), and the'
\echo 'largest difference between the pairs and the array function:'
\echo
WITH few AS (
    SELECT array_agg(p ORDER BY row) AS m, array_agg(row ORDER BY row) AS ids FROM matrix_rows WHERE row <= 30
), scipy AS (
    SELECT distance, row_number() OVER () AS number FROM (SELECT unnest(pdist(m)) AS distance FROM few) AS distances
), own AS (
    SELECT divergence, x.p, y.p AS q, (a - 1) * 30 - a * (a + 1) / 2 + b AS number
    FROM few, divergence_pairs(ids, m) JOIN matrix_rows AS x ON x.row = a JOIN matrix_rows AS y ON y.row = b
)
SELECT format(E'- kldiv %s, SciPy %s\n- matrix and array function differ by %s',
    to_char(max(relative_error('jsd', divergence, p, q)), '9.9EEEE'), to_char(max(relative_error('jsd', distance ^ 2, p, q)), '9.9EEEE'),
    to_char(max(abs(divergence / jsd(p, q) - 1)), '9.9EEEE'))
FROM own JOIN scipy USING (number);
