-- The measures over float8[], at inputs whose answers can be seen on paper.

CREATE FUNCTION pg_temp.near(value float8, expected float8) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT abs(value / expected - 1) < 1e-14';

--
-- What each one is.  The shares are 1/4, 1/4, 1/2 and 1/2, 1/4, 1/4.
--
CREATE TEMP TABLE pair AS SELECT '{1,1,2}'::float8[] AS p, '{2,1,1}'::float8[] AS q;

SELECT measure, value = expected OR pg_temp.near(value, expected) AS right
FROM pair, LATERAL (VALUES
	('entropy',                entropy(p),                   1.5 * ln(2)),
	('perplexity',             perplexity(p),                sqrt(8)),
	('renyi_entropy',          renyi_entropy(p, 2),          ln(8 / 3::float8)),
	('cross_entropy',          cross_entropy(p, q),          1.75 * ln(2)),
	('kl_divergence',          kl_divergence(p, q),          0.25 * ln(2)),
	('jeffreys_divergence',    jeffreys_divergence(p, q),    0.5 * ln(2)),
	('jsd',                    jsd(p, q),                    0.042474759198849368),
	('js_distance',            js_distance(p, q),            0.20609405425399678),
	('renyi',                  renyi(p, q, 2),               ln(11 / 8::float8)),
	('hellinger_distance',     hellinger_distance(p, q),     sqrt(0.75 - sqrt(0.5::float8))),
	('bhattacharyya_distance', bhattacharyya_distance(p, q), -ln(0.25 + sqrt(0.5::float8))),
	('psi',                    psi(p, q),                    0.5 * ln(2))
) AS measures (measure, value, expected);

SELECT total_variation(p, q), l_infinity(p, q), chi_square_divergence(p, q) FROM pair;

-- p is what was observed, q the reference
SELECT measure, pg_temp.near(forward, expected_forward) AS p_q, pg_temp.near(backward, expected_backward) AS q_p
FROM (SELECT '{1,3}'::float8[] AS p, '{1,1}'::float8[] AS q) AS pair, LATERAL (VALUES
	('cross_entropy', cross_entropy(p, q), cross_entropy(q, p),
	 ln(2), 2 * ln(2) - ln(3) / 2),
	('kl_divergence', kl_divergence(p, q), kl_divergence(q, p),
	 0.75 * ln(3) - ln(2), ln(2) - ln(3) / 2),
	('renyi', renyi(p, q, 3), renyi(q, p, 3),
	 ln(7 / 4::float8) / 2, ln(20 / 9::float8) / 2),
	('chi_square_divergence', chi_square_divergence(p, q), chi_square_divergence(q, p),
	 1 / 4::float8, 1 / 3::float8)
) AS measures (measure, forward, backward, expected_forward, expected_backward);

-- counts, percentages and probabilities mix
SELECT pg_temp.near(kl_divergence('{3,1}'::float8[], '{1,1}'::float8[]),
					kl_divergence('{75,25}'::float8[], '{0.5,0.5}'::float8[])) AS same;

-- units: bits and bans, by name or by position
SELECT measure, pg_temp.near(bits, nats / ln(2)) AS bits, pg_temp.near(bans, nats / ln(10)) AS bans
FROM pair, LATERAL (VALUES
	('entropy', entropy(p), entropy(p, base => 2), entropy(p, 10)),
	('renyi_entropy', renyi_entropy(p, 2), renyi_entropy(p, 2, base => 2), renyi_entropy(p, 2, 10)),
	('cross_entropy', cross_entropy(p, q), cross_entropy(p, q, base => 2), cross_entropy(p, q, 10)),
	('kl_divergence', kl_divergence(p, q), kl_divergence(p, q, base => 2), kl_divergence(p, q, 10)),
	('jeffreys_divergence', jeffreys_divergence(p, q), jeffreys_divergence(p, q, base => 2),
	 jeffreys_divergence(p, q, 10)),
	('jsd', jsd(p, q), jsd(p, q, base => 2), jsd(p, q, 10)),
	('js_distance squared', js_distance(p, q) ^ 2, js_distance(p, q, base => 2) ^ 2, js_distance(p, q, 10) ^ 2),
	('renyi', renyi(p, q, 3), renyi(p, q, 3, base => 2), renyi(p, q, 3, 10))
) AS measures (measure, nats, bits, bans);

-- all arguments by name, in any order
SELECT renyi(base => 2, alpha => 3, q => q, pseudocount => 1, p => p) = renyi(p, q, 3, 2, 1) AS renyi,
	   psi(empty => 0, q => q, p => p) = psi(p, q, 0) AS psi,
	   kl_divergence(q => q, p => p) = kl_divergence(p, q) AS kl_divergence
FROM pair;

--
-- Nothing differs: exactly 0, also between counts in proportion.  One bin has
-- no entropy.  Never -0.
--
SELECT ARRAY[kl_divergence(p, q), jeffreys_divergence(p, q), jsd(p, q), js_distance(p, q),
			 renyi(p, q, 0), renyi(p, q, 0.3), renyi(p, q, 1), renyi(p, q, 2), renyi(p, q, 'Infinity'),
			 hellinger_distance(p, q), bhattacharyya_distance(p, q), total_variation(p, q), l_infinity(p, q),
			 chi_square_divergence(p, q), psi(p, q), psi(p, q, empty => 0)] AS all_measures
FROM (VALUES ('{1,2,7}'::float8[], '{1,2,7}'::float8[]),
			 ('{1,2,7}', '{3,6,21}'),
			 ('{0.1,0.2,0.7}', '{0.1,0.2,0.7}'),
			 ('{0,5,0}', '{0,0.1,0}'),
			 ('{5e-324,1e-323}', '{4e307,8e307}')) AS equals (p, q);

SELECT entropy(p), perplexity(p), cross_entropy(p, p),
	   renyi_entropy(p, 0) AS renyi_0, renyi_entropy(p, 1) AS renyi_1,
	   renyi_entropy(p, 2) AS renyi_2, renyi_entropy(p, 'Infinity') AS renyi_infinity
FROM (VALUES ('{1}'::float8[]), ('{0,3,0}'), ('{5e-324}')) AS one_bin (p);

--
-- Zeros.  q lacks a bin of p, then p one of q, then they share none.
--
CREATE TEMP TABLE zeros AS
SELECT * FROM (VALUES (1, 'q lacks one', '{1,1}'::float8[], '{1,0}'::float8[]),
					  (2, 'p lacks one', '{1,0}', '{1,1}'),
					  (3, 'disjoint', '{1,0}', '{0,1}'),
					  (4, 'both lack one', '{1,0,3}', '{1,0,3}')) AS zeros (number, what, p, q);

-- infinite or not
SELECT what, cross_entropy(p, q) = 'Infinity' AS cross, kl_divergence(p, q) = 'Infinity' AS kl,
	   jeffreys_divergence(p, q) = 'Infinity' AS jeffreys, chi_square_divergence(p, q) = 'Infinity' AS chi,
	   psi(p, q, empty => 0) = 'Infinity' AS psi_0, psi(p, q) = 'Infinity' AS psi
FROM zeros ORDER BY number;
SELECT what, renyi(p, q, 0) = 'Infinity' AS order_0, renyi(p, q, 0.3) = 'Infinity' AS order_0_3,
	   renyi(p, q, 0.5) = 'Infinity' AS half, bhattacharyya_distance(p, q) = 'Infinity' AS bhattacharyya,
	   renyi(p, q, 1) = 'Infinity' AS order_1, renyi(p, q, 2) = 'Infinity' AS order_2,
	   renyi(p, q, 'Infinity') = 'Infinity' AS infinite
FROM zeros ORDER BY number;

-- bounded measures stay finite, and reach their bounds exactly: 0.6931471805599453 is ln 2
SELECT what, jsd(p, q, base => 2) AS jsd, js_distance(p, q, base => 2), hellinger_distance(p, q) AS hellinger,
	   total_variation(p, q) AS tv, l_infinity(p, q)
FROM zeros WHERE what IN ('disjoint', 'both lack one') ORDER BY number;
SELECT jsd(p, q) = 0.6931471805599453 AS jsd, js_distance(p, q) = sqrt(0.6931471805599453::float8) AS js_distance FROM zeros WHERE what = 'disjoint';
SELECT jsd('{1,2,3,0,0}'::float8[], '{0,0,0,7,0.1}'::float8[]) = 0.6931471805599453 AS jsd,
	   hellinger_distance('{1,2,3,0,0}'::float8[], '{0,0,0,7,0.1}'::float8[]) AS hellinger,
	   total_variation('{1,2,3,0,0}'::float8[], '{0,0,0,7,0.1}'::float8[]) AS tv;

-- the finite values beside them
SELECT what, pg_temp.near(value, expected) AS right
FROM (VALUES
	('kl, p lacks one', kl_divergence('{1,0}'::float8[], '{1,1}'::float8[]), ln(2)),
	('cross-entropy, p lacks one', cross_entropy('{1,0}'::float8[], '{1,1}'::float8[]), ln(2)),
	('chi-square, p lacks one', chi_square_divergence('{1,0}'::float8[], '{1,1}'::float8[]), 1),
	('renyi 0, q lacks one', renyi('{1,1,0}'::float8[], '{1,1,2}'::float8[], 0), ln(2)),
	('renyi 0.5, q lacks one', renyi('{1,1}'::float8[], '{1,0}'::float8[], 0.5), ln(2)),
	('renyi Infinity, p lacks one', renyi('{1,0}'::float8[], '{1,1}'::float8[], 'Infinity'), ln(2)),
	('bhattacharyya, q lacks one', bhattacharyya_distance('{1,1}'::float8[], '{1,0}'::float8[]), ln(2) / 2),
	('renyi entropy 0 ignores zeros', renyi_entropy('{1,0,1}'::float8[], 0), ln(2)),
	('entropy ignores zeros', entropy('{1,0,1}'::float8[]), ln(2))
) AS finite (what, value, expected);

-- a chi-square beyond float8 is Infinity, a KL between the same is not
SELECT chi_square_divergence('{1,1}'::float8[], '{5e-324,1}'::float8[]) AS chi_square,
	   pg_temp.near(kl_divergence('{1,1}'::float8[], '{5e-324,1}'::float8[]), 536 * ln(2)) AS kl;

--
-- Pseudocount: added to every bin of both sides before normalising
--
SELECT measure, smoothed = by_hand OR pg_temp.near(smoothed, by_hand) AS same, smoothed < 'Infinity' AS finite
FROM (SELECT '{3,0,1}'::float8[] AS p, '{0,0,4}'::float8[] AS q,
			 '{3.5,0.5,1.5}'::float8[] AS p_plus, '{0.5,0.5,4.5}'::float8[] AS q_plus) AS pair, LATERAL (VALUES
	('cross_entropy', cross_entropy(p, q, pseudocount => 0.5), cross_entropy(p_plus, q_plus)),
	('kl_divergence', kl_divergence(p, q, pseudocount => 0.5), kl_divergence(p_plus, q_plus)),
	('jeffreys_divergence', jeffreys_divergence(p, q, pseudocount => 0.5), jeffreys_divergence(p_plus, q_plus)),
	('jsd', jsd(p, q, pseudocount => 0.5), jsd(p_plus, q_plus)),
	('js_distance', js_distance(p, q, pseudocount => 0.5), js_distance(p_plus, q_plus)),
	('renyi', renyi(p, q, 3, pseudocount => 0.5), renyi(p_plus, q_plus, 3))
) AS measures (measure, smoothed, by_hand);

-- a side with nothing observed becomes uniform, as long as there are bins
SELECT kl_divergence('{0,0}'::float8[], '{0,0}'::float8[], pseudocount => 1) AS both_zero,
	   kl_divergence('{0,0}'::float8[], '{4,4}'::float8[], pseudocount => 1) AS zero_uniform,
	   kl_divergence('{}'::float8[], '{4,4}'::float8[], pseudocount => 1) AS empty_uniform,
	   kl_divergence('{4,4}'::float8[], '{}'::float8[], pseudocount => 1) AS uniform_empty,
	   pg_temp.near(kl_divergence('{2,0}'::float8[], '{}'::float8[], pseudocount => 1),
					0.75 * ln(3) - ln(2)) AS observed_empty,
	   kl_divergence('{NULL,NULL}'::float8[], '{}'::float8[], pseudocount => 1) AS nulls_empty,
	   kl_divergence('{}'::float8[], '{}'::float8[], pseudocount => 1) AS both_empty;

--
-- psi: shares of exactly 0 count as empty, others are left alone, and nothing is renormalised
--
SELECT what, pg_temp.near(value, expected) AS right
FROM (VALUES
	('one filled', psi('{0,1}'::float8[], '{1,1}'::float8[]),
	 (0.0001 - 0.5) * ln(0.0001 / 0.5::float8) + (1 - 0.5) * ln(1 / 0.5::float8)),
	('other side', psi('{1,1}'::float8[], '{0,1}'::float8[]),
	 (0.0001 - 0.5) * ln(0.0001 / 0.5::float8) + (1 - 0.5) * ln(1 / 0.5::float8)),
	('a small share is not empty', psi('{1,999999}'::float8[], '{500000,500000}'::float8[]),
	 jeffreys_divergence('{1,999999}'::float8[], '{500000,500000}'::float8[])),
	('another value', psi('{0,1}'::float8[], '{1,1}'::float8[], empty => 0.25),
	 (0.25 - 0.5) * ln(0.25 / 0.5::float8) + (1 - 0.5) * ln(1 / 0.5::float8)),
	('disjoint', psi('{1,0}'::float8[], '{0,1}'::float8[]), 2 * 0.9999 * ln(10000)),
	('a bin that nobody has seen', psi('{1,1000,0}'::float8[], '{3.0000000000000004,3000,0}'::float8[], 1), psi('{1,1000}'::float8[], '{3.0000000000000004,3000}'::float8[], 1)),
	('the smallest share is not empty', psi('{1e304,5e-324}'::float8[], '{1,0}'::float8[]),
	 0.0001 * (1074 * ln(2) + 300 * ln(10))),
	('no fill, no zeros', psi('{1,3}'::float8[], '{1,1}'::float8[], empty => 0),
	 jeffreys_divergence('{1,3}'::float8[], '{1,1}'::float8[]))
) AS cases (what, value, expected);
SELECT psi('{0,1}'::float8[], '{0,2}'::float8[]) AS both_empty,
	   psi('{0,1}'::float8[], '{1,1}'::float8[], empty => 0) AS no_fill,
	   psi('{0,1,1}'::float8[], '{0,2,2}'::float8[], empty => 0) AS no_fill_both_empty,
	   psi('{0,1}'::float8[], '{1,9999}'::float8[]) < 1e-7 AS filled_to_near_equality;

--
-- Orders of Renyi
--
SELECT what, pg_temp.near(value, expected) AS right
FROM pair, LATERAL (VALUES
	('0.5 is twice Bhattacharyya', renyi(p, q, 0.5), 2 * bhattacharyya_distance(p, q)),
	('1 is KL', renyi(p, q, 1), kl_divergence(p, q)),
	('2 is chi-square', renyi(p, q, 2), ln(1 + chi_square_divergence(p, q))),
	('Infinity is the largest log ratio', renyi(p, q, 'Infinity'), ln(2)),
	('0 sees supports', renyi('{1,1,0}'::float8[], '{3,4,1}'::float8[], 0), ln(8 / 7::float8)),
	('entropy 0 is Hartley', renyi_entropy(p, 0), ln(3)),
	('entropy 1 is Shannon', renyi_entropy(p, 1), entropy(p)),
	('entropy Infinity is min-entropy', renyi_entropy(p, 'Infinity'), ln(2))
) AS orders (what, value, expected);
SELECT renyi('{1,2}'::float8[], '{5,1}'::float8[], 0) AS order_0_of_equal_supports;

--
-- Where results can live
--
CREATE TABLE cohorts (
	today int[],
	baseline int[],
	drift float8 GENERATED ALWAYS AS (jsd(today, baseline, base => 2)) STORED,
	CHECK (kl_divergence(today, baseline, pseudocount => 1) < 1)
);
CREATE INDEX cohorts_by_entropy ON cohorts (entropy(today::float8[]));
INSERT INTO cohorts VALUES ('{1,0}', '{0,1}'), ('{2,3}', '{2,3}'), ('{}', '{1}');
INSERT INTO cohorts VALUES ('{1000,0}', '{0,1000}');
CREATE MATERIALIZED VIEW drifts AS SELECT today, psi(today, baseline, empty => 0) AS psi FROM cohorts;
REFRESH MATERIALIZED VIEW drifts;
SELECT today, baseline, drift, psi FROM cohorts JOIN drifts USING (today) ORDER BY drift;
SET enable_seqscan = off;
SELECT today FROM cohorts WHERE entropy(today::float8[]) = 0;
RESET enable_seqscan;
DROP TABLE cohorts CASCADE;

PREPARE drift (float8[], float8[], float8) AS SELECT jsd($1, $2, base => $3);
EXECUTE drift ('{1,0}', '{0,1}', 2);
EXECUTE drift ('{1,0}', NULL, 2);
DEALLOCATE drift;
