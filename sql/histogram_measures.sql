-- The measures over histograms: bins matched by label, the bits of the arrays

-- A label of one side only weighs 0 on the other
SELECT kl_divergence('{"a": 1, "b": 3}'::histogram, '{"b": 1, "a": 1}') = kl_divergence(ARRAY[1, 3], ARRAY[1, 1]) AS matched,
       kl_divergence('{"a": 1}'::histogram, '{"b": 1}') AS infinite,
       jsd('{"a": 1}'::histogram, '{"b": 1}') AS disjoint,
       jsd('{"a": 1, "b": 2}'::histogram, '{"b": 4, "a": 2}') AS equal,
       total_variation('{"a": 1, "b": 1}'::histogram, '{"b": 1, "c": 1}') AS half;

-- Every measure has the bits of the arrays in the order of the labels
CREATE FUNCTION scrambled(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS
$$ SELECT ((n * 2654435761) % 4294967296) / 65536 $$;
CREATE TEMP TABLE sides AS
SELECT i, histogram_agg(label, p) FILTER (WHERE scrambled(i * 31 + j) % 5 > 0) AS p, histogram_agg(label, q) FILTER (WHERE scrambled(i * 37 + j) % 7 > 0) AS q,
       array_agg(CASE WHEN scrambled(i * 31 + j) % 5 > 0 THEN p END ORDER BY label COLLATE "C")
           FILTER (WHERE scrambled(i * 31 + j) % 5 > 0 OR scrambled(i * 37 + j) % 7 > 0) AS p_array,
       array_agg(CASE WHEN scrambled(i * 37 + j) % 7 > 0 THEN q END ORDER BY label COLLATE "C")
           FILTER (WHERE scrambled(i * 31 + j) % 5 > 0 OR scrambled(i * 37 + j) % 7 > 0) AS q_array
FROM generate_series(1, 20) i, generate_series(1, 300) j,
     LATERAL (SELECT CASE WHEN j % 2 = 0 THEN 'l' || j ELSE 'a longer label ' || j END AS label,
                     (scrambled(i * 1000 + j) % 100)::float8 AS p, scrambled(i * 2000 + j) / 7.0::float8 AS q) w
GROUP BY i;
CREATE TEMP TABLE calls AS
SELECT name, format(CASE WHEN arguments ~ 'q' THEN '%s(%%1$s, %%2$s%s)' ELSE '%s(%%3$s%s)' END, name, parameters) AS call
FROM divergence_measures(),
     LATERAL (SELECT string_agg(', ' || parameter || ' => ' || CASE parameter WHEN 'alpha' THEN '2' WHEN 'base' THEN '10' WHEN 'pseudocount' THEN '0.5' ELSE '0' END, '')
              FROM unnest(string_to_array(arguments, ', ')) AS parameter WHERE parameter NOT IN ('p', 'q')) AS s (others),
     LATERAL (SELECT CASE WHEN arguments ~ 'alpha' THEN ', alpha => 0.3' ELSE '' END UNION SELECT coalesce(others, '')) AS p (parameters);
CREATE FUNCTION differing(call text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    result bigint;
BEGIN
    EXECUTE format('SELECT count(*) FROM sides WHERE (%s) IS DISTINCT FROM (%s)',
                   format(call, 'p_array', 'q_array', 'histogram_weights(p)'), format(call, 'p', 'q', 'p')) INTO result;
    RETURN result;
END $$;
SELECT count(DISTINCT name) >= 15 AS measures, count(*) > 20 AS calls, (SELECT count(*) FROM sides) AS sides FROM calls;
SELECT call, differing FROM calls, differing(call) WHERE differing > 0;
SELECT count(*) FILTER (WHERE histogram_weights(to_distribution(p)) = to_distribution(histogram_weights(p))) AS plain,
       count(*) FILTER (WHERE histogram_weights(to_distribution(p, 2)) = to_distribution(histogram_weights(p), 2)) AS smoothed FROM sides;

-- Nothing observed, NULL, parameters
SELECT jsd('{}'::histogram, '{"a": 1}') AS empty, jsd('{"a": 0}'::histogram, '{"a": 1}') AS zero, jsd(NULL::histogram, '{"a": 1}') AS nothing,
       jsd('{}'::histogram, '{"a": 1, "b": 1}', pseudocount => 1) AS uniform, entropy('{}'::histogram) AS no_entropy,
       to_distribution('{}'::histogram) AS no_distribution, to_distribution('{"a": 0, "b": 0}'::histogram, 1) AS smoothed,
       jsd('{"a": 1}'::histogram, '{"a": 1}', base => NULL) AS null_base;
SELECT jsd('{"a": 1}'::histogram, '{"a": 1}', base => 1);
SELECT kl_divergence('{"a": 1}'::histogram, '{"a": 1}', pseudocount => -1);
SELECT renyi('{"a": 1}'::histogram, '{"a": 1}', 'NaN');
SELECT kl_divergence('{"a": 1e308}'::histogram, '{"a": 1}', pseudocount => 1.7e308);

-- Weight 0 matters to pseudocounts only
SELECT jsd(a, b) = jsd(histogram_trim(a), histogram_trim(b)) AS without, jsd(a, b, pseudocount => 1) = jsd(histogram_trim(a), histogram_trim(b), pseudocount => 1) AS with
FROM (VALUES ('{"a": 1, "b": 0, "c": 2}'::histogram, '{"a": 2, "d": 0, "e": 1}'::histogram)) v (a, b);

-- Raw rows: the query that replaces a page of CTEs
CREATE TEMP TABLE events AS
SELECT 'feature ' || i % 3 AS feature, CASE WHEN i % 2 = 0 THEN 'A' ELSE 'B' END AS arm, 'v' || scrambled(i) % (5 + i % 3) AS value FROM generate_series(1, 3000) i;
SELECT feature, jsd(histogram_agg(value) FILTER (WHERE arm = 'B'), histogram_agg(value) FILTER (WHERE arm = 'A'))
    = (SELECT jsd(b, a) FROM (SELECT count(*) FILTER (WHERE arm = 'B') AS b, count(*) FILTER (WHERE arm = 'A') AS a, value
                              FROM events e WHERE e.feature = events.feature GROUP BY value ORDER BY value COLLATE "C") s) AS same_as_rows
FROM events GROUP BY feature ORDER BY feature COLLATE "C";
DROP FUNCTION scrambled(bigint);
