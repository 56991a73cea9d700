--
-- Statistics: tests of counts
--

-- Not STRICT: an option that is NULL is one that was not given.

CREATE TYPE kldiv_test AS (
	statistic float8, df float8, p_value float8, effect_size float8, null_effect_size float8, min_expected float8, n float8, method text
);

COMMENT ON TYPE kldiv_test IS
'what a test of counts finds: the statistic, its degrees of freedom and p-value, the size of the effect and the one that chance alone gives, the smallest expected count, all observations, the method';

CREATE FUNCTION homogeneity_test(p float8[], q float8[], statistic text DEFAULT 'chi_square', replicates integer DEFAULT 0, seed bigint DEFAULT 0,
	n_p float8 DEFAULT NULL, n_q float8 DEFAULT NULL, min_expected float8 DEFAULT 0)
RETURNS kldiv_test
AS 'MODULE_PATHNAME', 'kldiv_homogeneity_test_arrays'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION homogeneity_test(float8[], float8[], text, integer, bigint, float8, float8, float8) IS
'whether two samples of counts can be of one distribution, by the statistic chi_square or g; n_p and n_q say how many independent observations stand behind weights that are no counts; bins of which less than min_expected is expected are merged; NULL if nothing was observed on a side';

CREATE FUNCTION homogeneity_test(p histogram, q histogram, statistic text DEFAULT 'chi_square', replicates integer DEFAULT 0, seed bigint DEFAULT 0,
	n_p float8 DEFAULT NULL, n_q float8 DEFAULT NULL, min_expected float8 DEFAULT 0)
RETURNS kldiv_test
AS 'MODULE_PATHNAME', 'kldiv_homogeneity_test_histograms'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION homogeneity_test(histogram, histogram, text, integer, bigint, float8, float8, float8) IS
'whether two samples of counts can be of one distribution, by the statistic chi_square or g; bins matched by label; n_p and n_q say how many independent observations stand behind weights that are no counts; bins of which less than min_expected is expected are merged; NULL if nothing was observed on a side';

CREATE FUNCTION homogeneity_test(samples histogram[], statistic text DEFAULT 'chi_square', replicates integer DEFAULT 0, seed bigint DEFAULT 0,
	min_expected float8 DEFAULT 0)
RETURNS kldiv_test
AS 'MODULE_PATHNAME', 'kldiv_homogeneity_test_samples'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION homogeneity_test(histogram[], text, integer, bigint, float8) IS
'whether many samples of counts can be of one distribution, by the statistic chi_square or g; bins matched by label; bins of which less than min_expected is expected are merged; NULL if fewer than two have anything';

CREATE FUNCTION independence_test(joint float8[], statistic text DEFAULT 'chi_square', replicates integer DEFAULT 0, seed bigint DEFAULT 0,
	min_expected float8 DEFAULT 0)
RETURNS kldiv_test
AS 'MODULE_PATHNAME', 'kldiv_independence_test_array'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION independence_test(float8[], text, integer, bigint, float8) IS
'whether the rows and columns of a table of counts, an array of two dimensions, can be independent, by the statistic chi_square or g; the rows may be samples; bins of which less than min_expected is expected are merged; NULL if fewer than two rows have anything';

CREATE FUNCTION independence_test(joint histogram, statistic text DEFAULT 'chi_square', replicates integer DEFAULT 0, seed bigint DEFAULT 0,
	min_expected float8 DEFAULT 0)
RETURNS kldiv_test
AS 'MODULE_PATHNAME', 'kldiv_independence_test_histogram'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION independence_test(histogram, text, integer, bigint, float8) IS
'whether the values of a histogram of pairs ["x", "y"], whose weights are counts, can be independent, by the statistic chi_square or g; values of y of which less than min_expected is expected are merged; NULL if fewer than two values of x have anything';

CREATE FUNCTION goodness_of_fit_test(p float8[], q float8[], statistic text DEFAULT 'chi_square', replicates integer DEFAULT 0, seed bigint DEFAULT 0,
	n_p float8 DEFAULT NULL, min_expected float8 DEFAULT 0)
RETURNS kldiv_test
AS 'MODULE_PATHNAME', 'kldiv_goodness_of_fit_test_arrays'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION goodness_of_fit_test(float8[], float8[], text, integer, bigint, float8, float8) IS
'whether a sample of counts p can be of the known distribution q, whose weights are normalised, by the statistic chi_square or g; n_p says how many independent observations stand behind weights that are no counts; bins of which less than min_expected is expected are merged; NULL if nothing was observed on a side';

CREATE FUNCTION goodness_of_fit_test(p histogram, q histogram, statistic text DEFAULT 'chi_square', replicates integer DEFAULT 0, seed bigint DEFAULT 0,
	n_p float8 DEFAULT NULL, min_expected float8 DEFAULT 0)
RETURNS kldiv_test
AS 'MODULE_PATHNAME', 'kldiv_goodness_of_fit_test_histograms'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION goodness_of_fit_test(histogram, histogram, text, integer, bigint, float8, float8) IS
'whether a sample of counts p can be of the known distribution q, whose weights are normalised, by the statistic chi_square or g; bins matched by label; n_p says how many independent observations stand behind weights that are no counts; bins of which less than min_expected is expected are merged; NULL if nothing was observed on a side';

CREATE FUNCTION standardized_residuals(p float8[], q float8[])
RETURNS TABLE (label integer, p float8, q float8, expected float8, residual float8, p_value float8)
AS 'MODULE_PATHNAME', 'kldiv_standardized_residuals_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 50;

COMMENT ON FUNCTION standardized_residuals(float8[], float8[]) IS
'the bins that two samples of counts differ in, the largest difference first: counts, what is expected of p, the residual in standard deviations, its p-value';

CREATE FUNCTION standardized_residuals(p histogram, q histogram)
RETURNS TABLE (label text, p float8, q float8, expected float8, residual float8, p_value float8)
AS 'MODULE_PATHNAME', 'kldiv_standardized_residuals_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 50;

COMMENT ON FUNCTION standardized_residuals(histogram, histogram) IS
'the bins that two samples of counts differ in, the largest difference first: counts, what is expected of p, the residual in standard deviations, its p-value';

CREATE FUNCTION kldiv_homogeneity_test_final(state internal)
RETURNS kldiv_test
AS 'MODULE_PATHNAME', 'kldiv_homogeneity_test_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_homogeneity_test_final(internal) IS
'implementation of kldiv aggregates: the test';

CREATE FUNCTION kldiv_goodness_of_fit_test_final(state internal)
RETURNS kldiv_test
AS 'MODULE_PATHNAME', 'kldiv_goodness_of_fit_test_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_goodness_of_fit_test_final(internal) IS
'implementation of kldiv aggregates: the test';

CREATE AGGREGATE homogeneity_test(p float8, q float8) (
	SFUNC = kldiv_pairs_transition, STYPE = internal, SSPACE = 16384,
	FINALFUNC = kldiv_homogeneity_test_final, COMBINEFUNC = kldiv_pairs_combine,
	SERIALFUNC = kldiv_pairs_serialize, DESERIALFUNC = kldiv_pairs_deserialize, PARALLEL = SAFE
);

COMMENT ON AGGREGATE homogeneity_test(float8, float8) IS
'whether two samples can be of one distribution, over one row per bin with its counts; keeps 16 bytes a row; NULL counts are 0; NULL if nothing was observed on a side';

CREATE AGGREGATE goodness_of_fit_test(p float8, q float8) (
	SFUNC = kldiv_pairs_transition, STYPE = internal, SSPACE = 16384,
	FINALFUNC = kldiv_goodness_of_fit_test_final, COMBINEFUNC = kldiv_pairs_combine,
	SERIALFUNC = kldiv_pairs_serialize, DESERIALFUNC = kldiv_pairs_deserialize, PARALLEL = SAFE
);

COMMENT ON AGGREGATE goodness_of_fit_test(float8, float8) IS
'whether a sample of counts can be of a known distribution, over one row per bin; keeps 16 bytes a row; NULL counts are 0; NULL if nothing was observed on a side';
