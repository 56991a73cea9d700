--
-- Predicted probabilities beside what happened
--
SET extra_float_digits = 0;
CREATE TABLE predictions AS
SELECT i, p, (i * 7919 % 1009) / 1009.0 < p AS y FROM (SELECT i, (i * 613 % 997 / 997.0)::float8 ^ 2 AS p FROM generate_series(1, 3000) AS i) AS s;
-- published: torchmetrics; what is 1 is in the last bin; scikit-learn
SELECT expected_calibration_error(y, p, 2) AS ece FROM (VALUES (false, 0.25), (false, 0.25), (true, 0.55), (true, 0.75), (true, 0.75)) AS v (y, p);
SELECT expected_calibration_error(y, p, 5) AS ece, calibration_divergence(y, p, 5) AS divergence, log_loss(y, p) AS loss
FROM (VALUES (true, 0.9), (false, 0.1), (true, 0.8), (true, 0.7), (false, 0.4), (false, 0.35), (true, 1), (false, 0), (true, 0.95), (false, 0.6)) AS v (y, p);
SELECT log_loss(y, p) AS loss FROM (VALUES (true, 0.9), (false, 0.1), (false, 0.2), (true, 0.65)) AS v (y, p);
-- they are what GROUP BY makes of the same bins
SELECT bins, abs(expected_calibration_error(y, p, bins) - min(ece)) < 1e-14 AS ece, abs(calibration_divergence(y, p, bins) - min(divergence)) < 1e-14 AS divergence
FROM predictions, (VALUES (1), (5), (10), (30)) AS b (bins),
	LATERAL (SELECT sum(n * abs(mean_y - mean_p)) / sum(n) AS ece, sum(n * kl_divergence(ARRAY[mean_y, 1 - mean_y], ARRAY[mean_p, 1 - mean_p])) / sum(n) AS divergence
		FROM (SELECT count(*) AS n, avg(y::int)::float8 AS mean_y, avg(p) AS mean_p FROM predictions GROUP BY least(floor(bins * p), bins - 1)) AS g) AS by_group
GROUP BY bins ORDER BY bins;
SELECT abs(log_loss(y, p) - avg(-ln(CASE WHEN y THEN p ELSE 1 - p END))) < 1e-14 AS loss FROM predictions WHERE p > 0;
-- edges: 0.3 is in [0.3, 0.4), and 0.58 in [0.58, 0.59), where 100 * 0.58 is less than 58
SELECT 100 * 0.58::float8 < 58 AS rounded, expected_calibration_error(y, p, 100) AS together FROM (VALUES (true, 0.58::float8), (false, 0.585)) AS v (y, p);
-- rare events keep their digits; what cannot be happened, or did not
SELECT log_loss(y, p) AS loss, calibration_divergence(y, p, 10) AS divergence FROM (VALUES (false, 1e-20), (true, 1)) AS v (y, p);
SELECT log_loss(true, 0) AS impossible, calibration_divergence(true, 0, 10) AS impossible, expected_calibration_error(true, 0, 10) AS impossible, log_loss(false, 1), calibration_divergence(false, 1, 10), log_loss(true, 1) AS certain, calibration_divergence(false, 0, 10) AS certain;
-- rows with a NULL are skipped
SELECT expected_calibration_error(y, p, 10) = 0.25 AS of_one, abs(log_loss(y, p) - 0.28768207245178092744) < 1e-16 AS of_one FROM (VALUES (true, 0.75), (NULL, 0.1), (true, NULL), (NULL, 7)) AS v (y, p);
SELECT expected_calibration_error(y, p, 10), calibration_divergence(y, p, 10), log_loss(y, p) FROM predictions WHERE i < 0;
SELECT expected_calibration_error(y, NULL, 10), calibration_divergence(NULL, p, 10), log_loss(NULL, p), expected_calibration_error(y, p, NULL) FROM predictions;
-- the same bits in any order of rows, and by workers
CREATE TABLE calibrations AS SELECT expected_calibration_error(y, p, 10) AS ece, calibration_divergence(y, p, 10) AS divergence, log_loss(y, p) AS loss, log_loss(y, p ^ 40) AS steep FROM predictions WHERE p > 0;
SELECT (c.ece, c.divergence, c.loss, c.steep) = (expected_calibration_error(y, p, 10 ORDER BY p), calibration_divergence(y, p, 10 ORDER BY -p), log_loss(y, p ORDER BY hashint4(i)), log_loss(y, p ^ 40 ORDER BY p)) AS same
FROM predictions, calibrations AS c WHERE p > 0 GROUP BY c.*, c.ece, c.divergence, c.loss, c.steep;
ALTER TABLE predictions SET (parallel_workers = 3);
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 3;
EXPLAIN (COSTS off) SELECT expected_calibration_error(y, p, 10), log_loss(y, p) FROM predictions;
SELECT (c.ece, c.divergence, c.loss, c.steep) = (s.ece, s.divergence, s.loss, s.steep) AS same
FROM (SELECT expected_calibration_error(y, p, 10) AS ece, calibration_divergence(y, p, 10) AS divergence, log_loss(y, p) AS loss, log_loss(y, p ^ 40) AS steep FROM predictions WHERE p > 0) AS s, calibrations AS c;
RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size; RESET max_parallel_workers_per_gather;
-- moving frames have the bits of their rows alone: nothing is left of what was 10^20 times as large, or infinite
CREATE TABLE stream AS SELECT i, i % 3 = 0 AS y, CASE WHEN i % 50 = 7 THEN 0 WHEN i % 11 = 0 THEN 1e-20 * i WHEN i % 5 = 0 THEN 1 - 1e-9 * i ELSE abs(sin(i)) END AS p FROM generate_series(1, 400) AS i;
SELECT bool_and(m.ece IS NOT DISTINCT FROM a.ece AND m.divergence IS NOT DISTINCT FROM a.divergence AND m.loss IS NOT DISTINCT FROM a.loss) AS same, count(*), count(*) FILTER (WHERE a.loss = 'Infinity') AS infinite
FROM (SELECT i, expected_calibration_error(y, p, 7) OVER w AS ece, calibration_divergence(y, p, 7) OVER w AS divergence, log_loss(y, p) OVER w AS loss FROM stream WINDOW w AS (ORDER BY i ROWS 20 PRECEDING)) AS m,
	LATERAL (SELECT expected_calibration_error(y, p, 7) AS ece, calibration_divergence(y, p, 7) AS divergence, log_loss(y, p) AS loss FROM stream AS s WHERE s.i BETWEEN m.i - 20 AND m.i) AS a;
SELECT i, log_loss(y, p) OVER (ORDER BY i ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING) AS none_left FROM (VALUES (1, true, 0.5), (2, true, 0.25)) AS v (i, y, p);
-- what a calibrated model shows: sum over bins of sqrt(2 n p (1 - p)/pi)/N is 0.032 for 1,000 rows evenly over 10 bins
SELECT round((sum(sqrt(2 * n * p * (1 - p) / pi())) / sum(n))::numeric, 3) AS chance FROM (SELECT 100 AS n, (k + 0.5) / 10 AS p FROM generate_series(0, 9) AS k) AS b;
-- errors
\set VERBOSITY default
SELECT expected_calibration_error(y, p, 10) FROM (VALUES (true, 1.0000001)) AS v (y, p);
SELECT calibration_divergence(true, 'NaN', 10);
SELECT log_loss(true, -0.1);
SELECT expected_calibration_error(true, 0.5, 0);
SELECT expected_calibration_error(true, 0.5, 10001);
SELECT calibration_divergence(true, 0.5, bins) FROM (VALUES (10), (20)) AS v (bins);
-- an outcome that is a number is one that is 1
\set VERBOSITY sqlstate
SELECT log_loss(1, 0.5::float8);
\set VERBOSITY default
SELECT log_loss(x = 1, 0.5) FROM (VALUES (1), (0)) AS v (x);
-- states are not for others to make
SELECT kldiv_calibration_combine(NULL, NULL), kldiv_log_loss_final(NULL), kldiv_calibration_transition(NULL, true, 0.5, 2);
SELECT kldiv_calibration_combine('{2,1,0,0,0,0,1,1,0.5,0}', kldiv_calibration_transition(NULL, false, 0.25, 2));
SELECT kldiv_calibration_combine('{1,0,1,1,0.5}', '{2,0,0,0,0,0,0,0}');
SELECT kldiv_calibration_combine('{1,0,1,2,0.5}', NULL);
SELECT kldiv_log_loss_final('{1,0,1,1,NaN}');
SELECT kldiv_expected_calibration_error_final('{1,2,3}');
SELECT kldiv_log_loss_transition('{{1,0,1,1,0.5}}', true, 0.5);
SELECT kldiv_log_loss_move_out('{1,0,1,1,0.5}', true, 2);
DROP TABLE predictions, calibrations, stream;
