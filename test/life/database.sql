-- A database that uses kldiv wherever a database can use functions and aggregates.
-- Each surface adds its tables here and its lines to contents.sql.

CREATE TABLE pairs (
	id int PRIMARY KEY,
	p float8[] CHECK (is_distribution(p)),
	q float8[] NOT NULL,
	drift float8 GENERATED ALWAYS AS (jsd(p, q, base => 2)) STORED,
	CHECK (psi(p, q) < 1000),
	CHECK (kl_divergence(p, q, pseudocount => 0.5) >= 0)
);
CREATE INDEX pairs_kl ON pairs (kl_divergence(p, q));
CREATE INDEX pairs_entropy ON pairs (entropy(q, 2)) WHERE total_variation(p, q) < 1;
CREATE INDEX pairs_distance ON pairs (js_distance(p, q), renyi(p, q, 2));
CREATE TABLE bins (grp int, bin int, p float8, q float8, PRIMARY KEY (grp, bin));
INSERT INTO pairs (id, p, q)
SELECT id, to_distribution(array_agg(scramble(id * 100 + bin) % 50 ORDER BY bin)::float8[], 0.5), array_agg(scramble(id * 100 + bin + 50) % 50 ORDER BY bin)
FROM generate_series(1, 400) AS id, generate_series(1, 2 + id % 9) AS bin GROUP BY id;
INSERT INTO bins
SELECT grp, bin, scramble(grp * 1000 + bin) % 97, scramble(grp * 1000 + bin + 500) % 89 + 1
FROM generate_series(1, 20) AS grp, generate_series(1, 50) AS bin;
CREATE VIEW by_group AS SELECT grp, kl_divergence(p, q ORDER BY bin) AS kl, jsd(p, q ORDER BY bin) AS jsd, psi(p, q ORDER BY bin) FILTER (WHERE bin > 3) AS psi,
	renyi(p, q, 2 ORDER BY bin) AS renyi, entropy(p ORDER BY bin) AS entropy FROM bins GROUP BY grp HAVING hellinger_distance(p, q ORDER BY bin) < 1;
CREATE MATERIALIZED VIEW kept AS SELECT id, kl_divergence(p, q) AS kl, softmax(q, 10) AS shares FROM pairs;
CREATE FUNCTION worst() RETURNS float8 LANGUAGE sql STABLE AS 'SELECT max(kl) FROM public.by_group';

-- Histograms that are stored: in a column, an index and its key, a generated column, constraints; some are long
CREATE TABLE daily (
	id int PRIMARY KEY,
	h histogram NOT NULL CHECK (histogram_total(h) > 0),
	reference histogram DEFAULT '{"label 1": 1, "größer \"2\"": 2}',
	drift float8 GENERATED ALWAYS AS (jsd(h, reference)) STORED,
	trimmed histogram GENERATED ALWAYS AS (histogram_top(h, 3)) STORED,
	CHECK (psi(h, reference) >= 0)
);
CREATE INDEX daily_h ON daily (trimmed);
CREATE INDEX daily_hash ON daily USING hash (trimmed);
CREATE INDEX daily_jsd ON daily (jsd(h, reference, pseudocount => 1));
CREATE INDEX daily_part ON daily ((histogram_weight(h, 'label 1'))) WHERE histogram_bin_count(h) > 4;
INSERT INTO daily (id, h)
SELECT id, histogram_agg(CASE WHEN bin % 3 = 0 THEN 'größer "' || bin || '"' ELSE 'label ' || bin END, (1 + scramble(id * 5000 + bin) % 90) / CASE WHEN id % 2 = 0 THEN 7.0 ELSE 1 END)
FROM generate_series(1, 200) AS id, generate_series(1, CASE WHEN id % 40 = 0 THEN 2000 ELSE 2 + id % 9 END) AS bin GROUP BY id;
CREATE VIEW moving AS SELECT id, sum(h) OVER (ORDER BY id ROWS 3 PRECEDING) AS h FROM daily;
CREATE MATERIALIZED VIEW kept_histograms AS SELECT id % 10 AS grp, sum(h ORDER BY id) AS h, histogram_agg(bin_label(drift, '{0.1,0.3}') ORDER BY id) AS of_drift FROM daily GROUP BY 1;
