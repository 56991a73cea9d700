-- Many cohorts at once, and calibration: kldiv beside plain SQL, NumPy and scikit-learn, accuracy included.
-- Prints Markdown tables; :rounds rounds of turns, medians.

SET client_min_messages = warning;

-- 1,000 cohorts over 1,000 bins: apart, and a millionth from each other
CREATE UNLOGGED TABLE cohort_arrays (apart float8[], near float8[]);
INSERT INTO cohort_arrays
SELECT array_agg(apart ORDER BY k), array_agg(near ORDER BY k)
FROM (SELECT k, array_agg(1 + (hashint8(k * 100000 + i) & 1048575) / 1024.0 ORDER BY i)::float8[] AS apart,
          array_agg((1 + i % 17) * (1 + 1e-6 * (hashint8(k * 100000 + i) & 1048575) / 1048576.0) ORDER BY i)::float8[] AS near
      FROM generate_series(1::int8, 1000) AS k, generate_series(1::int8, 1000) AS i GROUP BY k) AS rows;

-- a million predictions, and as many of rare events
CREATE UNLOGGED TABLE prediction_rows AS
SELECT (hashint8(i + 50000000) & 1048575) / 1048576.0 < p AS y, p, (i % 1000000 = 7) AS rare_y, p * 2e-6 AS rare_p
FROM (SELECT i, ((hashint8(i) & 1048575) + 0.5)::float8 / 1048576 AS p FROM generate_series(1::int8, 1000000) AS i) AS s;
VACUUM ANALYZE prediction_rows;

CREATE FUNCTION numpy_generalized_jsd(rows float8[]) RETURNS float8
LANGUAGE plpython3u IMMUTABLE STRICT AS $$
import numpy as np
from scipy.special import entr
x = np.array(rows)
p = x / x.sum(axis=1, keepdims=True)
return float(entr(p.mean(axis=0)).sum() - entr(p).sum() / len(p))
$$;
CREATE FUNCTION exact_generalized_jsd(rows float8[]) RETURNS float8
LANGUAGE plpython3u IMMUTABLE STRICT AS $$
import mpmath as mp
with mp.workdps(50):
    x = [[mp.mpf(c) for c in row] for row in rows]
    p = [[c / total for c in row] for row, total in ((row, mp.fsum(row)) for row in x)]
    m = [mp.fsum(column) / len(p) for column in zip(*p)]
    return float(mp.fsum(c * mp.log(c / y) for row in p for c, y in zip(row, m) if c > 0) / len(p))
$$;
CREATE FUNCTION sklearn_log_loss(y boolean[], p float8[]) RETURNS float8
LANGUAGE plpython3u IMMUTABLE STRICT AS $$
from sklearn.metrics import log_loss
return float(log_loss(y, p))
$$;
CREATE FUNCTION sklearn_calibration_error(y boolean[], p float8[]) RETURNS float8
LANGUAGE plpython3u IMMUTABLE STRICT AS $$
import numpy as np
from sklearn.calibration import calibration_curve
happened, said = calibration_curve(y, p, n_bins=10)
n = np.bincount(np.minimum(np.floor(np.array(p) * 10), 9).astype(int), minlength=10)
return float((n[n > 0] * abs(happened - said)).sum() / n.sum())
$$;
CREATE FUNCTION exact_calibration(kind text, y boolean[], p float8[]) RETURNS float8
LANGUAGE plpython3u IMMUTABLE STRICT AS $$
import mpmath as mp
with mp.workdps(50):
    if kind == 'loss':
        return float(mp.fsum(-mp.log(q) if o else -mp.log(1 - mp.mpf(q)) for o, q in zip(y, p)) / len(p))
    bins = {}
    for o, q in zip(y, p):
        n, yes, said = bins.get(min(int(q * 10), 9), (0, 0, mp.mpf(0)))
        bins[min(int(q * 10), 9)] = (n + 1, yes + o, said + mp.mpf(q))
    if kind == 'error':
        return float(mp.fsum(abs(yes - said) for n, yes, said in bins.values()) / len(p))
    return float(mp.fsum((yes * mp.log(yes / said) if yes else 0) + ((n - yes) * mp.log((n - yes) / (n - said)) if yes < n else 0)
                         for n, yes, said in bins.values()) / len(p))
$$;

CREATE TABLE cohort_contenders (position int, task text, name text, query text, other_query text);
INSERT INTO cohort_contenders VALUES
    (1, 'gjsd', 'generalized_jsd(distributions)', 'SELECT generalized_jsd(apart) FROM cohort_arrays', 'SELECT generalized_jsd(near) FROM cohort_arrays'),
    (2, 'gjsd', 'NumPy and SciPy: entropy of the mean less mean entropy', 'SELECT numpy_generalized_jsd(apart) FROM cohort_arrays', 'SELECT numpy_generalized_jsd(near) FROM cohort_arrays'),
    (3, 'loss', 'log_loss(y, p)', 'SELECT log_loss(y, p) FROM prediction_rows', 'SELECT log_loss(rare_y, rare_p) FROM prediction_rows'),
    (4, 'loss', 'avg(-ln(CASE WHEN y THEN p ELSE 1 - p END))', 'SELECT avg(-ln(CASE WHEN y THEN p ELSE 1 - p END)) FROM prediction_rows', 'SELECT avg(-ln(CASE WHEN rare_y THEN rare_p ELSE 1 - rare_p END)) FROM prediction_rows'),
    (5, 'loss', 'scikit-learn log_loss, the rows handed over', 'SELECT sklearn_log_loss(array_agg(y), array_agg(p)) FROM prediction_rows', 'SELECT sklearn_log_loss(array_agg(rare_y), array_agg(rare_p)) FROM prediction_rows'),
    (6, 'error', 'expected_calibration_error(y, p, 10)', 'SELECT expected_calibration_error(y, p, 10) FROM prediction_rows', 'SELECT expected_calibration_error(rare_y, rare_p, 10) FROM prediction_rows'),
    (7, 'error', 'GROUP BY least(floor(10 * p), 9)', 'SELECT sum(n * abs(happened - said)) / sum(n) FROM (SELECT count(*) AS n, avg(y::int)::float8 AS happened, avg(p) AS said FROM prediction_rows GROUP BY least(floor(10 * p), 9)) AS bins',
     'SELECT sum(n * abs(happened - said)) / sum(n) FROM (SELECT count(*) AS n, avg(rare_y::int)::float8 AS happened, avg(rare_p) AS said FROM prediction_rows GROUP BY least(floor(10 * rare_p), 9)) AS bins'),
    (8, 'error', 'scikit-learn calibration_curve, the rows handed over', 'SELECT sklearn_calibration_error(array_agg(y), array_agg(p)) FROM prediction_rows', 'SELECT sklearn_calibration_error(array_agg(rare_y), array_agg(rare_p)) FROM prediction_rows'),
    (9, 'divergence', 'calibration_divergence(y, p, 10)', 'SELECT calibration_divergence(y, p, 10) FROM prediction_rows', 'SELECT calibration_divergence(rare_y, rare_p, 10) FROM prediction_rows'),
    (10, 'divergence', 'GROUP BY, and y ln(y/p) + (1 - y) ln((1 - y)/(1 - p))', 'SELECT sum(n * (happened * ln(happened / said) + (1 - happened) * ln((1 - happened) / (1 - said)))) / sum(n) FROM (SELECT count(*) AS n, avg(y::int)::float8 AS happened, avg(p) AS said FROM prediction_rows GROUP BY least(floor(10 * p), 9)) AS bins',
     'SELECT sum(n * (happened * ln(happened / said) + (1 - happened) * ln((1 - happened) / (1 - said)))) / sum(n) FROM (SELECT count(*) AS n, avg(rare_y::int)::float8 AS happened, avg(rare_p) AS said FROM prediction_rows GROUP BY least(floor(10 * rare_p), 9)) AS bins');

CREATE TABLE cohort_exact AS
SELECT 'gjsd' AS task, exact_generalized_jsd(apart) AS exact, exact_generalized_jsd(near) AS other_exact FROM cohort_arrays
UNION ALL
SELECT task, exact_calibration(task, ys, ps), exact_calibration(task, rare_ys, rare_ps)
FROM (SELECT array_agg(y) AS ys, array_agg(p) AS ps, array_agg(rare_y) AS rare_ys, array_agg(rare_p) AS rare_ps FROM prediction_rows) AS r, unnest('{loss,error,divergence}'::text[]) AS task;

CREATE TABLE cohort_times (position int, milliseconds float8);
CREATE TABLE cohort_values (position int, value float8, other_value float8);
CREATE PROCEDURE take_cohort_times(rounds int) LANGUAGE plpgsql AS $$
DECLARE
    contender cohort_contenders;
    start timestamptz;
    value float8;
    other_value float8;
BEGIN
    FOR turn IN 0 .. rounds LOOP        -- turn 0 warms up
        FOR contender IN SELECT * FROM cohort_contenders ORDER BY position LOOP
            start := clock_timestamp();
            EXECUTE contender.query INTO value;
            INSERT INTO cohort_times SELECT contender.position, 1000 * extract(epoch FROM clock_timestamp() - start) WHERE turn > 0;
            IF turn = 0 THEN
                EXECUTE contender.other_query INTO other_value;
                INSERT INTO cohort_values VALUES (contender.position, value, other_value);
            END IF;
        END LOOP;
    END LOOP;
END $$;
SET kldiv.threads = 1;
CALL take_cohort_times(:rounds);

\echo
\echo '## Many cohorts, and calibration'
\echo
\echo 'One thread. 1,000 cohorts over 1,000 bins, apart and a millionth from each other; a million rows of predictions, and of rare events. Errors are relative to 50 digits.'
\echo
\echo '| contender | ms | times kldiv | error | error near equality, or of rare events |'
\echo '|---|---|---|---|---|'
WITH medians AS (
    SELECT position, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS milliseconds FROM cohort_times GROUP BY position
)
SELECT format('| %s | %s | %s | %s | %s |', name, round(milliseconds::numeric, 1),
    round((milliseconds / first_value(milliseconds) OVER (PARTITION BY task ORDER BY position))::numeric, 2),
    to_char(abs(value / exact - 1), '9.9EEEE'), to_char(abs(other_value / other_exact - 1), '9.9EEEE'))
FROM medians JOIN cohort_contenders USING (position) JOIN cohort_values USING (position) JOIN cohort_exact USING (task) ORDER BY position;
