--
-- Which bins a divergence comes from
--
-- Not STRICT: a NULL option is as if it were not given.
--

CREATE FUNCTION divergence_contributions(p histogram, q histogram, measure text DEFAULT 'jsd', base float8 DEFAULT NULL, pseudocount float8 DEFAULT NULL, empty float8 DEFAULT NULL)
RETURNS TABLE (label text, p float8, q float8, contribution float8, share float8)
AS 'MODULE_PATHNAME', 'kldiv_contributions_histograms'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 50;

COMMENT ON FUNCTION divergence_contributions(histogram, histogram, text, float8, float8, float8) IS
'the bins that a divergence comes from, the largest contribution first; contributions add up to the divergence, of js_distance and hellinger_distance to its square';

CREATE FUNCTION divergence_contributions(p float8[], q float8[], measure text DEFAULT 'jsd', base float8 DEFAULT NULL, pseudocount float8 DEFAULT NULL, empty float8 DEFAULT NULL)
RETURNS TABLE (label integer, p float8, q float8, contribution float8, share float8)
AS 'MODULE_PATHNAME', 'kldiv_contributions_arrays'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 50;

COMMENT ON FUNCTION divergence_contributions(float8[], float8[], text, float8, float8, float8) IS
'the bins that a divergence comes from, the largest contribution first; contributions add up to the divergence, of js_distance and hellinger_distance to its square';
