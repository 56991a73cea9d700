-- The data: the same bits in every run.

-- For speed: shares that sum to 1, one in a hundred of p is 0
CREATE FUNCTION q_weight(n bigint) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
    SELECT ((hashint8(n) & 2147483647) + 1::float8) / 2147483648
$$;
CREATE FUNCTION p_weight(n bigint) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN q_weight(n) < 0.01 THEN 0 ELSE q_weight(n) END
$$;

CREATE FUNCTION make_pairs(pairs bigint, bins bigint, OUT p float8[], OUT q float8[]) RETURNS SETOF record
LANGUAGE sql AS $$
    SELECT to_distribution(ARRAY(SELECT p_weight(2 * bins * pair + bin) FROM generate_series(1, bins) bin)),
        to_distribution(ARRAY(SELECT q_weight(2 * bins * pair + bins + bin) FROM generate_series(1, bins) bin))
    FROM generate_series(1, pairs) pair
$$;
CREATE TABLE rows_of_100 AS SELECT * FROM make_pairs(100000, 100);
CREATE TABLE pair_of_1m AS SELECT * FROM make_pairs(1, 1000000);
CREATE TABLE pair_of_10m AS SELECT * FROM make_pairs(1, 10000000);
VACUUM ANALYZE rows_of_100, pair_of_1m, pair_of_10m;

-- For accuracy: families of 20 pairs of 100 bins
CREATE FUNCTION make_families(OUT family text, OUT p float8[], OUT q float8[]) RETURNS SETOF record
LANGUAGE plpython3u AS $$
import random
uniform = random.Random(1).random     # the same numbers in every version of Python
bins = range(100)
def near(epsilon):
    p = [0.01 + uniform() for i in bins]
    return p, [x * (1 + epsilon * (2 * uniform() - 1)) for x in p]
def zeros():
    q = [uniform() if uniform() < 0.9 else 0.0 for i in bins]
    return [y and (uniform() if uniform() < 0.7 else 0.0) for y in q], q
families = {
    'independent': lambda: ([1 - uniform() for i in bins], [1 - uniform() for i in bins]),
    'counts, other totals': lambda: ([float(int(1e3 * uniform())) for i in bins], [float(int(1e6 * uniform()) + 1) for i in bins]),
    'zeros': zeros,
    'nearly equal, 1e-3': lambda: near(1e-3),
    'nearly equal, 1e-6': lambda: near(1e-6),
    'nearly equal, 1e-9': lambda: near(1e-9),
    'nearly equal, 1e-12': lambda: near(1e-12),
    'denormals': lambda: ([5e-324 * int(1e12 ** uniform()) for i in bins], [5e-324 * int(1e12 ** uniform()) for i in bins]),
}
for name, make in families.items():
    for pair in range(20):
        yield (name, *make())
$$;
CREATE TABLE families AS SELECT row_number() OVER () AS position, * FROM make_families();
