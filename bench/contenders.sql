-- What is compared, how it is timed and how its error is found.

--
-- SciPy, imported once a session
--
CREATE FUNCTION scipy_entropy(p float8[], q float8[]) RETURNS float8
LANGUAGE plpython3u IMMUTABLE STRICT PARALLEL SAFE COST 100 AS $$
if 'entropy' not in SD:
    from scipy.stats import entropy
    SD['entropy'] = entropy
return SD['entropy'](p, q)
$$;

CREATE FUNCTION scipy_jensenshannon(p float8[], q float8[]) RETURNS float8
LANGUAGE plpython3u IMMUTABLE STRICT PARALLEL SAFE COST 100 AS $$
if 'jensenshannon' not in SD:
    from scipy.spatial.distance import jensenshannon
    SD['jensenshannon'] = jensenshannon
return SD['jensenshannon'](p, q) ** 2
$$;

--
-- The contenders: expressions over the columns p and q of a table t
--
CREATE TABLE contenders (position int, measure text, name text, expression text);
INSERT INTO contenders VALUES
(1, 'kl_divergence', 'kldiv', 'kl_divergence(p, q)'),
(2, 'kl_divergence', 'SQL', '(SELECT sum(CASE WHEN b.p > 0 THEN b.p * ln(b.p / b.q) END) / sum(b.p) - ln(sum(b.p) / sum(b.q))
    FROM unnest(t.p, t.q) AS b(p, q))'),
(3, 'kl_divergence', 'SQL, totals trusted', '(SELECT sum(CASE WHEN b.p > 0 THEN b.p * ln(b.p / b.q) END)
    FROM unnest(t.p, t.q) AS b(p, q))'),
(4, 'kl_divergence', 'SciPy', 'scipy_entropy(p, q)'),
(1, 'jsd', 'kldiv', 'jsd(p, q)'),
(2, 'jsd', 'SQL', '(SELECT sum(CASE WHEN x > 0 THEN x * ln(2 * x / (x + y)) ELSE 0 END + CASE WHEN y > 0 THEN y * ln(2 * y / (x + y)) ELSE 0 END) / 2
    FROM (SELECT b.p / sum(b.p) OVER () AS x, b.q / sum(b.q) OVER () AS y FROM unnest(t.p, t.q) AS b(p, q)) shares)'),
(3, 'jsd', 'SQL, totals trusted', '(SELECT sum(CASE WHEN b.p > 0 THEN b.p * ln(2 * b.p / (b.p + b.q)) ELSE 0 END + CASE WHEN b.q > 0 THEN b.q * ln(2 * b.q / (b.p + b.q)) ELSE 0 END) / 2
    FROM unnest(t.p, t.q) AS b(p, q))'),
(4, 'jsd', 'SciPy', 'scipy_jensenshannon(p, q)');
INSERT INTO contenders
SELECT 5, measure, 'floor', 'array_length(p, 1) + array_length(q, 1)' FROM contenders WHERE name = 'kldiv';

--
-- Accuracy: exact values have 60 digits (mpmath)
--
CREATE FUNCTION relative_error(measure text, value float8, p float8[], q float8[]) RETURNS float8
LANGUAGE plpython3u IMMUTABLE STRICT AS $$
import mpmath as mp
with mp.workdps(60):
    def shares(weights):
        total = mp.fsum(weights)
        return [mp.mpf(weight) / total for weight in weights]
    def divergence(a, b):
        return mp.fsum(x * mp.log(x / y) for x, y in zip(a, b) if x > 0)
    x, y = shares(p), shares(q)
    middle = [(a + b) / 2 for a, b in zip(x, y)]
    exact = divergence(x, y) if measure == 'kl_divergence' else (divergence(x, middle) + divergence(y, middle)) / 2
    return float(abs(value - exact) / exact)
$$;

CREATE FUNCTION value_of(expression text, p float8[], q float8[]) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    result float8;
BEGIN
    EXECUTE format('SELECT %s FROM (SELECT $1 AS p, $2 AS q) t', expression) INTO result USING p, q;
    RETURN result;
END $$;

--
-- Time: rounds in which everything takes its turn. kldiv and the floor are quick
-- and get five turns a round. "once" names a contender that has time for one only;
-- "alone" leaves all but kldiv and the floor out, and goes under a name of its own.
--
CREATE TABLE times (source text, measure text, name text, milliseconds float8);

CREATE PROCEDURE take_times(source text, rounds int, once text DEFAULT '', alone boolean DEFAULT false) LANGUAGE plpgsql AS $$
DECLARE
    contender contenders;
    start timestamptz;
BEGIN
    FOR turn IN 0 .. 5 * rounds LOOP    -- turn 0 warms up
        FOR contender IN SELECT * FROM contenders ORDER BY measure DESC, position LOOP
            CONTINUE WHEN contender.name NOT IN ('kldiv', 'floor') AND (alone OR turn % 5 <> 0);
            CONTINUE WHEN contender.name = once AND turn <> 5;
            start := clock_timestamp();
            EXECUTE format('SELECT %s(%s) FROM %I t', CASE contender.name WHEN 'floor' THEN 'count' ELSE 'sum' END,
                contender.expression, source);
            INSERT INTO times SELECT source || CASE WHEN alone THEN ' alone' ELSE '' END, contender.measure, contender.name,
                1000 * extract(epoch FROM clock_timestamp() - start) WHERE turn > 0;
        END LOOP;
    END LOOP;
END $$;

CREATE VIEW medians AS
SELECT source, measure, name, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS milliseconds
FROM times GROUP BY source, measure, name;

CREATE VIEW comparisons AS
SELECT source, measure, position, name, round(own.milliseconds::numeric, 1) AS milliseconds,
    CASE name WHEN 'kldiv' THEN ''
        WHEN 'floor' THEN format('kldiv takes %s times as long', round((kldiv.milliseconds / own.milliseconds)::numeric, 2))
        ELSE format('kldiv is %s times faster', round((own.milliseconds / kldiv.milliseconds)::numeric, 1)) END AS ratio
FROM medians own JOIN contenders USING (measure, name)
    JOIN (SELECT source, measure, milliseconds FROM medians WHERE name = 'kldiv') kldiv USING (source, measure);
