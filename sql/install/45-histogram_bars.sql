--
-- Histograms to look at
--

CREATE FUNCTION histogram_bars(h histogram, width integer DEFAULT 40)
RETURNS SETOF text
AS 'MODULE_PATHNAME', 'kldiv_histogram_bars'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 50;

COMMENT ON FUNCTION histogram_bars(histogram, integer) IS
'lines to look at: label, share in percent, bar; the longest bar has width characters';

CREATE FUNCTION histogram_bars(p histogram, q histogram, width integer DEFAULT 40)
RETURNS SETOF text
AS 'MODULE_PATHNAME', 'kldiv_histogram_bars_of_two'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 100;

COMMENT ON FUNCTION histogram_bars(histogram, histogram, integer) IS
'lines to look at, two for each label: the shares of p and of q';
