--
-- Histograms from arrays, and what is in them
--

CREATE FUNCTION histogram(labels text[], weights float8[])
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_of_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram(text[], float8[]) IS
'a histogram of labels, each once, and their weights; a NULL weight is 0';

CREATE FUNCTION histogram_total(h histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_histogram_total'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_total(histogram) IS
'sum of the weights';

CREATE FUNCTION histogram_bin_count(h histogram)
RETURNS integer
AS 'MODULE_PATHNAME', 'kldiv_histogram_bin_count'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_bin_count(histogram) IS
'number of labels, those of weight 0 included';

CREATE FUNCTION histogram_weight(h histogram, label text)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_histogram_weight'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_weight(histogram, text) IS
'weight of a label; 0 if it is not there';

CREATE FUNCTION histogram_labels(h histogram)
RETURNS text[]
AS 'MODULE_PATHNAME', 'kldiv_histogram_labels'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_labels(histogram) IS
'all labels, sorted by their bytes';

CREATE FUNCTION histogram_weights(h histogram)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_histogram_weights'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_weights(histogram) IS
'all weights, in the order of histogram_labels()';

CREATE FUNCTION histogram_trim(h histogram)
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_trim'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_trim(histogram) IS
'without the bins of weight 0';

CREATE FUNCTION histogram_bins(h histogram)
RETURNS TABLE (label text, weight float8)
AS 'MODULE_PATHNAME', 'kldiv_histogram_bins'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 50;

COMMENT ON FUNCTION histogram_bins(histogram) IS
'a row for each bin, sorted by label';

-- Not STRICT: NULL as the name of the rest drops it.

CREATE FUNCTION histogram_top(h histogram, k integer, other text DEFAULT '(other)')
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_top'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_top(histogram, integer, text) IS
'the k heaviest bins, and the rest as one bin; NULL as its name drops the rest';
