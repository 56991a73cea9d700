--
-- Points of many histograms
--

-- Another name than for arrays, or their literals would need a type

CREATE FUNCTION hellinger_embeddings(distributions histogram[])
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_hellinger_embeddings'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION hellinger_embeddings(histogram[]) IS
'a row for each histogram: the root of half the share of every label that any has; Euclidean distances are Hellinger''s';
