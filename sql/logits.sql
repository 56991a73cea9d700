--
-- Distributions that are given by logits
--
SET extra_float_digits = 0;
SELECT softmax_kl_divergence('{2,1,0.1,-1.5}', '{1.5,1.2,0.3,-2}') AS nats,
	softmax_kl_divergence('{2,1,0.1,-1.5}', '{1.5,1.2,0.3,-2}', base => 2) AS bits,
	softmax_kl_divergence('{2,1,0.1,-1.5}', '{1.5,1.2,0.3,-2}', temperature => 2) AS warm;
SELECT softmax_cross_entropy(1, '{4,2,1}') AS label, softmax_cross_entropy(ARRAY[1,0,0], '{4,2,1}') AS one_hot,
	softmax_cross_entropy(ARRAY[2,1,1], '{4,2,1}') AS weights, softmax_cross_entropy(1, '{4,2,1}', 2, 2) AS warm_bits;
SELECT softmax_entropy('{4,2,1}') AS nats, softmax_entropy('{4,2,1}', base => 2) AS bits, softmax_entropy('{0,0,0,0}', base => 2) AS uniform;
SELECT logsumexp('{4,2,1}'::float8[]) AS of_array, (SELECT logsumexp(z) FROM unnest(ARRAY[4,2,1]) AS z) AS of_rows;
-- what softmax() and a measure give, where they can
SELECT count(*) AS pairs,
	count(*) FILTER (WHERE abs(softmax_kl_divergence(p, q, t) - kl_divergence(softmax(p, t), softmax(q, t))) < 1e-13) AS divergences,
	count(*) FILTER (WHERE abs(softmax_cross_entropy(softmax(p, t), q, t) - cross_entropy(softmax(p, t), softmax(q, t))) < 1e-13) AS cross_entropies,
	count(*) FILTER (WHERE abs(softmax_entropy(p, t) - entropy(softmax(p, t))) < 1e-13) AS entropies,
	count(*) FILTER (WHERE abs(softmax_entropy(p, t) + softmax_kl_divergence(p, q, t) - softmax_cross_entropy(softmax(p, t), q, t)) < 1e-13) AS sums
FROM (SELECT ARRAY(SELECT sin(7 * i * k) * 5 FROM generate_series(1, k) AS i) AS p, ARRAY(SELECT cos(9 * i + k) * 4 FROM generate_series(1, k) AS i) AS q
	  FROM generate_series(1, 40) AS k) AS s, (VALUES (1.0), (2.0), (0.7)) AS v (t);
-- and where they cannot: weights below the smallest number, differences below the last digit, logits and temperature near the largest one
SELECT kl_divergence(softmax('{0,-1}'), softmax('{0,-800}')) AS by_softmax, softmax_kl_divergence('{0,-1}', '{0,-800}') AS by_logits;
SELECT softmax_kl_divergence('{1,2,3}', '{1.00000001,2,3}') AS near, softmax_kl_divergence('{40,0,1}', '{40.001,0.5,1}') AS peaked;
SELECT softmax_kl_divergence('{5000,1,2}', '{1,5000,2}') AS far, softmax_entropy('{50,0,0}') AS nearly_certain;
SELECT softmax_kl_divergence('{1e308,-1e308}', '{-1e308,1e308}', 1e308) AS divergence, softmax_cross_entropy(2, '{1e308,-1e308}', 1e308) AS cross_entropy,
	softmax_entropy('{1e308,-1e308}', 1e308) AS entropy, softmax('{1e308,-1e308}', 1e308) AS shares, entropy(softmax('{1e308,-1e308}', 1e308)) AS of_shares;
-- what is added to all logits of a side makes no difference: exactly 0
SELECT softmax_kl_divergence('{0.5,-3.25,2.75,1}', '{-6.5,-10.25,-4.25,-6}') AS shifted, softmax_kl_divergence('{1,2}', '{10000001,10000002}') AS far_off,
	softmax_entropy('{1,2}') = softmax_entropy('{10000001,10000002}') AS same;
SELECT softmax_kl_divergence('{1,2}', '{1,2.0000000000000004}') > 0 AS one_digit;
-- -Infinity and NULL are a share of 0
SELECT softmax_kl_divergence('{-Infinity,1,2}', '{-Infinity,1.5,2}') = softmax_kl_divergence('{1,2}', '{1.5,2}') AS excluded,
	softmax_kl_divergence('{NULL,1,2}', '{7,1.5,2}') = softmax_kl_divergence('{-Infinity,1,2}', '{7,1.5,2}') AS absent,
	softmax_kl_divergence('{1,2}', '{1,-Infinity}') AS impossible, softmax_kl_divergence('{-5000,2}', '{NULL,2}') AS still_impossible;
SELECT softmax_cross_entropy(1, '{NULL,2}') AS impossible, softmax_cross_entropy(ARRAY[1,1], '{2,-Infinity}') AS impossible_too,
	softmax_cross_entropy(ARRAY[1,0], '{2,-Infinity}') AS certain, softmax_entropy('{-Infinity,3,NULL}') AS certain_too;
-- NULL: an argument that is, or a side of nothing else; logsumexp of zeros is -Infinity
SELECT softmax_kl_divergence(NULL, '{1}') IS NULL AND softmax_kl_divergence('{1}', '{1}', NULL) IS NULL AND softmax_cross_entropy(NULL::int, '{1,2}') IS NULL AND
	softmax_kl_divergence('{-Infinity,NULL}', '{1,2}') IS NULL AND softmax_kl_divergence('{1,2}', '{-Infinity,NULL}') IS NULL AND
	softmax_kl_divergence('{}', '{}') IS NULL AND softmax_kl_divergence('{}', '{1,2}') IS NULL AND softmax_entropy('{}') IS NULL AND softmax_entropy('{NULL}') IS NULL AND
	softmax_cross_entropy(1, '{}') IS NULL AND softmax_cross_entropy(1, '{-Infinity,NULL}') IS NULL AND softmax_cross_entropy(ARRAY[0,0], '{1,2}') IS NULL AND
	softmax_cross_entropy(ARRAY[1,0], '{NULL,NULL}') IS NULL AND logsumexp('{}'::float8[]) IS NULL AND logsumexp('{NULL}'::float8[]) IS NULL AS all_null;
SELECT logsumexp('{-Infinity,-Infinity}'::float8[]) AS zeros, logsumexp('{-Infinity,0.25,NULL}'::float8[]) AS one, logsumexp('{1000,1000}'::float8[]) AS large,
	logsumexp('{1e308,1e308}'::float8[]) AS largest, logsumexp('{-1e308}'::float8[]) AS least;
-- rows: NULL is none
SELECT logsumexp(z) AS of_none, logsumexp(z) FILTER (WHERE z IS NULL) AS of_null FROM (VALUES (NULL::float8), (1)) AS v (z) WHERE z IS NULL;
SELECT logsumexp(z) AS zeros FROM (VALUES ('-Infinity'::float8), (NULL)) AS v (z);
SELECT logsumexp(z) AS large, logsumexp(z - 5000) AS small, logsumexp(z ORDER BY z) - logsumexp(z ORDER BY -z) AS orders
FROM (VALUES (1000.0::float8), (1000.0), ('-Infinity'), (0), (NULL)) AS v (z);
SELECT k, logsumexp(z) OVER (PARTITION BY k ORDER BY z) AS running FROM (VALUES (1, 0.0::float8), (1, 1), (2, 5)) AS v (k, z);
SELECT abs(logsumexp(z) - logsumexp(array_agg(z))) < 1e-12 AS same FROM (SELECT 1000 * sin(i) FROM generate_series(1, 5000) AS i) AS s (z);
-- in workers
CREATE TABLE logit_rows AS SELECT i % 7 AS k, 900 * sin(i) AS z FROM generate_series(1, 20000) AS i;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS off) SELECT logsumexp(z) FROM logit_rows;
SELECT k, abs(logsumexp(z) - logsumexp(array_agg(z))) < 1e-12 AS same FROM logit_rows GROUP BY k ORDER BY k;
SELECT abs(logsumexp(z) - (SELECT logsumexp(array_agg(z)) FROM logit_rows)) < 1e-12 AS same FROM logit_rows;
DROP TABLE logit_rows;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
-- several dimensions, other lower bounds, long arrays
SELECT softmax_kl_divergence('{{1,2},{3,4}}', '{{2,1},{4,3}}') = softmax_kl_divergence('{1,2,3,4}', '{2,1,4,3}') AS matrix,
	softmax_cross_entropy(3, '{{1,2},{3,4}}') = softmax_cross_entropy(3, '[5:8]={1,2,3,4}') AS bounds;
SELECT abs(softmax_entropy(array_fill(3.0::float8, ARRAY[n])) - ln(n)) < 1e-14 * ln(n) AS uniform, softmax_kl_divergence(array_fill(3.0::float8, ARRAY[n]), array_fill(-1.0::float8, ARRAY[n])) AS equal
FROM (VALUES (511), (512), (513), (40000), (150000)) AS v (n);
-- errors
SELECT softmax_kl_divergence('{1,2}', '{1,2,3}');
SELECT softmax_kl_divergence('{1,2,NaN}', '{1,Infinity,3}');
SELECT softmax_kl_divergence('{1,NULL,3}', '{1,Infinity,3}');
SELECT softmax_kl_divergence('{}', '{1,Infinity,3}');
SELECT softmax_kl_divergence('{1,2}', '{1,2}', temperature => 0);
SELECT softmax_kl_divergence('{1,2}', '{1,2}', 'Infinity');
SELECT softmax_kl_divergence('{1,2}', '{1,2}', 'NaN');
SELECT softmax_kl_divergence('{1,2}', '{1,2}', base => 1);
SELECT softmax_cross_entropy(0, '{1,2,3}');
SELECT softmax_cross_entropy(4, '{1,2,3}');
SELECT softmax_cross_entropy(-9223372036854775808, '{1,2,3}');
SELECT softmax_cross_entropy(1, '{NaN}');
SELECT softmax_cross_entropy(1, '{1}', -1);
SELECT softmax_cross_entropy(ARRAY[1,2,3], '{1,2}');
SELECT softmax_cross_entropy(ARRAY[1,-2], '{1,2}');
SELECT softmax_cross_entropy(ARRAY[1,2], '{1,Infinity}');
SELECT softmax_cross_entropy('{1e308,1e308}'::float8[], '{1,2}');
SELECT softmax_cross_entropy(ARRAY[1,2], '{1,2}', base => 'Infinity');
SELECT softmax_entropy('{Infinity}');
SELECT softmax_entropy('{1}', 0);
SELECT softmax_entropy('{1}', 1, 0.5);
SELECT logsumexp('{1,Infinity}'::float8[]);
SELECT logsumexp(z) FROM (VALUES (1.0::float8), ('Infinity')) AS v (z);
SELECT logsumexp(z) FROM (VALUES (1.0::float8), ('NaN')) AS v (z);
SELECT softmax_cross_entropy('3', '{1,2,3}'::float8[]);
-- states are not for others
SELECT kldiv_logsumexp_final('{1,2}');
SELECT kldiv_logsumexp_final('{1,-1,0}');
SELECT kldiv_logsumexp_combine('{1,1,NULL}', NULL);
SELECT kldiv_logsumexp_transition('{NaN,1,0}', 1);
SELECT abs(kldiv_logsumexp_final(kldiv_logsumexp_combine(kldiv_logsumexp_transition(NULL, 1), kldiv_logsumexp_transition('{-Infinity,0,0}', 1))) - 1 - ln(2)) < 1e-15 AS sum_of_states;
