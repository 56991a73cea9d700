--
-- Ordered data: measures over histograms
--

CREATE FUNCTION wasserstein_distance(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_wasserstein_distance_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION wasserstein_distance(histogram, histogram) IS
'the integral of |F - G| over bins whose labels are numbers, or intervals that they are spread over: the least work, weight times way, that moves one to the other, in the unit of the labels; NULL if nothing was observed on a side';

CREATE FUNCTION energy_distance(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_energy_distance_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION energy_distance(histogram, histogram) IS
'the root of twice the integral of (F - G)^2 over bins whose labels are numbers, or intervals that they are spread over, from 0 to Infinity; NULL if nothing was observed on a side';

CREATE FUNCTION ks_statistic(p histogram, q histogram)
RETURNS float8
AS 'MODULE_PATHNAME', 'kldiv_ks_statistic_histograms'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION ks_statistic(histogram, histogram) IS
'the largest |F - G| over bins whose labels are numbers, or intervals that they are spread over, from 0 to 1: the statistic of Kolmogorov and Smirnov; NULL if nothing was observed on a side';
