-- Dependence: measures over raw rows beside the GROUP BY that counts pairs, over a table beside scikit-learn, and how far both are
-- from the exact value.  Prints Markdown tables; :rounds rounds of turns, medians.

SET client_min_messages = warning;

CREATE UNLOGGED TABLE pair_rows AS
SELECT (i % 20)::int AS g, (i % 100000)::int AS many, hashint8(i) & 1023 < 300 AS x, (hashint8(i + 5000000) & 65535) % 50 AS y,
    CASE WHEN hashint8(i) & 1023 < 300 THEN 'yes' ELSE 'no' END AS x_text, 'plan ' || (hashint8(i + 5000000) & 65535) % 50 AS y_text
FROM generate_series(1::int8, 4000000) AS i;
VACUUM ANALYZE pair_rows;
CREATE UNLOGGED TABLE large_lines AS
SELECT i, array_agg((hashint8(i * 1000 + j) & 1023)::float8 ORDER BY j) AS line
FROM generate_series(1::int8, 1000) AS i, generate_series(1::int8, 1000) AS j GROUP BY i;

-- the milliseconds that scikit-learn takes when it has the table, without what handing it over takes; and its value
CREATE FUNCTION sklearn_times(t float8[], turns int) RETURNS SETOF float8 LANGUAGE plpython3u AS $$
import time, numpy
from sklearn.metrics import mutual_info_score
table = numpy.array(t)
mutual_info_score(None, None, contingency=table)
def turn():
    start = time.perf_counter()
    mutual_info_score(None, None, contingency=table)
    return 1e3 * (time.perf_counter() - start)
return [turn() for _ in range(turns)]
$$;
CREATE FUNCTION sklearn_information(t float8[]) RETURNS float8 LANGUAGE plpython3u AS $$
import numpy, warnings
from sklearn.metrics import mutual_info_score
warnings.simplefilter('ignore')
return float(mutual_info_score(None, None, contingency=numpy.array(t)))
$$;
-- R, where it is installed: what one writes there, sum(p * log(p / outer(rowSums(p), colSums(p)))); milliseconds and value, or nothing
CREATE FUNCTION r_information(t float8[], turns int, OUT milliseconds float8, OUT value float8) LANGUAGE plpython3u AS $$
import shutil, struct, subprocess, tempfile
if shutil.which('Rscript') is None:
    return (None, None)
with tempfile.NamedTemporaryFile() as file, tempfile.NamedTemporaryFile('w', suffix='.R') as source:
    file.write(b''.join(struct.pack('=%dd' % len(line), *line) for line in t))
    file.flush()
    source.write(f"""
        t <- matrix(readBin('{file.name}', 'double', {len(t) * len(t[0])}), nrow = {len(t)}, byrow = TRUE)
        information <- function(t) {{ p <- t / sum(t); r <- p / outer(rowSums(p), colSums(p)); sum(ifelse(p > 0, p * log(r), 0)) }}
        v <- information(t)
        times <- sapply(1:{turns}, function(i) 1000 * system.time(information(t))[['elapsed']])
        cat(median(times), format(v, digits = 17))""")
    source.flush()
    result = subprocess.run(['Rscript', '--vanilla', source.name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, universal_newlines=True).stdout.split()
return (float(result[0]), float(result[1]))
$$;
CREATE FUNCTION exact_information(t float8[]) RETURNS float8 LANGUAGE plpython3u AS $$
from fractions import Fraction
import mpmath as mp
with mp.workdps(80):
    exact = [[Fraction(n) for n in line] for line in t]
    r, c = [sum(line) for line in exact], [sum(line) for line in zip(*exact)]
    real = lambda f: mp.mpf(f.numerator) / f.denominator
    return float(mp.fsum(real(n / sum(r)) * mp.log(real(n * sum(r) / (r[i] * c[j]))) for i, line in enumerate(exact) for j, n in enumerate(line) if n))
$$;
-- what a query does in SQL: the sum of p ln(p/(p_x p_y)), and entropies that are subtracted
CREATE FUNCTION sql_information(t float8[]) RETURNS float8 LANGUAGE sql AS $$
SELECT sum(p * ln(p / (r * c))) FROM (SELECT p, sum(p) OVER (PARTITION BY i) AS r, sum(p) OVER (PARTITION BY j) AS c
    FROM (SELECT i, j, t[i][j] / sum(t[i][j]) OVER () AS p FROM generate_subscripts(t, 1) AS i, generate_subscripts(t, 2) AS j) AS shares) AS s WHERE p > 0
$$;
CREATE FUNCTION subtracted_entropies(t float8[]) RETURNS float8 LANGUAGE sql AS $$
SELECT entropy(r) + entropy(c) - entropy(t)
FROM (SELECT array_agg((SELECT sum(t[i][j]) FROM generate_subscripts(t, 2) AS j)) AS r FROM generate_subscripts(t, 1) AS i) AS rows,
    (SELECT array_agg((SELECT sum(t[i][j]) FROM generate_subscripts(t, 1) AS i)) AS c FROM generate_subscripts(t, 2) AS j) AS columns
$$;

-- g has 20 groups, many 100,000
INSERT INTO turns (topic, position, name, query, against, bar, workers) VALUES
    ('dependence', 1, '20 groups, boolean and int: GROUP BY g, x, y', 'SELECT g, x, y, count(*) FROM pair_rows GROUP BY g, x, y', NULL, '', 0),
    ('dependence', 2, '20 groups, boolean and int: mutual_information(x, y)', 'SELECT g, mutual_information(x, y) FROM pair_rows GROUP BY g', 1, '≤ 1.25', 0),
    ('dependence', 3, '20 groups, texts: GROUP BY g, x, y', 'SELECT g, x_text, y_text, count(*) FROM pair_rows GROUP BY g, x_text, y_text', NULL, '', 0),
    ('dependence', 4, '20 groups, texts: mutual_information(x, y)', 'SELECT g, mutual_information(x_text, y_text) FROM pair_rows GROUP BY g', 3, '≤ 1.25', 0),
    ('dependence', 5, 'one group: GROUP BY x, y', 'SELECT x, y, count(*) FROM pair_rows GROUP BY x, y', NULL, '', 0),
    ('dependence', 6, 'one group: mutual_information(x, y)', 'SELECT mutual_information(x, y) FROM pair_rows', 5, '≤ 1.25', 0),
    ('dependence', 7, 'one group: three measures', 'SELECT mutual_information(x, y), theils_u(x, y), conditional_entropy(x, y) FROM pair_rows', 6, '', 0),
    ('dependence', 8, 'one group, one worker more', 'SELECT mutual_information(x, y) FROM pair_rows', 6, '', 1),
    ('dependence', 9, '100,000 groups: GROUP BY many, x, y', 'SELECT count(n) FROM (SELECT many, x, y, count(*) AS n FROM pair_rows GROUP BY many, x, y) AS s', NULL, '', 0),
    ('dependence', 10, '100,000 groups: mutual_information(x, y)', 'SELECT sum(v) FROM (SELECT mutual_information(x, y) AS v FROM pair_rows GROUP BY many) AS s', 9, '', 0);
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
CALL take_turns('dependence', :rounds);

-- tables in memory, so that fetching them is not measured
CREATE TABLE table_times (name text, milliseconds float8);
CREATE PROCEDURE take_table_times(rounds int) LANGUAGE plpgsql AS $$
DECLARE
    start timestamptz;
    held record;
BEGIN
    SELECT array_agg(line ORDER BY i) AS t INTO held FROM large_lines;
    FOR round IN 0 .. 3 * rounds LOOP           -- round 0 warms up
        start := clock_timestamp();
        PERFORM mutual_information(held.t);
        INSERT INTO table_times SELECT 'kldiv', 1000 * extract(epoch FROM clock_timestamp() - start) WHERE round > 0;
        INSERT INTO table_times SELECT 'sklearn', sklearn_times(held.t, 1) WHERE round > 0;
    END LOOP;
END $$;
SET kldiv.threads = 1;
CALL take_table_times(:rounds);

\echo
\echo '## Dependence'
\echo
\echo '4 million raw rows of 2 x 50 values.'
\echo
SELECT lines_of_turns('dependence');
\echo
\echo 'A table of 1,000 x 1,000 in memory, one thread. Bar: 3 times as fast as scikit-learn. R, where it is installed: sum(p * log(p / outer(rowSums(p), colSums(p)))).'
\echo
\echo '| `mutual_information(t)`, ms | scikit-learn `mutual_info_score`, ms | times faster | R, ms |'
\echo '|---|---|---|---|'
WITH medians AS (SELECT name, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS milliseconds FROM table_times GROUP BY name)
SELECT format('| %s | %s | %s | %s |', round(own.milliseconds::numeric, 1), round(other.milliseconds::numeric, 1), round((other.milliseconds / own.milliseconds)::numeric, 1),
    (SELECT round(milliseconds::numeric, 1) FROM r_information((SELECT array_agg(line ORDER BY i) FROM large_lines), 3 * :rounds)))
FROM medians AS own, medians AS other WHERE own.name = 'kldiv' AND other.name = 'sklearn';

-- 12 tables of 4 x 5 of each family
CREATE TABLE pair_families AS
SELECT family, k, array_agg(line ORDER BY i) AS t
FROM (SELECT family, k, i, array_agg(CASE family WHEN 1 THEN round(u * 1000) ELSE round(r * c * 1e11 * (1 + deviation * (u - 0.5))) END ORDER BY j) AS line
      FROM (VALUES (1, 0), (2, 1e-2), (3, 1e-4), (4, 1e-7)) AS f (family, deviation), generate_series(1::int8, 12) AS k, generate_series(1::int8, 4) AS i, generate_series(1::int8, 5) AS j,
          LATERAL (SELECT (hashint8(((family * 100 + k) * 100 + i) * 100 + j) & 65535) / 65536.0::float8 AS u, 1 + (hashint8(k * 10 + i) & 63) AS r, 1 + (hashint8(k * 10 + j + 700) & 63) AS c) AS v
      GROUP BY family, k, i) AS lines GROUP BY family, k;
INSERT INTO pair_families SELECT 5, k, ARRAY[[2.5e13, 5e13], [5e13 + k, 1e14]] FROM generate_series(1, 12) AS k;
INSERT INTO pair_families SELECT 6, k, ARRAY[[1e6, 1e15], [1e6 + 100 * k, 1e15]] FROM generate_series(1, 12) AS k;
\echo
\echo 'Accuracy: 12 tables of each family. The largest error relative to the exact value; then how many results are negative or NaN,'
\echo 'which no information is. scikit-learn multiplies counts as integers of 64 bits.'
\echo
\echo '| tables | kldiv | scikit-learn | sum of p ln(p/(p_x p_y)) in SQL | the same in R | H(X) + H(Y) - H(X,Y) |'
\echo '|---|---|---|---|---|---|'
WITH results AS (
    SELECT family, name, found, abs(found / exact - 1) AS error
    FROM pair_families, LATERAL (SELECT exact_information(t) AS exact) AS e,
        LATERAL (VALUES ('kldiv', mutual_information(t)), ('sklearn', sklearn_information(t)), ('sql', sql_information(t)), ('r', (r_information(t, 1)).value), ('entropies', subtracted_entropies(t))) AS v (name, found)
), cells AS (
    SELECT family, name, coalesce(to_char(max(error) FILTER (WHERE found <> 'NaN'), '9.9EEEE'), ' none') || coalesce('; NaN: ' || nullif(count(*) FILTER (WHERE found = 'NaN'), 0), '') || coalesce('; negative: ' || nullif(count(*) FILTER (WHERE found < 0), 0), '') AS cell FROM results GROUP BY family, name
)
SELECT format('| %s | %s |%s |%s |%s |%s |', (ARRAY['random', '1e-2 from independence', '1e-4 from independence', '1e-7 from independence', 'a few counts of 2.5e13', 'rates of 1.0000e-9 and 1.0001e-9'])[family],
    max(cell) FILTER (WHERE name = 'kldiv'), max(cell) FILTER (WHERE name = 'sklearn'), max(cell) FILTER (WHERE name = 'sql'), max(cell) FILTER (WHERE name = 'r'), max(cell) FILTER (WHERE name = 'entropies'))
FROM cells GROUP BY family ORDER BY family;
