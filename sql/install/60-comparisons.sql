--
-- Many distributions at once: all pairs of the rows of an array, or of histograms
--
-- Not STRICT: an option that is NULL is one that was not given.
--

CREATE FUNCTION divergence_matrix(distributions float8[], measure text DEFAULT 'jsd', alpha float8 DEFAULT NULL,
	base float8 DEFAULT NULL, pseudocount float8 DEFAULT NULL, empty float8 DEFAULT NULL)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_divergence_matrix'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;

COMMENT ON FUNCTION divergence_matrix(float8[], text, float8, float8, float8, float8) IS
'measure of each row of a two-dimensional array against each row: element [i][j] has row i as p, row j as q; NULL where nothing was observed';

CREATE FUNCTION kldiv_divergence_pairs_support(request internal)
RETURNS internal
AS 'MODULE_PATHNAME', 'kldiv_divergence_pairs_support'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION kldiv_divergence_pairs_support(internal) IS
'planner support of divergence_pairs: top, or the number of pairs of an array that is known, is the number of its rows';

CREATE FUNCTION divergence_pairs(ids anyarray, distributions float8[], measure text DEFAULT 'jsd', top integer DEFAULT NULL,
	within float8 DEFAULT NULL, farthest boolean DEFAULT false, alpha float8 DEFAULT NULL,
	base float8 DEFAULT NULL, pseudocount float8 DEFAULT NULL, empty float8 DEFAULT NULL)
RETURNS TABLE (a anyelement, b anyelement, divergence float8)
AS 'MODULE_PATHNAME', 'kldiv_divergence_pairs'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 1000 SUPPORT kldiv_divergence_pairs_support;

COMMENT ON FUNCTION divergence_pairs(anyarray, float8[], text, integer, float8, boolean, float8, float8, float8, float8) IS
'measure of the pairs of rows of a two-dimensional array, each once if the measure is symmetric and in both orders if not: all of them, the closest or farthest top, those within a threshold';

CREATE FUNCTION divergence_matrix(distributions histogram[], measure text DEFAULT 'jsd', alpha float8 DEFAULT NULL,
	base float8 DEFAULT NULL, pseudocount float8 DEFAULT NULL, empty float8 DEFAULT NULL)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_divergence_matrix_histograms'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;

COMMENT ON FUNCTION divergence_matrix(histogram[], text, float8, float8, float8, float8) IS
'measure of each histogram against each one, over the labels of all: element [i][j] has histogram i as p, j as q; NULL where nothing was observed';

CREATE FUNCTION divergence_pairs(ids anyarray, distributions histogram[], measure text DEFAULT 'jsd', top integer DEFAULT NULL,
	within float8 DEFAULT NULL, farthest boolean DEFAULT false, alpha float8 DEFAULT NULL,
	base float8 DEFAULT NULL, pseudocount float8 DEFAULT NULL, empty float8 DEFAULT NULL)
RETURNS TABLE (a anyelement, b anyelement, divergence float8)
AS 'MODULE_PATHNAME', 'kldiv_divergence_pairs_histograms'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 1000 SUPPORT kldiv_divergence_pairs_support;

COMMENT ON FUNCTION divergence_pairs(anyarray, histogram[], text, integer, float8, boolean, float8, float8, float8, float8) IS
'measure of the pairs of histograms, over the labels of all, each once if the measure is symmetric and in both orders if not: all of them, the closest or farthest top, those within a threshold';

CREATE FUNCTION hellinger_embedding(p float8[])
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_hellinger_embedding'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION hellinger_embedding(float8[]) IS
'root of half of each share, an array of the same shape: points whose Euclidean distance is the Hellinger distance; NULL if nothing was observed';
