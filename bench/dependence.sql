-- Dependence: measures over raw rows beside the GROUP BY that counts pairs, over a table beside scikit-learn, and how far both are
-- from the exact value.  Prints Markdown tables; :rounds rounds of turns, medians.

SET client_min_messages = warning;
SET work_mem = '256MB';

CREATE UNLOGGED TABLE pair_rows AS
SELECT (i % 20)::int AS g, hashint8(i) & 1023 < 300 AS x, (hashint8(i + 5000000) & 65535) % 50 AS y,
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

CREATE TABLE pair_contenders (position int, question text, query text, reference boolean);
INSERT INTO pair_contenders VALUES
    (1, '20 groups, boolean and int', 'SELECT g, x, y, count(*) FROM pair_rows GROUP BY g, x, y', true),
    (2, '20 groups, boolean and int', 'SELECT g, mutual_information(x, y) FROM pair_rows GROUP BY g', false),
    (3, '20 groups, texts', 'SELECT g, x_text, y_text, count(*) FROM pair_rows GROUP BY g, x_text, y_text', true),
    (4, '20 groups, texts', 'SELECT g, mutual_information(x_text, y_text) FROM pair_rows GROUP BY g', false),
    (5, 'one group, boolean and int', 'SELECT x, y, count(*) FROM pair_rows GROUP BY x, y', true),
    (6, 'one group, boolean and int', 'SELECT mutual_information(x, y) FROM pair_rows', false),
    (7, 'one group, boolean and int', 'SELECT mutual_information(x, y), theils_u(x, y), conditional_entropy(x, y) FROM pair_rows', false);
CREATE TABLE pair_times (position int, milliseconds float8);
CREATE PROCEDURE take_pair_times(rounds int) LANGUAGE plpgsql AS $$
DECLARE
    contender pair_contenders;
    start timestamptz;
    held record;            -- a table in memory, so that fetching it is not measured
BEGIN
    SELECT array_agg(line ORDER BY i) AS t INTO held FROM large_lines;
    FOR turn IN 0 .. rounds LOOP        -- turn 0 warms up
        FOR contender IN SELECT * FROM pair_contenders ORDER BY position LOOP
            start := clock_timestamp();
            EXECUTE contender.query;
            INSERT INTO pair_times SELECT contender.position, 1000 * extract(epoch FROM clock_timestamp() - start) WHERE turn > 0;
        END LOOP;
        FOR again IN 1 .. 3 LOOP
            start := clock_timestamp();
            PERFORM mutual_information(held.t);
            INSERT INTO pair_times SELECT 100, 1000 * extract(epoch FROM clock_timestamp() - start) WHERE turn > 0;
        END LOOP;
        INSERT INTO pair_times SELECT 101, sklearn_times(held.t, 3) WHERE turn > 0;
    END LOOP;
END $$;
SET kldiv.threads = 1;
CALL take_pair_times(:rounds);
CREATE VIEW pair_medians AS SELECT position, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS milliseconds FROM pair_times GROUP BY position;

\echo
\echo '## Dependence'
\echo
\echo '4 million rows of 2 x 50 values. Bar: `mutual_information` 1.25 times the `GROUP BY` that counts the pairs.'
\echo
\echo '| question | query | ms | times GROUP BY |'
\echo '|---|---|---|---|'
SELECT format('| %s | `%s` | %s | %s |', question, query, round(milliseconds::numeric), round((milliseconds / first_value(milliseconds) OVER (PARTITION BY question ORDER BY position))::numeric, 2))
FROM pair_contenders JOIN pair_medians USING (position) ORDER BY position;
\echo
\echo 'A table of 1,000 x 1,000 in memory, one thread. Bar: 3 times as fast.'
\echo
\echo '| `mutual_information(t)`, ms | scikit-learn `mutual_info_score`, ms | times faster |'
\echo '|---|---|---|'
SELECT format('| %s | %s | %s |', round(own.milliseconds::numeric, 1), round(other.milliseconds::numeric, 1), round((other.milliseconds / own.milliseconds)::numeric, 1))
FROM pair_medians AS own, pair_medians AS other WHERE own.position = 100 AND other.position = 101;

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
\echo '| tables | kldiv | scikit-learn | sum of p ln(p/(p_x p_y)) in SQL | H(X) + H(Y) - H(X,Y) |'
\echo '|---|---|---|---|---|'
WITH results AS (
    SELECT family, name, found, abs(found / exact - 1) AS error
    FROM pair_families, LATERAL (SELECT exact_information(t) AS exact) AS e,
        LATERAL (VALUES ('kldiv', mutual_information(t)), ('sklearn', sklearn_information(t)), ('sql', sql_information(t)), ('entropies', subtracted_entropies(t))) AS v (name, found)
), cells AS (
    SELECT family, name, coalesce(to_char(max(error) FILTER (WHERE found <> 'NaN'), '9.9EEEE'), ' none') || coalesce('; NaN: ' || nullif(count(*) FILTER (WHERE found = 'NaN'), 0), '') || coalesce('; negative: ' || nullif(count(*) FILTER (WHERE found < 0), 0), '') AS cell FROM results GROUP BY family, name
)
SELECT format('| %s | %s |%s |%s |%s |', (ARRAY['random', '1e-2 from independence', '1e-4 from independence', '1e-7 from independence', 'a few counts of 2.5e13', 'rates of 1.0000e-9 and 1.0001e-9'])[family],
    max(cell) FILTER (WHERE name = 'kldiv'), max(cell) FILTER (WHERE name = 'sklearn'), max(cell) FILTER (WHERE name = 'sql'), max(cell) FILTER (WHERE name = 'entropies'))
FROM cells GROUP BY family ORDER BY family;
