-- What is compared, on which data, and how it is timed.

CREATE EXTENSION kldiv;
CREATE EXTENSION plpython3u;

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
    FROM (SELECT b.p / totals.p AS x, b.q / totals.q AS y
          FROM (SELECT sum(b.p) AS p, sum(b.q) AS q FROM unnest(t.p, t.q) AS b(p, q)) totals, unnest(t.p, t.q) AS b(p, q)) shares)'),
(3, 'jsd', 'SQL, totals trusted', '(SELECT sum(CASE WHEN b.p > 0 THEN b.p * ln(2 * b.p / (b.p + b.q)) ELSE 0 END + CASE WHEN b.q > 0 THEN b.q * ln(2 * b.q / (b.p + b.q)) ELSE 0 END) / 2
    FROM unnest(t.p, t.q) AS b(p, q))'),
(4, 'jsd', 'SciPy', 'scipy_jensenshannon(p, q)');
INSERT INTO contenders
SELECT 5, measure, 'floor', 'array_length(p, 1) + array_length(q, 1)' FROM contenders WHERE name = 'kldiv';

--
-- The data: the same bits in every run. One bin in a hundred of p is 0.
--
CREATE FUNCTION weight(n bigint) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ((((n * 48271 % 2147483647) ^ 2)::numeric + n) % 2147483647 + 1)::float8 / 2147483648
$$;
