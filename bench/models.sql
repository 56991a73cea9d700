-- Rows of logits, stored as real[] and float8[]: kldiv beside what it replaces, NumPy, SciPy and torch's formula.
-- Prints Markdown tables; :rounds rounds of turns, medians.

SET client_min_messages = warning;

-- 60 pairs of 32,768 logits, the second a little away from the first, as a quantised model is
CREATE UNLOGGED TABLE logit_rows (row int8, a8 float8[], b8 float8[], a4 real[], b4 real[]);
-- what is not compressed costs what it has to be copied
ALTER TABLE logit_rows ALTER a8 SET STORAGE EXTERNAL, ALTER b8 SET STORAGE EXTERNAL, ALTER a4 SET STORAGE EXTERNAL, ALTER b4 SET STORAGE EXTERNAL;
INSERT INTO logit_rows
SELECT row, array_agg(a::float8 ORDER BY i) AS a8, array_agg((a::float8 + 0.02 * b)::real::float8 ORDER BY i) AS b8,
    array_agg(a ORDER BY i) AS a4, array_agg((a::float8 + 0.02 * b)::real ORDER BY i) AS b4
FROM (SELECT row, i, (12 * ((hashint8(row * 100000 + i) & 1048575) / 1048576.0 - 0.5))::real AS a,
          2 * ((hashint8(row * 100000 + i + 50000) & 1048575) / 1048576.0 - 0.5) AS b
      FROM generate_series(1::int8, 60) AS row, generate_series(1::int8, 32768) AS i) AS numbers
GROUP BY row;
VACUUM ANALYZE logit_rows;

CREATE FUNCTION numpy_softmax_kl(a float8[], b float8[]) RETURNS float8
LANGUAGE plpython3u IMMUTABLE STRICT AS $$
import numpy as np
x, y = np.array(a), np.array(b)
la = x - x.max(); la -= np.log(np.exp(la).sum())
lb = y - y.max(); lb -= np.log(np.exp(lb).sum())
return float((np.exp(la) * (la - lb)).sum())
$$;
CREATE FUNCTION scipy_softmax_kl(a float8[], b float8[]) RETURNS float8
LANGUAGE plpython3u IMMUTABLE STRICT AS $$
from scipy.special import rel_entr, softmax
return float(rel_entr(softmax(a), softmax(b)).sum())
$$;
CREATE FUNCTION float32_softmax_kl(a real[], b real[]) RETURNS float8
LANGUAGE plpython3u IMMUTABLE STRICT AS $$
import numpy as np
x, y = np.array(a, dtype=np.float32), np.array(b, dtype=np.float32)
la = x - x.max(); la -= np.log(np.exp(la).sum())
lb = y - y.max(); lb -= np.log(np.exp(lb).sum())
return float((np.exp(la) * (la - lb)).sum())
$$;
CREATE FUNCTION exact_softmax_kl(a float8[], b float8[]) RETURNS float8
LANGUAGE plpython3u IMMUTABLE STRICT AS $$
import mpmath as mp
with mp.workdps(50):
    za = mp.log(mp.fsum(mp.exp(mp.mpf(x)) for x in a))
    zb = mp.log(mp.fsum(mp.exp(mp.mpf(x)) for x in b))
    return float(mp.fsum(mp.exp(mp.mpf(x) - za) * ((mp.mpf(x) - za) - (mp.mpf(y) - zb)) for x, y in zip(a, b)))
$$;

CREATE TABLE logit_contenders (position int, name text, turns int, expression text);
INSERT INTO logit_contenders VALUES
    (1, 'softmax_kl_divergence, real[]', 5, 'softmax_kl_divergence(a4, b4)'),
    (2, 'softmax_kl_divergence, float8[]', 5, 'softmax_kl_divergence(a8, b8)'),
    (3, 'kl_divergence(softmax(a), softmax(b)), real[]', 1, 'kl_divergence(softmax(a4), softmax(b4))'),
    (4, 'kl_divergence(softmax(a), softmax(b)), float8[]', 1, 'kl_divergence(softmax(a8), softmax(b8))'),
    (5, 'NumPy, by log_softmax as torch has it, float64', 1, 'numpy_softmax_kl(a8, b8)'),
    (6, 'the same in float32', 1, 'float32_softmax_kl(a4, b4)'),
    (7, 'SciPy rel_entr(softmax(a), softmax(b))', 1, 'scipy_softmax_kl(a8, b8)'),
    (8, 'floor: the lengths, float8[]', 5, 'array_length(a8, 1) + array_length(b8, 1)');

CREATE TABLE logit_times (position int, milliseconds float8);
CREATE PROCEDURE take_logit_times(rounds int) LANGUAGE plpgsql AS $$
DECLARE
    contender logit_contenders;
    start timestamptz;
BEGIN
    FOR turn IN 0 .. 5 * rounds LOOP        -- turn 0 warms up
        FOR contender IN SELECT * FROM logit_contenders WHERE turns = 5 OR turn % 5 = 0 ORDER BY position LOOP
            start := clock_timestamp();
            EXECUTE format('SELECT sum(%s) FROM logit_rows', contender.expression);
            INSERT INTO logit_times SELECT contender.position, 1000 * extract(epoch FROM clock_timestamp() - start)
            WHERE turn > 0;
        END LOOP;
    END LOOP;
END $$;
SET kldiv.threads = 1;
CALL take_logit_times(:rounds);

CREATE TABLE logit_exact AS SELECT row, exact_softmax_kl(a8, b8) AS exact FROM logit_rows WHERE row <= 4;
CREATE FUNCTION logit_error(expression text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    result float8;
BEGIN
    EXECUTE format('SELECT max(abs((%s) / exact - 1)) FROM logit_rows JOIN logit_exact USING (row)', expression) INTO result;
    RETURN result;
END $$;

\echo
\echo '## Logits'
\echo
\echo '60 pairs of stored rows of 32,768 logits, one thread; errors of four of them, relative to the exact value, which is about 1e-4.'
\echo
\echo '| contender | ms | times the first | error |'
\echo '|---|---|---|---|'
WITH medians AS (
    SELECT position, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS milliseconds FROM logit_times GROUP BY position
)
SELECT format('| %s | %s | %s | %s |', name, round(milliseconds::numeric, 1),
    round((milliseconds / first_value(milliseconds) OVER (ORDER BY position))::numeric, 2),
    CASE WHEN name NOT LIKE 'floor%' THEN to_char(logit_error(expression), '9.9EEEE') END)
FROM medians JOIN logit_contenders USING (position) ORDER BY position;
