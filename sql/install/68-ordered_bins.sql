--
-- Ordered data: bins that need no edges, and what can be done with bins
--

-- Not STRICT: NULL is a value that has a label.

CREATE FUNCTION width_bin_label(value float8, width float8, origin float8 DEFAULT 0)
RETURNS text
AS 'MODULE_PATHNAME', 'kldiv_width_bin_label'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION width_bin_label(float8, float8, float8) IS
'the bin of one width that a value is in, as text that depends on nothing else: [20, 25); (null) for NULL, (nan) for NaN';

CREATE FUNCTION log_bin_label(value float8, digits integer DEFAULT 2)
RETURNS text
AS 'MODULE_PATHNAME', 'kldiv_log_bin_label'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;

COMMENT ON FUNCTION log_bin_label(float8, integer) IS
'the bin of the numbers that begin with the same digits as a value, as text that depends on nothing else: [1200, 1300); (null) for NULL, (nan) for NaN';

CREATE FUNCTION histogram_edges(h histogram)
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_histogram_edges'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_edges(histogram) IS
'the edges of all labels that are intervals, ascending, as bin_label takes them';

CREATE FUNCTION histogram_rebin(h histogram, edges float8[])
RETURNS histogram
AS 'MODULE_PATHNAME', 'kldiv_histogram_rebin'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_rebin(histogram, float8[]) IS
'the weights over the bins of other edges, with the labels of bin_label: intervals are divided in proportion, numbers stay whole';

CREATE FUNCTION histogram_quantile(h histogram, fraction float8)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_histogram_quantile'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_quantile(histogram, float8) IS
'the smallest position that a fraction of the weight is at or below, with the weight of intervals spread over them; NULL if there is none';

CREATE FUNCTION histogram_quantiles(h histogram, fractions float8[])
RETURNS float8[]
AS 'MODULE_PATHNAME', 'kldiv_histogram_quantiles'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION histogram_quantiles(histogram, float8[]) IS
'the quantiles of an array of fractions, in an array of the same shape; NULL if there is no weight';
