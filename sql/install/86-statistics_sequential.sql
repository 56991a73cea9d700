--
-- Statistics: evidence that may be looked at at any time
--

CREATE TYPE kldiv_evidence AS (e_value float8, log_e_value float8, p_value float8);

COMMENT ON TYPE kldiv_evidence IS
'evidence against a null hypothesis, from sequential_test: a likelihood ratio, its logarithm, and min(1, 1/e_value)';

CREATE FUNCTION sequential_test(p float8[], q float8[], concentration float8 DEFAULT NULL, ratio float8 DEFAULT NULL)
RETURNS kldiv_evidence
AS 'MODULE_PATHNAME', 'kldiv_sequential_test_arrays'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION sequential_test(float8[], float8[], float8, float8) IS
'evidence that all counts p so far are not from the known distribution q, or with ratio (of assignments to p) that arms p and q differ; valid however often one looks: e_value is ever 20 with probability 0.05 at most if there is no difference; NULL if nothing was observed on a side';

CREATE FUNCTION sequential_test(p histogram, q histogram, concentration float8 DEFAULT NULL, ratio float8 DEFAULT NULL)
RETURNS kldiv_evidence
AS 'MODULE_PATHNAME', 'kldiv_sequential_test_histograms'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION sequential_test(histogram, histogram, float8, float8) IS
'evidence that all counts p so far are not from the known distribution q, or with ratio (of assignments to p) that arms p and q differ; bins matched by label; valid however often one looks: e_value is ever 20 with probability 0.05 at most if there is no difference; NULL if nothing was observed on a side';
