--
-- The entropy of the distribution that counts are a sample of
--
SET extra_float_digits = 0;
-- published: R's package entropy, iNEXT
SELECT entropy_estimate(ARRAY[4,2,3,0,2,4,0,0,2,1,1], 'chao_shen') AS chao_shen, entropy_estimate(ARRAY[4,2,3,0,2,4,0,0,2,1,1], 'shrink') AS shrink,
	exp(entropy_estimate(ARRAY[46,22,17,15,15,9,8,6,6,4,2,2,2,2,1,1,1,1,1,1,1,1,1,1,1,1])) AS spiders;
SELECT estimator, entropy_estimate(p, estimator) AS array, entropy_estimate('{"a": 4, "b": 2, "c": 3, "d": 0, "e": 1, "f": 1}'::histogram, estimator) AS histogram,
	entropy_estimate(p, estimator, base => 2) AS bits
FROM (VALUES (ARRAY[4,2,3,0,1,1]::float8[])) AS counts (p), unnest(ARRAY['chao_wang_jost', 'chao_shen', 'miller_madow', 'shrink']) AS estimator;
-- known bins without observations count for shrink only
SELECT estimator, entropy_estimate(ARRAY[4,2,3], estimator) = entropy_estimate(ARRAY[4,0,2,3,0], estimator) AS same
FROM unnest(ARRAY['chao_wang_jost', 'chao_shen', 'miller_madow', 'shrink']) AS estimator;
-- one bin, one observation, all singletons, all of one kind of bins
SELECT estimator, entropy_estimate(ARRAY[7], estimator) AS one_bin, entropy_estimate(ARRAY[1], estimator) AS one, entropy_estimate(ARRAY[1,1,1,1], estimator) AS singletons,
	entropy_estimate(ARRAY[5,5], estimator) AS even, entropy_estimate(ARRAY[1,1000000], estimator) AS nearly_none, entropy_estimate(ARRAY[0,9], estimator) AS two_bins
FROM unnest(ARRAY['chao_wang_jost', 'chao_shen', 'miller_madow', 'shrink']) AS estimator;
-- many observations with few singletons, and few observations with many
SELECT entropy_estimate(ARRAY[1,2,2,2,1e15]), entropy_estimate(array_agg(1 + x % 2)), entropy_estimate(ARRAY[9007199254740990,1,1]) FROM generate_series(1, 1000) AS x;
-- the order of the bins does not matter, the shape neither
SELECT entropy_estimate(ARRAY[[1,2],[3,4]]) - entropy_estimate(ARRAY[4,3,2,1]) AS zero;
-- options that are NULL are not given; NULL elements count nothing
SELECT entropy_estimate(ARRAY[4,2,3], NULL, NULL) = entropy_estimate(ARRAY[4,2,3]) AS same, entropy_estimate(ARRAY[4,NULL,2,3]) = entropy_estimate(ARRAY[4,2,3]) AS same;
-- nothing observed
SELECT entropy_estimate('{}'::float8[]), entropy_estimate(ARRAY[0,0]), entropy_estimate(ARRAY[NULL]::float8[]), entropy_estimate(NULL::float8[]), entropy_estimate('{}'::histogram), entropy_estimate(NULL::histogram);
-- errors
SELECT entropy_estimate(ARRAY[0.5,0.5]);
SELECT entropy_estimate('{"a": 3, "b": 1.5}'::histogram);
SELECT entropy_estimate(ARRAY[3,-1]);
SELECT entropy_estimate(ARRAY[3,'NaN']::float8[]);
SELECT entropy_estimate(ARRAY[9007199254740992,2]);
SELECT entropy_estimate(ARRAY[3,1], 'grassberger');
SELECT entropy_estimate(ARRAY[3,1], base => 1);
SELECT entropy_estimate(NULL::float8[], base => 0);
