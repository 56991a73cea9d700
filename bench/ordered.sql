-- Ordered measures beside core's own aggregates, window functions and SciPy.
-- Prints Markdown tables; :rounds rounds of turns, medians.

SET client_min_messages = warning;

-- 4 million raw rows, in 20 groups and in 100,000
CREATE UNLOGGED TABLE ordered_rows AS
SELECT i % 20 AS few, i % 100000 AS many, (hashint8(i + 300000000) & 2147483647) % 100000 AS shuffled, (hashint8(i) & 1)::float8 AS p, 1 - (hashint8(i) & 1)::float8 AS q,
    exp(4 + (hashint8(i + 100000000) & 2147483647) / 2147483648.0::float8 * 3)::float8 AS x
FROM generate_series(1, 4000000) AS i;
CREATE UNLOGGED TABLE ordered_ages AS SELECT (hashint8(i) & 1)::float8 AS p, 1 - (hashint8(i) & 1)::float8 AS q, (18 + (hashint8(i + 5) & 2147483647) % 100)::float8 AS x FROM generate_series(1, 10000000) AS i;
VACUUM ANALYZE ordered_rows, ordered_ages;

INSERT INTO turns (topic, position, name, query, against, bar, workers) VALUES
    ('ordered', 1, '20 groups: regr_slope(x, x)', 'SELECT few, regr_slope(x, x) FROM ordered_rows GROUP BY few', NULL, '', 0),
    ('ordered', 2, '20 groups: wasserstein_distance(p, q, x)', 'SELECT few, wasserstein_distance(p, q, x) FROM ordered_rows GROUP BY few', 1, '≤ 1.25', 0),
    ('ordered', 3, '20 groups: all three measures', 'SELECT few, wasserstein_distance(p, q, x), energy_distance(p, q, x), ks_statistic(p, q, x) FROM ordered_rows GROUP BY few', 2, '≤ 1.2', 0),
    ('ordered', 4, '20 groups: SQL with window functions', $$SELECT few, sum(abs(f / n - g / m) * width)
       FROM (SELECT few, sum(p) OVER w AS f, sum(q) OVER w AS g, sum(p) OVER a AS n, sum(q) OVER a AS m, lead(x) OVER w - x AS width
             FROM (SELECT few, x, sum(p) AS p, sum(q) AS q FROM ordered_rows GROUP BY few, x) AS points WINDOW a AS (PARTITION BY few), w AS (PARTITION BY few ORDER BY x)) AS steps GROUP BY few$$, 2, '≥ 10', 0),
    ('ordered', 5, 'one group: percentile_cont(0.5)', 'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM ordered_rows', NULL, '', 0),
    ('ordered', 6, 'one group: wasserstein_distance', 'SELECT wasserstein_distance(p, q, x) FROM ordered_rows', 5, '≤ 0.7', 0),
    ('ordered', 7, '100,000 groups: regr_slope(x, x)', 'SELECT sum(v) FROM (SELECT regr_slope(x, x) AS v FROM ordered_rows GROUP BY many) AS s', NULL, '', 0),
    ('ordered', 8, '100,000 groups: wasserstein_distance', 'SELECT sum(v) FROM (SELECT wasserstein_distance(p, q, x) AS v FROM ordered_rows GROUP BY many) AS s', 7, '≤ 1.3', 0),
    ('ordered', 12, '100,000 groups, shuffled: regr_slope(x, x)', 'SELECT sum(v) FROM (SELECT regr_slope(x, x) AS v FROM ordered_rows GROUP BY shuffled) AS s', NULL, '', 0),
    ('ordered', 13, '100,000 groups, shuffled: array_agg(x)', 'SELECT sum(cardinality(v)) FROM (SELECT array_agg(x) AS v FROM ordered_rows GROUP BY shuffled) AS s', 12, '', 0),
    ('ordered', 14, '100,000 groups, shuffled: wasserstein_distance', 'SELECT sum(v) FROM (SELECT wasserstein_distance(p, q, x) AS v FROM ordered_rows GROUP BY shuffled) AS s', 12, '≤ 1.3', 0),
    ('ordered', 9, '20 groups, one worker more', 'SELECT few, wasserstein_distance(p, q, x) FROM ordered_rows GROUP BY few', 2, '≤ 0.67', 1),
    ('ordered', 10, 'histogram_agg(bin_label(x, edges))', $$SELECT histogram_agg(bin_label(x, '{60,80,100,150,200,300,400,600,800}')) FROM ordered_rows$$, NULL, '', 0),
    ('ordered', 11, 'histogram_agg(log_bin_label(x))', 'SELECT histogram_agg(log_bin_label(x)) FROM ordered_rows', 10, '≤ 1.5', 0);
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
CALL take_turns('ordered', :rounds);

\echo
\echo '## Ordered data'
\echo
\echo '4 million raw rows of two sides.'
\echo
SELECT lines_of_turns('ordered');

-- Arrays of values beside SciPy, which has its own in memory already: nothing is converted
CREATE TABLE ordered_samples (name text, n int, ours float8, scipy float8, error float8, scipy_error float8);
CREATE PROCEDURE compare_samples(rounds int, n int) LANGUAGE plpython3u AS $$
import time, statistics, numpy as np
from scipy import stats
plpy.execute("CREATE TEMP TABLE IF NOT EXISTS sample_turns (ms float8)")
rng = np.random.default_rng(n)
x, y = np.exp(rng.normal(4, 1, n)), np.exp(rng.normal(4.01, 1, n))
plpy.execute("CREATE TEMP TABLE IF NOT EXISTS samples (x float8[], y float8[])")
plpy.execute("TRUNCATE samples")
plan = plpy.prepare("INSERT INTO samples SELECT $1, $2", ["float8[]", "float8[]"])
plpy.execute(plan, [list(map(float, x)), list(map(float, y))])
def clock(f):
    t = time.process_time(); v = f(); return 1000 * (time.process_time() - t), v
# the arrays are fetched and kept by a function, so that only the call is measured
call = """DO $do$ DECLARE a float8[]; b float8[]; v float8; t float8; BEGIN
    SELECT s.x, s.y INTO a, b FROM samples AS s; a[1] := a[1]; b[1] := b[1];
    t := cpu_milliseconds(); v := {}(a, b); INSERT INTO sample_turns VALUES (cpu_milliseconds() - t); END $do$"""
measures = (('sample_wasserstein_distance', stats.wasserstein_distance), ('sample_energy_distance', stats.energy_distance),
                     ('sample_ks_statistic', lambda a, b: stats.ks_2samp(a, b, mode='asymp').statistic))
for name, theirs in measures[:3 if n <= 1000000 else 1]:
    ours, other = [], []
    plpy.execute("TRUNCATE sample_turns")
    for _ in range(rounds):
        plpy.execute(call.format(name))
        other.append(clock(lambda: theirs(x, y))[0])
    ours = [r['ms'] for r in plpy.execute("SELECT ms FROM sample_turns")]
    plpy.execute(plpy.prepare("INSERT INTO ordered_samples VALUES ($1, $2, $3, $4)", ["text", "int", "float8", "float8"]),
                 [name, n, statistics.median(ours), statistics.median(other)])
$$;
CALL compare_samples(:rounds, 1000000);
CALL compare_samples(least(:rounds, 3), 10000000);

\echo
\echo 'Arrays of values, as many on each side, beside SciPy in the same process; ms of CPU, without transfer of the values.'
\echo
\echo '| function | values a side | kldiv | SciPy | SciPy takes so many times as long | bar |'
\echo '|---|---|---|---|---|---|'
SELECT format('| %s | %s | %s | %s | %s | %s |', name, to_char(n, 'FM99,999,999'), round(ours::numeric), round(scipy::numeric), round((scipy / ours)::numeric, 1),
    CASE WHEN name LIKE '%wasserstein%' THEN CASE WHEN n > 1000000 THEN '≥ 9' ELSE '≥ 7' END END) FROM ordered_samples ORDER BY n, name DESC;

-- Errors, beside exact sums of fractions: where counts are large and differ little
CREATE FUNCTION ordered_errors() RETURNS TABLE (what text, ours float8, scipy float8) LANGUAGE plpython3u AS $$
import mpmath as mp
from scipy import stats
mp.mp.dps = 50
def exact(p, q, x):
    P, Q = mp.fsum(p), mp.fsum(q); f = g = mp.mpf(0); w = mp.mpf(0)
    for i in range(len(x) - 1):
        f += p[i]; g += q[i]; w += abs(f / P - g / Q) * (mp.mpf(x[i + 1]) - mp.mpf(x[i]))
    return w
plan = plpy.prepare("SELECT wasserstein_distance($1, $2, $3) AS v", ["float8[]"] * 3)
x = [float(i) for i in range(100)]
base = [float((i * 7919) % 101 + 1) for i in range(100)]
cases = {'counts of 1 to 101': (base, base[::-1]),
         'the same but for 1e-12': (base, [b * (1 + 1e-12 * (i % 7)) for i, b in enumerate(base)]),
         'one unit of 3e15 is elsewhere': ([3e13 + b for b in base], [3e13 + b + (i == 3) - (i == 4) for i, b in enumerate(base)])}
for name, (p, q) in cases.items():
    e = exact(p, q, x)
    yield (name, float(abs(plpy.execute(plan, [p, q, x])[0]['v'] / e - 1)), float(abs(stats.wasserstein_distance(x, x, p, q) / e - 1)))
$$;
\echo
\echo '| relative error of wasserstein_distance | kldiv | SciPy |'
\echo '|---|---|---|'
SELECT format('| %s | %s | %s |', what, to_char(ours, '9.9EEEE'), to_char(scipy, '9.9EEEE')) FROM ordered_errors();

-- Two stored histograms of 100 interval labels, and what rows of few values keep
CREATE UNLOGGED TABLE ordered_stored AS
SELECT h, (SELECT histogram(array_agg(format('[%s, %s)', 10 * b, 10 * b + 10)), array_agg(((hashint4(h * 200 + side * 100 + b) & 1023) + 1)::float8)) FROM generate_series(0, 99) AS b) AS p, side
FROM generate_series(1, 2000) AS h, generate_series(0, 1) AS side;
CREATE UNLOGGED TABLE ordered_pairs AS SELECT a.h, a.p, b.p AS q FROM ordered_stored AS a JOIN ordered_stored AS b ON a.h = b.h AND a.side = 0 AND b.side = 1;
VACUUM ANALYZE ordered_pairs;
INSERT INTO turns (topic, position, name, query, against, bar) VALUES
    ('ordered histograms', 1, '2,000 pairs of stored histograms, 100 interval labels: histogram_bin_count of both', 'SELECT sum(histogram_bin_count(p) + histogram_bin_count(q)) FROM ordered_pairs', NULL, ''),
    ('ordered histograms', 2, 'the same: wasserstein_distance', 'SELECT sum(wasserstein_distance(p, q)) FROM ordered_pairs', 1, '20 µs each: 40 ms');
CALL take_turns('ordered histograms', :rounds);
\echo
SELECT lines_of_turns('ordered histograms');
