-- Stored histograms whose labels repeat, and small arrays, beside queries that only read them.
-- Prints a Markdown table; :rounds rounds of turns, medians.

SET client_min_messages = warning;

CREATE UNLOGGED TABLE stored_bins AS
SELECT h AS id, 'label_' || l AS label, 'label_' || l + 10 * (l > 45)::int AS other_label, (hashint4(h * 50 + l) & 1023)::float8 AS weight
FROM generate_series(1, 100000) AS h, generate_series(1, 50) AS l;
-- days of features, in their order
CREATE UNLOGGED TABLE stored_days AS
SELECT id / 100 AS feature, id % 100 AS day, histogram_agg(label, weight) AS h FROM stored_bins GROUP BY id ORDER BY id;
CREATE INDEX ON stored_days (feature, day);
-- pairs: as they are in rows that PostgreSQL need not compress, which would take longer than all else
CREATE UNLOGGED TABLE stored_pairs (id int, h histogram, same histogram, other histogram);
ALTER TABLE stored_pairs ALTER h SET STORAGE PLAIN, ALTER same SET STORAGE PLAIN, ALTER other SET STORAGE PLAIN;
INSERT INTO stored_pairs SELECT id, histogram_agg(label, weight), histogram_agg(label, 1024 - weight), histogram_agg(other_label, 1024 - weight)
FROM stored_bins GROUP BY id ORDER BY id;
CREATE UNLOGGED TABLE stored_large AS SELECT day, histogram_agg('label_' || i, (hashint4(i * 100 + day) & 1023)::float8) AS h
FROM generate_series(1, 40) AS day, generate_series(1, 200000) AS i GROUP BY day ORDER BY day;
CREATE UNLOGGED TABLE stored_small AS SELECT array_agg((hashint4(i * 10 + j) & 1023)::float8) AS p, array_agg((hashint4(i * 10 + j + 77777777) & 1023)::float8) AS q
FROM generate_series(1, 500000) AS i, generate_series(1, 10) AS j GROUP BY i;
DROP TABLE stored_bins;
VACUUM ANALYZE stored_days, stored_pairs, stored_large, stored_small;
SET enable_sort = off;

INSERT INTO turns (topic, position, name, query, against, bar) VALUES
    ('stored', 1, 'by group: sum(histogram_bin_count(h))', 'SELECT sum(s) FROM (SELECT sum(histogram_bin_count(h)) AS s FROM stored_days GROUP BY day) AS g', NULL, ''),
    ('stored', 2, 'by group: sum(h)', 'SELECT count(s) FROM (SELECT sum(h) AS s FROM stored_days GROUP BY day) AS g', 1, '≤ 2.6'),
    ('stored', 3, 'by group: avg(to_distribution(h))', 'SELECT count(s) FROM (SELECT avg(to_distribution(h)) AS s FROM stored_days GROUP BY day) AS g', 1, ''),
    ('stored', 4, 'jsd, the same labels', 'SELECT sum(jsd(h, same)) FROM stored_pairs', NULL, ''),
    ('stored', 5, 'jsd, five labels differ', 'SELECT sum(jsd(h, other)) FROM stored_pairs', 4, '≤ 1.3'),
    ('stored', 6, 'all rows: sum(h)', 'SELECT count(s) FROM (SELECT sum(h) AS s FROM stored_days) AS g', NULL, ''),
    ('stored', 7, '28 days, by an index: last_value(h)', 'SELECT count(s) FROM (SELECT last_value(h) OVER (PARTITION BY feature ORDER BY day ROWS 27 PRECEDING) AS s FROM stored_days) AS g', 6, ''),
    ('stored', 8, '28 days, by an index: sum(h)', 'SELECT count(s) FROM (SELECT sum(h) OVER (PARTITION BY feature ORDER BY day ROWS 27 PRECEDING) AS s FROM stored_days) AS g', 6, '≤ 2'),
    ('stored', 9, '200,000 labels: histogram_bin_count(h)', 'SELECT sum(histogram_bin_count(h)) FROM stored_large', NULL, ''),
    ('stored', 10, '200,000 labels: sum(h)', 'SELECT count(s) FROM (SELECT sum(h) AS s FROM stored_large) AS g', 9, ''),
    ('stored', 11, '200,000 labels, 28 days: sum(h)', 'SELECT count(s) FROM (SELECT sum(h) OVER (ORDER BY day ROWS 27 PRECEDING) AS s FROM stored_large) AS g', 10, '≤ 2'),
    ('stored', 12, '10 bins: array_length of both', 'SELECT sum(array_length(p, 1) + array_length(q, 1)) FROM stored_small', NULL, ''),
    ('stored', 13, '10 bins: kl_divergence', 'SELECT sum(kl_divergence(p, q)) FROM stored_small', 12, '≤ 1.6'),
    ('stored', 14, '10 bins: jsd', 'SELECT sum(jsd(p, q)) FROM stored_small', 12, '');
CALL take_turns('stored', :rounds);
RESET enable_sort;

\echo
\echo '## Stored histograms and small arrays'
\echo
\echo '100,000 histograms of 50 labels, in rows that are not compressed; 40 histograms of 200,000 labels, which are; 500,000 pairs of arrays of 10 bins.'
\echo
SELECT lines_of_turns('stored');
DROP TABLE stored_days, stored_pairs, stored_large, stored_small;
