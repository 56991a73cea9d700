-- Making and checking distributions: is_distribution, to_distribution, softmax.

CREATE FUNCTION pg_temp.near(value float8, expected float8) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT abs(value / expected - 1) < 1e-14';

--
-- is_distribution: true or false whatever the array, so that it can be a CHECK
--
SELECT p, is_distribution(p)
FROM unnest(ARRAY['{1}', '{0.5,0.5}', '{0.1,0.2,0.7}', '{0,0,1}', '{{0.25,0.25},{0.25,0.25}}', '[0:1]={0.5,0.5}',
				  '{-0,1}', '{}', '{0,0}', '{1,NULL}', '{NULL}', '{1,3}', '{0.5,0.4}', '{1.5,-0.5}', '{1,NaN}',
				  '{Infinity}', '{-Infinity,1}', '{1e308,1e308}']) WITH ORDINALITY AS arrays (text, number),
	 LATERAL (SELECT text::float8[] AS p) AS arrays_too
ORDER BY number;
SELECT is_distribution(NULL) AS no_array;

-- the tolerance is 1e-6 unless given, and counts as within
SELECT is_distribution('{0.9999995}'::float8[]) AS within, is_distribution('{1.0000005}'::float8[]) AS above,
	   is_distribution('{0.999998}'::float8[]) AS below_it, is_distribution('{1.000002}'::float8[]) AS above_it,
	   is_distribution('{0.75}'::float8[], 0.25) AS equal, is_distribution('{1.25}'::float8[], tolerance => 0.25) AS equal_above,
	   is_distribution('{0.75}'::float8[], 0.2499) AS less, is_distribution('{0.5,0.5}'::float8[], 0) AS exact,
	   is_distribution('{0}'::float8[], 1) AS nothing, is_distribution('{0,0}'::float8[], 10) AS nothing_at_all,
	   is_distribution('{1e308}'::float8[], 1e308) AS huge;

-- a softmax computed in float32 passes
SELECT bool_and(is_distribution(shares)) AS passes, bool_and(is_distribution(shares, 0)) AS exactly
FROM (SELECT array_agg((exp((i * k % 17) / 4.0::float8)::real / total)::real) AS shares
	  FROM generate_series(1, 20) AS k,
		   LATERAL (SELECT sum(exp((i * k % 17) / 4.0::float8)::real) AS total
					FROM generate_series(1, 1000) AS i) AS totals,
		   generate_series(1, 1000) AS i
	  GROUP BY k) AS softmaxes;

-- as a CHECK it lets NULL columns pass, and nothing else that is no distribution
CREATE TEMP TABLE checked (p float8[] CHECK (is_distribution(p)));
INSERT INTO checked VALUES ('{0.5,0.5}'), (NULL);
INSERT INTO checked VALUES ('{0.5,0.5,NULL}');
INSERT INTO checked VALUES ('{}');
INSERT INTO checked VALUES ('{3,1}');

--
-- to_distribution: the shares, in an array of the same shape without NULLs
--
SELECT weights, to_distribution(weights)
FROM unnest(ARRAY['{1,3}', '{0.25,0.75}', '{5}', '{0,2,-0}', '{NULL,1,1,NULL}', '{{1,2},{1,4}}', '[5:6]={1,3}',
				  '[0:0][-1:1]={{2,NULL,6}}', '{5e-324,1.5e-323}', '{4e307,1.2e308}', '{}', '{0,0}', '{NULL}'])
	 WITH ORDINALITY AS arrays (text, number),
	 LATERAL (SELECT text::float8[] AS weights) AS arrays_too
ORDER BY number;
SELECT to_distribution(NULL::float8[]) AS no_array;
SELECT array_dims(to_distribution('[2:3][7:8]={{1,2},{3,4}}'::float8[])),
	   array_dims(to_distribution('[2:3][7:8]={{1,NULL},{3,4}}'::float8[]));

-- with a pseudocount
SELECT to_distribution('{0,2,3}'::float8[], 1) AS one, to_distribution('{NULL,NULL}'::float8[], pseudocount => 0.5) AS uniform,
	   to_distribution('{1,3}'::float8[], 0) AS zero, to_distribution('{1,3}'::float8[], 1e300) AS huge,
	   to_distribution('{}'::float8[], 1) AS no_bins;
SELECT to_distribution('{1,3}'::float8[], 1e308);
\echo :LAST_ERROR_SQLSTATE
SELECT to_distribution('{1,NaN}'::float8[]);
\echo :LAST_ERROR_SQLSTATE

-- what it makes is a distribution, and the same one to every measure
SELECT is_distribution(shares, 1e-14) AS sums_to_1, kl_divergence(weights, shares) < 1e-30 AS same,
	   pg_temp.near(entropy(shares), entropy(weights)) AS entropy
FROM (SELECT array_agg(i * 7919 % 1009) AS weights FROM generate_series(1, 5000) AS i) AS counts,
	 LATERAL (SELECT to_distribution(weights) AS shares) AS shares;

--
-- softmax: logits or log-probabilities to shares, in an array of the same shape
--
SELECT softmax('{0,0}'::float8[]) AS equal, softmax('{7}'::float8[]) AS one,
	   softmax('{-Infinity,3}'::float8[]) AS impossible, softmax('{NULL,3,3}'::float8[]) AS missing,
	   softmax('[0:1][2:2]={{1},{1}}'::float8[]) AS shape,
	   softmax('{}'::float8[]) AS empty, softmax('{-Infinity,-Infinity}'::float8[]) AS nothing_possible,
	   softmax('{NULL}'::float8[]) AS no_logit, softmax(NULL) AS no_array;
SELECT pg_temp.near(shares[1], exp(1::float8) / (exp(1::float8) + 1)) AS first, pg_temp.near(shares[2], 1 / (exp(1::float8) + 1)) AS second
FROM (SELECT softmax('{1,0}'::float8[])) AS softmax (shares);

-- overflow-safe: however large, small or far apart
SELECT softmax('{1e308,1e308}'::float8[]) AS large, softmax('{-1e308,-1e308}'::float8[]) AS small,
	   softmax('{1e308,-1e308}'::float8[]) AS apart, softmax('{1000,1000,-1000,-1000}'::float8[]) AS thousands;
SELECT pg_temp.near((softmax('{-700,0}'::float8[]))[1], exp(-700::float8)) AS far,
	   (softmax('{-740,0}'::float8[]))[1] BETWEEN 4e-322 AND 5e-322 AS denormal,
	   (softmax('{-800,0}'::float8[]))[1] AS under_it;

-- adding a constant changes nothing; log-probabilities come back
SELECT softmax('{1,2,4}'::float8[]) = softmax('{101,102,104}'::float8[]) AS shifted,
	   jsd(softmax(ARRAY[ln(0.2::float8), ln(0.3::float8), ln(0.5::float8)]), '{2,3,5}'::float8[]) < 1e-30 AS back;

-- temperature: 1 changes nothing, a small one finds the largest, a large one levels
SELECT softmax('{1,2,4}'::float8[], 1) = softmax('{1,2,4}'::float8[]) AS one,
	   softmax('{1,2,4}'::float8[], temperature => 2) = softmax('{0.5,1,2}'::float8[]) AS two,
	   softmax('{1,2,4,4}'::float8[], 1e-3) AS small, softmax('{1,2,4,4}'::float8[], 5e-324) AS smallest,
	   softmax('{1,4}'::float8[], 1e308) AS large, softmax('{1e308,-1e308}'::float8[], 1e-300) AS overflow,
	   softmax('{-Infinity,1}'::float8[], 1e308) AS impossible;

SELECT softmax('{0,NaN}'::float8[]);
\echo :LAST_ERROR_SQLSTATE
SELECT softmax('{-Infinity,NULL,Infinity}'::float8[]);
\echo :LAST_ERROR_SQLSTATE
SELECT softmax('{1}'::float8[], temperature => 'Infinity');
\echo :LAST_ERROR_SQLSTATE
