-- Long arrays are read from where they are stored, if one pass is enough, and give what they give in memory
CREATE TABLE long_arrays (what text PRIMARY KEY, number int, p float8[], q float8[]);
ALTER TABLE long_arrays ALTER p SET STORAGE EXTERNAL, ALTER q SET STORAGE EXTERNAL;
INSERT INTO long_arrays SELECT 'counts', 1, array_agg(i * 7919::bigint % 10007 + 1), array_agg(i * 104729::bigint % 10009 + 1)
FROM generate_series(1, 200000) AS i;
INSERT INTO long_arrays SELECT 'drift', 2, array_agg(i + 1.0), array_agg(i + 1.0 + (i % 3) * 1e-7)
FROM generate_series(1, 200003) AS i;
INSERT INTO long_arrays SELECT 'equal', 3, p, p FROM long_arrays WHERE what = 'counts';
INSERT INTO long_arrays SELECT 'proportional', 4, p, ARRAY(SELECT 3 * weight FROM unnest(p) AS weight)
FROM long_arrays WHERE what = 'counts';
INSERT INTO long_arrays SELECT 'one begins with zeros', 5, array_fill(0::float8, '{100000}') || p[100001:], q
FROM long_arrays WHERE what = 'counts';
INSERT INTO long_arrays SELECT 'the other ends with them', 6, p, q[:199999] || 0::float8
FROM long_arrays WHERE what = 'counts';
INSERT INTO long_arrays SELECT 'matrices', 7, array_agg(ARRAY[i % 100 + 1, i % 7]), array_agg(ARRAY[i % 10 + 1, i % 7 + 1])
FROM generate_series(1, 100000) AS i;
INSERT INTO long_arrays SELECT 'NULLs', 8, array_agg(nullif(i % 11, 5)), array_agg(i % 13 + 1)
FROM generate_series(1, 200000) AS i;
INSERT INTO long_arrays SELECT 'nothing', 9, array_fill(0::float8, '{200000}'), array_fill(1::float8, '{200000}');
ALTER TABLE long_arrays ALTER p SET STORAGE EXTENDED;
INSERT INTO long_arrays SELECT 'one is compressed', 10, array_agg(i / 7000 + 1), array_agg(i % 13 + 1)
FROM generate_series(1, 200000) AS i;
-- around 1 MB, from which on arrays are read in pieces, and where pieces end
ALTER TABLE long_arrays ALTER p SET STORAGE EXTERNAL;
INSERT INTO long_arrays SELECT size || ' bins', size, ARRAY(SELECT i % 1009 + 1 FROM generate_series(1, size) AS i),
	   ARRAY(SELECT i % 1013 + 2 FROM generate_series(1, size) AS i)
FROM unnest('{131068,131069,131070,147967,147968,147969}'::int[]) AS size;
INSERT INTO long_arrays SELECT 'a sample that misleads', 16,
	   array_agg(CASE WHEN (i - 1) % 32768 < 512 THEN 100 ELSE 1 END + i % 7 / 1000.0), array_agg(1 + i % 5 / 1000.0)
FROM generate_series(1, 200000) AS i;
INSERT INTO long_arrays SELECT 'cubes', 17, array_agg(ARRAY[ARRAY[i % 100 + 1, i % 7], ARRAY[3, i % 5]]),
	   array_agg(ARRAY[ARRAY[i % 10 + 1, i % 7 + 1], ARRAY[i % 3 + 1, i % 5 + 2]])
FROM generate_series(1, 50000) AS i;

-- adding nothing makes a fresh copy in memory
CREATE VIEW kept AS
SELECT what, number, p, q, array_cat(p, '{}') AS p_kept, array_cat(q, '{}') AS q_kept FROM long_arrays;
SELECT what, to_char(kl_divergence(p, q), '9.9999999999EEEE') AS kl,
	   kl_divergence(p, q) IS NOT DISTINCT FROM kl_divergence(p_kept, q_kept) AS both,
	   kl_divergence(q, p) IS NOT DISTINCT FROM kl_divergence(q_kept, p_kept) AS exchanged,
	   kl_divergence(p, q_kept) IS NOT DISTINCT FROM kl_divergence(p_kept, q) AS one,
	   kl_divergence(p, q, base => 2) IS NOT DISTINCT FROM kl_divergence(p_kept, q_kept, base => 2) AS bits,
	   kl_divergence(p, q, pseudocount => 1) = kl_divergence(p_kept, q_kept, pseudocount => 1) AS smoothed,
	   renyi(p, q, 1) IS NOT DISTINCT FROM kl_divergence(p_kept, q_kept) AS order_1,
	   jsd(p, q) IS NOT DISTINCT FROM jsd(p_kept, q_kept) AS jsd
FROM (SELECT * FROM kept OFFSET 0) AS kept
WHERE what <> 'the other ends with them' ORDER BY number;
SELECT kl_divergence(p, q), kl_divergence(q, p) = kl_divergence(q_kept, p_kept) AS finite, renyi(p, q, 1)
FROM kept WHERE what = 'the other ends with them';

-- a side of another length
SELECT kl_divergence(p, '{}') AS empty, kl_divergence('{}', q) AS empty_p FROM long_arrays WHERE what = 'counts';
SELECT kl_divergence(a.p, b.p) FROM long_arrays AS a, long_arrays AS b WHERE a.what = 'counts' AND b.what = 'matrices';
SELECT kl_divergence('{1,2}', q) FROM long_arrays WHERE what = 'counts';

-- what is wrong is found wherever it is
UPDATE long_arrays SET q[200000] = -2.5 WHERE what = 'counts';
SELECT kl_divergence(p, q) FROM long_arrays WHERE what = 'counts';
UPDATE long_arrays SET p[150000] = 'NaN' WHERE what = 'counts';
SELECT kl_divergence(p, q) FROM long_arrays WHERE what = 'counts';
SELECT kl_divergence(q, p) FROM long_arrays WHERE what = 'counts';

-- rows of a scan, and a cursor whose rows are gone meanwhile
SELECT count(kl_divergence(a.p, b.p)) AS pairs FROM long_arrays AS a, long_arrays AS b
WHERE a.what IN ('equal', 'proportional', 'NULLs') AND b.what IN ('equal', 'one begins with zeros', 'one is compressed');
BEGIN;
DECLARE divergences CURSOR FOR SELECT what, kl_divergence(p, q) > 0 AS differ FROM long_arrays WHERE number IN (2, 5, 7) ORDER BY number;
FETCH 1 FROM divergences;
DELETE FROM long_arrays;
FETCH 2 FROM divergences;
COMMIT;
DROP VIEW kept;
DROP TABLE long_arrays;
